package explain

import (
	"fmt"
	"strings"

	"glassbox/web/run"
	"glassbox/web/say"
)

// InWords says how the number that the reader points at was made, in sentences: for those who
// listen to what the formula and its table show. It is "" while no explanation is there.
func (s View) InWords() string {
	c, ok := s.Calculation()
	if !ok || s.Explained.Name != s.Panel {
		return ""
	}
	if c.Masked {
		return c.Note
	}
	sentences := []string{c.sentence()}
	for _, o := range c.Operands {
		sentences = append(sentences, s.operandInWords(o))
	}
	if len(c.Terms) > 0 {
		sentences = append(sentences, c.termsInWords())
	}
	if c.HasBias {
		sentences = append(sentences, fmt.Sprintf("The bias adds %s.", say.Number(c.Bias)))
	}
	return strings.Join(sentences, " ")
}

// sentence is the equation as a sentence.
func (c Calculation) sentence() string {
	text := c.Result
	if len(c.Symbols) > 0 {
		text += " is " + Inline(c.Symbols)
	}
	if len(c.Live) > 0 {
		text += ", here " + Inline(c.Live)
	}
	return text + "."
}

// operandInWords says what was read, and where.
func (s View) operandInWords(o Operand) string {
	info, _ := s.Info(o.Tensor)
	what := say.Plural(o.Count, "number")
	if o.Count == 1 && len(o.Values) == 1 {
		what = say.Number(o.Values[0])
	}
	return fmt.Sprintf("%s is %s of %s, from row %d, column %d.", strings.ToUpper(o.Role[:1])+o.Role[1:], what,
		run.HeadTitle(info), o.Cell.Row, o.Cell.Col)
}

// termsInWords reads the terms that count most.
func (c Calculation) termsInWords() string {
	var text strings.Builder
	text.WriteString("Term by term: ")
	for i, t := range c.Terms {
		if i > 0 {
			text.WriteString("; ")
		}
		fmt.Fprintf(&text, "%s, %s", t.Label, say.Number(t.A))
		if c.Columns[2] != "" {
			fmt.Fprintf(&text, " times %s", say.Number(t.B))
		}
		if c.Columns[3] != "" {
			fmt.Fprintf(&text, " is %s", say.Number(t.Product))
		}
	}
	if n := len(c.Rest); n > 0 {
		fmt.Fprintf(&text, "; and %s, which come to %s", say.Plural(n, "smaller one"), say.Number(c.RestSum))
	}
	return text.String() + "."
}
