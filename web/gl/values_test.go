package gl

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/scene"
	"glassbox/web/scene/paint"
)

// ofValues is a batch that is nothing but n values.
func ofValues(n int) *paint.Batch {
	b := &paint.Batch{Values: paint.Values{Data: make([]float32, n)}}
	for i := range b.Values.Data {
		b.Values.Data[i] = float32(i)
	}
	return b
}

// rowsSent keeps the notes about the texture of values.
func rowsSent(f *fake) string {
	var rows []string
	for _, call := range strings.Split(f.take(), "\n") {
		if strings.HasPrefix(call, "texels 0") || strings.HasPrefix(call, "texture 0") {
			rows = append(rows, call)
		}
	}
	return strings.Join(rows, "\n")
}

func TestChangedSpansSendTheirRowsOnly(t *testing.T) {
	const row = valueColumns
	for _, c := range []struct {
		name  string
		spans []paint.Span
		want  string
	}{
		{"one value", []paint.Span{{From: row + 7, To: row + 8}}, "texels 0: rows 1+1, width 2048"},
		{"ends with a row", []paint.Span{{From: row, To: 2 * row}}, "texels 0: rows 1+1, width 2048"},
		{"over a border", []paint.Span{{From: row - 1, To: row + 1}}, "texels 0: rows 0+2, width 2048"},
		{"neighbours in any order", []paint.Span{{From: 2*row + 1, To: 2*row + 2}, {From: row, To: row + 3}, {From: row, To: row + 3}},
			"texels 0: rows 1+2, width 2048"},
		{"apart", []paint.Span{{From: 0, To: 1}, {From: 70 * row, To: 70*row + 5}},
			"texels 0: rows 0+1, width 2048\ntexels 0: rows 70+1, width 2048"},
		{"the last row, which is not full", []paint.Span{{From: 100*row + 1, To: 100*row + 2}}, "texels 0: rows 100+1, width 100"},
		{"up to the end", []paint.Span{{From: 99 * row, To: 1 << 40}}, "texels 0: rows 99+1, width 2048\ntexels 0: rows 100+1, width 100"},
		{"empty, outside", []paint.Span{{From: 5, To: 5}, {From: -9, To: 0}, {From: 200 * row, To: 201 * row}}, ""},
	} {
		b := ofValues(100*row + 100)
		r, f := drawn(t, b)
		f.take()
		b.Values.Changed = c.spans
		r.Draw(b)
		if got := rowsSent(f); got != c.want {
			t.Errorf("%s: got\n%s\nexpected\n%s", c.name, got, c.want)
		}
		if len(b.Values.Changed) != 0 {
			t.Errorf("%s: Changed was not emptied", c.name)
		}
	}
}

func TestTextureHoldsTheValuesWhateverChanges(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		b := ofValues(1 + rng.IntN(20*valueColumns))
		r, f := drawn(t, b)
		for range 10 {
			switch rng.IntN(5) {
			case 0: // replaced as a whole, longer or shorter
				b.Values = ofValues(1 + rng.IntN(30*valueColumns)).Values
				b.Values.Version = rng.Int()
			default:
				from := rng.IntN(len(b.Values.Data))
				to := from + 1 + rng.IntN(len(b.Values.Data)-from)
				for i := from; i < to; i++ {
					b.Values.Data[i] = rng.Float32()
				}
				b.Values.Changed = append(b.Values.Changed, paint.Span{From: from, To: to})
			}
			if rng.IntN(3) > 0 {
				r.Draw(b)
			}
		}
		r.Draw(b)
		if !slices.Equal(f.texture0[:len(b.Values.Data)], b.Values.Data) {
			t.Fatal("the texture differs from the values")
		}
	}
}

// arrive gives a scene the values of its tensors in portions of a megabyte, draws after each, and
// returns how many values came, how many bytes went to the GPU, and the most of one frame.
func arrive(s *scene.Scene, r *Renderer, infos []model.Info) (values, bytes, most int) {
	const portion = 1 << 18
	for _, i := range infos {
		step := max(portion/max(i.Cols, 1), 1)
		for from := 0; from < i.Rows; from += step {
			rows := min(step, i.Rows-from)
			s.SetValues(i.Name, from, rows, i.Cols, make([]float32, rows*i.Cols))
			b, _ := s.Frame(0)
			r.Draw(b)
			values += rows * i.Cols
			bytes += r.Stats().BytesUploaded
			most = max(most, r.Stats().BytesUploaded)
		}
	}
	return values, bytes, most
}

func TestTheValuesOfALargeModelAreSentOnce(t *testing.T) {
	c := model.Config{Vocab: 65, Context: 128, Width: 384, Heads: 6, Blocks: 6, Tied: true}
	infos, err := model.Outline(c, 64)
	if err != nil {
		t.Fatal(err)
	}
	s := scene.New()
	s.SetSteps(c, infos)
	f := newFake()
	r := newRenderer(f)
	b, _ := s.Frame(0)
	r.Draw(b)
	values, bytes, most := arrive(s, r, infos)
	if made := strings.Count(f.take(), "texture 0"); made > 2 {
		t.Errorf("the texture was made %d times; expected once, or twice", made)
	}
	if bytes > 2*4*values || most > 2<<20 {
		t.Errorf("%d values took %d bytes, and one frame %d; expected hardly more than the values", values, bytes, most)
	}
	s.SetValues("h.3.ln_1", 5, 1, 384, make([]float32, 384))
	b, _ = s.Frame(0)
	b.Boxes.Version = r.layers[boxes].version
	r.Draw(b)
	if n := r.Stats().BytesUploaded; n > 64<<10 {
		t.Errorf("one row takes %d bytes", n)
	}
	if !slices.Equal(f.texture0[:len(b.Values.Data)], b.Values.Data) {
		t.Error("the texture differs from the values")
	}
}

func TestValuesBeyondTheLargestTextureAreCounted(t *testing.T) {
	f := newFake()
	f.most = 2
	r := newRenderer(f)
	b := ofValues(3*valueColumns + 5)
	r.Draw(b)
	b.Values.Changed = []paint.Span{{From: 0, To: len(b.Values.Data)}}
	r.Draw(b)
	if got, want := rowsSent(f), "texture 0: 1 × 2048 × 2\ntexels 0: rows 0+2, width 2048\ntexels 0: rows 0+2, width 2048"; got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
	if got := r.Stats().Dropped; got != valueColumns+5 {
		t.Errorf("%d values are counted as dropped, expected %d", got, valueColumns+5)
	}
}
