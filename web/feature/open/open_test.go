package open_test

import (
	"encoding/binary"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/web/address"
	"glassbox/web/app/apptest"
	"glassbox/web/engine"
	. "glassbox/web/feature"
	"glassbox/web/feature/open"
	"glassbox/web/run"
	"glassbox/web/say"
)

// give gives the reader a file, and returns what the page knows of it.
func give(r *apptest.Reader, name string, b []byte) File {
	if r.Files == nil {
		r.Files = map[int][]byte{}
	}
	f := File{Number: len(r.Files) + 1, Name: name, Size: len(b)}
	r.Files[f.Number] = b
	return f
}

// weights returns the file of a model in model/testdata, without its configuration if bare.
func weights(t testing.TB, folder string, bare bool) []byte {
	t.Helper()
	b, err := os.ReadFile("../../../model/testdata/" + folder + "/weights.safetensors")
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
	b, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const alphabet65 = "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

func TestAFileThatSaysEverythingOpensAtOnce(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "mine.safetensors", weights(t, "nano-sort", false))}})
	r.Expect("a dialog is left", open.Of(&r.S) != nil, false).Expect("the model", r.S.Model, "file.1").Expect("entries", len(r.S.Models), 3)
	c := r.S.Choice()
	r.Expect("its label", c.Label, "mine").Expect("its size", c.Size, "86k").Expect("the text", r.S.Text, "ABC").Expect("tokens", len(r.S.Tokens), 3)
	r.Send(StepPressed{}).Expect("tokens", len(r.S.Tokens), 4)
	r.Send(LinkPressed{}, LinkCopied{Link: "x", OK: true})
	if !strings.Contains(r.S.Notice, "mine.safetensors stays on this device") {
		t.Errorf("about the link it says %q", r.S.Notice)
	}
	r.Send(ModelChosen{ID: "sort"}).Expect("the model", r.S.Model, "sort").Expect("tokens", len(r.S.Tokens), 6)
	r.Send(ModelChosen{ID: "file.1"}).Expect("the model", r.S.Model, "file.1").Expect("tokens", len(r.S.Tokens), 3).Expect("entries", len(r.S.Models), 3)
}

func TestWhatAFileLeavesOpenIsAsked(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "tiny.safetensors", weights(t, "tiny-gpt2", true))}})
	o := open.Of(&r.S)
	if o == nil || o.Step != open.Asks || !o.AsksWords() || !o.AsksHeads() || o.Words != "letters" || o.Missing() != "0 of 65 characters" {
		t.Fatalf("the dialog asks %+v", o)
	}
	r.Expect("the model before", r.S.Model, "sort").Send(open.Confirmed{}).Expect("it waits", open.Of(&r.S) != nil, true)
	if list := open.HeadChoices(o.Known.Config); !slices.Equal(list, []int{1, 2, 4, 8, 16, 32}) {
		t.Errorf("the heads to choose from are %v", list)
	}
	twice := FileAnswers{Heads: 4, Words: "letters", Alphabet: "aa" + alphabet65[2:]}
	r.Send(open.Answered{Answers: twice}).Expect("missing", open.Of(&r.S).Missing(), "'a' stands there twice")
	r.Send(open.Answered{Answers: FileAnswers{Heads: 4, Words: "letters", Alphabet: alphabet65}}, open.Confirmed{})
	r.Expect("the model", r.S.Model, "file.1").Expect("the text", r.S.Text, "ABCDEF").Expect("heads", r.S.Config.Heads, 4)
	r.Send(PromptChanged{Text: "To be"}).Expect("tokens", len(r.S.Tokens), 5).Send(StepPressed{}).Expect("tokens", len(r.S.Tokens), 6)
}

func TestTokensWithoutATextAreNumbers(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "tiny.safetensors", weights(t, "tiny-gpt2", false))}})
	r.Expect("heads are asked for", open.Of(&r.S).AsksHeads(), false)
	r.Send(open.Answered{Answers: FileAnswers{Words: "numbers"}}, open.Confirmed{})
	r.Expect("the text", r.S.Text, "0 1 2 3 4 5").Expect("tokens", len(r.S.Tokens), 6)
	r.Send(PromptChanged{Text: "64 65"})
	if !strings.Contains(r.S.TextError, "whole numbers from 0 to 64") || len(r.S.Tokens) != 6 {
		t.Errorf("65 is answered with %q", r.S.TextError)
	}
}

func TestAPaddedVocabularyAsksAndReadsGPT2(t *testing.T) {
	r := apptest.Open(t, "")
	file := random(t, model.Config{Vocab: 50304, Context: 8, Width: 4, Heads: 1, Blocks: 1, Tied: true})
	r.Send(open.Chosen{Files: []File{give(r, "nano.safetensors", file)}}).Expect("suggested", open.Of(&r.S).Words, "gpt2")
	r.Send(open.Confirmed{}).Expect("tokens", len(r.S.Tokens), 3).Expect("the third", r.S.Tokens[2].ID, 4331)
	r.Expect("tables", apptest.Count[LoadTable](r), 1).Expect("busy", Busy(r.S), false)
}

func TestADamagedFileReplacesNothing(t *testing.T) {
	r := apptest.Open(t, "").Send(StepPressed{})
	b := weights(t, "nano-sort", false)
	damaged := []byte(strings.Replace(string(b), `"h.0.attn.c_attn.weight":{"dtype":"F32","shape":[48,144]`, `"h.0.attn.c_attn.weight":{"dtype":"F32","shape":[144,48]`, 1))
	for want, f := range map[string]File{
		"damaged.safetensors: h.0.attn.c_attn.weight is (144, 48); expected (48, 144). Nothing was replaced.": give(r, "damaged.safetensors", damaged),
		"cat.png: this is an image (PNG), and ":     give(r, "cat.png", []byte("\x89PNG\r\n\x1a\n and so on")),
		"empty.safetensors is empty":                give(r, "empty.safetensors", nil),
		"cut.safetensors: the file is incomplete: ": give(r, "cut.safetensors", b[:len(b)-4]),
		"nan.safetensors: wte.weight has NaN":       give(r, "nan.safetensors", withNaN(t, b)),
	} {
		r.Send(open.Chosen{Files: []File{f}})
		if p := r.S.Problem; p == nil || !strings.Contains(p.Detail, want) || !strings.HasSuffix(p.Detail, "Nothing was replaced.") {
			t.Errorf("%s: the problem is %+v; expected %q", f.Name, p, want)
		}
		r.Expect("a dialog is left", open.Of(&r.S) != nil, false).Expect("the phase", r.S.Phase, Ready)
		r.Send(StepPressed{}, UndoPressed{}).Expect("the answer", r.S.Written(), "A").Expect("the problem stays", r.S.Problem != nil, true)
		r.Send(ProblemDismissed{}).Expect("a problem is left", r.S.Problem != nil, false)
	}
}

// edited returns the file of a random model after a change to it.
func edited(t testing.TB, c model.Config, edit func(f *safetensors.File)) []byte {
	t.Helper()
	f, err := safetensors.Decode("file", random(t, c))
	if err != nil {
		t.Fatal(err)
	}
	edit(f)
	b, err := safetensors.Encode(f)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatWasTakenForWhatAFileDoesNotSayStandsOnThePageAndCanBeChanged(t *testing.T) {
	c := model.Config{Vocab: GPT2Vocab, Context: 8, Width: 64, Heads: 2, Blocks: 1, Tied: true}
	b := edited(t, c, func(f *safetensors.File) { f.Metadata = nil })
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "two-heads.safetensors", b)}})
	o := open.Of(&r.S)
	if o == nil || o.Step != open.Asks || !o.AsksHeads() || !o.AsksWords() || o.Heads != 1 || o.Words != "gpt2" {
		t.Fatalf("of a width that no published model has it asks %+v", o)
	}
	r.Send(open.Confirmed{}).Expect("heads", r.S.Config.Heads, 1)
	about := func(want ...string) {
		t.Helper()
		html := apptest.Draw(t, &open.About{Screen: &Screen{State: &r.S}})
		for _, w := range want {
			if !strings.Contains(html, w) {
				t.Errorf("the page lacks %q: %s", w, html)
			}
		}
	}
	about("Read from two-heads.safetensors", "1 head of 64 numbers", "<dd>those of GPT-2</dd>", `id="about-change"`)
	r.Send(PromptChanged{Text: "A word"}, open.Reconsidered{}).Expect("it asks", open.Of(&r.S).Step, open.Asks).Expect("heads", open.Of(&r.S).Heads, 1)
	r.Send(open.Cancelled{}).Expect("heads", r.S.Config.Heads, 1).Send(open.Reconsidered{})
	r.Send(open.Answered{Answers: FileAnswers{Heads: 2, Words: "numbers"}}, open.Confirmed{})
	r.Expect("heads", r.S.Config.Heads, 2).Expect("entries", len(r.S.Models), 3).Expect("the text", r.S.Text, "0 1 2 3 4 5").Expect("tokens", len(r.S.Tokens), 6)
	about("2 heads of 32 numbers each", "shown as numbers")
	r.Send(ModelChosen{ID: "sort"}, open.Reconsidered{}).Expect("a model of the page is asked about", open.Of(&r.S) != nil, false)
	r.Send(ModelChosen{ID: "file.1"}).Expect("heads", r.S.Config.Heads, 2)
	about("2 heads of 32 numbers each")
}

func TestAModelOfAPublishedSizeOpensAtOnceAndSaysWhatWasTaken(t *testing.T) {
	for _, c := range []struct {
		width, blocks int
		asks          bool
	}{{768, 12, false}, {768, 6, false}, {768, 2, true}, {128, 12, true}} {
		known := engine.Inspected{Config: model.Config{Vocab: GPT2Vocab, Context: 1024, Width: c.width, Blocks: c.blocks, Heads: c.width / 64, Tied: true}, Words: "gpt2"}
		s := apptest.OpenPage(t).Send(open.Chosen{Files: []File{File{Number: 1, Name: "gpt2.safetensors", Size: 4 << 20}}})
		s.Send(Replied{Reply: engine.Reply{ID: s.State.Request("open"), Inspected: &known}})
		if is := open.Of(&s.State).Step == open.Asks; is != c.asks {
			t.Errorf("with C = %d and L = %d it asks: %v", c.width, c.blocks, is)
		}
	}
}

func TestWhatWasInferredStandsOnThePage(t *testing.T) {
	c := model.Config{Vocab: 3, Context: 8, Width: 8, Heads: 2, Blocks: 1, Tied: true, Alphabet: "abc"}
	b := edited(t, c, func(f *safetensors.File) {
		f.Tensors = append(f.Tensors, safetensors.FromFloat32("classifier.weight", []int{1}, []float32{1}))
	})
	s := apptest.OpenPage(t)
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "task.safetensors", b)}})
	s.State = r.S
	if html := s.HTML(); !strings.Contains(html, "were left out: classifier.weight.") || strings.Contains(html, "about-change") {
		t.Errorf("the page does not say what was left out, or offers to change what the file says: %s", html)
	}
	if r.Send(ModelChosen{ID: "sort"}); strings.Contains(drawn(s, r), "about-file") {
		t.Error("a model of the page is said to be from a file")
	}
}

// drawn draws the page of a reader.
func drawn(s *apptest.Page, r *apptest.Reader) string {
	s.State = r.S
	return s.HTML()
}

func TestAHeaderLongerThanAMegabyteIsRead(t *testing.T) {
	c := model.Config{Vocab: 3, Context: 8, Width: 8, Heads: 2, Blocks: 1, Tied: true, Alphabet: "abc"}
	b := edited(t, c, func(f *safetensors.File) { f.Metadata["training_log"] = strings.Repeat("x", 2_000_000) })
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "long.safetensors", b)}}).Expect("the model", r.S.Model, "file.1").Expect("a problem", r.S.Problem != nil, false)
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
		r := apptest.Open(t, "").Send(StepPressed{})
		r.Slow = true
		r.Send(open.Chosen{Files: []File{give(r, "tiny.safetensors", weights(t, "tiny-gpt2", false))}})
		if step > 0 {
			r.Deliver().Send(open.Answered{Answers: FileAnswers{Words: "numbers"}})
		}
		if step > 1 {
			r.Send(open.Confirmed{})
		}
		if step > 2 {
			id := apptest.LastOf[ReadFile](r).Request
			r.Send(FileRead{Request: id, Bytes: 100}).Expect("read", open.Of(&r.S).Read, 100)
			r.Send(FileRead{Request: id, Bytes: open.Of(&r.S).Size}).Expect("the step", open.Of(&r.S).Step, open.Loads)
		}
		r.Send(KeyPressed(r.S, "Escape")).Deliver()
		r.Expect("a dialog is left", open.Of(&r.S) != nil, false).Expect("the model", r.S.Model, "sort").Expect("entries", len(r.S.Models), 2)
		r.Expect("restarts", apptest.Count[RestartWorker](r), step/3)
		r.Send(StepPressed{}).Deliver().Expect("the answer", r.S.Written(), "AB").Expect("busy", Busy(r.S), false)
	}
}

func TestALinkOrAnotherEngineEndsAnOpening(t *testing.T) {
	for _, m := range []Msg{Navigated{Hash: "#text=CAB"}, LinkFollowed{Hash: "#model=tiny"}} {
		r := apptest.Open(t, "")
		r.Slow = true
		r.Send(open.Chosen{Files: []File{give(r, "mine.safetensors", weights(t, "nano-sort", false))}}).Expect("runs wait", r.S.Suspended(), true)
		r.Send(m).Expect("runs wait", r.S.Suspended(), false).Expect("it stops", apptest.Count[open.StopReading](r), 1)
		if !strings.Contains(r.S.Notice, "mine.safetensors was not opened.") {
			t.Errorf("after %T it says %q", m, r.S.Notice)
		}
		r.Deliver().Expect("busy", Busy(r.S), false).Expect("entries", len(r.S.Models), 2)
	}
}

func TestTheFocusGoesWithTheDialog(t *testing.T) {
	r := apptest.Open(t, "")
	focus := func(want string, m ...Msg) {
		t.Helper()
		r.Commands = nil
		r.Send(m...).Expect("the focus", apptest.LastOf[Focus](r).ID, want)
	}
	tiny := give(r, "tiny.safetensors", weights(t, "tiny-gpt2", true))
	focus("open-heads", open.Chosen{Files: []File{tiny}})
	focus("", open.Answered{Answers: FileAnswers{Words: "numbers", Heads: 4}})
	r.Expect("modal", r.S.Modal(), true).Expect("keys", r.S.Obeys("s"), false)
	focus("open", open.Confirmed{})
	focus("dismiss", open.Chosen{Files: []File{give(r, "cat.png", []byte("\x89PNG\r\n\x1a\n and so on"))}})
	r.Slow = true
	focus("open-cancel", open.Chosen{Files: []File{tiny}})
	focus("open", open.Cancelled{})
}

func TestAnEngineThatDiesOfAFileComesBackWithTheModelBefore(t *testing.T) {
	r := apptest.Open(t, "").Send(StepPressed{})
	r.Slow = true
	r.Send(open.Chosen{Files: []File{give(r, "mine.safetensors", weights(t, "nano-sort", false))}}, WorkerDied{Reason: "out of memory"}).Deliver()
	r.Expect("the model", r.S.Model, "sort").Expect("the answer", r.S.Written(), "A").Expect("the phase", r.S.Phase, Ready)
	if p := r.S.Problem; p == nil || !strings.Contains(p.Detail, "want of memory (out of memory)") {
		t.Errorf("the problem is %+v", p)
	}
}

func TestAModelFromAFileComesBackWithANewEngine(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "mine.safetensors", weights(t, "nano-sort", false))}}, PromptChanged{Text: "CBA"}, WorkerDied{Reason: "gone"})
	r.Expect("the model", r.S.Model, "file.1").Expect("tokens", len(r.S.Tokens), 3).Expect("the phase", r.S.Phase, Ready)
}

// TestALinkToAFileWaitsForIt: what to do stays on the page, and the link is followed once the file is open.
func TestALinkToAFileWaitsForIt(t *testing.T) {
	r := apptest.Open(t, "#model=file.7&text=CBA&panel=h.1.ln_1&cell=2.5&theme=dark")
	r.Expect("the text", r.S.Text, "CBABBC").Expect("the theme", r.S.Theme, address.ThemeDark).Expect("the notice", r.S.Notice, "")
	if p := r.S.Problem; p == nil || !p.Stays || !strings.Contains(p.Detail, "Open that file here") {
		t.Errorf("the problem is %+v", p)
	}
	r.Send(open.Chosen{Files: []File{give(r, "mine.safetensors", weights(t, "nano-sort", false))}})
	r.Expect("the text of the link", r.S.Text, "CBA").Expect("the tokens", len(r.S.Tokens), 3).Expect("the panel", r.S.Panel, "h.1.ln_1")
	if c := r.S.Cell; c == nil || c.Row != 2 || c.Col != 5 || r.S.Problem != nil {
		t.Errorf("the cell is %+v, the problem %+v", c, r.S.Problem)
	}
	r.Expect("the link", r.S.Hash(), "#model="+r.S.Model+"&text=CBA&panel=h.1.ln_1&cell=2.5&theme=dark")
	other := apptest.Open(t, "#model=file.7&text=CBA").Send(Navigated{Hash: "#text=BBB"})
	other.Send(open.Chosen{Files: []File{give(other, "mine.safetensors", weights(t, "nano-sort", false))}})
	other.Expect("another link", other.S.Text == "CBA", false)
}

// portion is how many values a reply has at most.
const portion = 1 << 18

func TestTheNumbersOfALargeModelComeInPortions(t *testing.T) {
	r := apptest.Open(t, "")
	c := model.Config{Vocab: 64, Context: 64, Width: 256, Heads: 4, Blocks: 4, Tied: true, Alphabet: alphabet65[1:]}
	r.Send(open.Chosen{Files: []File{give(r, "large.safetensors", random(t, c))}}, PromptChanged{Text: "To be or not to be"})
	for _, b := range r.Commands {
		if s, ok := b.(Send); ok && s.Request.Read != nil {
			total := 0
			for _, rows := range s.Request.Read.Rows {
				i, _ := r.S.Info(rows.Name)
				total += (rows.To - rows.From) * i.Cols
			}
			if total > portion+portion/8 { // causal ones were narrower then
				t.Errorf("a portion of %d values", total)
			}
		}
	}
	compare := func() {
		t.Helper()
		for _, i := range r.S.Steps {
			got, _ := r.S.Values(i.Name)
			want := r.E.Handle(engine.Request{Tensor: &engine.Tensor{Name: i.Name, To: i.Rows}}).Values
			if i.Op != model.OpWeight && (want == nil || got.Rows != want.Rows || got.Cols != want.Cols || run.StatOf(got).Min != want.Min || !slices.Equal(clean(got.Data), clean(want.Data))) {
				t.Fatalf("%s on the page is not that of the model", i.Name)
			}
		}
	}
	compare()
	r.Send(StepPressed{})
	compare()
	r.Send(PromptChanged{Text: "To be or not to ask"})
	compare()
	r.Send(SamplingChanged{Sampling: run.Sampling{Temperature: 1, TopK: 3, TopP: 1}})
	compare()
	r.Send(PanelChosen{Name: "h.3.mlp.c_fc.weight"})
	if v, _ := r.S.Values("h.3.mlp.c_fc.weight"); v.Rows != 256 {
		t.Errorf("of the chosen weight %d rows are here", v.Rows)
	}
}

// TestWhatAStageOfALargeModelReadsHasItsNumbers, also where it is the last to come by itself.
func TestWhatAStageOfALargeModelReadsHasItsNumbers(t *testing.T) {
	r := apptest.Open(t, "")
	c := model.Config{Vocab: 64, Context: 64, Width: 192, Heads: 4, Blocks: 12, Tied: true, Alphabet: alphabet65[1:]}
	r.Send(open.Chosen{Files: []File{give(r, "deep.safetensors", random(t, c))}}, PromptChanged{Text: strings.Repeat("To be or not to be ", 3)})
	held := func(name string) int {
		v := r.S.Held(name)
		return v.Rows
	}
	if held("h.11.mlp.gelu") > 0 {
		t.Fatal("all numbers of the model are here by themselves")
	}
	r.Send(StageChosen{Stage: run.StageOutput})
	for _, name := range []string{"logits", "ln_f"} {
		if i, ok := r.S.Info(name); !ok || held(name) != i.Rows {
			t.Errorf("of %s, %d rows are here; expected %d", name, held(name), i.Rows)
		}
	}
}

// TestWhatIsNotSentOfALargeModelIsAveraged, once for each run or, of weights, once: but nothing while the model writes.
func TestWhatIsNotSentOfALargeModelIsAveraged(t *testing.T) {
	r := apptest.Open(t, "")
	c := model.Config{Vocab: 64, Context: 64, Width: 192, Heads: 4, Blocks: 12, Tied: true, Alphabet: alphabet65[1:]}
	r.Send(open.Chosen{Files: []File{give(r, "deep.safetensors", random(t, c))}})
	averaged := func(text string) (names map[string]int) {
		names = map[string]int{}
		r.Commands = r.Commands[:0]
		r.Send(PromptChanged{Text: text})
		for _, b := range r.Commands {
			if s, ok := b.(ShowCoarse); ok {
				for _, of := range s.Coarse {
					names[of.Name]++
				}
			}
		}
		return names
	}
	first := map[string]int{}
	for _, b := range r.Commands {
		if s, ok := b.(ShowCoarse); ok {
			for _, of := range s.Coarse {
				first[of.Name]++
			}
		}
	}
	then := averaged(strings.Repeat("To be or not to be ", 3))
	for _, i := range r.S.Steps {
		here := r.S.Held(i.Name).Rows == i.Rows
		switch n := then[i.Name]; {
		case i.Kind == model.KindWeight && first[i.Name] != 1 && !here || n > 1:
			t.Errorf("%s is averaged %d times at first, %d times later", i.Name, first[i.Name], n)
		case i.Kind == model.KindWeight && n > 0:
			t.Errorf("the weight %s is averaged again", i.Name)
		case i.Kind != model.KindWeight && n == 0 && !here:
			t.Errorf("%s is neither here nor averaged", i.Name)
		}
	}
	r.Slow = true
	r.Commands = r.Commands[:0]
	r.Send(PlayPressed{})
	for n := 0; n < 8 && len(r.Mail) > 0; n++ {
		r.DeliverOne()
	}
	for _, b := range r.Commands {
		if s, ok := b.(Send); ok && s.Request.Read != nil && len(s.Request.Read.Coarse) > 0 {
			t.Error("while the model writes, numbers are averaged")
		}
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
	for n, want := range map[int]string{1: "1\u00a0kB", 2_500_000: "2.5\u00a0MB", 1_500_000_000: "1.5\u00a0GB"} {
		if got := say.Bytes(n); got != want {
			t.Errorf("%d bytes are %s; expected %s", n, got, want)
		}
	}
}

func TestTheNameOfAFileIsShownHarmlessly(t *testing.T) {
	r := apptest.Open(t, "")
	r.Files = map[int][]byte{1: []byte("\x80\x02}q")}
	r.Send(open.Chosen{Files: []File{File{Number: 1, Name: "model\u202esrosnetefas.pt", Size: 4}}})
	if p := r.S.Problem; p == nil || strings.ContainsRune(p.Detail, '\u202e') || !strings.Contains(p.Detail, "model<U+202E>srosnetefas.pt") {
		t.Errorf("the problem is %+v", p)
	}
}

func TestTheActivationThatAFileDoesNotNameIsAskedAndCanBeChanged(t *testing.T) {
	c := model.Config{Vocab: 7, Context: 8, Width: 64, Heads: 1, Blocks: 1, Tied: true}
	b := edited(t, c, func(f *safetensors.File) { f.Metadata = nil })
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "nano.safetensors", b)}})
	o := open.Of(&r.S)
	r.Expect("it is asked for", o.AsksActivation(), true).Expect("suggested", o.Activation, "gelu_new")
	page := apptest.NewPage(t)
	page.State = r.S
	if html := page.HTML(); !strings.Contains(html, `id="open-activation"`) || strings.Contains(html, "of GELU is assumed") {
		t.Error("the dialog does not ask, or says twice what it takes")
	}
	page.On("change", "id", "open-activation", &apptest.Event{Value: "gelu"})
	a := o.FileAnswers
	a.Activation, a.Words = "gelu", "numbers"
	page.Last(open.Answered{Answers: FileAnswers{Heads: 1, Activation: "gelu", Words: o.Words}})
	r.Send(open.Answered{Answers: a}, open.Confirmed{}).Expect("the activation", r.S.Config.Activation, model.ErfGELU)
	if said := drawn(apptest.NewPage(t), r); !strings.Contains(said, "GELU by erf") {
		t.Errorf("the page does not say what was taken: %s", said)
	}
	a.Activation = "relu"
	r.Send(open.Reconsidered{}, open.Answered{Answers: a}, open.Confirmed{}).Expect("the activation", r.S.Config.Activation, model.ReLU)
	r.Send(CellChosen{Cell: &run.Cell{Name: "h.0.mlp.relu", Row: 1, Col: 3}})
	if e := r.S.Explained; e == nil || e.Op != model.OpReLU {
		t.Errorf("a number behind ReLU is explained by %+v", e)
	}
	if _, ok := r.S.View().Curve(); !ok {
		t.Error("ReLU has no curve")
	}
}

func TestAConfigurationInTheFileIsNotAskedFor(t *testing.T) {
	c := model.Config{Vocab: 7, Context: 8, Width: 64, Heads: 2, Blocks: 1, Tied: true, Activation: model.SiLU, PerBlock: true}
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "silu.safetensors", random(t, c))}})
	r.Expect("the activation is asked for", open.Of(&r.S).AsksActivation(), false)
	r.Send(open.Answered{Answers: FileAnswers{Words: "numbers"}}, open.Confirmed{}).Expect("the sizes", r.S.Config, c)
}

// TestWhatMemoryCannotHoldIsRefusedUnread opens a file of GPT-2 XL's shape, of which only the header is here.
func TestWhatMemoryCannotHoldIsRefusedUnread(t *testing.T) {
	for want, typ := range map[string]string{
		"XL.safetensors has 1558M parameters, which take 6.2 GB of memory; this page can use 1.6 GB. In Q4_0 it would take 876.2 MB": "F32",
		"XL.safetensors has 1558M parameters, which take 3.1 GB of memory; this page can use 1.6 GB. In Q4_0 it would take 876.2 MB": "F16",
	} {
		r := apptest.Open(t, "")
		header, size := headerOf(t, model.Config{Vocab: 50257, Context: 1024, Width: 1600, Heads: 25, Blocks: 48, Tied: true}, typ)
		file := give(r, "XL.safetensors", header)
		file.Size = size
		r.Send(open.Chosen{Files: []File{file}})
		if p := r.S.Problem; p == nil || !strings.Contains(strings.ReplaceAll(p.Detail, "\u00a0", " "), want) || !strings.Contains(p.Detail, "scripts/gpt serve") {
			t.Errorf("the problem is %+v; expected %q", p, want)
		}
		r.Expect("the phase", r.S.Phase, Ready)
	}
}

// headerOf returns the header of a file of safetensors that holds a model, its matrices in a type, and how long the file would be.
func headerOf(t *testing.T, c model.Config, typ string) (header []byte, size int) {
	t.Helper()
	m, err := model.Skeleton(c)
	if err != nil {
		t.Fatal(err)
	}
	text, at := "{", 0
	for _, p := range m.Parameters() {
		shape, as, each := m.StoredShape(p), typ, 4
		if m.Vector(p) {
			as = "F32"
		} else if typ == "F16" {
			each = 2
		}
		n := each
		for _, d := range shape {
			n *= d
		}
		text += fmt.Sprintf("%q:{\"dtype\":%q,\"shape\":%s,\"data_offsets\":[%d,%d]},", p.Name, as, strings.ReplaceAll(fmt.Sprint(shape), " ", ","), at, at+n)
		at += n
	}
	text = strings.TrimSuffix(text, ",") + "}"
	header = append(binary.LittleEndian.AppendUint64(nil, uint64(len(text))), text...)
	return header, len(header) + at
}
