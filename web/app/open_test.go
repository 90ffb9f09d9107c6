package app

import (
	"os"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/safetensors"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// onDisk gives the reader a file, and returns what the page knows of it.
func (r *reader) onDisk(name string, b []byte) File {
	if r.files == nil {
		r.files = map[int][]byte{}
	}
	f := File{Number: len(r.files) + 1, Name: name, Size: len(b)}
	r.files[f.Number] = b
	return f
}

// weights returns the file of a model in model/testdata, without its configuration if bare.
func weights(t testing.TB, folder string, bare bool) []byte {
	t.Helper()
	b, err := os.ReadFile("../../model/testdata/" + folder + "/weights.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode(folder, b)
	if err != nil {
		t.Fatal(err)
	}
	if bare {
		f.Metadata = nil
	}
	if b, err = safetensors.Encode(f); err != nil {
		t.Fatal(err)
	}
	return b
}

// random returns the file of a random model.
func random(t testing.TB, c model.Config) []byte {
	t.Helper()
	m, err := model.New(c)
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(5)
	b, err := m.Save(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const alphabet65 = "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

func TestAFileThatSaysEverythingOpensAtOnce(t *testing.T) {
	r := open(t, "")
	r.send(FileChosen{r.onDisk("mine.safetensors", weights(t, "nano-sort", false))})
	r.expect("a dialog is left", r.s.Opening != nil, false).expect("the model", r.s.Model, "file.1").expect("entries", len(r.s.Models), 3)
	c := r.s.Choice()
	r.expect("its label", c.Label, "mine").expect("its size", c.Size, "86k").expect("the text", r.s.Text, "ABC").expect("tokens", len(r.s.Tokens), 3)
	r.send(StepPressed{}).expect("tokens", len(r.s.Tokens), 4)
	r.send(LinkPressed{}, LinkCopied{Link: "x", OK: true})
	if !strings.Contains(r.s.Notice, "mine.safetensors stays on this device") {
		t.Errorf("about the link it says %q", r.s.Notice)
	}
	r.send(ModelChosen{"sort"}).expect("the model", r.s.Model, "sort").expect("tokens", len(r.s.Tokens), 6)
	r.send(ModelChosen{"file.1"}).expect("the model", r.s.Model, "file.1").expect("tokens", len(r.s.Tokens), 3).expect("entries", len(r.s.Models), 3)
}

func TestWhatAFileLeavesOpenIsAsked(t *testing.T) {
	r := open(t, "")
	r.send(FileChosen{r.onDisk("tiny.safetensors", weights(t, "tiny-gpt2", true))})
	o := r.s.Opening
	if o == nil || o.Step != OpeningAsks || !o.AsksWords() || !o.AsksHeads() || o.Words != "letters" || o.Missing() != "0 of 65 characters" {
		t.Fatalf("the dialog asks %+v", o)
	}
	r.expect("the model before", r.s.Model, "sort").send(OpeningConfirmed{}).expect("it waits", r.s.Opening != nil, true)
	if list := HeadChoices(o.Known.Config); !slices.Equal(list, []int{1, 2, 4, 8, 16, 32}) {
		t.Errorf("the heads to choose from are %v", list)
	}
	twice := Answers{Heads: 4, Words: "letters", Alphabet: "aa" + alphabet65[2:]}
	r.send(OpeningAnswered{twice}).expect("missing", r.s.Opening.Missing(), "'a' stands there twice")
	r.send(OpeningAnswered{Answers{4, "letters", alphabet65}}, OpeningConfirmed{})
	r.expect("the model", r.s.Model, "file.1").expect("the text", r.s.Text, "ABCDEF").expect("heads", r.s.Config.Heads, 4)
	r.send(PromptChanged{"To be"}).expect("tokens", len(r.s.Tokens), 5).send(StepPressed{}).expect("tokens", len(r.s.Tokens), 6)
}

func TestTokensWithoutATextAreNumbers(t *testing.T) {
	r := open(t, "")
	r.send(FileChosen{r.onDisk("tiny.safetensors", weights(t, "tiny-gpt2", false))})
	r.expect("heads are asked for", r.s.Opening.AsksHeads(), false)
	r.send(OpeningAnswered{Answers{Words: "numbers"}}, OpeningConfirmed{})
	r.expect("the text", r.s.Text, "0 1 2 3 4 5").expect("tokens", len(r.s.Tokens), 6)
	r.send(PromptChanged{"64 65"})
	if !strings.Contains(r.s.TextError, "whole numbers from 0 to 64") || len(r.s.Tokens) != 6 {
		t.Errorf("65 is answered with %q", r.s.TextError)
	}
}

func TestAPaddedVocabularyAsksAndReadsGPT2(t *testing.T) {
	r := open(t, "")
	file := random(t, model.Config{Vocab: 50304, Context: 8, Width: 4, Heads: 1, Blocks: 1, Tied: true})
	r.send(FileChosen{r.onDisk("nano.safetensors", file)}).expect("suggested", r.s.Opening.Words, "gpt2")
	r.send(OpeningConfirmed{}).expect("tokens", len(r.s.Tokens), 3).expect("the third", r.s.Tokens[2].ID, 4331)
	r.expect("tables", count[LoadTable](r), 1).expect("busy", Busy(r.s), false)
}

func TestADamagedFileReplacesNothing(t *testing.T) {
	r := open(t, "").send(StepPressed{})
	b := weights(t, "nano-sort", false)
	damaged := []byte(strings.Replace(string(b), `"h.0.attn.c_attn.weight":{"dtype":"F32","shape":[48,144]`, `"h.0.attn.c_attn.weight":{"dtype":"F32","shape":[144,48]`, 1))
	long := r.onDisk("long.safetensors", b)
	long.Size = mostFile + 1
	for want, f := range map[string]File{
		"damaged.safetensors: h.0.attn.c_attn.weight is (144, 48); expected (48, 144). Nothing was replaced.": r.onDisk("damaged.safetensors", damaged),
		"cat.png: the header is said to have":   r.onDisk("cat.png", []byte("\x89PNG\r\n\x1a\n and so on")),
		"empty.safetensors is empty":            r.onDisk("empty.safetensors", nil),
		"this page opens files up to 1 GB":      long,
		"cut.safetensors: ":                     r.onDisk("cut.safetensors", b[:len(b)-4]),
		"nan.safetensors: wte.weight: the valu": r.onDisk("nan.safetensors", withNaN(t, b)),
	} {
		r.send(FileChosen{f})
		if p := r.s.Problem; p == nil || !strings.Contains(p.Detail, want) || !strings.HasSuffix(p.Detail, "Nothing was replaced.") {
			t.Errorf("%s: the problem is %+v; expected %q", f.Name, p, want)
		}
		r.expect("a dialog is left", r.s.Opening != nil, false).expect("the phase", r.s.Phase, Ready)
		r.send(StepPressed{}, UndoPressed{}).expect("the answer", r.s.Answer(), "A").expect("the problem stays", r.s.Problem != nil, true)
		r.send(ProblemDismissed{}).expect("a problem is left", r.s.Problem != nil, false)
	}
}

func withNaN(t *testing.T, b []byte) []byte {
	t.Helper()
	f, err := safetensors.Decode("file", slices.Clone(b))
	if err != nil {
		t.Fatal(err)
	}
	copy(f.Tensors[0].Data, []byte{0, 0, 0xc0, 0x7f})
	if b, err = safetensors.Encode(f); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAnOpeningCanBeCancelledAtAnyMoment(t *testing.T) {
	for step := range 4 {
		r := open(t, "").send(StepPressed{})
		r.slow = true
		r.send(FileChosen{r.onDisk("tiny.safetensors", weights(t, "tiny-gpt2", false))})
		if step > 0 {
			r.deliver().send(OpeningAnswered{Answers{Words: "numbers"}})
		}
		if step > 1 {
			r.send(OpeningConfirmed{})
		}
		if step > 2 {
			id := lastOf[ReadFile](r).Request
			r.send(FileRead{id, 100}).expect("read", r.s.Opening.Read, 100)
			r.send(FileRead{id, r.s.Opening.Size}).expect("the step", r.s.Opening.Step, OpeningLoads)
		}
		r.send(KeyPressed(r.s, "Escape")).deliver()
		r.expect("a dialog is left", r.s.Opening != nil, false).expect("the model", r.s.Model, "sort").expect("entries", len(r.s.Models), 2)
		r.expect("restarts", count[RestartWorker](r), step/3)
		r.send(StepPressed{}).deliver().expect("the answer", r.s.Answer(), "AB").expect("busy", Busy(r.s), false)
	}
}

func TestAnEngineThatDiesOfAFileComesBackWithTheModelBefore(t *testing.T) {
	r := open(t, "").send(StepPressed{})
	r.slow = true
	r.send(FileChosen{r.onDisk("mine.safetensors", weights(t, "nano-sort", false))}, WorkerDied{"out of memory"}).deliver()
	r.expect("the model", r.s.Model, "sort").expect("the answer", r.s.Answer(), "A").expect("the phase", r.s.Phase, Ready)
	if p := r.s.Problem; p == nil || !strings.Contains(p.Detail, "want of memory (out of memory)") {
		t.Errorf("the problem is %+v", p)
	}
}

func TestAModelFromAFileComesBackWithANewEngine(t *testing.T) {
	r := open(t, "")
	r.send(FileChosen{r.onDisk("mine.safetensors", weights(t, "nano-sort", false))}, PromptChanged{"CBA"}, WorkerDied{"gone"})
	r.expect("the model", r.s.Model, "file.1").expect("tokens", len(r.s.Tokens), 3).expect("the phase", r.s.Phase, Ready)
}

func TestALinkToAFileSaysThatItIsNotHere(t *testing.T) {
	r := open(t, "#model=file.1&text=0%201&theme=dark")
	r.expect("the text", r.s.Text, "CBABBC").expect("the theme", r.s.Theme, address.ThemeDark)
	if !strings.Contains(r.s.Notice, "open the file again") {
		t.Errorf("the notice is %q", r.s.Notice)
	}
}

func TestTheNumbersOfALargeModelComeInPortions(t *testing.T) {
	r := open(t, "")
	c := model.Config{Vocab: 64, Context: 64, Width: 256, Heads: 4, Blocks: 4, Tied: true, Alphabet: alphabet65[1:]}
	r.send(FileChosen{r.onDisk("large.safetensors", random(t, c))}, PromptChanged{"To be or not to be"})
	for _, b := range r.done {
		if s, ok := b.(Send); ok && s.Request.Read != nil {
			total := 0
			for _, rows := range s.Request.Read.Rows {
				i, _ := r.s.Info(rows.Name)
				total += (rows.To - rows.From) * i.Cols
			}
			if total > portion+portion/8 { // causal ones were narrower then
				t.Errorf("a portion of %d values", total)
			}
		}
	}
	compare := func() {
		t.Helper()
		for _, i := range r.s.Steps {
			got, _ := r.s.Values(i.Name)
			want := r.e.Handle(engine.Request{Tensor: &engine.Tensor{Name: i.Name, To: i.Rows}}).Values
			if i.Op != model.OpWeight && (want == nil || got.Rows != want.Rows || got.Cols != want.Cols || run.StatOf(got).Min != want.Min || !slices.Equal(clean(got.Data), clean(want.Data))) {
				t.Fatalf("%s on the page is not that of the model", i.Name)
			}
		}
	}
	compare()
	r.send(StepPressed{})
	compare()
	r.send(PromptChanged{"To be or not to ask"})
	compare()
	r.send(SamplingChanged{run.Sampling{Temperature: 1, TopK: 3, TopP: 1}})
	compare()
	r.send(PanelChosen{"h.3.mlp.c_fc.weight"})
	if v, _ := r.s.Values("h.3.mlp.c_fc.weight"); v.Rows != 256 {
		t.Errorf("of the chosen weight %d rows are here", v.Rows)
	}
}

// clean replaces NaN, which equals nothing.
func clean(v []float32) []float32 {
	v = slices.Clone(v)
	for i, x := range v {
		if x != x {
			v[i] = 1e30
		}
	}
	return v
}

func TestSizesInWords(t *testing.T) {
	for n, want := range map[int]string{3: "3", 27_904: "28k", 999_600: "1.0M", 10_770_000: "10.8M", 124_439_808: "124M"} {
		if got := say.ShortCount(n); got != want {
			t.Errorf("%d is %s; expected %s", n, got, want)
		}
	}
	for n, want := range map[int]string{1: "1\u00a0kB", 5 << 19: "2.5\u00a0MB", 3 << 29: "1.5\u00a0GB"} {
		if got := say.Bytes(n); got != want {
			t.Errorf("%d bytes are %s; expected %s", n, got, want)
		}
	}
}
