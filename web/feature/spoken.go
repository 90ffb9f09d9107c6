package feature

import (
	"fmt"
	"strings"

	"glassbox/web/run"
	"glassbox/web/say"
)

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
