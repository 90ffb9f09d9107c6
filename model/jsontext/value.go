package jsontext

import (
	"strconv"
	"strings"

	"glassbox/model/fault"
)

// ParseObject reads a JSON object, such as the configuration that metadata carries
// as text: strings become string, numbers float64, true and false bool, null nil. A list or object
// inside it becomes a [Nested], unread. Whatever else is no JSON is refused, and a key given twice.
func (r *Reader) ParseObject() (map[string]any, error) {
	if err := r.CheckUTF8(); err != nil {
		return nil, err
	}
	fields := map[string]any{}
	err := r.Object(InObject, func(key string) error {
		v, err := r.Scalar(key)
		fields[key] = v
		return err
	})
	if err != nil {
		return nil, err
	}
	return fields, r.End()
}

// End refuses what follows the object that was read, other than white space.
func (r *Reader) End() error {
	if r.Space(); r.Pos < len(r.Text) {
		return r.Refuse(fault.New("objectFollowed", "%q follows the object", r.Next()))
	}
	return nil
}

// maxDepth is how deep lists and objects may stand in one another in a tree.
const maxDepth = 32

// Tree reads a value of any kind with all that is in it: as Scalar does, but a list becomes []any, and an object
// map[string]any. It refuses one that is nested too deeply. It is for small values: a tree takes many times its text.
func (r *Reader) Tree(key string) (any, error) { return r.tree(key, maxDepth) }

func (r *Reader) tree(key string, depth int) (any, error) {
	r.Space()
	if r.Pos == len(r.Text) || r.Text[r.Pos] != '{' && r.Text[r.Pos] != '[' {
		return r.Scalar(key)
	}
	if depth == 0 {
		return nil, r.Refuse(fault.New("nestedTooDeep", "%s holds lists or objects more than %d deep", fault.Legible(key), maxDepth))
	}
	if r.Text[r.Pos] == '[' {
		list := []any{}
		err := r.List(fault.Legible(key), func() error {
			v, err := r.tree(key, depth-1)
			list = append(list, v)
			return err
		})
		return list, err
	}
	fields := map[string]any{}
	err := r.Object(InObject, func(key string) error {
		v, err := r.tree(key, depth-1)
		fields[key] = v
		return err
	})
	return fields, err
}

// Nested is the text of a list or object inside of an object. Only its strings and brackets have been looked at.
type Nested string

// Skip steps over a value, and returns the byte at which it begins.
func (r *Reader) Skip(key string) (start int, err error) {
	r.Space()
	start = r.Pos
	if r.Pos < len(r.Text) {
		switch r.Text[r.Pos] {
		case '"':
			return start, r.SkipStr()
		case '{', '[':
			return start, r.skipNested()
		}
	}
	_, err = r.Scalar(key)
	return start, err
}

// skipNested steps over a list or an object.
func (r *Reader) skipNested() error {
	depth := 0
	for r.Pos < len(r.Text) {
		switch c := r.Text[r.Pos]; c {
		case '"':
			if err := r.SkipStr(); err != nil {
				return err
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if r.Pos++; depth == 0 {
			return nil
		}
	}
	return r.RefuseNext(fault.New("nestedGoesOn", "expected ']' or '}' behind a list or an object"))
}

// Scalar reads a value; of a list or an object it only finds the end.
func (r *Reader) Scalar(key string) (any, error) {
	r.Space()
	if r.Pos < len(r.Text) {
		switch r.Text[r.Pos] {
		case '"':
			return r.Str()
		case '{', '[':
			start := r.Pos
			err := r.skipNested()
			return Nested(r.Text[start:r.Pos]), err
		}
	}
	start := r.Pos
	for r.Pos < len(r.Text) && !isDelimiter(r.Text[r.Pos]) {
		r.Pos++
	}
	switch word := string(r.Text[start:r.Pos]); word {
	case "true":
		return true, nil
	case "false":
		return false, nil
	case "null":
		return nil, nil
	default:
		v, err := strconv.ParseFloat(word, 64)
		if err != nil || !isNumber(word) {
			return nil, r.RefuseAt(start, fault.New("noScalar", "%s is %.20q; expected a string, a number, true, false or null", fault.Legible(key), word))
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
