package checkpoint

import (
	"strconv"

	"glassbox/model"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// Options say what files leave open. What they say themselves gives way to what is asked for here; what shapes tell does not.
type Options struct {
	// Heads is H: no shape tells it. 0 stands for what the file says, or else for what is usual: heads of 64 numbers
	// in a GPT-2, as all published ones have, of 64 or 128 in a Llama.
	Heads int

	// Activation is that of the feed-forward networks, which no shape tells either. nil stands for what the file says, or
	// else for GELU's tanh form in a GPT-2, SiLU in a Llama.
	Activation *model.Activation

	// Theta is rope_theta, by which the queries and keys of a Llama turn. 0 stands for what the file says, or else 10000.
	Theta float64

	// Epsilon is what norms add before they divide. 0 stands for what the file says, or else what is usual in the family.
	Epsilon float32

	// Context is the most tokens that a run of a Llama can hold; that of a GPT-2 is the number of its positions. 0 stands for
	// what the file says, or else 2048.
	Context int

	// Tied says whether the output is the token embedding again. nil stands for what the file says, or else for what its tensors
	// show: it is, if there is only one of the two, or both are equal.
	Tied *bool

	// Split is how a byte-level tokenizer cuts a text into words, one of published.Splits of package tokenizer/published. "" stands for what
	// the files say, or else for what its tokens tell.
	Split string

	// Owned says that the bytes of the files are the model's from now on, which holds its weights in them as far as it can, and
	// changes them: a large model takes no more memory then than its files. The caller must not look at them again.
	Owned bool
}

// noteOverridden says that another number was asked for than one that is said.
func (s *source) noteOverridden(name string, said, asked float64) {
	if float32(said) != float32(asked) {
		s.note(fault.New("settingOverridden", "In %w %s is %s; %s was asked for, and is taken.", s.where(name, "rope_parameters", "rope_scaling"), name, plain(said), plain(asked)))
	}
}

// plain writes a number as short as it can be told from others of float32.
func plain(v float64) string { return strconv.FormatFloat(v, 'g', -1, 32) }

// context sets how long a text may be: as it was asked for, as it is said, or as is usual.
func (s *source) context(fields published.Fields, c *model.Config, o Options) {
	const usual = 2048
	said := published.Size(fields, "max_position_embeddings")
	switch c.Context = min(said, model.MaxContext); {
	case o.Context != 0:
		if c.Context = o.Context; said != 0 {
			s.noteOverridden("max_position_embeddings", float64(said), float64(o.Context))
		}
	case said == 0:
		c.Context = usual
		s.note(fault.New("contextAssumed", "The file does not say how long a text may be: a context of %d is assumed.", c.Context))
	}
}

// epsilon sets ε: as it was asked for, as it is said, or as is usual.
func (s *source) epsilon(fields published.Fields, c *model.Config, o Options) error {
	const name = "rms_norm_eps"
	e, said := published.Number(fields, name)
	switch c.Epsilon = float32(e); {
	case o.Epsilon != 0:
		if c.Epsilon = o.Epsilon; said {
			s.noteOverridden(name, e, float64(o.Epsilon))
		}
	case said && !(c.Epsilon > 0):
		return s.notComputed(published.Shown(fields, name))
	case !said:
		if c.Epsilon = model.Epsilon; fields["model_type"] != nil {
			c.Epsilon = 1e-6 // which the published programs of all kin take, if their configuration does not say it
		}
		s.note(fault.New("epsilonAssumed", "The file does not say what is added in its norms: %v is assumed.", c.Epsilon))
	}
	return nil
}

// theta sets how fast queries and keys turn: as it was asked for, as it is said, or as is usual.
func (s *source) theta(rope published.Fields, r *model.Rotary, o Options) {
	const name, usual = "rope_theta", 10000
	said, ok := published.Number(rope, name)
	switch r.Theta = said; {
	case o.Theta != 0:
		if r.Theta = o.Theta; ok {
			s.noteOverridden(name, said, o.Theta)
		}
	case !ok:
		r.Theta = usual
		s.note(fault.New("thetaAssumed", "The file does not say how fast queries and keys turn: rope_theta = 10000 is assumed."))
	}
}

// gpt2Numbers sets ε of a GPT-2: as it was asked for, or as it is said. It refuses what was asked for and can't be: its context is that of
// its table of positions, and its queries and keys turn by nothing.
func (s *source) gpt2Numbers(fields published.Fields, c *model.Config, o Options) error {
	const name = "layer_norm_epsilon"
	switch {
	case o.Theta != 0:
		return s.refuse(fault.New("thetaOfLlama", "rope_theta was asked for, and a GPT-2 has none: its queries and keys do not turn"))
	case o.Context != 0 && o.Context != c.Context:
		return s.refuse(fault.New("contextOfShape", "a context of %d was asked for, and %s has a row for each of %d position(s); expected that number, or none",
			o.Context, safetensors.Legible(s.tensors["wpe.weight"].Name), c.Context))
	}
	e, said := published.Number(fields, name)
	if said && float32(e) != model.Epsilon {
		c.Epsilon = float32(e)
	}
	if o.Epsilon != 0 {
		if c.Epsilon = o.Epsilon; said {
			s.noteOverridden(name, e, float64(o.Epsilon))
		}
	}
	return nil
}
