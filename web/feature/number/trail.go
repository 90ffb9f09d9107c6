package number

import (
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Trail is the way from the number where the reader began to the pinned one, each a link
// back, with the button that goes on to the number that counts most.
type Trail struct {
	Screen              *feature.Screen
	first, middle, last []Crumb // of this build
	here                Crumb
	end                 string // why the way ends here, "" if it goes on
	token               int    // of the text, to which the end belongs, or −1
}

// A Crumb is a number of the way as it is shown.
type Crumb struct {
	Index                             int
	Block, Title, Where, Value, Label string
}

// lastCrumbs is how many numbers stand before the present one, when those in the middle of
// a long way are folded away.
const lastCrumbs = 3

// Compute finds what is shown of the way.
func (c *Trail) Compute(vugu.ComputeCtx) {
	s := c.Screen.State
	c.first, c.middle, c.last, c.here = nil, nil, nil, Crumb{}
	c.end, c.token = s.View().End()
	if len(s.Trail) == 0 || s.Cell == nil {
		return
	}
	for i, b := range s.Trail {
		crumb := c.crumb(i, b.Cell, b.Value, b.Known)
		switch n := len(s.Trail); {
		case i == 0:
			c.first = append(c.first, crumb)
		case n > lastCrumbs+2 && i < n-lastCrumbs:
			c.middle = append(c.middle, crumb)
		default:
			c.last = append(c.last, crumb)
		}
	}
	x := s.Explained
	known := x != nil && x.Name == s.Cell.Name && x.Row == s.Cell.Row && x.Col == s.Cell.Col && !x.Masked
	value := float32(0)
	if known {
		value = x.Value
	}
	c.here = c.crumb(len(s.Trail), *s.Cell, value, known)
}

func (c *Trail) crumb(i int, cell run.Cell, value float32, known bool) Crumb {
	b := Crumb{Index: i}
	title, where := c.Screen.State.View().Crumb(cell)
	b.Title = title
	b.Block, b.Where = c.Screen.State.View().CrumbShort(cell)
	info, _ := c.Screen.State.Info(cell.Name)
	if known {
		b.Value = run.Written(info.Op, value, say.Rounded[float32])
	}
	shown := strings.TrimSpace(b.Block + " " + b.Title + " " + b.Where + " " + b.Value)
	if info.Block >= 0 {
		b.Label = say.Numbers.CrumbInBlock(i+1, shown, info.Block+1, where)
	} else {
		b.Label = say.Numbers.Crumb(i+1, shown, where)
	}
	return b
}

// Some reports whether there is a way.
func (c *Trail) Some() bool { return len(c.first) > 0 }

// Between says how many numbers are folded away.
func (c *Trail) Between() string { return say.Numbers.Between(len(c.middle)) }

// Go leads back to a number.
func (c *Trail) Go(i int) {
	c.Screen.Send(feature.CrumbChosen{Index: i})
	c.Screen.Do(feature.Focus{ID: "follow-largest"})
}

// Back leads to the number before; the focus stays while there is one.
func (c *Trail) Back() {
	n := len(c.Screen.State.Trail)
	c.Screen.Send(feature.CrumbChosen{Index: n - 1})
	if n == 1 {
		c.Screen.Do(feature.Focus{ID: "follow-largest"})
	}
}

// Follow goes on to the number that counts most; the focus stays.
func (c *Trail) Follow() { c.Screen.Send(feature.LargestFollowed{}) }

// Ended says that the button has nothing to follow. It is not disabled, so that it keeps the
// focus of a reader who has pressed it down to the end.
func (c *Trail) Ended() string { return feature.Choose(c.end != "", "true", "false") }

// FollowText says what the button follows: of a sum what speaks for it, and where a number was not summed what it came from.
func (c *Trail) FollowText() string {
	switch c.Screen.State.View().Follows() {
	case explain.Only:
		return say.Numbers.FollowOne()
	case explain.Larger:
		return say.Numbers.FollowLarger()
	case explain.Largest:
		return say.Numbers.FollowLargest()
	}
	return say.Numbers.Follow()
}

// FollowHint says so at length.
func (c *Trail) FollowHint() string {
	if c.Screen.State.View().Follows() == explain.LargestOfSign {
		return say.Numbers.FollowSignHint()
	}
	return say.Numbers.FollowHint()
}

// TokenText names the token of the text at the end.
func (c *Trail) TokenText() string {
	if c.token < 0 || c.token >= len(c.Screen.State.Tokens) {
		return ""
	}
	return say.Numbers.ShowToken(c.Screen.State.Tokens[c.token].Text)
}

// Token leads to its chip.
func (c *Trail) Token() { c.Screen.Do(feature.Focus{ID: feature.TokenFocus(c.token)}) }

// Icon draws a picture of the shell.
func (c *Trail) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }
