package safetensors

import (
	"math"
	"unicode/utf16"
	"unicode/utf8"

	"glassbox/model/fault"
)

// reader reads the JSON of a header (RFC 8259) from left to right. It knows what must come next, so
// it needs no tree, and nothing in a header can make it recurse. encoding/json would add more than
// a megabyte to the page, take a key given twice, and not say where in a file an error stands.
type reader struct {
	text []byte // what is read, in UTF-8
	pos  int    // the next byte of it
	base int    // the byte of the file at which text begins

	file, tensor string // what is being read, for errors
}

// refuse returns an error at the next byte.
func (r *reader) refuse(reason *fault.Fault) error { return r.refuseAt(r.pos, reason) }

// refuseAt returns an error at that byte of the text.
func (r *reader) refuseAt(pos int, reason *fault.Fault) error {
	return &FormatError{r.file, r.tensor, reason, int64(r.base + pos)}
}

// refuseWhole returns an error about the file, and no byte of it.
func (r *reader) refuseWhole(reason *fault.Fault) error {
	return &FormatError{r.file, "", reason, -1}
}

// refuseNext returns an error that says what was expected, and what stands there.
func (r *reader) refuseNext(expected *fault.Fault) error {
	if r.pos >= len(r.text) {
		return r.refuse(fault.New("foundEnd", "%w, found the end", expected))
	}
	return r.refuse(fault.New("found", "%w, found %q", expected, r.next()))
}

// next returns the next character, which is not the end.
func (r *reader) next() rune {
	c, _ := utf8.DecodeRune(r.text[r.pos:])
	return c
}

// notUTF8 returns the first byte of the text which is not UTF-8, −1 if there is none.
func (r *reader) notUTF8() int {
	for i := 0; i < len(r.text); {
		char, size := utf8.DecodeRune(r.text[i:])
		if char == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// skipSpace steps over white space.
func (r *reader) skipSpace() {
	for r.pos < len(r.text) {
		switch r.text[r.pos] {
		case ' ', '\t', '\n', '\r':
			r.pos++
		default:
			return
		}
	}
}

// accept steps over the byte c and the white space before it, if that is what comes next.
func (r *reader) accept(c byte) bool {
	r.skipSpace()
	if r.pos < len(r.text) && r.text[r.pos] == c {
		r.pos++
		return true
	}
	return false
}

// object reads an object whose keys differ from each other. It calls field after each key and its
// colon, to read the value.
func (r *reader) object(p place, field func(key string) error) error {
	if !r.accept('{') {
		return r.refuseNext(p.begin())
	}
	if r.accept('}') {
		return nil
	}
	seen := map[string]bool{}
	for {
		r.skipSpace()
		at := r.pos
		key, err := r.str()
		if err != nil {
			return err
		}
		if seen[key] {
			return r.refuseAt(at, p.twice(key))
		}
		seen[key] = true
		if !r.accept(':') {
			return r.refuseNext(fault.New("colonMissing", "expected ':' after a key"))
		}
		if err := field(key); err != nil {
			return err
		}
		if r.accept('}') {
			return nil
		}
		if !r.accept(',') {
			return r.refuseNext(p.goOn())
		}
	}
}

// integers reads a list of at most limit whole numbers, none of them negative: the value of a field.
func (r *reader) integers(field string, limit int) ([]int64, error) {
	if !r.accept('[') {
		return nil, r.refuseNext(fault.New("listBegins", "expected '[' to begin %s", field))
	}
	numbers := []int64{}
	if r.accept(']') {
		return numbers, nil
	}
	for {
		if len(numbers) == limit {
			return nil, r.refuse(fault.New("listTooLong", "%s has more than %d number(s)", field, limit))
		}
		n, err := r.integer(field)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, n)
		if r.accept(']') {
			return numbers, nil
		}
		if !r.accept(',') {
			return nil, r.refuseNext(fault.New("listGoesOn", "expected ',' or ']' in %s", field))
		}
	}
}

// integer reads a whole number from 0 to 2⁶³−1, written in digits alone.
func (r *reader) integer(field string) (int64, error) {
	r.skipSpace()
	start := r.pos
	n := int64(0)
	for ; r.pos < len(r.text) && '0' <= r.text[r.pos] && r.text[r.pos] <= '9'; r.pos++ {
		digit := int64(r.text[r.pos] - '0')
		if n > (math.MaxInt64-digit)/10 {
			return 0, r.refuseAt(start, fault.New("numberTooLarge", "%s has a number above 2⁶³−1", field))
		}
		n = 10*n + digit
	}
	switch {
	case start == len(r.text):
		return 0, r.refuse(fault.New("numberMissing", "%s holds the end, expected a whole number that is not negative", field))
	case start == r.pos:
		return 0, r.refuse(fault.New("noNumber", "%s holds %q, expected a whole number that is not negative", field, r.next()))
	case r.text[start] == '0' && r.pos > start+1:
		return 0, r.refuseAt(start, fault.New("leadingZero", "%s has a number with a leading zero", field))
	}
	return n, nil
}

// str reads a string.
func (r *reader) str() (string, error) {
	if !r.accept('"') {
		return "", r.refuseNext(fault.New("stringBegins", "expected '\"' to begin a string"))
	}
	var decoded []byte // what stands before run; nil until there is an escape
	run := r.pos
	for r.pos < len(r.text) {
		switch c := r.text[r.pos]; {
		case c == '"':
			tail := r.text[run:r.pos]
			r.pos++
			if decoded == nil {
				return string(tail), nil
			}
			return string(append(decoded, tail...)), nil
		case c == '\\':
			decoded = append(decoded, r.text[run:r.pos]...)
			char, err := r.escape()
			if err != nil {
				return "", err
			}
			decoded = utf8.AppendRune(decoded, char)
			run = r.pos
		case c < ' ':
			return "", r.refuse(fault.New("controlCharacter", "a string holds the control character %q, expected an escape", c))
		default:
			r.pos++
		}
	}
	return "", r.refuse(fault.New("stringEnds", "a string does not end"))
}

// escape reads one escape sequence, or two that stand for one character as a surrogate pair.
func (r *reader) escape() (rune, error) {
	start := r.pos
	r.pos++ // the backslash
	if r.pos >= len(r.text) {
		return 0, r.refuse(fault.New("stringEnds", "a string does not end"))
	}
	c := r.text[r.pos]
	r.pos++
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
	return 0, r.refuseAt(start, fault.New("unknownEscape", "a string holds an unknown escape, a backslash before %q", c))
}

// unicodeEscape reads what follows the \u that stands at start.
func (r *reader) unicodeEscape(start int) (rune, error) {
	char, err := r.hex4()
	if err != nil || !utf16.IsSurrogate(char) {
		return char, err
	}
	if r.pos+2 <= len(r.text) && r.text[r.pos] == '\\' && r.text[r.pos+1] == 'u' {
		r.pos += 2
		low, err := r.hex4()
		if err != nil {
			return 0, err
		}
		if char = utf16.DecodeRune(char, low); char != utf8.RuneError {
			return char, nil
		}
	}
	return 0, r.refuseAt(start, fault.New("halfSurrogate", "a string holds half of a surrogate pair"))
}

// hex4 reads four hexadecimal digits.
func (r *reader) hex4() (rune, error) {
	n := rune(0)
	for range 4 {
		if r.pos >= len(r.text) {
			return 0, r.refuse(fault.New("stringEnds", "a string does not end"))
		}
		digit := rune(0)
		switch c := r.text[r.pos]; {
		case '0' <= c && c <= '9':
			digit = rune(c - '0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			digit = rune(c|0x20-'a') + 10
		default:
			return 0, r.refuseNext(fault.New("hexDigits", "expected four hexadecimal digits after \\u"))
		}
		n = n<<4 | digit
		r.pos++
	}
	return n, nil
}
