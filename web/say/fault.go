package say

import (
	"strings"

	"glassbox/model/fault"
	"glassbox/web/say/message"
)

// Fault words an error that another process made, as a sentence. Its own English stays where the language has no text for
// its kind.
func Fault(f *fault.Fault) string {
	text := worded(f)
	if f.Kind == fault.InFile {
		return Units.Sentence(strings.TrimSuffix(text, ".")) // it begins with the name of a file
	}
	return Sentence(text)
}

func worded(f *fault.Fault) string {
	i, known := faultText(f.Kind)
	if l := Spoken(); !known || l.texts == nil || l.texts[i].source == "" {
		return f.Error()
	}
	var values []message.Value
	for _, a := range f.Args {
		v := message.Value{Text: a.Text, Number: a.Number, List: a.List}
		if a.Fault != nil {
			v.Text = worded(a.Fault)
		}
		values = append(values, v)
	}
	return filled(i, values...)
}
