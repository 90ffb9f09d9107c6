package corpus

import (
	"slices"
	"strings"
	"testing"

	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

func TestEveryProbeHasTheAnswerThatAReaderFinds(t *testing.T) {
	reader := newReader()
	gpt2, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range ProbeKinds() {
		probes := Probes(kind, 11, 200)
		seen, wrong, longest, answers := map[string]bool{}, 0, 0, map[string]int{}
		for _, p := range probes {
			if seen[p.Prompt] || strings.ContainsAny(p.Answer, " .,") || p.Answer == "" {
				t.Errorf("%s: %q → %q", kind, p.Prompt, p.Answer)
			}
			seen[p.Prompt] = true
			answers[p.Answer]++
			tokens, err := gpt2.Encode(p.Prompt)
			if err != nil || len(tokens) > 126 {
				t.Errorf("%s: %d tokens (%v) in %q", kind, len(tokens), err, p.Prompt)
			}
			longest = max(longest, len(tokens))
			if got := reader.answer(kind, p.Prompt); got != p.Answer {
				if wrong++; wrong < 4 {
					t.Errorf("%s: the reader finds %q, not %q, in: %s", kind, got, p.Answer, p.Prompt)
				}
			}
			if !anyHeldOut(Combinations(p.Prompt + " " + p.Answer)) {
				t.Errorf("%s: nothing is held out in %q", kind, p.Prompt)
			}
		}
		if len(probes) != 200 || wrong > 0 {
			t.Errorf("%s: %d probes, %d of them wrong", kind, len(probes), wrong)
		}
		t.Logf("%s: %d answers, longest prompt %d tokens", kind, len(answers), longest)
	}
}

func TestProbesOfAnUnknownKindAreNone(t *testing.T) {
	if p := Probes("cheese", 1, 5); p != nil {
		t.Errorf("%v", p)
	}
	if slices.ContainsFunc(ProbeKinds(), func(k string) bool { return len(Probes(k, 1, 1)) != 1 }) {
		t.Error("a kind has no probe")
	}
}
