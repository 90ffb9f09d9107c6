package engine

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/safetensors"
)

// otherModel returns the file of a published model as others would have written it: without
// a configuration.
func otherModel(t testing.TB, folder string) []byte {
	t.Helper()
	b, err := os.ReadFile("../../model/testdata/" + folder + "/weights.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode(folder, b)
	if err != nil {
		t.Fatal(err)
	}
	f.Metadata = nil
	if b, err = safetensors.Encode(f); err != nil {
		t.Fatal(err)
	}
	return b
}

// padded returns a small model with a vocabulary of V.
func padded(t testing.TB, V int) []byte {
	t.Helper()
	m, err := model.New(model.Config{Vocab: V, Context: 8, Width: 2, Heads: 1, Blocks: 1, Tied: true})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(1)
	b, err := checkpoint.Save(m, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAFileIsInspectedByItsHeader(t *testing.T) {
	b := otherModel(t, "nano-sort")
	e := New()
	i := ask(t, e, Request{Inspect: &Inspect{Files: []FileHead{{Name: "nano", Head: b[:len(b)-8], Size: len(b)}}}}).Inspected
	if c := i.Config; c.Vocab != 3 || c.Width != 48 || c.Blocks != 3 || c.Heads != 0 || i.Asserted || i.Words != "" {
		t.Errorf("the header says %+v", i)
	}
	b = padded(t, 50257)
	if i := ask(t, e, Request{Inspect: &Inspect{Files: []FileHead{{Name: "gpt2", Head: b[:2000], Size: len(b)}}}}).Inspected; i.Words != "gpt2" || !i.Asserted {
		t.Errorf("the header says %+v", i)
	}
	if r := try(t, e, Request{Inspect: &Inspect{Files: []FileHead{{Name: "cat.png", Head: []byte("\x89PNG\r\n\x1a\n  "), Size: 10}}}}); !strings.Contains(r.Error, "cat.png: this is an image (PNG)") {
		t.Errorf("a picture is refused with %q", r.Error)
	}
}

func TestFilesThatComeToOthersAreLookedAtWithThem(t *testing.T) {
	e := New()
	head := func(name string, b []byte) FileHead { return FileHead{Name: name, Head: b, Size: len(b)} }
	mine, other, config := head("mine.safetensors", otherModel(t, "nano-sort")), head("other.safetensors", otherModel(t, "tiny-gpt2")), head("config.json", []byte(`{"n_head": 3}`))
	picture := head("cat.png", []byte("\x89PNG\r\n\x1a\n and so on"))
	for want, q := range map[string]Inspect{
		"mine.safetensors 2 3 heads ":                  {Files: []FileHead{mine, config}, Held: 1},
		"mine.safetensors 2 0 heads ":                  {Files: []FileHead{mine, picture}, Held: 1},
		"other.safetensors 1 0 heads new these are se": {Files: []FileHead{mine, other}, Held: 1},
		"mine.safetensors 1 0 heads held cut: the fil": {Files: []FileHead{mine, head("cut", mine.Head[:9])}, Held: 1},
		"other.safetensors 1 0 heads new ":             {Files: []FileHead{mine, other}, Held: 1, Open: true},
		"mine.safetensors 2 3 heads  ":                 {Files: []FileHead{mine, config}, Held: 1, Open: true},
	} {
		i := ask(t, e, Request{Inspect: &q}).Inspected
		got := fmt.Sprintf("%s %d %d heads %s ", i.Name, len(i.Members), i.Config.Heads, i.Took)
		if i.Refused != nil {
			got += i.Refused.Error()
		}
		if !strings.HasPrefix(got, strings.TrimSpace(want)) {
			t.Errorf("told %q; expected %q", got, want)
		}
	}
	for want, q := range map[string]Inspect{"asks for nothing": {}, "Cat.png: this is an image": {Files: []FileHead{mine, picture}, Held: 1, Open: true}} {
		if r := try(t, e, Request{Inspect: &q}); !strings.Contains(strings.ToLower(r.Error), strings.ToLower(want)) {
			t.Errorf("refused with %q; expected %q", r.Error, want)
		}
	}
}

func TestFilesOfAModelComeBehindOneAnother(t *testing.T) {
	b, config := otherModel(t, "nano-sort"), []byte(`{"n_head": 3}`)
	l := Load{Name: "mine", File: slices.Concat(config, b), Files: []FilePiece{{Name: "config.json", Size: len(config), Bytes: len(config)}, {Name: "mine", Size: len(b), Bytes: len(b)}}, Words: "numbers"}
	e := New()
	if c := ask(t, e, Request{Load: &l}).Loaded.Config; c.Heads != 3 {
		t.Errorf("loaded %+v", c)
	}
	l.File = l.File[:len(l.File)-1]
	if r := try(t, e, Request{Load: &l}); !strings.Contains(r.Error, "the files of mine did not come whole") && !strings.Contains(r.Error, "The files of mine did not come whole") {
		t.Errorf("files that are cut are refused with %q", r.Error)
	}
}

func TestWhatAFileLeavesOpenIsAnswered(t *testing.T) {
	e := New()
	l := Load{Name: "mine", File: otherModel(t, "nano-sort"), Heads: 3, Words: "letters", Alphabet: "xyz"}
	loaded := ask(t, e, Request{ID: 1, Load: &l}).Loaded
	if loaded.Config.Alphabet != "xyz" || loaded.Config.Heads != 3 {
		t.Errorf("loaded %+v", loaded.Config)
	}
	if ran := ask(t, e, Request{ID: 2, Run: greedy("zyxyyz")}).Ran; ran.Next.Text != "x" {
		t.Errorf("zyxyyz goes on with %+v", ran.Next)
	}
	for want, l := range map[string]Load{
		"C = 48 is no multiple of 64":  {File: l.File},
		"2 characters; expected 3":     {File: l.File, Heads: 3, Words: "letters", Alphabet: "xy"},
		`has "x" twice`:                {File: l.File, Heads: 3, Words: "letters", Alphabet: "xyx"},
		"knows 3 tokens; the GPT-2":    {File: l.File, Heads: 3, Words: "gpt2"},
		`no tokenizer named "klingon"`: {File: l.File, Heads: 3, Words: "klingon"},
	} {
		l.Name = "other"
		if r := try(t, e, Request{ID: 3, Load: &l}); !strings.Contains(r.Error, want) {
			t.Errorf("refused with %q; expected %q", r.Error, want)
		}
	}
	if ran := ask(t, e, Request{ID: 4, Run: greedy("zyxyyz")}).Ran; ran.Next.Text != "x" || ran.Computed != 0 {
		t.Errorf("after files that were refused zyxyyz goes on with %+v, %d rows computed", ran.Next, ran.Computed)
	}
}

func TestTokensWithoutATextAreTypedAsNumbers(t *testing.T) {
	e := New()
	ask(t, e, Request{ID: 1, Load: &Load{Name: "mine", File: otherModel(t, "nano-sort"), Heads: 3, Words: "numbers"}})
	ran := ask(t, e, Request{ID: 2, Run: greedy(" 2, 1 0 1 1 2 ", 0)}).Ran
	if len(ran.Tokens) != 7 || ran.Tokens[0] != (Token{ID: 2, Start: 0, End: 2, Text: "2"}) || ran.Tokens[5] != (Token{ID: 2, Start: 11, End: 14, Text: "2"}) || ran.Tokens[6].Text != "0" {
		t.Errorf("the tokens are %+v", ran.Tokens)
	}
	for text, want := range map[string]string{"0 3": `"3" is no token of this model; type whole numbers from 0 to 2`, "A": `"A" is no token`, "0 -1": `"-1"`} {
		if r := try(t, e, Request{ID: 3, Run: greedy(text)}); !strings.Contains(r.Error, want) {
			t.Errorf("%q is refused with %q", text, r.Error)
		}
	}
	if ran := ask(t, e, Request{ID: 4, Run: greedy(" ,")}).Ran; len(ran.Tokens) != 0 {
		t.Errorf("nothing but separators has the tokens %+v", ran.Tokens)
	}
}

func TestAPaddedVocabularyOfGPT2(t *testing.T) {
	e := withTable(t, New())
	ask(t, e, Request{ID: 3, Load: &Load{Name: "nano", File: padded(t, 50304), Words: "gpt2"}})
	ran := ask(t, e, Request{ID: 4, Run: greedy("How to predict", 50300)}).Ran
	if len(ran.Tokens) != 4 || ran.Tokens[2].ID != 4331 || ran.Tokens[3].Text != "#50300" {
		t.Errorf("the tokens are %+v", ran.Tokens)
	}
}

func FuzzNumbersCoverTheText(f *testing.F) {
	f.Add("1, 2 3")
	f.Add(" 64\n")
	f.Fuzz(func(t *testing.T, text string) {
		tokens, err := numbers(65).Encode(text)
		if err != nil || len(tokens) == 0 {
			return
		}
		at := 0
		for _, token := range tokens {
			if token.Start != at || token.End <= at || token.ID < 0 || token.ID >= 65 {
				t.Fatalf("%q has the tokens %v", text, tokens)
			}
			at = token.End
		}
		if at != len(text) {
			t.Fatalf("the tokens of %q end at %d", text, at)
		}
	})
}

func TestRowsOfSeveralTensorsAreReadAtOnce(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 2, Run: greedy("CBABBC")})
	list := ask(t, e, Request{ID: 3, Read: &Read{Rows: []Tensor{{Name: "ln_f", From: 2, To: 4}, {Name: "wte.weight", To: 3}}}}).Read
	if len(list) != 2 || list[0].From != 2 || len(list[0].Data) != 2*48 || len(list[1].Data) != 3*48 {
		t.Errorf("read %+v", list)
	}
	if r := try(t, e, Request{ID: 4, Read: &Read{Rows: []Tensor{{Name: "ln_f", To: 1}, {Name: "nothing", To: 1}}}}); !strings.Contains(r.Error, "nothing") {
		t.Errorf("an unknown name gives %q", r.Error)
	}
}
