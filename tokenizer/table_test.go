package tokenizer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"testing"

	"glassbox/tokenizer/r50k"
)

// makeTable writes a table with the bytes in their natural order and the given merges.
func makeTable(merges ...[2]int) []byte {
	table := binary.LittleEndian.AppendUint32([]byte(tableMagic), uint32(len(merges)))
	for b := range singles {
		table = append(table, byte(b))
	}
	for _, side := range []int{0, 1} {
		for _, shift := range []int{8, 0} {
			for _, m := range merges {
				table = append(table, byte(m[side]>>shift))
			}
		}
	}
	return table
}

func TestASmallTableMakesATokenizer(t *testing.T) {
	g, err := NewGPT2(makeTable([2]int{'a', 'b'}, [2]int{256, 'c'}))
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := g.EncodeSpecial("abcab<|endoftext|>")
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{257, 256, 258}; !slices.Equal(IDs(tokens), want) || g.Vocab() != 259 {
		t.Errorf("ids %v of %d, want %v of 259", IDs(tokens), g.Vocab(), want)
	}
}

func TestATableWithoutMergesGivesBytes(t *testing.T) {
	g, err := NewGPT2(makeTable())
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := g.Encode("€")
	if want := []int{0xE2, 0x82, 0xAC}; err != nil || !slices.Equal(IDs(tokens), want) {
		t.Errorf("%v, %v, want %v", tokens, err, want)
	}
}

func TestDamagedTablesAreRefused(t *testing.T) {
	doubling := [][2]int{{'a', 'a'}}
	for id := 256; id < 300; id++ {
		doubling = append(doubling, [2]int{id, id})
	}
	change := func(at int, to ...byte) []byte {
		table := makeTable([2]int{'a', 'b'}, [2]int{256, 'c'})
		copy(table[at:], to)
		return table
	}
	cases := []struct {
		name   string
		table  []byte
		offset int
		reason string
	}{
		{"empty", nil, 0, "ends inside the header"},
		{"short header", makeTable()[:100], 100, "ends inside the header"},
		{"gzipped", r50k.Packed(), 0, "still compressed"},
		{"other version", change(13, '2'), 0, "want"},
		{"huge count", change(16, 0xFF, 0xFF, 0xFF, 0xFF), 16, "at most 65279"},
		{"truncated", makeTable([2]int{'a', 'b'})[:279], 279, "expected 280 bytes for 1 merge"},
		{"too long", append(makeTable(), 0), 277, "expected 276 bytes for 0 merges"},
		{"byte twice", change(21, 0), 21, "byte 0x00 is given to id 0 and to id 1"},
		{"left too late", makeTable([2]int{256, 'b'}), 276, "begins with id 256"},
		{"right too late", makeTable([2]int{'a', 65535}), 278, "ends with id 65535"},
		{"merge twice", makeTable([2]int{'a', 'b'}, [2]int{'a', 'b'}), 277, "ids 256 and 257 are both"},
		{"same piece twice", makeTable([2]int{'a', 'a'}, [2]int{256, 'a'}, [2]int{'a', 256}), 278, `are both "aaa"`},
		{"pieces that double", makeTable(doubling...), 276 + 7, "has 256 bytes, expected at most 128"},
	}
	for _, c := range cases {
		_, err := NewGPT2(c.table)
		e, ok := errors.AsType[*TableError](err)
		if !ok || e.Offset != c.offset || !strings.Contains(e.Reason.Error(), c.reason) {
			t.Errorf("%s: %v, want %q at byte %d", c.name, err, c.reason, c.offset)
		}
	}
}

func TestTheTableCanBeReadTwice(t *testing.T) {
	a, b := r50k.Table(), r50k.Table()
	a[0] = 'X'
	if bytes.Equal(a, b) {
		t.Error("two calls share their bytes")
	}
	if _, err := NewGPT2(b); err != nil {
		t.Error(err)
	}
}
