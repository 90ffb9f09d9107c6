package safetensors

import (
	"strconv"
	"strings"

	"glassbox/model/fault"
)

// ParseObject reads a JSON object, such as the configuration that metadata carries
// as text: strings become string, numbers float64, true and false bool, null nil. A list or object
// inside it becomes a [Nested], unread. Whatever else is no JSON is refused, and a key given twice. Errors are
// of type [*FormatError], without a file, with the byte of the text.
func ParseObject(text string) (map[string]any, error) {
	r := &reader{text: []byte(text)}
	if at := r.notUTF8(); at >= 0 {
		return nil, r.refuseAt(at, fault.New("textNotUTF8", "the text is not UTF-8, found the byte 0x%02X", r.text[at]))
	}
	fields := map[string]any{}
	err := r.object(inObject, func(key string) error {
		v, err := r.scalar(key)
		fields[key] = v
		return err
	})
	if err != nil {
		return nil, err
	}
	if r.skipSpace(); r.pos < len(r.text) {
		return nil, r.refuse(fault.New("objectFollowed", "%q follows the object", r.next()))
	}
	return fields, nil
}

// Nested is the text of a list or object inside of an object. Only its strings and brackets have been looked at.
type Nested string

// nested steps over a list or an object.
func (r *reader) nested() (Nested, error) {
	start, depth := r.pos, 0
	for r.pos < len(r.text) {
		switch c := r.text[r.pos]; c {
		case '"':
			if _, err := r.str(); err != nil {
				return "", err
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if r.pos++; depth == 0 {
			return Nested(r.text[start:r.pos]), nil
		}
	}
	return "", r.refuseNext(fault.New("nestedGoesOn", "expected ']' or '}' behind a list or an object"))
}

// scalar reads a value; of a list or an object it only finds the end.
func (r *reader) scalar(key string) (any, error) {
	r.skipSpace()
	if r.pos < len(r.text) {
		switch r.text[r.pos] {
		case '"':
			return r.str()
		case '{', '[':
			return r.nested()
		}
	}
	start := r.pos
	for r.pos < len(r.text) && !isDelimiter(r.text[r.pos]) {
		r.pos++
	}
	switch word := string(r.text[start:r.pos]); word {
	case "true":
		return true, nil
	case "false":
		return false, nil
	case "null":
		return nil, nil
	default:
		v, err := strconv.ParseFloat(word, 64)
		if err != nil || !isNumber(word) {
			return nil, r.refuseAt(start, fault.New("noScalar", "%s is %.20q; expected a string, a number, true, false or null", legible(key), word))
		}
		return v, nil
	}
}

func isDelimiter(c byte) bool { return c <= ' ' || c == ',' || c == '}' || c == ']' || c == ':' }

// isNumber reports whether JSON would call a word a number that strconv calls one. What it keeps out:
// hexadecimal, infinities, underscores, a leading plus or zero, a point without digits on both sides.
func isNumber(word string) bool {
	for _, c := range word {
		if (c < '0' || c > '9') && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E' {
			return false
		}
	}
	whole, fraction, point := strings.Cut(strings.TrimPrefix(word, "-"), ".")
	isDigit := func(s string, i int) bool { return i < len(s) && '0' <= s[i] && s[i] <= '9' }
	return isDigit(whole, 0) && !(whole[0] == '0' && isDigit(whole, 1)) && (!point || isDigit(fraction, 0))
}
