// Package pytorch reads the tensors of a checkpoint that torch.save wrote: a zip archive, in which a pickle says which
// tensors there are, and one entry for each storage holds their numbers.
//
//	archive/data.pkl    the pickle: names, shapes, and of each tensor the storage in which it lies
//	archive/byteorder   "little"; older files do not have it
//	archive/data/0      the bytes of a storage; a tensor is a window on one, with an offset and a stride for each dimension
//	archive/data/1      …
//
// A pickle is a program for a machine with a stack, which can call whatever Python can. Nothing is called here: the
// few calls that tensors need are known by name, each makes a value of this package, and any other name is refused. What the
// file is of use for, [Decode] returns as the contents of a safetensors file.
//
// The format is what torch/serialization.py and torch/_utils.py of PyTorch write, in the protocols 2 to 5 of Python's
// pickletools.py.
//
// Files may be hostile. Entries must be stored, not compressed, so that no entry is larger than the file; what a pickle
// builds, and what tensors copy out of shared storages, has limits.
package pytorch

import (
	"fmt"

	"glassbox/model/checkpoint/safetensors"
)

// Limits that keep a hostile file from costing more than it should.
const (
	maxPickle  = 16 << 20 // bytes of the pickle
	maxObjects = 1 << 20  // lists, tuples, dictionaries and tensors that it makes
	maxStack   = 1 << 20  // values that wait for what is done with them, or are remembered
	maxRank    = 8        // dimensions of a tensor
	maxRepeat  = 4        // how many times the bytes of the file all tensors have together
)

// Decode reads the file of that name whose contents are b. It returns the tensors of the model by their names in the file,
// which share b where they can, and in the metadata under "config" what the file says of its configuration, as JSON.
//
// The model is the outermost dictionary if it holds tensors, or else the one that it has under a name such as "model" or
// "state_dict". The configuration is what nanoGPT calls "model_args", or a like dictionary of numbers and texts.
func Decode(name string, b []byte) (*safetensors.File, error) {
	refuse := func(err error) error { return fmt.Errorf("%s: %w", safetensors.Legible(name), err) }
	a, err := open(b)
	if err != nil {
		return nil, refuse(err)
	}
	root, err := a.load()
	if err != nil {
		return nil, refuse(fmt.Errorf("its pickle: %w", err))
	}
	state, top, err := stateOf(root)
	if err != nil {
		return nil, refuse(err)
	}
	f := &safetensors.File{Metadata: map[string]string{}}
	total := 0
	for i, key := range state.keys {
		t, ok := state.values[i].(*tensor)
		name, named := key.(string)
		if !ok || !named {
			continue // a number that is counted beside the weights
		}
		if total += t.count() * t.kind.size; total > maxRepeat*len(b) {
			return nil, refuse(fmt.Errorf("its tensors share their numbers so often that they would take more than %d times the file", maxRepeat))
		}
		f.Tensors = append(f.Tensors, safetensors.Tensor{Name: name, DType: t.kind.dtype, Shape: t.size, Data: t.bytes()})
	}
	if text := settings(top); text != "" {
		f.Metadata["config"] = text
	}
	return f, nil
}
