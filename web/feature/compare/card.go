package compare

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Card is the comparison, in the inspector: what it is with, and what differs.
type Card struct {
	Screen *feature.Screen

	state *State
	with  With
}

// BeforeBuild takes over the state.
func (c *Card) BeforeBuild() { c.state, c.with = Of(c.Screen.State), withOf(c.Screen.State) }

// Icon draws a picture of the shell.
func (c *Card) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }

// Close gives the inspector back.
func (c *Card) Close() { c.Screen.Send(Toggled{}) }

// End makes an end of comparing.
func (c *Card) End() { c.Screen.Send(Ended{}) }

// Kinds are what can be compared.
func (c *Card) Kinds() (list []Kind) {
	for _, k := range kinds() {
		if k != KindModel || len(c.Models()) > 0 {
			list = append(list, k)
		}
	}
	return list
}

// KindName names one of them, KindID is the id of its button, and Pressed says whether it is chosen.
func (c *Card) KindName(k Kind) string {
	switch k {
	case KindModel:
		return say.Compare.KindModel()
	case KindType:
		return say.Compare.KindType()
	}
	return say.Compare.KindText()
}

// KindID is described at KindName.
func (c *Card) KindID(k Kind) string { return "compare-kind-" + string(k) }

// Pressed is described at KindName.
func (c *Card) Pressed(k Kind) string { return feature.Choose(c.with.Kind == k, "true", "false") }

// Is reports whether a kind is chosen.
func (c *Card) Is(k string) bool { return string(c.with.Kind) == k }

// ChooseKind chooses it.
func (c *Card) ChooseKind(k Kind) { c.Screen.Send(KindChosen{k}) }

// Text is the other text, and Typed takes over what the reader writes.
func (c *Card) Text() string { return c.with.Value }

// Typed is described at Text.
func (c *Card) Typed(event vugu.DOMEvent) {
	c.Screen.Send(Typed{event.PropString("target", "value")})
}

// Models are those of the menu that are not on the page.
func (c *Card) Models() (list []feature.Choice) {
	for _, m := range c.Screen.State.Models {
		if m.ID != c.Screen.State.Model {
			list = append(list, m)
		}
	}
	return list
}

// ModelName names one in the list.
func (c *Card) ModelName(m feature.Choice) string { return say.Compare.ModelNamed(m.Label, m.Size) }

// Picked reports whether it is chosen.
func (c *Card) Picked(m feature.Choice) bool { return m.ID == c.with.Value }

// None reports whether no model or type is chosen yet.
func (c *Card) None() bool { return c.with.Value == "" }

// PickModel takes over a choice.
func (c *Card) PickModel(event vugu.DOMEvent) {
	c.Screen.Send(ModelPicked{event.PropString("target", "value")})
}

// Own is the text that the other model reads, and OwnTyped takes over what the reader writes.
func (c *Card) Own() string { return c.with.reads(c.Screen.State) }

// OwnTyped is described at Own.
func (c *Card) OwnTyped(event vugu.DOMEvent) {
	c.Screen.Send(OwnTyped{event.PropString("target", "value")})
}

// Types are the types of numbers.
func (c *Card) Types() []string { return engine.RoundedTypes() }

// TypeID is the id of the button of one.
func (c *Card) TypeID(t string) string { return "compare-type-" + strings.ToLower(t) }

// TypePressed says whether it is chosen.
func (c *Card) TypePressed(t string) string {
	return feature.Choose(t == c.with.Value, "true", "false")
}

// TypeHint says what it is.
func (c *Card) TypeHint(t string) string { return typeHint(t) }

func typeHint(t string) string {
	switch t {
	case "F32":
		return say.Compare.TypeF32()
	case "F16":
		return say.Compare.TypeF16()
	case "BF16":
		return say.Compare.TypeBF16()
	case "Q8_0":
		return say.Compare.TypeQ8()
	}
	return say.Compare.TypeQ4()
}

// TypeText says what the chosen one is.
func (c *Card) TypeText() string {
	if c.None() {
		return say.Compare.ChooseType()
	}
	return typeHint(c.with.Value)
}

// PickType chooses one.
func (c *Card) PickType(t string) { c.Screen.Send(TypePicked{t}) }

// Status says what there is to do, or what is under way; "" nothing.
func (c *Card) Status() string {
	s := c.Screen.State
	switch {
	case c.state.Problem != "":
		return c.state.Problem
	case len(s.Tokens) == 0 && s.Applied != 0:
		return say.Compare.NoText()
	case c.with.Kind == KindText && c.with.nothing(s):
		return say.Compare.ChangeText()
	case c.with.nothing(s):
		return ""
	case s.Waits(feature.ForSecond):
		return say.Compare.Loading()
	case s.Waits(forRun) || c.state.Run == 0:
		return say.Compare.Running()
	}
	return ""
}

// Failed reports whether it says a problem, which can be tried again.
func (c *Card) Failed() bool { return c.state.Problem != "" }

// StatusClass makes a problem one.
func (c *Card) StatusClass() string { return feature.Choose(c.Failed(), "note error", "note") }

// Again tries again.
func (c *Card) Again() { c.Screen.Send(TriedAgain{}) }

// part returns what is known of an aspect.
func (c *Card) part(of engine.Aspect) part { return c.state.parts[of] }

// Class greys what is of runs before.
func (c *Card) Class(of engine.Aspect) string {
	p := c.part(of)
	stale := p.of != runs{c.Screen.State.Applied, c.state.Run}
	return "section compared" + feature.Choose(stale, " stale", "")
}

// Knows reports whether what follows both is known.
func (c *Card) Knows() bool {
	return c.state.Run > 0 && c.part(engine.AspectNext).done
}

// Words reports whether a token is the same in both models.
func (c *Card) Words() bool { return c.part(engine.AspectNext).found.Words }

// Pairs are the tokens that are most likely by either, in the order of the first.
func (c *Card) Pairs() []engine.Pair {
	list := slices.Clone(c.part(engine.AspectNext).found.Next)
	slices.SortStableFunc(list, func(a, b engine.Pair) int { return cmp.Compare(max(b.Before, b.After), max(a.Before, a.After)) })
	list = list[:min(len(list), mostNext)]
	slices.SortStableFunc(list, func(a, b engine.Pair) int { return cmp.Compare(b.Before, a.Before) })
	return list
}

// First and Second head the columns of both.
func (c *Card) First() string {
	switch c.with.Kind {
	case KindText:
		return say.Compare.ColumnThis()
	case KindType:
		return say.Compare.ColumnAsIs()
	}
	return c.state.Name
}

// Second is described at First.
func (c *Card) Second() string {
	switch c.with.Kind {
	case KindText:
		return say.Compare.ColumnOther()
	case KindType:
		return c.with.Value
	}
	return c.state.OtherName
}

// TokenClass makes spaces and parts of characters lighter than text.
func (c *Card) TokenClass(text string) string { return "token" + view.TokenClass(text) }

// Chance writes a chance, and Width is how long its bar is.
func (c *Card) Chance(p float32) string { return say.Percent(p) }

// Width is described at Chance.
func (c *Card) Width(p float32) string { return view.Share(float64(p)) }

// Rows are the most likely tokens of each, beside one another, where a token is not the same in both.
func (c *Card) Rows() (list [][2]engine.Candidate) {
	found := c.part(engine.AspectNext).found
	for i := range min(len(found.First), len(found.Second), 5) {
		list = append(list, [2]engine.Candidate{found.First[i], found.Second[i]})
	}
	return list
}

// Lost writes how many bits the second loses of what the first says last.
func (c *Card) Lost() string { return bits(c.part(engine.AspectNext).found.Lost) }

func bits(v float64) string {
	if math.IsInf(v, 1) {
		return "∞"
	}
	return say.Fixed(max(v, 0), 3)
}

// Bits are the bits that are lost after each token, as far as they are known.
func (c *Card) Bits() []float64 {
	list := c.part(engine.AspectBits).found.Bits
	return list[:min(len(list), mostBars)]
}

// mostBars is the most tokens whose bits are drawn.
const mostBars = 256

// Few reports whether the bars have room for numbers below them.
func (c *Card) Few() bool { return len(c.Bits()) <= 16 }

// BitsClass greys what is of runs before.
func (c *Card) BitsClass() string {
	return "lost" + feature.Choose(c.part(engine.AspectBits).of == runs{c.Screen.State.Applied, c.state.Run}, "", " stale")
}

func (c *Card) mostBits() float64 {
	most := 1e-9
	for _, v := range c.Bits() {
		if !math.IsInf(v, 1) {
			most = max(most, v)
		}
	}
	return most
}

// Height and Top say how high the bar of a token is, and where it begins.
func (c *Card) Height(v float64) string { return view.Share(min(max(v, 0)/c.mostBits(), 1)) }

// Top is described at Height.
func (c *Card) Top(v float64) string { return view.Share(1 - min(max(v, 0)/c.mostBits(), 1)) }

// BarClass tells the last token.
func (c *Card) BarClass(t int) string {
	return feature.Choose(t == len(c.Screen.State.Tokens)-1, "last", "")
}

// BarLabel reads the bar of a token aloud.
func (c *Card) BarLabel(t int, v float64) string {
	s := c.Screen.State
	if t >= len(s.Tokens) {
		return bits(v)
	}
	if o := c.state.Other.Tokens; t < len(o) && o[t].Text != s.Tokens[t].Text {
		return say.Compare.BitsAfterBoth(s.Tokens[t].Text, o[t].Text, bits(v))
	}
	return say.Compare.BitsAfter(s.TokenName(t), bits(v))
}

// Writing reports whether what both go on with is known as far as a token, and Written returns it.
func (c *Card) Writing() bool {
	return len(c.written()[0].Tokens) > 0 || c.part(engine.AspectWriting).problem != ""
}

func (c *Card) written() [2]engine.Written {
	found := c.part(engine.AspectWriting).found
	return [2]engine.Written{found.Written, found.Other}
}

// parted returns the place of the first token that both do not have in common, −1 if there is none yet.
func (c *Card) parted() int {
	w := c.written()
	a, b := w[0].Tokens, w[1].Tokens
	for i := range min(len(a), len(b)) {
		if a[i].Text != b[i].Text {
			return i
		}
	}
	if c.part(engine.AspectWriting).done && len(a) != len(b) {
		return min(len(a), len(b))
	}
	return -1
}

// Parts says where they part.
func (c *Card) Parts() string {
	p, w := c.part(engine.AspectWriting), c.written()
	a, b, at := w[0].Tokens, w[1].Tokens, c.parted()
	switch {
	case p.problem != "":
		return say.Sentence(p.problem)
	case at >= 0 && at < min(len(a), len(b)):
		return say.Compare.PartAt(at+1, run.Quoted(a[at].Text), run.Quoted(b[at].Text))
	case at >= 0:
		return say.Compare.PartEnd(at)
	case !p.done:
		return say.Compare.WritingOn(min(len(a), len(b)))
	}
	return say.Compare.SameTokens(len(a))
}

// A Token is one that was written.
type Token struct {
	Text  string
	Class string
}

// Written returns the tokens that the first or the second wrote.
func (c *Card) Written(which int) (list []Token) {
	at := c.parted()
	for i, t := range c.written()[which].Tokens {
		list = append(list, Token{t.Text, c.TokenClass(t.Text) + partedClass(i, at)})
	}
	return list
}

// partedClass tells the token at which both part, and those behind it.
func partedClass(i, at int) string {
	switch {
	case i == at:
		return " parting"
	case at >= 0 && i > at:
		return " apart"
	}
	return ""
}

// A Row is one of a table of differences.
type Row struct {
	Name         string
	Title, Place string
	Relative     float64 // √ of the mean of squares, in parts of the size of the first
	RMS, Largest float64
}

// Percent writes the first of these, and Most the largest difference.
func (r Row) Percent() string { return relative(r.Relative) }

// Most is described at Percent.
func (r Row) Most() string { return brief(r.Largest) }

// brief writes a number with three digits that count, or so.
func brief(v float64) string {
	for decimals, above := range []float64{100, 10, 1, 0.1, 0.01} {
		if v >= above || v == 0 {
			return say.Fixed(v, decimals)
		}
	}
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 32)
	return say.Short(float32(rounded))
}

// relative writes a part of a whole so that also small ones differ.
func relative(v float64) string {
	switch {
	case math.IsInf(v, 1) || v != v:
		return "∞"
	}
	return say.Units.Percent(brief(100 * v))
}

// shownRows is how many rows of a table are shown at first.
const shownRows = 6

// all are the differences of an aspect, the largest in parts of its size first. What is told of rows, such as their means, is left out: it
// may be next to nothing, of which a difference is many times as much.
func (c *Card) all(of engine.Aspect) (list []Row) {
	s := c.Screen.State
	for _, d := range c.part(of).found.Differences {
		i, ok := s.Info(d.Name)
		if !ok || i.Kind == model.KindAggregate {
			continue
		}
		list = append(list, Row{d.Name, say.Title(i.Base()), strings.Join(s.View().Path(i), ", "), d.Relative(), d.RMS, d.Largest})
	}
	slices.SortStableFunc(list, func(a, b Row) int { return cmp.Compare(b.Relative, a.Relative) })
	return list
}

// Steps and Weights are the tables, as far as they are shown.
func (c *Card) Steps() []Row { return c.some(engine.AspectSteps) }

// Weights is described at Steps.
func (c *Card) Weights() []Row { return c.some(engine.AspectWeights) }

func (c *Card) some(of engine.Aspect) []Row {
	list := c.all(of)
	if !c.state.unfold[of] {
		list = list[:min(len(list), shownRows)]
	}
	return list
}

// More says how many rows a table has, on the button that shows them; "" all are shown.
func (c *Card) More(of engine.Aspect) string {
	n := len(c.all(of))
	switch {
	case n <= shownRows:
		return ""
	case c.state.unfold[of]:
		return say.Compare.Fewer()
	}
	return say.Compare.All(n)
}

// Unfold shows them, or no more.
func (c *Card) Unfold(of engine.Aspect) { c.Screen.Send(Unfolded{of}) }

// Exact reports whether all weights are the same, though they were rounded.
func (c *Card) Exact() bool {
	p := c.part(engine.AspectWeights)
	return p.done && len(p.found.Differences) > 0 && !slices.ContainsFunc(c.all(engine.AspectWeights), func(r Row) bool { return r.Largest > 0 })
}

// Measured reports whether steps, or weights, are compared; StepsPending and the like that some are still to come.
func (c *Card) Measured(of engine.Aspect) bool { return len(c.part(of).found.Differences) > 0 }

// OtherShapes says why no step is; "" some are.
func (c *Card) OtherShapes() string {
	p := c.part(engine.AspectSteps)
	switch {
	case !p.done || len(p.found.Differences) > 0:
		return ""
	case c.with.Kind == KindText:
		return say.Compare.OtherLength(len(c.Screen.State.Tokens), len(c.state.Other.Tokens))
	}
	return say.Compare.OtherSizes()
}

// Follow goes to a step or weight. The card stays.
func (c *Card) Follow(r Row) { c.Screen.Send(feature.PanelChosen{Name: r.Name}) }

// Working reports whether the comparison is under way, and Left what is computed.
func (c *Card) Working() bool { return c.state.Run > 0 && !c.state.paused && c.pending() != "" }

// Halted reports whether the reader has stopped it.
func (c *Card) Halted() bool { return c.state.Run > 0 && c.state.paused && c.pending() != "" }

// pending is the aspect that is computed next; "" all are there.
func (c *Card) pending() engine.Aspect {
	cur := runs{c.Screen.State.Applied, c.state.Run}
	for _, of := range aspects(c.with) {
		if p := c.part(of); p.of != cur || !p.done && p.problem == "" {
			return of
		}
	}
	return ""
}

// Done is how much of that is there, in percent.
func (c *Card) Done() string {
	p := c.part(c.pending())
	if p.of.first != c.Screen.State.Applied {
		return "0"
	}
	return strconv.Itoa(100 * p.found.To / max(1, p.found.All))
}

// Left names it.
func (c *Card) Left() string {
	switch c.pending() {
	case engine.AspectWriting:
		return say.Compare.LeftWriting()
	case engine.AspectSteps:
		return say.Compare.LeftSteps()
	case engine.AspectWeights:
		return say.Compare.LeftWeights()
	}
	return say.Compare.LeftWords()
}

// Pause stops it, or goes on.
func (c *Card) Pause(on bool) { c.Screen.Send(Paused{on}) }

// Errors are what could not be compared.
func (c *Card) Errors() (list []string) {
	for _, of := range aspects(c.with) {
		if p := c.part(of); p.problem != "" && of != engine.AspectWriting {
			list = append(list, say.Sentence(p.problem))
		}
	}
	return list
}

// LookFor says what to look for.
func (c *Card) LookFor() string {
	switch c.with.Kind {
	case KindModel:
		return say.Compare.LookModel()
	case KindType:
		return say.Compare.LookType()
	}
	return say.Compare.LookText()
}

// Plain says that edits are not made in the other model; "" there are none, or they are.
func (c *Card) Plain() string {
	if c.with.Kind == KindModel && len(run.Made(c.Screen.State.Edits)) > 0 {
		return say.Compare.NoEdits()
	}
	return ""
}
