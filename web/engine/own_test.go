package engine

import (
	"os"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
)

// chatML is the template of SmolLM2.
const chatML = `{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}`

// withOwn returns an engine with a random Llama whose files bring the tokenizer of SmolLM, cut to a part, and a template.
func withOwn(t *testing.T) (*Engine, Reply) {
	t.Helper()
	m, err := model.New(model.Config{Family: model.FamilyLlama, Vocab: 49152, Context: 128, Width: 8, Heads: 2, KeyValues: 1, Blocks: 1, Tied: true, Rotary: model.Rotary{Theta: 100}})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(3)
	weights, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile("../../tokenizer/testdata/smollm.tokenizer.json")
	if err != nil {
		t.Fatal(err)
	}
	config := []byte(`{"bos_token": "<|im_start|>", "eos_token": "<|im_end|>", "chat_template": ` + quoted(chatML) + `}`)
	l := &Load{Name: "model", Heads: 2}
	for _, f := range []struct {
		name string
		b    []byte
	}{{"model.safetensors", weights}, {"tokenizer.json", table}, {"tokenizer_config.json", config}} {
		l.File = append(l.File, f.b...)
		l.Files = append(l.Files, FilePiece{Name: f.name, Size: len(f.b), Bytes: len(f.b)})
	}
	e := New()
	return e, ask(t, e, Request{ID: 1, Load: l})
}

// quoted returns a text as JSON has it.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

// texts joins what tokens are shown as.
func texts(tokens []Token) string {
	var list []string
	for _, t := range tokens {
		list = append(list, t.Text)
	}
	return strings.Join(list, "|")
}

func TestTheTokenizerThatFilesBringIsTaken(t *testing.T) {
	e, r := withOwn(t)
	if l := r.Loaded; l.Words != "own" || l.Chat != "ChatML" || !l.Template || l.Frames {
		t.Fatalf("loaded with the words %q, the chat %q, frames %t; notes %q", l.Words, l.Chat, l.Frames, l.Notes)
	}
	ran := ask(t, e, Request{ID: 2, Run: &Run{Text: "Once upon a time"}}).Ran
	if got := texts(ran.Tokens); got != "Once|·upon|·a|·time" {
		t.Errorf("the text is cut into %s", got)
	}
	for _, k := range ran.Tokens {
		if want := "Once upon a time"[k.Start:k.End]; strings.ReplaceAll(k.Text, "·", " ") != want {
			t.Errorf("%q covers %q", k.Text, want)
		}
	}
	for _, k := range ran.Candidates {
		if piece, known := e.own.Encoding.Piece(k.ID); k.Text == "" || known && len(piece) == 0 && !strings.HasPrefix(k.Text, "#") {
			t.Errorf("the id %d, which the table leaves out, is shown as %q", k.ID, k.Text)
		}
	}
	cut := ask(t, e, Request{ID: 3, Tokenize: &Tokenize{Tokenizer: "own", Text: " time"}}).Tokenized
	if n := len(cut.Merges); n != 1 || len(cut.Merges[0]) == 0 || cut.Merges[0][len(cut.Merges[0])-1].ID != cut.Tokens[0].ID {
		t.Errorf("the merges of a word are %+v", cut.Merges)
	}
}

// TestAConversationIsWrittenInTheFormOfItsTemplate: with the hidden words of the system and the control tokens as tokens.
func TestAConversationIsWrittenInTheFormOfItsTemplate(t *testing.T) {
	e, _ := withOwn(t)
	text := "What is it?"
	ran := ask(t, e, Request{ID: 2, Run: &Run{Text: text, Form: FormChat}}).Ran
	got := texts(ran.Tokens)
	if !strings.HasPrefix(got, "<|im_start|>|system|↵|You|·are") || !strings.Contains(got, "<|im_end|>|↵|<|im_start|>|user|↵|What|·is|·it|?|<|im_end|>|↵|<|im_start|>|") {
		t.Errorf("the conversation is %s", got)
	}
	for i, k := range ran.Tokens {
		if control := strings.HasPrefix(k.Text, "<|"); k.Control != control {
			t.Errorf("%s is a control token: %t", k.Text, k.Control)
		}
		if said := text[k.Start:k.End]; said != "" && strings.ReplaceAll(k.Text, "·", " ") != said {
			t.Errorf("token %d, %s, covers %q", i, k.Text, said)
		}
	}
	if bare := ask(t, e, Request{ID: 3, Run: &Run{Text: text, Form: FormBare}}).Ran; texts(bare.Tokens) != "What|·is|·it|?" {
		t.Errorf("bare it is %s", texts(bare.Tokens))
	}
}

// TestEachTurnCoversItsOwnWords, also where one has the words of another.
func TestEachTurnCoversItsOwnWords(t *testing.T) {
	e, _ := withOwn(t)
	text := "user: hi\nassistant: hi there user\nuser: a"
	covered := map[int]bool{}
	for _, k := range ask(t, e, Request{ID: 2, Run: &Run{Text: text, Form: FormChat}}).Ran.Tokens {
		if said := text[k.Start:k.End]; said != "" && strings.ReplaceAll(strings.ReplaceAll(k.Text, "·", " "), "↵", "\n") != said {
			t.Errorf("%s covers %q", k.Text, said)
		}
		for i := k.Start; i < k.End; i++ {
			covered[i] = true
		}
	}
	for i, c := range text {
		if at := strings.Index(text, "hi there user"); i >= at && i < at+13 && !covered[i] {
			t.Errorf("%q at %d is covered by no token", c, i)
		}
	}
}

func TestARunEndsAtAnEndToken(t *testing.T) {
	e, _ := withOwn(t)
	for text, ends := range map[string]bool{"<|im_end|>": true, "<|endoftext|>": true, "·the": false} {
		id := -1
		for i := range 49152 {
			if e.word(i) == text {
				id = i
				break
			}
		}
		if id < 0 || e.ends(id) != ends {
			t.Errorf("%s, %d, ends a text: %t", text, id, e.ends(max(id, 0)))
		}
	}
}
