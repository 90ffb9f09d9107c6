package checkpoint

import (
	"bytes"
	"slices"
	"strings"

	"glassbox/model"
	"glassbox/model/checkpoint/foreign"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// A source is a file whose tensors are known by the names of the published checkpoints.
type source struct {
	file       string
	order      []safetensors.Tensor          // those that take part, in the order of the file, by its own names
	tensors    map[string]safetensors.Tensor // by our names
	names      []string                      // of all tensors of the file
	before     string                        // what stands before the published names
	unbiased   bool                          // no tensor is a bias
	transposed bool                          // matrices are stored (out, in)
	said       []saying                      // what its configurations say
	notes      []*fault.Fault
}

// newSource returns the tensors of a file by their published names, without those that take no part in the model.
func newSource(name string, f *safetensors.File) (*source, error) {
	s := &source{file: name, tensors: map[string]safetensors.Tensor{}, unbiased: true}
	for _, t := range f.Tensors {
		s.names = append(s.names, t.Name)
	}
	s.before = commonPrefix(s.names)
	head := s.outputName()
	var leftOut []string
	for _, t := range f.Tensors {
		ours, known := s.ours(t.Name, head)
		if !known && published.TakesNoPart(t, s.before) {
			leftOut = append(leftOut, t.Name)
			continue
		}
		if other, twice := s.tensors[ours]; twice {
			return nil, s.refuseTensor(t, fault.New("tensorsAlike", "and %q both stand for %q; expected one of them", other.Name, ours))
		}
		s.tensors[ours] = t
		s.order = append(s.order, t)
		s.unbiased = s.unbiased && !model.IsBias(ours)
	}
	if leftOut != nil {
		s.note(fault.New("tensorsLeftOut", "It holds tensors that take no part in the model, and were left out: %s.", published.Summary(leftOut)))
	}
	return s, nil
}

// commonPrefix returns what stands before the names of a GPT-2's tensors in a file: "transformer.", or what other
// programs put there, such as PyTorch's compiler and its training on several machines. Of several the most frequent one
// counts.
func commonPrefix(names []string) (before string) {
	count := map[string]int{}
	for _, name := range names {
		if p, ours, ok := published.GPT2Name(name); ok && ours != published.HeadName {
			count[p]++
		}
	}
	for p, n := range count {
		if most := count[before]; n > most || n == most && p < before {
			before = p
		}
	}
	return before
}

// ours returns the published name of a tensor of the file, and whether it is one. head is what the file calls the output.
func (s *source) ours(name, head string) (ours string, ok bool) {
	p, ours, ok := published.GPT2Name(name)
	if ok && (p == s.before && ours != published.HeadName || name == head) {
		return ours, true
	}
	return strings.TrimPrefix(name, s.before), false
}

// outputName returns what the file calls the output's matrix, "" if it has none. It may stand beside what is called the
// transformer, rather than in it; of several the one that stands nearest counts.
func (s *source) outputName() (head string) {
	near := -1
	for _, name := range s.names {
		if p, ours, ok := published.GPT2Name(name); ok && ours == published.HeadName {
			common := 0
			for common < min(len(p), len(s.before)) && p[common] == s.before[common] {
				common++
			}
			if common > near {
				head, near = name, common
			}
		}
	}
	return head
}

// sizes returns V, C, L and the context, as they follow from the shapes.
func (s *source) sizes() (c model.Config, err error) {
	wte, ok := s.tensors["wte.weight"]
	if !ok {
		wte, ok = s.tensors["lm_head.weight"]
	}
	wpe, placed := s.tensors["wpe.weight"]
	switch {
	case len(s.order) == 0:
		return c, s.refuse(fault.New("noWeights", "the file has no weights; expected those of a GPT-2"))
	case !ok:
		return c, s.refuseTensor(s.order[0], fault.New("nameUnknown", "is not the name of a GPT-2's tensor, and there is no wte.weight; "+
			"expected wte.weight, wpe.weight, h.0.attn.c_attn.weight and so on, also with one prefix before all of them"))
	case len(wte.Shape) != 2:
		return c, s.refuse(fault.New("expectedTwoSizes", "%s is %s; expected two sizes, (V, C)", wte.Name, published.ShapeText(wte.Shape)))
	case !placed:
		return c, s.refuse(fault.New("positionsMissing", "wpe.weight is missing; expected (context, %d)", wte.Shape[1]))
	case len(wpe.Shape) != 2 || wpe.Shape[1] != wte.Shape[1]:
		return c, s.refuse(fault.New("expectedContext", "%s is %s; expected (context, %d)", wpe.Name, published.ShapeText(wpe.Shape), wte.Shape[1]))
	}
	c.Vocab, c.Width, c.Context = wte.Shape[0], wte.Shape[1], wpe.Shape[0]
	for name := range s.tensors {
		if n, _, ok := model.ParseBlockName(name); ok && n < model.MaxBlocks {
			c.Blocks = max(c.Blocks, n+1)
		}
	}
	if c.Blocks == 0 {
		return c, s.refuse(fault.New("noBlock", "h.0.attn.c_attn.weight is missing; expected at least one block"))
	}
	c.Inner = s.inner(c.Width)
	return c, nil
}

// inner returns how many numbers a feed-forward network widens to, 0 if those are 4C, or nothing tells.
func (s *source) inner(width int) int {
	t := s.tensors[model.BlockName(0)+"mlp.c_fc.weight"]
	if len(t.Shape) != 2 {
		return 0
	}
	n := t.Shape[1]
	if t.Shape[0] != width { // stored (out, in)
		n = t.Shape[0]
	}
	if n == 4*width {
		return 0
	}
	return n
}

// note adds a remark about the file, which is no error, but worded like one.
func (s *source) note(n *fault.Fault) { s.notes = append(s.notes, n) }

// refuse returns an error about the file. A name in the reason is one of a GPT-2's tensors,
// and so fit to be printed.
func (s *source) refuse(reason *fault.Fault) error {
	return &safetensors.FormatError{File: s.file, Reason: reason, Offset: -1}
}

// refuseTensor returns an error about a tensor that may have any name.
func (s *source) refuseTensor(t safetensors.Tensor, reason *fault.Fault) error {
	return &safetensors.FormatError{File: s.file, Tensor: t.Name, Reason: reason, Offset: -1}
}

// read returns the sizes of the model in a file, and what its metadata and its configuration say; H is 0 if nothing tells it.
func read(name string, f *safetensors.File, config *File, o Options) (s *source, c model.Config, st statement, err error) {
	if s, err = newSource(name, f); err != nil {
		return s, c, st, err
	}
	if c, err = s.sizes(); err != nil {
		return s, c, st, s.family(err)
	}
	if err = s.applyIndex(&c); err != nil {
		return s, c, st, err
	}
	st = s.statement(f.Metadata, config, c)
	if c.Tied, err = s.tie(st.tied, c.Distinct > 0); err != nil {
		return s, c, st, err
	}
	if st.wrong != nil {
		return s, c, st, s.refuse(fault.New("settingsWrong", "its configuration can't be understood: %s", st.wrong))
	}
	if c.Tied && st.tied != nil && !*st.tied && s.lacksOutput() {
		return s, c, st, s.refuse(fault.New("tensorMissing", "%s is missing; expected %s", published.HeadName, published.ShapeText([]int{c.Vocab, c.Width})))
	}
	if st.other != nil {
		return s, c, st, s.refuse(fault.New("configNotComputed", "its configuration asks for what is not computed here: %s", st.other))
	}
	c.Alphabet, c.Unscaled, c.PerBlock, c.Epsilon = st.alphabet, st.unscaled, st.perBlock, st.epsilon
	c.Heads = s.heads(c.Width, st.heads, o.Heads)
	c.Activation = s.activation(st.activation, o.Activation)
	return s, c, st, nil
}

// family returns an error that names the family of the model, if that is known, or else err.
func (s *source) family(err error) error {
	if is := foreign.Family(s.names); is != nil {
		return s.refuse(is)
	}
	return err
}

// identify returns the model that a file holds, without values. It checks that all its
// tensors are there in the right shapes.
func (s *source) identify(c model.Config) (*model.Model, error) {
	m, err := model.Skeleton(c)
	if err != nil {
		return nil, s.refuse(fault.New("inSizes", "the sizes: %w", err))
	}
	s.orient(m)
	if err := s.check(m); err != nil {
		return nil, s.family(err)
	}
	return m, nil
}

// isAlphabet reports whether a text has as many characters as there are tokens, each once.
func isAlphabet(text string, vocab int) bool {
	seen := map[rune]bool{}
	for _, r := range text {
		if seen[r] {
			return false
		}
		seen[r] = true
	}
	return len(seen) == vocab
}

// gpt2Head is A in every published GPT-2.
const gpt2Head = 64

// heads returns H: as it was asked for, as the file states it, or as in GPT-2; 0 if nothing tells.
func (s *source) heads(width, stated, asked int) int {
	switch {
	case asked > 0 && stated > 0 && asked != stated:
		s.note(fault.New("headsOverridden", "The number of heads in %w is %d; %d was asked for, and is taken.", s.saying(func(st statement) bool { return st.heads == stated }), stated, asked))
		return asked
	case asked > 0:
		return asked
	case stated > 0 || width%gpt2Head != 0:
		return stated
	}
	h := width / gpt2Head
	s.note(fault.New("headsAssumed", "The file does not say how many heads a block has: as in GPT-2, C/64 is assumed, %d.", h))
	return h
}

// activation returns the nonlinearity: as it was asked for, as the file states it, or as in GPT-2.
func (s *source) activation(stated, asked *model.Activation) model.Activation {
	switch {
	case asked != nil:
		return *asked
	case stated != nil:
		return *stated
	}
	s.note(fault.New("activationAssumed", "The file does not say which activation its feed-forward networks have: the tanh form of GELU is assumed, as in GPT-2; "+
		"other programs train with its form by erf."))
	return model.TanhGELU
}

// tie reports whether the output projection is the token embedding again: the file has only one of them, or both are
// equal and the metadata do not say that they are two. wte.weight is then the only one. Where tokens share rows it must be.
func (s *source) tie(stated *bool, shared bool) (bool, error) {
	head, hasHead := s.tensors[published.HeadName]
	wte, hasWTE := s.tensors["wte.weight"]
	if hasHead && !hasWTE {
		s.tensors["wte.weight"] = head
	}
	if !hasHead || !hasWTE {
		return true, nil
	}
	if head.Data == nil { // only the header is here
		return shared || stated != nil && *stated, nil
	}
	same := head.DType == wte.DType && equal(head.Shape, wte.Shape) && bytes.Equal(head.Data, wte.Data)
	if !same && shared {
		return false, s.refuse(fault.New("tiedDiffer", "%s differs from %s; expected the same values, for tokens share its rows", safetensors.Legible(head.Name), safetensors.Legible(wte.Name)))
	}
	if !same && stated != nil && *stated {
		s.note(fault.New("tiedIgnored", "In %w the output is the token embedding again, but %s differs from %s; it is taken for a matrix of its own.",
			s.saying(func(st statement) bool { return st.tied != nil }), safetensors.Legible(head.Name), safetensors.Legible(wte.Name)))
	}
	return same && (shared || stated == nil || *stated), nil
}

// orient finds out, by the matrices that are not square, whether all are stored transposed.
func (s *source) orient(m *model.Model) {
	votes := 0
	for _, p := range m.Parameters() {
		t, ok := s.tensors[p.Name]
		switch {
		case !ok || !published.IsLinear(p.Name) || p.Rows == p.Cols:
		case equal(t.Shape, []int{p.Rows, p.Cols}):
			votes++
		case equal(t.Shape, []int{p.Cols, p.Rows}):
			votes--
		}
	}
	if s.transposed = votes < 0; s.transposed {
		s.note(fault.New("matricesTransposed", "Its matrices are stored (out, in), as PyTorch does; they were transposed."))
	}
}

// storedShape returns the shape in which the file must hold a weight.
func (s *source) storedShape(m *model.Model, p *model.Tensor) []int {
	want := m.StoredShape(p)
	if s.transposed && len(want) == 2 && published.IsLinear(p.Name) {
		slices.Reverse(want)
	}
	return want
}

// check returns an error unless the file holds the weights of m, and nothing else.
func (s *source) check(m *model.Model) error {
	expected := map[string]bool{published.HeadName: true, published.IndexName: m.Config.Distinct > 0} // or else tied, or none shared
	doubles := false
	var zero []string
	var unknown *safetensors.Tensor
	for _, p := range m.Parameters() {
		expected[p.Name] = true
		t, ok := s.tensors[p.Name]
		want := s.storedShape(m, p)
		switch {
		case !ok && model.IsBias(p.Name):
			zero = append(zero, p.Name)
		case !ok:
			return s.refuse(fault.New("tensorMissing", "%s is missing; expected %s", p.Name, published.ShapeText(want)))
		case !equal(t.Shape, want):
			return s.refuse(fault.New("shapeDiffers", "%s is %s; expected %s", safetensors.Legible(t.Name), published.ShapeText(t.Shape), published.ShapeText(want)))
		case !safetensors.IsFloat(t.DType):
			return s.refuse(fault.New("numbersNotFloat", "%s holds numbers of the type %s; expected F32, F16, BF16 or F64: "+
				"load the model in Python, make it float32 by model.float(), and write it again", safetensors.Legible(t.Name), t.DType))
		}
		doubles = doubles || t.DType == safetensors.F64
	}
	for name, t := range s.tensors {
		if !expected[name] && (unknown == nil || t.Name < unknown.Name) {
			unknown = &t
		}
	}
	if unknown != nil {
		return s.refuseTensor(*unknown, fault.New("tensorUnknown", "is no tensor of a GPT-2 with L = %d, tied: %t", m.Config.Blocks, m.Config.Tied))
	}
	switch {
	case s.unbiased:
		s.note(fault.New("biasesZero", "The file has no biases: they are zero."))
	case zero != nil:
		s.note(fault.New("biasesMissing", "The file lacks some biases, which count as zero: %s.", published.Summary(zero)))
	}
	if doubles {
		s.note(fault.New("doublesRounded", "Its numbers have 64 bits; they were rounded to float32."))
	}
	return nil
}

// fill reads the values of the weights.
func (s *source) fill(m *model.Model) error {
	for _, p := range m.Parameters() {
		t, ok := s.tensors[p.Name]
		if !ok {
			p.Set(make([]float32, p.Rows*p.Cols), false)
			continue
		}
		if err := t.CheckFinite(); err != nil {
			return err
		}
		v, err := t.Float32()
		if err != nil {
			return err
		}
		p.Set(v, s.transposed && published.IsLinear(p.Name))
	}
	if m.Config.Distinct > 0 {
		return s.share(m)
	}
	return nil
}

// applyIndex sets V to the length of the index, if the file has one, and D to the rows of
// wte.weight.
func (s *source) applyIndex(c *model.Config) error {
	index, ok := s.tensors[published.IndexName]
	if !ok {
		return nil
	}
	wte, hasWTE := s.tensors["wte.weight"]
	switch {
	case len(index.Shape) != 1:
		return s.refuseTensor(index, fault.New("expectedOneSize", "is %s; expected one size, (V)", published.ShapeText(index.Shape)))
	case !index.IsInt():
		return s.refuseTensor(index, fault.New("numbersNotWhole", "holds numbers of the type %s; expected whole ones, such as U16", index.DType))
	case !hasWTE || len(wte.Shape) != 2:
		return s.refuseTensor(index, fault.New("rowsOfNoMatrix", "names rows of wte.weight, which is no matrix (D, C) of this file"))
	}
	c.Vocab, c.Distinct = index.Shape[0], wte.Shape[0]
	return nil
}

// share makes tokens share rows as the index of the file says.
func (s *source) share(m *model.Model) error {
	index := s.tensors[published.IndexName]
	rows, err := index.Ints()
	if err != nil {
		return err
	}
	if err := m.ShareRows(rows); err != nil {
		return s.refuseTensor(index, fault.Of(err))
	}
	return nil
}

// lacksOutput reports whether the file has but one of the token embedding and the output's matrix.
func (s *source) lacksOutput() bool {
	_, has := s.tensors[published.HeadName]
	return !has
}
