package published

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"glassbox/model/fault"
	"glassbox/model/jsontext"
	"glassbox/tokenizer"
)

// gpt2 is metadata of a small byte-level encoding.
func gpt2() fake {
	return fake{keyModel: "gpt2", keyPre: "gpt-2", keyTokens: []string{"a", "b", "ab", "<|endoftext|>", "<|im_end|>", "Ġ"},
		keyTypes: []int{1, 1, 1, 3, 3, 1}, keyMerges: []string{"a b"}, keyEOS: uint64(3), keyChat: "{{ x }}"}
}

// with returns metadata with another value of a key; nil removes it.
func with(m fake, key string, value any) fake {
	m = maps.Clone(m)
	if m[key] = value; value == nil {
		delete(m, key)
	}
	return m
}

func TestGGUFSaysHowTextsAreRead(t *testing.T) {
	tok, err := FromGGUF(gpt2())
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := tok.Encoding.EncodeSpecial("ab a<|im_end|>")
	if want := []int{2, 5, 0, 4}; err != nil || !slices.Equal(tokenizer.IDs(tokens), want) {
		t.Errorf("%v, %v; expected %v", tokens, err, want)
	}
	want := tokenizer.Specials{BOS: -1, EOS: 3, EOT: -1, Pad: -1, Unknown: -1}
	if s := tok.Specials; !slices.Equal(s.Ends, []int{3, 4}) || s.BOS != want.BOS || s.EOS != want.EOS || s.AddBOS || s.AddEOS || s.AddSpacePrefix {
		t.Errorf("the specials are %+v", s)
	}
	if tok.Template != "{{ x }}" {
		t.Errorf("the template is %q", tok.Template)
	}
}

func TestGGUFOfSentencePieceHasItsDefaults(t *testing.T) {
	m := stories(t)
	for _, key := range []string{keyBOS, keyEOS, keyUnknown} {
		delete(m, key)
	}
	tok, err := FromGGUF(m)
	if err != nil {
		t.Fatal(err)
	}
	if s := tok.Specials; s.BOS != 1 || s.EOS != 2 || s.Unknown != 0 || !s.AddBOS || s.AddEOS || !s.AddSpacePrefix || !s.Stops(2) {
		t.Errorf("the specials are %+v", s)
	}
	m[keyPrefix], m[keyAddBOS], m[keyAddEOS] = false, false, true
	off, err := FromGGUF(m)
	if err != nil {
		t.Fatal(err)
	}
	if s := off.Specials; s.AddBOS || !s.AddEOS || s.AddSpacePrefix {
		t.Errorf("the specials are %+v", s)
	}
	plain, _ := off.Encoding.Encode("the")
	spaced, _ := tok.Encoding.Encode("the")
	switched, _ := tok.Encoding.WithPrefix(tokenizer.PrefixNone).Encode("the")
	if slices.Equal(plain, spaced) || !slices.Equal(plain, switched) {
		t.Errorf("without the space %v, with it %v, with it switched off %v", plain, spaced, switched)
	}
}

func TestGGUFWithoutKindsGuessesThem(t *testing.T) {
	m := stories(t)
	want, err := FromGGUF(m)
	if err != nil {
		t.Fatal(err)
	}
	got, err := FromGGUF(with(m, keyTypes, nil))
	if err != nil {
		t.Fatal(err)
	}
	for id := range got.Encoding.Vocab() {
		if got.Encoding.KindOf(id) != want.Encoding.KindOf(id) {
			t.Errorf("token %d is of kind %d, expected %d", id, got.Encoding.KindOf(id), want.Encoding.KindOf(id))
		}
	}
}

func TestLlama3BeginsWithItsStartToken(t *testing.T) {
	m := with(with(gpt2(), keyPre, "llama-bpe"), keyBOS, uint64(3))
	tok, err := FromGGUF(m)
	if err != nil || !tok.Specials.AddBOS {
		t.Fatalf("%+v, %v; expected a start token", tok, err)
	}
	tok, err = FromGGUF(with(m, keyAddBOS, false))
	if err != nil || tok.Specials.AddBOS {
		t.Errorf("%+v, %v; expected no start token", tok, err)
	}
}

func TestOtherTokenizersAreNamed(t *testing.T) {
	for want, m := range map[string]fake{
		"tokenizer.ggml.model is bert":      with(gpt2(), keyModel, "bert"),
		"tokenizer.ggml.pre is deepseek-v3": with(gpt2(), keyPre, "deepseek-v3"),
	} {
		_, err := FromGGUF(m)
		if _, ok := errors.AsType[*UnknownError](err); !ok || !strings.Contains(err.Error(), want) {
			t.Errorf("refused with %v, expected that %s", err, want)
		}
	}
}

// TestGGUFThatDoesNotSayHowItCutsIsReadLikeWhatItResembles, and says so.
func TestGGUFThatDoesNotSayHowItCutsIsReadLikeWhatItResembles(t *testing.T) {
	begins := func(n int, at map[int]string) fake {
		tokens := make([]string, n)
		for i := range tokens {
			tokens[i] = "t" + strconv.Itoa(i)
		}
		for id, token := range at {
			tokens[id] = token
		}
		return fake{keyModel: "gpt2", keyTokens: tokens, keyMerges: []string{}}
	}
	for want, m := range map[string]fake{
		"gpt2":   with(gpt2(), keyPre, nil),
		"smollm": begins(10, map[int]string{0: "<|endoftext|>", 1: "<|im_start|>"}),
		"qwen2":  begins(qwen2End+10, map[int]string{qwen2End: "<|endoftext|>"}),
		"llama3": with(begins(llama3Start+10, map[int]string{llama3Start: "<|begin_of_text|>"}), keyPre, "default"),
	} {
		tok, err := FromGGUF(m)
		if err != nil || tok.Encoding.Name() != want || len(tok.Notes) != 1 || tok.Notes[0].Kind != "preAssumed" {
			t.Errorf("%s: %v, %+v", want, err, tok)
		}
	}
	if tok, err := FromGGUF(gpt2()); err != nil || tok.Notes != nil {
		t.Errorf("a file that says it: %v, %v", err, tok.Notes)
	}
}

// TestASpecialTokenThatIsNoneIsSaidAndLeftOut, as llama.cpp does: some files name a padding behind their last token.
func TestASpecialTokenThatIsNoneIsSaidAndLeftOut(t *testing.T) {
	tok, err := FromGGUF(with(with(gpt2(), keyPad, uint64(6)), keyEOS, uint64(1<<40)))
	if err != nil || len(tok.Notes) != 2 || !strings.Contains(tok.Notes[1].Error(), "tokenizer.ggml.padding_token_id is 6, which is no token; expected 0 to 5") {
		t.Fatalf("%v, %+v", err, tok)
	}
	if s := tok.Specials; s.Pad != -1 || s.EOS != -1 || !slices.Equal(s.Ends, []int{3, 4}) {
		t.Errorf("the specials are %+v", s)
	}
}

func TestMergesOfGGUFThatMakeNoTokenAreSaid(t *testing.T) {
	tok, err := FromGGUF(with(gpt2(), keyMerges, []string{"a b", "ab a", "x y"}))
	if err != nil || len(tok.Notes) != 1 || !strings.Contains(tok.Notes[0].Error(), "no token 2 times, first with ab and a.") {
		t.Errorf("%v, notes %v", err, tok.Notes)
	}
}

// TestTheFirstOfTwoLikeMergesCountsInGGUFAndTheLastInJSON, as llama.cpp and huggingface/tokenizers read them.
func TestTheFirstOfTwoLikeMergesCountsInGGUFAndTheLastInJSON(t *testing.T) {
	merges := []string{"a b", "b c", "a b"}
	tokens := []string{"a", "b", "c", "ab", "bc"}
	first, err := FromGGUF(fake{keyModel: "gpt2", keyPre: "gpt-2", keyTokens: tokens, keyMerges: merges})
	if err != nil {
		t.Fatal(err)
	}
	model := map[string]any{"type": "BPE", "vocab": map[string]any{"a": 0, "b": 1, "c": 2, "ab": 3, "bc": 4}, "merges": []any{"a b", "b c", "a b"}}
	last, err := FromJSON(small(t, map[string]any{"model": model, "added_tokens": nil}), nil)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := FromVocabMerges([]byte(`{"a":0,"b":1,"c":2,"ab":3,"bc":4}`), []byte("a b\nb c\na b\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for tok, want := range map[*Tokenizer][]int{first: {3, 2}, last: {0, 4}, lines: {0, 4}} {
		if tokens, err := tok.Encoding.Encode("abc"); err != nil || !slices.Equal(tokenizer.IDs(tokens), want) {
			t.Errorf("%v, %v; expected %v", tokens, err, want)
		}
	}
}

func TestATokenizerThatIsNotOfTheModelsSizeIsSaid(t *testing.T) {
	tok, err := FromJSON(small(t, nil), nil) // 7 tokens, of which 6 is an added one
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		vocab int
		note  string
		fits  bool
	}{{7, "", true}, {5, "belongs to another model", false}, {6, "from id 6 on", true}, {70, "7 tokens, and the model 70: those from id 7 on stand for nothing", true}} {
		notes, fits := tok.Fits(c.vocab)
		if fits != c.fits || (c.note == "") != (notes == nil) || c.note != "" && !strings.Contains(notes[0].Error(), c.note) {
			t.Errorf("a model of %d tokens: %v, %v", c.vocab, notes, fits)
		}
	}
	padded, err := FromVocabMerges(gpt2Vocabulary(50257), []byte{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, vocab := range []int{50257, 50304, 51200} {
		if notes, fits := padded.Fits(vocab); notes != nil || !fits {
			t.Errorf("padding to %d is noted: %v", vocab, notes)
		}
	}
}

// gpt2Vocabulary is a vocab.json of n tokens, the last of which ends a text.
func gpt2Vocabulary(n int) []byte {
	vocab := map[string]int{}
	for i := range n - 1 {
		vocab["t"+strconv.Itoa(i)] = i
	}
	vocab[tokenizer.EndOfText] = n - 1
	text, _ := json.Marshal(vocab)
	return text
}

// TestWhatEndsATextIsWhatItsFilesSay: one id or several, by number or by name.
func TestWhatEndsATextIsWhatItsFilesSay(t *testing.T) {
	table := small(t, map[string]any{"added_tokens": []any{map[string]any{"id": 3, "content": "</s>", "special": true}, map[string]any{"id": 6, "content": "<t>", "special": true}}})
	for _, c := range []struct {
		name  string
		files Files
		want  []int
	}{
		{"nothing", Files{}, nil},
		{"one in config.json", Files{Model: []byte(`{"eos_token_id": 2}`)}, []int{2}},
		{"several", Files{Model: []byte(`{"eos_token_id": 2}`), Generation: []byte(`{"eos_token_id": [5, 4]}`)}, []int{4, 5}},
		{"null", Files{Model: []byte(`{"eos_token_id": [1]}`), Generation: []byte(`{"eos_token_id": null}`)}, []int{1}},
		{"no numbers", Files{Generation: []byte(`{"eos_token_id": ["</s>", -1, 1.5]}`)}, nil},
		{"a name", Files{Config: []byte(`{"eos_token": "</s>"}`)}, []int{3}},
		{"a name in an older form", Files{Special: []byte(`{"eos_token": {"content": "</s>"}}`), Generation: []byte(`{"eos_token_id": 0}`)}, []int{0, 3}},
		{"a name, and another in an older form", Files{Config: []byte(`{"eos_token": "<t>"}`), Special: []byte(`{"eos_token": "</s>"}`)}, []int{6}},
	} {
		c.files.Tokenizer = table
		tok, err := c.files.Read()
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(tok.Specials.Ends, c.want) {
			t.Errorf("%s: it stops at %v, expected %v", c.name, tok.Specials.Ends, c.want)
		}
	}
	eom, err := FromGGUF(with(with(gpt2(), keyEOT, uint64(5)), keyEOM, uint64(0)))
	if err != nil || !slices.Equal(eom.Specials.Ends, []int{0, 3, 4, 5}) {
		t.Errorf("GGUF stops at %v, %v", eom, err)
	}
}

// TestALargeFieldThatNobodyAsksForDoesNotMatter: Gemma's configuration lists its added tokens in more than a megabyte.
func TestALargeFieldThatNobodyAsksForDoesNotMatter(t *testing.T) {
	large := `{"added_tokens_decoder": {"0": {"content": "` + strings.Repeat("x", maxTree) + `"}}, "eos_token": "<t>", "other": ` + strings.Repeat("[", 20) + strings.Repeat("]", 20) + `}`
	tok, err := Files{Tokenizer: small(t, nil), Config: []byte(large)}.Read()
	if err != nil || tok.Specials.EOS != 6 {
		t.Errorf("%+v, %v", tok, err)
	}
	if _, err := FromVocabMerges([]byte(`{"a":0}`), nil, []byte(large)); err == nil || !strings.Contains(err.Error(), "added_tokens_decoder has more than") {
		t.Errorf("where it is asked for: %v", err)
	}
}

// TestTheSpaceBeforeATextIsTheConfigurationsWhereTheByteLevelStepStandsAlone, as in transformers 4.57.
func TestTheSpaceBeforeATextIsTheConfigurationsWhereTheByteLevelStepStandsAlone(t *testing.T) {
	level := map[string]any{"type": "ByteLevel", "add_prefix_space": false}
	digits := map[string]any{"type": "Sequence", "pretokenizers": []any{map[string]any{"type": "Digits", "individual_digits": true}, level}}
	if tok, err := FromJSON(small(t, map[string]any{"pre_tokenizer": map[string]any{"type": "ByteLevel", "add_prefix_space": true}}), []byte(`{"tokenizer_class": "GPT2Tokenizer"}`)); err != nil || tok.Specials.AddSpacePrefix {
		t.Errorf("of a GPT-2 that says nothing of it, there is none: %+v, %v", tok, err)
	}
	for want, pre := range map[int]any{5: level, 0: digits} {
		tok, err := FromJSON(small(t, map[string]any{"pre_tokenizer": pre}), []byte(`{"add_prefix_space": true}`))
		if err != nil {
			t.Fatal(err)
		}
		if tokens, err := tok.Encoding.Encode("a"); err != nil || !slices.Equal(tokenizer.IDs(tokens), []int{want}) {
			t.Errorf("%v gives %v, %v; expected %d", pre, tokens, err, want)
		}
	}
}

func TestMetadataThatDoesNotFitIsRefused(t *testing.T) {
	for want, m := range map[string]fake{
		"file does not exist": with(gpt2(), keyTokens, nil),
		"tokenizer.ggml.token_type has 1 number for 6 tokens; expected as many": with(gpt2(), keyTypes, []int{1}),
		"the file has 1 score for 512 tokens; expected as many":                 with(stories(t), keyScores, []float32{1}),
	} {
		if _, err := FromGGUF(m); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("refused with %v, expected %s", err, want)
		}
	}
}

// small is a small tokenizer.json with one of its parts replaced.
func small(t testing.TB, replace map[string]any) []byte {
	t.Helper()
	file := map[string]any{
		"added_tokens":   []any{map[string]any{"id": 3, "content": "<|end|>", "special": true}, map[string]any{"id": 6, "content": "<t>", "special": false}},
		"normalizer":     nil,
		"pre_tokenizer":  map[string]any{"type": "ByteLevel", "add_prefix_space": false},
		"post_processor": nil,
		"model":          map[string]any{"type": "BPE", "vocab": map[string]any{"a": 0, "b": 1, "ab": 2, "Ġ": 4, "Ġa": 5}, "merges": []any{"a b", []any{"Ġ", "a"}}},
	}
	maps.Copy(file, replace)
	text, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestATokenizerJSONSaysHowTextsAreRead(t *testing.T) {
	tok, err := FromJSON(small(t, nil), []byte(`{"eos_token": {"content": "<|end|>"}, "bos_token": "<|end|>", "add_bos_token": true,
		"chat_template": [{"name": "rag", "template": "r"}, {"name": "default", "template": "d"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := tok.Encoding.EncodeSpecial("ab a<|end|><t>")
	if want := []int{2, 5, 3, 6}; err != nil || !slices.Equal(tokenizer.IDs(tokens), want) {
		t.Errorf("%v, %v; expected %v", tokens, err, want)
	}
	if s := tok.Specials; s.EOS != 3 || s.BOS != 3 || !s.AddBOS || s.AddEOS || !s.Stops(3) || tok.Template != "d" {
		t.Errorf("the specials are %+v, the template %q", s, tok.Template)
	}
}

func TestTheTemplateOfATokenizerJSONFramesTexts(t *testing.T) {
	token := func(name string) any { return map[string]any{"SpecialToken": map[string]any{"id": name}} }
	sequence := map[string]any{"Sequence": map[string]any{"id": "A"}}
	processor := func(single ...any) map[string]any {
		return map[string]any{"post_processor": map[string]any{"type": "Sequence", "processors": []any{
			map[string]any{"type": "ByteLevel"}, map[string]any{"type": "TemplateProcessing", "single": single}}}}
	}
	tok, err := FromJSON(small(t, processor(token("<|end|>"), sequence, token("<t>"))), nil)
	if err != nil {
		t.Fatal(err)
	}
	if s := tok.Specials; s.BOS != 3 || !s.AddBOS || s.EOS != 6 || !s.AddEOS {
		t.Errorf("the specials are %+v", s)
	}
	for _, single := range [][]any{{token("<|end|>"), token("<t>"), sequence}, {token("none"), sequence}, {sequence, token("<t>"), token("<t>")}} {
		if _, err := FromJSON(small(t, processor(single...)), nil); err == nil {
			t.Errorf("%v is accepted", single)
		}
	}
}

func TestASpaceBeforeATextOfBytes(t *testing.T) {
	cut := map[string]any{"pre_tokenizer": map[string]any{"type": "ByteLevel", "add_prefix_space": true}}
	tok, err := FromJSON(small(t, cut), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"a", " a"} {
		if tokens, err := tok.Encoding.Encode(text); err != nil || !slices.Equal(tokenizer.IDs(tokens), []int{5}) || !tok.Specials.AddSpacePrefix {
			t.Errorf("%q gives %v, %v", text, tokens, err)
		}
	}
	tok, err = FromJSON(small(t, cut), []byte(`{"add_prefix_space": false}`))
	if err != nil {
		t.Fatal(err)
	}
	if tokens, err := tok.Encoding.Encode("a"); err != nil || !slices.Equal(tokenizer.IDs(tokens), []int{0}) || tok.Specials.AddSpacePrefix {
		t.Errorf("%v, %v", tokens, err)
	}
}

func TestPartsOfATokenizerJSONThatAreUnknownAreNamed(t *testing.T) {
	kind := func(kind string) map[string]any { return map[string]any{"type": kind} }
	sequence := func(key string, steps ...any) map[string]any { return map[string]any{"type": "Sequence", key: steps} }
	split := func(pattern string) map[string]any {
		return map[string]any{"type": "Split", "pattern": map[string]any{"Regex": pattern}, "behavior": "Isolated", "invert": false}
	}
	bytes := map[string]any{"type": "ByteLevel", "use_regex": false}
	model := func(key string, value any) map[string]any {
		return map[string]any{"type": "BPE", "vocab": map[string]any{"a": 0}, "merges": []any{}, key: value}
	}
	for _, c := range []struct {
		part  string
		value any
		want  string
	}{
		{"model", kind("Unigram"), "model.type is Unigram"},
		{"model", kind("WordPiece"), "model.type is WordPiece"},
		{"model", model("dropout", 0.1), "model.dropout is 0.1"},
		{"model", model("end_of_word_suffix", "</w>"), "model.end_of_word_suffix is </w>"},
		{"model", model("unk_token", "<unk>"), "model.unk_token is <unk>"},
		{"pre_tokenizer", kind("BertPreTokenizer"), "pre_tokenizer is BertPreTokenizer"},
		{"pre_tokenizer", sequence("pretokenizers", split(`\w+`), bytes), `pre_tokenizer.pattern is \w+`},
		{"pre_tokenizer", sequence("pretokenizers", kind("Whitespace"), bytes), "pre_tokenizer is Whitespace"},
		{"pre_tokenizer", sequence("pretokenizers", kind("Punctuation"), kind("ByteLevel")), "pre_tokenizer is Punctuation"},
		{"pre_tokenizer", sequence("pretokenizers", "x"), "pre_tokenizer is x"},
		{"pre_tokenizer", nil, "pre_tokenizer is null"},
		{"pre_tokenizer", map[string]any{"type": "Metaspace", "replacement": "_"}, "pre_tokenizer.replacement is _"},
		{"pre_tokenizer", map[string]any{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "last"}, "pre_tokenizer.prepend_scheme is last"},
		{"normalizer", kind("NFKC"), "normalizer is NFKC"},
		{"normalizer", sequence("normalizers", kind("NFC"), kind("Lowercase")), "normalizer is Lowercase"},
		{"normalizer", map[string]any{"type": "Prepend", "prepend": "▁"}, "normalizer is Prepend"},
		{"normalizer", 7, "normalizer is 7"},
		{"post_processor", kind("Other"), "post_processor is Other"},
		{"version", "1.0", "model is null"},
		{"added_tokens", []any{map[string]any{"id": -1}}, "added_tokens.id is -1"},
	} {
		replace := map[string]any{c.part: c.value}
		text := small(t, replace)
		if c.part == "version" { // alone
			text = []byte(`{"version":"1.0"}`)
		}
		_, err := FromJSON(text, nil)
		if _, ok := errors.AsType[*UnknownError](err); !ok || !strings.Contains(err.Error(), ": "+c.want+";") {
			t.Errorf("%s %v is refused with %v, expected that %s", c.part, c.value, err, c.want)
		}
	}
}

func TestATokenizerJSONThatIsBrokenIsRefusedAtItsPlace(t *testing.T) {
	for text, want := range map[string]string{
		``: "expected '{' to begin the object, found the end (at byte 0)",
		`{"model":{"vocab":{"a":1,"b":1},"merges":[]}}`:                            "the tokens a and b both have the id 1 (at byte 25)",
		`{"model":{"vocab":{"a":1048576},"merges":[]}}`:                            "the token a has the id 1048576; expected less than 1048576 (at byte 19)",
		`{"model":{"vocab":{"a":0},"merges":["ab"]}}`:                              "a merge is no pair; expected two pieces (at byte 36)",
		`{"model":{"vocab":{"a":0},"merges":[["a"]]}}`:                             "a merge is no pair; expected two pieces (at byte 36)",
		`{"model":{"vocab":{"a":0},"merges":[["a","b","c"]]}}`:                     "a merge is no pair; expected two pieces (at byte 36)",
		`{"model":{"vocab":{"a":0},"merges":[]}} x`:                                "'x' follows the object (at byte 40)",
		`{"normalizer":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`: "normalizer holds lists or objects more than 32 deep (at byte 46)",
		`{"normalizer":"` + strings.Repeat("x", maxTree) + `"}`:                    "normalizer has more than 1048576 bytes (at byte 14)",
	} {
		_, err := FromJSON([]byte(text), nil)
		if _, ok := errors.AsType[*jsontext.Error](err); !ok || err.Error() != want {
			t.Errorf("%.80s is refused with %v, expected %s", text, err, want)
		}
	}
}

func TestVocabularyAndMergesOfGPT2(t *testing.T) {
	vocab, merges := []byte(`{"a":0,"b":1,"ab":2,"<|endoftext|>":3}`), []byte("#version: 0.2\na b\n\n")
	tok, err := FromVocabMerges(vocab, merges, nil)
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := tok.Encoding.EncodeSpecial("ab<|endoftext|>")
	if want := []int{2, 3}; err != nil || !slices.Equal(tokenizer.IDs(tokens), want) || tok.Encoding.Name() != "gpt2" || !tok.Specials.Stops(3) {
		t.Errorf("%s: %v, %v; expected %v, and to stop at 3: %v", tok.Encoding.Name(), tokens, err, want, tok.Specials)
	}
	tok, err = FromVocabMerges(vocab, merges, []byte(`{"tokenizer_class":"Qwen2Tokenizer","eos_token":"<|im_end|>",
		"added_tokens_decoder":{"7":{"content":"<|im_end|>","special":true}}}`))
	if err != nil || tok.Encoding.Name() != "qwen2" || tok.Specials.EOS != 7 || tok.Encoding.Vocab() != 8 {
		t.Fatalf("%+v, %v", tok, err)
	}
	if _, err := FromVocabMerges(vocab, []byte("a b\nab\n"), nil); err == nil || err.Error() != "line 2 of the merges is no pair; expected two pieces and a space between" {
		t.Errorf("a line that is no pair is refused with %v", err)
	}
	for config, want := range map[string]string{
		`{"tokenizer_class":"BertTokenizer"}`:          "tokenizer_class is BertTokenizer",
		`{"added_tokens_decoder":{"x":{}}}`:            "added_tokens_decoder is x",
		`{"added_tokens_decoder":{"99999999":{}}}`:     "added_tokens_decoder is 99999999",
		`{"tokenizer_class":"GPT2Tokenizer"} trailing`: "'t' follows the object",
	} {
		if _, err := FromVocabMerges(vocab, merges, []byte(config)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is refused with %v, expected that %s", config, err, want)
		}
	}
}

// FuzzFromJSON holds that no file makes reading panic, and that what is refused says why.
func FuzzFromJSON(f *testing.F) {
	f.Add(small(f, nil), []byte(`{"add_bos_token":true,"bos_token":"<|end|>"}`))
	f.Add(read(f, "spaced.tokenizer.json"), []byte(nil))
	f.Add([]byte(`{"model":{"vocab":{},"merges":[]},"pre_tokenizer":{"type":"ByteLevel"}}`), []byte(`{}`))
	f.Fuzz(func(t *testing.T, text, config []byte) {
		tok, err := FromJSON(text, config)
		if err != nil {
			if fault.Of(err).Kind == "" {
				t.Fatalf("%v has no kind", err)
			}
			return
		}
		tokens, err := tok.Encoding.EncodeSpecial("ab a<|end|> 水")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tok.Encoding.Decode(tokenizer.IDs(tok.Specials.Frame(tokens, 0))); err != nil {
			t.Fatal(err)
		}
	})
}

// wide is a tokenizer.json of the size of the largest: 150,000 tokens and merges.
func wide() []byte {
	letters := strings.Split("abcdefghijklmnopqrstuvwxyz", "")
	tokens, merges := slices.Clone(letters), []string{}
	for i := 0; len(tokens) < 150_000; i++ {
		for _, l := range letters {
			tokens, merges = append(tokens, tokens[i]+l), append(merges, tokens[i]+" "+l)
		}
	}
	var b strings.Builder
	b.WriteString(`{"added_tokens":[],"pre_tokenizer":{"type":"ByteLevel"},"model":{"type":"BPE","vocab":{`)
	for id, token := range tokens {
		if id > 0 {
			b.WriteByte(',')
		}
		key, _ := json.Marshal(token)
		value, _ := json.Marshal(id)
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteString(`},"merges":`)
	list, _ := json.Marshal(merges)
	b.Write(list)
	b.WriteString(`}}`)
	return []byte(b.String())
}

func BenchmarkFromJSON(b *testing.B) {
	text := wide()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := FromJSON(text, nil); err != nil {
			b.Fatal(err)
		}
	}
}
