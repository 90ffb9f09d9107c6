package export

import (
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// whole returns the file of all rows, written in pieces of so many rows.
func whole(f Format, t Table, data []float32, masked func(row, col int) bool, rows int) string {
	var b []byte
	for from := 0; from < t.Rows || from == 0; from += rows {
		to := min(from+rows, t.Rows)
		b = f.Append(b, t, Rows{from, data[from*t.Cols : to*t.Cols], masked})
	}
	return string(b)
}

// later masks what a causal step masks.
func later(row, col int) bool { return col > row }

func TestTheFilesHaveTheseBytes(t *testing.T) {
	table := Table{Model: "sort", Text: "C\"\n", IDs: []int{2, 7}, Name: "h.0.attn.head.1.scores", Rows: 2, Cols: 2}
	data := []float32{0.1, 7, -0.5, 1e10}
	header := "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"
	for f, want := range map[Format]string{
		CSV: "0.1,\r\n-0.5,1e+10\r\n",
		JSON: `{"model":"sort","text":"C\"\u000a","ids":[2,7],"tensor":"h.0.attn.head.1.scores","dtype":"float32","shape":[2,2],"data":[` +
			"\n[0.1,null],\n[-0.5,1e+10]\n]}\n",
		NPY: "\x93NUMPY\x01\x00\x76\x00" + header + strings.Repeat(" ", 118-len(header)-1) + "\n" +
			"\xcd\xcc\xcc\x3d" + "\x00\x00\xc0\x7f" + "\x00\x00\x00\xbf" + "\xf9\x02\x15\x50",
	} {
		for rows := 1; rows <= 2; rows++ {
			got := whole(f, table, data, later, rows)
			if f == NPY { // which NaN stands for a masked cell is free
				got = got[:132] + "\x00\x00\xc0\x7f" + got[136:]
			}
			if got != want {
				t.Errorf("%s in pieces of %d rows is\n%q; expected\n%q", f, rows, got, want)
			}
		}
	}
}

// reads returns the cells of a file as another program would read them; masked ones are NaN.
func reads(t *testing.T, f Format, file string) (cells []float32) {
	t.Helper()
	parse := func(s string) {
		v := math.NaN()
		if s != "" {
			var err error
			if v, err = strconv.ParseFloat(s, 32); err != nil {
				t.Fatalf("%s has the number %q", f, s)
			}
		}
		cells = append(cells, float32(v))
	}
	switch f {
	case CSV:
		records, err := csv.NewReader(strings.NewReader(file)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range records {
			for _, s := range r {
				parse(s)
			}
		}
	case JSON:
		var object struct{ Data [][]any }
		if err := json.Unmarshal([]byte(file), &object); err != nil {
			t.Fatal(err)
		}
		for _, row := range object.Data {
			for _, v := range row {
				switch v := v.(type) {
				case nil:
					parse("")
				case string:
					parse(v)
				case float64:
					cells = append(cells, float32(v))
				}
			}
		}
	case NPY:
		at := 10 + int(binary.LittleEndian.Uint16([]byte(file[8:])))
		if at%64 != 0 {
			t.Errorf("the numbers begin at byte %d", at)
		}
		for ; at < len(file); at += 4 {
			cells = append(cells, math.Float32frombits(binary.LittleEndian.Uint32([]byte(file[at:]))))
		}
	}
	return cells
}

func TestEveryNumberReadsBackAsItWas(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		table := Table{Model: "m", Text: "日本 🙂\xff\\", IDs: []int{}, Name: "x", Rows: r.IntN(9), Cols: 2 + r.IntN(9)}
		data := make([]float32, table.Rows*table.Cols)
		for i := range data {
			data[i] = math.Float32frombits(r.Uint32())
		}
		for _, f := range Formats() {
			got := reads(t, f, whole(f, table, data, later, 1+r.IntN(4)))
			if len(got) != len(data) {
				t.Fatalf("%s has %d of %d numbers", f, len(got), len(data))
			}
			for i, v := range data {
				masked := later(i/table.Cols, i%table.Cols) || v != v
				if masked != (got[i] != got[i]) || !masked && math.Float32bits(v) != math.Float32bits(got[i]) {
					t.Fatalf("%s reads %x as %x", f, math.Float32bits(v), math.Float32bits(got[i]))
				}
			}
		}
	}
}

func TestPiecesCoverALongTable(t *testing.T) {
	for _, table := range []Table{{Rows: 50257, Cols: 128}, {Rows: 128, Cols: 50257}, {Rows: 1, Cols: 200000}, {Rows: 3}, {Rows: 7, Cols: 1}} {
		at := 0
		for at < table.Rows {
			to := table.Next(at)
			if n := (to - at) * table.Cols; to <= at || n > pieceSize && to > at+1 {
				t.Fatalf("%+v: rows %d to %d are a piece", table, at, to)
			}
			at = to
		}
	}
}

func TestAFileIsNamedAfterModelAndStep(t *testing.T) {
	if got := FileName("sort", "h.0.attn.head.1.scores", "csv"); got != "sort-h.0.attn.head.1.scores.csv" {
		t.Error(got)
	}
	if got := FileName("../my model/ü", "wte.weight", "npy"); got != "-.-my-model----wte.weight.npy" {
		t.Error(got)
	}
}
