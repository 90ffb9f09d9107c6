package label

import (
	"math"
	"strconv"
)

// Significant formats a value with three significant digits; minus is U+2212.
func Significant(v float32) string {
	text := strconv.FormatFloat(math.Abs(float64(v)), 'g', 3, 32)
	if a := math.Abs(float64(v)); a != 0 && a < 1000 && a >= 0.001 {
		digits := max(0, 2-int(math.Floor(math.Log10(a))))
		text = strconv.FormatFloat(a, 'f', min(digits, 5), 32)
	}
	if v < 0 {
		return "−" + text
	}
	return text
}

// Percent formats a share with one decimal, "96.4 %"; what only rounds to all or nothing
// says so.
func Percent(p float32) string {
	switch {
	case p >= 0.9995 && p < 1:
		return "> 99.9 %"
	case p > 0 && p < 0.0005:
		return "< 0.1 %"
	}
	return strconv.FormatFloat(float64(p)*100, 'f', 1, 32) + " %"
}
