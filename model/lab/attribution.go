package lab

import (
	"slices"

	"glassbox/model"
	"glassbox/model/fault"
)

// A Contribution is what a part of the network adds to a logit, or to the difference of two.
type Contribution struct {
	Name  string  // of a head, "h.0.attn.head.2"; of a feed-forward network, "h.0.mlp"; of an embedding's step, or of a weight that is a bias; of a step that is edited
	Step  string  // whose row it is, or which reads the bias
	Logit float64 // what it adds
}

// An Attribution takes a logit, or the difference of two, apart. The residual stream is a sum of what each part has added to it,
// and once the final norm's scale is held, a logit is a sum over it too: so it is a sum over parts (Elhage et al., "A Mathematical
// Framework for Transformer Circuits", 2021).
type Attribution struct {
	Token   int // A
	Against int // B; −1: none, the logit of A itself
	Row     int
	Parts   []Contribution // in the order of the network
	Logit   float64        // that of A, or by how much it is above that of B, as the run has it
}

// Sum returns the sum of the parts: Logit, within rounding, unless edits change the norm or the logits themselves.
func (a Attribution) Sum() (sum float64) {
	for _, p := range a.Parts {
		sum += p.Logit
	}
	return sum
}

// Attribute takes the logit of token A after row t apart, or, if against is not −1, that of A less that of against.
func Attribute(tr *model.Trace, t, token, against int) (Attribution, error) {
	r, err := newReader(tr, t, token, against)
	if err != nil {
		return Attribution{}, err
	}
	a := Attribution{Token: token, Against: against, Row: t, Logit: r.logit}
	for _, s := range Stream(tr) {
		switch {
		case s.Block >= 0:
			a.Parts = append(a.Parts, r.added(s)...)
			if s.EditedAt(t) {
				a.Parts = append(a.Parts, r.edited(s, r.read(s.Inputs[0].Row(t))+r.read(s.Inputs[1].Row(t))))
			}
		case s.Op == model.OpAdd: // token and position
			var parts []Contribution
			for _, in := range s.Inputs {
				parts = append(parts, Contribution{in.Name, in.Name, r.read(in.Row(t))})
			}
			a.Parts = append(a.Parts, r.whole(s, parts)...)
		default:
			a.Parts = append(a.Parts, Contribution{s.Name, s.Name, r.read(s.Row(t))})
		}
	}
	if r.bias != nil {
		a.Parts = append(a.Parts, Contribution{r.bias.Name, r.norm.Name, r.ofBias})
	}
	return a, nil
}

// A reader reads a logit, or a difference of two, off a row of the residual stream: it is linear once the scale of the final norm is
// held.
type reader struct {
	tr     *model.Trace
	row    int
	norm   *model.Step
	along  []float64     // (C): what a number of the stream adds, for each that it has
	bias   *model.Tensor // of the final norm; nil: it has none
	ofBias float64       // what that adds
	logit  float64
	layers map[string][]float64 // of a linear layer's step: what a number of its inputs adds, for each that it has
}

func newReader(tr *model.Trace, t, token, against int) (*reader, error) {
	logits := tr.Find(model.PartOutput, model.OpUnembed)
	if t < 0 || t >= logits.Rows {
		return nil, fault.New("labNoToken", "the text has %d token(s); there is none at place %d", logits.Rows, t)
	}
	for _, id := range []int{token, max(against, 0)} {
		if id < 0 || id >= logits.Cols {
			return nil, fault.New("labNoID", "the vocabulary has no token %d; expected 0 to %d", id, logits.Cols-1)
		}
	}
	r := &reader{tr: tr, row: t, layers: map[string][]float64{}}
	v, _ := logits.At(t, token)
	r.logit = float64(v)
	direction := wide(logits.Inputs[1].Row(token))
	if against >= 0 {
		v, _ := logits.At(t, against)
		r.logit -= float64(v)
		for c, w := range logits.Inputs[1].Row(against) {
			direction[c] -= float64(w)
		}
	}
	r.throughNorm(direction)
	return r, nil
}

// throughNorm goes back through the final norm, whose scale is held: (x − mean) / std · gain + bias, or x / rms · gain.
func (r *reader) throughNorm(direction []float64) {
	if r.norm = r.tr.Find(model.PartNorm, model.OpNorm); r.norm == nil {
		r.norm = r.tr.Find(model.PartNorm, model.OpRMSNorm)
	}
	in := map[string]model.View{}
	for _, v := range r.norm.Inputs {
		in[r.norm.Info().Role(v.Name)] = v
	}
	scale := in["rms"]
	if _, centred := in["mean"]; centred {
		scale, r.bias = in["std"], in["bias"].Tensor
		for c, b := range r.bias.Row(0) {
			r.ofBias += direction[c] * float64(b)
		}
	}
	r.along = make([]float64, len(direction))
	by, mean := float64(scale.Row(r.row)[0]), 0.0
	for c, g := range in["gain"].Row(0) {
		r.along[c] = direction[c] * float64(g) / by
		mean += r.along[c] / float64(len(direction))
	}
	if r.bias == nil {
		return
	}
	for c := range r.along { // what is the same for all numbers of a row, the norm takes off
		r.along[c] -= mean
	}
}

// read returns what a row that is added to the stream adds to the logit.
func (r *reader) read(row []float32) (sum float64) {
	for c, v := range row {
		sum += r.along[c] * float64(v)
	}
	return sum
}

// edited returns what edits of a step add to what it would be worth without them.
func (r *reader) edited(s *model.Step, without float64) Contribution {
	return Contribution{s.Name, s.Name, r.read(s.Row(r.row)) - without}
}

// whole returns the parts of a step with what edits of it add. They are worth nothing where edits leave nothing of their sum.
func (r *reader) whole(s *model.Step, parts []Contribution) []Contribution {
	row := s.Row(r.row)
	if !s.EditedAt(r.row) {
		return parts
	}
	if !slices.ContainsFunc(row, func(v float32) bool { return v != 0 }) {
		for i := range parts {
			parts[i].Logit = 0
		}
		return parts
	}
	sum := 0.0
	for _, p := range parts {
		sum += p.Logit
	}
	return append(parts, r.edited(s, sum))
}

// added returns what the half of a block adds that ends in the sum s: each head and the bias behind them, or the feed-forward
// network.
func (r *reader) added(s *model.Step) []Contribution {
	y := r.tr.Step(s.Inputs[1].Name)
	heads := r.tr.Step(y.Inputs[0].Name)
	if heads.Op != model.OpConcat {
		return []Contribution{{MLPName(s.Block), y.Name, r.read(y.Row(r.row))}}
	}
	var parts []Contribution
	back, from := r.back(y), 0
	all := heads.Row(r.row)
	for _, in := range heads.Inputs {
		head := r.tr.Step(in.Name)
		c := Contribution{Name: model.HeadName(head.Block, head.Head), Step: head.Name}
		for i, v := range all[from : from+head.Cols] {
			c.Logit += back[from+i] * float64(v)
		}
		from += head.Cols
		parts = append(parts, c)
	}
	return r.whole(y, append(parts, r.biasOf(y)...))
}

// back returns what each number that a layer reads adds to the logit, for each that it has.
func (r *reader) back(y *model.Step) []float64 {
	if r.layers[y.Name] == nil {
		r.layers[y.Name] = y.Inputs[1].Back(r.along)
	}
	return r.layers[y.Name]
}

// biasOf returns what the bias of a layer adds; nothing if it has none.
func (r *reader) biasOf(y *model.Step) []Contribution {
	if len(y.Inputs) < 3 {
		return nil
	}
	b := y.Inputs[2]
	return []Contribution{{b.Name, y.Name, r.read(b.Row(0)[b.Col:][:b.Cols])}}
}

// MLPName is the name of what the feed-forward network of block l adds.
func MLPName(l int) string { return model.BlockName(l) + "mlp" }

// Neurons takes what the feed-forward network of block l adds to a logit apart: a number for each of its neurons, and what comes
// behind them, a bias, and what edits of their sum add. Arguments are those of Attribute.
func Neurons(tr *model.Trace, l, t, token, against int) (neurons []float64, behind []Contribution, err error) {
	r, err := newReader(tr, t, token, against)
	if err != nil {
		return nil, nil, err
	}
	for _, s := range Stream(tr) {
		if s.Block != l || s.Part != model.PartFeedForward {
			continue
		}
		y := tr.Step(s.Inputs[1].Name)
		var parts []Contribution
		for i, v := range tr.Step(y.Inputs[0].Name).Row(t) {
			parts = append(parts, Contribution{Logit: r.back(y)[i] * float64(v)})
		}
		n := len(parts)
		parts = r.whole(y, append(parts, r.biasOf(y)...))
		for _, p := range parts[:n] {
			neurons = append(neurons, p.Logit)
		}
		return neurons, parts[n:], nil
	}
	return nil, nil, fault.New("labNoBlock", "the model has %d block(s); there is no block %d", tr.Model.Config.Blocks, l)
}

// wide returns the values in float64.
func wide(row []float32) []float64 {
	out := make([]float64, len(row))
	for i, v := range row {
		out[i] = float64(v)
	}
	return out
}
