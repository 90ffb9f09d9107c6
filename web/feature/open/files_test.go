package open_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/open"
)

const (
	firstPart  = "model-00001-of-00002.safetensors"
	secondPart = "model-00002-of-00002.safetensors"
)

// parts returns the file of a model in model/testdata in two parts, without its configuration.
func parts(t testing.TB, folder string) (first, second []byte) {
	t.Helper()
	f, err := safetensors.Decode(folder, weights(t, folder, true))
	if err != nil {
		t.Fatal(err)
	}
	half := len(f.Tensors) / 2
	for i, list := range [][]safetensors.Tensor{f.Tensors[:half], f.Tensors[half:]} {
		b, err := safetensors.Encode(&safetensors.File{Tensors: list})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = b
			continue
		}
		second = b
	}
	return first, second
}

const sorterConfig = `{"model_type": "gpt2", "n_head": 3, "n_embd": 48}`

// dialog returns what the dialog of a reader shows.
func dialog(t testing.TB, r *apptest.Reader) string {
	t.Helper()
	if open.Of(&r.S) == nil {
		t.Fatalf("there is no dialog; the problem is %+v", r.S.Problem)
	}
	return apptest.Draw(t, &open.Dialog{Screen: &Screen{State: &r.S}})
}

// holds fails unless a text holds others.
func holds(t testing.TB, text string, others ...string) {
	t.Helper()
	for _, want := range others {
		if !strings.Contains(text, want) {
			t.Errorf("expected %q in %s", want, text)
		}
	}
}

func TestFilesDroppedTogetherAreOpenedTogether(t *testing.T) {
	a, b := parts(t, "nano-sort")
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, secondPart, b), give(r, "config.json", []byte(sorterConfig)), give(r, "cat.png", []byte("\x89PNG\r\n\x1a\n and so on")),
		give(r, firstPart, a), give(r, "generation_config.json", []byte(`{"_from_model_config": true, "temperature": 0.7}`))}})
	html := dialog(t, r)
	holds(t, html, "Open model", "Configuration", "Weights", "Settings of writing, read for the tokens that end a text", "Left out, for the model does not need it: cat.png.", "taken from config.json: n_head = 3")
	if open.Of(&r.S).AsksHeads() || strings.Contains(html, "open-heads") || strings.Contains(html, "open-activation") {
		t.Errorf("it asks for what config.json says: %s", html)
	}
	r.Send(open.Answered{Answers: FileAnswers{Words: "letters", Alphabet: "ABC"}}, open.Confirmed{})
	r.Expect("the model", r.S.Model, "file.1").Expect("heads", r.S.Config.Heads, 3).Expect("its label", r.S.Choice().Label, "Your own")
	r.Send(PromptChanged{Text: "CBABBC"}, StepPressed{}).Expect("the answer", r.S.Written(), "A")
	r.Send(ModelChosen{ID: "sort"}, ModelChosen{ID: "file.1"}).Expect("heads", r.S.Config.Heads, 3).Expect("entries", len(r.S.Models), 3)
	total := 0
	for _, file := range r.Files {
		total += len(file)
	}
	r.Expect("bytes that are read again", apptest.LastOf[ReadFile](r).Bytes(), total)
}

func TestWhatIsMissingIsNamedAndCanBeAdded(t *testing.T) {
	a, b := parts(t, "nano-sort")
	for _, first := range []bool{true, false} {
		r := apptest.Open(t, "").Send(StepPressed{})
		one, two := give(r, firstPart, a), give(r, secondPart, b)
		missing := secondPart
		if !first {
			one, two, missing = two, one, firstPart
		}
		r.Commands = nil
		r.Send(open.Chosen{Files: []File{one, give(r, "config.json", []byte(sorterConfig))}})
		r.Expect("the focus", apptest.LastOf[Focus](r).ID, "open-add")
		html := dialog(t, r)
		holds(t, html, "A part of the weights is missing", missing, "Missing", "Open model<", `id="open-add" class="button primary"`)
		if strings.Contains(html, "open-confirm") || strings.Contains(html, "open-heads") {
			t.Errorf("it offers to open what is not whole: %s", html)
		}
		r.Send(open.Confirmed{}).Expect("it waits", open.Of(&r.S) != nil, true)
		r.Send(open.Chosen{Files: []File{two}})
		if html := dialog(t, r); strings.Contains(html, "Missing") {
			t.Errorf("after the other part: %s", html)
		}
		r.Send(open.Answered{Answers: FileAnswers{Words: "numbers"}}, open.Confirmed{}).Expect("heads", r.S.Config.Heads, 3)
	}
}

func TestAConfigurationAloneAsksForItsWeights(t *testing.T) {
	a, b := parts(t, "nano-sort")
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "config.json", []byte(sorterConfig))}})
	holds(t, dialog(t, r), "The weights are missing", "this file came from", "model.safetensors", "Configuration")
	r.Send(open.Chosen{Files: []File{give(r, "cat.png", []byte("\x89PNG\r\n\x1a\n and so on"))}})
	holds(t, dialog(t, r), "The weights are missing", "cat.png")
	r.Send(open.Chosen{Files: []File{give(r, "model.gguf", []byte("GGUF\x03\x00\x00\x00and so on"))}})
	holds(t, dialog(t, r), "Nothing was added. model.gguf: the file is incomplete", "The weights are missing")
	r.Send(open.Chosen{Files: []File{give(r, firstPart, a), give(r, secondPart, b)}})
	r.Expect("heads", open.Of(&r.S).Known.Config.Heads, 3).Expect("what was said", open.Of(&r.S).Said, "")
	r.Send(open.Cancelled{}).Expect("the model", r.S.Model, "sort")
}

func TestASecondDropAddsToTheFirst(t *testing.T) {
	r := apptest.Open(t, "")
	tiny := give(r, "tiny.safetensors", weights(t, "tiny-gpt2", true))
	r.Send(open.Chosen{Files: []File{tiny}}).Send(open.Answered{Answers: FileAnswers{Heads: 2, Activation: "relu", Words: "letters", Alphabet: alphabet65[:9]}})
	r.Send(open.Chosen{Files: []File{give(r, "merges.txt", []byte("#version: 0.2\nt h\n"))}})
	o := open.Of(&r.S)
	if want := (FileAnswers{Heads: 2, Activation: "relu", Words: "letters", Alphabet: alphabet65[:9]}); o.FileAnswers != want || len(o.Files) != 2 {
		t.Errorf("after another file the answers are %+v; expected %+v", o.FileAnswers, want)
	}
	r.Send(open.Chosen{Files: []File{give(r, "config.json", []byte(`{"n_head": 4, "activation_function": "gelu_new"}`))}})
	r.Expect("heads are asked for", open.Of(&r.S).AsksHeads(), false).Expect("what is typed", open.Of(&r.S).Alphabet, alphabet65[:9])
	r.Send(open.Chosen{Files: []File{tiny}}).Expect("files, one of which came twice", len(open.Of(&r.S).Files), 3)
	r.Send(open.Answered{Answers: FileAnswers{Words: "numbers"}}, open.Confirmed{}).Expect("heads", r.S.Config.Heads, 4).Expect("the model", r.S.Model, "file.1")
}

func TestASecondModelReplacesTheFirstAndSaysSo(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "tiny.safetensors", weights(t, "tiny-gpt2", true))}})
	r.Send(open.Chosen{Files: []File{give(r, "mine.safetensors", weights(t, "nano-sort", false))}})
	holds(t, dialog(t, r), "Open mine.safetensors", "Put aside for your new files: tiny.safetensors. These are several models: tiny.safetensors and mine.safetensors; open one of them at a time.")
	r.Send(open.Chosen{Files: []File{give(r, "damaged.safetensors", weights(t, "nano-sort", false)[:500])}})
	holds(t, dialog(t, r), "Open mine.safetensors", "Nothing was added. damaged.safetensors: the file is incomplete")
	r.Send(open.Confirmed{}).Expect("the model", r.S.Model, "file.2").Expect("the text", r.S.Text, "ABC")
}

func TestTwoModelsAtOnceAreNamed(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "a.safetensors", weights(t, "nano-sort", false)), give(r, "b.safetensors", weights(t, "tiny-gpt2", false))}})
	if p := r.S.Problem; p == nil || !strings.Contains(p.Detail, "These are several models: a.safetensors and b.safetensors; open one of them at a time. Nothing was replaced.") {
		t.Errorf("the problem is %+v", p)
	}
}

func TestWhatBelongsToTheModelThatIsOpenIsAddedToIt(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Files: []File{give(r, "tiny.safetensors", weights(t, "tiny-gpt2", true))}})
	r.Send(open.Answered{Answers: FileAnswers{Heads: 8, Words: "letters", Alphabet: alphabet65}}, open.Confirmed{}).Expect("heads", r.S.Config.Heads, 8)
	r.Send(open.Chosen{Files: []File{give(r, "config.json", []byte(`{"n_head": 4, "model_type": "gpt2"}`))}})
	if o := open.Of(&r.S); o != nil { // the letters are asked for again, as they were
		r.Expect("what was typed", o.Alphabet, alphabet65).Send(open.Confirmed{})
	}
	r.Expect("heads", r.S.Config.Heads, 4).Expect("the model", r.S.Model, "file.1").Expect("entries", len(r.S.Models), 3).Expect("letters", r.S.Config.Alphabet, alphabet65)
	r.Send(open.Chosen{Files: []File{give(r, "mine.safetensors", weights(t, "nano-sort", false))}})
	r.Expect("another model", r.S.Model, "file.3").Expect("entries", len(r.S.Models), 4).Expect("a dialog is left", open.Of(&r.S) != nil, false)
}

func TestADropIsNeverLostWhateverIsUnderWay(t *testing.T) {
	for step := range 4 {
		r := apptest.Open(t, "")
		file := random(t, model.Config{Vocab: 7, Context: 8, Width: 64, Heads: 1, Blocks: 1, Tied: true, Alphabet: "abcdefg"})
		config := give(r, "config.json", []byte(`{"n_head": 1}`))
		r.Slow = true
		r.Send(open.Chosen{Files: []File{give(r, "m.safetensors", file)}})
		if step > 0 {
			r.DeliverOne() // the header says everything, so that it is read
		}
		if step > 1 {
			id := apptest.LastOf[ReadFile](r).Request
			r.Send(FileRead{Request: id, Bytes: len(file)}).Expect("the step", open.Of(&r.S).Step, open.Loads)
		}
		r.Send(open.Chosen{Files: []File{config}})
		if step > 2 {
			r.Send(open.Chosen{Files: []File{give(r, "README.md", []byte("# A model"))}})
			holds(t, dialog(t, r), "once this model is here: README.md.")
		}
		r.Slow = false
		r.Deliver()
		r.Expect("a dialog is left", open.Of(&r.S) != nil, false).Expect("the model", r.S.Model, "file.2")
		r.Expect("its files", len(r.S.Choice().Source.Files), max(2, step))
	}
}

func TestAFolderIsNamedAndItsLimitsAreSaid(t *testing.T) {
	a, b := parts(t, "nano-sort")
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Folder: "sorter", Closed: []string{"sorter/.git"}, Files: []File{give(r, "sorter/"+firstPart, a), give(r, "sorter/"+secondPart, b)}})
	holds(t, dialog(t, r), "Open sorter", "A folder was not looked into: sorter/.git.")
	r.Send(open.Chosen{Folder: "large", TooMany: true})
	holds(t, dialog(t, r), "The folder large holds more than 200 files. Open the folder of the model itself, or choose its files.")
	r.Send(open.Cancelled{}, open.Chosen{Folder: "shut", Closed: []string{"shut"}})
	holds(t, r.S.Problem.Detail, "does not let this page look into the folder shut")
	r.Send(open.Chosen{Folder: "bare"})
	if p := r.S.Problem; p == nil || p.Detail != "The folder bare holds no files. Nothing was replaced." {
		t.Errorf("the problem is %+v", p)
	}
}

func TestWhatIsGatheredOfAFolder(t *testing.T) {
	g := open.Gathering{Folder: "m"}
	for _, name := range []string{"m/b", "m/a", "m/x/y/c", "m/x/y/z/d", "m/.git/objects/e", "m/.git/f", "m/.gitignore"} {
		if !g.ShutAbove(name) && !g.Add(name) {
			t.Errorf("there is no room for %s", name)
		}
	}
	var names []string
	for _, i := range g.Order() {
		names = append(names, g.Names[i])
	}
	if got := fmt.Sprint(names, g.Closed); got != "[m/.gitignore m/a m/b m/x/y/c] [m/.git m/x/y/z]" {
		t.Errorf("gathered are %s", got)
	}
	one := open.Gathering{Names: []string{"b", "a"}}
	if !slices.Equal(one.Order(), []int{0, 1}) {
		t.Errorf("files that were chosen are put in the order %v", one.Order())
	}
	for n := range open.MostFiles + 1 {
		if one.Add(fmt.Sprint(n)) != (n < open.MostFiles-2) || one.TooMany != (n >= open.MostFiles-2) {
			t.Errorf("file %d: %d are there, too many: %t", n, len(one.Names), one.TooMany)
		}
	}
}
