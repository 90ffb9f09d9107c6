package view

import (
	"math"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/say"
)

// Words is a text beside elements, without one of its own.
func Words(text string) vugu.Builder { return words(text) }

type words string

// Build returns the text.
func (w words) Build(*vugu.BuildIn) *vugu.BuildOut {
	return &vugu.BuildOut{Out: []*vugu.VGNode{{Type: vugu.TextNode, Data: string(w)}}}
}

// Share writes a part of one as an SVG length in percent.
func Share(p float64) string {
	if p != p {
		p = 0
	}
	return strconv.FormatFloat(min(1, max(0, p))*100, 'f', 2, 64) + "%"
}

// Part is Share of a part of a whole; what is infinite, as edits can make a number, is all of it.
func Part(p, whole float64) string {
	if math.IsInf(p, 1) {
		return Share(1)
	}
	return Share(p / whole)
}

// Pixels writes a length.
func Pixels(v float64) string { return strconv.FormatFloat(v, 'f', -1, 32) }

// Decimal writes a number with that many digits behind the point.
func Decimal(v float32, digits int) string {
	return strconv.FormatFloat(float64(v), 'f', digits, 32)
}

// FieldNumber reads what a control holds; what is no number is refused.
func FieldNumber(event vugu.DOMEvent) (v float64, ok bool) {
	v, err := strconv.ParseFloat(event.PropString("target", "value"), 64)
	return v, err == nil
}

// Small writes a probability so that also those far down differ.
func Small(p float32) string {
	if p >= 0.0005 || p == 0 {
		return say.Percent(p)
	}
	return say.Units.Percent(say.Rounded(float64(p) * 100))
}

// Page returns the numbers below total that share a page of that size with at.
func Page(at, size, total int) (list []int) {
	first := at / size * size
	for i := first; i < min(first+size, total); i++ {
		list = append(list, i)
	}
	return list
}

// Span writes the first and the last of some numbers.
func Span(list []int) string {
	if len(list) == 0 {
		return say.View.NoNumbers()
	}
	return say.LeftToRight(say.Count(list[0]) + "–" + say.Count(list[len(list)-1]))
}

// Sizes writes how many rows and columns a tensor has.
func Sizes(rows, cols int) string { return say.Count(rows) + " × " + say.Count(cols) }

// Unit writes a length of a picture with two decimals.
func Unit(v float64) string { return Pixels(math.Round(v*100) / 100) }

// TokenClass returns the classes of a token as it is shown, with a space before them.
func TokenClass(text string) string {
	switch {
	case strings.HasPrefix(text, "<0x"):
		return " bytes"
	case text == "·" || text == "↵" || text == "⇥":
		return " space"
	}
	return ""
}
