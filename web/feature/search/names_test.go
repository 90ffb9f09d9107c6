package search_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"glassbox/scripts/train/corpus"
	"glassbox/web/golden"
)

// The texts are the shortest of those with which the training asks for names: held-out documents, cut before a name that stands in
// them already.
func TestTheTextsAreThoseOfTheCorpus(t *testing.T) {
	probes := corpus.Probes("name", 1, 200)
	slices.SortStableFunc(probes, func(a, b corpus.Probe) int { return len(a.Prompt) - len(b.Prompt) })
	var want strings.Builder
	for _, p := range probes[:50] {
		want.WriteString(p.Prompt + " | " + p.Answer + "\n")
	}
	if *golden.Update {
		if err := os.WriteFile("names.txt", []byte(want.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("names.txt")
	if err != nil || string(got) != want.String() {
		t.Errorf("names.txt is not what the corpus gives (%v); write it with -update", err)
	}
}
