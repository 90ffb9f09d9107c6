package safetensors

import "glassbox/model/jsontext"

// ParseObject reads a JSON object as [jsontext.Reader.ParseObject] does. Errors are
// of type [*FormatError], without a file, with the byte of the text.
func ParseObject(text string) (map[string]any, error) {
	r := newReader("")
	r.Text = []byte(text)
	return r.ParseObject()
}

// Nested is the text of a list or object inside of an object.
type Nested = jsontext.Nested
