package explain

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// A Calculation is how one number came about, ready to be shown.
type Calculation struct {
	Value         float32
	Result, Exact string // Value with four decimals; with all digits
	Final         string // Result, or what edits of the run made of it
	Changed       string // says what they did; "": they did nothing
	Masked        bool
	Note          string        // a sentence, where the formula alone does not say it
	Symbols, Live []FormulaPart // the formula in symbols, and with live numbers; Live is nil if there are none
	Rounded       bool          // the addends of Live miss Result, as both are shown

	Columns [4]string // headings of index, A, B and product; "" where the terms have none
	Terms   []Term    // the seven that count most, in the order of their index
	Rest    []Term    // the others
	RestSum float64   // of Rest, and of those that were not sent
	Unsent  int       // terms that were not sent, none larger than those that were
	Count   int       // of all terms, also of those that were not sent
	Sum     float64   // of all products
	HasBias bool
	Bias    float32

	Operands []Operand
}

// A Term is one of many that are summed, or of which the largest is taken.
type Term struct {
	Index         int
	Label         string // the index, or the token that it stands for
	A, B, Product float64
	Share         float64     // of the product in the largest one, −1 to 1
	Cells         [2]run.Cell // where A and B stand; no name: there is no B
}

// An Operand is what was read: some cells of a tensor.
type Operand struct {
	Label  string // "query 9"
	Name   string // "query"
	Role   string
	Tensor string
	Kind   model.Kind
	Cell   run.Cell // the first one
	Count  int
	Values []float32
	Stride int   // from one cell to the next, row by row
	cols   int   // of Tensor
	places []int // which of its cells Values are; nil: the first, the second and so on
}

// place returns which of the operand's cells value i is.
func (o Operand) place(i int) int {
	if o.places == nil {
		return i
	}
	return o.places[i]
}

// Largest returns the places of its n largest values among Values, in the order of their cells.
func (o Operand) Largest(n int) []int {
	list := model.Ranked(o.Values, min(n, len(o.Values)))
	slices.Sort(list)
	return list
}

// Chosen reports whether Values are only the largest ones of its cells.
func (o Operand) Chosen() bool { return o.places != nil }

// At returns the cell of value number i of the operand, counted without gaps.
func (o Operand) At(i int) run.Cell {
	n := o.Cell.Row*o.cols + o.Cell.Col + i*o.Stride
	return run.Cell{Name: o.Tensor, Row: n / max(1, o.cols), Col: n % max(1, o.cols)}
}

// mostTerms is how many terms are listed at once.
const mostTerms = 7

// Calculation returns how the number came about that the reader points at, if its
// explanation has arrived.
func (v View) Calculation() (Calculation, bool) {
	if v.Explained == nil {
		return Calculation{}, false
	}
	return v.Terms(*v.Explained), true
}

// Terms turns an explanation into a calculation. All sums are in float64, so the last
// digits can differ from the model's float32.
func (v View) Terms(e engine.Explained) Calculation {
	w := &calculation{v: v, e: e, row: rows[e.Op]}
	w.Final, w.Exact = w.result(), say.Exact(e.Value)
	if len(e.Edits) > 0 { // the formula gives what was there before
		w.Changed = w.changed()
		w.e.Value = e.Edits[0].Before
	}
	w.Value, w.Masked = w.e.Value, e.Masked
	w.Result = w.result()
	for i, o := range e.Operands {
		w.Operands = append(w.Operands, w.operand(i, o))
	}
	if e.Masked && len(e.Operands) == 0 {
		w.Result, w.Exact, w.Note = say.Units.Masked(), "", w.whyMasked()
		w.Final = w.Result
		return w.Calculation
	}
	if w.row.terms != nil {
		w.row.terms(w)
		if bias := w.of("bias"); len(bias.Values) == 1 {
			w.HasBias, w.Bias = true, bias.Values[0]
		}
	}
	if w.row.equation != nil {
		w.Symbols, w.Live = w.row.equation(w)
	}
	w.Note = w.note()
	return w.Calculation
}

// calculation is a calculation on its way.
type calculation struct {
	Calculation
	v   View
	e   engine.Explained
	row row
}

func (w *calculation) result() string {
	if w.e.Masked {
		return say.Explain.LeftOut()
	}
	return run.Written(w.e.Op, w.e.Value, say.Number[float32])
}

// changed says what the edits of the run made of the number, one after another.
func (w *calculation) changed() string {
	list := w.e.Edits
	written := func(v float32) string { return run.Written(w.e.Op, v, say.Number[float32]) }
	text := say.Explain.Edited(written(list[0].Before), written(list[0].After))
	for _, e := range list[1:] {
		text = say.Explain.EditedAgain(text, written(e.After))
	}
	return text
}

// note says in words what the formula does not.
func (w *calculation) note() string {
	if w.row.note != nil {
		if note := w.row.note(w); note != "" {
			return note
		}
	}
	if w.Count > len(w.Terms)+len(w.Rest) {
		return say.Explain.SomeListed(w.Count, len(w.Terms)+len(w.Rest))
	}
	return ""
}

// whyMasked says why a cell of a pair of tokens has no number.
func (w *calculation) whyMasked() string {
	if i, ok := w.v.Info(w.e.Name); ok && i.TooFar(w.e.Row, w.e.Col) {
		return say.Explain.MaskedFarNote(i.Window, w.v.TokenName(w.e.Col), w.v.TokenName(w.e.Row))
	}
	return say.Explain.MaskedNote(w.v.TokenName(w.e.Col), w.v.TokenName(w.e.Row))
}

// formula is the equation of what is told by the formula of the operation alone.
func formula(w *calculation) (symbols, live []FormulaPart) {
	return join(prose(Formula(w.e.Op, w.name))), nil
}

// begin writes the two terms of a sum that count most, as "a + b + …", or all of them if there are no more than three.
func (w *calculation) begin() (live []FormulaPart) {
	var parts []float64
	for _, t := range w.Terms {
		parts = append(parts, t.Product)
	}
	if n := len(parts); n < 4 && n == w.Count {
		return w.adds(parts...)
	}
	most := slices.Clone(w.Terms)
	slices.SortStableFunc(most, func(a, b Term) int { return cmp.Compare(w.weight(b), w.weight(a)) })
	for i, t := range most {
		switch {
		case i == 0:
			live = join(val(t.Product))
		case i == 1:
			live = join(live, plus(t.Product))
		case i == 2:
			live = join(live, op(" + …"))
		}
	}
	return live
}

func (w *calculation) operand(i int, o model.Operand) Operand {
	info, _ := w.v.Info(o.Tensor)
	cols := max(1, info.Cols)
	name := operandName(w.e.Op, o.Role, o.Tensor)
	p := Operand{Role: o.Role, Name: name, Label: name, Tensor: o.Tensor, Kind: info.Kind, Count: o.Count, Values: w.e.Values[i],
		Stride: o.Stride, cols: cols}
	if i < len(w.e.Places) {
		p.places = w.e.Places[i]
	}
	p.Cell = run.Cell{Name: o.Tensor, Row: o.Start / cols, Col: o.Start % cols}
	switch {
	case o.Count == 1:
	case o.Stride == 1:
		p.Label += " " + strconv.Itoa(p.Cell.Row)
	default:
		p.Label += " " + strconv.Itoa(p.Cell.Col)
	}
	return p
}

// of returns the operand of a role.
func (w *calculation) of(role string) Operand {
	for _, o := range w.Operands {
		if o.Role == role {
			return o
		}
	}
	return Operand{}
}

// one returns the value of an operand of one cell.
func (w *calculation) one(role string) float64 {
	if o := w.of(role); len(o.Values) > 0 {
		return float64(o.Values[0])
	}
	return math.NaN()
}

// name is what an operand is called.
func (w *calculation) name(role string) string {
	if o := w.of(role); o.Name != "" {
		return o.Name
	}
	return say.Explain.Symbol(role)
}

// adds is the sum of the only numbers that made the result.
func (w *calculation) adds(parts ...float64) (live []FormulaPart) {
	for i, p := range parts {
		if i == 0 {
			live = join(val(p))
		} else {
			live = join(live, plus(p))
		}
	}
	w.Rounded = say.Misses(4, float64(w.e.Value), parts...)
	return live
}

// sym is the symbol of an operand.
func (w *calculation) sym(role string) FormulaPart {
	o := w.of(role)
	p := FormulaPart{Kind: Symbol, Text: w.name(role), Tensor: o.Tensor}
	if o.Count == 1 {
		p.Cell = o.Cell
	}
	return p
}

// products lists the terms of a dot product.
func (w *calculation) products(a, b string) {
	x, y := w.of(a), w.of(b)
	var all []Term
	for i := range min(len(x.Values), len(y.Values)) { // of the same places: see engine.Explained
		p, q, at := float64(x.Values[i]), float64(y.Values[i]), x.place(i)
		all = append(all, Term{Index: at, Label: w.index(at), A: p, B: q, Product: p * q, Cells: [2]run.Cell{x.At(at), y.At(at)}})
	}
	w.Columns = [4]string{"", x.Label, y.Label, say.Explain.Product()}
	w.pick(all, x.Count)
	if x.places != nil {
		w.unsent(len(all))
	}
}

// each lists the terms that are made of one number each; heading is that of f(x).
func (w *calculation) each(heading string, f func(float64) float64) {
	x := w.of("x")
	var all []Term
	for i, v := range x.Values {
		if v == v { // masked ones take no part
			at := x.place(i)
			all = append(all, Term{Index: at, Label: w.index(at), A: float64(v), Product: f(float64(v)), Cells: [2]run.Cell{x.At(at)}})
		}
	}
	w.Columns = [4]string{"", x.Label, "", heading}
	count := x.Count
	if count == len(x.Values) {
		count = len(all)
	}
	w.pick(all, count)
	if x.places != nil {
		w.unsent(len(all))
	}
}

// unsent counts in what the engine did not send: the small terms over a long vocabulary.
func (w *calculation) unsent(sent int) {
	w.Unsent = w.Count - sent
	if !w.row.chooses {
		sum := float64(w.e.Value)
		if bias := w.of("bias"); len(bias.Values) == 1 {
			sum -= float64(bias.Values[0])
		}
		w.RestSum += sum - w.Sum
		w.Sum = sum
	}
}

// index names the place of a term: a token, a word of the vocabulary, or its number.
func (w *calculation) index(i int) string {
	along, _ := w.v.Info(w.Operands[0].Tensor)
	switch axis := along.ColAxis; {
	case axis.Tokens():
		return w.v.Tag(i)
	case axis == model.AxisWord:
		return w.v.WordText(i)
	}
	return strconv.Itoa(i)
}

// pick splits the terms into those that count most and the rest.
func (w *calculation) pick(all []Term, count int) {
	w.Count = count
	largest := 0.0
	for _, t := range all {
		w.Sum += t.Product
		largest = max(largest, math.Abs(t.Product))
	}
	weight := func(t Term) float64 { return math.Abs(t.Product) }
	if w.row.chooses {
		weight = func(t Term) float64 { return t.Product }
	}
	for i := range all {
		if largest > 0 {
			all[i].Share = all[i].Product / largest
		}
	}
	slices.SortStableFunc(all, func(a, b Term) int { return cmp.Compare(weight(b), weight(a)) })
	n := min(mostTerms, len(all))
	w.Terms, w.Rest = slices.Clone(all[:n]), slices.Clone(all[n:])
	byIndex := func(a, b Term) int { return a.Index - b.Index }
	slices.SortFunc(w.Terms, byIndex)
	slices.SortFunc(w.Rest, byIndex)
	for _, t := range w.Rest {
		w.RestSum += t.Product
	}
}
