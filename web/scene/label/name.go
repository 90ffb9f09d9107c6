package label

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"glassbox/model"
)

// Title returns what a tensor is called in the scene, beside the step that reads it: its
// title in the model, in the middle of a line.
func Title(s, reader *model.Info) string {
	if reader != nil {
		return lower(s.TitleFor(*reader))
	}
	return lower(s.Title())
}

// lower returns a title that begins with a small letter where it begins with a word: "query
// weights", but "GELU" and "Σ".
func lower(title string) string {
	first, n := utf8.DecodeRuneInString(title)
	if next, _ := utf8.DecodeRuneInString(title[n:]); !unicode.IsLower(next) {
		return title
	}
	return string(unicode.ToLower(first)) + title[n:]
}

// Shape returns the sizes of a tensor in the letters of the legend: "T × C". A reader of a
// weight sees in × out.
func Shape(s *model.Info) string {
	return symbol(s.Rows, s.RowAxis) + " × " + symbol(s.Cols, s.ColAxis)
}

// symbol returns the letter for the length of an axis, or if it has none the length itself.
func symbol(n int, axis model.Axis) string {
	if letter := axis.Letter(); letter != "" {
		return letter
	}
	return strconv.Itoa(n)
}

// Numeral returns a small number as a word that begins a sentence.
func Numeral(n int) string {
	words := []string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}
