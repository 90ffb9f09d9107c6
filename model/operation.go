package model

// An operation is what a kind of step does: one row of a table in the file of its kind
// (embed.go, norm.go, linear.go, attention.go, mlp.go, sample.go). How it runs stands there
// too, in the method of scope that records such a step.
type operation struct {
	op      Op
	formula string   // in the notation of the papers, with the roles as names
	roles   []string // what each input is to the formula; the last one is that of all others

	// reads returns what cell (t, c) of a step with these inputs was computed from.
	reads func(in []input, t, c int) []Operand

	// flops returns how many floating-point operations one row of a full context costs; nil:
	// none are counted, see Account.
	flops func(i Info) int

	fetches bool // a row is a row of a table
	attends bool // its second input is read at all tokens up to its own: keys, values
	share   bool // its values are shares or probabilities, 0 to 1
	above   bool // they are never negative for another reason
	ids     bool // its values are ids of tokens
	filters bool // it drops tokens, and its operands say why a cell was dropped
}

// operations has a row for every Op.
var operations = func() map[Op]operation {
	rows := map[Op]operation{OpWeight: {op: OpWeight, formula: "learned in training", reads: readsNothing}}
	for _, kind := range [][]operation{embedOps, normOps, linearOps, attentionOps, mlpOps, sampleOps} {
		for _, o := range kind {
			rows[o.op] = o
		}
	}
	return rows
}()

// readsNothing is operation.reads of an operation without inputs.
func readsNothing([]input, int, int) []Operand { return nil }

// role returns what input n is to the formula.
func (o operation) role(n int) string {
	if len(o.roles) == 0 {
		return ""
	}
	return o.roles[min(n, len(o.roles)-1)]
}

// Roles returns what the inputs of an operation are to its formula, in their order; the last one
// is that of all others.
func Roles(op Op) []string { return operations[op].roles }

// Formula returns the operation in the notation of the papers, with the operands'
// roles as names.
func (op Op) Formula() string { return operations[op].formula }

// Fetches reports whether a row is a copy of a row of a table, its only weight.
func (op Op) Fetches() bool { return operations[op].fetches }

// Attends reports whether a row is made from those of all tokens up to its own in the second
// input: the scores read keys so, the mix reads values.
func (op Op) Attends() bool { return operations[op].attends }

// IsShare reports whether the values that the operation makes are shares or probabilities,
// from 0 to 1.
func (op Op) IsShare() bool { return operations[op].share }

// NeverNegative reports whether the operation can't make a value below 0.
func (op Op) NeverNegative() bool {
	o := operations[op]
	return o.share || o.ids || o.above
}

// IsID reports whether the values that the operation makes are ids of tokens: whole numbers.
func (op Op) IsID() bool { return operations[op].ids }

// Filters reports whether the operation drops tokens, whose cells are masked then.
func (op Op) Filters() bool { return operations[op].filters }

// dotProductFLOPs is operation.flops where each cell of a row is a dot product.
func dotProductFLOPs(i Info) int { return 2 * i.Inputs[0].Cols * i.Cols }
