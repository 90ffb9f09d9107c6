package tokenizer

import (
	"errors"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/dlclark/regexp2"
)

// mergesOf yields pairs such as "a b".
func mergesOf(list ...string) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, m := range list {
			left, right, _ := strings.Cut(m, " ")
			if !yield(left, right) {
				return
			}
		}
	}
}

// build returns the encoding of a spec.
func build(t testing.TB, s Spec) *BPE {
	t.Helper()
	b, err := NewBPE(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// small is a vocabulary of bytes in which ids are no ranks: "bc" is joined before "ab", and its id is higher.
func small() Spec {
	return Spec{Name: "small", Unknown: -1, Split: SplitGPT2,
		Tokens: []string{"<|end|>", "a", "b", "c", "Ġ", "ab", "bc", "abc", "Ġa", "<tool>"},
		Merges: mergesOf("b c", "a b", "a bc", "Ġ a"),
		Added:  []Added{{ID: 0, Special: true}, {ID: 9}},
	}
}

// expectIDs fails unless tokens have these ids.
func expectIDs(t *testing.T, tokens []Token, err error, want ...int) {
	t.Helper()
	if err != nil || !slices.Equal(IDs(tokens), want) {
		t.Errorf("%v, %v; expected %v", tokens, err, want)
	}
}

func TestTheOrderOfMergesCountsNotThatOfIDs(t *testing.T) {
	b := build(t, small())
	tokens, err := b.Encode("abc ab")
	expectIDs(t, tokens, err, 7, 4, 5)
	if b.Vocab() != 10 || b.Name() != "small" {
		t.Errorf("%s has %d tokens", b.Name(), b.Vocab())
	}
}

func TestSpecialTokensAreReadOnlyIfThatIsAskedFor(t *testing.T) {
	s := small()
	s.Tokens = append(s.Tokens, "<", "|", ">", "e", "n", "d")
	b := build(t, s)
	tokens, err := b.EncodeSpecial("a<|end|><tool>a")
	expectIDs(t, tokens, err, 1, 0, 9, 1)
	tokens, err = b.Encode("<|end|><tool>")
	expectIDs(t, tokens, err, 10, 11, 13, 14, 15, 11, 12, 9)
	if id, ok := b.ID("<|end|>"); !ok || id != 0 || b.KindOf(0) != Control || b.KindOf(9) != UserDefined {
		t.Errorf("<|end|> is %d, of kind %d; <tool> of kind %d", id, b.KindOf(0), b.KindOf(9))
	}
}

func TestAddedTokensTakeTheSpacesThatTheyAreSaidToTake(t *testing.T) {
	s := small()
	s.Added = []Added{{ID: 0, Special: true, Left: true}, {ID: 9, Right: true, Word: true}}
	b := build(t, s)
	tokens, err := b.EncodeSpecial("a  <|end|> <tool>  a")
	want := []Token{{1, 0, 1}, {0, 1, 10}, {4, 10, 11}, {9, 11, 19}, {1, 19, 20}}
	if err != nil || !slices.Equal(tokens, want) {
		t.Errorf("%v, %v; expected %v", tokens, err, want)
	}
	tokens, err = b.Encode("<tool>a")
	if err != nil || len(tokens) != 1 || tokens[0].ID != 1 {
		t.Errorf("beside a letter <tool> gives %v, %v", tokens, err)
	}
}

func TestTheLongestAddedTokenCounts(t *testing.T) {
	b := build(t, Spec{Unknown: -1, Tokens: []string{"<a", "<a>", "<a>b"}, Added: []Added{{ID: 0}, {ID: 1}, {ID: 2}}})
	tokens, err := b.Encode("<a><a>b<a")
	expectIDs(t, tokens, err, 1, 2, 0)
}

func TestWhatHasNoTokenIsLeftOutAndTold(t *testing.T) {
	b := build(t, small())
	tokens, err := b.Encode("axb")
	if want := []Token{{1, 0, 1}, {2, 2, 3}}; err != nil || !slices.Equal(tokens, want) {
		t.Errorf("%v, %v; expected %v", tokens, err, want)
	}
	missing, err := b.Missing("axb\u00e9")
	if want := []Token{{-1, 1, 2}, {-1, 3, 4}, {-1, 4, 5}}; err != nil || !slices.Equal(missing, want) {
		t.Errorf("%v, %v; expected %v", missing, err, want)
	}
}

func TestTheUnknownTokenStandsForWhatHasNone(t *testing.T) {
	s := small()
	s.Unknown, s.FuseUnknown = 0, true
	b := build(t, s)
	tokens, err := b.Encode("axyb z")
	if want := []Token{{1, 0, 1}, {0, 1, 3}, {2, 3, 4}, {4, 4, 5}, {0, 5, 6}}; err != nil || !slices.Equal(tokens, want) {
		t.Errorf("%v, %v; expected %v", tokens, err, want)
	}
	if missing, err := b.Missing("axyb"); err != nil || len(missing) > 0 {
		t.Errorf("%v is missing (%v)", missing, err)
	}
}

func TestAMergeWhoseResultIsNoTokenLeadsToOthers(t *testing.T) {
	b := build(t, Spec{Unknown: -1, Tokens: []string{"a", "b", "c", "abc"}, Merges: mergesOf("a b", "ab c", "x y", "c c")})
	tokens, err := b.Encode("abc")
	expectIDs(t, tokens, err, 3)
	tokens, err = b.Encode("abacc") // "ab" and "cc" are taken apart
	expectIDs(t, tokens, err, 0, 1, 0, 2, 2)
	words, err := b.Merges("abc")
	if err != nil || len(words) != 1 || len(words[0].Steps) != 2 || words[0].Steps[0].ID != -1 || words[0].Steps[1].Left != -1 {
		t.Errorf("the merges are %+v, %v", words, err)
	}
	words, err = b.Merges("abacc")
	if err != nil || len(words[0].Steps) != 0 || !slices.Equal(IDs(words[0].Tokens()), []int{0, 1, 0, 2, 2}) {
		t.Errorf("the merges are %+v, %v", words, err)
	}
}

func TestAWordThatIsATokenIsTakenAsAWhole(t *testing.T) {
	s := Spec{Unknown: -1, Split: SplitGPT2, Whole: true, Tokens: []string{"a", "b", "ab", "abb", "Ġ"}, Merges: mergesOf("a b")}
	b := build(t, s)
	tokens, err := b.Encode("abb")
	expectIDs(t, tokens, err, 3)
	words, err := b.Merges("abb")
	if err != nil || !slices.Equal(words[0].Bytes, []Token{{3, 0, 3}}) || words[0].Steps != nil {
		t.Errorf("the merges are %+v, %v", words, err)
	}
	words, err = b.Merges("ab")
	if err != nil || len(words[0].Bytes) != 2 || len(words[0].Steps) != 1 {
		t.Errorf("the merges are %+v, %v", words, err)
	}
	s.Whole = false
	tokens, err = build(t, s).Encode("abb")
	expectIDs(t, tokens, err, 2, 1)
}

// spaced is a small vocabulary of SentencePiece.
func spaced() Spec {
	return Spec{Name: "spaced", Spaced: true, Prefix: PrefixEach,
		Tokens: []string{"<unk>", "<s>", "<0xE6>", "<0xB0>", "<0xB4>", "▁", "a", "b", "▁a", "ab", "▁ab", "ba"},
		Scores: []float32{0, 0, 0, 0, 0, -9, -9, -9, -2, -1, -3, -1},
		Kinds:  []Kind{Unknown, Control, Byte, Byte, Byte},
		Added:  []Added{{ID: 0, Special: true}, {ID: 1, Special: true}},
	}
}

func TestSentencePieceJoinsByScoreFromTheLeft(t *testing.T) {
	b := build(t, spaced())
	tokens, err := b.Encode("aba ab") // "ab" and "ba" have one score
	if want := []Token{{10, 0, 2}, {6, 2, 3}, {10, 3, 6}}; err != nil || !slices.Equal(tokens, want) {
		t.Errorf("%v, %v; expected %v", tokens, err, want)
	}
	words, err := b.Merges("ab")
	if err != nil || len(words) != 1 {
		t.Fatal(words, err)
	}
	if want := []Token{{5, 0, 0}, {6, 0, 1}, {7, 1, 2}}; !slices.Equal(words[0].Bytes, want) {
		t.Errorf("the word starts as %v, expected %v", words[0].Bytes, want)
	}
	want := []MergeStep{
		{ID: 9, Rank: 5, Score: -1, Left: 6, Right: 7, Start: 0, Mid: 1, End: 2, from: 1, to: 3},
		{ID: 10, Rank: 8, Score: -3, Left: 5, Right: 9, Start: 0, Mid: 0, End: 2, from: 0, to: 3},
	}
	if !slices.Equal(words[0].Steps, want) {
		t.Errorf("the steps are %+v, expected %+v", words[0].Steps, want)
	}
	if got := words[0].After(1); !slices.Equal(got, []Token{{5, 0, 0}, {9, 0, 2}}) {
		t.Errorf("after one merge the word is %v", got)
	}
}

func TestACharacterWithoutATokenIsItsBytesOrUnknown(t *testing.T) {
	b := build(t, spaced())
	tokens, err := b.Encode("水é")
	if want := []Token{{5, 0, 0}, {2, 0, 1}, {3, 1, 2}, {4, 2, 3}, {0, 3, 5}}; err != nil || !slices.Equal(tokens, want) {
		t.Errorf("%v, %v; expected %v", tokens, err, want)
	}
}

func TestTheSpaceBeforeATextCanBeSwitchedOff(t *testing.T) {
	b := build(t, spaced())
	tokens, err := b.EncodeSpecial("a<s>a")
	expectIDs(t, tokens, err, 8, 1, 8)
	tokens, err = b.WithPrefix(PrefixFirst).EncodeSpecial("a<s>a")
	expectIDs(t, tokens, err, 8, 1, 6)
	tokens, err = b.WithPrefix(PrefixNone).EncodeSpecial("a<s>a")
	expectIDs(t, tokens, err, 6, 1, 6)
	tokens, err = b.Encode(" a")
	expectIDs(t, tokens, err, 5, 8)
}

func TestSentencePieceGivesTextsBack(t *testing.T) {
	for _, prefix := range []Prefix{PrefixNone, PrefixEach, PrefixFirst} {
		b := build(t, spaced()).WithPrefix(prefix)
		for _, text := range []string{"", "a", " a", "  ab", "ab  ", "水", " 水 a", "a<s> a", "a<s>水"} {
			tokens, err := b.EncodeSpecial(text)
			if err != nil {
				t.Fatal(err)
			}
			if back, err := b.Decode(IDs(tokens)); err != nil || string(back) != text {
				t.Errorf("with prefix %d %q comes back as %q, %v", prefix, text, back, err)
			}
		}
	}
}

func TestAMarkOfASpaceIsASpace(t *testing.T) {
	b := build(t, spaced())
	tokens, err := b.Encode("a▁a")
	if want := []Token{{8, 0, 1}, {8, 1, 5}}; err != nil || !slices.Equal(tokens, want) {
		t.Errorf("%v, %v; expected %v", tokens, err, want)
	}
}

func TestVocabulariesThatFitNothingAreRefused(t *testing.T) {
	for want, s := range map[string]Spec{
		"the vocabulary has 0 tokens; expected 1 to 1048576":   {},
		"the file has 2 scores for 1 token; expected as many":  {Tokens: []string{"a"}, Scores: []float32{1, 2}},
		"the file gives id 7 to a token; expected 0 to 0":      {Tokens: []string{"a"}, Unknown: 7},
		"the file gives id -1 to a token; expected 0 to 0":     {Tokens: []string{"a"}, Added: []Added{{ID: -1}}},
		"the file gives id 100000 to a token; expected 0 to 0": {Tokens: []string{"a"}, Added: []Added{{ID: 100000}}},
	} {
		if _, err := NewBPE(s); err == nil || err.Error() != want {
			t.Errorf("refused with %v, expected %s", err, want)
		}
	}
}

func TestIDsOutsideAreRefused(t *testing.T) {
	b := build(t, small())
	for _, id := range []int{-1, 10} {
		_, err := b.Decode([]int{1, id})
		if e, ok := errors.AsType[*UnknownIDError](err); !ok || e.ID != id || e.Index != 1 {
			t.Errorf("%d gives %v", id, err)
		}
		if _, ok := b.Piece(id); ok {
			t.Errorf("%d has a piece", id)
		}
	}
	if _, err := b.Encode("a\xff"); err == nil {
		t.Error("bytes that are no text are encoded")
	}
	if _, err := b.Merges("a\xff"); err == nil {
		t.Error("bytes that are no text have merges")
	}
	if _, err := b.Missing("a\xff"); err == nil {
		t.Error("bytes that are no text are looked through")
	}
}

func TestTextsAreFramedAsTheFileSays(t *testing.T) {
	tokens := []Token{{5, 0, 3}}
	s := Specials{BOS: 1, EOS: 2, EOT: 7, AddBOS: true, AddEOS: true}
	if got, want := s.Frame(slices.Clone(tokens), 3), []Token{{1, 0, 0}, {5, 0, 3}, {2, 3, 3}}; !slices.Equal(got, want) {
		t.Errorf("framed as %v, expected %v", got, want)
	}
	s.AddBOS, s.AddEOS = false, false
	if got := s.Frame(slices.Clone(tokens), 3); !slices.Equal(got, tokens) {
		t.Errorf("switched off, it is framed as %v", got)
	}
	s = NoSpecials
	s.AddBOS, s.AddEOS = true, true
	if got := s.Frame(slices.Clone(tokens), 3); !slices.Equal(got, tokens) {
		t.Errorf("without such tokens, it is framed as %v", got)
	}
}

func TestAModelStopsAtWhatEndsTextsAndTurns(t *testing.T) {
	b := build(t, Spec{Unknown: -1, Tokens: []string{"a", "<|im_end|>", "<|endoftext|>", "</s>", "<|eot_id|>"},
		Kinds: []Kind{Normal, Control, Control, Control, Normal}, Added: []Added{{ID: 1, Special: true}, {ID: 2, Special: true}, {ID: 3, Special: true}}})
	s := NoSpecials
	s.EOS = 3
	s = s.WithEnds(b)
	if !slices.Equal(s.Ends, []int{1, 2, 3}) || s.Stops(0) || !s.Stops(1) || !s.Stops(3) || s.Stops(4) || s.Stops(-1) {
		t.Errorf("it stops at %v", s.Ends)
	}
}

// splits lists each split with the expression that it is by hand.
var splits = map[Split]string{SplitGPT2: wordPattern, SplitLlama3: llama3Pattern,
	SplitQwen2: strings.Replace(llama3Pattern, "{1,3}", "", 1)}

// cutBy cuts text by a split.
func cutBy(s Split, text string) []string {
	words := []string{}
	for len(text) > 0 {
		n := s.next(text)
		words = append(words, text[:n])
		text = text[n:]
	}
	return words
}

func TestTextsAreCutAsThePatternsSay(t *testing.T) {
	g, rng := gpt2(t), rand.New(rand.NewPCG(7, 8))
	for split, pattern := range splits {
		expression := regexp2.MustCompile(pattern, regexp2.None)
		for range 2000 {
			text := randomText(g, rng, rng.IntN(40))
			if got, want := cutBy(split, text), regexpCuts(t, expression, text); !slices.Equal(got, want) {
				t.Fatalf("%s cuts %q into %q, want %q", split, text, got, want)
			}
		}
		if Patterns()[pattern] != split {
			t.Errorf("the pattern of %s is taken for %q", split, Patterns()[pattern])
		}
	}
}

func TestSmolLMTakesEachDigitByItself(t *testing.T) {
	number, words := regexp2.MustCompile(`\p{N}|[^\p{N}]+`, regexp2.None), regexp2.MustCompile(wordPattern, regexp2.None)
	g, rng := gpt2(t), rand.New(rand.NewPCG(9, 10))
	for range 2000 {
		text := randomText(g, rng, rng.IntN(40))
		want := []string{}
		for _, part := range regexpCuts(t, number, text) {
			want = append(want, regexpCuts(t, words, part)...)
		}
		if got := cutBy(SplitSmolLM, text); !slices.Equal(got, want) {
			t.Fatalf("%q is cut into %q, want %q", text, got, want)
		}
	}
}

func TestTheEndingsOfLlama3ComeInAnyCase(t *testing.T) {
	for text, want := range map[string]string{"I'M": "I|'M", "we'Ll'RE": "we|'Ll|'RE", "'ſx": "'ſ|x", "''s": "''|s", "'l": "'l", "x'é": "x|'é"} {
		if got := strings.Join(cutBy(SplitLlama3, text), "|"); got != want {
			t.Errorf("%q is cut into %s, expected %s", text, got, want)
		}
	}
}

func TestCharactersAreComposed(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain", "é": "é", "e\u0301x": "éx", "a\u0323\u0307": "\u1ea1\u0307", "a\u0307\u0323": "\u1ea1\u0307", "\u1100\u1161\u11a8": "각",
		"\u212b": "Å", "\u0958": "\u0915\u093c", "\u1e9b\u0323": "\u1e9b\u0323", "\u0344": "\u0308\u0301", "\u0cc6\u0cc2\u0cd5": "\u0ccb", "가\u11a8": "각", "가가": "가가",
		"\u0301a": "\u0301a", "a\u0301\u0301": "á\u0301", "\U0001D15E": "\U0001D157\U0001D165", "\U0002F800": "丽",
	} {
		s := newSpeller(5)
		compose(s, "x "+text+" y")
		got := s.done()
		if got.text != "x "+want+" y" {
			t.Errorf("%+q is composed to %+q, expected %+q", text, got.text, "x "+want+" y")
		}
		r := &ruler{cuts: got.cuts}
		if end := r.place(len(got.text)); r.place(0) != 5 || end != 5+len("x "+text+" y") || r.place(len(got.text)-1) != end-1 {
			t.Errorf("%+q is placed wrongly", text)
		}
	}
}

func TestComposedTokensCoverWhatTheTextHas(t *testing.T) {
	b := build(t, Spec{Unknown: -1, Split: SplitQwen2, Compose: true, Tokens: []string{"a", "Ã", "©", "Ã©", "aÃ©"}, Merges: mergesOf("Ã ©")})
	tokens, err := b.Encode("ae\u0301a")
	if want := []Token{{0, 0, 1}, {3, 1, 4}, {0, 4, 5}}; err != nil || !slices.Equal(tokens, want) {
		t.Errorf("%v, %v; expected %v", tokens, err, want)
	}
}

// FuzzBPE holds that no vocabulary and no text makes an encoding panic, leave tokens out of order, or list merges that end
// elsewhere.
func FuzzBPE(f *testing.F) {
	f.Add("a b c ab bc Ġ", "a b,b c,a bc", "abc ab", byte(0), false)
	f.Add("▁ a ▁a <0xE6> <s>", "▁ a", "▁a 水", byte(1), true)
	f.Add("a", "a a,aa aa,aaaa aaaa", strings.Repeat("a", 40), byte(7), false)
	f.Add("ab", "", "abc ab", byte(7), false)            // a pair of characters that have no token
	f.Add("bc", "", "abc \x03b", byte('u'), true)        // unknown ones that are joined
	f.Add("bc", "b c", "\t\tabc \x03b", byte('u'), true) // an unknown one behind the token that stands for it
	f.Fuzz(func(t *testing.T, tokens, merges, text string, flags byte, spaced bool) {
		s := Spec{Tokens: strings.Split(tokens, " "), Merges: mergesOf(strings.Split(merges, ",")...), Spaced: spaced, Unknown: int(flags>>6) - 1,
			Split: []Split{SplitNone, SplitGPT2, SplitSmolLM, SplitLlama3, SplitQwen2, SplitSpace}[flags%6], Whole: flags&8 > 0,
			Compose: flags&16 > 0, Prefix: Prefix(flags >> 5 % 3), FuseUnknown: flags&32 > 0}
		if flags&4 > 0 {
			s.Scores = make([]float32, len(s.Tokens))
			for i := range s.Scores {
				s.Scores[i] = -float32(i / 2)
			}
		}
		s.Kinds = make([]Kind, len(s.Tokens))
		for i, token := range s.Tokens {
			s.Kinds[i] = Normal
			if IsByte(token) {
				s.Kinds[i] = Byte
			}
			if strings.HasPrefix(token, "<s") {
				s.Added = append(s.Added, Added{ID: i, Special: flags&1 > 0})
			}
		}
		b, err := NewBPE(s)
		if err != nil {
			return
		}
		encoded, err := b.Encode(text)
		if err != nil {
			return
		}
		at := 0
		for _, token := range encoded {
			if token.Start < at || token.End < token.Start || token.End > len(text) || token.ID < 0 || token.ID >= b.Vocab() {
				t.Fatalf("%q gives %v", text, encoded)
			}
			at = token.End
		}
		if _, err := b.Decode(IDs(encoded)); err != nil {
			t.Fatal(err)
		}
		words, err := b.Merges(text)
		if err != nil {
			t.Fatal(err)
		}
		listed := []int{}
		for _, w := range words {
			listed = append(listed, IDs(w.Tokens())...)
		}
		if !slices.Equal(listed, IDs(encoded)) {
			t.Fatalf("the merges of %q end in %v, expected %v", text, listed, IDs(encoded))
		}
	})
}
