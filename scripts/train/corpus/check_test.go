package corpus

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// heldOutSentences returns the sentences of n held-out documents.
func heldOutSentences(n int) (list []Sentence) {
	g := New(7, HeldOut)
	for range n {
		list = append(list, Check(g.Next())...)
	}
	return list
}

func TestHeldOutSentencesAreAccepted(t *testing.T) {
	all := heldOutSentences(300)
	ok := 0
	for _, s := range all {
		if s.OK {
			ok++
		} else {
			t.Logf("%s (%s)", s.Text, s.Reason)
		}
	}
	t.Logf("%d of %d sentences accepted (%.2f %%)", ok, len(all), 100*float64(ok)/float64(len(all)))
	if ok*1000 < 995*len(all) {
		t.Errorf("fewer than 99.5 %% accepted")
	}
}

func TestCorruptedSentencesAreRejected(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	all := heldOutSentences(60)
	for name, corrupt := range map[string]func(*rand.Rand, string) string{
		"shuffled": shuffled, "two words swapped": swapped, "agreement broken": disagreeing,
		"unknown word": misspelled, "half a sentence": halved, "word missing": shortened, "half with a mark": broken,
	} {
		tried, rejected := 0, 0
		for _, s := range all {
			bad := corrupt(rng, s.Text)
			if bad == "" || bad == s.Text {
				continue
			}
			tried++
			if slices.ContainsFunc(Check(bad), func(s Sentence) bool { return !s.OK }) {
				rejected++
			} else if tried%5 == 0 {
				t.Logf("%s accepted: %s", name, bad)
			}
		}
		share := 100 * float64(rejected) / float64(tried)
		t.Logf("%s: %.1f %% of %d rejected", name, share, tried)
		// What is left after these three is often a sentence.
		least := map[string]float64{"word missing": 45, "two words swapped": 65, "half with a mark": 60}[name]
		if share < max(least, 90) && least == 0 || share < least {
			t.Errorf("%s: only %.1f %% of %d rejected", name, share, tried)
		}
	}
}

// shuffled puts all words but the last into another order; marks stay with their words,
// the capital with the first.
func shuffled(rng *rand.Rand, s string) string {
	f := strings.Fields(s)
	if len(f) < 5 || strings.Contains(s, "\"") {
		return ""
	}
	f[0] = lower(f[0])
	f[len(f)-1] = strings.TrimRight(f[len(f)-1], ".?!")
	rng.Shuffle(len(f), func(i, j int) { f[i], f[j] = f[j], f[i] })
	f[0] = strings.ToUpper(f[0][:1]) + f[0][1:]
	return strings.Join(f, " ") + s[len(s)-1:]
}

func lower(w string) string {
	if sortsOfWords().name[strings.Trim(w, ".,")] || isRare(w) || w == "I" {
		return w
	}
	return strings.ToLower(w)
}

// swapped exchanges two neighbours inside.
func swapped(rng *rand.Rand, s string) string {
	f := strings.Fields(s)
	if len(f) < 6 || strings.Contains(s, "\"") {
		return ""
	}
	i := 1 + rng.IntN(len(f)-3)
	f[i], f[i+1] = f[i+1], f[i]
	return strings.Join(f, " ")
}

// disagreeing turns was into were, is into are, has into have and so on, or back.
func disagreeing(_ *rand.Rand, s string) string {
	f := strings.Fields(s)
	for i, w := range f {
		for _, pair := range [][2]string{{"was", "were"}, {"is", "are"}, {"has", "have"}, {"does", "do"}, {"looks", "look"}, {"gets", "get"}, {"reads", "read"}} {
			switch w {
			case pair[0]:
				f[i] = pair[1]
				return strings.Join(f, " ")
			case pair[1]:
				if i > 0 && (f[i-1] == "they" || f[i-1] == "They" || f[i-1] == "you") {
					f[i] = pair[0]
					return strings.Join(f, " ")
				}
			}
		}
	}
	return ""
}

// misspelled changes the middle letter of the longest word.
func misspelled(_ *rand.Rand, s string) string {
	longest := ""
	for w := range strings.FieldsSeq(s) {
		if w = strings.Trim(w, ".,?!:\""); len(w) > len(longest) {
			longest = w
		}
	}
	m := len(longest) / 2
	return strings.Replace(s, longest, longest[:m]+"q"+longest[m+1:], 1)
}

// halved stops after the first half of the words, as sampling does.
func halved(_ *rand.Rand, s string) string {
	f := strings.Fields(s)
	return strings.TrimRight(strings.Join(f[:len(f)/2], " "), ",.?!")
}

// broken stops there too, but with a mark; some halves are whole sentences then.
func broken(rng *rand.Rand, s string) string {
	if half := halved(rng, s); len(strings.Fields(half)) > 2 {
		return half + "."
	}
	return ""
}

// shortened leaves out one word inside.
func shortened(rng *rand.Rand, s string) string {
	f := strings.Fields(s)
	if len(f) < 5 {
		return ""
	}
	i := 1 + rng.IntN(len(f)-2)
	return strings.Join(slices.Delete(f, i, i+1), " ")
}
