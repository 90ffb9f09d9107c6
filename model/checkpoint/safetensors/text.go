package safetensors

import (
	"strings"

	"glassbox/model/fault"
)

// Legible returns a name from a file in a form that can stand in a line of text.
func Legible(name string) string { return fault.Legible(name) }

// join writes numbers in the form "3, 48".
func join[N int | int64](numbers []N) string { return strings.Trim(list(numbers), "[]") }

// list writes numbers in the form "[3, 48]".
func list[N int | int64](numbers []N) string { return fault.Numbers(numbers) }
