package corpus

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"
	"testing"

	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

// gramLength is the length in tokens of the stretches that count as repeated.
const gramLength = 12

// A tally is what a number of documents hold, by kind of document.
type tally struct {
	documents, tokens, grams, repeated map[string]int
	words                              map[string]int // in small letters
	ids                                map[int]int
	often                              map[string]int // 12-grams that an earlier document has
}

// count writes n documents of the training split and counts: a 12-gram of tokens is repeated if an
// earlier document has it.
func count(tb testing.TB, seed uint64, n int, keep bool) tally {
	gpt2, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		tb.Fatal(err)
	}
	t := tally{map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[int]int{}, map[string]int{}}
	hash := maphash.MakeSeed()
	seen := map[uint64]int32{}
	g := New(seed, Training)
	for d := range n {
		k := g.kind()
		text := unmark(g.draw(k))
		for w := range strings.FieldsSeq(text) {
			t.words[strings.ToLower(strings.TrimSuffix(strings.Trim(w, ".,:?!\""), "'s"))]++
		}
		encoded, err := gpt2.Encode(text)
		if err != nil {
			tb.Fatal(err)
		}
		ids := tokenizer.IDs(encoded)
		t.documents[k.name]++
		t.tokens[k.name] += len(ids)
		for i, id := range ids {
			t.ids[id]++
			if i+gramLength > len(ids) {
				continue
			}
			t.grams[k.name]++
			key := maphash.Comparable(hash, [gramLength]int(ids[i:i+gramLength]))
			if before, ok := seen[key]; ok && int(before) != d {
				t.repeated[k.name]++
				if keep {
					b, _ := gpt2.Decode(ids[i : i+gramLength])
					t.often[skeleton(string(b))]++
				}
			}
			seen[key] = int32(d)
		}
	}
	return t
}

func total(m map[string]int) (n int) {
	for _, v := range m {
		n += v
	}
	return n
}

// skeleton returns a stretch with its nouns, names, colours and adjectives left out.
func skeleton(s string) string {
	lex, out := words(), []string{}
	for w := range strings.FieldsSeq(s) {
		bare := strings.Trim(w, ".,:?!\"")
		for _, class := range lex.order {
			if part, _, _ := strings.Cut(class, " "); strings.Contains(" name noun mass place adj adv colour day number rare ", " "+part+" ") &&
				slices.ContainsFunc(lex.classes[class], func(e entry) bool { return e.base == bare || e.plural == bare }) {
				w = strings.Replace(w, bare, "_", 1)
				break
			}
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// BenchmarkRepeatedStretches prints, for 30,000 documents, which share of the 12-grams of tokens an
// earlier document has, by kind, which stretches those are, and which words are rare.
func BenchmarkRepeatedStretches(b *testing.B) {
	for b.Loop() {
		t := count(b, 1, 30000, true)
		for _, k := range Kinds() {
			fmt.Printf("%-10s %5.2f %% of documents, %3d tokens, %5.2f %% repeated\n", k, float64(t.documents[k])/300,
				t.tokens[k]/t.documents[k], 100*float64(t.repeated[k])/float64(t.grams[k]))
		}
		fmt.Printf("all: %.2f %% repeated, %d ids, %d tokens\n", 100*float64(total(t.repeated))/float64(total(t.grams)), len(t.ids), total(t.tokens))
		often := slices.SortedFunc(maps.Keys(t.often), func(x, y string) int { return cmp.Compare(t.often[y], t.often[x]) })
		for _, s := range often[:min(150, len(often))] {
			fmt.Printf("%4d %q\n", t.often[s], s)
		}
		var rare []string
		for w, n := range t.words {
			if n < 30 && !isRare(strings.ToUpper(w[:1])+w[1:]) {
				rare = append(rare, w)
			}
		}
		slices.Sort(rare)
		fmt.Printf("%d words, %d of them less than 30 times: %q\n", len(t.words), len(rare), rare)
	}
}
