package history

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Panel shows the tree, what can be done where the present continuation ends, and two ends side by side.
type Panel struct {
	Screen  *feature.Screen
	h       State // of this build
	x       index
	present int
	on      map[int]bool // the nodes of the present continuation
	rows    []Row
	stop    int // the node that Tab leads to
}

// Compute lays the tree out.
func (c *Panel) Compute(vugu.ComputeCtx) {
	s := c.Screen.State
	c.h = Of(s)
	c.x = c.h.Tree.index()
	c.present = c.h.present(s, c.x)
	c.on = map[int]bool{0: true}
	for _, n := range c.h.Tree.path(c.x, c.present) {
		c.on[n.Key] = true
	}
	c.rows = c.h.rows(c.x, c.present)
	c.stop = c.present
	for _, r := range c.rows {
		for _, n := range r.Nodes {
			if n.Key == c.h.At {
				c.stop = n.Key
			}
		}
	}
}

// Close goes back to the panels.
func (c *Panel) Close() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Some reports whether anything is written.
func (c *Panel) Some() bool { return len(c.h.Tree.Nodes) > 0 }

// Why says why there is nothing; "" there is.
func (c *Panel) Why() string {
	switch s := c.Screen.State; {
	case c.Some():
		return ""
	case s.Phase == feature.Ready && len(s.Tokens) == 0:
		return say.History.NoText()
	}
	return say.History.Nothing()
}

// Count says how much there is.
func (c *Panel) Count() string {
	return say.History.Count(len(c.h.Tree.Nodes), len(c.h.Tree.ends(c.x)))
}

// Dropped says what had to go; "" nothing.
func (c *Panel) Dropped() string {
	if n := c.h.Tree.Dropped; n > 0 {
		return say.History.Dropped(n, MostNodes)
	}
	return ""
}

// Rows are the branches.
func (c *Panel) Rows() []Row { return c.rows }

// RowClass indents a branch.
func (c *Panel) RowClass(r Row) string { return "branch level-" + strconv.Itoa(min(r.Level, deepest)) }

// deepest is the level from which on branches stand no further to the right.
const deepest = 8

// Key is the id of a node's button.
func (c *Panel) Key(n Node) string { return buttonID(n.Key) }

// twig begins the ids of the nodes' buttons.
const twig = "twig-"

func buttonID(key int) string { return twig + strconv.Itoa(key) }

// Text returns the token, or the end of the prompt.
func (c *Panel) Text(n Node) string {
	if n.Key > 0 {
		return n.Text
	}
	return promptEnd(c.h.Tree.Text)
}

// promptEnd is as much of a prompt as has room on a button.
func promptEnd(text string) string {
	const most = 24
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > most {
		return "…" + string(r[len(r)-most:])
	}
	return text
}

// Class marks the present continuation.
func (c *Panel) Class(n Node) string {
	class := feature.Choose(n.Key == 0, "twig root", "twig")
	if c.on[n.Key] {
		class += " on"
	}
	if n.Taken {
		class += " taken"
	}
	return class
}

// TextClass makes spaces and parts of characters lighter than text.
func (c *Panel) TextClass(n Node) string { return "text" + view.TokenClass(n.Text) }

// Chance writes the chance with which it was drawn, or else the one that the model gave it.
func (c *Panel) Chance(n Node) string {
	switch {
	case n.Key == 0:
		return say.History.Prompt()
	case n.Drawn && n.Sampled > 0:
		return view.Small(n.Sampled)
	case n.Scored:
		return view.Small(n.Probability)
	}
	return "–"
}

// Says says all about a node.
func (c *Panel) Says(n Node) string {
	if n.Key == 0 {
		return say.History.Root(c.Text(n))
	}
	says := say.History.Unknown(n.Text)
	switch given := view.Small(n.Probability); {
	case n.Drawn && n.Taken && n.Sampled == 0:
		says = say.History.TookCut(n.Text, given)
	case n.Drawn && n.Taken:
		says = say.History.TookAt(n.Text, view.Small(n.Sampled), given)
	case n.Drawn:
		says = say.History.DrawnAt(n.Text, view.Small(n.Sampled), given)
	case n.Scored:
		says = say.History.Given(n.Text, given)
	}
	if n.Edited {
		says += " " + say.History.WithEdits()
	}
	return says
}

// Level is the strength of a colour: the smaller the chance, the stronger.
func (c *Panel) Level(n Node) interface{} {
	if !n.Scored {
		return nil
	}
	level := 0
	for _, b := range []float64{0.5, 1, 2, 4, 8} {
		if bits(n.Probability) >= b {
			level++
		}
	}
	return strconv.Itoa(level)
}

// Depth is how often the tree has parted before a branch, counted from 1.
func (c *Panel) Depth(r Row) int { return r.Level + 1 }

// Current marks where the present continuation ends, Selected what belongs to it.
func (c *Panel) Current(n Node) interface{} { return feature.Mark(n.Key == c.present, "true") }

// Selected is described at Current.
func (c *Panel) Selected(n Node) string { return feature.Choose(c.on[n.Key], "true", "false") }

// Tab is 0 for the one node that Tab leads to.
func (c *Panel) Tab(n Node) string { return feature.Choose(n.Key == c.stop, "0", "-1") }

// Expanded says of a node behind which the tree parts whether its branches are shown.
func (c *Panel) Expanded(r Row, i int) interface{} {
	return feature.Mark(r.Parts && i == len(r.Nodes)-1, feature.Choose(r.Folded, "false", "true"))
}

// CutHere reports whether tokens are left out before one of a row.
func (c *Panel) CutHere(r Row, i int) bool { return r.Cut > 0 && i == r.Cut }

// CutID is the id of the button that shows them.
func (c *Panel) CutID(r Row) string { return "unroll-" + strconv.Itoa(r.First) }

// FoldID is the id of the button that hides what is behind a row.
func (c *Panel) FoldID(r Row) string { return "fold-" + strconv.Itoa(r.last().Key) }

func (r Row) last() Node { return r.Nodes[len(r.Nodes)-1] }

// FoldText says what it does.
func (c *Panel) FoldText(r Row) string {
	n := len(c.x.kids[r.last().Key])
	if r.Folded {
		return say.History.Unfold(n)
	}
	return say.History.Fold(n)
}

// Fold hides the branches behind a row, or shows them.
func (c *Panel) Fold(r Row) { c.Screen.Send(Folded{r.last().Key, !r.Folded}) }

// Unroll shows all tokens of a branch.
func (c *Panel) Unroll(r Row) {
	c.Screen.Send(Unrolled{r.First})
	c.Screen.Do(feature.Focus{ID: buttonID(r.Nodes[r.Cut-1].Key)})
}

// Go goes to a node.
func (c *Panel) Go(n Node) { c.Screen.Send(Chosen{n.Key}) }

// Focused remembers which node has the focus.
func (c *Panel) Focused(n Node) {
	if c.h.At != n.Key {
		c.Screen.Send(Pointed{n.Key})
	}
}

// Moved walks through the tree with the arrow keys; + and − show and hide what is behind a node.
func (c *Panel) Moved(event vugu.DOMEvent) {
	h := Of(c.Screen.State)
	x := h.Tree.index()
	rows := h.rows(x, h.present(c.Screen.State, x))
	at, ok := strings.CutPrefix(event.PropString("target", "id"), twig)
	key, err := strconv.Atoi(at)
	if !ok || err != nil {
		return
	}
	switch pressed := event.PropString("key"); pressed {
	case "+", "-":
		if first, cut := cutAt(rows, key); cut && pressed == "+" {
			c.Screen.Send(Unrolled{first})
		} else if len(x.kids[key]) > 1 {
			c.Screen.Send(Folded{key, pressed == "-"})
		}
	case "ArrowRight":
		if h.Folded[key] && len(x.kids[key]) > 1 {
			c.Screen.Send(Folded{key, false})
			break
		}
		c.walk(rows, key, pressed)
	case "ArrowLeft", "ArrowUp", "ArrowDown", "Home", "End":
		c.walk(rows, key, pressed)
	default:
		return
	}
	event.PreventDefault()
}

// cutAt returns the first node of the branch on which a node stands, and whether tokens of it are left out.
func cutAt(rows []Row, key int) (first int, cut bool) {
	for _, r := range rows {
		if slices.ContainsFunc(r.Nodes, func(n Node) bool { return n.Key == key }) {
			return r.First, r.Cut > 0
		}
	}
	return 0, false
}

func (c *Panel) walk(rows []Row, from int, pressed string) {
	if to, ok := beside(rows, from, pressed); ok {
		c.Screen.Send(Pointed{to})
		c.Screen.Do(feature.Focus{ID: buttonID(to)})
	}
}

// Greedy reports whether the same token is drawn each time.
func (c *Panel) Greedy() bool { return c.Screen.State.Sampling.Temperature == 0 }

// Warm draws at temperature 1.
func (c *Panel) Warm() {
	set := c.Screen.State.Sampling
	set.Temperature = 1
	c.Screen.Send(feature.SamplingChanged{Sampling: set})
}

// CanRedraw reports whether there is a token to draw again.
func (c *Panel) CanRedraw() bool {
	return c.present != 0 && !c.Greedy() && c.Screen.State.Phase == feature.Ready
}

// Redraw draws the last token again.
func (c *Panel) Redraw() { c.Screen.Send(Redrawn{}) }

// CanWrite reports whether the model can go on.
func (c *Panel) CanWrite() bool { return c.Screen.State.Next != nil || c.Screen.State.Playing }

// Step writes one token.
func (c *Panel) Step() { c.Screen.Send(feature.StepPressed{}) }

// Play writes on, or stops.
func (c *Panel) Play() { c.Screen.Send(feature.PlayPressed{}) }

// PlayText says which.
func (c *Panel) PlayText() string {
	return feature.Choose(c.Screen.State.Playing, say.History.Stop(), say.History.WriteOn())
}

// Candidates are what may follow where the present continuation ends: the likeliest, and the one that would be drawn.
func (c *Panel) Candidates() []engine.Candidate {
	list := candidates(c.Screen.State)
	if len(list) <= mostOffered {
		return list
	}
	next := slices.IndexFunc(list, func(k engine.Candidate) bool { return k.ID == c.Screen.State.Next.ID })
	if next < mostOffered {
		return list[:mostOffered]
	}
	return append(slices.Clip(list[:mostOffered-1]), list[next])
}

// mostOffered is how many candidates are offered.
const mostOffered = 8

// CandidateClass marks the one that Step writes, those that are tried, and those that the settings leave out.
func (c *Panel) CandidateClass(k engine.Candidate) string {
	class := "twig"
	if next := c.Screen.State.Next; next != nil && next.ID == k.ID {
		class += " next-one"
	}
	if c.h.Tree.child(c.x, c.present, k.ID, false) != 0 || c.h.Tree.child(c.x, c.present, k.ID, true) != 0 {
		class += " tried"
	}
	if k.Sampled == 0 {
		class += " out"
	}
	return class
}

// CandidateText is its class.
func (c *Panel) CandidateText(k engine.Candidate) string { return "text" + view.TokenClass(k.Text) }

// CandidateChance writes its chance under the settings; where they leave it out, the one that the model gives it.
func (c *Panel) CandidateChance(k engine.Candidate) string {
	if k.Sampled == 0 {
		return view.Small(k.Probability)
	}
	return view.Small(k.Sampled)
}

// CandidateSays says what a press does.
func (c *Panel) CandidateSays(k engine.Candidate) string {
	if k.Sampled == 0 {
		return say.History.TakeCut(k.Text, view.Small(k.Probability))
	}
	return say.History.Take(k.Text, view.Small(k.Sampled))
}

// Take goes on with one.
func (c *Panel) Take(k engine.Candidate) { c.Screen.Send(Taken{k.ID}) }

// Edited reports whether what is drawn now is drawn with edits.
func (c *Panel) Edited() bool { return len(run.Made(c.Screen.State.Ran.Edits)) > 0 }

// Offer leads to the tree, below the settings of the draw.
type Offer struct{ Screen *feature.Screen }

// Text says what is there.
func (c *Offer) Text() string {
	t := Of(c.Screen.State).Tree
	return say.History.Offer(len(t.ends(t.index())))
}

// Open opens it, and takes the focus along.
func (c *Offer) Open() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}
