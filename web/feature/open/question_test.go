package open_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/convert"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/open"
	"glassbox/web/run"
)

// bareLlama returns the weights of a small Llama, of which nothing says what no shape tells.
func bareLlama(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("../../../model/testdata/tiny-llama/model.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// logits returns the last logits of a page's model.
func logits(t testing.TB, r *apptest.Reader) []float32 {
	t.Helper()
	v, ok := r.S.Values("logits")
	if !ok || len(v.Data) == 0 {
		t.Fatalf("there are no logits; the problem is %+v, of the text %q", r.S.Problem, r.S.TextError)
	}
	return v.Data
}

// TestEverythingThatIsAssumedIsAskedAndCanBeChanged: the model computes what it does with a configuration that says the same.
func TestEverythingThatIsAssumedIsAskedAndCanBeChanged(t *testing.T) {
	config := `{"model_type": "llama", "num_attention_heads": 6, "num_key_value_heads": 2, "hidden_act": "relu", "rope_theta": 300, "rms_norm_eps": 0.01,
		"max_position_embeddings": 9, "tie_word_embeddings": true}`
	said := apptest.Drop(t, map[string][]byte{"model.safetensors": bareLlama(t), "config.json": []byte(config)}, FileAnswers{Words: "numbers"})
	want := logits(t, said.Send(PromptChanged{Text: "1 2 3 4 5"}))
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "bare.safetensors", bareLlama(t))}})
	html := dialog(t, r)
	holds(t, html, "What the file does not say", `id="open-heads"`, `id="open-activation"`, `id="open-theta"`, `placeholder="10000"`, `id="open-epsilon"`, `placeholder="1e-5"`,
		`id="open-context"`, `placeholder="2048"`, `id="open-tied"`)
	if strings.Contains(html, "is assumed") || strings.Contains(html, "open-split") {
		t.Errorf("it says twice what it takes, or asks for what there is not: %s", html)
	}
	usual := open.Of(&r.S).FileAnswers
	if want := (FileAnswers{Heads: 3, Activation: "silu", Theta: "10000", Epsilon: "1e-5", Context: "2048", Tied: "yes", Words: "numbers"}); usual != want {
		t.Errorf("filled in is %+v; expected %+v", usual, want)
	}
	all := FileAnswers{Heads: 6, Activation: "relu", Theta: "300", Epsilon: " 1e-2 ", Context: "9", Tied: "yes", Words: "numbers"}
	r.Send(open.Answered{Answers: all}, open.Confirmed{}, PromptChanged{Text: "1 2 3 4 5"})
	if got := logits(t, r); !slices.Equal(got, want) {
		t.Error("with all answers it does not compute what a configuration says")
	}
	r.Expect("the sizes", r.S.Config, said.S.Config)
	holds(t, apptest.Draw(t, &open.About{Screen: &Screen{State: &r.S}}), "<dt>heads in a block</dt><dd>6 heads of 8 numbers each</dd>", "<dt>activation</dt><dd>ReLU</dd>", "<dt>rope_theta</dt><dd>300</dd>", "<dt>ε of the norms</dt><dd>0.01</dd>",
		"<dt>longest text</dt><dd>9 tokens</dd>", "<dd>the token table again</dd>", "<dt>tokens</dt><dd>shown as numbers</dd>", `id="about-change"`)
	for name, less := range map[string]func(a *FileAnswers){
		"theta": func(a *FileAnswers) { a.Theta = usual.Theta }, "epsilon": func(a *FileAnswers) { a.Epsilon = usual.Epsilon },
		"activation": func(a *FileAnswers) { a.Activation = usual.Activation }, "an empty field": func(a *FileAnswers) { a.Theta = "" },
	} {
		a := all
		less(&a)
		r.Send(open.Reconsidered{}).Expect("what was answered", open.Of(&r.S).Context, "9")
		r.Send(open.Answered{Answers: a}, open.Confirmed{})
		if slices.Equal(logits(t, r), want) {
			t.Errorf("%s changes nothing", name)
		}
	}
}

// TestAnAnswerThatCannotBeIsSaidAndKept: nothing is read, and what was typed stands there still.
func TestAnAnswerThatCannotBeIsSaidAndKept(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "bare.safetensors", bareLlama(t))}})
	good := open.Of(&r.S).FileAnswers
	good.Words = "numbers"
	for _, c := range []struct {
		wrong func(a *FileAnswers, typed string)
		typed []string
		says  string
	}{
		{func(a *FileAnswers, typed string) { a.Theta = typed }, []string{"1", "0", "-5", "fast", "1e13", "NaN", "Inf"}, "A number above 1 is expected"},
		{func(a *FileAnswers, typed string) { a.Epsilon = typed }, []string{"0", "1", "-0.1", "1e-60", "little"}, "A number between 0 and 1 is expected"},
		{func(a *FileAnswers, typed string) { a.Context = typed }, []string{"0", "-1", "1.5", "1048577", "1e99", "long"}, "A whole number from 1 to 1,048,576 is expected."},
		{func(a *FileAnswers, typed string) { a.Tied = typed }, []string{"no"}, "It is not in these files. Add the one that holds it."},
	} {
		for _, typed := range c.typed {
			a := good
			c.wrong(&a, typed)
			r.Send(open.Answered{Answers: a}, open.Confirmed{})
			r.Expect("it waits after "+typed, open.Of(&r.S).Step, open.Asks).Expect("what was answered", open.Of(&r.S).FileAnswers, a)
			html := dialog(t, r)
			holds(t, html, c.says, `aria-invalid="true"`, "disabled")
			if strings.Count(html, `aria-invalid="true"`) != 1 {
				t.Errorf("%s: another field is said to be wrong, too", typed)
			}
		}
	}
	r.Send(open.Answered{Answers: good}, open.Confirmed{}).Expect("the model", r.S.Model, "file.1")
}

// TestAnAnswerIsTakenFromItsField, and not if it is none of the options.
func TestAnAnswerIsTakenFromItsField(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "bare.safetensors", bareLlama(t))}})
	page := apptest.NewPage(t)
	page.State = r.S
	want := open.Of(&r.S).FileAnswers
	want.Theta = "5e5"
	page.On("input", "id", "open-theta", &apptest.Event{Value: "5e5"})
	page.Last(open.Answered{Answers: want})
	want.Heads = 6
	page.On("change", "id", "open-heads", &apptest.Event{Value: "6"})
	page.Last(open.Answered{Answers: want})
	page.On("change", "id", "open-heads", &apptest.Event{Value: "7"})
	page.Last(open.Answered{Answers: want})
}

// TestTheMatrixOfTheOutputCanBeAdded, where the file that lacks it does not say that there is none.
func TestTheMatrixOfTheOutputCanBeAdded(t *testing.T) {
	f, err := safetensors.Decode("bare", bareLlama(t))
	if err != nil {
		t.Fatal(err)
	}
	table := f.Tensors[slices.IndexFunc(f.Tensors, func(t safetensors.Tensor) bool { return t.Name == "model.embed_tokens.weight" })]
	v, err := table.Float32()
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(v)
	head, err := safetensors.Encode(&safetensors.File{Tensors: []safetensors.Tensor{safetensors.FromFloat32("lm_head.weight", table.Shape, v)}})
	if err != nil {
		t.Fatal(err)
	}
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "bare.safetensors", bareLlama(t))}})
	r.Send(open.Chosen{Files: []File{give(r, "head.safetensors", head)}})
	if html := dialog(t, r); strings.Contains(html, "open-tied") {
		t.Errorf("with both matrices it still asks: %s", html)
	}
	a := open.Of(&r.S).FileAnswers
	a.Words = "numbers"
	r.Send(open.Answered{Answers: a}, open.Confirmed{}).Expect("it is tied", r.S.Config.Tied, false)
}

// cutting returns a Llama in GGUF whose tokenizer does not say how it cuts a text: "(a" is two tokens to GPT-2, one to Llama 3.
func cutting(t testing.TB) []byte {
	t.Helper()
	i, err := checkpoint.Import("model.safetensors", bareLlama(t), checkpoint.Options{Heads: 6})
	if err != nil {
		t.Fatal(err)
	}
	written, err := convert.GGUF(i, nil, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := gguf.Decode("cutting.gguf", written.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	tokens := make([]string, i.Model.Config.Vocab)
	for id := range tokens {
		tokens[id] = "[PAD" + string(rune('A'+id)) + "]"
	}
	copy(tokens, []string{"(", "a", "(a"})
	f.Set("tokenizer.ggml.model", gguf.Of("gpt2"))
	f.Set("tokenizer.ggml.tokens", gguf.ListOf(tokens))
	f.Set("tokenizer.ggml.merges", gguf.ListOf([]string{"( a"}))
	b, err := gguf.Encode(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestHowATextIsCutCanBeChanged, where a file does not say it: it opens at once, says what was taken, and asks again.
func TestHowATextIsCutCanBeChanged(t *testing.T) {
	r := apptest.Drop(t, map[string][]byte{"cutting.gguf": cutting(t)}, FileAnswers{})
	r.Send(PromptChanged{Text: "(a"}).Expect("tokens as GPT-2 cuts", len(r.S.Tokens), 2)
	about := func() string { return apptest.Draw(t, &open.About{Screen: &Screen{State: &r.S}}) }
	holds(t, about(), "<dd>as by GPT-2</dd>", `id="about-change"`)
	r.Send(open.Reconsidered{})
	holds(t, dialog(t, r), `id="open-split"`, "As by Llama 3")
	a := open.Of(&r.S).FileAnswers
	a.Split = "llama3"
	r.Send(open.Answered{Answers: a}, open.Confirmed{}, PromptChanged{Text: "a(a"})
	if n := len(r.S.Tokens); r.S.Tokens[n-1].ID != 2 {
		t.Errorf("as Llama 3 cuts, the tokens are %+v", r.S.Tokens)
	}
	holds(t, about(), "<dd>as by Llama 3</dd>", `id="about-change"`)
}

// TestAnAssumptionThatOnlyTheWholeFilesTellIsAskedAfterwards: how vocab.json is cut.
func TestAnAssumptionThatOnlyTheWholeFilesTellIsAskedAfterwards(t *testing.T) {
	files := map[string][]byte{"model.safetensors": bareLlama(t), "config.json": []byte(`{"model_type": "llama", "num_attention_heads": 6, "rope_theta": 10000, "rms_norm_eps": 1e-5,
		"max_position_embeddings": 64, "tie_word_embeddings": true}`), "vocab.json": []byte(`{"(": 0, "a": 1, "(a": 2, "<|endoftext|>": 3}`), "merges.txt": []byte("( a\n")}
	r := apptest.Drop(t, files, FileAnswers{})
	holds(t, apptest.Draw(t, &open.About{Screen: &Screen{State: &r.S}}), "<dd>as by GPT-2</dd>", `id="about-change"`)
	r.Send(PromptChanged{Text: "(a"}).Expect("tokens as GPT-2 cuts", len(r.S.Tokens), 2)
	a := open.Of(&r.Send(open.Reconsidered{}).S).FileAnswers
	a.Split = "qwen2"
	r.Send(open.Answered{Answers: a}, open.Confirmed{}, PromptChanged{Text: "(a"}).Expect("tokens as Qwen2 cuts", len(r.S.Tokens), 1)
	r.Send(open.Reconsidered{}).Expect("it can be changed again", strings.Contains(dialog(t, r), "open-split"), true)
}

// TestAWeightInAnotherRowOfTheFileSaysSo where its number is explained.
func TestAWeightInAnotherRowOfTheFileSaysSo(t *testing.T) {
	r := apptest.Drop(t, map[string][]byte{"cutting.gguf": cutting(t)}, FileAnswers{})
	r.Send(CellChosen{Cell: &run.Cell{Name: "model.layers.0.self_attn.q_proj.weight", Row: 1, Col: 3}})
	if e := r.S.Explained; e == nil || e.Stored == nil || *e.Stored != (model.Stored{Tensor: "blk.0.attn_q.weight", Row: 2, Col: 3}) {
		t.Fatalf("it is explained by %+v", e)
	}
	page := apptest.NewPage(t)
	if html := drawn(page, r); !strings.Contains(html, "In the file it stands in row 2, column 3 of blk.0.attn_q.weight") {
		t.Error("the page does not say where the file has it")
	}
}

// TestOtherAnswersLeaveTheTextAndThePlace, but not what the model wrote before; a text too long for a shorter context is said to be.
func TestOtherAnswersLeaveTheTextAndThePlace(t *testing.T) {
	r := apptest.Drop(t, map[string][]byte{"bare.safetensors": bareLlama(t)}, FileAnswers{Heads: 6, Words: "numbers"})
	r.Send(PromptChanged{Text: "1 2 3 4 5"}, StepPressed{}, PanelChosen{Name: "model.layers.1.mlp.gate_proj.weight"}).Expect("tokens", len(r.S.Tokens), 6)
	answer := func(a FileAnswers) {
		t.Helper()
		r.Send(open.Reconsidered{}, open.Answered{Answers: a}, open.Confirmed{}).Expect("the dialog is closed", open.Of(&r.S) == nil, true)
	}
	answer(FileAnswers{Heads: 6, Words: "numbers", Theta: "300"})
	r.Expect("theta", r.S.Config.Rotary.Theta, 300.0).Expect("the text", r.S.Text, "1 2 3 4 5").Expect("tokens", len(r.S.Tokens), 5)
	r.Expect("the panel", r.S.Panel, "model.layers.1.mlp.gate_proj.weight")
	answer(FileAnswers{Heads: 6, Words: "numbers", Context: "3"})
	r.Expect("the text", r.S.Text, "1 2 3 4 5")
	if !strings.Contains(r.S.TextError, "3") {
		t.Errorf("of 5 tokens in a context of 3 it says %q", r.S.TextError)
	}
	answer(FileAnswers{Heads: 6, Words: "letters", Alphabet: alphabet65})
	r.Expect("the text of letters", r.S.Text, "ABCDEF")
}
