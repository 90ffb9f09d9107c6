package engine

import (
	"math"
	"slices"
	"time"

	"glassbox/model"
	"glassbox/model/fault"
)

// A renewal is a run that is computed anew, as long as it goes on.
type renewal struct {
	request int // of the run that it repeats
	trace   *model.Trace
	all     timings // of all rows
	last    timings // of the last one, with the others kept
}

// timings are how long the steps took, each time that they were measured.
type timings [][]time.Duration

// add adds what the steps took to the last time, or to a new one.
func (m *timings) add(costs []model.StepCost, again bool) {
	if again || len(*m) == 0 {
		*m = append(*m, make([]time.Duration, len(costs)))
	}
	for i, c := range costs {
		(*m)[len(*m)-1][i] += c.Time
	}
}

// heldUp is how much longer than usual a step may take before something else is taken to have been done meanwhile: a few ticks
// of a browser's clock.
const heldUp = 300 * time.Microsecond

// mean returns the mean of each step, without the times when it was held up.
func (m timings) mean() []time.Duration {
	mean := make([]time.Duration, len(m[0]))
	for i := range mean {
		var list []time.Duration
		for _, times := range m {
			list = append(list, times[i])
		}
		slices.Sort(list)
		most, n := 4*list[(len(list)-1)/2]+heldUp, 0
		for n < len(list) && list[n] <= most {
			mean[i], n = mean[i]+list[n], n+1
		}
		mean[i] /= time.Duration(n)
	}
	return mean
}

// cost says what the steps cost, and goes on with computing them anew.
func (e *Engine) cost(q *Cost) (*Costs, error) {
	T := len(e.last.ids)
	a := &Costs{Last: e.trace.Costs(T-1, T), All: e.trace.Costs(0, T), Keeps: !e.trace.LooksAhead()}
	if !a.Keeps {
		a.Last = e.trace.Costs(0, T)
	}
	if q.Anew == 0 {
		return a, nil
	}
	r, err := e.renew(min(q.Anew, T))
	if err != nil {
		return nil, err
	}
	if a.Anew = min(q.Anew, T); a.Anew < T {
		return a, nil
	}
	if !a.Keeps {
		r.last = r.all
	}
	all, last := r.all.mean(), r.last.mean()
	for i := range a.All {
		a.All[i].Time, a.Last[i].Time = all[i], last[i]
	}
	a.Same, err = e.same(r.trace)
	return a, err
}

// renew computes rows anew up to row to. When it comes to the last one, it also measures that alone.
func (e *Engine) renew(to int) (*renewal, error) {
	r := e.renewal
	if r == nil || r.request != e.last.request || len(r.trace.IDs()) >= to {
		if e.Memory != 0 && 2*e.base.Model.Config.Kept(len(e.last.ids)) > e.room() {
			return nil, fault.New("costBeyondMemory", "a text that is computed anew takes as much memory again, and there is no room for both; a shorter text leaves more")
		}
		r = &renewal{request: e.last.request, trace: model.NewTrace(e.base.Model)}
		start := time.Now()
		r.trace.Clock = func() time.Duration { return time.Since(start) }
	}
	e.renewal = r
	ids := e.last.ids
	whole := len(r.trace.IDs()) == 0 && to == len(ids)
	if err := r.measure(&r.all, ids[:to], to == len(ids), false); err != nil || to < len(ids) {
		return r, err
	}
	e.renewal = nil
	return r, r.repeat(ids, whole)
}

// measure computes the rows of a text that are missing, and adds what its steps took to m; last: they include those of the last row.
func (r *renewal) measure(m *timings, ids []int, last, again bool) error {
	if err := r.trace.Run(ids); err != nil {
		return err
	}
	if last {
		probabilitiesOf(r.trace).Row(len(ids) - 1) // which is made when asked, and the logits with it
	}
	m.add(r.trace.Costs(0, 0), again)
	return nil
}

// measuring is how long a short run is measured, again and again, for the clock of a browser counts no single step of it; and
// fewRepeats how often at least, so that one that was held up is left out of the means.
const measuring, fewRepeats, mostRepeats = 200 * time.Millisecond, 5, 200

// repeat measures the last row with the others kept, and, of a text that was computed in one piece, all rows, until that has
// taken some time.
func (r *renewal) repeat(ids []int, whole bool) error {
	start := r.trace.Clock()
	for n := range mostRepeats {
		if err := r.trace.Run(ids[:len(ids)-1]); err != nil {
			return err
		}
		if err := r.measure(&r.last, ids, true, true); err != nil {
			return err
		}
		if r.trace.Clock()-start > measuring && (n+1 >= fewRepeats || !whole) {
			break
		}
		if !whole {
			continue
		}
		if err := r.trace.Run(nil); err != nil {
			return err
		}
		if err := r.measure(&r.all, ids, true, true); err != nil {
			return err
		}
	}
	return nil
}

// same compares the logits of the last token with those of a run that was computed anew, and in which the edits are made then.
func (e *Engine) same(anew *model.Trace) (s Same, err error) {
	if e.trace != e.base {
		if anew, err = anew.Edited(e.trace.Edits()); err != nil {
			return s, err
		}
	}
	last := len(e.last.ids) - 1
	kept, made := logitsOf(e.trace).Row(last), logitsOf(anew).Row(last)
	for i, v := range kept {
		if math.Float32bits(v) == math.Float32bits(made[i]) {
			s.Equal++
		}
	}
	s.Of = len(kept)
	return s, nil
}
