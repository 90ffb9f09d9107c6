// Package fault makes errors that can be worded in any language: what is wrong as a kind, and what it is about as
// arguments, beside the English sentence that Error returns.
package fault

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// A Fault is such an error.
type Fault struct {
	Kind string // the key of its text in the catalogue of the page: "headsDivide"
	Args []Arg  // in the order of the verbs of its format
	text string // in English
	err  error  // what it wraps
}

// An Arg is an argument as the English sentence writes it, and what it is.
type Arg struct {
	Text   string
	Number int    // if it is a whole number
	Fault  *Fault // if it is an error that can be worded
}

// New returns a fault of a kind. format and args are those of [fmt.Errorf], each verb taking one argument.
//
//	fault.New("headsDivide", "n_embd %d is not divisible by n_head %d", c.Width, c.Heads)
func New(kind, format string, args ...any) *Fault {
	err := fmt.Errorf(format, args...)
	f := &Fault{Kind: kind, text: err.Error(), err: errors.Unwrap(err)}
	verbs := verbsOf(format)
	for i, a := range args {
		arg := Arg{Text: fmt.Sprintf(verbs[min(i, len(verbs)-1)], a)}
		if err, ok := a.(error); ok {
			arg.Fault = Of(err)
		} else if v := reflect.ValueOf(a); v.CanInt() {
			arg.Number = int(v.Int())
		} else if v.CanUint() {
			arg.Number = int(v.Uint())
		}
		f.Args = append(f.Args, arg)
	}
	return f
}

// Received returns a fault that came from elsewhere as its parts.
func Received(kind, text string, args []Arg) *Fault {
	return &Fault{Kind: kind, Args: args, text: text}
}

// Error returns the English sentence, without a capital or a full stop.
func (f *Fault) Error() string { return f.text }

// Unwrap returns the error that the format's %w took.
func (f *Fault) Unwrap() error { return f.err }

// Of returns the fault that an error is, or says by a method Fault that it is; nil if it can't be worded.
func Of(err error) *Fault {
	var f *Fault
	var as interface{ Fault() *Fault }
	switch {
	case errors.As(err, &as):
		return as.Fault()
	case errors.As(err, &f):
		return f
	}
	return nil
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
