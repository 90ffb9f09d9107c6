// Package vjson is Glassbox's own stand-in for the module of this name, which go.mod replaces by this
// folder. Code that Vugu generates calls [Marshal] for each `.property='expression'` of a template and
// names [RawMessage]; nothing more of the module is used. The original hands over to encoding/json,
// which would then make up a fifth to a third of the page's binary.
//
// Properties of DOM elements are booleans, numbers and strings, so that is what Marshal takes, with
// the types made from them and nil.
package vjson

import (
	"errors"
	"math"
	"reflect"
	"strconv"
	"unicode/utf8"
)

// RawMessage is a value that is JSON text already.
type RawMessage []byte

// Marshal returns v as JSON text (RFC 8259). It takes nil, RawMessage, and all booleans, integers,
// finite floats and strings, also as named types. In strings, bytes that are not UTF-8 become U+FFFD.
func Marshal(v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return []byte("null"), nil
	case RawMessage:
		return v, nil
	case string:
		return appendString(nil, v), nil
	case bool:
		return strconv.AppendBool(nil, v), nil
	case int:
		return strconv.AppendInt(nil, int64(v), 10), nil
	}
	return marshalKind(reflect.ValueOf(v))
}

// marshalKind handles the rarer types by the kind that they are made from.
func marshalKind(v reflect.Value) ([]byte, error) {
	switch kind := v.Kind(); {
	case kind == reflect.String:
		return appendString(nil, v.String()), nil
	case kind == reflect.Bool:
		return strconv.AppendBool(nil, v.Bool()), nil
	case v.CanInt():
		return strconv.AppendInt(nil, v.Int(), 10), nil
	case v.CanUint():
		return strconv.AppendUint(nil, v.Uint(), 10), nil
	case v.CanFloat():
		return marshalFloat(v.Float(), v.Type().Bits())
	}
	return nil, errors.New("vjson: a property is " + v.Type().String() + ", expected a boolean, a number or a string")
}

// marshalFloat writes the shortest text that reads back as f at the given width in bits.
func marshalFloat(f float64, bits int) ([]byte, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, errors.New("vjson: a property is " + strconv.FormatFloat(f, 'g', -1, bits) + ", which JSON cannot say; expected a finite number")
	}
	return strconv.AppendFloat(nil, f, 'g', -1, bits), nil
}

const hex = "0123456789abcdef"

// appendString appends s as a JSON string. Of all characters only the quote, the backslash and the
// controls below U+0020 must be escaped.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	for _, r := range s { // an invalid byte is read as U+FFFD
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r < ' ':
			dst = append(dst, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}
