package contributions

import (
	"math"
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Chart shows the parts as bars: each begins where the one before it ended, or, sorted, at zero.
type Chart struct {
	Screen *feature.Screen

	state     State // of this build
	a, b      int
	bars      []Bar
	low, high float64 // the ends of the scale
}

// Compute asks once for what the methods below read.
func (c *Chart) Compute(vugu.ComputeCtx) {
	c.state = Of(c.Screen.State)
	c.a, c.b = pair(c.Screen.State)
	c.bars = barsOf(c.Screen.State)
	c.low, c.high = 0, 0
	for _, b := range c.bars {
		c.low, c.high = min(c.low, b.From, b.To()), max(c.high, b.From, b.To())
	}
	if len(c.bars) > 0 {
		c.low, c.high = min(c.low, c.sum()), max(c.high, c.sum())
	}
	room := (c.high - c.low) * 0.1 // for the numbers at the ends of bars
	if room == 0 {
		room = 1
	}
	if c.high += room; c.low < 0 {
		c.low -= room
	}
}

// Close goes back to what stood there before.
func (c *Chart) Close() {
	alone := c.Screen.State.Mode == name
	c.Screen.Send(Toggled{})
	if alone {
		c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
	}
}

// Here reports whether there are bars.
func (c *Chart) Here() bool { return len(c.bars) > 0 && len(c.Screen.State.Tokens) > 0 }

// Class tells whether the bars are those of before.
func (c *Chart) Class() string {
	return "lab-scroll why-bars" + feature.Choose(c.state.partsOf != wantParts(c.Screen.State), " stale", "") + feature.Choose(c.state.Sorted, " sorted", "")
}

// Nothing says why there are none.
func (c *Chart) Nothing() string {
	switch {
	case c.state.fault != "":
		return say.Contributions.Failed(say.Sentence(c.state.fault))
	case c.Screen.State.Applied != 0 && len(c.Screen.State.Tokens) == 0:
		return say.Contributions.NoText()
	}
	return say.Contributions.Coming()
}

// Word is how a token is shown.
func (c *Chart) Word(id int) string { return word(c.Screen.State, id) }

func word(s *feature.State, id int) string {
	if r, ok := known(Of(s), id); ok {
		return r.Text
	}
	return s.WordText(id)
}

// After is the token after which the parts are.
func (c *Chart) After() string { return after(c.Screen.State) }

func after(s *feature.State) string {
	if row := rowOf(s); row >= 0 {
		return s.Tokens[row].Text
	}
	return ""
}

// Title is the question that the bars answer.
func (c *Chart) Title() string {
	switch {
	case c.a < 0:
		return say.Contributions.Tool()
	case c.b < 0:
		return say.Contributions.Title(c.Word(c.a))
	}
	return say.Contributions.TitleRather(c.Word(c.a), c.Word(c.b))
}

// Lead says what a bar is.
func (c *Chart) Lead() string {
	switch {
	case c.a < 0:
		return ""
	case c.b < 0:
		return say.Contributions.Lead(c.Word(c.a), c.After())
	}
	return say.Contributions.LeadRather(c.Word(c.a), c.Word(c.b), c.After())
}

// An Option is one of a list to choose from.
type Option struct {
	Value, Text string
	Chosen      bool
}

// As lists the tokens that can be A.
func (c *Chart) As() []Option { return c.tokens(c.a) }

// Bs lists those that can be B, and none.
func (c *Chart) Bs() []Option {
	return append(c.tokens(c.b), Option{"", say.Contributions.Nothing(), c.b < 0})
}

func (c *Chart) tokens(chosen int) (list []Option) {
	for _, r := range c.state.next {
		list = append(list, Option{strconv.Itoa(r.ID), r.Text + "  " + say.Percent(r.Probability), r.ID == chosen})
	}
	if _, ok := known(c.state, chosen); !ok && chosen >= 0 {
		list = append(list, Option{strconv.Itoa(chosen), c.Word(chosen), true})
	}
	return list
}

// ChooseA takes another A, ChooseB another B.
func (c *Chart) ChooseA(event vugu.DOMEvent) {
	if id, err := strconv.Atoi(event.PropString("target", "value")); err == nil {
		c.Screen.Send(TokenPicked{ID: id})
	}
}

// ChooseB is described at ChooseA.
func (c *Chart) ChooseB(event vugu.DOMEvent) {
	if id, err := strconv.Atoi(event.PropString("target", "value")); err == nil {
		c.Screen.Send(TokenPicked{ID: id, Against: true})
	} else {
		c.Screen.Send(AlonePicked{})
	}
}

// mostPlaces is how many tokens of the text are offered: the last of a longer one.
const mostPlaces = 200

// Moves reports whether the reader chooses here after which token the parts are.
func (c *Chart) Moves() bool { return c.Screen.State.Mode == name }

// Places lists the tokens after which they can be.
func (c *Chart) Places() (list []Option) {
	s := c.Screen.State
	for t := max(0, len(s.Tokens)-mostPlaces); t < len(s.Tokens); t++ {
		list = append(list, Option{strconv.Itoa(t), s.Tag(t), t == rowOf(s)})
	}
	return list
}

// ChoosePlace looks behind another token.
func (c *Chart) ChoosePlace(event vugu.DOMEvent) {
	if t, err := strconv.Atoi(event.PropString("target", "value")); err == nil {
		if t == len(c.Screen.State.Tokens)-1 {
			t = -1
		}
		c.Screen.Send(RowPicked{t})
	}
}

// InOrder and BySize say which order is chosen.
func (c *Chart) InOrder() string { return feature.Choose(c.state.Sorted, "false", "true") }

// BySize is described at InOrder.
func (c *Chart) BySize() string { return feature.Choose(c.state.Sorted, "true", "false") }

// Sort puts the bars in order of size, or of the network.
func (c *Chart) Sort(on bool) { c.Screen.Send(Sorted{on}) }

// Check says what the bars sum to, beside the difference that the model computed.
func (c *Chart) Check() string {
	p := c.state.parts
	if p == nil {
		return ""
	}
	if rest := p.Logit - p.Sum; math.Abs(rest) > rounding*max(1, math.Abs(p.Logit)) {
		return checked(c.state, c.a, c.b) + ". " + say.Contributions.Rest(fixed4(rest))
	}
	return checked(c.state, c.a, c.b)
}

// rounding is by how much a sum of bars may miss the logit, of its size, before something else than rounding is between them.
const rounding = 1e-3

func checked(w State, a, b int) string {
	n, sum, logit := len(w.parts.Parts), fixed4(w.parts.Sum), fixed4(w.parts.Logit)
	x, okA := known(w, a)
	y, okB := known(w, b)
	switch {
	case okA && okB:
		return say.Contributions.Check(fixed4(float64(x.Logit)), fixed4(float64(y.Logit)), logit, n, sum)
	case b < 0:
		return say.Contributions.CheckAlone(logit, n, sum)
	}
	return say.Contributions.CheckRather(logit, n, sum)
}

func fixed4(v float64) string { return say.Minus(say.Fixed(v, 4)) }

func (c *Chart) sum() float64 {
	if c.state.parts == nil {
		return 0
	}
	return c.state.parts.Sum
}

// Bars are the bars.
func (c *Chart) Bars() []Bar { return c.bars }

// at is where a value stands in the picture, from the top.
func (c *Chart) at(v float64) float64 { return (c.high - v) / (c.high - c.low) }

// Top and High say where a bar begins and how high it is, End where it ends.
func (c *Chart) Top(b Bar) string { return view.Share(c.at(max(b.From, b.To()))) }

// High is described at Top.
func (c *Chart) High(b Bar) string {
	return view.Share(math.Max(math.Abs(b.Value)/(c.high-c.low), 0.004))
}

// End is described at Top.
func (c *Chart) End(b Bar) string { return view.Share(c.at(b.To())) }

// Joined reports whether a line leads from the end of a bar to the next.
func (c *Chart) Joined() bool { return !c.state.Sorted }

// Sign is the class of a bar's colour.
func (c *Chart) Sign(b Bar) string { return feature.Choose(b.Value < 0, "down", "up") }

// Told reports whether the number of a bar has room: it is one of the large ones, or the reader looks at it.
func (c *Chart) Told(b Bar) bool {
	return math.Abs(b.Value) > 0.045*(c.high-c.low) || b.Name != "" && b.Name == c.state.Part
}

// Shift moves that number off the end of the bar: above one that goes up, below one that goes down.
func (c *Chart) Shift(b Bar) string { return feature.Choose(b.Value < 0, "13", "-5") }

// Value writes a contribution.
func (c *Chart) Value(b Bar) string { return signed(b.Value, 2) }

// Label is what stands below a bar.
func (c *Chart) Label(b Bar) string { return b.label() }

// Look is the token at which a head looks most, Percent with which share; of sorted bars its place stands in their stead.
func (c *Chart) Look(b Bar) string {
	switch {
	case c.state.Sorted && b.Block >= 0:
		return say.Contributions.BlockShort(b.Block + 1)
	case c.state.Sorted:
		return b.group()
	}
	return b.Look
}

// Percent is described at Look.
func (c *Chart) Percent(b Bar) string {
	if b.Look == "" || c.state.Sorted {
		return ""
	}
	return strconv.Itoa(int(math.Round(float64(b.Share) * 100)))
}

// Looks reports whether any head's look is here.
func (c *Chart) Looks() bool {
	for _, b := range c.bars {
		if b.Look != "" && !c.state.Sorted {
			return true
		}
	}
	return false
}

// Group is what a bar and those behind it belong to, at the first of them; "" elsewhere.
func (c *Chart) Group(i int) string {
	if c.state.Sorted || i > 0 && c.bars[i-1].group() == c.bars[i].group() {
		return ""
	}
	return c.bars[i].group()
}

// BarClass tells where a group begins, the bar at which the reader looks, and those of the step at which another tool looks.
func (c *Chart) BarClass(i int) string {
	b := c.bars[i]
	class := "part of-" + string(b.Kind)
	if c.Group(i) != "" {
		class += " begins"
	}
	if b.Name != "" && b.Name == c.state.Part {
		class += " this"
	}
	if c.ofStep(b) {
		class += " lit"
	}
	return class
}

// ofStep reports whether a bar is of the half of a block at which another tool looks.
func (c *Chart) ofStep(b Bar) bool {
	if c.state.step == "" || b.Block < 0 || c.state.Sorted {
		return false
	}
	info, _ := c.Screen.State.Info(c.state.step)
	forward := b.Kind == KindFeedForward
	return info.Op == model.OpAdd && info.Block == b.Block && forward == (info.Part == model.PartFeedForward)
}

// Step says, at the first of the bars of that half, what they add; "" elsewhere.
func (c *Chart) Step(i int) string {
	if !c.ofStep(c.bars[i]) || i > 0 && c.ofStep(c.bars[i-1]) {
		return ""
	}
	sum := 0.0
	for _, b := range c.bars {
		if c.ofStep(b) {
			sum += b.Value
		}
	}
	return say.Contributions.ThisStep(signed(sum, 2))
}

// Pressed reports whether the reader looks at a bar.
func (c *Chart) Pressed(b Bar) string {
	return feature.Choose(b.Name != "" && b.Name == c.state.Part, "true", "false")
}

// Current marks that bar, for the page to scroll to it.
func (c *Chart) Current(b Bar) interface{} {
	return feature.Mark(b.Name != "" && b.Name == c.state.Part, b.Name)
}

// Spoken reads a bar aloud.
func (c *Chart) Spoken(b Bar) string {
	if b.Look != "" {
		return say.Contributions.BarLooks(b.title(), signed(b.Value, 4), b.Look, say.Percent(b.Share))
	}
	return say.Contributions.Bar(b.title(), signed(b.Value, 4))
}

// Choose looks at a bar, or takes the attention of a block apart.
func (c *Chart) Choose(b Bar) {
	switch b.Kind {
	case KindAttention:
		c.Screen.Send(BlockOpened{b.Block})
	case KindRest:
	default:
		c.Screen.Send(PartChosen{b.Name})
	}
}

// Key goes to the bar beside.
func (c *Chart) Key(event vugu.DOMEvent) {
	i, err := strconv.Atoi(strings.TrimPrefix(event.PropString("target", "id"), "why-bar-"))
	if err != nil {
		return
	}
	switch event.PropString("key") {
	case "ArrowLeft":
		i--
	case "ArrowRight":
		i++
	case "Home":
		i = 0
	case "End":
		i = len(c.bars) - 1
	default:
		return
	}
	event.PreventDefault()
	if i >= 0 && i < len(c.bars) {
		c.Screen.Do(feature.Focus{ID: c.BarID(i)})
	}
}

// BarID names a bar for the focus.
func (c *Chart) BarID(i int) string { return "why-bar-" + strconv.Itoa(i) }

// Total is where the sum begins in the picture, TotalHigh how high it is.
func (c *Chart) Total() string { return view.Share(c.at(max(c.sum(), 0))) }

// TotalHigh is described at Total.
func (c *Chart) TotalHigh() string { return view.Share(math.Abs(c.sum()) / (c.high - c.low)) }

// TotalEnd is where the sum ends, TotalShift where its number stands.
func (c *Chart) TotalEnd() string { return view.Share(c.at(c.sum())) }

// TotalShift is described at TotalEnd.
func (c *Chart) TotalShift() string { return feature.Choose(c.sum() < 0, "13", "-5") }

// Sum writes it.
func (c *Chart) Sum() string { return say.Minus(say.Fixed(c.sum(), 2)) }

// A Tick is a mark of the scale.
type Tick struct{ At, Text string }

// Ticks are some four marks of the scale.
func (c *Chart) Ticks() (list []Tick) {
	step := math.Pow(10, math.Floor(math.Log10((c.high-c.low)/2)))
	for _, by := range []float64{1, 2, 5, 10} {
		if (c.high-c.low)/(step*by) <= 6 {
			step *= by
			break
		}
	}
	digits := max(0, int(-math.Floor(math.Log10(step))))
	for n := int(math.Ceil(c.low / step)); n <= int(math.Floor(c.high/step)); n++ {
		text := "0"
		if n != 0 {
			text = signed(float64(n)*step, digits)
		}
		list = append(list, Tick{view.Share(c.at(float64(n) * step)), text})
	}
	return list
}

// Zero is where zero stands.
func (c *Chart) Zero() string { return view.Share(c.at(0)) }
