package flow

import (
	"math"
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Bar is the transport of the computation: what is computed at this moment, and the controls
// that run it, hold it, and lead from step to step.
type Bar struct{ Screen *feature.Screen }

func (c *Bar) state() State { return Of(c.Screen.State) }

// Icon draws a picture of the shell.
func (c *Bar) Icon(name string) vugu.Builder { return &view.Icon{Name: name} }

// ticks is how many places of the slider make a second.
const ticks = 10

// Text says what is computed.
func (c *Bar) Text() string { return Text(c.Screen.State) }

// Formula says how.
func (c *Bar) Formula() vugu.Builder {
	return &view.Formula{Screen: c.Screen, List: Formula(c.Screen.State)}
}

// Count says which step that is.
func (c *Bar) Count() string {
	at, of := Count(c.Screen.State)
	return strconv.Itoa(at) + " / " + strconv.Itoa(of)
}

// Said is what the slider says for itself.
func (c *Bar) Said() string {
	at, of := Count(c.Screen.State)
	return say.Flow.Said(c.Text(), at, of)
}

func (c *Bar) length() float64 {
	if line := c.state().Timeline(); line != nil {
		return line.Length
	}
	return 0
}

// Most is the right end of the slider.
func (c *Bar) Most() int { return int(math.Ceil(c.length() * ticks)) }

// At is the place of the slider.
func (c *Bar) At() int { return int(math.Round(c.state().At * ticks)) }

// Share is how far it is filled.
func (c *Bar) Share() string { return view.Share(c.state().At / max(c.length(), 1e-6)) }

// Seek takes over the slider.
func (c *Bar) Seek(event vugu.DOMEvent) {
	if v, ok := view.FieldNumber(event); ok {
		c.Screen.Send(Sought{At: v / ticks})
	}
}

// Still reports whether nothing runs by itself.
func (c *Bar) Still() bool { return c.Screen.State.Still() }

// Play runs or holds it.
func (c *Bar) Play() { c.Screen.Send(Played{}) }

// PlayIcon shows what a press does.
func (c *Bar) PlayIcon() string {
	return feature.Choose(c.state().Playing, "pause", "play")
}

// PlayLabel says it.
func (c *Bar) PlayLabel() string {
	return feature.Choose(c.state().Playing, say.Flow.Hold(), say.Flow.Run())
}

// Back goes to the step before.
func (c *Bar) Back() { c.Screen.Send(Stepped{By: -1}) }

// On goes to the next one.
func (c *Bar) On() { c.Screen.Send(Stepped{By: 1}) }

// First and Last report whether there is nothing more in that direction.
func (c *Bar) First() bool { return c.state().At <= 0 }

// Last is described at First.
func (c *Bar) Last() bool { return c.state().At >= c.length() }

// Pace writes the speed that is chosen.
func (c *Bar) Pace() string { return say.Short(float32(c.state().Speed())) + "×" }

// PaceLabel says it, and that a press changes it.
func (c *Bar) PaceLabel() string { return say.Flow.PaceNow(c.Pace()) }

// NextPace chooses the next speed; after the fastest comes the slowest.
func (c *Bar) NextPace() {
	list := Paces()
	for i, pace := range list {
		if pace == c.state().Speed() {
			c.Screen.Send(Paced{Pace: list[(i+1)%len(list)]})
			return
		}
	}
}

// CanWrite reports whether a token can follow.
func (c *Bar) CanWrite() bool { return c.Screen.State.Next != nil && !c.state().Writing }

// WriteText says what a press writes, and in a tag that narrow screens leave out when: at once, or when all is computed.
func (c *Bar) WriteText() []say.Piece {
	if c.Last() || c.Still() {
		return say.Flow.WriteNow()
	}
	return say.Flow.WriteAtTheEnd()
}

// Write runs to the end and writes the drawn token.
func (c *Bar) Write() { c.Screen.Send(Written{}) }

// Close shows everything again.
func (c *Bar) Close() {
	c.Screen.Send(Toggled{})
	c.Screen.Do(feature.Focus{ID: "watch"})
}
