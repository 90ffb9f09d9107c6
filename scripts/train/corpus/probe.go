package corpus

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// A Probe is the beginning of a held-out document and the one word that must come next.
// The whole text is Prompt + " " + Answer; the first token of " "+Answer decides.
type Probe struct {
	Prompt, Answer string
}

// maxPrompt is the longest prompt of a probe in words; with the tokens of made-up names
// it stays below 128 tokens with its answer, as a test holds.
const maxPrompt = 76

// ProbeKinds returns the kinds of probes: what each asks for.
func ProbeKinds() []string {
	return []string{"name", "owner", "colour", "place", "list", "opposite", "sum", "capital", "question", "pronoun", "day", "kind"}
}

// Probes returns n different probes of a kind, from held-out documents, each with a
// combination in its prompt or answer that no training document holds. It returns nil for
// an unknown kind.
func Probes(kind string, seed uint64, n int) (probes []Probe) {
	writers := writersOf(kind)
	if writers == nil {
		return nil
	}
	g := &Generator{rng: rand.New(rand.NewPCG(seed, 2)), split: HeldOut}
	seen := map[string]bool{}
	for len(probes) < n {
		p, ok := probeIn(g.draw(writers[g.rng.IntN(len(writers))]), kind, g.rng)
		if ok && !seen[p.Prompt] {
			seen[p.Prompt] = true
			probes = append(probes, p)
		}
	}
	return probes
}

// writersOf returns the kinds of documents that hold probes of a kind.
func writersOf(probe string) (list []kind) {
	names := map[string][]string{
		"name": {"stranger", "wish"}, "owner": {"gift"}, "colour": {"gift", "lost", "pair", "makers", "fable"},
		"place": {"lost", "travel", "pair"}, "list": {"list"}, "opposite": {"opposites"}, "sum": {"sum"}, "capital": {"countries"},
		"question": {"lost", "talk", "wish", "fable", "makers"}, "pronoun": {"pair"}, "day": {"travel"}, "kind": {"kinds"},
	}[probe]
	for _, k := range kinds() {
		if slices.Contains(names, k.name) {
			list = append(list, k)
		}
	}
	return list
}

// probeIn cuts a document before one of its marked answers.
func probeIn(marked, kind string, rng *rand.Rand) (Probe, bool) {
	var cuts []int
	for from := 0; ; {
		i := strings.Index(marked[from:], mark(kind))
		if i < 0 {
			break
		}
		cuts = append(cuts, from+i)
		from += i + 1
	}
	if len(cuts) == 0 {
		return Probe{}, false
	}
	cut := cuts[rng.IntN(len(cuts))]
	prompt := strings.TrimSuffix(unmark(marked[:cut]), " ")
	answer := firstWord(marked[cut+len(mark(kind)):])
	fits := len(strings.Fields(prompt)) <= maxPrompt
	return Probe{prompt, answer}, fits && anyHeldOut(Combinations(prompt+" "+answer))
}

// firstWord returns the letters that a text begins with.
func firstWord(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return (r|0x20 < 'a' || r|0x20 > 'z') && (r < '0' || r > '9') })
	if end < 0 {
		return s
	}
	return s[:end]
}
