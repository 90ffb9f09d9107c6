package feature

import (
	"fmt"
	"slices"
	"strings"

	"glassbox/web/say"
)

// UnseenNote says which tokens of the text the model has never met in training; "" none.
func UnseenNote(s State) string {
	var texts []string
	for _, t := range s.Tokens {
		if t.Unseen && !slices.Contains(texts, t.Text) {
			texts = append(texts, t.Text)
		}
	}
	const most = 3
	switch n := len(texts); {
	case n == 0:
		return ""
	case n == 1:
		return fmt.Sprintf("The model has never seen %s: to it, all tokens that its training did not hold are one and the same.", texts[0])
	case n > most:
		texts = append(texts[:most], say.Count(n-most)+" more")
	}
	last := len(texts) - 1
	return fmt.Sprintf("The model has never seen %s and %s: to it, all tokens that its training did not hold are one and the same.",
		strings.Join(texts[:last], ", "), texts[last])
}
