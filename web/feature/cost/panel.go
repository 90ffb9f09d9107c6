package cost

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Panel says in the inspector what the run costs in all, and what it saves that keys and values are kept.
type Panel struct {
	Screen *feature.Screen

	f         State
	last, all model.StepCost
}

// Compute runs before each build.
func (c *Panel) Compute(vugu.ComputeCtx) {
	c.f, c.last, c.all = Of(c.Screen.State), model.StepCost{}, model.StepCost{}
	if c.f.costs != nil {
		c.last, c.all = sum(c.f.costs.Last), sum(c.f.costs.All)
	}
}

// Known reports whether costs are known.
func (c *Panel) Known() bool { return c.f.costs != nil }

// Class greys what is of a run before.
func (c *Panel) Class() string {
	return "cost-panel" + feature.Choose(c.Known() && c.f.known != c.Screen.State.Applied, " stale", "")
}

// Says tells which part takes most.
func (c *Panel) Says() string {
	part, share := mostly(Items(c.Screen.State), c.f.Measure)
	if part == "" {
		return ""
	}
	if c.f.Block > 0 {
		return say.Cost.MostlyIn(run.StageName(run.BlockStage(c.f.Block-1)), part, percent(share), string(c.f.Measure))
	}
	return say.Cost.Mostly(part, percent(share), string(c.f.Measure))
}

// A Fact is a sum, with what it is.
type Fact struct{ Name, Value string }

// Facts are the sums of what is counted.
func (c *Panel) Facts() []Fact {
	of := c.all
	if c.f.Last {
		of = c.last
	}
	list := []Fact{
		{say.Cost.Column(string(ByParameters)), say.Count(of.Parameters)}, {say.Cost.Column(string(ByFLOPs)), say.Count(of.FLOPs)},
		{say.Cost.Column(string(ByRead)), say.Count(of.Read)}, {say.Cost.Column(string(ByKept)), say.Count(of.Kept)},
		{say.Cost.Column(string(ByWritten)), say.Count(of.Written)},
	}
	if c.f.Renewed() {
		list = append(list, Fact{say.Cost.Column(string(ByTime)), duration(int(of.Time))})
	}
	return list
}

// CountedFor says what is counted.
func (c *Panel) CountedFor() string {
	return feature.Choose(c.f.Last, say.Cost.LastToken(), say.Cost.WholeText())
}

// Keeps reports whether keys and values can be kept in this run.
func (c *Panel) Keeps() bool { return c.Known() && c.f.costs.Keeps }

// Some reports whether there is a token before the last.
func (c *Panel) Some() bool { return c.tokens() > 1 }

func (c *Panel) tokens() int { return len(c.Screen.State.Tokens) }

// A Saving compares what the next token costs with the keys and values of those before and without.
type Saving struct {
	Measure       Measure
	Name          string
	Kept, Without int
}

// Savings are those of operations and bytes, and of time where that is measured.
func (c *Panel) Savings() (list []Saving) {
	for _, m := range Measures()[1:] {
		if m != Time || c.f.Renewed() {
			list = append(list, Saving{m, say.Cost.Measure(string(m)), m.of(c.last), m.of(c.all)})
		}
	}
	return list
}

// Times says how many times as much it costs without.
func (s Saving) Times() string {
	return say.Cost.Times(say.Fixed(float64(s.Without)/float64(max(1, s.Kept)), 1))
}

// With is what it costs with, and how long the bar is.
func (s Saving) With() string { return s.Measure.write(s.Kept) }

// Anew is what it costs without.
func (s Saving) Anew() string { return s.Measure.write(s.Without) }

// Width is how long the bar of an amount is.
func (s Saving) Width(n int) string {
	return view.Share(float64(n) / float64(max(1, s.Kept, s.Without)))
}

// Reused says which rows stood in the cache when the page ran the text last.
func (c *Panel) Reused() string {
	T, made := c.tokens(), c.made()
	return say.Cost.Reused(T-made, T, made)
}

// made is how many rows the last run computed.
func (c *Panel) made() int { return min(c.Screen.State.Computed, c.tokens()) }

// mostMarked is how many tokens are marked.
const mostMarked = 48

// A Mark is a token, and whether its row stood in the cache.
type Mark struct {
	Text string
	Kept bool
}

// Marks are the last tokens.
func (c *Panel) Marks() (list []Mark) {
	T := c.tokens()
	for t := max(0, T-mostMarked); t < T; t++ {
		list = append(list, Mark{c.Screen.State.Tokens[t].Text, t < T-c.made()})
	}
	return list
}

// MarkClass is the class of a mark.
func (c *Panel) MarkClass(m Mark) string { return feature.Choose(m.Kept, "kept", "made") }

// MarkLabel says what it marks.
func (c *Panel) MarkLabel(m Mark) string {
	return feature.Choose(m.Kept, say.Cost.MarkKept(m.Text), say.Cost.MarkMade(m.Text))
}

// Hidden says how many tokens before are not marked; "" none.
func (c *Panel) Hidden() string {
	if n := c.tokens() - mostMarked; n > 0 {
		return say.Cost.Before(n)
	}
	return ""
}

// Same says whether the same numbers came out.
func (c *Panel) Same() string { return c.f.SameText() }

// Timed says how times were measured.
func (c *Panel) Timed() bool { return c.f.Renewed() }

// Running reports whether the text is being computed anew, and that takes long enough to be seen.
func (c *Panel) Running() bool { return c.f.Running && !c.f.quick() }

// Progress says how far that is.
func (c *Panel) Progress() string { return say.Cost.Progress(c.f.Done(), c.tokens()) }

// Done and Tokens are the same for the bar.
func (c *Panel) Done() string { return strconv.Itoa(c.f.Done()) }

// Tokens is how many rows there are.
func (c *Panel) Tokens() string { return strconv.Itoa(max(1, c.tokens())) }

// Error says why the text can't be computed anew.
func (c *Panel) Error() string { return c.f.Error }

// Renew has it computed anew; Stop makes an end of that.
func (c *Panel) Renew() { c.Screen.Send(Renewed{}) }

// Stop makes an end of it.
func (c *Panel) Stop() { c.Screen.Send(Stopped{}) }

// told says what the next token costs with the keys and values of those before, and without; "" while that is not known.
func told(s *feature.State) string {
	f := Of(s)
	if !Open(s) || f.costs == nil || f.known != s.Applied {
		return ""
	}
	kept, anew := Operations.of(sum(f.costs.Last)), Operations.of(sum(f.costs.All))
	return say.Cost.Told(Operations.write(kept), Operations.write(anew), say.Fixed(float64(anew)/float64(max(1, kept)), 1))
}
