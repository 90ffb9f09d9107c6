package gguf

import (
	"encoding/binary"
	"fmt"
	"iter"
	"math"
	"strconv"

	"glassbox/model/fault"
)

// Value is a value of the metadata. It stays as the file has it, and shares the file's bytes, until it is asked
// what it is: a list of 150,000 tokens costs nothing until then. The zero value is none, which Encode refuses.
type Value struct {
	kind  Kind
	items Kind   // the kind of a list's items
	n     int    // how many items a list has
	data  []byte // the value; of a text without its length; of a list its items alone
}

// Kind returns what the value is.
func (v Value) Kind() Kind { return v.kind }

// Len returns how many items a list has, 0 for what is no list.
func (v Value) Len() int { return v.n }

// ItemKind returns what the items of a list are, and whether the value is one.
func (v Value) ItemKind() (Kind, bool) { return v.items, v.kind == List }

// Uint returns a whole number that is not negative, of any kind; false if the value is none.
func (v Value) Uint() (uint64, bool) {
	n, ok := v.Int()
	if v.kind == Uint64 {
		return v.bits(), true
	}
	return uint64(n), ok && n >= 0
}

// Int returns a whole number of any kind that int64 holds; false if the value is none.
func (v Value) Int() (int64, bool) {
	bits := v.bits()
	switch v.kind {
	case Int8:
		return int64(int8(bits)), true
	case Int16:
		return int64(int16(bits)), true
	case Int32:
		return int64(int32(bits)), true
	case Uint8, Uint16, Uint32, Int64:
		return int64(bits), true
	case Uint64:
		return int64(bits), bits <= math.MaxInt64
	}
	return 0, false
}

// Float returns a float32 or float64; false if the value is neither.
func (v Value) Float() (float64, bool) {
	switch v.kind {
	case Float32:
		return float64(math.Float32frombits(uint32(v.bits()))), true
	case Float64:
		return math.Float64frombits(v.bits()), true
	}
	return 0, false
}

// Bool returns a yes or no, and whether the value is one.
func (v Value) Bool() (yes, ok bool) { return v.kind == Bool && v.bits() != 0, v.kind == Bool }

// Text returns a copy of a text; false if the value is none.
func (v Value) Text() (string, bool) {
	if v.kind != Text {
		return "", false
	}
	return string(v.data), true
}

// bits returns the bytes of a number, widened without its sign.
func (v Value) bits() uint64 {
	if size := v.kind.size(); size > 0 && len(v.data) == size {
		var b [8]byte
		copy(b[:], v.data)
		return binary.LittleEndian.Uint64(b[:])
	}
	return 0
}

// Items returns the items of a list one by one, with nothing copied; none of what is no list.
func (v Value) Items() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.kind != List {
			return
		}
		r := &reader{b: v.data, size: int64(len(v.data))}
		for range v.n {
			item := r.value(v.items, 1)
			if r.err != nil || !yield(item) {
				return
			}
		}
	}
}

// Texts returns the items of a list of texts, which share one copy of their bytes; false if the value is none.
func (v Value) Texts() ([]string, bool) {
	if v.kind != List || v.items != Text {
		return nil, false
	}
	list, all := make([]string, 0, v.n), string(v.data)
	for len(list) < v.n {
		n := int(binary.LittleEndian.Uint64(v.data[len(v.data)-len(all):]))
		list, all = append(list, all[8:8+n]), all[8+n:]
	}
	return list, true
}

// Ints returns the items of a list of whole numbers; false if the value is none, or has one that an int can't hold.
func (v Value) Ints() ([]int, bool) {
	if _, ok := (Value{kind: v.items}).Int(); !ok || v.kind != List {
		return nil, false
	}
	list := make([]int, 0, v.n)
	for item := range v.Items() {
		n, ok := item.Int()
		if !ok || int64(int(n)) != n {
			return nil, false
		}
		list = append(list, int(n))
	}
	return list, true
}

// Floats returns the items of a list of float32 or float64, the latter rounded; false if the value is none.
func (v Value) Floats() ([]float32, bool) {
	if v.kind != List || v.items != Float32 && v.items != Float64 {
		return nil, false
	}
	list := make([]float32, 0, v.n)
	for item := range v.Items() {
		x, _ := item.Float()
		list = append(list, float32(x))
	}
	return list, true
}

// String writes the value for a line of text: texts are quoted and cut, lists only counted.
func (v Value) String() string {
	switch v.kind {
	case Text:
		return fmt.Sprintf("%.60q", v.data)
	case List:
		return fmt.Sprintf("%s × %d", v.items, v.n)
	case Bool:
		yes, _ := v.Bool()
		return strconv.FormatBool(yes)
	case Float32, Float64:
		x, _ := v.Float()
		return strconv.FormatFloat(x, 'g', -1, 8*v.kind.size())
	case Uint64:
		return strconv.FormatUint(v.bits(), 10)
	}
	n, _ := v.Int()
	return strconv.FormatInt(n, 10)
}

// An Item is a type of Go for which there is a kind.
type Item interface {
	uint8 | int8 | uint16 | int16 | uint32 | int32 | float32 | bool | string | uint64 | int64 | float64
}

// Of returns a value of the kind that belongs to a type of Go.
func Of[T Item](x T) Value {
	kind, data := encoded(nil, x)
	return Value{kind: kind, data: data}
}

// ListOf returns a list of items of the kind that belongs to a type of Go.
func ListOf[T Item](list []T) Value {
	var zero T
	kind, _ := encoded(nil, zero)
	v := Value{kind: List, items: kind, n: len(list)}
	for _, x := range list {
		if s, ok := any(x).(string); ok {
			v.data = binary.LittleEndian.AppendUint64(v.data, uint64(len(s)))
		}
		_, v.data = encoded(v.data, x)
	}
	return v
}

// encoded appends a value, and returns its kind; of a text without its length.
func encoded[T Item](b []byte, x T) (Kind, []byte) {
	switch x := any(x).(type) {
	case uint8:
		return Uint8, append(b, x)
	case int8:
		return Int8, append(b, byte(x))
	case uint16:
		return Uint16, binary.LittleEndian.AppendUint16(b, x)
	case int16:
		return Int16, binary.LittleEndian.AppendUint16(b, uint16(x))
	case uint32:
		return Uint32, binary.LittleEndian.AppendUint32(b, x)
	case int32:
		return Int32, binary.LittleEndian.AppendUint32(b, uint32(x))
	case float32:
		return Float32, binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	case bool:
		if x {
			return Bool, append(b, 1)
		}
		return Bool, append(b, 0)
	case string:
		return Text, append(b, x...)
	case uint64:
		return Uint64, binary.LittleEndian.AppendUint64(b, x)
	case int64:
		return Int64, binary.LittleEndian.AppendUint64(b, uint64(x))
	}
	return Float64, binary.LittleEndian.AppendUint64(b, math.Float64bits(any(x).(float64)))
}

// check returns why Decode would not give the value back, nil if it would.
func (v Value) check() *fault.Fault {
	switch {
	case v.kind == Text && len(v.data) > maxTextBytes:
		return fault.New("textTooLarge", "a text is said to have %d bytes, expected at most %d", len(v.data), maxTextBytes)
	case v.kind.size() > 0 && len(v.data) != v.kind.size():
		return fault.New("valueMissing", "there is no value")
	case v.kind == List && v.n > maxItems:
		return fault.New("itemsTooMany", "a list is said to have %d items, expected at most %d", v.n, maxItems)
	}
	return nil
}
