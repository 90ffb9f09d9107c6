package model

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"glassbox/model/fault"
	"glassbox/model/foreign"
	"glassbox/model/safetensors"
)

// importLlama reads a Llama from the tensors of a file and the fields of its configuration, by the published names.
func importLlama(file string, tensors []stored, fields map[string]any, o Options) (*Imported, error) {
	m, s, err := identifyLlama(file, tensors, fields, o)
	if err != nil {
		return nil, err
	}
	if err := s.fill(m); err != nil {
		return nil, err
	}
	return &Imported{Model: m, Notes: s.notes}, nil
}

// inspectLlama reads from the header of a file what importLlama would read.
func inspectLlama(file string, tensors []stored, fields map[string]any) (*Inspection, error) {
	m, s, err := identifyLlama(file, tensors, fields, Options{})
	if err != nil {
		return nil, err
	}
	return &Inspection{Config: m.Config, Asserted: size(fields, "num_attention_heads") > 0, Activates: true, Notes: s.notes}, nil
}

// readLlama returns the sizes of the model in a file.
func readLlama(file string, tensors []stored, fields map[string]any, o Options) (*llamaSource, Config, error) {
	s, err := newLlamaSource(file, tensors)
	if err != nil {
		return nil, Config{}, err
	}
	c, queries, keys, err := s.shapes()
	if err != nil {
		return nil, c, err
	}
	if err := s.apply(fields, &c, queries, keys, o.Heads); err != nil {
		return nil, c, err
	}
	if o.Activation != nil {
		c.Activation = *o.Activation
	}
	var stated *bool
	if tied, ok := fields["tie_word_embeddings"].(bool); ok {
		stated = &tied
	}
	c.Tied = s.tie(stated)
	return s, c, nil
}

// identifyLlama returns the model that a file holds, without values. It checks that all its
// tensors are there in the right shapes. Of another family whose files have some of the same names, it says which.
func identifyLlama(file string, tensors []stored, fields map[string]any, o Options) (m *Model, s *llamaSource, err error) {
	s, c, err := readLlama(file, tensors, fields, o)
	if err == nil {
		if m, err = skeleton(c); err != nil {
			err = s.refuse(fault.New("inSizes", "the sizes: %w", err))
		} else {
			err = s.check(m)
		}
	}
	if err == nil {
		return m, s, nil
	}
	var names []string
	for _, t := range tensors {
		names = append(names, t.name)
	}
	if is := foreign.Family(names); is != nil {
		err = &safetensors.FormatError{File: file, Reason: is, Offset: -1}
	}
	return nil, nil, err
}

// tensorsOf returns the tensors of a safetensors file.
func tensorsOf(f *safetensors.File) (list []stored) {
	for _, t := range f.Tensors {
		list = append(list, storedOf(t))
	}
	return list
}

// hasLlama reports whether a file holds a model of Llama's family.
func hasLlama(f *safetensors.File) bool {
	return slices.ContainsFunc(f.Tensors, func(t safetensors.Tensor) bool { return isLlama(t.Name) })
}

// fieldsOf returns the configuration that stands beside a file, if there is one, and over it what the file's metadata say.
func fieldsOf(metadata map[string]string, config *File) map[string]any {
	all := map[string]any{}
	for _, say := range sayings(metadata, config) {
		if fields, err := safetensors.ParseObject(say.text); err == nil {
			maps.Copy(all, fields)
		}
	}
	return all
}

// llamaJSON returns the configuration of a Llama in the words of the published ones.
func (c Config) llamaJSON() string {
	var b strings.Builder
	field := func(name, value string) {
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quote(name) + ": " + value)
	}
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	field("model_type", quote(c.kinName()))
	for _, n := range c.sizes() {
		field(n.name, strconv.Itoa(n.value))
	}
	field("num_key_value_heads", strconv.Itoa(c.Groups()))
	field("head_dim", strconv.Itoa(c.HeadSize()))
	field("rms_norm_eps", strconv.FormatFloat(float64(c.epsilon()), 'g', -1, 32))
	field("rope_theta", number(c.Rotary.Theta))
	if r := c.Rotary; r.Slow != SlowNone {
		scaling := `{"rope_type": ` + quote(r.Slow.Name()) + `, "factor": ` + number(r.Factor)
		if r.Slow == SlowLlama3 {
			scaling += `, "low_freq_factor": ` + number(r.Low) + `, "high_freq_factor": ` + number(r.High) + `, "original_max_position_embeddings": ` + number(r.Original)
		}
		field("rope_scaling", scaling+"}")
	}
	field("hidden_act", quote(c.Activation.Name()))
	field("tie_word_embeddings", strconv.FormatBool(c.Tied))
	if c.Window > 0 {
		field("sliding_window", strconv.Itoa(c.Window))
		field("use_sliding_window", "true")
		field("max_window_layers", strconv.Itoa(c.WindowFrom))
	}
	return "{" + b.String() + "}"
}

// kinName returns the family of Llama's kin whose published models have what c has.
func (c Config) kinName() string {
	switch {
	case c.HeadNorms:
		return "qwen3"
	case c.Biases.Has(BiasQKV):
		return "qwen2"
	case c.Window > 0:
		return "mistral"
	}
	return "llama"
}
