package published

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"glassbox/model/fault"
	"glassbox/tokenizer"
)

// variants is variants.json of the test data: small files in many forms, and their ids by huggingface/tokenizers.
type variants struct {
	Texts    []string
	Bases    map[string]map[string]any
	IDs      map[string][2][][]int // of each base, without and with special tokens: by text
	Variants []variant
}

// A variant is a base of which parts are replaced. Its ids are those of the base, except where they are said.
type variant struct {
	Name, Base     string
	Parts          map[string]any
	Plain, Special map[string][]int // by the place of the text
	Refused        bool             // by the package
}

// file returns the tokenizer.json of a variant, as variants.py puts it together.
func (v variant) file(t *testing.T, base map[string]any) []byte {
	t.Helper()
	full := maps.Clone(base)
	model := maps.Clone(full["model"].(map[string]any))
	merges := slices.Clone(model["merges"].([]any))
	for key, part := range v.Parts {
		switch key {
		case "model":
			maps.Copy(model, part.(map[string]any))
		case "without":
			merges = takeOut(model, merges, part.([]any))
		case "again":
			merges = append(merges, merges[:int(part.(float64))]...)
		case "more":
			merges = append(merges, part.([]any)...)
		case "strings":
			for i, m := range merges {
				merges[i] = m.([]any)[0].(string) + " " + m.([]any)[1].(string)
			}
		case "added":
			full["added_tokens"] = slices.Concat(full["added_tokens"].([]any), part.([]any))
		case "only":
			maps.DeleteFunc(model, func(key string, _ any) bool { return !slices.Contains(part.([]any), any(key)) })
		default:
			full[key] = part
		}
	}
	if model["merges"] = merges; v.Parts["only"] != nil {
		delete(model, "merges")
	}
	full["model"] = model
	text, err := json.Marshal(full)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// takeOut takes pieces out of a vocabulary, and returns the merges that don't make one.
func takeOut(model map[string]any, merges, pieces []any) []any {
	holds := func(token string) bool {
		return slices.ContainsFunc(pieces, func(p any) bool { return strings.Contains(token, p.(string)) })
	}
	vocab := maps.Clone(model["vocab"].(map[string]any))
	maps.DeleteFunc(vocab, func(token string, _ any) bool { return holds(token) && token != "<s>" && token != "</s>" })
	model["vocab"] = vocab
	return slices.DeleteFunc(merges, func(m any) bool { return holds(m.([]any)[0].(string) + m.([]any)[1].(string)) })
}

// readVariants is how many of the variants are read. The others are refused: what nobody publishes, or no family that is known.
const readVariants = 100

func TestEachFormOfATokenizerJSONGivesTheIDsOfTokenizersOrIsRefusedByName(t *testing.T) {
	var all variants
	parse(t, "variants.json", &all)
	same := 0
	for _, v := range all.Variants {
		tok, err := FromJSON(v.file(t, all.Bases[v.Base]), nil)
		_, named := errors.AsType[*UnknownError](err)
		switch {
		case err != nil && !named && fault.Of(err).Kind != "mergesLost":
			t.Errorf("%s is refused with %v, which does not name a part", v.Name, err)
		case err == nil && v.Refused:
			t.Errorf("%s is read, and the package refuses it", v.Name)
		case err == nil:
			same++
			all.check(t, v, tok)
		}
	}
	if same != readVariants {
		t.Errorf("%d of the variants are read, expected %d", same, readVariants)
	}
}

// check compares the ids of all texts.
func (all variants) check(t *testing.T, v variant, tok *Tokenizer) {
	t.Helper()
	for special, changed := range []map[string][]int{v.Plain, v.Special} {
		encode := tok.Encoding.Encode
		if special == 1 {
			encode = tok.Encoding.EncodeSpecial
		}
		for i, text := range all.Texts {
			want, ok := changed[strconv.Itoa(i)]
			if !ok {
				want = all.IDs[v.Base][special][i]
			}
			tokens, err := encode(text)
			if err != nil {
				t.Fatal(err)
			}
			for k, token := range tokens {
				if token.Start > token.End || token.End > len(text) || k > 0 && token.Start < tokens[k-1].Start {
					t.Errorf("%s: the tokens of %q stand at %v", v.Name, text, tokens)
					break
				}
			}
			if got := tokenizer.IDs(tok.Specials.Frame(tokens, len(text))); !slices.Equal(got, want) {
				t.Errorf("%s: %q, special tokens %v, gives %v; expected %v", v.Name, text, special == 1, got, want)
			}
		}
	}
}

// TestALongTextTakesNoTimeThatGrowsWithItsSquare: a fifth of a million letters, digits, spaces, marks or added tokens, of which an encoder that
// looks at all of them for each would take many minutes.
func TestALongTextTakesNoTimeThatGrowsWithItsSquare(t *testing.T) {
	var all variants
	parse(t, "variants.json", &all)
	begin := time.Now()
	for _, v := range all.Variants {
		if !slices.Contains([]string{"Llama 2", "level prefix=False regex=False", "normalizer NFC, split", "added, normalized, Llama 2, strips", "added, special=False, NFC"}, v.Name) {
			continue
		}
		tok, err := FromJSON(v.file(t, all.Bases[v.Base]), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, unit := range []string{"a", "1", " ", "\u0301", "<x>", " <l>", "\n "} {
			text := strings.Repeat(unit, 200_000/len(unit))
			if tokens, err := tok.Encoding.EncodeSpecial(text); err != nil || len(tokens) == 0 {
				t.Errorf("%s: %d tokens, %v", v.Name, len(tokens), err)
			}
		}
	}
	if took := time.Since(begin); took > 5*time.Minute {
		t.Errorf("it took %v", took)
	}
}
