package say

import "strconv"

// EnglishLocale writes numbers and lists as English does.
type EnglishLocale struct{}

// Plural returns "one" for one thing, else "other".
func (EnglishLocale) Plural(n int) string {
	if n == 1 {
		return "one"
	}
	return "other"
}

// Number writes n with a comma between thousands.
func (EnglishLocale) Number(n int) string {
	s, sign := strconv.Itoa(n), ""
	if n < 0 {
		s, sign = s[1:], minus
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// List joins items with commas, and "and" before the last.
func (EnglishLocale) List(items []string) string {
	text := ""
	for i, item := range items {
		switch {
		case i == 0:
		case i < len(items)-1:
			text += ", "
		default:
			text += " and "
		}
		text += item
	}
	return text
}

// Marks returns the signs of English numbers.
func (EnglishLocale) Marks() Marks { return Marks{Decimal: ".", Group: ","} }

// minus is the sign of negative numbers in every language.
const minus = "−"

// decimal replaces the point and the hyphen of a number that strconv wrote.
func (m Marks) decimal(s string) string {
	b := make([]byte, 0, len(s)+4)
	for i := range len(s) {
		switch s[i] {
		case '-':
			b = append(b, minus...)
		case '.':
			b = append(b, m.Decimal...)
		default:
			b = append(b, s[i])
		}
	}
	return string(b)
}
