// Package tokenize is the feature that tries tokenizers: at the Tokenize stage any text is cut, with the
// merges by which a token came about.
package tokenize

import (
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// The tokenizers.
const (
	Letters = "letters"
	GPT2    = "gpt2"
	Own     = "own" // that of the model's files
)

// gpt2Probe is what is tried first with the tokenizer of GPT-2.
const gpt2Probe = "How to predict"

// forTokens is the purpose of cutting the text.
const forTokens feature.Purpose = "tokenize"

// State is the text that is tried, and how it is cut.
type State struct {
	Tokenizer string            // Letters, GPT2 or Own
	Probe     string            // the text
	Tokenized *engine.Tokenized // its tokens; nil: not here yet
	Merging   int               // the token whose merge steps are open, counted from 1; 0: none
	Error     string            // why there are no tokens of it

	typed bool     // the reader has typed the text
	sent  question // that the engine was asked last
	got   question // that it has answered
}

// A question is all that the tokens depend on. The zero value is none.
type question struct{ tokenizer, text, alphabet string }

var memory = feature.MemoryOf[State]("tokenize")

// Of returns what a state tries.
func Of(s *feature.State) State { return memory.Get(s) }

// What the reader does at the Tokenize stage.
type (
	// Chosen picks the tokenizer.
	Chosen struct{ ID string }
	// Typed changes the text that is tried.
	Typed struct{ Text string }
	// MergesToggled opens or closes the merge steps of a token, counted from 0; −1 closes them.
	MergesToggled struct{ Token int }
)

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:    "tokenize",
		Handle:  handle,
		Settle:  settle,
		Forget:  func(s *feature.State) { memory.Set(s, State{Tokenizer: usual(s), Probe: s.Text}) },
		Replied: answer,
		Properties: address.Table{
			{Name: "tokenizer", Type: "choice", Reveals: "tokenizing", Allowed: Letters + ", " + GPT2 + ", " + Own, Doc: say.Tokenize.TokenizerDoc(),
				Check: func(v string) (string, error) { return v, check(v) }},
			{Name: "probe", Type: "text", Reveals: "tokenizing", Default: say.Tokenize.ProbeDefault(), Allowed: say.Tokenize.ProbeValues(), Doc: say.Tokenize.ProbeDoc(), Kept: true},
		},
		Link:   link,
		Follow: follow,
		Components: []feature.Component{{Slot: feature.SlotInspector, Order: 112,
			When:  func(c *feature.Screen) bool { return c.State.Stage == run.StageTokenize },
			Build: func(c *feature.Screen) vugu.Builder { return &Trial{Screen: c} }}},
		Random: random,
	}
}

func random(r *rand.Rand, _ *feature.State) []feature.Msg {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	return []feature.Msg{Chosen{pick(Letters, GPT2, Own, "none")}, Typed{pick("", gpt2Probe, "ABC")}, MergesToggled{r.IntN(4) - 1}}
}

func handle(u *feature.Change, m feature.Msg) bool {
	t := Of(&u.State)
	switch m := m.(type) {
	case Chosen:
		t.choose(&u.State, m.ID)
	case Typed:
		t.Probe, t.typed = feature.Valid(u.Fit(m.Text)), true
	case MergesToggled:
		if t.Merging == m.Token+1 {
			m.Token = -1
		}
		t.Merging = m.Token + 1
	default:
		return false
	}
	memory.Set(&u.State, t)
	return true
}

// choose picks the tokenizer. Until the reader types something, each has a text of its own.
func (t *State) choose(s *feature.State, id string) {
	if id != Letters && id != GPT2 && !(id == Own && s.ReadsOwn()) || id == t.Tokenizer {
		return
	}
	probe := t.Probe
	if !t.typed {
		probe = example(s, id)
	}
	t.try(id, probe)
}

// try begins with a text.
func (t *State) try(tokenizer, probe string) {
	*t = State{Tokenizer: tokenizer, Probe: probe, typed: t.typed, sent: t.sent}
}

// example is what is tried until the reader types something.
func example(s *feature.State, tokenizer string) string {
	if tokenizer == GPT2 {
		return gpt2Probe
	}
	return s.Text
}

// usual returns the tokenizer of the model.
func usual(s *feature.State) string {
	c := s.Config
	if s.ReadsOwn() {
		return Own
	}
	if c.Alphabet != "" {
		return Letters
	}
	return GPT2
}

// check accepts the names of tokenizers, and none.
func check(id string) error {
	switch id {
	case "", Letters, GPT2, Own:
		return nil
	}
	return errors.New(say.Tokenize.NoTokenizer(fmt.Sprintf("%.40q", id), Letters+", "+GPT2, Own))
}

func link(s *feature.State, put func(property, value string)) {
	t := Of(s)
	if t.Tokenizer != usual(s) {
		put("tokenizer", t.Tokenizer)
	}
	if t.typed {
		put("probe", t.Probe)
	}
}

// follow takes over what a link says.
func follow(u *feature.Change, l address.Link) {
	tokenizer, probe := l.Value("tokenizer"), feature.Valid(u.Fit(l.Value("probe")))
	if tokenizer == "" {
		tokenizer = usual(&u.State)
	}
	if !l.Says("probe") {
		probe = example(&u.State, tokenizer)
	}
	t := Of(&u.State)
	t.typed = l.Says("probe")
	if tokenizer != t.Tokenizer || probe != t.Probe {
		t.try(tokenizer, probe)
	}
	memory.Set(&u.State, t)
}

// settle asks for the tokens once the reader is where they are shown. One question is in flight at
// most; what failed is tried again on the next visit.
func settle(u *feature.Change) {
	was := Of(&u.State)
	t := was
	t.keepText(&u.State)
	q, here := t.question(&u.State), u.Stage == run.StageTokenize
	if !here && t.Tokenized == nil {
		t.got = question{}
	}
	if here && u.Phase == feature.Ready && !u.Waits(forTokens) && q != t.got && (q.tokenizer != GPT2 || u.NeedTable()) {
		t.sent = q
		u.Ask(forTokens, engine.Request{Tokenize: &engine.Tokenize{Tokenizer: q.tokenizer, Text: q.text, Alphabet: q.alphabet}})
	}
	if t != was {
		memory.Set(&u.State, t)
	}
}

// keepText tries the text of the model itself, as it ran last, as long as the reader has typed no other
// one and the tokenizer can be that of the model.
func (t *State) keepText(s *feature.State) {
	ran := s.Applied != 0 && s.Ran.Equal(s.Input())
	if ran && !t.typed && (t.Tokenizer == Letters || t.Tokenizer == Own || s.ReadsGPT2()) && t.Probe != s.Text {
		t.Probe, t.Tokenized = s.Text, nil
	}
}

// question returns what is to be asked.
func (t State) question(s *feature.State) question {
	q := question{tokenizer: t.Tokenizer, text: t.Probe}
	if q.tokenizer == Letters {
		q.alphabet = alphabet(s)
	}
	return q
}

// alphabet is that of the model, or else of the first model that has one.
func alphabet(s *feature.State) string {
	if s.Config.Alphabet != "" {
		return s.Config.Alphabet
	}
	for _, c := range s.Models {
		if c.Config.Alphabet != "" {
			return c.Config.Alphabet
		}
	}
	return ""
}

// answer hears of the table of GPT-2's tokenizer, and takes over the tokens if they are still those
// that are wanted.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	t := Of(&u.State)
	q := t.question(&u.State)
	switch {
	case p == feature.ForTable && r.Error != "":
		t.Error, t.got = r.Error, q
	case p == feature.ForTable && t.Tokenized == nil:
		t.got = question{}
	case p == forTokens && t.sent == q:
		t.Error, t.got = r.Error, q
		if r.Tokenized != nil {
			t.Tokenized = r.Tokenized
		}
		if t.Tokenized != nil && t.Merging > len(t.Tokenized.Tokens) {
			t.Merging = 0
		}
	}
	memory.Set(&u.State, t)
}
