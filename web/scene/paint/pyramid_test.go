package paint

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"glassbox/model"
)

// average is what a block of cells has for averages, by the words of Pyramid.
func average(p Pyramid, data []float32, row, col, side, rows, cols int) (mean, size float64) {
	cells, masked := 0.0, 0.0
	for r := row; r < min(row+side, rows); r++ {
		for c := col; c < min(col+side, cols); c++ {
			cells++
			switch v := data[p.Base+r*p.Stride+c]; {
			case v >= Masked:
				masked++
			case v >= NotFinite:
				return NotFinite, NotFinite
			default:
				mean += float64(v)
				size += math.Abs(float64(v))
			}
		}
	}
	if masked == cells {
		return Masked, Masked
	}
	return mean / cells, size / cells
}

// checkAverages holds all averages of a pyramid to their definition.
func checkAverages(t *testing.T, p Pyramid, data []float32, rows, cols int) {
	t.Helper()
	for k := 1; k <= Levels; k++ {
		base, wide := p.Level(k)
		side := sideOf(k)
		for i := 0; i*side < rows; i++ {
			for j := 0; j*side < cols; j++ {
				at := base + 2*(i*wide+j)
				mean, size := average(p, data, i*side, j*side, side, rows, cols)
				if m, s := float64(data[at]), float64(data[at+1]); math.Abs(m-mean) > 1e-4*math.Max(1, size) || math.Abs(s-size) > 1e-4*math.Max(1, size) {
					t.Fatalf("level %d, block (%d, %d) of %d × %d: %v, %v; expected %v, %v", k, i, j, rows, cols, m, s, mean, size)
				}
			}
		}
	}
}

func TestAveragesAreThoseOfTheCellsHoweverTheRowsArrive(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		rows, cols := 1+rng.IntN(300), 1+rng.IntN(300)
		p := Pyramid{Base: rng.IntN(50), Rows: rows + rng.IntN(20), Stride: cols + rng.IntN(20)}
		data := make([]float32, p.Base+p.Size()+1)
		mask(data)
		for r := 0; r < rows; {
			to := min(rows, r+1+rng.IntN(100))
			for i := p.Base + r*p.Stride; i < p.Base+to*p.Stride; i++ {
				switch data[i] = float32(rng.NormFloat64()); rng.IntN(2000) {
				case 0:
					data[i] = NotFinite
				case 1:
					data[i] = Masked
				}
			}
			before := slices.Clone(data)
			p.Average(data, r, to, rows, cols, func(s Span) { copy(before[s.From:s.To], data[s.From:s.To]) })
			if !slices.Equal(before, data) {
				t.Fatal("values changed that were not named")
			}
			r = to
		}
		checkAverages(t, p, data, rows, cols)
		if data[len(data)-1] != Masked {
			t.Fatal("the averages reach beyond Size")
		}
	}
}

func TestAveragesFollowATextThatGrowsAndShrinks(t *testing.T) {
	st := NewStore(0)
	rng := rand.New(rand.NewPCG(5, 6))
	c := model.Config{Vocab: 3, Context: 11, Width: 48, Heads: 3, Blocks: 3}
	for _, T := range []int{5, 6, 11, 4, 9, 10} {
		infos, err := model.Outline(c, T)
		if err != nil {
			t.Fatal(err)
		}
		st.Describe(infos, nil)
		for _, name := range []string{"h.0.ln_1", "h.0.attn.head.0.scores", "logits"} {
			sl := st.Slot(name)
			data := make([]float32, sl.NumRows*sl.NumCols)
			for i := range data {
				data[i] = float32(rng.NormFloat64())
			}
			if !st.Set(name, 0, 0, sl.NumRows, sl.NumCols, data) {
				t.Fatalf("%s is refused", name)
			}
			checkAverages(t, sl.Pyramid, st.Values.Data, sl.NumRows, sl.NumCols)
		}
	}
}

func TestStretchesOfASpaceNeverOverlap(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	var sp space
	var held []Span
	for range 3000 {
		if n := len(held); n > 0 && rng.IntN(100) < 48 {
			k := rng.IntN(n)
			sp.give(held[k])
			held = slices.Delete(held, k, k+1)
			continue
		}
		n := 1 + rng.IntN(200)
		if at, ok := sp.take(n, 8000); ok {
			held = append(held, Span{From: at, To: at + n})
		}
	}
	used := make([]bool, 8000)
	for _, h := range held {
		for i := h.From; i < h.To; i++ {
			if used[i] {
				t.Fatalf("value %d was handed out twice", i)
			}
			used[i] = true
		}
	}
	for _, h := range held {
		sp.give(h)
	}
	if at, ok := sp.take(8000, 8000); !ok || at != 0 {
		t.Errorf("what was given back is no longer whole: %+v", sp)
	}
}

func TestTheRankedNumberIsThatOfTheSortedOnes(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for range 300 {
		values := make([]float32, 1+rng.IntN(300))
		for i := range values {
			values[i] = float32(rng.IntN(1 + rng.IntN(400)))
		}
		sorted := slices.Clone(values)
		slices.Sort(sorted)
		k := rng.IntN(len(values))
		if got := ranked(values, k); got != sorted[k] {
			t.Fatalf("number %d of %v is %v; expected %v", k, sorted, got, sorted[k])
		}
	}
}
