package model

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
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

// costed are models of both families, with all in which their costs differ.
func costed(t *testing.T) map[string]*Model {
	list := map[string]*Model{"gpt2": small(t, true), "untied gpt2": small(t, false)}
	for name, c := range llamas() {
		list[name] = llamaOf(t, c)
	}
	c := list["gpt2"].Config
	c.Distinct = 5
	shared, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	list["shared rows"] = shared
	return list
}

func TestTheStepsCostWhatTheAccountSays(t *testing.T) {
	for name, m := range costed(t) {
		c := m.Config
		T, tr := c.Context, NewTrace(m)
		if err := tr.Run(someIDs(T, c.Vocab)); err != nil {
			t.Fatal(err)
		}
		want, got, kept := c.Account(), Config{}.Account(), 0
		got.Parts = append(got.Parts[:0:0], want.Parts...)
		for i := range got.Parts {
			got.Parts[i].Parameters, got.Parts[i].FLOPs = 0, 0
		}
		for i, cost := range tr.Costs(T-1, T) {
			part := got.part(tr.Steps[i].Part)
			part.Parameters += cost.Parameters
			part.FLOPs += cost.FLOPs
			kept += cost.Kept
		}
		if !slices.Equal(got.Parts, want.Parts) {
			t.Errorf("%s: the steps sum to %+v; the account says %+v", name, got.Parts, want.Parts)
		}
		if own := 2 * c.Blocks * c.Groups() * c.HeadSize(); kept != 4*(want.Cached-own) {
			t.Errorf("%s: %d bytes of keys and values are read again; expected 4·(%d−%d)", name, kept, want.Cached, own)
		}
	}
}

func TestRowsCostTogetherWhatTheyCostOneByOne(t *testing.T) {
	for name, m := range costed(t) {
		tr, err := m.Forward(someIDs(11, m.Config.Vocab))
		if err != nil {
			t.Fatal(err)
		}
		all, last := tr.Costs(0, 11), tr.Costs(10, 11)
		flops, written := make([]int, len(all)), make([]int, len(all))
		for r := range 11 {
			for i, c := range tr.Costs(r, r+1) {
				flops[i], written[i] = flops[i]+c.FLOPs, written[i]+c.Written
			}
		}
		for i, c := range all {
			if s := tr.Steps[i]; s.row != nil { // made when asked: the last row alone
				flops[i], written[i] = last[i].FLOPs, last[i].Written
			}
			if c.FLOPs != flops[i] || c.Written != written[i] || c.Kept != 0 {
				t.Errorf("%s, %s: %+v for all rows; they sum to %d operations and %d bytes", name, c.Name, c, flops[i], written[i])
			}
		}
		for _, c := range tr.Costs(5, 5) {
			if c.FLOPs+c.Read+c.Kept+c.Written != 0 {
				t.Errorf("%s: no row of %s costs %+v", name, c.Name, c)
			}
		}
	}
}

// TestAStepCostsWhatItReads by hand, of a model with windows, grouped heads and a tied table.
func TestAStepCostsWhatItReads(t *testing.T) {
	m := llamaOf(t, llamas()["window in the second block"])
	tr, err := m.Forward(someIDs(12, m.Config.Vocab))
	if err != nil {
		t.Fatal(err)
	}
	const V, C, A, W = 23, 12, 2, 5
	costs := map[string]StepCost{}
	for _, c := range tr.Costs(10, 12) {
		costs[c.Name] = c
	}
	for name, want := range map[string]StepCost{
		"embed.token":                   {Parameters: V * C, Read: 2 * 4 * C, Written: 2 * 4 * C},
		"h.0.attn.head.3.query":         {Parameters: A * C, FLOPs: 2 * 2 * A * C, Read: 4 * A * C, Written: 2 * 4 * A},
		"h.0.attn.head.2.scores":        {FLOPs: 2 * A * (11 + 12), Kept: 10 * 4 * A, Written: 4 * (11 + 12)},
		"h.0.attn.head.3.scores":        {FLOPs: 2 * A * (11 + 12), Written: 4 * (11 + 12)}, // heads 2 and 3 share keys
		"h.1.attn.head.2.scores":        {FLOPs: 2 * A * 2 * W, Kept: (W - 1) * 4 * A, Written: 4 * (11 + 12)},
		"h.1.attn.head.2.attention":     {FLOPs: 3 * 2 * W, Written: 4 * (11 + 12)},
		"h.1.attn.head.2.mix":           {FLOPs: 2 * A * 2 * W, Kept: (W - 1) * 4 * A, Written: 2 * 4 * A},
		"norm_f":                        {Parameters: C, Read: 4 * C, Written: 2 * 4 * C},
		"logits":                        {Shared: V * C, FLOPs: 2 * V * C, Read: 4 * V * C, Written: 4 * V},
		"probabilities":                 {Written: 4 * V},
		"h.0.attn.head.3.query.rotated": {Written: 2 * 4 * A},
	} {
		want.Name = name
		if costs[name] != want {
			t.Errorf("%+v; expected %+v", costs[name], want)
		}
	}
}

func TestWhatIsHeldInBlocksIsReadInBlocks(t *testing.T) {
	m := mustRead(t, nil)
	leavePacked(m)
	tr, err := m.Forward([]int{464, 2266, 2613})
	if err != nil {
		t.Fatal(err)
	}
	read, held := 0, 0
	for _, c := range tr.Costs(0, 3) {
		read += c.Read
	}
	for _, p := range m.Parameters() {
		if held += 4 * len(p.data); p.packed != nil {
			held += len(p.packed.data)
		}
	}
	row := m.WTE.bytes(m.Config.Width)
	if want := held - m.WPE.bytes(m.Config.Context*m.Config.Width) + 3*(row+m.WPE.bytes(m.Config.Width)); read != want || row >= 2*m.Config.Width {
		t.Errorf("a run reads %d bytes; expected %d, a row of the table has %d", read, want, row)
	}
}

func TestTheTimeOfARunIsSharedOut(t *testing.T) {
	tr := NewTrace(small(t, true))
	calls, now := time.Duration(0), time.Duration(0)
	tr.Clock = func() time.Duration { calls++; now += calls; return now } // each step takes longer than the one before
	ids := someIDs(9, 23)
	if err := tr.Run(ids); err != nil {
		t.Fatal(err)
	}
	times := func() (sum time.Duration, of map[string]time.Duration) {
		of = map[string]time.Duration{}
		for _, c := range tr.Costs(0, len(tr.ids)) {
			sum, of[c.Name] = sum+c.Time, c.Time
		}
		return sum, of
	}
	before, of := times()
	n := calls / 2
	if before != n*(n+1) || of["logits"] != 0 {
		t.Errorf("%d steps took %v, of which logits, that nobody asked for, %v", n, before, of["logits"])
	}
	for _, name := range []string{"query", "key", "value"} {
		for h := range 3 {
			if got := of[HeadName(0, h)+"."+name]; got-of[HeadName(0, 0)+".query"] > 1 || got < 2*5 {
				t.Errorf("%s of head %d took %v; expected a ninth of all", name, h, got)
			}
		}
	}
	start := now
	tr.Step("probabilities").At(8, 1)
	tr.Step("probabilities").At(2, 1)
	after, of := times()
	if of["logits"] <= 0 || of["probabilities"] <= 0 || after-before >= now-start {
		t.Errorf("the last row of the logits took %v, of the probabilities %v, of %v in all", of["logits"], of["probabilities"], now-start)
	}
	if err := tr.Run(ids[:8]); err != nil {
		t.Fatal(err)
	}
	if kept, _ := times(); kept != after {
		t.Errorf("a run that computes nothing makes the time %v; it was %v", kept, after)
	}
	calls = 0
	if err := tr.Run(ids); err != nil {
		t.Fatal(err)
	}
	if again, _ := times(); again != before {
		t.Errorf("the second run took %v; expected %v", again, before)
	}
}
