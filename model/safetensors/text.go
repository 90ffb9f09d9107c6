package safetensors

import (
	"strconv"
	"strings"

	"glassbox/model/jsontext"
)

// Legible returns a name from a file in a form that can stand in a line of text.
func Legible(name string) string { return jsontext.Legible(name) }

// join writes numbers in the form "3, 48".
func join[N int | int64](numbers []N) string {
	var s strings.Builder
	for i, n := range numbers {
		if i > 0 {
			s.WriteString(", ")
		}
		s.WriteString(strconv.FormatInt(int64(n), 10))
	}
	return s.String()
}

// list writes numbers in the form "[3, 48]".
func list[N int | int64](numbers []N) string {
	return "[" + join(numbers) + "]"
}
