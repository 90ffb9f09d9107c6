package edits

import (
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

// Row is one edit of the list.
type Row struct {
	Screen *feature.Screen
	Index  int
	edit   model.Edit // of this build
	reads  bool       // it can be read
}

// Compute reads the edit once.
func (c *Row) Compute(vugu.ComputeCtx) {
	var err error
	c.edit, err = model.ParseEdit(c.item().Spec)
	c.reads = err == nil
}

// item is the edit; the zero value once it is gone.
func (c *Row) item() run.Edit {
	if list := c.Screen.State.Edits; c.Index < len(list) {
		return list[c.Index]
	}
	return run.Edit{}
}

// Class tells whether the edit is paused.
func (c *Row) Class() string { return feature.Choose(c.item().Paused, "edit paused", "edit") }

// Sentence says what it does, Place where, and Spec how it is written.
func (c *Row) Sentence() string { return Sentence(c.Screen.State, c.item().Spec) }

// Place is described at Sentence.
func (c *Row) Place() string { return Place(c.Screen.State, c.item().Spec) }

// Spec is described at Sentence.
func (c *Row) Spec() string { return c.item().Spec }

// On says whether it is made.
func (c *Row) On() string { return feature.Choose(c.item().Paused, "false", "true") }

// Pause takes it back for a while, or makes it again.
func (c *Row) Pause() { c.Screen.Send(Paused{c.Index}) }

// RemoveLabel says what the button does, and Remove does it.
func (c *Row) RemoveLabel() string { return say.Edits.Remove(c.Sentence()) }

// Remove is described at RemoveLabel.
func (c *Row) Remove() {
	c.Screen.Send(Removed{c.Index})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Icon draws a picture of the shell.
func (c *Row) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }

// became returns what became of the edit, if it is made in the run that is shown.
func (c *Row) became() (engine.Edited, bool) {
	s := c.Screen.State
	n := len(run.Made(s.Edits[:min(c.Index, len(s.Edits))]))
	if c.item().Paused || n >= len(s.Edited) || !slices.Equal(run.Made(s.Edits), run.Made(s.Ran.Edits)) {
		return engine.Edited{}, false
	}
	return s.Edited[n], true
}

// Fault says why it can't be made.
func (c *Row) Fault() string {
	if e, ok := c.became(); ok && e.Fault != nil {
		return say.Sentence(say.Fault(e.Fault))
	}
	return ""
}

// Waits says for which token it waits.
func (c *Row) Waits() string {
	if e, ok := c.became(); ok && e.Waits {
		return say.Edits.Waits(c.edit.Row)
	}
	return ""
}

// A Choice is what the edit could do instead in the same place.
type Choice struct {
	Label string
	Do    string // "zero", "mean", "times", "text"
	On    bool
}

// Choices are these, where there are any.
func (c *Row) Choices() (list []Choice) {
	i, ok := stepOf(c.Screen.State, c.edit)
	if o, off := c.edit.Off(c.Screen.State.InfoHere); !c.reads || !ok || off && o.Kind != "" || c.edit.Col >= 0 || c.edit.Do == model.ActSteer || c.item().Paused {
		return nil
	}
	e := c.edit
	zero := e.Do == model.ActOff || e.Do == model.ActSet && e.Value == 0
	list = []Choice{{say.Edits.ChoiceZero(), "zero", zero}, {say.Edits.ChoiceTimes(), "times", e.Do == model.ActScale}}
	if i.Kind != model.KindWeight {
		if i.ColAxis != model.AxisKey {
			list = slices.Insert(list, 1, Choice{say.Edits.ChoiceMean(), "mean", e.Do == model.ActMean})
		}
		list = append(list, Choice{say.Edits.ChoiceText(), "text", e.Do == model.ActFrom})
	}
	return list
}

// halfStrength is the factor with which the choice of one begins.
const halfStrength = 0.5

// Choose has the edit do something else.
func (c *Row) Choose(h Choice) {
	var does model.Edit
	switch h.Do {
	case "text":
		c.Screen.Send(TextOpened{c.Index})
		return
	case "times":
		does = model.Edit{Do: model.ActScale, Value: halfStrength}
	case "mean":
		does.Do = model.ActMean
	}
	c.replace(does)
}

func (c *Row) replace(does model.Edit) {
	if spec, ok := respelled(c.Screen.State, c.item().Spec, does); ok && spec != c.item().Spec {
		c.Screen.Send(Replaced{c.Index, spec})
	}
}

// Pressed says whether the edit does that.
func (c *Row) Pressed(h Choice) string { return feature.Choose(h.On, "true", "false") }

// Fields reports whether there is a field for a number: the one that is set, or the factor.
func (c *Row) Fields() bool {
	e := c.edit
	return c.reads && !c.item().Paused && (e.Do == model.ActScale || e.Do == model.ActSteer || e.Do == model.ActSet && (e.Col >= 0 || e.Value != 0))
}

// FieldLabel names it, FieldID is its id, and FieldValue what stands in it.
func (c *Row) FieldLabel() string {
	switch c.edit.Do {
	case model.ActScale:
		return say.Edits.Factor()
	case model.ActSteer:
		return say.Edits.Strength()
	}
	return say.Edits.Value()
}

// FieldID is described at FieldLabel.
func (c *Row) FieldID() string { return "edit-value-" + strconv.Itoa(c.Index+1) }

// FieldValue is described at FieldLabel.
func (c *Row) FieldValue() string { return strconv.FormatFloat(float64(c.edit.Value), 'g', -1, 32) }

// Set takes over the number, written with a point or a comma; what is none leaves the edit as it is.
func (c *Row) Set(event vugu.DOMEvent) {
	text := strings.ReplaceAll(strings.TrimSpace(event.PropString("target", "value")), ",", ".")
	if v, err := strconv.ParseFloat(strings.ReplaceAll(text, "−", "-"), 32); err == nil {
		c.replace(model.Edit{Do: c.edit.Do, Value: float32(v)})
	}
}

// Asks reports whether the other text is asked for, from whose run the edit takes its numbers.
func (c *Row) Asks() bool { return Of(c.Screen.State).Text.For == c.Index+1 }

// Text is that text, and TextNote what there is to say about it.
func (c *Row) Text() string { return Of(c.Screen.State).Text.Typed }

// TextNote is described at Text.
func (c *Row) TextNote() string {
	if p := Of(c.Screen.State).Text.Problem; p != "" {
		return say.Sentence(p)
	}
	return say.Edits.TextHint(len(c.Screen.State.Tokens))
}

// TextReady reports whether it can be taken.
func (c *Row) TextReady() bool { return Of(c.Screen.State).Text.ids != nil }

// TextTyped takes over what is typed.
func (c *Row) TextTyped(event vugu.DOMEvent) {
	c.Screen.Send(TextTyped{event.PropString("target", "value")})
}

// TextEntered takes the numbers of its run.
func (c *Row) TextEntered(event vugu.DOMEvent) {
	if event.PropString("key") == "Enter" && !event.PropBool("isComposing") {
		event.PreventDefault()
		c.Take()
	}
}

// Take takes them.
func (c *Row) Take() { c.Screen.Send(TextTaken{}) }
