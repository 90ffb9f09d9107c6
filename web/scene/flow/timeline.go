// Package flow spreads a run over time: in which order its steps were computed, and which rows of each
// are there at a moment. It knows nothing of the scene that shows it.
package flow

import (
	"math"
	"sort"

	"glassbox/model"
	"glassbox/web/scene/layout"
)

// A Timeline is the order in which a run computed its steps, spread over seconds so that
// an eye can follow. It comes from the steps of the trace alone: their order, operations,
// blocks, heads and shapes.
type Timeline struct {
	Beats  []Beat
	Length float64 // seconds at normal speed

	of map[string]int // the beat of each step
}

// A Beat is the time of one step, or of the same step of all heads of a block, which are
// computed side by side. Its rows are filled one after another.
type Beat struct {
	Names      []string
	Step       model.Info // the first of them; that of the last beat has no operation
	From       int        // rows before it were there already: they are in the key/value cache
	Start, End float64
	Lead       float64 // seconds until its first row begins to fill: it is on its way from a table
}

// Writes is the name of the last beat, in which the drawn token drops into its column.
const Writes = "write"

// mostTime is how long a whole run may take, in seconds.
const mostTime = 60

// NewTimeline returns the order of computation of a run in which the rows of the first
// known tokens were there already. Without tokens it is empty.
func NewTimeline(infos []model.Info, known int) *Timeline {
	t := &Timeline{of: map[string]int{}}
	byKey := map[string]int{}
	drawn := false
	for i := range infos {
		s := &infos[i]
		if s.Kind == model.KindWeight || s.Rows == 0 || s.Cols == 0 {
			continue
		}
		k := layout.Key(s)
		at, ok := byKey[k]
		if !ok {
			b := Beat{Step: *s}
			if s.Op.Fetches() {
				b.Lead = fetchTime
			}
			if s.RowAxis.Tokens() {
				b.From = min(known, s.Rows-1)
			}
			at = len(t.Beats)
			byKey[k] = at
			t.Beats = append(t.Beats, b)
		}
		t.Beats[at].Names = append(t.Beats[at].Names, s.Name)
		t.of[s.Name] = at
		drawn = drawn || s.Part == model.PartSample
	}
	if drawn {
		t.of[Writes] = len(t.Beats)
		t.Beats = append(t.Beats, Beat{Names: []string{Writes}, Step: model.Info{Name: Writes, Rows: 1, Cols: 1, Block: -1, Head: -1}})
	}
	t.space()
	return t
}

// space gives the beats their times. Where all would take too long, the first block keeps
// its time, and those that repeat it are hurried.
func (t *Timeline) space() {
	var once, repeated float64
	for i := range t.Beats {
		if b := &t.Beats[i]; b.Step.Block < 1 {
			once += b.wanted()
		} else {
			repeated += b.wanted()
		}
	}
	hurry := 1.0
	if once+repeated > mostTime && repeated > 0 {
		hurry = max(mostTime-once, repeated/100) / repeated
	}
	for i := range t.Beats {
		b := &t.Beats[i]
		b.Start = t.Length
		if t.Length += b.wanted(); b.Step.Block >= 1 {
			t.Length = b.Start + b.wanted()*hurry
		}
		b.End = t.Length
	}
}

// wanted is how long a beat takes if there is time: longer where tokens meet, and for more rows.
func (b *Beat) wanted() float64 {
	rows := float64(min(b.Step.Rows-b.From, 8))
	if b.Lead > 0 {
		return b.Lead + fetchPace*rows
	}
	return b.pace() * (0.4 + 0.1*rows)
}

// paces has the time of operations on six tokens, in seconds, where it is not usualPace.
var paces = map[model.Op]float64{
	model.OpLinear: 0.48, model.OpScores: 0.9, model.OpSoftmax: 0.75, model.OpMix: 0.75,
	model.OpUnembed: 0.9, model.OpDraw: 0.9, "": 2.4, // the token has a long way to go
}

// A row that is fetched from a table is so long on its way, and the next one follows it so soon, in seconds.
const (
	fetchTime = 0.9
	fetchPace = 0.3
)

// Other operations take so long; an aggregate is soon done.
const (
	usualPace     = 0.4
	aggregatePace = 0.18
)

// pace is the time of the beat if it had six rows, in seconds.
func (b *Beat) pace() float64 {
	if b.Step.Kind == model.KindAggregate {
		return aggregatePace
	}
	if pace, ok := paces[b.Step.Op]; ok {
		return pace
	}
	return usualPace
}

// Beat returns which beat a moment belongs to: its end is still its own, so that there the
// whole step is done.
func (t *Timeline) Beat(at float64) int {
	i := sort.Search(len(t.Beats), func(i int) bool { return t.Beats[i].End >= at })
	return max(min(i, len(t.Beats)-1), 0)
}

// Of returns the beat of a step.
func (t *Timeline) Of(name string) (beat int, ok bool) {
	beat, ok = t.of[name]
	return beat, ok
}

// Share returns how much of its beat a moment has behind it, 0 … 1.
func (t *Timeline) Share(at float64) float64 {
	if len(t.Beats) == 0 {
		return 0
	}
	b := &t.Beats[t.Beat(at)]
	if b.End <= b.Start {
		return 1
	}
	return min(max((at-b.Start)/(b.End-b.Start), 0), 1)
}

// Place returns the moment at which a share of a beat is done.
func (t *Timeline) Place(beat int, share float64) float64 {
	b := &t.Beats[min(max(beat, 0), len(t.Beats)-1)]
	if share >= 1 {
		return b.End
	}
	return b.Start + (b.End-b.Start)*max(share, 0)
}

// Stop returns the end of a beat some beats away from a moment: where one goes step by
// step, each step is whole.
func (t *Timeline) Stop(at float64, by int) float64 {
	if len(t.Beats) == 0 {
		return 0
	}
	i := t.Beat(at)
	if by > 0 && at < t.Beats[i].End {
		by-- // the end of this one comes first
	}
	if i+by < 0 {
		return 0
	}
	return t.Beats[min(i+by, len(t.Beats)-1)].End
}

// Done returns how many rows of a step are there at a moment, with the share of the row
// that is being filled. All of what the timeline does not know is there: weights.
func (t *Timeline) Done(name string, at float64) float64 {
	i, ok := t.of[name]
	if !ok {
		return math.Inf(1)
	}
	b := &t.Beats[i]
	return min(max(float64(b.From)+(at-b.Start-b.Lead)*b.Speed(), float64(b.From)), float64(b.Step.Rows))
}

// Speed is how many rows are filled in a second.
func (b *Beat) Speed() float64 {
	return float64(b.Step.Rows-b.From) / max(b.End-b.Start-b.Lead, 1e-6)
}

// Way returns how far a row of a beat with a Lead is on its way at a moment, 0 … 1, and whether it can be seen there: from
// when it leaves the table until its cells are filled.
func (b *Beat) Way(row int, at float64) (share float64, seen bool) {
	leaves := b.Start + float64(row-b.From)/b.Speed()
	share = (at - leaves) / b.Lead
	return min(share, 1), share > 0 && row >= b.From && at < leaves+b.Lead+1/b.Speed()
}

// Row returns the beat of a moment, and the row that it fills.
func (t *Timeline) Row(at float64) (beat, row int) {
	if len(t.Beats) == 0 {
		return 0, 0
	}
	beat = t.Beat(at)
	b := &t.Beats[beat]
	return beat, min(int(float64(b.From)+max(at-b.Start-b.Lead, 0)*b.Speed()), b.Step.Rows-1)
}

// Reads returns which rows of its input number n a row of the beat was computed from.
func (b *Beat) Reads(n int, in *model.Info, row int, id func(token int) int) (from, to int) {
	switch {
	case in.RowAxis == model.AxisWord && b.Step.ColAxis != model.AxisWord:
		return id(row), id(row) + 1
	case in.Kind == model.KindWeight && in.RowAxis != model.AxisPosition:
		return 0, in.Rows
	case n == 1 && b.Step.Op.Attends():
		return 0, row + 1 // the tokens up to this one
	case in.RowAxis.Tokens() && !b.Step.RowAxis.Tokens():
		return in.Rows - 1, in.Rows // what is drawn comes from the last token
	}
	return row, row + 1
}
