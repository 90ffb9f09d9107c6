package pytorch

import (
	"errors"
	"fmt"
	"slices"

	"glassbox/model/checkpoint/safetensors"
)

// A kind is a type of numbers: what safetensors calls it, and its bytes.
type kind struct {
	dtype string
	size  int
}

// storages are the classes of storages, in the module torch, and what they hold.
var storages = map[string]kind{
	"FloatStorage": {"F32", 4}, "DoubleStorage": {"F64", 8}, "HalfStorage": {"F16", 2}, "BFloat16Storage": {"BF16", 2},
	"LongStorage": {"I64", 8}, "IntStorage": {"I32", 4}, "ShortStorage": {"I16", 2}, "CharStorage": {"I8", 1},
	"ByteStorage": {"U8", 1}, "BoolStorage": {"BOOL", 1},
}

// untyped is a storage of bytes: each of its tensors says what they are.
var untyped = kind{"", 1}

// dtypes are the types that a tensor of an untyped storage, or a setting, names in the module torch.
var dtypes = map[string]kind{
	"float32": {"F32", 4}, "float64": {"F64", 8}, "float16": {"F16", 2}, "bfloat16": {"BF16", 2},
	"int64": {"I64", 8}, "int32": {"I32", 4}, "int16": {"I16", 2}, "int8": {"I8", 1}, "uint8": {"U8", 1}, "bool": {"BOOL", 1},
	"uint16": {"U16", 2}, "uint32": {"U32", 4}, "uint64": {"U64", 8},
}

// A storage is a run of numbers, on which tensors are windows.
type storage struct {
	kind kind
	data []byte // whole numbers
}

// A tensor is a window on a storage: the number at (i, j, …) is number offset + i·stride[0] + j·stride[1] + … of it.
type tensor struct {
	kind         kind
	data         []byte // of its storage
	offset       int
	size, stride []int
}

// storageOf returns the storage that a persistent id names: ("storage", class, key, device, number of elements).
func (a *archive) storageOf(id any) (*storage, error) {
	t, ok := id.(tuple)
	if !ok || len(t) != 5 || t[0] != "storage" {
		return nil, errors.New("it refers to something that is no storage of a tensor")
	}
	class, isClass := t[1].(global)
	key, isKey := t[2].(string)
	n, isNumber := t[4].(int64)
	of, known := class.storage()
	if !isClass || !isKey || !isNumber || !known {
		return nil, errors.New("it refers to a storage without a class, a key or a size")
	}
	data, there := a.entries["data/"+key]
	switch {
	case !there:
		return nil, fmt.Errorf("the storage data/%s is missing in the archive", safetensors.Legible(key))
	case n < 0 || n > int64(len(data)/of.size):
		return nil, fmt.Errorf("the storage data/%s is said to have %d numbers of %d bytes, and has %d bytes", safetensors.Legible(key), n, of.size, len(data))
	}
	return &storage{of, data[:int(n)*of.size]}, nil
}

// rebuild makes a tensor of the arguments of torch._utils._rebuild_tensor_v2: storage, offset, size, stride, and
// what belongs to training. In version 3 the type stands behind them.
func rebuild(args tuple, version int) (*tensor, error) {
	if len(args) < 4 {
		return nil, fmt.Errorf("a tensor has %d arguments; expected 4 at least", len(args))
	}
	s, isStorage := args[0].(*storage)
	offset, isOffset := args[1].(int64)
	size, isSize := ints(args[2])
	stride, isStride := ints(args[3])
	if !isStorage || !isOffset || !isSize || !isStride || len(size) != len(stride) {
		return nil, errors.New("a tensor has no storage, or no shape with a stride for each dimension")
	}
	t := &tensor{kind: s.kind, data: s.data, offset: int(offset), size: size, stride: stride}
	if version == 3 {
		named := global{}
		if len(args) > 6 {
			named, _ = args[6].(global)
		}
		t.kind = dtypes[named.name]
	}
	if t.kind.dtype == "" {
		return nil, errors.New("a tensor does not say of what type its numbers are")
	}
	return t, t.check()
}

// ints returns the whole numbers of a tuple.
func ints(v any) (list []int, ok bool) {
	t, ok := v.(tuple)
	for _, item := range t {
		n, whole := item.(int64)
		if !whole || n < 0 || n > 1<<40 {
			return nil, false
		}
		list = append(list, int(n))
	}
	return list, ok
}

// check returns an error unless all numbers of the tensor lie in its storage, and are no more than that has.
func (t *tensor) check() error {
	if len(t.size) > maxRank {
		return fmt.Errorf("a tensor has %d dimensions; expected %d at most", len(t.size), maxRank)
	}
	if slices.Contains(t.size, 0) {
		return nil
	}
	room := len(t.data) / t.kind.size
	n, last := 1, t.offset
	inside := last >= 0 && last < room
	for d, size := range t.size {
		if n > room/size {
			return fmt.Errorf("a tensor of the shape %v has more numbers than its storage, %d; make it whole in Python: tensor.contiguous()", t.size, room)
		}
		n *= size
		if inside = inside && (size == 1 || t.stride[d] <= (room-1-last)/(size-1)); inside {
			last += (size - 1) * t.stride[d]
		}
	}
	if !inside {
		return fmt.Errorf("a tensor of the shape %v with the strides %v begins at %d and leaves its storage of %d numbers", t.size, t.stride, t.offset, room)
	}
	return nil
}

// count returns how many numbers the tensor has.
func (t *tensor) count() int {
	n := 1
	for _, size := range t.size {
		n *= size
	}
	return n
}

// bytes returns the numbers row by row: those of the storage itself if they lie there so, or else a copy.
func (t *tensor) bytes() []byte {
	n, size := t.count(), t.kind.size
	if n == 0 {
		return nil
	}
	if t.contiguous() {
		return t.data[t.offset*size:][:n*size]
	}
	out := make([]byte, 0, n*size)
	at := make([]int, len(t.size))
	for place := t.offset; ; {
		out = append(out, t.data[place*size:][:size]...)
		d := len(at) - 1
		for ; d >= 0; d-- { // the next place, the last dimension first
			at[d]++
			place += t.stride[d]
			if at[d] < t.size[d] {
				break
			}
			place -= at[d] * t.stride[d]
			at[d] = 0
		}
		if d < 0 {
			return out
		}
	}
}

// contiguous reports whether the numbers follow one another row by row.
func (t *tensor) contiguous() bool {
	step := 1
	for d := len(t.size) - 1; d >= 0; d-- {
		if t.size[d] != 1 && t.stride[d] != step {
			return false
		}
		step *= t.size[d]
	}
	return true
}
