package say

import (
	"math"
	"strconv"
	"strings"
)

// Number returns v with four decimals, in the marks of the language: the number that the reader has pinned, and its formula.
// What those would show as zero, or what is too large to read, is written with an exponent, 4.059·10⁻⁶.
func Number[F float32 | float64](x F) string { return written(float64(x), decimal4) }

// Rounded is Number with three decimals, and fewer digits before an exponent: for tables, whose columns are narrow.
func Rounded[F float32 | float64](x F) string { return written(float64(x), decimal3) }

// Brief returns v in three significant digits, as many as a reader of a sentence can use: 12.5, 0.0307, 4.06·10⁻⁶. All
// digits before the point stay, and a whole number is written as one.
func Brief[F float32 | float64](x F) string { return written(float64(x), significant) }

// Digits writes v with n significant digits, or as Number does where n is 0, and returns what stands there as a number.
func Digits(v float64, n int) (text string, shown float64) {
	form := decimal4
	if n > 0 {
		form = func(v float64) string {
			raised := strconv.FormatFloat(v, 'e', n-1, 64)
			_, exponent, _ := strings.Cut(raised, "e")
			if e, _ := strconv.Atoi(exponent); e >= -5 && e < n {
				return strconv.FormatFloat(v, 'f', n-1-e, 64)
			}
			return raised
		}
	}
	shown, _ = strconv.ParseFloat(form(v), 64)
	return written(v, form), shown
}

// Misses reports whether numbers as they are shown miss their sum as that is shown, by rounding: with four decimals as
// Number has them, or three as Rounded.
func Misses(decimals int, sum float64, parts ...float64) bool {
	show := decimal4
	if decimals == 3 {
		show = decimal3
	}
	shown := func(v float64) float64 {
		v, _ = strconv.ParseFloat(show(v), 64) // as strconv wrote it
		return v
	}
	left := shown(sum)
	for _, p := range parts {
		left -= shown(p)
	}
	return !(math.Abs(left) < 0.5*math.Pow10(-decimals))
}

func decimal4(v float64) string { return decimals(v, 4, 1e7, 3, 3) }

func decimal3(v float64) string { return decimals(v, 3, 1e5, 0, 1) }

// decimals writes v with n decimals; with an exponent, and fewer or more of them, what is smaller than those can show or
// as large as most.
func decimals(v float64, n int, most float64, small, large int) string {
	switch size := math.Abs(v); {
	case size >= most:
		return strconv.FormatFloat(v, 'e', large, 64)
	case size != 0 && size < 0.5*math.Pow10(-n):
		return strconv.FormatFloat(v, 'e', small, 64)
	}
	return strconv.FormatFloat(v, 'f', n, 64)
}

// significant writes v in three significant digits.
func significant(v float64) string {
	size := math.Abs(v)
	if size < 1e5 && v == math.Trunc(v) {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	raised := strconv.FormatFloat(v, 'e', 2, 64)
	if size < 0.001 || size >= 1e5 {
		return raised
	}
	_, exponent, _ := strings.Cut(raised, "e")
	n, _ := strconv.Atoi(exponent)
	return strconv.FormatFloat(v, 'f', max(0, 2-n), 64)
}

// written gives what digits makes of a number the marks of the language.
func written(v float64, digits func(float64) string) string {
	switch {
	case v != v:
		return Units.Masked()
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return LeftToRight(minus + "∞")
	}
	text := digits(v)
	if strings.Contains(text, "e") {
		return power(text)
	}
	return LeftToRight(marks().decimal(text))
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

// Percent returns a probability, or another share that was computed, as a percentage. A softmax makes nothing impossible
// and nothing certain, even where float32 rounds it to 0 or 1, so this says neither 0 % nor 100 %; see Exactly.
func Percent(p float32) string {
	mark, number := percent(p)
	return LeftToRight(mark + Units.Percent(number))
}

// PercentNumber is Percent where its sign stands elsewhere.
func PercentNumber(p float32) string {
	mark, number := percent(p)
	return LeftToRight(mark + number)
}

// percent returns a percentage, and what stands before one that it would round to all or nothing.
func percent(p float32) (mark, number string) {
	switch {
	case p < 0.0005:
		return "< ", Fixed(0.1, 1)
	case p >= 0.9995:
		return "> ", Fixed(99.9, 1)
	}
	return "", Fixed(float64(p)*100, 1)
}

// Exactly is Percent of a share that can be all or nothing: of what is counted, or left alone by a filter.
func Exactly(p float32) string {
	if p == 0 || p == 1 {
		return LeftToRight(Units.Percent(Fixed(float64(p)*100, 0)))
	}
	return Percent(p)
}

// ScaleEnd writes what a scale of colours ends at, which has two digits.
func ScaleEnd(v float32) string {
	if v >= 0.001 && v < 1e5 {
		return Short(v)
	}
	return Brief(v)
}

// Count returns a whole number with marks between thousands.
func Count(n int) string { return Spoken().locale.Number(n) }

// ParseWhole reads a whole number that a reader typed, with the marks between thousands of the language, or with spaces.
func ParseWhole(s string) (int, error) {
	return strconv.Atoi(strings.NewReplacer(marks().Group, "", " ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "").Replace(s))
}

// Fixed returns x with a number of decimals; a dash, if edits have left it no number.
func Fixed(x float64, decimals int) string {
	switch {
	case x != x:
		return "–"
	case math.IsInf(x, 0):
		return written(x, nil)
	}
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

// Bytes writes a size in the unit that a reader would use, of the International System as in Amount: 98.4 MB.
func Bytes(n int) string {
	switch {
	case n >= 1e9:
		return LeftToRight(Units.Gigabytes(Fixed(float64(n)/1e9, 1)))
	case n >= 1e6:
		return LeftToRight(Units.Megabytes(Fixed(float64(n)/1e6, 1)))
	}
	return LeftToRight(Units.Kilobytes(Count((n + 999) / 1000)))
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

// Large writes a number as one would tell it: 85,728, 1.3 million.
func Large(n int) string {
	if n < 1_000_000 {
		return Count(n)
	}
	return LeftToRight(Units.Millions(Fixed(float64(n)/1e6, 1)))
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
