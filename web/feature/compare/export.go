package compare

import (
	"strconv"
	"strings"

	"glassbox/web/engine"
	"glassbox/web/export"
	"glassbox/web/feature"
)

// Save writes all that was compared into a file: a line for each number, which says what it is of.
func (c *Card) Save() {
	var b strings.Builder
	line := func(fields ...string) { b.WriteString(export.Line(fields...)) }
	line("of", "name", "first", "second", "rms", "relative", "largest", "row", "column", "bits")
	next := c.part(engine.AspectNext).found
	for _, p := range next.Next {
		line("next", p.Text, number(float64(p.Before)), number(float64(p.After)), "", "", "", "", "", "")
	}
	for i, pair := range c.pairs(next) {
		line("next", strconv.Itoa(i), pair[0], pair[1], "", "", "", "", "", "")
	}
	if next.Words {
		line("last", "", "", "", "", "", "", "", "", number(next.Lost))
	}
	for t, v := range c.part(engine.AspectBits).found.Bits {
		line("token", strconv.Itoa(t), token(c.Screen.State.Tokens, t), token(c.state.Other.Tokens, t), "", "", "", "", "", number(v))
	}
	w := c.written()
	for i := range max(len(w[0].Tokens), len(w[1].Tokens)) {
		line("written", strconv.Itoa(i), text(w[0].Tokens, i), text(w[1].Tokens, i), "", "", "", "", "", "")
	}
	for _, of := range []engine.Aspect{engine.AspectSteps, engine.AspectWeights} {
		for _, d := range c.part(of).found.Differences {
			line(strings.TrimSuffix(string(of), "s"), d.Name, "", "", number(d.RMS), number(d.Relative()), number(d.Largest), strconv.Itoa(d.Row), strconv.Itoa(d.Col), "")
		}
	}
	c.Screen.Do(feature.SaveText{Name: export.FileName(c.Screen.State.FilesOf(), name, string(export.CSV)), Mime: export.CSV.Mime(), Text: b.String()})
}

// pairs are the most likely tokens of each, with their chances, where they are not the same tokens.
func (c *Card) pairs(next engine.Comparison) (list [][2]string) {
	for i := range min(len(next.First), len(next.Second)) {
		if !next.Words {
			a, b := next.First[i], next.Second[i]
			list = append(list, [2]string{a.Text + " " + number(float64(a.Probability)), b.Text + " " + number(float64(b.Probability))})
		}
	}
	return list
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func token(list []engine.Token, i int) string {
	if i >= len(list) {
		return ""
	}
	return list[i].Text
}

func text(list []engine.TokenText, i int) string {
	if i >= len(list) {
		return ""
	}
	return list[i].Text
}
