package history

import (
	"math"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Compare shows two continuations side by side, and saves the tree.
type Compare struct {
	Screen *feature.Screen
	h      State // of this build
	x      index
	ends   []int
	a, b   []Node
	common int // how many tokens both begin with
}

// Compute finds both.
func (c *Compare) Compute(vugu.ComputeCtx) {
	s := c.Screen.State
	c.h = Of(s)
	c.x = c.h.Tree.index()
	present := c.h.present(s, c.x)
	c.ends = c.h.Tree.ends(c.x)
	a, b := c.h.pair(c.x, c.ends, present)
	if len(c.x.kids[present]) > 0 {
		c.ends = append([]int{present}, c.ends...)
	}
	if len(c.ends) > mostEnds {
		c.ends = c.ends[:mostEnds]
	}
	c.a, c.b, c.common = c.h.Tree.path(c.x, a), c.h.Tree.path(c.x, b), 0
	for c.common < min(len(c.a), len(c.b)) && c.a[c.common].Key == c.b[c.common].Key {
		c.common++
	}
}

// mostEnds is how many ends can be chosen, the newest.
const mostEnds = 100

// pair returns the two ends that are compared: those that were picked, or else the present one and the newest beside it.
func (h State) pair(x index, ends []int, present int) (a, b int) {
	if a = h.A; h.Tree.node(x, a) == nil {
		a = present
	}
	if b = h.B; h.Tree.node(x, b) == nil || b == a {
		b = 0
		seen := -1
		for _, key := range ends {
			if n := h.Tree.node(x, key); key != a && n.seen > seen {
				b, seen = key, n.seen
			}
		}
	}
	return a, b
}

// Can reports whether there are two ends.
func (c *Compare) Can() bool { return len(c.ends) > 1 && len(c.a) > 0 && len(c.b) > 0 }

// Some reports whether there is a tree to save.
func (c *Compare) Some() bool { return len(c.h.Tree.Nodes) > 0 }

// An Option is an end that can be chosen.
type Option struct {
	Value, Text string
	Chosen      bool
}

// As and Bs are those of each side.
func (c *Compare) As() []Option { return c.options(c.a) }

// Bs is described at As.
func (c *Compare) Bs() []Option { return c.options(c.b) }

func (c *Compare) options(chosen []Node) (list []Option) {
	is := chosen[len(chosen)-1].Key
	known := false
	for _, key := range c.ends {
		list = append(list, Option{strconv.Itoa(key), endOf(c.h.Tree.path(c.x, key)), key == is})
		known = known || key == is
	}
	if !known {
		list = append(list, Option{strconv.Itoa(is), endOf(chosen), true})
	}
	return list
}

// endOf is as much of a continuation as tells it from others.
func endOf(path []Node) string {
	const most = 32
	text := strings.Join(strings.Fields(plain(path)), " ")
	if r := []rune(text); len(r) > most {
		text = "…" + string(r[len(r)-most:])
	}
	return text
}

// plain is a continuation as text.
func plain(path []Node) string {
	var text strings.Builder
	for _, n := range path {
		text.WriteString(n.Text)
	}
	return run.Plain(text.String())
}

// ChooseA and ChooseB pick an end.
func (c *Compare) ChooseA(event vugu.DOMEvent) {
	c.choose(event, func(m *Compared, key int) { m.A = key })
}

// ChooseB is described at ChooseA.
func (c *Compare) ChooseB(event vugu.DOMEvent) {
	c.choose(event, func(m *Compared, key int) { m.B = key })
}

func (c *Compare) choose(event vugu.DOMEvent, set func(m *Compared, key int)) {
	if key, err := strconv.Atoi(event.PropString("target", "value")); err == nil {
		m := Compared{c.a[len(c.a)-1].Key, c.b[len(c.b)-1].Key}
		set(&m, key)
		c.Screen.Send(m)
	}
}

// Common is what both begin with, RestA and RestB what follows in each.
func (c *Compare) Common() string { return plain(c.a[:c.common]) }

// RestA is described at Common.
func (c *Compare) RestA() string { return plain(c.a[c.common:]) }

// RestB is described at Common.
func (c *Compare) RestB() string { return plain(c.b[c.common:]) }

// A Line is a row of the table.
type Line struct{ Title, A, B string }

// Lines are what both come to.
func (c *Compare) Lines() []Line {
	of := func(f func(path []Node) string) (a, b string) { return f(c.a), f(c.b) }
	line := func(title string, f func(path []Node) string) Line {
		a, b := of(f)
		return Line{title, a, b}
	}
	return []Line{
		line(say.History.RowTokens(), func(path []Node) string { return say.Count(len(path)) }),
		line(say.History.RowBits(), func(path []Node) string { return inBits(sum(path)) }),
		line(say.History.RowEach(), func(path []Node) string {
			all, ok := sum(path)
			return inBits(all/float64(len(path)), ok)
		}),
		line(say.History.RowSince(), func(path []Node) string { return inBits(sum(path[c.common:])) }),
	}
}

// sum is how many bits a path holds for the model; ok is false where a chance is not known.
func sum(path []Node) (all float64, ok bool) {
	for _, n := range path {
		if !n.Scored {
			return 0, false
		}
		all += bits(n.Probability)
	}
	return max(0, all), true
}

// inBits writes bits, or a dash.
func inBits(v float64, ok bool) string {
	if !ok {
		return "–"
	}
	return say.Fixed(v, 2)
}

// Parting says where they part, and how.
func (c *Compare) Parting() string {
	at := c.common
	if at >= len(c.a) || at >= len(c.b) {
		return say.History.Longer(min(len(c.a), len(c.b)))
	}
	a, b := c.a[at], c.b[at]
	return say.History.Parts(at+1, a.Text, given(a), b.Text, given(b))
}

func given(n Node) string {
	if !n.Scored {
		return "–"
	}
	return view.Small(n.Probability)
}

// Verdict says which of them the model finds likelier; "" that is not known, or they are not as long.
func (c *Compare) Verdict() string {
	a, knownA := sum(c.a)
	b, knownB := sum(c.b)
	switch {
	case !knownA || !knownB:
		return say.History.Unscored()
	case len(c.a) != len(c.b):
		return say.History.NotAsLong()
	case a == b:
		return ""
	}
	return say.History.Likelier(feature.Choose(a < b, "A", "B"), say.Brief(math.Exp2(max(a, b)-min(a, b))))
}

// Edited reports whether some of it was drawn with edits.
func (c *Compare) Edited() bool {
	for _, path := range [][]Node{c.a, c.b} {
		for _, n := range path {
			if n.Edited {
				return true
			}
		}
	}
	return false
}

// Save writes the tree into a file.
func (c *Compare) Save() {
	c.Screen.Do(feature.SaveText{Name: export.FileName(c.Screen.State.FilesOf(), name, string(export.CSV)), Mime: export.CSV.Mime(),
		Text: table(c.h.Tree, c.x, c.h.present(c.Screen.State, c.x))})
}

// SaveOutline writes it as a text.
func (c *Compare) SaveOutline() {
	c.Screen.Do(feature.SaveText{Name: export.FileName(c.Screen.State.FilesOf(), name, "txt"), Mime: "text/plain",
		Text: outline(c.h.Tree, c.x, c.h.present(c.Screen.State, c.x))})
}

// told says how many continuations there are, and where the two that are compared part.
func told(s *feature.State) string {
	c := Compare{Screen: &feature.Screen{State: s}}
	c.Compute(nil)
	switch {
	case s.Mode != name:
		return ""
	case !c.Some():
		return say.History.Nothing()
	case !c.Can():
		return say.History.One(len(c.h.Tree.Nodes))
	}
	return say.History.Several(len(c.h.Tree.ends(c.x))) + " " + c.Parting()
}
