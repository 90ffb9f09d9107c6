package corpus

import (
	"slices"
	"strings"
	"testing"
)

func TestNoTrainingDocumentHoldsAHeldOutCombination(t *testing.T) {
	held := map[string]bool{}
	g := New(1, HeldOut)
	for range 400 {
		found := false
		for _, c := range Combinations(g.Next()) {
			if IsHeldOut(c) {
				held[c], found = true, true
			}
		}
		if !found {
			t.Fatal("a held-out document has no combination that is held out")
		}
	}
	for _, g := range []*Generator{New(2, Training), New(2, Training, "cards", "memory", "turns")} {
		for range 2000 {
			for _, c := range Combinations(g.Next()) {
				if held[c] || IsHeldOut(c) {
					t.Fatalf("training holds %q", c)
				}
			}
		}
	}
	t.Logf("%d held-out combinations seen", len(held))
}

func TestHeldOutNamesThingsAndColoursOccurInTrainingApart(t *testing.T) {
	known := map[string]bool{}
	g := New(3, Training)
	for range 4000 {
		for w := range strings.FieldsSeq(g.Next()) {
			known[strings.Trim(w, ".,:?!\"")] = true
		}
	}
	for name := range sortsOfWords().name {
		if !known[name] {
			t.Errorf("training never names %s", name)
		}
	}
	for c := range sortsOfWords().colour {
		if !known[c] {
			t.Errorf("nothing in training is %s", c)
		}
	}
}

func TestCombinationsAreReadFromTheText(t *testing.T) {
	got := Combinations("Ada had a red kite. Three and four make seven. Tom likes France.")
	for _, want := range []string{"Ada+red kite", "Tom+red kite", "Ada+three four", "Tom+France"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
}

func TestTheSameSeedGivesTheSameDocuments(t *testing.T) {
	a, b, other := New(5, Training), New(5, Training), New(6, Training)
	same := true
	for range 100 {
		x := a.Next()
		if y := b.Next(); x != y {
			t.Fatalf("%q and %q", x, y)
		}
		same = same && x == other.Next()
	}
	if same {
		t.Error("another seed gives the same documents")
	}
}

func TestEveryKindIsWritten(t *testing.T) {
	for _, k := range slices.Concat(kinds(), exercises()) {
		name := k.name
		if k.weight <= 0 {
			t.Errorf("%s has no weight", name)
		}
		for _, split := range []Split{Training, HeldOut} {
			text := New(1, split, k.name).Next()
			if n := len(strings.Fields(text)); n < minWords || n > maxWords {
				t.Errorf("%s: %d words", name, n)
			}
			if strings.ContainsAny(text, "{}[]<>|^\x01\x02#@*") || strings.Contains(text, "  ") {
				t.Errorf("%s: a template shows in %q", name, text)
			}
		}
	}
}

func TestEveryPairAndCountryHasOneAnswer(t *testing.T) {
	for _, class := range []string{"pair opposite", "capital of"} {
		seen := map[string]bool{}
		for _, e := range words().classes[class] {
			for _, w := range []string{e.base, e.other} {
				if seen[w] {
					t.Errorf("%s: %s stands twice", class, w)
				}
				seen[w] = true
			}
		}
	}
}
