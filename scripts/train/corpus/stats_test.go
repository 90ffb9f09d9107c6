package corpus

import (
	"hash/maphash"
	"math"
	"strings"
	"testing"
	"time"

	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

// entropy returns the bits per token of a count of n-grams, less those of their contexts.
func entropy(counts, contexts map[[3]int]int, total int) float64 {
	h := 0.0
	for key, n := range counts {
		context := [3]int{key[0], key[1], -1}
		if key[2] == -1 {
			context = [3]int{key[0], -1, -1}
		}
		h -= float64(n) / float64(total) * math.Log2(float64(n)/float64(contexts[context]))
	}
	return h
}

func TestTheCorpusIsVariedAndInGPT2sTokens(t *testing.T) {
	gpt2, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		t.Fatal(err)
	}
	const documents = 2500
	g := New(1, Training)
	wordsSeen, ids := map[string]bool{}, map[int]int{}
	one, two, three := map[[3]int]int{}, map[[3]int]int{}, map[[3]int]int{}
	grams, duplicates, total, words, tokens, bytes := map[uint64]int{}, 0, 0, 0, 0, 0
	openings := map[string]int{}
	seed := maphash.MakeSeed()
	var spent time.Duration
	for d := range documents {
		began := time.Now()
		text := g.Next()
		spent += time.Since(began)
		bytes += len(text)
		encoded, err := gpt2.Encode(text)
		if err != nil {
			t.Fatal(err)
		}
		list := tokenizer.IDs(encoded)
		tokens += len(list)
		for i, id := range list {
			ids[id]++
			if i+2 < len(list) {
				one[[3]int{id, -1, -1}]++
				two[[3]int{id, list[i+1], -1}]++
				three[[3]int{id, list[i+1], list[i+2]}]++
			}
		}
		fields := strings.Fields(text)
		words += len(fields)
		openings[strings.Join(fields[:5], " ")]++
		for i, w := range fields {
			wordsSeen[strings.ToLower(strings.Trim(w, ".,:?!\""))] = true
			if i+12 <= len(fields) {
				h := maphash.String(seed, strings.Join(fields[i:i+12], " "))
				if before, ok := grams[h]; ok && before != d {
					duplicates++
				}
				grams[h] = d
				total++
			}
		}
	}
	share := 100 * float64(duplicates) / float64(total)
	n := tokens - 2*documents
	t.Logf("%d documents, %d words, %d distinct, %d tokens, %d distinct, %.0f tokens per document, %.1f MB/s",
		documents, words, len(wordsSeen), tokens, len(ids), float64(tokens)/documents, float64(bytes)/1e6/spent.Seconds())
	t.Logf("bits per token: %.2f after one token, %.2f after two; %.2f %% of the 12-grams stand in an earlier document", entropy(two, one, n), entropy(three, two, n), share)
	most, often := "", 0
	for o, n := range openings {
		if n > often {
			most, often = o, n
		}
	}
	t.Logf("%d openings of five words; most often (%d): %s", len(openings), often, most)
	if len(ids) < 3000 || len(ids) > 6000 {
		t.Errorf("%d distinct tokens, want 3000 to 6000", len(ids))
	}
	if share > 0.5 {
		t.Errorf("%.1f %% of the 12-grams are repeated", share)
	}
}
