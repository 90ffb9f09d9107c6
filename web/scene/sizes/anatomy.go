package sizes

import (
	"glassbox/model"
	"glassbox/web/say"
	"glassbox/web/scene/layout"
)

// An anatomy is what a model of some sizes consists of, as its steps tell it, all heads
// together: what its tower in a comparison shows. Blocks are alike, so it has one.
type anatomy struct {
	stream, scores        *Tensor
	before, inside, after []*layer // of the block, in the order of the pass
}

// A layer is what a step reads of weights: a table, the vectors of a norm as one tensor, or a
// matrix and its bias.
type layer struct {
	part    model.Part
	weights []*Tensor
}

// A Tensor is what a panel of a tower stands for.
type Tensor struct {
	base       string // the name by which its title is found
	kind       model.Kind
	Rows, cols int
	below      bool // what another head reads of the weight stands below it, else beside it
}

// join adds what another head reads.
func (t *Tensor) join(of *Tensor) {
	if t.below {
		t.Rows += of.Rows
	} else {
		t.cols += of.cols
	}
}

// Title is what it is called.
func (t *Tensor) Title() string { return say.Title(t.base) }

// MostTokens is how much of a context is drawn, that of GPT-2: what the tokens take would hide how many weights there are,
// most of all where a model of few weights can read many tokens.
const MostTokens = 1024

// anatomyOf returns the anatomy of a valid configuration, with a full context up to MostTokens.
func anatomyOf(c model.Config) *anatomy {
	c.Blocks = 1
	infos, _ := model.Outline(c, min(c.Context, MostTokens))
	b := reading{map[string]*model.Info{}, map[string]bool{}}
	for i := range infos {
		b.info[infos[i].Name] = &infos[i]
	}
	spine, _ := layout.Split(infos)
	a := &anatomy{stream: tensorOf(b.info[spine[0]])}
	layers := map[string]*layer{}
	for i := range infos {
		s := &infos[i]
		if s.Causal && a.scores == nil {
			a.scores = tensorOf(s)
		}
		l := b.layer(s)
		switch first := layers[layout.Key(s)]; {
		case len(l.weights) == 0:
		case first != nil: // of another head
			for k, w := range l.weights {
				first.weights[k].join(w)
			}
		default:
			layers[layout.Key(s)] = l
			a.add(l, s.Block >= 0)
		}
	}
	return a
}

// tensorOf is a step's own.
func tensorOf(s *model.Info) *Tensor {
	return &Tensor{base: s.Base(), kind: s.Kind, Rows: s.Rows, cols: s.Cols}
}

// reading is the steps of a pass, and the weights that were read as a whole so far.
type reading struct {
	info map[string]*model.Info
	seen map[string]bool
}

// layer returns what a step reads of weights; what another step read as a whole, as of a tied
// table, is not shown again.
func (b reading) layer(s *model.Info) *layer {
	l, vectors := &layer{part: s.Part}, true
	for _, in := range s.Inputs {
		w := b.info[in.Name]
		if w.Kind != model.KindWeight || b.seen[w.Name] {
			continue
		}
		read := &Tensor{base: w.BaseFor(*s), kind: w.Kind, Rows: w.Rows, cols: in.Cols, below: in.Rows > 0}
		if read.below {
			read.Rows = in.Rows
		}
		b.seen[w.Name] = read.Rows == w.Rows && read.cols == w.Cols
		l.weights = append(l.weights, read)
		vectors = vectors && w.RowAxis == model.AxisOne
	}
	if n := len(l.weights); n > 1 && vectors {
		l.weights = []*Tensor{{base: s.Base(), kind: model.KindWeight, Rows: n, cols: l.weights[0].cols}}
	}
	return l
}

// add appends a layer where it stands in the pass.
func (a *anatomy) add(l *layer, inBlock bool) {
	switch {
	case inBlock:
		a.inside = append(a.inside, l)
	case len(a.inside) == 0:
		a.before = append(a.before, l)
	default:
		a.after = append(a.after, l)
	}
}
