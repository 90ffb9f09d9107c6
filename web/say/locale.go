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
func (l EnglishLocale) Number(n int) string { return l.Marks().whole(n) }

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

// Marks returns the signs of English numbers, with a real minus sign.
func (EnglishLocale) Marks() Marks { return Marks{Decimal: ".", Group: ",", Minus: "−"} }

// whole writes n with a mark between thousands.
func (m Marks) whole(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		s, sign = s[1:], m.Minus
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + m.Group + s[i:]
	}
	return sign + s
}

// decimal replaces the point and the hyphen of a number that strconv wrote.
func (m Marks) decimal(s string) string {
	b := make([]byte, 0, len(s)+4)
	for i := range len(s) {
		switch s[i] {
		case '-':
			b = append(b, m.Minus...)
		case '.':
			b = append(b, m.Decimal...)
		default:
			b = append(b, s[i])
		}
	}
	return string(b)
}
