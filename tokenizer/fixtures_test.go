package tokenizer

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"unicode/utf8"

	"glassbox/tokenizer/r50k"
)

// loaded builds the encoding once for all tests: it takes a tenth of a second.
var loaded = sync.OnceValues(func() (*GPT2, error) { return NewGPT2(r50k.Table()) })

// gpt2 returns the encoding of GPT-2.
func gpt2(t testing.TB) *GPT2 {
	t.Helper()
	g, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// readJSON reads a fixture into v.
func readJSON(t testing.TB, name string, v any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// textCase is a text and the ids that other implementations agree on.
type textCase struct {
	Text    string
	IDs     []int
	Source  string
	Special bool
}

func textCases(t testing.TB) []textCase {
	var cases []textCase
	readJSON(t, "cases.json", &cases)
	if len(cases) < 800 {
		t.Fatalf("cases.json has %d cases, want all 819", len(cases))
	}
	return cases
}

// checkSpans fails unless tokens cover text and each stands for its bytes.
func checkSpans(t testing.TB, tok Tokenizer, text string, tokens []Token) {
	t.Helper()
	at := 0
	for i, token := range tokens {
		piece, ok := tok.Piece(token.ID)
		if !ok || token.Start != at || token.End > len(text) || text[token.Start:token.End] != string(piece) {
			t.Fatalf("token %d of %q is %+v for %q, want it to start at %d", i, text, token, piece, at)
		}
		at = token.End
	}
	if at != len(text) {
		t.Fatalf("the tokens of %q end at byte %d of %d", text, at, len(text))
	}
}

// checkEncoders fails unless tiktoken-go, our own merges and the listed steps agree on text.
func checkEncoders(t testing.TB, g *GPT2, text string) {
	t.Helper()
	want := g.core(text)
	own := g.appendMerged(nil, text, 0)
	if got := IDs(own); !slices.Equal(got, want) {
		t.Fatalf("our merges of %.200q give %v, tiktoken-go %v", text, got, want)
	}
	checkSpans(t, g, text, own)
	words, err := g.Merges(text)
	if err != nil {
		t.Fatal(err)
	}
	var listed []Token
	for _, w := range words {
		listed = append(listed, w.Tokens()...)
	}
	if !slices.Equal(listed, own) {
		t.Fatalf("the listed merges of %.200q end in %v, want %v", text, listed, own)
	}
}

func TestEveryFixtureEncodesToItsIDs(t *testing.T) {
	g := gpt2(t)
	for i, c := range textCases(t) {
		encode := g.Encode
		if c.Special {
			encode = g.EncodeSpecial
		}
		tokens, err := encode(c.Text)
		if err != nil {
			t.Errorf("case %d: %v", i, err)
			continue
		}
		if got := IDs(tokens); !slices.Equal(got, c.IDs) {
			t.Errorf("case %d (%s): %.200q gives %v, want %v", i, c.Source, c.Text, got, c.IDs)
		}
		checkSpans(t, g, c.Text, tokens)
		if back, err := g.Decode(c.IDs); err != nil || string(back) != c.Text {
			t.Errorf("case %d: the ids decode to %.200q, %v, want %.200q", i, back, err, c.Text)
		}
	}
}

func TestBothEncodersAndTheListedMergesAgreeOnEveryFixture(t *testing.T) {
	g := gpt2(t)
	for _, c := range textCases(t) {
		checkEncoders(t, g, c.Text)
	}
}

func TestEveryDecodeFixtureGivesItsBytes(t *testing.T) {
	var cases []struct {
		IDs   []int
		Hex   string `json:"bytes_hex"`
		Valid bool   `json:"valid_utf8"`
	}
	readJSON(t, "decode_cases.json", &cases)
	if len(cases) < 30 {
		t.Fatalf("decode_cases.json has %d cases, want 30", len(cases))
	}
	g := gpt2(t)
	for i, c := range cases {
		got, err := g.Decode(c.IDs)
		if err != nil || hex.EncodeToString(got) != c.Hex {
			t.Errorf("case %d: %v decode to %x, %v, want %s", i, c.IDs, got, err, c.Hex)
		}
		if utf8.Valid(got) != c.Valid {
			t.Errorf("case %d: valid UTF-8 is %v, want %v", i, !c.Valid, c.Valid)
		}
	}
}
