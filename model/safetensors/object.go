package safetensors

import (
	"fmt"
	"strconv"
)

// ParseObject reads a flat JSON object, such as the configuration that metadata carries
// as text: strings become string, numbers float64, true and false bool, null nil. Lists
// and objects inside it are refused, as is whatever is no JSON.
func ParseObject(text string) (map[string]any, error) {
	r := &reader{text: []byte(text)}
	fields := map[string]any{}
	err := r.object("the object", func(key string) error {
		v, err := r.scalar(key)
		fields[key] = v
		return err
	})
	if err != nil {
		return nil, err
	}
	if r.skipSpace(); r.pos < len(r.text) {
		return nil, r.refuse("%s follows the object", r.next())
	}
	return fields, nil
}

// scalar reads a value that is neither a list nor an object.
func (r *reader) scalar(key string) (any, error) {
	r.skipSpace()
	if r.pos < len(r.text) && r.text[r.pos] == '"' {
		return r.str()
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
			return nil, r.refuseAt(start, "%s is %s; expected a string, a number, true, false or null", legible(key), fmt.Sprintf("%.20q", word))
		}
		return v, nil
	}
}

func isDelimiter(c byte) bool { return c <= ' ' || c == ',' || c == '}' || c == ']' || c == ':' }

// isNumber keeps out what strconv reads and JSON does not: hexadecimal, infinities,
// underscores, a leading plus.
func isNumber(word string) bool {
	for _, c := range word {
		if (c < '0' || c > '9') && c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E' {
			return false
		}
	}
	return word != "" && word[0] != '+' && word[0] != '.'
}
