package engine

import (
	"reflect"
	"strings"
	"testing"
)

func tokenized(t *testing.T, e *Engine, q Tokenize) *Tokenized {
	t.Helper()
	return ask(t, e, Request{ID: 9, Tokenize: &q}).Tokenized
}

func TestLettersAreTokenizedWithoutAModel(t *testing.T) {
	got := tokenized(t, New(), Tokenize{Tokenizer: "letters", Text: "bé", Alphabet: "abé"}).Tokens
	want := []Token{{ID: 1, Start: 0, End: 1, Text: "b"}, {ID: 2, Start: 1, End: 3, Text: "é"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("tokens are %v; expected %v", got, want)
	}
	r := try(t, New(), Request{Tokenize: &Tokenize{Tokenizer: "letters", Text: "A"}})
	if !strings.Contains(r.Error, "no alphabet") {
		t.Errorf("without an alphabet the error is %q", r.Error)
	}
	if got := tokenized(t, sorter(t), Tokenize{Tokenizer: "letters", Text: "C"}); got.Tokens[0].ID != 2 {
		t.Errorf("with the model's alphabet tokens are %v", got.Tokens)
	}
}

func TestMergesLeadFromBytesToTheToken(t *testing.T) {
	e := withTable(t, New())
	got := tokenized(t, e, Tokenize{Tokenizer: "gpt2", Text: "How to predict"})
	if len(got.Tokens) != 3 || got.Tokens[0].ID != 2437 || got.Tokens[1].ID != 284 || got.Tokens[2].ID != 4331 {
		t.Fatalf("tokens are %v; expected 2437, 284, 4331", got.Tokens)
	}
	for i, merges := range got.Merges {
		if n := got.Tokens[i].End - got.Tokens[i].Start - 1; len(merges) != n {
			t.Errorf("%s of %d bytes has %d merges", got.Tokens[i].Text, n+1, len(merges))
		}
		last := merges[len(merges)-1]
		if last.ID != got.Tokens[i].ID || last.Left+last.Right != got.Tokens[i].Text {
			t.Errorf("the last merge of %s is %v", got.Tokens[i].Text, last)
		}
	}
}

func TestMergesBelongToTheirTokenInAnyText(t *testing.T) {
	e := withTable(t, New())
	for _, text := range []string{"<|endoftext|>a the<|endoftext|><|endoftext|>", "日本語 don't  \n\n x", "🙂🙂 aaaaaaaaaaaaaaaaaaaaaaaa", ""} {
		for _, special := range []bool{false, true} {
			got := tokenized(t, e, Tokenize{Tokenizer: "gpt2", Text: text, Special: special})
			for i, token := range got.Tokens {
				if token.ID == 50256 {
					if got.Merges[i] != nil || !special {
						t.Errorf("%q: the special token is %v with merges %v", text, token, got.Merges[i])
					}
					continue
				}
				if n := token.End - token.Start - 1; len(got.Merges[i]) != n {
					t.Errorf("%q, special %t: %v has %d merges; expected %d", text, special, token, len(got.Merges[i]), n)
				}
			}
		}
	}
}

func TestTokenizersThatAreNotThereSaySo(t *testing.T) {
	for name, want := range map[string]string{"gpt2": "not here yet", "words": `no tokenizer named "words"`} {
		r := try(t, New(), Request{Tokenize: &Tokenize{Tokenizer: name, Text: "A"}})
		if !strings.Contains(r.Error, want) {
			t.Errorf("%s: the error is %q; expected to read %q in it", name, r.Error, want)
		}
	}
	r := try(t, withTable(t, New()), Request{Tokenize: &Tokenize{Tokenizer: "gpt2", Text: "a\xff"}})
	if !strings.Contains(r.Error, "0xFF") {
		t.Errorf("invalid UTF-8 gives the error %q", r.Error)
	}
}
