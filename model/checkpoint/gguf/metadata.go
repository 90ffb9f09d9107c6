package gguf

import "glassbox/model/fault"

// Value returns the value of a key, and whether the file has it.
func (f *File) Value(key string) (Value, bool) {
	for _, e := range f.Metadata {
		if e.Key == key {
			return e.Value, true
		}
	}
	return Value{}, false
}

// Has reports whether the file has a key.
func (f *File) Has(key string) bool {
	_, ok := f.Value(key)
	return ok
}

// Set gives a key a value: that of the key, if the file has it, at the end if it has not.
func (f *File) Set(key string, v Value) {
	for i, e := range f.Metadata {
		if e.Key == key {
			f.Metadata[i].Value = v
			return
		}
	}
	f.Metadata = append(f.Metadata, Entry{key, v})
}

// Uint returns the value of a key that is a whole number, not negative. Without the key, or with a value of another
// kind, it returns a [*FormatError], as all of the following do.
func (f *File) Uint(key string) (uint64, error) {
	return get(f, key, Value.Uint, func(v Value) *fault.Fault {
		return fault.New("keyNoUint", "the value is %s (%s), expected a whole number that is not negative", v, v.kind)
	})
}

// Int returns the value of a key that is a whole number.
func (f *File) Int(key string) (int64, error) {
	return get(f, key, Value.Int, func(v Value) *fault.Fault {
		return fault.New("keyNoInt", "the value is %s (%s), expected a whole number", v, v.kind)
	})
}

// Float returns the value of a key that is a float32 or float64.
func (f *File) Float(key string) (float64, error) {
	return get(f, key, Value.Float, func(v Value) *fault.Fault {
		return fault.New("keyNoFloat", "the value is %s (%s), expected a float32 or float64", v, v.kind)
	})
}

// Bool returns the value of a key that is a yes or no.
func (f *File) Bool(key string) (bool, error) {
	return get(f, key, Value.Bool, func(v Value) *fault.Fault {
		return fault.New("keyNoBool", "the value is %s (%s), expected true or false", v, v.kind)
	})
}

// Text returns the value of a key that is a text.
func (f *File) Text(key string) (string, error) {
	return get(f, key, Value.Text, func(v Value) *fault.Fault {
		return fault.New("keyNoText", "the value is %s (%s), expected a text", v, v.kind)
	})
}

// Texts returns the value of a key that is a list of texts.
func (f *File) Texts(key string) ([]string, error) {
	return get(f, key, Value.Texts, func(v Value) *fault.Fault {
		return fault.New("keyNoTexts", "the value is %s (%s), expected a list of texts", v, v.kind)
	})
}

// Ints returns the value of a key that is a list of whole numbers.
func (f *File) Ints(key string) ([]int, error) {
	return get(f, key, Value.Ints, func(v Value) *fault.Fault {
		return fault.New("keyNoInts", "the value is %s (%s), expected a list of whole numbers", v, v.kind)
	})
}

// Floats returns the value of a key that is a list of float32 or float64, the latter rounded.
func (f *File) Floats(key string) ([]float32, error) {
	return get(f, key, Value.Floats, func(v Value) *fault.Fault {
		return fault.New("keyNoFloats", "the value is %s (%s), expected a list of float32 or float64", v, v.kind)
	})
}

// get returns what a key's value is, or an error with the reason why it is not.
func get[T any](f *File, key string, as func(Value) (T, bool), reason func(Value) *fault.Fault) (T, error) {
	v, has := f.Value(key)
	if !has {
		var none T
		return none, f.refuse(key, fault.New("keyMissing", "the file does not have this key"))
	}
	x, ok := as(v)
	if !ok {
		return x, f.refuse(key, reason(v))
	}
	return x, nil
}

// refuse returns an error that concerns a key.
func (f *File) refuse(key string, reason *fault.Fault) error {
	return &FormatError{File: f.name, Key: key, Reason: reason, Offset: -1}
}

// Alignment returns what the data of tensors begin at a multiple of, in bytes: the value of general.alignment, 32
// without it.
func (f *File) Alignment() (int, error) {
	v, has := f.Value(alignmentKey)
	if !has {
		return defaultAlignment, nil
	}
	if n, ok := v.Uint(); ok && v.kind == Uint32 && n > 0 && n&(n-1) == 0 && n <= maxAlignment {
		return int(n), nil
	}
	return 0, f.refuse(alignmentKey, fault.New("alignmentInvalid", "the value is %s (%s), expected a power of two up to %d (uint32)", v, v.kind, maxAlignment))
}
