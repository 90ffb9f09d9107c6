package say

import (
	"math"
	"strconv"
	"strings"
)

// Number returns v with four decimals, in the marks of the language. A number that would show as
// zero, or that is too large to read, is written with an exponent.
func Number[F float32 | float64](x F) string {
	v := float64(x)
	switch size := math.Abs(v); {
	case v != v:
		return Units.Masked()
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return LeftToRight(minus + "∞")
	case size != 0 && size < 0.00005 || size >= 1e7:
		return power(strconv.FormatFloat(v, 'e', 3, 64))
	}
	return LeftToRight(Fixed(v, 4))
}

// power writes "4.059e-06" as "4.059·10⁻⁶".
func power(s string) string {
	digits, exponent, _ := strings.Cut(s, "e")
	n, _ := strconv.Atoi(exponent)
	raised := strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	return LeftToRight(marks().decimal(digits) + "·10" + raised.Replace(strconv.Itoa(n)))
}

// Exact returns all digits that a float32 has, to be copied: the shortest decimal number
// that reads back as v.
func Exact(v float32) string { return strconv.FormatFloat(float64(v), 'g', -1, 32) }

// Percent returns a probability as a percentage; never 0 % or 100 % if it isn't.
func Percent(p float32) string {
	switch {
	case p > 0 && p < 0.0005:
		return LeftToRight("< " + Units.Percent(Fixed(0.1, 1)))
	case p < 1 && p >= 0.9995:
		return LeftToRight("> " + Units.Percent(Fixed(99.9, 1)))
	}
	return LeftToRight(Units.Percent(Fixed(float64(p)*100, 1)))
}

// Count returns a whole number with marks between thousands.
func Count(n int) string { return Spoken().locale.Number(n) }

// ParseWhole reads a whole number that a reader typed, with the marks between thousands of the language, or with spaces.
func ParseWhole(s string) (int, error) {
	return strconv.Atoi(strings.NewReplacer(marks().Group, "", " ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "").Replace(s))
}

// Fixed returns x with a number of decimals.
func Fixed(x float64, decimals int) string {
	return marks().decimal(strconv.FormatFloat(x, 'f', decimals, 64))
}

// Minus replaces the hyphen before a number with a minus sign.
func Minus(s string) string { return strings.ReplaceAll(s, "-", minus) }

// Short writes a setting with as many digits as it has.
func Short(x float32) string {
	return LeftToRight(marks().decimal(strconv.FormatFloat(float64(x), 'f', -1, 32)))
}

// Shape writes rows × columns.
func Shape(rows, cols int) string { return LeftToRight(Count(rows) + " × " + Count(cols)) }

// Root writes the square root of n.
func Root(n int) string { return LeftToRight("√" + Count(n)) }

// Bytes writes a size in the unit that a reader would use.
func Bytes(n int) string {
	switch {
	case n >= 1<<30:
		return LeftToRight(Units.Gigabytes(Fixed(float64(n)/(1<<30), 1)))
	case n >= 1<<20:
		return LeftToRight(Units.Megabytes(Fixed(float64(n)/(1<<20), 1)))
	}
	return LeftToRight(Units.Kilobytes(Count((n + 1023) / 1024)))
}

// ShortCount writes a number of parameters as a model's name would: 86k, 10.8M, 124M.
func ShortCount(n int) string {
	switch {
	case n >= 99_950_000:
		return strconv.Itoa((n+500_000)/1_000_000) + "M"
	case n >= 999_500:
		return Fixed(float64(n)/1e6, 1) + "M"
	case n >= 1000:
		return strconv.Itoa((n+500)/1000) + "k"
	}
	return strconv.Itoa(n)
}

// Amount writes a number to three digits, with a letter for thousands, millions, billions
// (10⁹) and trillions (10¹²), and its unit: "1.56 B", "498 MB". With a unit it is the letter
// of the International System: k, M, G, T.
func Amount(n int, unit string) string {
	letters := "kMBT"
	if unit != "" {
		letters = "kMGT"
	}
	x, at := float64(n), -1
	for x >= 999.5 && at+1 < len(letters) {
		x, at = x/1000, at+1
	}
	digits := 0
	if at >= 0 && x < 9.995 {
		digits = 2
	} else if at >= 0 && x < 99.95 {
		digits = 1
	}
	text := Fixed(x, digits)
	if at >= 0 {
		unit = letters[at:at+1] + unit
	}
	return LeftToRight(strings.TrimSuffix(text+"\u00a0"+unit, "\u00a0"))
}

// Spelled writes a small number as a word.
func Spelled(n int) string { return Units.Spelled(n) }
