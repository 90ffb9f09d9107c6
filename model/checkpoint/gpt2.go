package checkpoint

import (
	"slices"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// gpt2Files is how GPT-2s lie in files: as published, as nanoGPT and minGPT write them, or in GGUF.
var gpt2Files = &family{
	called: "GPT-2", embed: "wte.weight", tied: true, lenient: true,
	told: gpt2Told(), name: gpt2Name, leaves: gpt2Leaves, sizes: gpt2Sizes, settle: settleGPT2, orient: orientGPT2,
}

// gpt2Told are the names under which programs write the sizes that shapes tell.
func gpt2Told() []told {
	vocab, context := func(c model.Config) int { return c.Vocab }, func(c model.Config) int { return c.Context }
	width, blocks := func(c model.Config) int { return c.Width }, func(c model.Config) int { return c.Blocks }
	return []told{
		{name: "vocab_size", of: vocab}, {name: "n_positions", of: context}, {name: "n_ctx", of: context}, {name: "block_size", of: context},
		{name: "n_embd", of: width, marks: true}, {name: "hidden_size", of: width, marks: true},
		{name: "n_layer", of: blocks, marks: true}, {name: "num_hidden_layers", of: blocks, marks: true},
		{name: "n_inner", of: model.Config.Wide, marks: true},
	}
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

// gpt2Name returns the published name of a tensor of the file, and whether it is one.
func gpt2Name(s *source, name string) (ours string, ok bool) {
	p, ours, ok := published.GPT2Name(name)
	if ok && (p == s.before && ours != published.HeadName || ours == published.HeadName && name == s.outputName()) {
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

// gpt2Leaves reports whether a tensor without a published name can be left out.
func gpt2Leaves(s *source, t published.Tensor) bool { return published.TakesNoPart(t, s.before) }

// gpt2Sizes returns V, C, L, the context and the inner size, as they follow from the shapes.
func gpt2Sizes(s *source) (c model.Config, err error) {
	wte, ok := s.tensors["wte.weight"]
	if !ok {
		if wte, ok = s.tensors[published.HeadName]; ok {
			s.tensors["wte.weight"] = wte
		}
	}
	wpe, placed := s.tensors["wpe.weight"]
	switch {
	case len(s.tensors) == 0:
		return c, s.refuse(fault.New("noWeights", "the file has no weights; expected those of a GPT-2"))
	case !ok:
		return c, s.refuseTensor(s.names[0], fault.New("nameUnknown", "is not the name of a GPT-2's tensor, and there is no wte.weight; "+
			"expected wte.weight, wpe.weight, h.0.attn.c_attn.weight and so on, also with one prefix before all of them"))
	case len(wte.Shape) != 2:
		return c, s.refuse(fault.New("expectedTwoSizes", "%s is %s; expected two sizes, (V, C)", safetensors.Legible(wte.Name), published.ShapeText(wte.Shape)))
	case !placed:
		return c, s.refuse(fault.New("positionsMissing", "wpe.weight is missing; expected (context, %d)", wte.Shape[1]))
	case len(wpe.Shape) != 2 || wpe.Shape[1] != wte.Shape[1]:
		return c, s.refuse(fault.New("expectedContext", "%s is %s; expected (context, %d)", safetensors.Legible(wpe.Name), published.ShapeText(wpe.Shape), wte.Shape[1]))
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
	return c, s.applyIndex(&c)
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

// applyIndex sets V to the length of the index, if the file has one, and D to the rows of
// wte.weight.
func (s *source) applyIndex(c *model.Config) error {
	if s.gguf != nil && s.gguf.Rows != nil {
		c.Vocab, c.Distinct = len(s.gguf.Rows), c.Vocab
		return nil
	}
	index, ok := s.tensors[published.IndexName]
	wte := s.tensors["wte.weight"]
	switch {
	case !ok:
		return nil
	case len(index.Shape) != 1:
		return s.refuseTensor(index.Name, fault.New("expectedOneSize", "is %s; expected one size, (V)", published.ShapeText(index.Shape)))
	case !index.IsInt():
		return s.refuseTensor(index.Name, fault.New("numbersNotWhole", "holds numbers of the type %s; expected whole ones, such as U16", index.Typed))
	case s.tensors[published.HeadName].Name == wte.Name:
		return s.refuseTensor(index.Name, fault.New("rowsOfNoMatrix", "names rows of wte.weight, which is no matrix (D, C) of this file"))
	}
	c.Vocab, c.Distinct = index.Shape[0], wte.Shape[0]
	return nil
}

// share makes tokens share rows as the file says, if it does.
func (s *source) share(m *model.Model) error {
	switch {
	case m.Config.Distinct == 0:
		return nil
	case s.gguf != nil:
		if err := m.ShareRows(s.gguf.Rows); err != nil {
			return s.gguf.RefuseKey(published.RowsKey, fault.Of(err))
		}
		return nil
	}
	index := s.tensors[published.IndexName]
	rows, err := index.Ints()
	if err != nil {
		return err
	}
	if err := m.ShareRows(rows); err != nil {
		return s.refuseTensor(index.Name, fault.Of(err))
	}
	return nil
}

// settleGPT2 reads what no shape tells of a GPT-2. H is 0 if nothing tells it.
func settleGPT2(s *source, fields published.Fields, c *model.Config, o Options) error {
	if list := published.NotComputedGPT2(fields, isCurve); list != nil {
		return s.notComputed(list)
	}
	s.alphabet(fields, c)
	if scaled, ok := fields["scale_attn_weights"].(bool); ok {
		c.Unscaled = !scaled
	}
	c.PerBlock, _ = fields["scale_attn_by_inverse_layer_idx"].(bool)
	if err := s.gpt2Numbers(fields, c, o); err != nil {
		return err
	}
	c.Heads = s.heads(c.Width, s.statedHeads(fields, c.Width), o.Heads)
	c.Activation = s.activation(fields, o.Activation)
	s.noteTaken(*c)
	return nil
}

// isCurve reports whether an activation of that name is computed here.
func isCurve(name string) bool {
	_, known := model.ActivationOf(name)
	return known
}

// alphabet reads the letters that tokens stand for.
func (s *source) alphabet(fields published.Fields, c *model.Config) {
	if c.Alphabet, _ = fields["alphabet"].(string); c.Alphabet != "" && !isAlphabet(c.Alphabet, c.Vocab) {
		s.note(fault.New("alphabetIgnored", "The alphabet in %w does not have %d different characters, one for each token; it was ignored.", s.where("alphabet"), c.Vocab))
		c.Alphabet = ""
	}
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

// headNames are the names under which programs write H.
var headNames = []string{"n_head", "num_attention_heads", "n_heads", "num_heads"}

// statedHeads returns H as the configuration says it; 0 if it does not say a number that can be.
func (s *source) statedHeads(fields published.Fields, width int) int {
	for _, name := range headNames {
		v, ok := published.Number(fields, name)
		if !ok {
			continue
		}
		if h := int(min(max(v, 0), model.MaxHeads)); h > 0 && float64(h) == v && width%h == 0 {
			s.asserted = true
			return h
		}
		s.note(fault.New("headsIgnored", "The number of heads in %w can't be, for it does not divide C = %d; it was ignored.", s.where(name), width))
		return 0
	}
	return 0
}

// gpt2Head is A in every published GPT-2.
const gpt2Head = 64

// heads returns H: as it was asked for, as the file states it, or as in GPT-2; 0 if nothing tells.
func (s *source) heads(width, stated, asked int) int {
	switch {
	case asked > 0 && stated > 0 && asked != stated:
		s.note(fault.New("headsOverridden", "The number of heads in %w is %d; %d was asked for, and is taken.", s.where(headNames...), stated, asked))
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

// statedActivation returns the nonlinearity that a configuration says, if it does. Ours, and one that says that it is a
// GPT-2's, leave out what is usual.
func statedActivation(fields published.Fields) (a model.Activation, ok bool) {
	if name, said := fields["activation_function"].(string); said {
		return model.ActivationOf(name)
	}
	return model.TanhGELU, fields["tied"] != nil || fields["model_type"] == "gpt2"
}

// activation returns the nonlinearity: as it was asked for, as the file states it, or as in GPT-2.
func (s *source) activation(fields published.Fields, asked *model.Activation) model.Activation {
	stated, said := statedActivation(fields)
	switch s.activates = said; {
	case asked != nil:
		return *asked
	case !said:
		s.note(fault.New("activationAssumed", "The file does not say which activation its feed-forward networks have: the tanh form of GELU is assumed, as in GPT-2; "+
			"other programs train with its form by erf."))
		return model.TanhGELU
	}
	return stated
}

// noteTaken says what is taken from the file of the configuration, of what no shape tells.
func (s *source) noteTaken(c model.Config) {
	for _, say := range s.said {
		if say.file == "" {
			continue
		}
		var list fault.List
		for _, name := range headNames {
			if say.fields[name] == float64(c.Heads) && s.fields[name] == float64(c.Heads) {
				list = append(list, "n_head = "+strconv.Itoa(c.Heads))
				break
			}
		}
		if a, ok := statedActivation(say.fields); ok && a == c.Activation {
			list = append(list, "activation_function = "+a.Name())
		}
		if c.Unscaled && say.fields["scale_attn_weights"] == false {
			list = append(list, "scale_attn_weights = false")
		}
		if c.PerBlock && say.fields["scale_attn_by_inverse_layer_idx"] == true {
			list = append(list, "scale_attn_by_inverse_layer_idx = true")
		}
		if list != nil {
			s.note(fault.New("configTaken", "What no shape tells is taken from %s: %s.", say.file, list))
		}
	}
}

// orientGPT2 finds out, by the matrices that are not square, whether all are stored transposed.
func orientGPT2(s *source, m *model.Model) {
	votes := 0
	for _, p := range m.Parameters() {
		t, ok := s.tensors[p.Name]
		switch {
		case !ok || !published.IsLinear(p.Name) || p.Rows == p.Cols:
		case slices.Equal(t.Shape, []int{p.Rows, p.Cols}):
			votes++
		case slices.Equal(t.Shape, []int{p.Cols, p.Rows}):
			votes--
		}
	}
	if s.turned = votes < 0 || s.gguf != nil; s.turned && s.gguf == nil {
		s.note(fault.New("matricesTransposed", "Its matrices are stored (out, in), as PyTorch does; they were transposed."))
	}
}
