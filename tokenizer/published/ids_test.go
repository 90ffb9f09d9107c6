package published

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"glassbox/tokenizer"
	"glassbox/tokenizer/chat"
)

// read returns a file of the test data of package tokenizer.
func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// parse reads a file of the test data into v.
func parse(t testing.TB, name string, v any) {
	t.Helper()
	if err := json.Unmarshal(read(t, name), v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// text is a text of the test data, and whether special tokens are read out of it.
type text struct {
	Text    string
	Special bool
}

// texts returns all texts, in the order of the expected ids.
func texts(t testing.TB) []text {
	var all []text
	parse(t, "cases.json", &all)
	var more struct{ Texts, Special []string }
	parse(t, "more_cases.json", &more)
	for _, s := range more.Texts {
		all = append(all, text{s, false})
	}
	for _, s := range more.Special {
		all = append(all, text{s, true})
	}
	return all
}

// check fails unless the encoding gives the expected ids, spans that follow one another, and merges that end in the same.
func check(t *testing.T, b *tokenizer.BPE, all []text, expected [][]int) {
	t.Helper()
	if len(all) != len(expected) || len(all) < 100 {
		t.Fatalf("%d texts have %d rows of ids", len(all), len(expected))
	}
	for i, c := range all {
		encode := b.Encode
		if c.Special {
			encode = b.EncodeSpecial
		}
		tokens, err := encode(c.Text)
		if err != nil {
			t.Fatal(err)
		}
		if got := tokenizer.IDs(tokens); !slices.Equal(got, expected[i]) {
			t.Errorf("text %d, %.100q, gives\n  %v\nexpected\n  %v", i, c.Text, cut(got), cut(expected[i]))
			continue
		}
		checkSpans(t, b, c.Text, tokens)
		if c.Special {
			continue
		}
		words, err := b.Merges(c.Text)
		if err != nil {
			t.Fatal(err)
		}
		var listed []tokenizer.Token
		for _, w := range words {
			listed = append(listed, w.Tokens()...)
		}
		if !slices.Equal(listed, tokens) && len(tokens) > 0 {
			t.Errorf("the merges of %.100q end in %v, expected %v", c.Text, listed, tokens)
		}
	}
}

// cut returns the first of ids.
func cut(ids []int) []int { return ids[:min(len(ids), 60)] }

// checkSpans fails unless tokens follow one another, and all that is missing between them has no token.
func checkSpans(t *testing.T, b *tokenizer.BPE, text string, tokens []tokenizer.Token) {
	t.Helper()
	missing, err := b.Missing(text)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, token := range append(tokens, tokenizer.Token{Start: len(text), End: len(text)}) {
		for len(missing) > 0 && at < token.Start && missing[0].Start == at {
			at, missing = missing[0].End, missing[1:]
		}
		if token.Start != at || token.End < at {
			t.Fatalf("%.100q has a token %+v, expected it at byte %d", text, token, at)
		}
		at = token.End
	}
}

func TestPublishedTokenizersGiveTheIDsOfReferenceImplementations(t *testing.T) {
	for _, name := range []string{"smollm", "llama3", "qwen3"} {
		t.Run(name, func(t *testing.T) {
			var expected [][]int
			parse(t, name+".ids.json", &expected)
			tok, err := FromJSON(read(t, name+".tokenizer.json"), nil)
			if err != nil {
				t.Fatal(err)
			}
			if want := strings.Replace(name, "qwen3", "qwen2", 1); tok.Encoding.Name() != want {
				t.Errorf("it is called %s, expected %s", tok.Encoding.Name(), want)
			}
			check(t, tok.Encoding, texts(t), expected)
		})
	}
}

// fake is metadata of GGUF as a map.
type fake map[string]any

func get[T any](m fake, key string) (v T, err error) {
	v, ok := m[key].(T)
	if !ok {
		err = os.ErrNotExist
	}
	return v, err
}

func (m fake) Has(key string) bool                  { return m[key] != nil }
func (m fake) Text(key string) (string, error)      { return get[string](m, key) }
func (m fake) Texts(key string) ([]string, error)   { return get[[]string](m, key) }
func (m fake) Ints(key string) ([]int, error)       { return get[[]int](m, key) }
func (m fake) Floats(key string) ([]float32, error) { return get[[]float32](m, key) }
func (m fake) Uint(key string) (uint64, error)      { return get[uint64](m, key) }
func (m fake) Bool(key string) (bool, error)        { return get[bool](m, key) }

// stories is the metadata of stories260K.gguf.
func stories(t testing.TB) fake {
	var v struct {
		Tokens []string
		Scores []float32
		Types  []int
	}
	parse(t, "stories260k.vocabulary.json", &v)
	return fake{keyModel: "llama", keyTokens: v.Tokens, keyScores: v.Scores, keyTypes: v.Types,
		keyBOS: uint64(1), keyEOS: uint64(2), keyUnknown: uint64(0)}
}

func TestSentencePieceGivesTheIDsOfItsOwnImplementation(t *testing.T) {
	var expected [][]int
	parse(t, "stories260k.ids.json", &expected)
	tok, err := FromGGUF(stories(t))
	if err != nil {
		t.Fatal(err)
	}
	all := texts(t)
	for i := range all {
		all[i].Special = false // the reference reads no special tokens out of a text
	}
	check(t, tok.Encoding, all, expected)
}

func TestSentencePieceAsPairsGivesTheIDsOfTokenizers(t *testing.T) {
	var expected map[string]struct {
		Normalizer   any
		PreTokenizer any `json:"pre_tokenizer"`
		IDs          [][]int
	}
	var file map[string]any
	parse(t, "spaced.ids.json", &expected)
	parse(t, "spaced.tokenizer.json", &file)
	for name, want := range expected {
		t.Run(name, func(t *testing.T) {
			file["normalizer"], file["pre_tokenizer"] = want.Normalizer, want.PreTokenizer
			text, err := json.Marshal(file)
			if err != nil {
				t.Fatal(err)
			}
			tok, err := FromJSON(text, nil)
			if err != nil {
				t.Fatal(err)
			}
			all := texts(t)
			check(t, tok.Encoding, all[len(all)-len(want.IDs):], want.IDs)
		})
	}
}

// asGGUF returns the metadata that a GGUF made of a tokenizer.json has.
func asGGUF(t *testing.T, name, pre string) fake {
	t.Helper()
	var file struct {
		Model struct {
			Vocab  map[string]int
			Merges []string
		}
		Added []struct {
			ID      int
			Content string
			Special bool
		} `json:"added_tokens"`
	}
	parse(t, name+".tokenizer.json", &file)
	n := 0
	for _, id := range file.Model.Vocab {
		n = max(n, id+1)
	}
	tokens, types := make([]string, n), make([]int, n)
	for id := range types {
		types[id] = int(tokenizer.Unused)
	}
	for token, id := range file.Model.Vocab {
		tokens[id], types[id] = token, int(tokenizer.Normal)
	}
	for _, a := range file.Added {
		tokens[a.ID], types[a.ID] = a.Content, int(tokenizer.UserDefined)
		if a.Special {
			types[a.ID] = int(tokenizer.Control)
		}
	}
	return fake{keyModel: "gpt2", keyPre: pre, keyTokens: tokens, keyTypes: types, keyMerges: file.Model.Merges}
}

func TestMetadataOfGGUFGivesTheSameIDs(t *testing.T) {
	for name, pre := range map[string]string{"smollm": "smollm", "llama3": "llama-bpe", "qwen3": "qwen2"} {
		t.Run(name, func(t *testing.T) {
			var expected [][]int
			parse(t, name+".ids.json", &expected)
			tok, err := FromGGUF(asGGUF(t, name, pre))
			if err != nil {
				t.Fatal(err)
			}
			check(t, tok.Encoding, texts(t), expected)
		})
	}
}

func TestTheIDsOfATextGiveItBack(t *testing.T) {
	for _, name := range []string{"llama3", "qwen3"} {
		tok, err := FromJSON(read(t, name+".tokenizer.json"), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range texts(t)[:800] { // all composed
			tokens, err := tok.Encoding.Encode(c.Text)
			if err != nil {
				t.Fatal(err)
			}
			if back, err := tok.Encoding.Decode(tokenizer.IDs(tokens)); err != nil || string(back) != c.Text {
				t.Errorf("%s gives %.100q back as %.100q, %v", name, c.Text, back, err)
			}
		}
	}
	tok, err := FromGGUF(stories(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range texts(t) {
		tokens, err := tok.Encoding.EncodeSpecial(c.Text)
		if err != nil {
			t.Fatal(err)
		}
		want := strings.ReplaceAll(c.Text, "▁", " ")
		if back, err := tok.Encoding.Decode(tokenizer.IDs(tokens)); err != nil || string(back) != want {
			t.Errorf("SentencePiece gives %.100q back as %.100q, %v", want, back, err)
		}
	}
}

// The ids are those of apply_chat_template in transformers 5.24.0, with tokenize and add_generation_prompt.
func TestAConversationHasTheIDsOfTransformers(t *testing.T) {
	want := []int{1, 9690, 198, 2683, 359, 253, 5356, 5646, 11173, 3365, 3511, 308, 34519, 28, 7018, 411, 407, 19712, 8182, 2, 198,
		1, 4093, 198, 26843, 2, 198, 1, 520, 9531, 198}
	tok, err := FromJSON(read(t, "smollm.tokenizer.json"), nil)
	if err != nil {
		t.Fatal(err)
	}
	form, ok := chat.Of("{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are a helpful AI " +
		"assistant named SmolLM, trained by Hugging Face<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + " +
		"'<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")
	if !ok {
		t.Fatal("the template is not known")
	}
	var got []int
	for _, piece := range form.Render([]chat.Turn{{Role: "user", Text: "Hi"}}, true) {
		if id, ok := tok.Encoding.ID(piece.Token); ok {
			got = append(got, id)
			continue
		}
		tokens, err := tok.Encoding.Encode(piece.Text)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, tokenizer.IDs(tokens)...)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the conversation is %v, expected %v", got, want)
	}
}
