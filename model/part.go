package model

import (
	"strconv"
	"strings"
)

// A Part is a place of the network to which steps belong, in the order of the pipeline: a
// stage of it, or what a transformer block is made of. Forward says of each step where it
// belongs; stages, towers, counts and lessons follow from that.
type Part string

// The parts. Those from PartNorm1 to PartFeedForward stand in every block.
const (
	PartTokenize    Part = "tokenize"     // text to ids
	PartToken       Part = "token"        // token embedding
	PartPosition    Part = "position"     // position embedding, and the beginning of the residual stream
	PartRotary      Part = "rotary"       // how far queries and keys turn with their place
	PartNorm1       Part = "norm_1"       // the norm before attention
	PartAttention   Part = "attention"    // the heads
	PartProjection  Part = "projection"   // what the heads gathered goes back into the stream
	PartNorm2       Part = "norm_2"       // the norm before the feed-forward network
	PartFeedForward Part = "feed_forward" // widened, bent, narrowed, and added to the stream
	PartNorm        Part = "norm"         // the final norm
	PartOutput      Part = "output"       // logits
	PartSoftmax     Part = "softmax"      // probabilities
	PartSample      Part = "sample"       // the next token is drawn
)

// Parts returns the parts in the order of the pipeline; those of a block stand there once.
func Parts() []Part {
	return []Part{PartTokenize, PartToken, PartPosition, PartRotary, PartNorm1, PartAttention, PartProjection, PartNorm2, PartFeedForward,
		PartNorm, PartOutput, PartSoftmax, PartSample}
}

// InBlock reports whether a part stands in every block.
func (p Part) InBlock() bool {
	switch p {
	case PartNorm1, PartAttention, PartProjection, PartNorm2, PartFeedForward:
		return true
	}
	return false
}

// An Axis says what the rows or the columns of a tensor count.
type Axis int

// The axes.
const (
	AxisOne         Axis = iota // there is only one
	AxisToken                   // tokens of the text
	AxisQuery                   // tokens of the text, as those that look
	AxisKey                     // tokens of the text, as those that are looked at
	AxisChannel                 // numbers of the residual stream
	AxisHeadChannel             // numbers of one head's queries, keys or values
	AxisHeads                   // what all heads gathered, side by side: H·A numbers, C of them
	AxisNeuron                  // what the feed-forward network widens to
	AxisWord                    // tokens of the vocabulary
	AxisPosition                // places in the context
	AxisInner                   // AxisNeuron where they are not 4C
	AxisAllHeads                // AxisHeads where H·A is not C
	AxisPair                    // pairs of one head's numbers that turn together: A/2
)

// Letter returns the letter for the length of an axis in the legend of sizes, "" for the
// context and an inner size of its own, which have none.
func (a Axis) Letter() string {
	return [...]string{"1", "T", "T", "T", "C", "A", "C", "4C", "V", "", "", "H·A", "A/2"}[a]
}

// Tokens reports whether an axis counts the tokens of the text.
func (a Axis) Tokens() bool { return a == AxisToken || a == AxisQuery || a == AxisKey }

// A dim is the length of an axis, and what it counts.
type dim struct {
	n    int
	axis Axis
}

// one is the dim of a vector's rows and of what is one number per row.
var one = dim{1, AxisOne}

// Base returns the name of a step or weight within its block and head: "scores" of "h.1.attn.head.2.scores".
func (i Info) Base() string {
	if _, _, rest, ok := ParseHeadName(i.Name); ok {
		return rest
	}
	if _, _, rest, ok := ParseGroupName(i.Name); ok {
		return rest
	}
	if _, rest, ok := OfBlock(i.Name); ok {
		return rest
	}
	return i.Name
}

// BaseFor is Base for a weight where a step reads it: of a layer that makes several steps, "query.weight" is the part that
// makes this one.
func (i Info) BaseFor(reader Info) string {
	for _, in := range reader.Inputs {
		if in.Name == i.Name && (in.Cols < i.Cols || in.Rows > 0 && in.Rows < i.Rows) {
			if i.RowAxis == AxisOne {
				return reader.Base() + ".bias"
			}
			return reader.Base() + ".weight"
		}
	}
	return i.Base()
}

// NameHere returns what this model calls a step or weight whose name is written so that it holds for any model: as GPT-2 has
// it, "h.0.ln_1", which is "h.0.norm_1" in a Llama, and with "last" for the number of the last block or head, "h.last.ln_2",
// "h.0.attn.head.last.scores". The number of a block or head may be *, for any. Other names are returned as they are, such as
// those of steps that other models do not have.
func (c Config) NameHere(name string) string {
	rest, inBlock := strings.CutPrefix(name, "h.")
	block, rest, dotted := strings.Cut(rest, ".")
	if !inBlock || !dotted {
		return c.outside(name)
	}
	if block == "last" {
		block = strconv.Itoa(max(0, c.Blocks-1))
	}
	rest = c.inHead(rest)
	if rest == TanhGELU.step() {
		rest = c.Activation.step()
	}
	if c.Family != FamilyLlama {
		return "h." + block + "." + rest
	}
	if weight, ok := llamaWeights[rest]; ok {
		return "model.layers." + block + "." + weight
	}
	if norm, ok := llamaNorms[rest]; ok {
		rest = norm
	}
	return "h." + block + "." + rest
}

// step returns what the step of the activation is called within its block; "" if it is none that is computed here.
func (a Activation) step() string {
	c, _ := a.curve()
	return c.step
}

// outside is NameHere for what stands in no block.
func (c Config) outside(name string) string {
	if here, ok := llamaEnds[name]; ok && c.Family == FamilyLlama {
		return here
	}
	return name
}

// inHead is NameHere for what stands in a head, if the rest of a name within its block does. Keys and values are those of
// the head's group.
func (c Config) inHead(rest string) string {
	after, ok := strings.CutPrefix(rest, "attn.head.")
	head, step, dotted := strings.Cut(after, ".")
	if !ok {
		return rest
	}
	if head == "last" {
		head = strconv.Itoa(max(0, c.Heads-1))
	}
	of := "attn.head."
	if c.Family == FamilyLlama && (step == "key" || step == "value") {
		of = "attn.group."
		if h, err := strconv.Atoi(head); err == nil && c.Heads >= c.Groups() && c.Groups() > 0 {
			head = strconv.Itoa(h / (c.Heads / c.Groups()))
		}
	}
	if dotted {
		return of + head + "." + step
	}
	return of + head
}

// What a Llama calls the steps and weights of GPT-2 that it has as well: at both ends, its norms within a block, and the
// weights there. Its stream begins with the token embedding, for no position is added; queries, keys and values have no common
// weights.
var (
	llamaEnds = map[string]string{
		"wte.weight": "model.embed_tokens.weight", "embed.sum": "embed.token", "ln_f": "norm_f", "ln_f.weight": "model.norm.weight",
	}
	llamaNorms   = map[string]string{"ln_1": "norm_1", "ln_2": "norm_2"}
	llamaWeights = map[string]string{
		"ln_1.weight": "input_layernorm.weight", "ln_2.weight": "post_attention_layernorm.weight",
		"attn.c_proj.weight": "self_attn.o_proj.weight", "mlp.c_fc.weight": "mlp.up_proj.weight", "mlp.c_proj.weight": "mlp.down_proj.weight",
	}
)

// HeadName returns the name of head h of block l, with which those of its steps begin:
// "h.1.attn.head.2".
func HeadName(l, h int) string { return BlockName(l) + "attn.head." + strconv.Itoa(h) }

// ParseHeadName takes apart a name that begins with HeadName: block, head, and what stands
// behind the next dot, if anything does.
func ParseHeadName(name string) (l, h int, rest string, ok bool) {
	l, rest, ok = ParseBlockName(name)
	number, rest, _ := strings.Cut(strings.TrimPrefix(rest, "attn.head."), ".")
	h, err := strconv.Atoi(number)
	head := HeadName(l, h)
	if !ok || err != nil || h < 0 || name != head && !strings.HasPrefix(name, head+".") {
		return 0, 0, "", false
	}
	return l, h, rest, true
}

// GroupName returns the name of group g of block l, whose keys and values several heads may share: "h.1.attn.group.0".
func GroupName(l, g int) string { return BlockName(l) + "attn.group." + strconv.Itoa(g) }

// ParseGroupName takes apart a name that begins with GroupName, as ParseHeadName does.
func ParseGroupName(name string) (l, g int, rest string, ok bool) {
	l, rest, ok = ParseBlockName(name)
	number, rest, _ := strings.Cut(strings.TrimPrefix(rest, "attn.group."), ".")
	g, err := strconv.Atoi(number)
	group := GroupName(l, g)
	if !ok || err != nil || g < 0 || name != group && !strings.HasPrefix(name, group+".") {
		return 0, 0, "", false
	}
	return l, g, rest, true
}
