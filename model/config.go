package model

import (
	"github.com/chewxy/math32"

	"glassbox/model/fault"
)

// Config holds the sizes of a model. The names in brackets are those of the
// published GPT-2 configuration, which the file's metadata uses.
type Config struct {
	Family     Family     // GPT-2 is the zero value [model_type]
	Vocab      int        // V, words in the vocabulary [vocab_size]
	Context    int        // the most tokens that a run can hold [n_positions]
	Width      int        // C, width of the residual stream [n_embd]
	Heads      int        // H, attention heads of a block [n_head]
	Blocks     int        // L, transformer blocks [n_layer]
	Inner      int        // numbers in the middle of a feed-forward network; 0: 4C, as in GPT-2 [n_inner]
	Tied       bool       // the output projection is wte.weight again [tied]
	Activation Activation // of the feed-forward networks [activation_function]
	Unscaled   bool       // scores are not divided by √A [scale_attn_weights, false]
	PerBlock   bool       // those of the second block are divided by 2 besides, and so on [scale_attn_by_inverse_layer_idx]
	Distinct   int        // D, rows of wte.weight that differ, if tokens share them; 0 if each has its own [the rows of wte.weight]
	Alphabet   string     // the characters that the ids stand for, if the tokens are letters [alphabet]
	Epsilon    float32    // of the norms; 0: 1e-5, as in GPT-2 [layer_norm_epsilon, rms_norm_eps]

	// Of Llama and its kin alone:
	KeyValues  int    // K, groups of heads that share keys and values; 0: H, each head has its own [num_key_value_heads]
	HeadWidth  int    // A; 0: C/H [head_dim]
	Rotary     Rotary // how queries and keys turn
	Biases     Biases // which layers have them [attention_bias, mlp_bias]
	HeadNorms  bool   // each query and key is normed, as in Qwen3
	Window     int    // how many tokens, its own included, a token looks back; 0: all [sliding_window]
	WindowFrom int    // the first block that has the window [max_window_layers]
}

// HeadSize returns A, the width of one head: C/H, if the configuration does not say another.
func (c Config) HeadSize() int {
	if c.HeadWidth != 0 {
		return c.HeadWidth
	}
	return c.Width / c.Heads
}

// Groups returns K, how many keys and values a block has: H, or fewer where several heads share them.
func (c Config) Groups() int {
	if c.KeyValues != 0 {
		return c.KeyValues
	}
	return c.Heads
}

// LooksBack returns how many tokens a token of block l looks back, its own included; 0: all.
func (c Config) LooksBack(l int) int {
	if l < c.WindowFrom {
		return 0
	}
	return c.Window
}

// epsilon returns what is added to the variance in a norm.
func (c Config) epsilon() float32 {
	if c.Epsilon == 0 {
		return Epsilon
	}
	return c.Epsilon
}

// neurons returns what the feed-forward network widens to.
func (c Config) neurons() dim {
	if c.Inner == 0 {
		return dim{c.Wide(), AxisNeuron}
	}
	return dim{c.Inner, AxisInner}
}

// mixedAxis returns what the numbers are that all heads gathered: C of them, or another number.
func (c Config) mixedAxis() Axis {
	if c.Heads*c.HeadSize() == c.Width {
		return AxisHeads
	}
	return AxisAllHeads
}

// Wide returns how many numbers a feed-forward network widens to.
func (c Config) Wide() int {
	if c.Inner == 0 {
		return 4 * c.Width
	}
	return c.Inner
}

// scale returns the factor of the scores in block l.
func (c Config) scale(l int) float32 {
	factor := float32(1)
	if !c.Unscaled {
		factor = 1 / math32.Sqrt(float32(c.HeadSize()))
	}
	if c.PerBlock {
		factor /= float32(l + 1)
	}
	return factor
}

// Epsilon is added to the variance in a norm, as in GPT-2, if the configuration does not say another number.
const Epsilon = 1e-5

// Limits of a configuration: generous (GPT-3 has V=50257, C=12288, H=L=96), and small
// enough that no product of two sizes overflows.
const (
	maxVocab   = 1 << 20
	MaxContext = 1 << 20
	maxWidth   = 1 << 16
	MaxHeads   = 1 << 10
	MaxBlocks  = 1 << 10
	maxInner   = 4 * maxWidth
	maxTheta   = 1e12
)

// ThetaFits reports whether queries and keys can turn with this rope_theta.
func ThetaFits(theta float64) bool { return theta > 1 && theta <= maxTheta }

// EpsilonFits reports whether a norm can add this number to what it divides by.
func EpsilonFits(epsilon float32) bool { return epsilon > 0 && epsilon < 1 }

// ContextFits reports whether a run can hold so many tokens at most.
func ContextFits(tokens int) bool { return tokens > 0 && tokens <= MaxContext }

// Validate returns an error that names the first size which no model can have.
func (c Config) Validate() error {
	for _, s := range c.sizes() {
		if s.value < 1 || s.value > s.max {
			return fault.New("sizeOutOfRange", "%s is %d; expected 1 to %d", s.name, s.value, s.max)
		}
	}
	if c.HeadWidth == 0 && c.Width%c.Heads != 0 {
		names := c.sizes()
		return fault.New("headsDivide", "%s %d is not divisible by %s %d", names[2].name, c.Width, names[3].name, c.Heads)
	}
	if _, ok := c.Activation.curve(); !ok {
		return fault.New("activationUnknown", "the activation has the number %d; expected one that is computed here", int(c.Activation))
	}
	if !EpsilonFits(c.epsilon()) {
		name := [...]string{"layer_norm_epsilon", "rms_norm_eps"}[c.Family]
		return fault.New("epsilonOutOfRange", "%s is %v; expected a number above 0 and below 1", name, c.Epsilon)
	}
	if c.Family == FamilyLlama {
		if err := c.validateLlama(); err != nil {
			return err
		}
	} else if name := c.ofLlama(); name != "" {
		return fault.New("settingOfLlama", "a %s has no %s; expected a Llama, or none", c.Family.Name(), name)
	}
	return c.validateVocabulary()
}

// ofLlama returns the first setting that is given and that only a Llama has; "" if there is none.
func (c Config) ofLlama() string {
	switch {
	case c.KeyValues != 0:
		return "num_key_value_heads"
	case c.HeadWidth != 0:
		return "head_dim"
	case c.Rotary != Rotary{}:
		return "rope_theta"
	case c.Biases != 0:
		return "attention_bias"
	case c.HeadNorms:
		return "qk_norm"
	case c.Window != 0 || c.WindowFrom != 0:
		return "sliding_window"
	}
	return ""
}

// A namedSize is a size with the name that the configurations of its family give it.
type namedSize struct {
	name       string
	value, max int
}

// sizes returns those that a model must have, by their published names.
func (c Config) sizes() []namedSize {
	n := [...]string{"vocab_size", "n_positions", "n_embd", "n_head", "n_layer", "n_inner"}
	if c.Family == FamilyLlama {
		n = [...]string{"vocab_size", "max_position_embeddings", "hidden_size", "num_attention_heads", "num_hidden_layers", "intermediate_size"}
	}
	return []namedSize{{n[0], c.Vocab, maxVocab}, {n[1], c.Context, MaxContext}, {n[2], c.Width, maxWidth}, {n[3], c.Heads, MaxHeads},
		{n[4], c.Blocks, MaxBlocks}, {n[5], c.Wide(), maxInner}}
}

// validateVocabulary checks letters, and what only GPT-2 can have: tokens that share rows.
func (c Config) validateVocabulary() error {
	if c.Distinct < 0 || c.Distinct > c.Vocab {
		return fault.New("distinctOutOfRange", "wte.weight has %d row(s); expected 1 to %d, vocab_size", c.Distinct, c.Vocab)
	}
	if c.Distinct > 0 && c.Family != FamilyGPT2 {
		return fault.New("distinctOther", "a %s can't have %d row(s) that tokens share", c.Family.Name(), c.Distinct)
	}
	if c.Distinct > 0 && !c.Tied {
		return fault.New("sharedNotTied", "tokens share rows of wte.weight, but the output is not tied to it; expected \"tied\": true")
	}
	if n := len([]rune(c.Alphabet)); n != 0 && n != c.Vocab {
		return fault.New("alphabetSize", "the alphabet has %d character(s); expected vocab_size, %d", n, c.Vocab)
	}
	return nil
}

// Rows returns how many rows of the token embedding differ: D where tokens share rows,
// otherwise V.
func (c Config) Rows() int {
	if c.Distinct > 0 {
		return c.Distinct
	}
	return c.Vocab
}

// Expanded returns the sizes of the same model with a row of its own for every token. Its
// Parameters are those of the published shape.
func (c Config) Expanded() Config {
	c.Distinct = 0
	return c
}

// Parameters returns the number of distinct weights; 0 if the configuration is not valid. How
// many heads there are does not matter, and may not be known yet.
func (c Config) Parameters() (n int) {
	if c.Heads == 0 {
		c.Heads = 1
	}
	m, err := c.oneBlock()
	if err != nil {
		return 0
	}
	for _, p := range m.Parameters() { // no trace, as Account has: the page asks often
		size := m.size(p)
		if _, _, inBlock := OfBlock(p.Name); inBlock {
			size *= c.Blocks
		}
		n += size
	}
	return n
}

// A blockKind is n blocks that are alike, in a model that has no others.
type blockKind struct {
	Config
	n int
}

// kinds returns the kinds of blocks of c: those that look at all tokens before, and those with a window. There is always one.
func (c Config) kinds() []blockKind {
	whole, windowed := c, c
	whole.Window, whole.WindowFrom, windowed.WindowFrom = 0, 0, 0
	n := c.Blocks
	if c.Window > 0 {
		n = min(max(c.WindowFrom, 0), c.Blocks)
	}
	switch {
	case n == c.Blocks:
		return []blockKind{{whole, n}}
	case n == 0:
		return []blockKind{{windowed, c.Blocks}}
	}
	return []blockKind{{whole, n}, {windowed, c.Blocks - n}}
}

// oneBlock returns a model without values and with only one of the blocks of c, which are all
// alike.
func (c Config) oneBlock() (*Model, error) {
	if err := c.Validate(); err != nil {
		return nil, err
	}
	c.Blocks = 1
	return Skeleton(c)
}

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
	case !ThetaFits(c.Rotary.Theta):
		return fault.New("thetaOutOfRange", "rope_theta is %v; expected a number above 1, and %v at most", c.Rotary.Theta, float64(maxTheta))
	case c.Window < 0:
		return fault.New("windowOutOfRange", "sliding_window is %d; expected 1 or more", c.Window)
	}
	return c.Rotary.validate()
}
