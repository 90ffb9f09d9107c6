package cost

import (
	"cmp"
	"slices"
	"time"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// A Measure is what areas and shares are of.
type Measure string

// The measures.
const (
	Parameters Measure = "parameters"
	Operations Measure = "operations"
	Bytes      Measure = "bytes" // that are read and written
	Time       Measure = "time"
)

// Measures lists them.
func Measures() []Measure { return []Measure{Parameters, Operations, Bytes, Time} }

// of returns what a step, or several, cost by a measure.
func (m Measure) of(c model.StepCost) int {
	switch m {
	case Parameters:
		return c.Parameters
	case Bytes:
		return c.Read + c.Kept + c.Written
	case Time:
		return int(c.Time)
	}
	return c.FLOPs
}

// write writes an amount with three digits and its unit.
func (m Measure) write(n int) string {
	switch m {
	case Bytes:
		return say.Amount(n, "B")
	case Time:
		return duration(n)
	}
	return say.Amount(n, "")
}

// duration writes nanoseconds.
func duration(n int) string {
	if d := time.Duration(n); d == 0 {
		return say.Cost.NoTime()
	} else if d < time.Millisecond {
		return say.Cost.Micros(say.Fixed(float64(n)/1e3, 1))
	} else if d < 10*time.Second {
		return say.Cost.Millis(say.Fixed(float64(n)/1e6, 1))
	}
	return say.Cost.Seconds(say.Fixed(float64(n)/1e9, 1))
}

// A Column is one by which the table is sorted.
type Column string

// The columns.
const (
	ByOrder      Column = "" // of the network
	ByParameters Column = "parameters"
	ByFLOPs      Column = "operations"
	ByRead       Column = "read"
	ByKept       Column = "kept"
	ByWritten    Column = "written"
	ByTime       Column = "time"
)

// Columns lists them.
func Columns() []Column {
	return []Column{ByOrder, ByParameters, ByFLOPs, ByRead, ByKept, ByWritten, ByTime}
}

// of returns what stands in a column.
func (k Column) of(c model.StepCost) int {
	return map[Column]int{ByParameters: c.Parameters, ByFLOPs: c.FLOPs, ByRead: c.Read, ByKept: c.Kept, ByWritten: c.Written, ByTime: int(c.Time)}[k]
}

// An Item is a step, or those of a part of the model, and what they cost.
type Item struct {
	model.StepCost
	Title string
	Brief string // the title for where there is little room; "" none
	Group string // with which it stands on the map
	Part  model.Part
	Block int    // in which it stands, counted from 0; −1: in none
	Opens bool   // it is a part of a block that can be opened
	Panel string // where it leads: the step, or of several the one that costs most
	Steps int
	most  int
}

// Items lists the parts of the model, or, if a block is opened, its steps, in the order of the network.
func Items(s *feature.State) (list []Item) {
	f := Of(s)
	if f.costs == nil {
		return nil
	}
	costs := f.costs.All
	if f.Last {
		costs = f.costs.Last
	}
	for n, c := range costs {
		if n >= len(s.Steps) || s.Steps[n].Name != c.Name {
			return nil // of a run that is on the page no more
		}
		list = f.add(list, s.Steps[n], c)
	}
	return list
}

// add adds a step to the items.
func (f State) add(list []Item, i model.Info, c model.StepCost) []Item {
	x := Item{StepCost: c, Part: i.Part, Block: i.Block, Panel: i.Name, Steps: 1, most: f.Measure.of(c)}
	if f.Block > 0 {
		if i.Block == f.Block-1 {
			x.Title, x.Group = run.HeadTitle(i), partLabel(i.Part)
			list = append(list, x)
		}
		return list
	}
	if n := len(list) - 1; n >= 0 && list[n].Block == i.Block && list[n].Part == i.Part {
		list[n].join(x)
		return list
	}
	x.Opens = i.Block >= 0
	if l, ok := run.LabelOf(i.Part); ok {
		x.Brief = l.Short
	}
	if x.Title, x.Group = partLabel(i.Part), run.StageName(run.BlockStage(i.Block)); !x.Opens {
		x.Group = x.Title
	}
	return append(list, x)
}

// join adds the steps of y to those of x.
func (x *Item) join(y Item) {
	x.Steps += y.Steps
	x.Parameters += y.Parameters
	x.Shared += y.Shared
	x.FLOPs += y.FLOPs
	x.Read += y.Read
	x.Kept += y.Kept
	x.Written += y.Written
	x.Time += y.Time
	if y.most > x.most {
		x.Panel, x.most = y.Panel, y.most
	}
}

func partLabel(p model.Part) string {
	l, _ := run.LabelOf(p)
	return l.Label
}

// Whole names an item where its block does not stand beside it.
func (x Item) Whole() string {
	if x.Opens {
		return run.StageName(run.PartStage(x.Block, x.Part))
	}
	return x.Title
}

// total sums up what items cost.
func total(list []Item) model.StepCost {
	var sum Item
	for _, x := range list {
		sum.join(x)
	}
	return sum.StepCost
}

// sum sums up what steps cost.
func sum(list []model.StepCost) model.StepCost {
	var all Item
	for _, c := range list {
		all.join(Item{StepCost: c})
	}
	return all.StepCost
}

// sorted returns the items by a column, the largest first, and what is alike in the order of the network.
func sorted(list []Item, by Column) []Item {
	if by == ByOrder {
		return list
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Item) int { return cmp.Compare(by.of(b.StepCost), by.of(a.StepCost)) })
	return list
}

// mostly returns the part of the model that costs most of all by a measure, in all blocks together, and its share.
func mostly(list []Item, by Measure) (label string, share float64) {
	sums, all := map[model.Part]int{}, 0
	for _, x := range list {
		n := by.of(x.StepCost)
		sums[x.Part], all = sums[x.Part]+n, all+n
	}
	best := model.Part("")
	for _, p := range model.Parts() {
		if sums[p] > sums[best] {
			best = p
		}
	}
	if best == "" {
		return "", 0
	}
	return partLabel(best), float64(sums[best]) / float64(all)
}
