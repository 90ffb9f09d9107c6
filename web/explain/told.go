package explain

import (
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
	if i, ok := s.Info(s.Explained.Name); ok {
		if _, _, question := s.About(i); question != "" {
			sentences = []string{question, c.sentence()}
		}
	}
	for _, o := range c.Operands {
		sentences = append(sentences, s.operandInWords(o))
	}
	if len(c.Terms) > 0 {
		sentences = append(sentences, c.termsInWords())
	}
	if c.HasBias {
		sentences = append(sentences, say.Explain.AddsBias(say.Number(c.Bias)))
	}
	if c.Changed != "" {
		sentences = append(sentences, say.Sentence(c.Changed))
	}
	if c.Rounded {
		sentences = append(sentences, say.Explain.RoundedHint())
	}
	return strings.Join(sentences, " ")
}

// sentence is the equation as a sentence.
func (c Calculation) sentence() string {
	switch {
	case len(c.Symbols) == 0:
		return say.Explain.Number(c.Result)
	case len(c.Live) == 0:
		return say.Explain.NumberMade(c.Result, Inline(c.Symbols))
	}
	return say.Explain.NumberMadeHere(c.Result, Inline(c.Symbols), Inline(c.Live))
}

// operandInWords says what was read, and where.
func (s View) operandInWords(o Operand) string {
	info, _ := s.Info(o.Tensor)
	symbol, title := first(o), run.HeadTitle(info)
	where := ""
	for _, phrase := range s.Where(o.Cell) {
		where += phrase.Text
	}
	if o.Count == 1 && len(o.Values) == 1 {
		return say.Explain.Operand(symbol, run.Written(info.Op, o.Values[0], say.Number[float32]), title, where)
	}
	return say.Explain.Operands(symbol, o.Count, title, where)
}

// first is the name of an operand at the beginning of a sentence.
func first(o Operand) string {
	if o.Name == say.Explain.Symbol(o.Role) {
		return say.Explain.SymbolFirst(o.Role)
	}
	return say.Capital(o.Name)
}

// termsInWords reads the terms that count most.
func (c Calculation) termsInWords() string {
	var list []string
	for _, t := range c.Terms {
		a, product := say.Number(t.A), say.Number(t.Product)
		switch {
		case c.Columns[3] == "":
			list = append(list, say.Explain.Term(t.Label, a))
		case c.Columns[2] == "":
			list = append(list, say.Explain.TermMade(t.Label, a, product))
		default:
			list = append(list, say.Explain.TermMultiplied(t.Label, a, say.Number(t.B), product))
		}
	}
	terms := strings.Join(list, "; ")
	if n := len(c.Rest); n > 0 {
		return say.Explain.TermsAndRest(terms, n, say.Number(c.RestSum))
	}
	return say.Explain.Terms(terms)
}
