package engine

import (
	"encoding/binary"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"glassbox/web/export"
)

// written returns the file of a tensor, asked for in pieces of so many rows.
func written(t *testing.T, e *Engine, name string, f export.Format, rows int) string {
	t.Helper()
	var file []byte
	run := 0
	for from, high := 0, e.trace.Tensor(name).Rows; from < high; from += rows {
		x := ask(t, e, Request{ID: 9, Export: &Export{Name: name, Format: f, Model: "sort", From: from, To: min(from+rows, high), Of: run}}).Exported
		file, run = append(file, x.Bytes...), x.Of
	}
	return string(file)
}

func TestAFileHoldsTheNumbersOfItsTensor(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 5, Run: greedy("CBABB", 2)})
	for _, name := range []string{"h.0.attn.head.1.scores", "wte.weight", "logits", "sample.top_k"} {
		tensor := e.trace.Tensor(name)
		file := written(t, e, name, export.NPY, 2)
		at := 10 + int(binary.LittleEndian.Uint16([]byte(file[8:])))
		if len(file) != at+4*tensor.Rows*tensor.Cols {
			t.Fatalf("%s has %d bytes", name, len(file))
		}
		for i := range tensor.Rows * tensor.Cols {
			got := math.Float32frombits(binary.LittleEndian.Uint32([]byte(file[at+4*i:])))
			if want, ok := tensor.At(i/tensor.Cols, i%tensor.Cols); ok && got != want || ok == (got != got) {
				t.Fatalf("cell %d of %s is %g; expected %g, %t", i, name, got, want, ok)
			}
		}
	}
}

func TestAFileSaysWhatItHolds(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 5, Run: greedy("CBABB", 2)})
	var says struct {
		Model, Text, Tensor string
		IDs, Shape          []int
		Data                [][]*float32
	}
	if err := json.Unmarshal([]byte(written(t, e, "h.2.attn.head.0.attention", export.JSON, 4)), &says); err != nil {
		t.Fatal(err)
	}
	if says.Model != "sort" || says.Text != "CBABB" || len(says.IDs) != 6 || says.IDs[5] != 2 || says.Tensor != "h.2.attn.head.0.attention" {
		t.Errorf("it says %+v", says)
	}
	if len(says.Data) != 6 || says.Data[2][3] != nil || says.Data[3][3] == nil {
		t.Errorf("the rows are %v", says.Data)
	}
	if file := written(t, e, "wte.weight", export.JSON, 1); strings.Contains(file, "CBABB") {
		t.Error("a weight belongs to no text")
	}
}

func TestAFileHoldsNumbersOfOneRunOnly(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 5, Run: greedy("CBABBC")})
	piece := func(name string, run int) Reply {
		return try(t, e, Request{ID: 9, Export: &Export{Name: name, Format: export.CSV, From: 1, To: 2, Of: run}})
	}
	if r := piece("logits", 5); r.Error != "" || r.Exported.Of != 5 {
		t.Errorf("the piece of the same run is %+v", r)
	}
	ask(t, e, Request{ID: 6, Run: greedy("CBABBA")})
	if r := piece("logits", 5); !strings.Contains(r.Error, "text or the model changed") {
		t.Errorf("after another run it says %q", r.Error)
	}
	of := piece("wte.weight", 0).Exported.Of
	ask(t, e, Request{ID: 7, Run: greedy("A")})
	if r := piece("wte.weight", of); r.Error != "" {
		t.Errorf("a weight stays, but it says %q", r.Error)
	}
	ask(t, e, Request{ID: 8, Load: &Load{Name: "sort.safetensors", File: weights(t)}})
	if r := piece("wte.weight", of); !strings.Contains(r.Error, "text or the model changed") {
		t.Errorf("after another model it says %q", r.Error)
	}
}

func TestAFileThatCanNotBeIsRefused(t *testing.T) {
	e := sorter(t)
	for want, x := range map[string]Export{
		"named":    {Name: "none", Format: export.CSV},
		"format":   {Name: "wte.weight", Format: "xls"},
		"has no r": {Name: "wte.weight", Format: export.CSV, From: 1, To: 9},
	} {
		if r := try(t, e, Request{ID: 9, Export: &x}); !strings.Contains(r.Error, want) {
			t.Errorf("%+v is answered %q", x, r.Error)
		}
	}
	if r := try(t, New(), Request{ID: 9, Export: &Export{}}); r.Error == "" {
		t.Error("without a model there is a file")
	}
}

func TestBlocksAreTheirMeans(t *testing.T) {
	e := sorter(t)
	ask(t, e, Request{ID: 5, Run: greedy("CBABB")})
	piece := func(from, to int) *Values {
		return ask(t, e, Request{ID: 9, Average: &Average{Name: "h.0.attn.head.1.scores", High: 2, Wide: 3, From: from, To: to, Of: 5}}).Values
	}
	v := piece(0, 5)
	if v.Rows != 3 || v.Cols != 2 || len(v.Data) != 6 {
		t.Fatalf("there are %d × %d blocks", v.Rows, v.Cols)
	}
	scores := e.trace.Tensor("h.0.attn.head.1.scores")
	sum, n := 0.0, 0.0
	for r := 2; r < 4; r++ {
		for c := 0; c < 3; c++ {
			if x, ok := scores.At(r, c); ok {
				sum, n = sum+float64(x), n+1
			}
		}
	}
	if want := float32(sum / n); v.Data[2] != want || v.Data[1] == v.Data[1] {
		t.Errorf("the blocks are %v; expected %g as the third, and none where all is masked", v.Data, want)
	}
	first, second := piece(0, 2), piece(2, 5)
	for i, x := range append(first.Data, second.Data...) {
		if first.Rows+second.Rows != 3 || math.Float32bits(x) != math.Float32bits(v.Data[i]) {
			t.Errorf("in two pieces the blocks are %v and %v; in one %v", first.Data, second.Data, v.Data)
		}
	}
	if r := try(t, e, Request{ID: 9, Average: &Average{Name: "logits", High: 1, Wide: 1, To: 6}}); !strings.Contains(r.Error, "has no rows 0 to 6") {
		t.Errorf("of rows that are not there it says %q", r.Error)
	}
	if r := try(t, e, Request{ID: 9, Average: &Average{Name: "logits", High: 1, Wide: 1, Of: 4}}); !strings.Contains(r.Error, "changed") {
		t.Errorf("of another run it says %q", r.Error)
	}
}
