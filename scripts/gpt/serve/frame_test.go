package serve

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// piece is the message with a piece of a file.
func piece(at, of int, b []byte) []byte {
	m := binary.LittleEndian.AppendUint64([]byte{kindPiece}, uint64(at))
	return append(binary.LittleEndian.AppendUint64(m, uint64(of)), b...)
}

// FuzzFrame: what is read as a piece lies in its file, and no file grows beyond what its first piece says.
func FuzzFrame(f *testing.F) {
	f.Add([]byte{}, []byte{kindRequest})
	f.Add(piece(0, 4, []byte{1, 2}), piece(2, 4, []byte{3, 4}))
	f.Add(piece(0, 1<<62, nil), piece(1<<61, 1<<62, []byte{1}))
	f.Fuzz(func(t *testing.T, first, second []byte) {
		var c collection
		most := uint64(0)
		for _, b := range [][]byte{first, second} {
			m, err := parse(b)
			if err != nil {
				continue
			}
			if m.kind != kindPiece {
				if len(m.body) != len(b)-1 {
					t.Errorf("of %v the body is %v", b, m.body)
				}
				continue
			}
			if m.at+uint64(len(m.body)) > m.of || m.of > mostBytes && c.add(m) == nil {
				t.Errorf("%v passes", b)
			}
			if m.of > 1<<20 {
				continue // which would only take memory
			}
			most = max(most, m.of)
			before := bytes.Clone(c.file)
			if err := c.add(m); err != nil && m.at != 0 && !bytes.Equal(before, c.file) {
				t.Errorf("a piece that is refused changes the file")
			}
			if uint64(len(c.file)) > most {
				t.Errorf("the file has %d bytes of %d", len(c.file), most)
			}
		}
	})
}
