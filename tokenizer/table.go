package tokenizer

import (
	"encoding/binary"

	"glassbox/model/fault"
)

// The table of merges, as [NewGPT2] reads it:
//
//	16 bytes      "glassbox bpe v1\n"
//	4 bytes       n, the number of merges, little-endian
//	256 bytes     the byte that each of the ids 0 … 255 stands for, each byte once
//	4 × n bytes   four planes: for each merge, in the order of its id 256 … 255+n,
//	              the high bytes of the left ids, their low bytes, the same of the right ids
//
// A merge joins two earlier ids. Planes gzip better than pairs (165 kB for r50k_base, where the
// usual list of base64 pieces takes 366 kB), and an id never needs its bytes written down.
const (
	tableMagic  = "glassbox bpe v1\n"
	tableHeader = len(tableMagic) + 4 + singles

	singles   = 256                 // ids of single bytes
	maxMerges = 1<<16 - singles - 1 // so that every id, the special one too, fits in 16 bits
	maxPiece  = 128                 // bytes: the longest piece of r50k_base has as many
)

// TableError says what is wrong with a table of merges and where.
type TableError struct {
	Offset int // in the table, in bytes
	Reason *fault.Fault
}

func (e *TableError) Error() string { return e.Fault().Error() }

// Fault returns the reason with its place before it.
func (e *TableError) Fault() *fault.Fault {
	return fault.New("inTable", "table of merges: at byte %d: %w", e.Offset, e.Reason)
}

// refuse returns a [*TableError].
func refuse(offset int, reason *fault.Fault) error { return &TableError{offset, reason} }

// parseTable returns the piece of every id, single bytes and merges, and the ids by piece.
func parseTable(table []byte) (pieces []string, ranks map[string]int, err error) {
	n, err := countMerges(table)
	if err != nil {
		return nil, nil, err
	}
	pieces = make([]string, 0, singles+n)
	ranks = make(map[string]int, singles+n)
	alphabet := string(table[tableHeader-singles : tableHeader])
	for id := range singles {
		piece := alphabet[id : id+1]
		if first, ok := ranks[piece]; ok {
			at := tableHeader - singles + id
			return nil, nil, refuse(at, fault.New("byteTwice", "byte 0x%02X is given to id %d and to id %d", piece[0], first, id))
		}
		pieces, ranks[piece] = append(pieces, piece), id
	}
	for i := range n {
		piece, err := mergedPiece(table[tableHeader:], n, i, pieces)
		if err != nil {
			return nil, nil, err
		}
		if first, ok := ranks[piece]; ok {
			return nil, nil, refuse(tableHeader+i, fault.New("pieceTwice", "ids %d and %d are both %q", first, singles+i, piece))
		}
		pieces, ranks[piece] = append(pieces, piece), singles+i
	}
	return pieces, ranks, nil
}

// countMerges checks the frame of a table, all but its contents, and returns the number of merges.
func countMerges(table []byte) (int, error) {
	if len(table) < tableHeader {
		return 0, refuse(len(table), fault.New("tableTooShort", "ends inside the header of %d byte(s)", tableHeader))
	}
	if got := string(table[:len(tableMagic)]); got != tableMagic {
		return 0, refuse(0, fault.New("tableBegins", "begins with %q, want %q (is it still compressed?)", got, tableMagic))
	}
	n := binary.LittleEndian.Uint32(table[len(tableMagic):])
	if n > maxMerges {
		return 0, refuse(len(tableMagic), fault.New("mergesTooMany", "announces %d merge(s), expected at most %d", n, maxMerges))
	}
	if want := tableHeader + 4*int(n); len(table) != want {
		return 0, refuse(len(table), fault.New("tableEnds", "ends here, expected %d byte(s) for %d merge(s)", want, n))
	}
	return int(n), nil
}

// mergedPiece returns the bytes of merge i of n, which may use only the pieces before it.
func mergedPiece(planes []byte, n, i int, pieces []string) (string, error) {
	left := int(planes[i])<<8 | int(planes[n+i])
	right := int(planes[2*n+i])<<8 | int(planes[3*n+i])
	if left >= len(pieces) {
		return "", refuse(tableHeader+i, fault.New("leftUnknown", "id %d begins with id %d, which does not stand before it", len(pieces), left))
	}
	if right >= len(pieces) {
		return "", refuse(tableHeader+2*n+i, fault.New("rightUnknown", "id %d ends with id %d, which does not stand before it", len(pieces), right))
	}
	if size := len(pieces[left]) + len(pieces[right]); size > maxPiece {
		return "", refuse(tableHeader+i, fault.New("pieceTooLong", "id %d has %d byte(s), expected at most %d", len(pieces), size, maxPiece))
	}
	return pieces[left] + pieces[right], nil
}
