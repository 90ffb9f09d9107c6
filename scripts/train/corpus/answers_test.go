package corpus

import "testing"

func TestAnswersStandWhereTheirPlacesAre(t *testing.T) {
	plain, marked := New(5, Training), New(5, Training)
	words, answers := 0, 0
	for range 300 {
		want := plain.Next()
		got, places := marked.NextWithAnswers()
		if got != want {
			t.Fatalf("with its answers the document is %q; without it is %q", got, want)
		}
		words += len(got) / 5
		for _, p := range places {
			answers++
			if firstWord(got[p.From:]) != got[p.From:p.To] || p.From > 0 && got[p.From-1] != ' ' && got[p.From-1] != '"' {
				t.Errorf("the answer at %v of %q is %q", p, got, got[p.From:p.To])
			}
		}
	}
	if answers < 300 || answers > words/4 {
		t.Errorf("300 documents have %d answers in about %d words", answers, words)
	}
}
