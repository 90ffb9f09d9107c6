package surprise

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

// Panel shows the bits on each token of the text, what they come to on average, and what else they can be compared with.
type Panel struct{ Screen *feature.Screen }

// Button opens it.
type Button struct{ Screen *feature.Screen }

// Open opens the view, and takes the focus along.
func (c *Button) Open() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// share writes a chance so that also small ones differ.
func share(p float32) string { return view.Small(p) }

func (c *Panel) state() State { return Of(c.Screen.State) }

// Close goes back to the panels.
func (c *Panel) Close() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Some reports whether there are bits to show.
func (c *Panel) Some() bool { return len(c.state().Answer.Bits) > 0 }

// Class greys what is of a run before.
func (c *Panel) Class() string {
	return feature.Choose(c.state().Fresh(c.Screen.State), "surprise", "surprise stale")
}

// Why says why there is nothing; "" there is something.
func (c *Panel) Why() string {
	b := c.state()
	switch {
	case b.Error != "":
		return b.Error
	case !b.Fresh(c.Screen.State):
		return say.Surprise.Coming()
	case len(b.Tokens) == 0:
		return say.Surprise.NoText()
	case len(b.Tokens) == 1:
		return say.Surprise.OneToken(b.Tokens[0].Text)
	}
	return ""
}

// Places count the tokens.
func (c *Panel) Places() []int {
	list := make([]int, len(c.state().Tokens))
	for i := range list {
		list[i] = i
	}
	return list
}

// Text returns a token.
func (c *Panel) Text(i int) string { return c.state().Tokens[i].Text }

// TextClass makes spaces and parts of characters lighter than text.
func (c *Panel) TextClass(i int) string { return "text" + view.TokenClass(c.Text(i)) }

// Bits writes what it holds.
func (c *Panel) Bits(i int) string { return c.state().written(i) }

// Level is that of its colour.
func (c *Panel) Level(i int) string { return strconv.Itoa(c.state().level(i)) }

// Says says it.
func (c *Panel) Says(i int) string { return c.state().Says(i) }

// Chance writes the chance that the model gave it.
func (c *Panel) Chance(i int) string {
	bits, ok := c.state().Bits(i)
	if !ok {
		return "–"
	}
	return share(chance(bits))
}

// Loses reports whether the run has edits, by which something of what the model says is lost.
func (c *Panel) Loses() bool { return len(c.state().Answer.Lost) > 0 }

// Lost writes how much is lost after a token.
func (c *Panel) Lost(i int) string {
	lost := c.state().Answer.Lost
	if i >= len(lost) {
		return "–"
	}
	return say.Fixed(lost[i], 2)
}

// Point points at a token.
func (c *Panel) Point(i int) { c.Screen.Send(Pointed{i}) }

// Pressed reports whether the reader points at it.
func (c *Panel) Pressed(i int) string { return feature.Choose(c.pointed() == i, "true", "false") }

// pointed is the token that the reader points at, or else the one that holds most.
func (c *Panel) pointed() int {
	b := c.state()
	if b.Token > 0 && b.Token <= len(b.Tokens) {
		return b.Token - 1
	}
	most := 1
	for i := range b.Tokens {
		if v, ok := b.Bits(i); ok && v > b.Answer.Bits[most-1] {
			most = i
		}
	}
	return most
}

// Told says what the token holds that the reader points at.
func (c *Panel) Told() string {
	b := c.state()
	if b.Token == 0 {
		return say.Surprise.Most(b.Says(c.pointed()))
	}
	return b.Says(c.pointed())
}

// Moved walks along the tokens with the arrow keys.
func (c *Panel) Moved(event vugu.DOMEvent) {
	i := c.pointed()
	switch event.PropString("key") {
	case "ArrowLeft":
		i--
	case "ArrowRight":
		i++
	case "Home":
		i = 0
	case "End":
		i = len(c.state().Tokens) - 1
	default:
		return
	}
	event.PreventDefault()
	i = min(max(i, 0), len(c.state().Tokens)-1)
	c.Point(i)
	c.Screen.Do(feature.Focus{ID: c.Key(i)})
}

// Key is the id of a token's button.
func (c *Panel) Key(i int) string { return "bits-" + strconv.Itoa(i) }

// An Average is a row of what can be compared: a loss in nats for each token.
type Average struct {
	Class, Title string
	Loss         float64
}

// Nats writes the loss.
func (a Average) Nats() string { return say.Fixed(a.Loss, 2) }

// Perplexity writes e to that power.
func (a Average) Perplexity() string {
	switch p := math.Exp(a.Loss); {
	case p < 100 || p != p:
		return say.Fixed(p, 1)
	case p < 1e15:
		return say.Amount(int(math.Round(p)), "")
	default: // an edit made it so
		return say.Brief(p)
	}
}

// heldOut are the names of what metadata say of held-out text.
func heldOut() []string { return []string{"held_out_loss", "trigram_loss", "bigram_loss"} }

// Averages are the rows, that of the text first, that of a model that knows nothing last.
func (c *Panel) Averages() []Average {
	s := c.Screen.State
	list := []Average{{"this", say.Surprise.ThisText(len(c.state().Answer.Bits)), c.state().Answer.Loss}}
	for i, name := range heldOut() {
		title := []func() string{say.Surprise.HeldOut, say.Surprise.HeldOutTrigram, say.Surprise.HeldOutBigram}[i]
		if loss, _, ok := measured(s.Provenance, name); ok {
			list = append(list, Average{"held", title(), loss})
		}
	}
	return append(list, Average{"nothing", say.Surprise.Nothing(s.Config.Vocab), math.Log(float64(s.Config.Vocab))})
}

// measured reads what the metadata of a model say was measured, such as "1.2495 nats per token"; rounded: the weights were rounded
// after that.
func measured(metadata map[string]string, name string) (nats float64, rounded, ok bool) {
	text, found := metadata[name]
	if !found {
		text, rounded = metadata["unrounded_"+name]
	}
	number, unit, _ := strings.Cut(text, " ")
	v, err := strconv.ParseFloat(number, 64)
	return v, rounded, err == nil && strings.HasPrefix(unit, "nats") && v >= 0 && v < 1e3
}

// HeldOutNote says what the numbers of the model's file are; "" there are none.
func (c *Panel) HeldOutNote() string {
	for _, name := range heldOut() {
		if _, rounded, ok := measured(c.Screen.State.Provenance, name); ok {
			return say.Surprise.HeldOutNote(feature.Choose(rounded, "yes", "no"))
		}
	}
	return ""
}

// Width is that of the bar of an average: the longest that has an end is as long as the row.
func (c *Panel) Width(a Average) string {
	most := 0.0
	for _, b := range c.Averages() {
		if b.Loss > most && !math.IsInf(b.Loss, 1) {
			most = b.Loss
		}
	}
	return view.Part(a.Loss, max(most, 1e-9))
}

// Edited reports whether the text ran with edits.
func (c *Panel) Edited() bool { return len(run.Made(c.Screen.State.Ran.Edits)) > 0 }

// Save writes the bits into a file.
func (c *Panel) Save() {
	b := c.state()
	var text strings.Builder
	text.WriteString(export.Line("position", "id", "token", "bits", "chance"))
	for i, t := range b.Tokens {
		bits, held := "", ""
		if v, ok := b.Bits(i); ok {
			bits, held = strconv.FormatFloat(v, 'g', -1, 64), strconv.FormatFloat(math.Exp2(-v), 'g', -1, 64)
		}
		text.WriteString(export.Line(strconv.Itoa(i), strconv.Itoa(t.ID), t.Text, bits, held))
	}
	c.Screen.Do(feature.SaveText{Name: export.FileName(c.Screen.State.FilesOf(), name, string(export.CSV)), Mime: export.CSV.Mime(), Text: text.String()})
}
