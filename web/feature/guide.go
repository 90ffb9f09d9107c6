package feature

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"glassbox/web/say"
)

// guide says what the reader can do next, and what Step will write.
func (u *Change) guide() {
	n := u.Choice().Letters
	u.Muted = n > 0 && u.Typed() != n
	u.Guide = u.guideText(n)
	switch {
	case u.Phase != Ready || u.Muted || u.Done() || u.Drawn == nil:
		u.Next = nil
	case !u.Waits(ForRun) && !u.Ran.Equal(u.Input()):
		u.Next = nil // the text was refused
	case !u.Waits(ForRun):
		u.Next = u.Drawn
	}
	if u.Playing && u.Done() {
		u.Stop()
	}
}

// guideText is a sentence for the models that sort n letters.
func (s State) guideText(n int) string {
	missing := n - s.Typed()
	switch {
	case n == 0:
		return ""
	case missing > 0:
		return fmt.Sprintf("Sorts %s letters: %d more.", say.Spelled(n), missing)
	case missing < 0:
		return tooMany(n, -missing)
	case !s.Done():
		left := n - s.Answered()
		return fmt.Sprintf("Step writes the sorted letters: %d to go.", left)
	}
	answer, sorted := s.Answer(), []rune(s.Text)
	slices.SortFunc(sorted, s.byID)
	if answer != string(sorted) {
		return fmt.Sprintf("The model wrote %s; sorted it is %s.", answer, string(sorted))
	}
	return fmt.Sprintf("Sorted: %s.", answer)
}

func tooMany(n, over int) string {
	return fmt.Sprintf("This model sorts %s letters; remove %d to go on.", say.Spelled(n), over)
}

// byID compares letters by their place in the alphabet.
func (s State) byID(a, b rune) int {
	alphabet := []rune(s.Config.Alphabet)
	return slices.Index(alphabet, a) - slices.Index(alphabet, b)
}

// Typed returns the number of characters of the text.
func (s State) Typed() int { return utf8.RuneCountInString(s.Text) }

// Answered returns how many tokens the model wrote, the last one included.
func (s State) Answered() int {
	if s.Last != nil {
		return len(s.Generated) + 1
	}
	return len(s.Generated)
}

// Done reports whether nothing is left to write.
func (s State) Done() bool {
	n := s.Choice().Letters
	return s.Last != nil || n > 0 && s.Answered() >= n
}

// Answer returns what the model wrote, as it is shown, the last answer included.
func (s State) Answer() string {
	answer := ""
	for _, id := range s.Generated {
		answer += s.WordText(id)
	}
	if s.Last != nil {
		answer += s.Last.Text
	}
	return answer
}

// Valid replaces what is no UTF-8, which a link could not carry. A browser's text field
// never holds it.
func Valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// UpTo returns the first n bytes of a text at most, whole characters.
func UpTo(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

// spelled writes the characters that are in an alphabet only in the other case as that
// has them: who types b into a model of A, B and C means B. Without an alphabet a text
// stays as it is.
func spelled(text, alphabet string) string {
	return strings.Map(func(r rune) rune {
		if alphabet == "" || strings.ContainsRune(alphabet, r) {
			return r
		}
		for _, other := range []rune{unicode.ToUpper(r), unicode.ToLower(r)} {
			if strings.ContainsRune(alphabet, other) {
				return other
			}
		}
		return r
	}, text)
}

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
