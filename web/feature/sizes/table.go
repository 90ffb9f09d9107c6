package sizes

import (
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
	drawn "glassbox/web/scene/sizes"
	"glassbox/web/view"
)

// Table is the comparison of sizes as a table: what the scene shows, for eyes and ears.
type Table struct {
	Screen *feature.Screen
	all    []Size
}

// Compute runs before each build.
func (c *Table) Compute(vugu.ComputeCtx) { c.all = List(c.Screen.State) }

// All are the rows.
func (c *Table) All() []Size { return c.all }

// Scale says what a cell is, and how much of a context is drawn.
func (c *Table) Scale() string { return say.Sizes.Scale(drawn.MostTokens) }

// Warning says that there are no values to be seen.
func (c *Table) Warning() string { return say.Sizes.Warning() }

// Close goes back to the model.
func (c *Table) Close() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: feature.TitleFocus})
}

// Choose goes to a size, and from there back to all.
func (c *Table) Choose(z Size) { c.Screen.Send(Chosen{z.ID}) }

// Key is the id of a size's button.
func (c *Table) Key(z Size) string { return "size-" + z.ID }

func (c *Table) chosen(z Size) bool { return z.ID == Of(c.Screen.State).At }

// Pressed reports whether the reader looks at a size.
func (c *Table) Pressed(z Size) string { return feature.Choose(c.chosen(z), "true", "false") }

// Class marks its row.
func (c *Table) Class(z Size) string { return feature.Choose(c.chosen(z), "this", "") }

// Parameters counts its learned numbers, to three digits.
func (c *Table) Parameters(z Size) string { return say.Amount(z.Account.Parameters(), "") }

// FLOPs counts the operations for a token.
func (c *Table) FLOPs(z Size) string { return say.Amount(z.Account.FLOPs(), "") }

// Memory is what the weights take as float16.
func (c *Table) Memory(z Size) string {
	weights, _ := z.Account.Bytes(2)
	return say.Amount(weights, "B")
}

// Blocks counts them.
func (c *Table) Blocks(z Size) string { return strconv.Itoa(z.Config.Blocks) }

// A Piece is a part of a size's bar.
type Piece struct{ Class, Part, X, Width string }

// Mix is how the parameters of a size are shared out among its parts.
func (c *Table) Mix(z Size) (list []Piece) {
	x := 0.0
	n := float64(max(1, z.Account.Parameters()))
	for _, p := range z.Account.Parts {
		w := float64(p.Parameters) / n
		list = append(list, Piece{Class: partClass(p.Part), X: view.Share(x), Width: view.Share(w)})
		x += w
	}
	return list
}

// Legend names the pieces.
func (c *Table) Legend() (list []Piece) {
	for _, p := range c.all[0].Account.Parts {
		list = append(list, Piece{Class: partClass(p.Part), Part: partName(p.Part)})
	}
	return list
}

// Entry opens the comparison from the menu of models.
type Entry struct{ Screen *feature.Screen }

// Pressed reports whether it is open.
func (c *Entry) Pressed() string {
	return feature.Choose(Of(c.Screen.State).At != "", "true", "false")
}

// Open shows all sizes side by side.
func (c *Entry) Open() {
	c.Screen.Send(Chosen{All})
	c.Screen.Do(feature.Focus{ID: "sizes-title"})
}

// Button opens it from where the parameters of the model are counted.
type Button struct{ Screen *feature.Screen }

// Open shows the model beside larger ones.
func (c *Button) Open() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: "sizes-title"})
}
