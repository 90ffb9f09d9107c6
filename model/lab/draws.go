package lab

import (
	"math"
	"math/rand/v2"
	"sort"

	"glassbox/model"
)

// A Stage is what the chances of the next token are on the way to its draw.
type Stage struct {
	Step    string    // that made them what they are
	Setting float32   // its temperature or limit; 0: it has none
	Chances []float64 // of each token, (V); they sum to 1
	Cut     []bool    // the tokens that a filter has cut so far, (V); nil: none
}

// Stages returns the chances of the next token as the model gives them, at the temperature if that changes them, behind each filter
// that cuts tokens, and those that are drawn from, in which what the filters left has all of it.
func Stages(tr *model.Trace) []Stage {
	p := tr.Find(model.PartSoftmax, model.OpSoftmax)
	given := tr.Find(model.PartSample, model.OpTemperature)
	now := Stage{Step: p.Name, Chances: row(p.Tensor)}
	list := []Stage{now}
	if given.Factor != 1 {
		now = Stage{Step: given.Name, Setting: given.Factor, Chances: softmax(row(given.Tensor))}
		list = append(list, now)
	}
	left := p.Cols
	for _, s := range tr.Drawn {
		if s.Cols != p.Cols {
			continue
		}
		cut, kept := cutBy(s.Tensor)
		if kept < left {
			list = append(list, Stage{s.Name, s.Limit, now.Chances, cut})
		}
		left = kept
	}
	drawn := tr.Find(model.PartSample, model.OpShare)
	cut, _ := cutBy(drawn.Tensor)
	return append(list, Stage{Step: drawn.Name, Chances: row(drawn.Tensor), Cut: cut})
}

// row returns the last row of a tensor; what is masked is 0.
func row(t model.Tensor) []float64 {
	list := make([]float64, t.Cols)
	for c := range list {
		if v, ok := t.At(t.Rows-1, c); ok {
			list[c] = float64(v)
		}
	}
	return list
}

// cutBy returns which tokens a step has cut, and how many it left.
func cutBy(t model.Tensor) (cut []bool, kept int) {
	cut = make([]bool, t.Cols)
	for c := range cut {
		if cut[c] = t.Masked(0, c); !cut[c] {
			kept++
		}
	}
	return cut, kept
}

func softmax(x []float64) []float64 {
	largest, sum := math.Inf(-1), 0.0
	for _, v := range x {
		largest = max(largest, v)
	}
	p := make([]float64, len(x))
	for i, v := range x {
		p[i] = math.Exp(v - largest)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// Draws draws the next token n times, each with the next number of the generator, and returns how often each token was drawn, (V).
// The first draw is that of the run, whose settings are set.
func Draws(tr *model.Trace, set model.Sampling, n int) []int {
	ids, sums := cumulative(tr.Find(model.PartSample, model.OpShare).Tensor)
	r := rand.New(rand.NewPCG(set.Seed, 0)) // the one of the random step
	for range set.Draw {
		r.Float32()
	}
	count := make([]int, tr.Model.Config.Vocab)
	for range n {
		u := float64(r.Float32())
		i := sort.Search(len(sums), func(i int) bool { return sums[i] > u })
		count[ids[min(i, len(ids)-1)]]++ // rounding can leave the whole sum below the number
	}
	return count
}

// cumulative lists the tokens that can be drawn by id, and the sum of the chances up to and with each.
func cumulative(p model.Tensor) (ids []int, sums []float64) {
	sum := 0.0
	for id := range p.Cols {
		if v, ok := p.At(0, id); ok && v > 0 {
			sum += float64(v)
			ids, sums = append(ids, id), append(sums, sum)
		}
	}
	return ids, sums
}
