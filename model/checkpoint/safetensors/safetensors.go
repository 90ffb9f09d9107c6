// Package safetensors reads and writes the safetensors file format, in which the weights of this
// project are stored.
//
// The format is specified under "Format" in the README of https://github.com/huggingface/safetensors:
//
//	8 bytes   N, the length of the header, little-endian, unsigned
//	N bytes   the header: a JSON object, padded with spaces if need be
//	rest      the data: the tensors' values, little-endian, row-major, one tensor behind the other
//
// The header maps each tensor's name to its element type, its shape and the half-open range of bytes
// that it occupies in the data; the name "__metadata__" is set apart for a map from text to text:
//
//	{"__metadata__": {"config": "…"},
//	 "wte.weight": {"dtype": "F32", "shape": [3, 48], "data_offsets": [0, 576]}, …}
//
// Files may be hostile. [Decode] therefore refuses whatever is not exactly this: names given
// twice, fields that are missing or unknown, tensors that overlap, leave holes or end short of the
// file's end, and sizes that contradict each other. It reserves memory only for what the file
// really holds, never for what its header claims. Each refusal is a [*FormatError], which
// names the file, the tensor and the reason.
//
// Where the reference implementation is more lenient, this one refuses a tensor without a name, one
// with more than 64 dimensions, and the element types narrower than a byte. Values are not looked at
// until [Tensor.Float32] or [Tensor.CheckFinite] is asked to.
package safetensors

// Limits that keep a hostile header from costing more than it should.
const (
	lengthBytes = 8           // bytes of the header's length, before the header
	alignment   = 8           // the data of an encoded file begins at a multiple of it
	maxHeader   = 100_000_000 // bytes; the reference implementation's limit
	maxRank     = 64          // dimensions of a tensor; as many as NumPy allows
)

// metadataKey is the name in the header under which the metadata stands instead of a tensor.
const metadataKey = "__metadata__"

// File is what a safetensors file holds: metadata and tensors.
type File struct {
	// Metadata is free text by name. Decode always makes it, so that it can be added to; a nil map
	// and an empty one are encoded alike, as no metadata at all.
	Metadata map[string]string

	// Tensors stand in the order of their data in the file. Names differ from each other.
	Tensors []Tensor
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
