package label

import (
	"math"
	"strconv"
	"strings"

	"glassbox/web/say"
)

// Significant formats a value with three significant digits.
func Significant(v float32) string {
	a := math.Abs(float64(v))
	if a != 0 && a < 1000 && a >= 0.001 {
		return say.Fixed(float64(v), min(max(0, 2-int(math.Floor(math.Log10(a)))), 5))
	}
	digits, exponent, raised := strings.Cut(strconv.FormatFloat(a, 'g', 3, 32), "e")
	if short, err := strconv.ParseFloat(digits, 32); err == nil {
		digits = say.Short(float32(short))
	}
	if raised {
		digits += "e" + exponent
	}
	if v < 0 {
		return say.Minus("-") + digits
	}
	return digits
}

// Percent formats a share as say.Percent does, with the spaces between which the canvas puts the token before it.
func Percent(p float32) string { return strings.ReplaceAll(say.Percent(p), "\u00a0", " ") }
