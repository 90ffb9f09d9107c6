// Package gguf reads and writes GGUF, the file format in which models are published for llama.cpp and its kin: the
// weights, in the few bits of package quant, and beside them all that is known of the model, its sizes and its tokenizer.
//
// The format is specified in docs/gguf.md of https://github.com/ggml-org/ggml. All numbers are little-endian; a text is its
// length in bytes, 8 bytes, and its bytes, UTF-8:
//
//	4 bytes  "GGUF"
//	4 bytes  the version, 2 or 3, which differ in nothing that is read here
//	8 bytes  how many tensors there are
//	8 bytes  how many keys
//	keys     each: a text, the key; 4 bytes, the kind of its value; the value
//	tensors  each: a text, its name; 4 bytes, how many dimensions; 8 bytes for each, the innermost first;
//	         4 bytes, its type; 8 bytes, the byte of the data at which its values begin
//	padding  up to a multiple of the alignment: 32, unless the key general.alignment says something else
//	data     the values, row-major; each tensor begins at a multiple of the alignment
//
// A list among the values is the kind of its items, 4 bytes, their number, 8 bytes, and the items; lists may hold lists.
//
// A [Tensor] here has its dimensions the other way round than the file, the outermost first, as everywhere in this
// project: a matrix of 96 rows with 256 values is [96, 256], and stands in the file as 256, 96. The values
// lie in the same order in both.
//
// Files may be hostile. [Decode] therefore refuses whatever contradicts itself: names given twice, tensors that overlap, leave
// the file or begin where they may not, rows that are no whole blocks. It reserves memory only for what the file really
// holds, never for what it claims to. Each refusal is a [*FormatError], which names the file, the key or the tensor, and
// the reason. Files of version 1, big-endian files, and those with types that package quant does not compute
// are refused by name.
//
// Where the reference implementation is stricter, this one reads on: tensors may stand in any order, with gaps between
// them, and something may follow the last one.
package gguf

import "glassbox/model/quant"

// Limits that keep a hostile header from costing more than it should, and tell damage from a download that ended early.
const (
	maxTensors   = 1 << 20
	maxKeys      = 1 << 20
	maxKeyBytes  = 1<<16 - 1 // of a key, as the specification has it, and of a tensor's name
	maxTextBytes = 1 << 30
	maxItems     = 1 << 28 // of a list
	maxDepth     = 4       // of lists in lists
	maxRank      = 4       // dimensions of a tensor; as many as ggml allows
	maxAlignment = 1 << 20
	maxOffset    = 1 << 50 // bytes: no file is that long
)

const (
	magic            = "GGUF"
	alignmentKey     = "general.alignment"
	defaultAlignment = 32
)

// File is what a GGUF file holds: metadata and tensors.
type File struct {
	Version  int     // 2 or 3; Encode takes 0 for 3
	Metadata []Entry // in the order of the file; keys differ from each other

	// Tensors stand in the order in which the header names them. Names differ from each other.
	Tensors []Tensor

	name string // of the file, for errors
}

// Entry is a key of the metadata with its value.
type Entry struct {
	Key   string // "llama.block_count"
	Value Value
}

// Tensor is one named array. Its values stay encoded until they are asked for.
type Tensor struct {
	Name  string
	Type  quant.Type
	Shape []int // the size of each dimension, outermost first; a row is the last one; empty for a scalar

	// Data are the values as the type holds them, row-major. A decoded tensor shares the bytes of its file; nil after
	// DecodeHead.
	Data []byte

	// Begin is the byte of the file at which the values begin: for who reads it piece by piece. Encode ignores it.
	Begin int64

	file string // the name of the file that it was decoded from, for errors
}

// Tensor returns the tensor of that name, and whether there is one.
func (f *File) Tensor(name string) (Tensor, bool) {
	for _, t := range f.Tensors {
		if t.Name == name {
			return t, true
		}
	}
	return Tensor{}, false
}
