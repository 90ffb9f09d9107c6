// Package fault makes errors that can be worded in any language: what is wrong as a kind, and what it is about as
// arguments, beside the English sentence that Error returns.
package fault

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Fault is such an error.
type Fault struct {
	Kind string // the key of its text in the catalogue of the page: "headsDivide"; "": it has none, and stays English
	Args []Arg  // in the order of the verbs of its format
	text string // in English
	err  error  // what it wraps
}

// An Arg is an argument as the English sentence writes it, and what it is.
type Arg struct {
	Text   string
	Number int      // if it is a whole number
	List   []string // if it is a List
	Fault  *Fault   // if it is an error
}

// A List is an argument that each language joins in its own way.
type List []string

// String joins the items as English does: "A, B and C".
func (l List) String() string {
	if len(l) < 2 {
		return strings.Join(l, "")
	}
	last := len(l) - 1
	return strings.Join(l[:last], ", ") + " and " + l[last]
}

// New returns a fault of a kind. format and args are those of [fmt.Errorf], each verb taking one argument. A noun that is
// counted ends in "(s)", which the number before it makes "s" or nothing.
//
//	fault.New("textTooLong", "the text has %d token(s), and this model holds %d at most", tokens, most)
func New(kind, format string, args ...any) *Fault {
	format = counted(format, args)
	err := fmt.Errorf(format, args...)
	f := &Fault{Kind: kind, text: err.Error(), err: errors.Unwrap(err)}
	verbs := verbsOf(format)
	for i, a := range args {
		arg := Arg{Text: fmt.Sprintf(verbs[min(i, len(verbs)-1)], a)}
		switch a := a.(type) {
		case error:
			arg.Fault = Of(a)
		case List:
			arg.List = a
		default:
			arg.Number = whole(a)
		}
		f.Args = append(f.Args, arg)
	}
	return f
}

// plural ends a noun behind a number.
const plural = "(s)"

// counted puts the nouns of a format into the form that their numbers ask for.
func counted(format string, args []any) string {
	for {
		before, after, found := strings.Cut(format, plural)
		n := len(verbsOf(before)) - 1
		if !found || n < 0 || n >= len(args) {
			return format
		}
		ending := "s"
		if whole(args[n]) == 1 {
			ending = ""
		}
		format = before + ending + after
	}
}

// whole returns a whole number of any type; 0 if a is none.
func whole(a any) int {
	switch v := reflect.ValueOf(a); {
	case v.CanInt():
		return int(v.Int())
	case v.CanUint():
		return int(v.Uint())
	}
	return 0
}

// Received returns a fault that came from elsewhere as its parts.
func Received(kind, text string, args []Arg) *Fault {
	return &Fault{Kind: kind, Args: args, text: text}
}

// Error returns the English sentence, without a capital or a full stop.
func (f *Fault) Error() string { return f.text }

// InFile is the kind of a fault whose sentence begins with the name of a file.
const InFile = "inFile"

// Sentence returns what Error does, with a full stop at its end and a capital at its start, unless a file's name stands there.
func (f *Fault) Sentence() string {
	s := f.text
	if f.Kind != InFile {
		s = Capital(s)
	}
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// Capital makes the first letter of a sentence a capital, unless it begins with a name, such as h.0.ln_1 or n_embd.
func Capital(s string) string {
	word, _, _ := strings.Cut(s, " ")
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 || strings.ContainsAny(strings.TrimRight(word, ".:,"), "._0123456789") {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// Unwrap returns the error that the format's %w took.
func (f *Fault) Unwrap() error { return f.err }

// Fault returns f: what [Of] asks of an error.
func (f *Fault) Fault() *Fault { return f }

// Of returns what an error says by its method Fault; of any other a fault without a kind.
func Of(err error) *Fault {
	if e, ok := err.(interface{ Fault() *Fault }); ok {
		return e.Fault()
	}
	return &Fault{text: err.Error(), err: err}
}

// verbsOf returns the verbs of a format, each as it stands there: "%d", "%.40q". %w becomes %v.
func verbsOf(format string) (list []string) {
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		from := i
		for i++; i < len(format) && strings.IndexByte("+-# 0123456789.", format[i]) >= 0; i++ {
		}
		if i == len(format) || format[i] == '%' {
			continue
		}
		verb := format[from : i+1]
		list = append(list, strings.Replace(verb, "w", "v", 1))
	}
	if list == nil {
		return []string{"%v"}
	}
	return list
}

// Bytes writes a number of bytes for a sentence: "12 B", "1.5 MB". Units of the International System need no translation.
func Bytes(n int64) string {
	if n < 1<<10 {
		return fmt.Sprintf("%d B", n)
	}
	size, unit := float64(n)/(1<<10), 0
	for size >= 1000 && unit < 3 {
		size, unit = size/(1<<10), unit+1
	}
	return fmt.Sprintf("%.1f %s", size, [...]string{"kB", "MB", "GB", "TB"}[unit])
}

// BytesApart writes two numbers of bytes as Bytes does, or to the byte where they would read alike.
func BytesApart(n, m int64) (string, string) {
	if a, b := Bytes(n), Bytes(m); a != b || n == m {
		return a, b
	}
	return fmt.Sprintf("%d B", n), fmt.Sprintf("%d B", m)
}
