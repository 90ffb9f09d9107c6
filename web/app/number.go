package app

import (
	"math"
	"strconv"
	"strings"
)

// Number returns v with four decimals and a real minus sign. A number that would show as
// zero, or that is too large to read, is written with an exponent.
func Number[F float32 | float64](x F) string {
	v := float64(x)
	switch size := math.Abs(v); {
	case v != v:
		return "masked"
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return "−∞"
	case size != 0 && size < 0.00005 || size >= 1e7:
		return power(strconv.FormatFloat(v, 'e', 3, 64))
	}
	return minus(strconv.FormatFloat(v, 'f', 4, 64))
}

// power writes "4.059e-06" as "4.059·10⁻⁶".
func power(s string) string {
	digits, exponent, _ := strings.Cut(s, "e")
	n, _ := strconv.Atoi(exponent)
	raised := strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	return minus(digits) + "·10" + raised.Replace(strconv.Itoa(n))
}

// Exact returns all digits that a float32 has, to be copied: the shortest decimal number
// that reads back as v.
func Exact(v float32) string { return strconv.FormatFloat(float64(v), 'g', -1, 32) }

// Percent returns a probability as a percentage; never 0 % or 100 % if it isn't.
func Percent(p float32) string {
	switch {
	case p > 0 && p < 0.0005:
		return "< 0.1\u00a0%"
	case p < 1 && p >= 0.9995:
		return "> 99.9\u00a0%"
	}
	return strconv.FormatFloat(float64(p)*100, 'f', 1, 64) + "\u00a0%"
}

// Count returns a whole number with a comma between thousands.
func Count(n int) string {
	s := strconv.Itoa(n)
	first := 0
	if n < 0 {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return minus(s)
}

// minus replaces the hyphen before a number with a minus sign.
func minus(s string) string { return strings.ReplaceAll(s, "-", "−") }

// short writes a setting with as many digits as it has.
func short(x float32) string { return minus(strconv.FormatFloat(float64(x), 'f', -1, 32)) }
