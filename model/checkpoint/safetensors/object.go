package safetensors

import "glassbox/model/jsontext"

// ParseObject reads a JSON object as [jsontext.Reader.ParseObject] does. Errors are
// of type [*FormatError], without a file, with the byte of the text.
func ParseObject(text string) (map[string]any, error) {
	r := newReader("")
	r.Text = []byte(text)
	return r.ParseObject()
}

// ParseList reads a JSON list: what it holds is as in [ParseObject], but lists and objects are read, too.
func ParseList(text Nested) ([]any, error) {
	r := newReader("")
	r.Text = []byte(text)
	v, err := r.Tree("")
	list, _ := v.([]any)
	return list, err
}

// Quote returns a text as a string of JSON. Go's own quotes know escapes that JSON does not.
func Quote(s string) string { return string(appendString(nil, s)) }

// Nested is the text of a list or object inside of an object.
type Nested = jsontext.Nested
