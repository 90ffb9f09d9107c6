package label

import "testing"

func TestTitlesBeginSmallIfWithAWord(t *testing.T) {
	for title, want := range map[string]string{"Query weights": "query weights", "GELU": "GELU", "Top-k": "top-k", "Σ exp": "Σ exp", "": ""} {
		if got := lower(title); got != want {
			t.Errorf("%q becomes %q; expected %q", title, got, want)
		}
	}
}
