package gguf

import "strconv"

// Kind says what a value of the metadata is, by the number that files give it (enum gguf_metadata_value_type).
type Kind uint32

// Kinds of values.
const (
	Uint8 Kind = iota
	Int8
	Uint16
	Int16
	Uint32
	Int32
	Float32
	Bool
	Text
	List
	Uint64
	Int64
	Float64
)

var kinds = [...]struct {
	name string
	size int // bytes of a value; 0 if they differ
}{
	{"uint8", 1}, {"int8", 1}, {"uint16", 2}, {"int16", 2}, {"uint32", 4}, {"int32", 4}, {"float32", 4},
	{"bool", 1}, {"string", 0}, {"array", 0}, {"uint64", 8}, {"int64", 8}, {"float64", 8},
}

func (k Kind) known() bool { return int64(k) < int64(len(kinds)) }

// String returns the name that the specification has for the kind, "uint32"; the number of an unknown one.
func (k Kind) String() string {
	if k.known() {
		return kinds[k].name
	}
	return strconv.FormatUint(uint64(k), 10)
}

// size returns the bytes of a value of the kind, 0 if they differ.
func (k Kind) size() int {
	if k.known() {
		return kinds[k].size
	}
	return 0
}
