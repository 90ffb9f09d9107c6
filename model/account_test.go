package model

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func gpt2(width, heads, blocks int) Config {
	return Config{Vocab: 50257, Context: 1024, Width: width, Heads: heads, Blocks: blocks, Tied: true}
}

func gpt3() Config {
	return Config{Vocab: 50257, Context: 2048, Width: 12288, Heads: 96, Blocks: 96, Tied: true}
}

// TestAccountAgreesWithPublishedSizes: the weights of the released GPT-2 checkpoints, and of
// GPT-3 as Brown et al. 2020 round them (table D.1: 174,600 million).
func TestAccountAgreesWithPublishedSizes(t *testing.T) {
	for want, c := range map[int]Config{
		124_439_808: gpt2(768, 12, 12), 354_823_168: gpt2(1024, 16, 24), 774_030_080: gpt2(1280, 20, 36), 1_557_611_200: gpt2(1600, 25, 48),
	} {
		if got := c.Account().Parameters(); got != want {
			t.Errorf("width %d: %d parameters; expected %d", c.Width, got, want)
		}
	}
	if n := gpt3().Account().Parameters(); n/100_000_000 != 1746 {
		t.Errorf("GPT-3 has %d parameters; expected 174.6 thousand million", n)
	}
}

// TestAccountAgreesWithPublishedCompute: table D.1 of Brown et al. 2020 gives 3.14e23
// operations to train GPT-3 on 300e9 tokens, counting 6 for a parameter, of which the forward
// pass is a third, and neither attention's scores nor what only reads an embedding.
func TestAccountAgreesWithPublishedCompute(t *testing.T) {
	c := gpt3()
	published := 3.14e23 / 300e9 / 3
	scores := float64(c.Blocks * (4*c.Context*c.Width + 3*c.Heads*c.Context))
	got := float64(c.Account().FLOPs()) - scores
	if math.Abs(got/published-1) > 0.003 {
		t.Errorf("%.4g operations for a token without scores; published are %.4g", got, published)
	}
}

func TestAccountSumsToTheParametersOfAnyModel(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		c := Config{Vocab: 2 + r.IntN(60000), Context: 1 + r.IntN(4096), Heads: 1 + r.IntN(99), Blocks: 1 + r.IntN(99), Tied: r.IntN(2) == 0}
		c.Width = c.Heads * (1 + r.IntN(200))
		if c.Tied && r.IntN(2) == 0 {
			c.Distinct = 1 + r.IntN(c.Vocab)
		}
		C, L := c.Width, c.Blocks // the sizes of the published tensors, summed by hand
		want := (c.Rows()+c.Context)*C + L*(12*C*C+13*C) + 2*C
		if !c.Tied {
			want += c.Vocab * C
		}
		if got := c.Account().Parameters(); got != want || c.Parameters() != want {
			t.Errorf("%+v: the parts sum to %d, the weights to %d; expected %d", c, got, c.Parameters(), want)
		}
	}
}

func TestAccountAgreesWithTheShippedModel(t *testing.T) {
	m := loadFile(t, "../static/models/sort.safetensors")
	held := 0
	for _, w := range m.Parameters() {
		held += w.Rows * w.Cols
	}
	a := m.Config.Account()
	if a.Parameters() != held || a.Parameters() != 85_728 {
		t.Errorf("the parts sum to %d; the file holds %d", a.Parameters(), held)
	}
	// 3 blocks of 2·12·48² + 4·11·48 + 3·3·11, and 2·48·3.
	if got := a.FLOPs(); got != 3*(55_296+2_112+99)+288 {
		t.Errorf("%d operations for a token", got)
	}
	if weights, cache := a.Bytes(4); weights != 342_912 || cache != 4*2*3*11*48 {
		t.Errorf("%d bytes of weights, %d of keys and values", weights, cache)
	}
}

// TestAccountCountsGroupsAndWindows by hand: the first of two blocks looks at all T tokens, the second at W.
func TestAccountCountsGroupsAndWindows(t *testing.T) {
	c := Config{Family: FamilyLlama, Vocab: 100, Context: 1000, Width: 96, Heads: 6, KeyValues: 2, Inner: 200, Blocks: 2, Activation: SiLU,
		Rotary: Rotary{Theta: 1e4}, Window: 8, WindowFrom: 1}
	const T, W, C, H, K, A, inner, V = 1000, 8, 96, 6, 2, 16, 200, 100
	a := c.Account()
	if want := (T + W) * 2 * K * A; a.Cached != want {
		t.Errorf("%d numbers of keys and values are needed; expected %d", a.Cached, want)
	}
	matrices := C*(H+2*K)*A + H*A*C + 3*C*inner
	if want := 2*2*matrices + (T+W)*(2*2*H*A+3*H) + 2*C*V; a.FLOPs() != want {
		t.Errorf("%d operations for a token; expected %d", a.FLOPs(), want)
	}
	if c.Window = 0; c.Account().Cached != 2*T*2*K*A {
		t.Errorf("without a window %d numbers of keys and values are needed", c.Account().Cached)
	}
}

func TestAGPT2HasNoSettingsOfLlama(t *testing.T) {
	for name, c := range map[string]Config{
		"head_dim": {HeadWidth: 16}, "num_key_value_heads": {KeyValues: 1}, "sliding_window": {Window: 8}, "rope_theta": {Rotary: Rotary{Theta: 1e4}},
		"attention_bias": {Biases: BiasQKV}, "qk_norm": {HeadNorms: true},
	} {
		c.Vocab, c.Context, c.Width, c.Heads, c.Blocks = 10, 8, 8, 2, 1
		if err := c.Validate(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("a GPT-2 with %s: %v", name, err)
		}
	}
}
