// Package jsontext reads JSON (RFC 8259) from left to right, without a tree: who reads knows what must come next.
// encoding/json would add more than a megabyte to the page, take a key given twice, and not say where in a file an
// error stands.
package jsontext

import (
	"math"
	"unicode/utf16"
	"unicode/utf8"

	"glassbox/model/fault"
)

// A Reader reads Text from Pos on. Nothing in a text can make it recurse deeply.
type Reader struct {
	Text []byte                                   // in UTF-8
	Pos  int                                      // the next byte of it
	Fail func(pos int, reason *fault.Fault) error // makes the error about that byte of Text
}

// An Error says why a text was refused.
type Error struct {
	Reason *fault.Fault // what is wrong, and what was expected
	Offset int          // the byte at which it was noticed
}

func (e *Error) Error() string { return e.Fault().Error() }

// Fault returns the reason with its place behind it.
func (e *Error) Fault() *fault.Fault {
	return fault.New("atByte", "%w (at byte %d)", e.Reason, e.Offset)
}

// New returns a Reader of text whose errors are of type [*Error]. It refuses a text that is not UTF-8.
func New(text []byte) (*Reader, error) {
	r := &Reader{Text: text, Fail: func(pos int, reason *fault.Fault) error { return &Error{reason, pos} }}
	return r, r.CheckUTF8()
}

// CheckUTF8 returns an error for the first byte of Text that is not UTF-8.
func (r *Reader) CheckUTF8() error {
	if at := r.NotUTF8(); at >= 0 {
		return r.RefuseAt(at, fault.New("textNotUTF8", "the text is not UTF-8, found the byte 0x%02X", r.Text[at]))
	}
	return nil
}

// Refuse returns an error at the next byte.
func (r *Reader) Refuse(reason *fault.Fault) error { return r.RefuseAt(r.Pos, reason) }

// RefuseAt returns an error at that byte of the text.
func (r *Reader) RefuseAt(pos int, reason *fault.Fault) error { return r.Fail(pos, reason) }

// RefuseNext returns an error that says what was expected, and what stands there.
func (r *Reader) RefuseNext(expected *fault.Fault) error {
	if r.Pos >= len(r.Text) {
		return r.Refuse(fault.New("foundEnd", "%w, found the end", expected))
	}
	return r.Refuse(fault.New("found", "%w, found %q", expected, r.Next()))
}

// Next returns the next character, which is not the end.
func (r *Reader) Next() rune {
	c, _ := utf8.DecodeRune(r.Text[r.Pos:])
	return c
}

// NotUTF8 returns the first byte of the text which is not UTF-8, −1 if there is none.
func (r *Reader) NotUTF8() int {
	if utf8.Valid(r.Text) {
		return -1
	}
	for i := 0; i < len(r.Text); {
		char, size := utf8.DecodeRune(r.Text[i:])
		if char == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// Space steps over white space.
func (r *Reader) Space() {
	for r.Pos < len(r.Text) {
		switch r.Text[r.Pos] {
		case ' ', '\t', '\n', '\r':
			r.Pos++
		default:
			return
		}
	}
}

// Accept steps over the byte c and the white space before it, if that is what comes next.
func (r *Reader) Accept(c byte) bool {
	r.Space()
	if r.Pos < len(r.Text) && r.Text[r.Pos] == c {
		r.Pos++
		return true
	}
	return false
}

// Object reads an object whose keys differ from each other. It calls field after each key and its
// colon, to read the value.
func (r *Reader) Object(p Place, field func(key string) error) error {
	seen := map[string]bool{}
	return r.Members(p, func(at int, key string) error {
		if seen[key] {
			return r.RefuseAt(at, p.Twice(key))
		}
		seen[key] = true
		return field(key)
	})
}

// Members is Object for one with so many keys that they are better not kept: a key given twice is not refused. Field gets
// the byte at which the key stands.
func (r *Reader) Members(p Place, field func(at int, key string) error) error {
	if !r.Accept('{') {
		return r.RefuseNext(p.Begin())
	}
	if r.Accept('}') {
		return nil
	}
	for {
		r.Space()
		at := r.Pos
		key, err := r.Str()
		if err != nil {
			return err
		}
		if !r.Accept(':') {
			return r.RefuseNext(fault.New("colonMissing", "expected ':' after a key"))
		}
		if err := field(at, key); err != nil {
			return err
		}
		if r.Accept('}') {
			return nil
		}
		if !r.Accept(',') {
			return r.RefuseNext(p.GoOn())
		}
	}
}

// Integers reads a list of at most limit whole numbers, none of them negative: the value of a field.
func (r *Reader) Integers(field string, limit int) ([]int64, error) {
	numbers := []int64{}
	err := r.List(field, func() error {
		if len(numbers) == limit {
			return r.Refuse(fault.New("listTooLong", "%s has more than %d number(s)", field, limit))
		}
		n, err := r.Integer(field)
		numbers = append(numbers, n)
		return err
	})
	return numbers, err
}

// List reads a list, the value of a field. It calls item to read each item.
func (r *Reader) List(field string, item func() error) error {
	if !r.Accept('[') {
		return r.RefuseNext(fault.New("listBegins", "expected '[' to begin %s", field))
	}
	if r.Accept(']') {
		return nil
	}
	for {
		if err := item(); err != nil {
			return err
		}
		if r.Accept(']') {
			return nil
		}
		if !r.Accept(',') {
			return r.RefuseNext(fault.New("listGoesOn", "expected ',' or ']' in %s", field))
		}
	}
}

// Integer reads a whole number from 0 to 2⁶³−1, written in digits alone.
func (r *Reader) Integer(field string) (int64, error) {
	r.Space()
	start := r.Pos
	n := int64(0)
	for ; r.Pos < len(r.Text) && '0' <= r.Text[r.Pos] && r.Text[r.Pos] <= '9'; r.Pos++ {
		digit := int64(r.Text[r.Pos] - '0')
		if n > (math.MaxInt64-digit)/10 {
			return 0, r.RefuseAt(start, fault.New("numberTooLarge", "%s has a number above 2⁶³−1", field))
		}
		n = 10*n + digit
	}
	switch {
	case start == len(r.Text):
		return 0, r.Refuse(fault.New("numberMissing", "%s holds the end, expected a whole number that is not negative", field))
	case start == r.Pos:
		return 0, r.Refuse(fault.New("noNumber", "%s holds %q, expected a whole number that is not negative", field, r.Next()))
	case r.Text[start] == '0' && r.Pos > start+1:
		return 0, r.RefuseAt(start, fault.New("leadingZero", "%s has a number with a leading zero", field))
	}
	return n, nil
}

// Str reads a string.
func (r *Reader) Str() (string, error) {
	var decoded []byte // what stands before the last escape
	tail, err := r.scan(func(run []byte, char rune) {
		decoded = utf8.AppendRune(append(decoded, run...), char)
	})
	if decoded == nil || err != nil {
		return string(tail), err
	}
	return string(append(decoded, tail...)), nil
}

// SkipStr steps over a string.
func (r *Reader) SkipStr() error {
	_, err := r.scan(func([]byte, rune) {})
	return err
}

// scan reads a string: it calls escaped for each escape, with what stands between it and the one before, and returns
// what stands behind the last.
func (r *Reader) scan(escaped func(run []byte, char rune)) (tail []byte, err error) {
	if !r.Accept('"') {
		return nil, r.RefuseNext(fault.New("stringBegins", "expected '\"' to begin a string"))
	}
	run := r.Pos
	for r.Pos < len(r.Text) {
		switch c := r.Text[r.Pos]; {
		case c == '"':
			r.Pos++
			return r.Text[run : r.Pos-1], nil
		case c == '\\':
			before := r.Text[run:r.Pos]
			char, err := r.escape()
			if err != nil {
				return nil, err
			}
			escaped(before, char)
			run = r.Pos
		case c < ' ':
			return nil, r.Refuse(fault.New("controlCharacter", "a string holds the control character %q, expected an escape", c))
		default:
			r.Pos++
		}
	}
	return nil, r.Refuse(fault.New("stringEnds", "a string does not end"))
}

// escape reads one escape sequence, or two that stand for one character as a surrogate pair.
func (r *Reader) escape() (rune, error) {
	start := r.Pos
	r.Pos++ // the backslash
	if r.Pos >= len(r.Text) {
		return 0, r.Refuse(fault.New("stringEnds", "a string does not end"))
	}
	c := r.Text[r.Pos]
	r.Pos++
	switch c {
	case '"', '\\', '/':
		return rune(c), nil
	case 'b':
		return '\b', nil
	case 'f':
		return '\f', nil
	case 'n':
		return '\n', nil
	case 'r':
		return '\r', nil
	case 't':
		return '\t', nil
	case 'u':
		return r.unicodeEscape(start)
	}
	return 0, r.RefuseAt(start, fault.New("unknownEscape", "a string holds an unknown escape, a backslash before %q", c))
}

// unicodeEscape reads what follows the \u that stands at start.
func (r *Reader) unicodeEscape(start int) (rune, error) {
	char, err := r.hex4()
	if err != nil || !utf16.IsSurrogate(char) {
		return char, err
	}
	if r.Pos+2 <= len(r.Text) && r.Text[r.Pos] == '\\' && r.Text[r.Pos+1] == 'u' {
		r.Pos += 2
		low, err := r.hex4()
		if err != nil {
			return 0, err
		}
		if char = utf16.DecodeRune(char, low); char != utf8.RuneError {
			return char, nil
		}
	}
	return 0, r.RefuseAt(start, fault.New("halfSurrogate", "a string holds half of a surrogate pair"))
}

// hex4 reads four hexadecimal digits.
func (r *Reader) hex4() (rune, error) {
	n := rune(0)
	for range 4 {
		if r.Pos >= len(r.Text) {
			return 0, r.Refuse(fault.New("stringEnds", "a string does not end"))
		}
		digit := rune(0)
		switch c := r.Text[r.Pos]; {
		case '0' <= c && c <= '9':
			digit = rune(c - '0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			digit = rune(c|0x20-'a') + 10
		default:
			return 0, r.RefuseNext(fault.New("hexDigits", "expected four hexadecimal digits after \\u"))
		}
		n = n<<4 | digit
		r.Pos++
	}
	return n, nil
}
