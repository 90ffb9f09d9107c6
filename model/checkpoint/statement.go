package checkpoint

import (
	"maps"
	"slices"
	"strconv"

	"glassbox/model"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// A saying is what one configuration says: that in the metadata of the weights, or the file config.json beside them.
type saying struct {
	from   *fault.Fault // where it stands, as a part of a sentence
	file   string       // "": in the metadata
	text   string
	fields published.Fields // nil: what text has, which was not read yet
}

// read returns what the configuration has; nil: it can't be read.
func (say saying) read() published.Fields {
	if say.fields != nil {
		return say.fields
	}
	fields, _, _ := published.Settings(say.text)
	return fields
}

// familySaid says that a configuration names a family that is not computed here; nil: none does.
func (s *source) familySaid() *fault.Fault {
	for _, say := range slices.Backward(s.sayings) {
		if name := published.OtherFamily(say.read()); name != "" {
			return fault.New("familySaid", "%w says model_type = %s: that is a model which is not computed here; supported are GPT-2, "+
				"also as nanoGPT and minGPT train it, and Llama with its kin: Mistral, SmolLM2, TinyLlama, Qwen2 and Qwen3", say.from, safetensors.Legible(name))
		}
	}
	return nil
}

// inMetadata is the place of a configuration that is no file of its own.
func inMetadata() *fault.Fault { return fault.New("configMetadata", "its metadata") }

// sayingsOf returns the configurations of a model in safetensors, the one that stands nearer to its weights behind the other.
func sayingsOf(metadata map[string]string, config *File) (list []saying) {
	if config != nil {
		name := safetensors.Legible(config.Base())
		list = append(list, saying{from: fault.New("configFile", "%s", name), file: name, text: string(config.Bytes)})
	}
	if text, ok := metadata["config"]; ok {
		list = append(list, saying{from: inMetadata(), text: text})
	}
	return list
}

// A told is a size that configurations say by a name and shapes tell as well. Fields that are not here are settings of the
// training, or of other programs.
type told struct {
	name  string
	of    func(model.Config) int
	marks bool // a model in which it differs is another one; words and places are added to a model, or cut off
	late  bool // it is known only when the configuration has been read
}

// settings returns what the configurations say, as far as they are those of a model of these sizes. Where two differ, that in
// the metadata counts: it can't belong to other weights.
func (s *source) settings(c model.Config) (all published.Fields, err error) {
	all = published.Fields{}
	var wrong fault.List
	for _, say := range s.sayings {
		var its fault.List
		if say.fields == nil {
			if say.fields, its, err = published.Settings(say.text); err != nil {
				s.noteUnread(say, err)
				continue
			}
		}
		if s.ofOther(say, c) {
			continue
		}
		s.noteDiffering(all, say.fields)
		maps.Copy(all, say.fields)
		s.said, wrong = append(s.said, say), append(wrong, its...)
	}
	if wrong != nil {
		return nil, s.refuse(fault.New("settingsWrong", "its configuration can't be understood: %s", wrong))
	}
	return all, nil
}

// where returns where one of these fields is said.
func (s *source) where(names ...string) *fault.Fault {
	for _, say := range slices.Backward(s.said) {
		if slices.ContainsFunc(names, func(name string) bool { return say.fields[name] != nil }) {
			return say.from
		}
	}
	return inMetadata()
}

// noteUnread says that a configuration is none.
func (s *source) noteUnread(say saying, err error) {
	if say.file == "" {
		s.note(fault.New("configForeign", "What its metadata have under \"config\", %.40q, is no configuration of a model, and was ignored.", say.text))
		return
	}
	s.note(fault.New("configUnread", "%s can't be read, and was ignored: %w.", say.file, safetensors.ReasonOf(err)))
}

// ofOther reports whether a configuration is that of another model, and notes in what it contradicts the shapes.
func (s *source) ofOther(say saying, c model.Config) bool {
	other := false
	for _, size := range s.told {
		v, ok := published.Number(say.fields, size.name)
		other = other || ok && size.marks && v != float64(size.of(c))
	}
	if other {
		s.noteAgainst(say, s.against(say, c, false))
	}
	return other
}

// against lists in what a configuration contradicts the shapes.
func (s *source) against(say saying, c model.Config, late bool) (list fault.List) {
	for _, size := range s.told {
		if size.late && !late {
			continue // not known yet, and nothing to be computed with
		}
		if v, ok := published.Number(say.fields, size.name); ok && v != float64(size.of(c)) {
			list = append(list, size.name+" = "+strconv.FormatFloat(v, 'g', 6, 64))
		}
	}
	return list
}

// noteContradicted notes in what the configurations of this model contradict the shapes, which count.
func (s *source) noteContradicted(c model.Config) {
	for _, say := range s.said {
		list := s.against(say, c, true)
		for _, layers := range []struct {
			name string
			are  model.Biases
		}{{"attention_bias", model.BiasQKV | model.BiasProj}, {"mlp_bias", model.BiasMLP}} {
			if say.fields[layers.name] == false && c.Biases&layers.are != 0 && say.fields["model_type"] != "qwen2" { // which has them whatever is said
				list = append(list, layers.name+" = false")
			}
		}
		s.noteAgainst(say, list)
	}
}

func (s *source) noteAgainst(say saying, list fault.List) {
	if list != nil {
		s.note(fault.New("sizesIgnored", "The shapes of its tensors contradict %w in %s; the shapes count.", say.from, list))
	}
}

// noteDiffering names what the metadata say otherwise than the file of the configuration.
func (s *source) noteDiffering(before, fields published.Fields) {
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

// statedTied returns whether a configuration says that the output is the token embedding again; nil: it does not say.
func statedTied(fields published.Fields) *bool {
	for _, name := range []string{"tied", "tie_word_embeddings"} {
		if tied, ok := fields[name].(bool); ok {
			return &tied
		}
	}
	return nil
}

// notComputed returns an error about what a configuration asks for.
func (s *source) notComputed(list fault.List) error {
	return s.refuse(fault.New("configNotComputed", "its configuration asks for what is not computed here: %s", list))
}
