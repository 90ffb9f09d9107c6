package checkpoint

import (
	"bytes"
	"slices"

	"glassbox/model"
	"glassbox/model/checkpoint/foreign"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
	"glassbox/model/quant"
)

// A source is the tensors and the configurations of one model, of whatever format, and what has become known of them. It is
// read in four steps: its family names the tensors, their shapes tell the sizes, the configuration what no shape tells, and
// then all weights that a model of this kind has must be there, and nothing else.
type source struct {
	*family
	file    string
	tensors map[string]published.Tensor // those that take part, by our names
	names   []string                    // of all tensors of the file
	before  string                      // what stands before the published names
	turned  bool                        // matrices of a GPT-2 are stored (out, in)
	owned   bool                        // its bytes become the model's
	scratch []byte                      // room of a matrix
	gguf    *published.GGUF             // the file, if it is one of GGUF; else nil

	sayings   []saying         // its configurations
	said      []saying         // those of them that are this model's
	fields    published.Fields // what they say
	asserted  bool             // they say how many heads there are
	activates bool             // and which activation
	notes     []*fault.Fault
}

// A family is how the models of an architecture lie in files.
type family struct {
	called  string // by readers
	embed   string // the token embedding, whose place the output's matrix may take
	told    []told // sizes that its configurations say, and shapes too
	lenient bool   // biases may be missing, and are zero then
	tied    bool   // an output that is missing is the token embedding again, without a word in the configuration

	name   func(s *source, tensor string) (ours string, known bool)
	leaves func(s *source, t published.Tensor) bool                                   // a tensor without a name takes no part
	sizes  func(s *source) (model.Config, error)                                      // by the shapes
	settle func(s *source, fields published.Fields, c *model.Config, o Options) error // what no shape tells
	orient func(s *source, m *model.Model)                                            // finds out how matrices lie; nil: in one way
}

// familyOf returns the family that has tensors of these names.
func familyOf(tensors []published.Tensor) *family {
	if slices.ContainsFunc(tensors, func(t published.Tensor) bool { return published.IsLlama(t.Name) }) {
		return llamaFiles
	}
	return gpt2Files
}

// newSource returns the tensors of a file by their published names, without those that take no part in the model.
func newSource(file string, tensors []published.Tensor, sayings []saying, of *family) (*source, error) {
	s := &source{family: of, file: file, tensors: map[string]published.Tensor{}, sayings: sayings}
	for _, t := range tensors {
		s.names = append(s.names, t.Name)
	}
	s.before = commonPrefix(s.names)
	var leftOut []string
	for _, t := range tensors {
		ours, known := s.name(s, t.Name)
		if !known && s.leaves(s, t) {
			leftOut = append(leftOut, t.Name)
			continue
		}
		if other, twice := s.tensors[ours]; twice {
			return nil, s.orFamily(s.refuse(fault.New("tensorsTwice", "%s and %s both stand for %s; expected one of them",
				safetensors.Legible(other.Name), safetensors.Legible(t.Name), safetensors.Legible(ours))))
		}
		s.tensors[ours] = t
	}
	if leftOut != nil {
		s.note(fault.New("tensorsLeftOut", "It holds tensors that take no part in the model, and were left out: %s.", published.Summary(leftOut)))
	}
	return s, nil
}

// note adds a remark about the file, which is no error, but worded like one.
func (s *source) note(n *fault.Fault) { s.notes = append(s.notes, n) }

// refuse returns an error about the file. Names in the reason must be fit to be printed.
func (s *source) refuse(reason *fault.Fault) error { return s.refuseTensor("", reason) }

// refuseTensor returns an error about a tensor that may have any name.
func (s *source) refuseTensor(name string, reason *fault.Fault) error {
	return &safetensors.FormatError{File: s.file, Tensor: name, Reason: reason, Offset: -1}
}

// has reports whether the file has a tensor of a published name.
func (s *source) has(name string) bool {
	_, ok := s.tensors[name]
	return ok
}

// config returns the sizes of the model, and what its configurations say.
func (s *source) config(o Options) (c model.Config, err error) {
	if c, err = s.sizes(s); err != nil {
		return c, s.orFamily(err)
	}
	if s.fields, err = s.settings(c); err != nil {
		return c, s.orFamily(err)
	}
	if err = s.settle(s, s.fields, &c, o); err != nil {
		return c, s.orFamily(err)
	}
	s.noteContradicted(c)
	if s.fields["auto_map"] != nil {
		s.note(fault.New("codeNotRun", "The model brings code of its own, which %w names as auto_map. It is never run: the model is computed as a %s.", s.where("auto_map"), s.called))
	}
	c.Tied, err = s.tie(c, o.Tied)
	return c, err
}

// identify returns the model that the file holds, without values.
func (s *source) identify(c model.Config) (*model.Model, error) {
	m, err := model.Skeleton(c)
	if err != nil {
		return nil, s.orFamily(s.refuse(fault.New("inSizes", "the sizes: %w", err)))
	}
	if s.orient != nil {
		s.orient(s, m)
	}
	return m, s.orFamily(s.check(m))
}

// orFamily returns an error that names the family of the model, if there is an error and the family is another one, as its
// configuration says it, or as the names of its tensors tell it; or else err.
func (s *source) orFamily(err error) error {
	if err == nil {
		return nil
	}
	if is := s.familySaid(); is != nil {
		return s.refuse(is)
	}
	if is := foreign.Family(s.names); is != nil {
		return s.refuse(is)
	}
	return err
}

// tie reports whether the output projection is the token embedding again: it was asked for, the file has only one of them, or
// both are equal and the configuration does not say that they are two. Of a header alone it takes what was said.
func (s *source) tie(c model.Config, asked *bool) (bool, error) {
	stated, shared := statedTied(s.fields), c.Distinct > 0
	if asked != nil {
		stated = asked
	}
	embed, head := s.tensors[s.embed], s.tensors[published.HeadName]
	if embed.Name == "" || head.Name == "" || head.Name == embed.Name {
		return true, s.tiesAlone(c, stated)
	}
	if head.Data == nil { // only the header is here
		return shared || stated != nil && *stated, nil
	}
	same := head.Typed == embed.Typed && slices.Equal(head.Shape, embed.Shape) && bytes.Equal(head.Data, embed.Data)
	switch {
	case !same && shared:
		return false, s.refuse(fault.New("tiedDiffer", "%s differs from %s; expected the same values, for tokens share its rows", safetensors.Legible(head.Name), safetensors.Legible(embed.Name)))
	case asked != nil:
		if *asked && !same {
			s.note(fault.New("tiedAsked", "%s differs from %s and was left out, for it was asked that the output is the token embedding again.",
				safetensors.Legible(head.Name), safetensors.Legible(embed.Name)))
		}
		return *asked, nil
	case !same && stated != nil && *stated:
		s.note(fault.New("tiedIgnored", "In %w the output is the token embedding again, but %s differs from %s; it is taken for a matrix of its own.",
			s.where("tied", "tie_word_embeddings"), safetensors.Legible(head.Name), safetensors.Legible(embed.Name)))
	}
	return same && (shared || stated == nil || *stated), nil
}

// tiesAlone returns an error if the one matrix that the file has for the token embedding and the output can't be both, and
// notes that it is assumed to be.
func (s *source) tiesAlone(c model.Config, stated *bool) error {
	missing := published.HeadName
	if s.tensors[s.embed].Name == s.tensors[missing].Name {
		missing = s.embed
	}
	switch other := published.OtherHeads(s.names); {
	case stated != nil && !*stated:
		return s.refuse(fault.New("tensorMissing", "%s is missing; expected %s", missing, published.ShapeText([]int{c.Vocab, c.Width})))
	case stated != nil || s.tied || s.gguf != nil:
	case other != nil:
		return s.refuse(fault.New("headOfOtherTask", "it has no %s, but the output of another task: %s; expected a model that writes texts", missing, other))
	default:
		s.note(fault.New("tiedAssumed", "The file has no %s, and does not say that the output is the token embedding again: that is assumed.", missing))
	}
	return nil
}

// shapeOf returns the shape in which the file must hold a weight.
func (s *source) shapeOf(m *model.Model, p *model.Tensor) []int {
	want := m.StoredShape(p)
	if s.turned && published.IsLinear(p.Name) {
		slices.Reverse(want)
	}
	return want
}

// check returns an error unless the file holds the weights of m, and nothing else.
func (s *source) check(m *model.Model) error {
	expected := map[string]bool{published.HeadName: true, published.IndexName: m.Config.Distinct > 0} // or else tied, or none shared
	var zero []string
	doubles, biased := false, false
	for _, p := range m.Parameters() {
		expected[p.Name] = true
		t, ok := s.tensors[p.Name]
		if !ok && s.lenient && model.IsBias(p.Name) {
			zero = append(zero, p.Name)
			continue
		}
		if err := s.checkTensor(p.Name, t, s.shapeOf(m, p)); err != nil {
			return err
		}
		doubles, biased = doubles || t.As == quant.F64, biased || model.IsBias(p.Name)
	}
	unknown := ""
	for ours, t := range s.tensors {
		if !expected[ours] && (unknown == "" || t.Name < unknown) {
			unknown = t.Name
		}
	}
	switch {
	case unknown != "":
		return s.refuseTensor(unknown, fault.New("tensorOfOther", "is no tensor of a %s with L = %d", s.called, m.Config.Blocks))
	case zero != nil && !biased:
		s.note(fault.New("biasesZero", "The file has no biases: they are zero."))
	case zero != nil:
		s.note(fault.New("biasesMissing", "The file lacks some biases, which count as zero: %s.", published.Summary(zero)))
	}
	if doubles {
		s.note(fault.New("doublesRounded", "Its numbers have 64 bits; they were rounded to float32."))
	}
	return nil
}

// checkTensor returns an error unless a tensor is there in a shape, and holds numbers.
func (s *source) checkTensor(name string, t published.Tensor, want []int) error {
	_, number := quant.Parse(t.Typed)
	switch {
	case t.Name == "":
		return s.refuse(fault.New("tensorMissing", "%s is missing; expected %s", name, published.ShapeText(want)))
	case !slices.Equal(t.Shape, want):
		return s.refuse(fault.New("shapeDiffers", "%s is %s; expected %s", safetensors.Legible(t.Name), published.ShapeText(t.Shape), published.ShapeText(want)))
	case !number:
		return s.refuse(fault.New("numbersNotFloat", "%s holds numbers of the type %s; expected F32, F16, BF16 or F64: "+
			"load the model in Python, make it float32 by model.float(), and write it again", safetensors.Legible(t.Name), t.Typed))
	}
	return nil
}

// fewWeights is how many weights a model has at most that are made float32 when it is read, 16 MB.
const fewWeights = 4 << 20

// fill gives the weights of m their values: vectors and what has more bits than float32 as float32, everything else as it is
// held, and of a model of few weights as float32 too.
func (s *source) fill(m *model.Model) error {
	few := m.Config.Parameters() <= fewWeights
	for _, p := range m.Parameters() {
		t, ok := s.tensors[p.Name]
		if !ok {
			p.Set(make([]float32, p.Rows*p.Cols), false)
			continue
		}
		s.place(p, t)
		if data := t.Data; t.Permuted > 0 {
			if t.Arrange(); s.owned {
				t.Data = data[:copy(data, t.Data)]
			}
		}
		if err := s.checkFinite(t); err != nil {
			return err
		}
		if m.Llama != nil && p == m.Slower {
			if err := s.checkPositive(t); err != nil {
				return err
			}
		}
		if !m.Vector(p) && t.As != quant.F32 && t.As != quant.F64 {
			if s.hold(p, t); few {
				p.Unpack()
			}
			continue
		}
		s.set(p, t)
	}
	return s.share(m)
}

// place says where the file has a weight.
func (s *source) place(p *model.Tensor, t published.Tensor) {
	name := t.Name
	if s.gguf != nil {
		name = s.gguf.Names[name]
	}
	if name != p.Name {
		p.Alias = name
	}
	p.Turned = s.turned && published.IsLinear(p.Name)
	if t.Permuted > 0 {
		p.Paired = t.Shape[0] / t.Permuted
	}
}

// hold makes a weight hold its values as the file does. They are multiplied with row by row, a row for each output, and so a
// layer of GPT-2 that is stored (in, out) is turned.
func (s *source) hold(p *model.Tensor, t published.Tensor) {
	linear := published.IsLinear(p.Name)
	if linear && !s.turned {
		t.Data = s.turn(t.Data, p.Rows, p.Cols)
	}
	p.Hold(t.As, t.Data, linear)
}

// set gives a weight its values as float32: in the bytes of the file, if these are the model's and hold such.
func (s *source) set(p *model.Tensor, t published.Tensor) {
	turned := s.turned && published.IsLinear(p.Name)
	if s.owned && t.As == quant.F32 {
		if turned {
			t.Data = s.turn(t.Data, p.Cols, p.Rows)
		}
		if values, ok := quant.View(t.Data); ok {
			p.Set(values, false)
			return
		}
		turned = false
	}
	values := make([]float32, t.Len())
	quant.Decode(values, t.As, t.Data)
	p.Set(values, turned)
}

// turn returns the numbers of a (rows, cols) matrix, none of them in blocks, as those of a (cols, rows) one: in their place, if
// the bytes are the model's.
func (s *source) turn(data []byte, rows, cols int) []byte {
	out := data
	if s.owned {
		s.scratch = append(s.scratch[:0], data...)
		data = s.scratch
	} else {
		out = make([]byte, len(data))
	}
	size := len(data) / (rows * cols)
	for c := range cols {
		for r := range rows {
			copy(out[(c*rows+r)*size:][:size], data[(r*cols+c)*size:])
		}
	}
	return out
}

// checkFinite returns an error that names the first value which is no finite number.
func (s *source) checkFinite(t published.Tensor) error {
	cols := t.Shape[len(t.Shape)-1]
	size, err := t.As.RowBytes(cols)
	if err != nil {
		return s.refuse(fault.New("rowNoBlocks", "a row of %s has %d number(s), which are no whole blocks of %s", safetensors.Legible(t.Name), cols, t.Typed))
	}
	row := make([]float32, cols)
	for r := 0; size > 0 && (r+1)*size <= len(t.Data); r++ {
		quant.Decode(row, t.As, t.Data[r*size:][:size])
		for c, v := range row {
			if v-v != 0 { // true of ±Inf and NaN alone
				return s.refuse(fault.New("weightNotFinite", "%s has %v at (%d, %d); expected a finite number", safetensors.Legible(t.Name), v, r, c))
			}
		}
	}
	return nil
}

// checkPositive returns an error that names the first value by which nothing can be divided.
func (s *source) checkPositive(t published.Tensor) error {
	values := make([]float32, t.Shape[0])
	quant.Decode(values, t.As, t.Data)
	for i, v := range values {
		if !(v > 0) {
			return s.refuse(fault.New("factorNotPositive", "%s has %v at %d; expected numbers above 0", safetensors.Legible(t.Name), v, i))
		}
	}
	return nil
}

// beside returns how many bytes of memory the weights take beside those of an owned file: what has 64 bits becomes float32.
func (s *source) beside() (bytes int64) {
	for _, t := range s.tensors {
		if t.As == quant.F64 {
			bytes += 4 * int64(t.Len())
		}
	}
	return bytes
}
