package model

import "glassbox/model/fault"

// A Family is an architecture: which weights its models have, what published files call them, and their forward.
type Family uint8

// The families. Llama's has kin that differ in few things, which the configuration says: Mistral, SmolLM2, TinyLlama,
// Qwen2 and Qwen3.
const (
	FamilyGPT2 Family = iota
	FamilyLlama
)

// Name returns what configurations call the family: "gpt2", "llama" [model_type].
func (f Family) Name() string { return [...]string{"gpt2", "llama"}[f] }

// Biases says which layers of a Llama have a bias.
type Biases uint8

// The layers: Qwen2 has biases at queries, keys and values; others wherever their configuration asks for them.
const (
	BiasQKV  Biases = 1 << iota // queries, keys and values
	BiasProj                    // the projection behind the heads
	BiasMLP                     // all three of the feed-forward network
)

// Has reports whether b names that layer.
func (b Biases) Has(layer Biases) bool { return b&layer != 0 }

// validateLlama returns an error that names the first setting which no Llama can have.
func (c Config) validateLlama() error {
	K, A := c.Groups(), c.HeadSize()
	switch {
	case c.HeadWidth < 0 || c.HeadWidth > maxWidth:
		return fault.New("sizeOutOfRange", "%s is %d; expected 1 to %d", "head_dim", c.HeadWidth, maxWidth)
	case K < 1 || c.Heads%K != 0:
		return fault.New("groupsDivide", "num_key_value_heads is %d; expected a divisor of num_attention_heads, %d", K, c.Heads)
	case A%2 != 0:
		return fault.New("headSizeOdd", "head_dim is %d; expected an even number, for pairs of numbers turn together", A)
	case !(c.Rotary.Theta > 1) || c.Rotary.Theta > 1e12:
		return fault.New("thetaOutOfRange", "rope_theta is %v; expected more than 1", c.Rotary.Theta)
	case !(c.epsilon() > 0 && c.epsilon() < 1):
		return fault.New("epsilonOutOfRange", "rms_norm_eps is %v; expected 0 to 1", c.Epsilon)
	case c.Window < 0:
		return fault.New("windowOutOfRange", "sliding_window is %d; expected 1 or more", c.Window)
	}
	return c.Rotary.validate()
}
