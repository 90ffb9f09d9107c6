package feature

import (
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
		return say.Feature.LettersMissing(missing)
	case missing < 0:
		return tooMany(n, -missing)
	case !s.Done():
		return say.Feature.LettersLeft(n - s.WrittenCount())
	}
	answer, sorted := s.Written(), []rune(s.Text)
	slices.SortFunc(sorted, s.byID)
	if answer != string(sorted) {
		return say.Feature.SortedWrongly(answer, string(sorted))
	}
	return say.Feature.Sorted(answer)
}

func tooMany(n, over int) string {
	return say.Feature.LettersTooMany(say.Spelled(n), over)
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

// Continued returns what the model wrote, as far as the run has come that is on the page, as text that goes on with the
// reader's.
func (s State) Continued() string {
	var shown strings.Builder
	written := s.Generated
	for _, t := range s.Tokens {
		if !t.Generated {
			continue
		}
		if len(written) == 0 || written[0] != t.ID {
			break // of a text that is no longer there
		}
		shown.WriteString(t.Text)
		written = written[1:]
	}
	if s.Last != nil {
		shown.WriteString(s.Last.Text)
	}
	return run.Plain(shown.String())
}

// Valid makes of a text what a browser's field can hold: it replaces what is no UTF-8, which a link could not carry, and
// ends lines with a line feed alone.
func Valid(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.Contains(s, "\r") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return s
}

// MostText is how many characters a text field takes: more than the model reads in any case, and few enough to be laid out
// with every key.
func (s State) MostText() int { return max(8192, 8*s.Config.Context) }

// Fit returns what a text field takes of a text, and says so where that is not all.
func (u *Change) Fit(text string) string {
	most, n := u.MostText(), 0
	for i, r := range text {
		if n++; r >= 0x10000 {
			n++ // as browsers count
		}
		if n >= most {
			u.AddNotice(say.Feature.TextFull(most))
			return text[:min(len(text), i+utf8.RuneLen(r))]
		}
	}
	return text
}

// UpTo returns the first n bytes of a text at most, whole characters.
func UpTo(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

// Spelled returns a text that a reader typed as the model takes it: as long as fits, and of letters that it knows, if it is one of
// letters.
func (u *Change) Spelled(text string) string {
	return spelled(Valid(u.Fit(text)), u.Config.Alphabet)
}

// spelled writes the characters that are in an alphabet only in the other case as that
// has them: who types b into a model of A, B and C means B. Without an alphabet a text
// stays as it is.
func spelled(text, alphabet string) string {
	if alphabet == "" {
		return text
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(alphabet, r) {
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
	n := len(texts)
	switch {
	case n == 0:
		return ""
	case n > most:
		texts = append(texts[:most], say.Feature.UnseenMore(n-most))
	}
	return say.Feature.Unseen(n, texts)
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
		return say.Feature.Playing()
	case s.Muted || s.Next == nil || s.Last != nil:
		return s.Guide
	}
	all, probability := len(s.Tokens), say.Percent(s.Next.Probability)
	text = say.Feature.SpokenText(all, s.Next.Text, probability)
	if n := len(s.Generated); n > 0 && n <= all {
		text = say.Feature.SpokenWritten(all, s.Tokens[all-1].Text, s.Next.Text, probability)
	}
	if note := UnseenNote(s); note != "" {
		text += " " + note
	}
	return text
}

// spokenPlace says where the reader is, as closely as is known: the pinned number, the
// panel, the stage.
func spokenPlace(s State) string {
	if info, ok := s.Info(s.Panel); ok {
		title := strings.Join(append(s.View().Path(info), say.Title(info.Base())), ", ")
		if c := s.Cell; c != nil && c.Name == s.Panel {
			return spokenCell(s, *c)
		}
		return say.Feature.SpokenPanel(title, info.Rows, info.Cols)
	}
	for _, f := range s.list() {
		if f.Spoken != nil && !f.Adds {
			if text := f.Spoken(&s); text != "" {
				return text
			}
		}
	}
	if s.Stage == run.StageOverview {
		return say.Feature.WholeModel()
	}
	for i, g := range Stages(s) {
		if g.Current && g.Sub != "" {
			return say.Sentence(run.StageName(s.Stage))
		} else if g.Current {
			return say.Feature.SpokenStage(i+1, g.Label)
		}
	}
	return ""
}

// spokenCell reads the pinned number.
func spokenCell(s State, c run.Cell) string {
	info, _ := s.Info(c.Name)
	number := say.Units.Masked()
	if v, ok := s.At(c.Name, c.Row, c.Col); ok {
		number = run.Written(info.Op, v, say.Number[float32])
	}
	var where strings.Builder
	for _, w := range s.Where(c) {
		where.WriteString(w.Text)
	}
	text := say.Sentence(say.Feature.SpokenNumber(run.HeadTitle(info), where.String(), number))
	if trail := spokenTrail(s); trail != "" {
		text += " " + trail
	}
	return text
}

// spokenTrail says how far the reader has come on the way back, and where it ends.
func spokenTrail(s State) (text string) {
	if n := len(s.Trail); n > 0 {
		title, where := s.View().Crumb(s.Trail[0].Cell)
		text = say.Feature.SpokenTrail(n+1, title, where)
		if end, _ := s.View().End(); end != "" {
			text += " " + end
		}
	}
	return text
}

// Heard is what a screen reader has been told: one announcement for one move, however much that changes.
type Heard struct {
	Now                 string // the announcement
	text, place, notice string // what there was to be said then
}

// Hear returns what to announce: of the text, the place and the notice what has changed, as one. While answers are on
// their way it waits for them, for they belong to the same move.
func (h *Heard) Hear(s State) string {
	if Busy(s) && !s.Playing {
		return h.Now
	}
	text, place := Spoken(s)
	var said []string
	for _, part := range []struct {
		was *string
		is  string
	}{{&h.notice, heardNotice(s)}, {&h.text, text}, {&h.place, place}} {
		if part.is != *part.was && part.is != "" {
			said = append(said, part.is)
		}
		*part.was = part.is
	}
	if len(said) > 0 {
		h.Now = strings.Join(said, " ")
	}
	return h.Now
}

// heardNotice is the notice, but for what is told of the text as well: which token the model wrote.
func heardNotice(s State) string {
	if n := len(s.Generated); n > 0 && n <= len(s.Tokens) && s.Notice == say.Feature.Wrote(s.Tokens[len(s.Tokens)-1].Text) {
		return ""
	}
	return s.Notice
}
