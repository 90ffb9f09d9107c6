package feature

import (
	"fmt"

	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/run"
)

// gpt2Probe is what the Tokenize stage tries first with the tokenizer of GPT-2.
const gpt2Probe = "How to predict"

// chooseTokenizer picks the tokenizer of the Tokenize stage.
func (u *Change) chooseTokenizer(id string) {
	if id != "letters" && id != "gpt2" || id == u.Tokenizer {
		return
	}
	u.Tokenizer, u.Tokenized, u.ProbeError, u.Merging = id, nil, "", -1
	if !u.probed {
		u.Probe = u.defaultProbe(id)
	}
	u.Tokenize()
}

// defaultProbe is what stands in the Tokenize stage until the reader types something there.
func (s State) defaultProbe(tokenizer string) string {
	if tokenizer == "gpt2" {
		return gpt2Probe
	}
	return s.Text
}

// checkTokenizer accepts the names of tokenizers, and none.
func checkTokenizer(id string) error {
	switch id {
	case "", "letters", "gpt2":
		return nil
	}
	return fmt.Errorf("%.40q is no tokenizer; expected letters or gpt2", id)
}

// followProbe takes over what a link says about the Tokenize stage.
func (u *Change) followProbe(l address.Link) {
	tokenizer, probe := l.Value("tokenizer"), l.Value("probe")
	if tokenizer == "" {
		tokenizer = tokenizerOf(u.Config)
	}
	if !l.Says("probe") {
		probe = u.defaultProbe(tokenizer)
	}
	u.probed = l.Says("probe")
	if tokenizer != u.Tokenizer || probe != u.Probe {
		u.Tokenizer, u.Probe, u.Tokenized, u.ProbeError, u.Merging = tokenizer, probe, nil, "", -1
	}
	if u.Stage == run.StageTokenize && u.Tokenized == nil {
		u.Tokenize()
	}
}

// Tokenize asks for the tokens of the probe. The GPT-2 table is fetched when it is
// needed first.
func (u *Change) Tokenize() {
	if u.Phase != Ready {
		return
	}
	if u.Tokenizer == "gpt2" && !u.gpt2 {
		u.loadTable()
		return
	}
	if u.Waits(ForTokens) {
		u.probing = true
		return
	}
	u.probing = false
	q := engine.Tokenize{Tokenizer: u.Tokenizer, Text: u.Probe}
	if u.Tokenizer == "letters" {
		q.Alphabet = u.alphabet()
	}
	u.Ask(ForTokens, engine.Request{Tokenize: &q})
}

// alphabet is that of the model, or else of the first model that has one.
func (s State) alphabet() string {
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

// tableLoaded goes on once the GPT-2 tokenizer is ready.
func (u *Change) tableLoaded(r engine.Reply) {
	if r.Error != "" {
		u.ProbeError = r.Error
		if u.Tokens == nil && u.ReadsGPT2() {
			u.TextError = r.Error
		}
		return
	}
	if u.gpt2 = true; u.ReadsGPT2() {
		u.Compute()
	}
	u.Tokenize()
}

// applyTokenized takes over the tokens of the probe.
func (u *Change) applyTokenized(r engine.Reply) {
	if u.probing {
		u.Tokenize()
		return
	}
	u.ProbeError = r.Error
	if r.Tokenized != nil && r.Tokenized.Tokenizer == u.Tokenizer {
		u.Tokenized = r.Tokenized
		if u.Merging >= len(r.Tokenized.Tokens) {
			u.Merging = -1
		}
	}
}
