package export

import (
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// json appends the rows as RFC 8259 has them, in an object that says what they are. A masked
// cell is null; what is not finite is a text, for JSON has no number for it.
func (r Rows) json(b []byte, t Table) []byte {
	if r.From == 0 {
		b = t.jsonHead(b)
	}
	for i := range r.count(t) {
		if r.From+i > 0 {
			b = append(b, ',')
		}
		b = append(b, "\n["...)
		for k, v := range r.Data[i*t.Cols:][:t.Cols] {
			if k > 0 {
				b = append(b, ',')
			}
			switch x := float64(v); {
			case r.Masked(r.From+i, k):
				b = append(b, "null"...)
			case x != x || math.IsInf(x, 0):
				b = append(appendNumber(append(b, '"'), v), '"')
			default:
				b = appendNumber(b, v)
			}
		}
		b = append(b, ']')
	}
	if r.From+r.count(t) == t.Rows {
		b = append(b, "\n]}\n"...)
	}
	return b
}

// jsonHead appends the part of the object before the rows.
func (t Table) jsonHead(b []byte) []byte {
	b = appendQuoted(append(b, `{"model":`...), t.Model)
	if t.IDs != nil {
		b = append(appendQuoted(append(b, `,"text":`...), t.Text), `,"ids":[`...)
		for i, id := range t.IDs {
			if i > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendInt(b, int64(id), 10)
		}
		b = append(b, ']')
	}
	b = appendQuoted(append(b, `,"tensor":`...), t.Name)
	b = append(b, `,"dtype":"float32","shape":[`...)
	b = append(strconv.AppendInt(b, int64(t.Rows), 10), ',')
	return append(strconv.AppendInt(b, int64(t.Cols), 10), `],"data":[`...)
}

// appendQuoted appends a string of JSON. Bytes that are no UTF-8 become U+FFFD.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', byte(c))
		case c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029:
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = utf8.AppendRune(b, c)
		}
	}
	return append(b, '"')
}
