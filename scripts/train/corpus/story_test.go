package corpus

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestWhatContradictsTheStoryIsRejected(t *testing.T) {
	for name, text := range map[string]string{
		"colour":          "Ada had a red kite. The kite was blue.",
		"colour, asked":   "Ada had a red kite. What color was the kite? It was blue.",
		"colour, again":   "Ada had a red kite. Tom found the green kite.",
		"owner":           "Ada had a red kite. Ada gave the kite to Tom. So the kite was now with Ada.",
		"owner, asked":    "Ada had a red kite. Ada sold the kite to Tom for a pie. Who had the kite now? It was Ada.",
		"owner of two":    "Ada had a red kite, and Tom had a blue drum. Ada traded the kite for the drum of Tom. Now the drum belonged to Tom.",
		"owner, untraded": "A red kite belonged to Ada. The owner of the kite was Tom.",
	} {
		all := Check(text)
		for i, s := range all {
			if last := i == len(all)-1; s.OK == last {
				t.Errorf("%s: %q is judged %v (%s)", name, s.Text, s.OK, s.Reason)
			}
		}
	}
	for _, text := range []string{"Ada had a red kite. The kite was red.", "The kite was blue.", "Ada had a red kite. Ada gave it to Tom. So the kite was now with Tom."} {
		if all := Check(text); slices.ContainsFunc(all, func(s Sentence) bool { return !s.OK }) {
			t.Errorf("rejected: %v", all)
		}
	}
}

func TestDocumentsOfBothSplitsAreAcceptedAndWrongOnesAreNot(t *testing.T) {
	colours := regexp.MustCompile(`(The color of the \w+ was|The \w+ was) (` + oneOf("colour all") + `)\.`)
	changed, found := 0, 0
	for _, split := range []Split{Training, HeldOut} {
		g := New(31, split)
		bad, all := 0, 0
		for range 150 {
			text := g.Next()
			for _, s := range Check(text) {
				all++
				if !s.OK {
					bad++
					t.Logf("%s (%s)", s.Text, s.Reason)
				}
			}
			m := colours.FindStringSubmatch(text)
			if m == nil {
				continue
			}
			other := "red"
			if m[2] == other {
				other = "blue"
			}
			changed++
			wrong := strings.Replace(text, m[0], m[1]+" "+other+".", 1)
			if slices.ContainsFunc(Check(wrong), func(s Sentence) bool { return !s.OK }) {
				found++
			}
		}
		if bad*1000 > all {
			t.Errorf("%d of %d sentences rejected", bad, all)
		}
	}
	t.Logf("%d of %d changed colours found", found, changed)
	if changed < 25 || found < changed {
		t.Errorf("%d of %d changed colours found", found, changed)
	}
}

func TestPromptsAreTwentyBeginnings(t *testing.T) {
	prompts, seen := Prompts(), map[string]bool{}
	for _, p := range prompts {
		if seen[p] || p == "" || strings.TrimSpace(p) != p {
			t.Errorf("%q", p)
		}
		seen[p] = true
		list := Check(p)
		for _, s := range list[:len(list)-1] { // the last breaks off
			if !s.OK {
				t.Errorf("%q: %s", s.Text, s.Reason)
			}
		}
	}
	if len(prompts) != 20 || prompts[0] != "How to predict" {
		t.Errorf("%d prompts, the first %q", len(prompts), prompts[0])
	}
	g := New(1, Training)
	for range 3000 {
		text := g.Next()
		for _, p := range prompts[4:] {
			if len(p) > 40 && strings.HasPrefix(text, p) {
				t.Errorf("training begins with %q", p)
			}
		}
	}
}
