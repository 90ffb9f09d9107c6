package view

import (
	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Header holds the name, the choice of model, and what concerns the page as a whole.
type Header struct{ Screen *feature.Screen }

// ID returns the id of the model i.
func (c *Header) ID(i int) string { return c.Screen.State.Models[i].ID }

// Label returns what the switch calls it.
func (c *Header) Label(i int) string { return c.Screen.State.Models[i].Label }

// Size returns its number of parameters, in short.
func (c *Header) Size(i int) string { return c.Screen.State.Models[i].Size }

// Panels are the buttons of features.
func (c *Header) Panels() []vugu.Builder { return Components(c.Screen, feature.SlotHeader) }

// End are those that stand last.
func (c *Header) End() []vugu.Builder { return Components(c.Screen, feature.SlotHeaderEnd) }

// Beside are those behind the choice of model.
func (c *Header) Beside() []vugu.Builder { return Components(c.Screen, feature.SlotModels) }

// Travels reports whether there has been anything to undo.
func (c *Header) Travels() bool { return c.Screen.State.CanUndo || c.Screen.State.CanRedo }

// Undo takes the last change back.
func (c *Header) Undo() { c.Screen.Send(feature.UndoPressed{}) }

// Redo makes it again.
func (c *Header) Redo() { c.Screen.Send(feature.RedoPressed{}) }

// Link copies the link to this state.
func (c *Header) Link() { c.Screen.Send(feature.LinkPressed{}) }

// SkipToText moves the focus to the text field.
func (c *Header) SkipToText() { c.Screen.Send(feature.TextSought{}) }

// Skip moves the focus behind all the buttons.
func (c *Header) Skip() { c.Screen.Do(feature.Focus{ID: "gl"}) }

// LoadingClass turns on the bar under the header; the style sheet lets 300 ms pass first.
func (c *Header) LoadingClass() string { return feature.Choose(c.loading(), "loading on", "loading") }

// LoadingRole names the bar to those who can't see it.
func (c *Header) LoadingRole() interface{} { return feature.Mark(c.loading(), "progressbar") }

// LoadingName is its name, which only an element with a role may have.
func (c *Header) LoadingName() interface{} { return feature.Mark(c.loading(), say.View.Loading()) }

func (c *Header) loading() bool {
	return c.Screen.State.Phase == feature.Starting || c.Screen.State.Phase == feature.Loading
}

// Theme returns the reader's choice: system, light, dark or projector.
func (c *Header) Theme() string {
	if c.Screen.State.Theme == address.ThemeSystem {
		return "system"
	}
	return string(c.Screen.State.Theme)
}

// ThemeName returns it as the button shows it. Without a choice it is that of the system,
// or of the page around this one.
func (c *Header) ThemeName() string { return say.View.ThemeNow(c.name(c.Screen.State.Theme)) }

func (c *Header) name(t address.Theme) string {
	if t == address.ThemeSystem && c.Screen.State.Host.Theme != address.ThemeSystem {
		return say.View.ThemeDefault()
	}
	return themeName(t)
}

// ThemeLabel says what the button does.
func (c *Header) ThemeLabel() string {
	return say.View.Theme(c.name(c.Screen.State.Theme), c.name(c.Screen.State.Theme.Next()))
}

// NextTheme goes on to the next theme.
func (c *Header) NextTheme() {
	c.Screen.Send(feature.ThemeChosen{Theme: c.Screen.State.Theme.Next()})
}

func themeName(t address.Theme) string {
	switch t {
	case address.ThemeLight:
		return say.View.ThemeLight()
	case address.ThemeDark:
		return say.View.ThemeDark()
	case address.ThemeProjector:
		return say.View.ThemeProjector()
	}
	return say.View.ThemeSystem()
}
