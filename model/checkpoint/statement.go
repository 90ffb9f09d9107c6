package checkpoint

import (
	"glassbox/model"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
	"maps"
	"slices"
	"strconv"
)

// A statement is what the metadata of a file say about its model. What does not stand there is zero.
type statement struct {
	sizes    []statedSize
	heads    int
	tied     *bool
	alphabet string

	activation *model.Activation
	unscaled   bool
	perBlock   bool
	epsilon    float32
	other      fault.List // what it asks for that is not computed here
	wrong      fault.List // what of it is of the wrong kind
}

// A statedSize is a size that the shapes tell as well.
type statedSize struct {
	name  string // as the metadata have it
	of    func(model.Config) int
	marks bool // a model in which it differs is another one; words and places are added to a model, or cut off
	is    float64
}

// sizeNames are the names under which programs write the sizes that shapes tell. Fields that are not here are settings
// of the training, or of other programs.
func sizeNames() []statedSize {
	vocab, context := func(c model.Config) int { return c.Vocab }, func(c model.Config) int { return c.Context }
	width, blocks := func(c model.Config) int { return c.Width }, func(c model.Config) int { return c.Blocks }
	return []statedSize{
		{name: "vocab_size", of: vocab}, {name: "n_positions", of: context}, {name: "n_ctx", of: context}, {name: "block_size", of: context},
		{name: "n_embd", of: width, marks: true}, {name: "hidden_size", of: width, marks: true},
		{name: "n_layer", of: blocks, marks: true}, {name: "num_hidden_layers", of: blocks, marks: true},
		{name: "n_inner", of: model.Config.Wide, marks: true},
	}
}

// parseStatement reads the text of a configuration: what JSON writes, or another program's.
func parseStatement(text string) (st statement, err error) {
	fields, wrong, err := published.Settings(text)
	if err != nil {
		return st, err
	}
	st = statementOf(fields)
	st.wrong = wrong
	return st, nil
}

// statementOf reads the fields of a configuration.
func statementOf(fields map[string]any) (st statement) {
	for _, size := range sizeNames() {
		if v, ok := fields[size.name].(float64); ok {
			size.is = v
			st.sizes = append(st.sizes, size)
		}
	}
	for _, name := range []string{"n_head", "num_attention_heads", "n_heads", "num_heads"} {
		if v, ok := fields[name].(float64); ok && st.heads == 0 {
			st.heads = -1 // none that can be
			if v == float64(int(v)) && v > 0 {
				st.heads = int(v)
			}
		}
	}
	for _, name := range []string{"tie_word_embeddings", "tied"} {
		if tied, ok := fields[name].(bool); ok {
			st.tied = &tied
		}
	}
	st.alphabet, _ = fields["alphabet"].(string)
	st.readArithmetic(fields)
	return st
}

// readArithmetic reads what a configuration says about how the model computes.
func (st *statement) readArithmetic(fields map[string]any) {
	if name, ok := fields["activation_function"].(string); ok {
		if a, ok := model.ActivationOf(name); ok {
			st.activation = &a
		} else {
			st.other = append(st.other, "activation_function = "+safetensors.Legible(name))
		}
	} else if family, _ := fields["model_type"].(string); fields["tied"] != nil || family == "gpt2" { // ours, or one that leaves out what is usual
		usual := model.TanhGELU
		st.activation = &usual
	}
	if scaled, ok := fields["scale_attn_weights"].(bool); ok {
		st.unscaled = !scaled
	}
	st.perBlock, _ = fields["scale_attn_by_inverse_layer_idx"].(bool)
	if crosses, _ := fields["add_cross_attention"].(bool); crosses {
		st.other = append(st.other, "add_cross_attention = true")
	}
	if program := published.OtherTask(fields); program != "" {
		st.other = append(st.other, "architectures = "+safetensors.Legible(program))
	}
	if e, ok := fields["layer_norm_epsilon"].(float64); ok && float32(e) != model.Epsilon {
		if st.epsilon = float32(e); !(e > 0 && e < 1) {
			st.other = append(st.other, "layer_norm_epsilon = "+strconv.FormatFloat(e, 'g', 4, 64))
		}
	}
}

// A saying is what one configuration says: that in the metadata of the weights, or the file config.json beside them.
type saying struct {
	from   *fault.Fault // where it stands, as a part of a sentence
	file   string       // "": in the metadata
	text   string
	fields map[string]any
	statement
}

// sayings returns the configurations of a model, the one that stands nearer to its weights behind the other.
func sayings(metadata map[string]string, config *File) (list []saying) {
	if config != nil {
		name := safetensors.Legible(config.Base())
		list = append(list, saying{from: fault.New("configFile", "%s", name), file: name, text: string(config.Bytes)})
	}
	if text, ok := metadata["config"]; ok {
		list = append(list, saying{from: fault.New("configMetadata", "its metadata"), text: text})
	}
	return list
}

// statement returns what the configurations say that no shape tells, as far as it fits a model of these sizes. Where two
// differ, that in the metadata counts: it can't belong to other weights.
func (s *source) statement(metadata map[string]string, config *File, c model.Config) (st statement) {
	all := map[string]any{}
	for _, say := range sayings(metadata, config) {
		var err error
		var wrong fault.List
		if say.fields, wrong, err = published.Settings(say.text); err != nil {
			s.noteUnread(say, err)
			continue
		}
		if say.statement = statementOf(say.fields); s.ofOther(say, c) {
			continue
		}
		st.wrong = append(st.wrong, wrong...)
		s.noteDiffering(all, say.fields)
		maps.Copy(all, say.fields)
		s.said = append(s.said, say)
	}
	wrong := st.wrong
	st = statementOf(all)
	st.wrong = wrong
	if h := st.heads; h != 0 && (h < 0 || h > model.MaxHeads || c.Width%h != 0) {
		s.note(fault.New("headsIgnored", "The number of heads in %w can't be, for it does not divide C = %d; it was ignored.",
			s.saying(func(st statement) bool { return st.heads == h }), c.Width))
		st.heads = 0
	}
	if a := st.alphabet; a != "" && !isAlphabet(a, c.Vocab) {
		s.note(fault.New("alphabetIgnored", "The alphabet in %w does not have %d different characters, one for each token; it was ignored.",
			s.saying(func(st statement) bool { return st.alphabet == a }), c.Vocab))
		st.alphabet = ""
	}
	s.noteTaken(st)
	return st
}

// saying returns where something is said.
func (s *source) saying(says func(statement) bool) *fault.Fault {
	for _, say := range slices.Backward(s.said) {
		if says(say.statement) {
			return say.from
		}
	}
	return fault.New("configMetadata", "its metadata")
}

// noteUnread says that a configuration is none.
func (s *source) noteUnread(say saying, err error) {
	if say.file == "" {
		s.note(fault.New("configForeign", "What its metadata have under \"config\", %.40q, is no configuration of a model, and was ignored.", say.text))
		return
	}
	s.note(fault.New("configUnread", "%s can't be read, and was ignored: %w.", say.file, safetensors.ReasonOf(err)))
}

// ofOther reports whether a configuration is that of another model. It notes in what it contradicts the shapes.
func (s *source) ofOther(say saying, c model.Config) (other bool) {
	var against fault.List
	for _, size := range say.sizes {
		if is := size.of(c); float64(is) != size.is {
			against = append(against, size.name+" = "+strconv.FormatFloat(size.is, 'g', 6, 64))
			other = other || size.marks
		}
	}
	if against != nil {
		s.note(fault.New("sizesIgnored", "The shapes of its tensors contradict %w in %s; the shapes count.", say.from, against))
	}
	return other
}

// noteDiffering names what the metadata say otherwise than the file of the configuration.
func (s *source) noteDiffering(before, fields map[string]any) {
	var differ fault.List
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if old, twice := before[name]; twice && !alike(old, fields[name]) {
			differ = append(differ, safetensors.Legible(name))
		}
	}
	if differ != nil {
		s.note(fault.New("configsDiffer", "The configuration in its metadata and %s differ in %s; the metadata count.", s.said[0].file, differ))
	}
}

// alike reports whether two settings are the same.
func alike(a, b any) bool {
	x, isObject := a.(published.Fields)
	y, too := b.(published.Fields)
	if isObject && too {
		return maps.EqualFunc(x, y, alike)
	}
	return isObject == too && a == b
}

// noteTaken says what is taken from the file of the configuration, of what no shape tells.
func (s *source) noteTaken(st statement) {
	for _, say := range s.said {
		if say.file == "" {
			continue
		}
		var list fault.List
		if st.heads > 0 && st.heads == say.heads {
			list = append(list, "n_head = "+strconv.Itoa(st.heads))
		}
		if a := st.activation; a != nil && say.activation != nil && *a == *say.activation {
			list = append(list, "activation_function = "+a.Name())
		}
		if st.unscaled && say.unscaled {
			list = append(list, "scale_attn_weights = false")
		}
		if st.perBlock && say.perBlock {
			list = append(list, "scale_attn_by_inverse_layer_idx = true")
		}
		if list != nil {
			s.note(fault.New("configTaken", "What no shape tells is taken from %s: %s.", say.file, list))
		}
	}
}
