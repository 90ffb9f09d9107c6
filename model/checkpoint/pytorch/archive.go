package pytorch

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"

	"glassbox/model/checkpoint/safetensors"
)

// An archive is the zip file around a checkpoint.
type archive struct {
	pickle  []byte
	entries map[string][]byte // what lies beside the pickle, by the names behind its folder
}

// open finds the entries of an archive. They share the bytes of b.
func open(b []byte) (*archive, error) {
	if len(b) > 0 && b[0] == 0x80 {
		return nil, errors.New("this is a bare pickle, as torch.save wrote until PyTorch 1.6, and is not read; load it in Python with torch.load, and save it again")
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("its table of entries can't be read, most likely because the download was not finished: %w", err)
	}
	a := &archive{entries: map[string][]byte{}}
	folder, err := folderOf(z)
	if err != nil {
		return nil, err
	}
	for _, f := range z.File {
		name, inside := strings.CutPrefix(f.Name, folder)
		if !inside {
			continue
		}
		if _, twice := a.entries[name]; twice {
			return nil, fmt.Errorf("it has two entries named %s", safetensors.Legible(f.Name))
		}
		if a.entries[name], err = stored(f, b); err != nil {
			return nil, fmt.Errorf("its entry %s %w", safetensors.Legible(f.Name), err)
		}
	}
	a.pickle = a.entries[pickleName]
	switch order, said := a.entries["byteorder"]; {
	case a.entries["constants.pkl"] != nil:
		return nil, errors.New("this is a program of TorchScript, and is not read; save the tensors alone: torch.save(model.state_dict(), \"model.pt\")")
	case len(a.pickle) > maxPickle:
		return nil, fmt.Errorf("its pickle has %d bytes; expected %d at most", len(a.pickle), maxPickle)
	case said && strings.TrimSpace(string(order)) != "little":
		return nil, fmt.Errorf("its numbers have the byte order %s; expected little", safetensors.Legible(string(order)))
	}
	return a, nil
}

// pickleName is the entry that says what the others are.
const pickleName = "data.pkl"

// folderOf returns the folder in which the entries of a checkpoint lie, with a slash behind it.
func folderOf(z *zip.Reader) (folder string, err error) {
	found := false
	for _, f := range z.File {
		before, is := strings.CutSuffix(f.Name, pickleName)
		if !is || before != "" && !strings.HasSuffix(before, "/") {
			continue
		}
		if found {
			return "", fmt.Errorf("it has two entries named %s", pickleName)
		}
		folder, found = before, true
	}
	if !found {
		return "", fmt.Errorf("this zip archive has no entry %s, and is no checkpoint of PyTorch", pickleName)
	}
	return folder, nil
}

// stored returns the bytes of an entry, which PyTorch never compresses. Their checksum is not asked for, for PyTorch
// can be told to write none.
func stored(f *zip.File, b []byte) ([]byte, error) {
	if f.Method != zip.Store || f.CompressedSize64 != f.UncompressedSize64 {
		return nil, errors.New("is compressed, which PyTorch does not do; unpack the archive and zip it again without compression (zip -0 -r)")
	}
	at, err := f.DataOffset()
	if err != nil {
		return nil, fmt.Errorf("can't be found: %w", err)
	}
	if size := f.UncompressedSize64; at < 0 || at > int64(len(b)) || size > uint64(int64(len(b))-at) {
		return nil, fmt.Errorf("is said to have %d bytes, which are not all in the file", size)
	}
	return b[at:][:f.UncompressedSize64], nil
}
