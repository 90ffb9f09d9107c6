package published

import (
	"slices"
	"strings"
	"testing"

	"glassbox/tokenizer"
)

// TestATextIsCutAsWasAskedFor: metadata that do not say how, or say it otherwise, give the tokens of metadata that do say it.
func TestATextIsCutAsWasAskedFor(t *testing.T) {
	const text = "(a" // one word to Llama 3, two to GPT-2
	ids := func(tok *Tokenizer, err error) []int {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		tokens, err := tok.Encoding.Encode(text)
		if err != nil {
			t.Fatal(err)
		}
		return tokenizer.IDs(tokens)
	}
	said := with(with(with(gpt2(), keyTokens, []string{"(", "a", "(a", "<|endoftext|>", "<|im_end|>", "Ġ"}), keyMerges, []string{"( a"}), keyPre, "llama-bpe")
	other := with(said, keyPre, "gpt-2")
	want := ids(FromGGUF(said))
	if slices.Equal(ids(FromGGUF(other)), want) {
		t.Fatal("the text has the same tokens in either way")
	}
	for name, m := range map[string]fake{"unsaid": with(said, keyPre, nil), "said otherwise": other, "unknown": with(said, keyPre, "of-tomorrow")} {
		tok, err := FromGGUFCut(m, "llama3")
		if got := ids(tok, err); !slices.Equal(got, want) || tok.Notes != nil || tok.Encoding.Name() != "llama3" {
			t.Errorf("%s: %v, %v; expected %v", name, got, tok.Notes, want)
		}
	}
	vocab, merges := []byte(`{"(":0,"a":1,"(a":2}`), []byte("( a\n")
	for split, want := range map[string][]int{"gpt2": {0, 1}, "llama3": {2}} {
		for class, config := range map[string]string{"GPT-2": `{"tokenizer_class": "GPT2Tokenizer"}`, "one that is unknown": `{"tokenizer_class": "NewTokenizer"}`} {
			if got := ids(Files{Vocabulary: vocab, Merges: merges, Config: []byte(config), Split: split}.Read()); !slices.Equal(got, want) {
				t.Errorf("files of the class %s, cut as %s: %v; expected %v", class, split, got, want)
			}
		}
	}
	llama3 := Files{Tokenizer: read(t, "llama3.tokenizer.json"), Split: "qwen2"}
	if tok, err := llama3.Read(); err != nil || tok.Encoding.Name() != "qwen2" {
		t.Errorf("a tokenizer.json is cut as it says, and not as was asked for: %v, %v", tok, err)
	}
}

func TestWhatIsNoWayOfCuttingIsRefused(t *testing.T) {
	for _, read := range []func() (*Tokenizer, error){
		func() (*Tokenizer, error) { return FromGGUFCut(gpt2(), "bert") },
		Files{Tokenizer: small(t, nil), Split: "bert"}.Read,
	} {
		if _, err := read(); err == nil || !strings.Contains(err.Error(), "called bert here; expected gpt2, smollm, llama3, qwen2, tekken and gpt4o") {
			t.Errorf("it is refused with %v", err)
		}
	}
	tok, err := FromGGUFCut(stories(t), "gpt2")
	if err != nil || len(tok.Notes) != 1 || tok.Notes[0].Kind != "splitUnused" {
		t.Errorf("pieces that are cut by nothing: %v, %v", tok, err)
	}
}

func TestTheNamesOfBothProgramsAreKnown(t *testing.T) {
	for name, want := range map[string]string{"llama-bpe": "llama3", "llama3": "llama3", "gpt-4o": "gpt4o", "gpt4o": "gpt4o", "smollm": "smollm"} {
		if got, ok := SplitOf(name); got != want || !ok {
			t.Errorf("%s is %s, %v; expected %s", name, got, ok, want)
		}
	}
	for _, split := range Splits() {
		if got, ok := SplitOf(PreOf(split)); got != split || !ok {
			t.Errorf("%s is called %s, which is %s, %v", split, PreOf(split), got, ok)
		}
	}
	if got, ok := SplitOf("space"); ok {
		t.Errorf("the cutting of pieces is %s", got)
	}
}

// TestWhatIsAssumedIsKnownBeforeItIsRead, and of a vocab.json that is not GPT-2's it is said.
func TestWhatIsAssumedIsKnownBeforeItIsRead(t *testing.T) {
	for want, m := range map[string]fake{"gpt2": with(gpt2(), keyPre, nil), "": gpt2()} {
		if got := AssumedSplit(m); got != want {
			t.Errorf("%q is assumed; expected %q", got, want)
		}
	}
	if got := AssumedSplit(stories(t)); got != "" {
		t.Errorf("of pieces %q is assumed", got)
	}
	vocab, merges := []byte(`{"a":0,"b":1,"ab":2}`), []byte("a b\n")
	tok, err := Files{Vocabulary: vocab, Merges: merges}.Read()
	if err != nil || len(tok.Notes) != 1 || tok.Notes[0].Kind != "preAssumed" {
		t.Errorf("a vocabulary of its own: %+v, %v", tok, err)
	}
	tok, err = Files{Vocabulary: vocab, Merges: merges, Split: "qwen2"}.Read()
	if err != nil || tok.Notes != nil || tok.Encoding.Name() != "qwen2" {
		t.Errorf("a vocabulary that is cut as was asked for: %+v, %v", tok, err)
	}
}
