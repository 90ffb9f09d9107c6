package view

import (
	"strconv"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Sizes is the comparison of sizes as a table: what the scene shows, for eyes and ears.
type Sizes struct {
	Screen *feature.Screen
	all    []feature.Size
}

// Compute runs before each build.
func (c *Sizes) Compute(vugu.ComputeCtx) { c.all = c.Screen.State.AllOf() }

// All are the rows.
func (c *Sizes) All() []feature.Size { return c.all }

// Warning says that there are no values to be seen.
func (c *Sizes) Warning() string {
	return "Only structure is drawn here, no values: of GPT-2, of GPT-3 and of what you type this page holds no weights."
}

// Close goes back to the model.
func (c *Sizes) Close() {
	c.Screen.Send(feature.SizesToggled{})
	c.Screen.Do(feature.Focus{ID: "title"})
}

// Choose goes to a size, and from there back to all.
func (c *Sizes) Choose(z feature.Size) { c.Screen.Send(feature.SizeChosen{ID: z.ID}) }

// Key is the id of a size's button.
func (c *Sizes) Key(z feature.Size) string { return "size-" + z.ID }

func (c *Sizes) chosen(z feature.Size) bool { return z.ID == c.Screen.State.Sizes }

// Pressed reports whether the reader looks at a size.
func (c *Sizes) Pressed(z feature.Size) string { return feature.Choose(c.chosen(z), "true", "false") }

// Class marks its row.
func (c *Sizes) Class(z feature.Size) string { return feature.Choose(c.chosen(z), "this", "") }

// Parameters counts its learned numbers, to three digits.
func (c *Sizes) Parameters(z feature.Size) string { return say.Amount(z.Account.Parameters(), "") }

// FLOPs counts the operations for a token.
func (c *Sizes) FLOPs(z feature.Size) string { return say.Amount(z.Account.FLOPs(), "") }

// Memory is what the weights take as float16.
func (c *Sizes) Memory(z feature.Size) string {
	weights, _ := z.Account.Bytes(2)
	return say.Amount(weights, "B")
}

// Blocks counts them.
func (c *Sizes) Blocks(z feature.Size) string { return strconv.Itoa(z.Config.Blocks) }

// A Piece is a part of a size's bar.
type Piece struct{ Class, Part, X, Width string }

// Mix is how the parameters of a size are shared out among its parts.
func (c *Sizes) Mix(z feature.Size) (list []Piece) {
	x := 0.0
	n := float64(max(1, z.Account.Parameters()))
	for _, p := range z.Account.Parts {
		w := float64(p.Parameters) / n
		list = append(list, Piece{Class: partClass(p.Part), X: Share(x), Width: Share(w)})
		x += w
	}
	return list
}

// Legend names the pieces.
func (c *Sizes) Legend() (list []Piece) {
	for _, p := range c.all[0].Account.Parts {
		list = append(list, Piece{Class: partClass(p.Part), Part: p.Part})
	}
	return list
}

// partClass is the style of a part: "part feed-forward".
func partClass(part string) string { return "part " + strings.ToLower(part) }
