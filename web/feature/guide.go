package feature

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"glassbox/web/run"
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
		left := n - s.WrittenCount()
		return fmt.Sprintf("Step writes the sorted letters: %d to go.", left)
	}
	answer, sorted := s.Written(), []rune(s.Text)
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

// WrittenCount returns how many tokens the model wrote, the last one included.
func (s State) WrittenCount() int {
	if s.Last != nil {
		return len(s.Generated) + 1
	}
	return len(s.Generated)
}

// Done reports whether nothing is left to write.
func (s State) Done() bool {
	n := s.Choice().Letters
	return s.Last != nil || n > 0 && s.WrittenCount() >= n
}

// Written returns what the model wrote, as it is shown, the last answer included.
func (s State) Written() string {
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

// Spoken returns what a screen reader announces, politely, when it changes: the text and
// what the model says next, and the place where the reader is. Both are made from the
// state alone; hovering and single ticks of Play are not announced.
func Spoken(s State) (text, place string) {
	place = spokenPlace(s)
	for _, f := range s.list() {
		if f.Adds {
			if before := f.Spoken(&s); before != "" {
				place = before + " " + place
			}
		}
	}
	return spokenText(s), place
}

// spokenText says what the model wrote and what would follow. Errors are alerts of their
// own.
func spokenText(s State) (text string) {
	switch {
	case s.Phase == Starting || s.Phase == Loading || s.TextError != "":
		return ""
	case s.Playing:
		return "Playing."
	case s.Muted || s.Next == nil || s.Last != nil:
		return s.Guide
	}
	count := say.Plural(len(s.Tokens), "token")
	if n := len(s.Generated); n > 0 && n <= len(s.Tokens) {
		count = fmt.Sprintf("%s, the last one, %s, written by the model", count, s.Tokens[len(s.Tokens)-1].Text)
	}
	text = fmt.Sprintf("%s. Next: %s, %s.", count, s.Next.Text, say.Percent(s.Next.Probability))
	if note := UnseenNote(s); note != "" {
		text += " " + note
	}
	return text
}

// spokenPlace says where the reader is, as closely as is known: the pinned number, the
// panel, the stage.
func spokenPlace(s State) string {
	if info, ok := s.Info(s.Panel); ok {
		title := strings.Join(append(s.View().Path(info), info.Title()), ", ")
		if c := s.Cell; c != nil && c.Name == s.Panel {
			return spokenCell(s, *c)
		}
		return fmt.Sprintf("%s, %d by %d.", title, info.Rows, info.Cols)
	}
	for _, f := range s.list() {
		if f.Spoken != nil && !f.Adds {
			if text := f.Spoken(&s); text != "" {
				return text
			}
		}
	}
	if s.Stage == run.StageOverview {
		return "The whole model."
	}
	for i, g := range Stages(s) {
		if g.Current && g.Sub != "" {
			return fmt.Sprintf("%s, %s.", g.Label, say.Lower(g.Sub))
		} else if g.Current {
			return fmt.Sprintf("Stage %d, %s.", i+1, g.Label)
		}
	}
	return ""
}

// spokenCell reads the pinned number.
func spokenCell(s State, c run.Cell) string {
	info, _ := s.Info(c.Name)
	number := "masked"
	if v, ok := s.At(c.Name, c.Row, c.Col); ok {
		number = say.Number(v)
	}
	var where strings.Builder
	for _, w := range s.Where(c) {
		where.WriteString(w.Text)
	}
	text := say.Sentence(fmt.Sprintf("%s, %s: %s", run.HeadTitle(info), where.String(), number))
	return text + spokenTrail(s)
}

// spokenTrail says how far the reader has come on the way back, and where it ends.
func spokenTrail(s State) (text string) {
	if n := len(s.Trail); n > 0 {
		title, where := s.View().Crumb(s.Trail[0].Cell)
		text = fmt.Sprintf(" Number %d on the way from %s, %s.", n+1, title, where)
		if end, _ := s.View().End(); end != "" {
			text += " " + end
		}
	}
	return text
}
