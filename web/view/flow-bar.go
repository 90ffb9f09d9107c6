package view

import (
	"math"
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
)

// FlowBar is the transport of the flow: what is computed at this moment, and the controls
// that run it, hold it, and lead from step to step.
type FlowBar struct{ Screen *feature.Screen }

// ticks is how many places of the slider make a second.
const ticks = 10

// Text says what is computed.
func (c *FlowBar) Text() string { return feature.FlowText(*c.Screen.State) }

// Formula says how.
func (c *FlowBar) Formula() string { return feature.FlowFormula(*c.Screen.State) }

// Count says which step that is.
func (c *FlowBar) Count() string {
	at, of := feature.FlowCount(*c.Screen.State)
	return strconv.Itoa(at) + " / " + strconv.Itoa(of)
}

// Said is what the slider says for itself.
func (c *FlowBar) Said() string {
	at, of := feature.FlowCount(*c.Screen.State)
	return c.Text() + ", step " + strconv.Itoa(at) + " of " + strconv.Itoa(of)
}

func (c *FlowBar) length() float64 {
	if line := c.Screen.State.Timeline(); line != nil {
		return line.Length
	}
	return 0
}

// Most is the right end of the slider.
func (c *FlowBar) Most() int { return int(math.Ceil(c.length() * ticks)) }

// At is the place of the slider.
func (c *FlowBar) At() int { return int(math.Round(c.Screen.State.Flow.At * ticks)) }

// Share is how far it is filled.
func (c *FlowBar) Share() string { return Share(c.Screen.State.Flow.At / max(c.length(), 1e-6)) }

// Seek takes over the slider.
func (c *FlowBar) Seek(event vugu.DOMEvent) {
	if v, ok := FieldNumber(event); ok {
		c.Screen.Send(feature.FlowSought{At: v / ticks})
	}
}

// Still reports whether nothing runs by itself.
func (c *FlowBar) Still() bool { return c.Screen.State.Still() }

// Play runs or holds it.
func (c *FlowBar) Play() { c.Screen.Send(feature.FlowPlayed{}) }

// PlayIcon shows what a press does.
func (c *FlowBar) PlayIcon() string {
	return feature.Choose(c.Screen.State.Flow.Playing, "pause", "play")
}

// PlayLabel says it.
func (c *FlowBar) PlayLabel() string {
	return feature.Choose(c.Screen.State.Flow.Playing, "Hold the computation", "Run the computation")
}

// Back goes to the step before.
func (c *FlowBar) Back() { c.Screen.Send(feature.FlowStepped{By: -1}) }

// On goes to the next one.
func (c *FlowBar) On() { c.Screen.Send(feature.FlowStepped{By: 1}) }

// First and Last report whether there is nothing more in that direction.
func (c *FlowBar) First() bool { return c.Screen.State.Flow.At <= 0 }

// Last is described at First.
func (c *FlowBar) Last() bool { return c.Screen.State.Flow.At >= c.length() }

// Pace writes the speed that is chosen.
func (c *FlowBar) Pace() string { return paceText(c.Screen.State.Flow.Speed()) }

// PaceLabel says it, and that a press changes it.
func (c *FlowBar) PaceLabel() string { return "Speed " + c.Pace() + "; change it" }

// NextPace chooses the next speed; after the fastest comes the slowest.
func (c *FlowBar) NextPace() {
	list := feature.Paces()
	for i, pace := range list {
		if pace == c.Screen.State.Flow.Speed() {
			c.Screen.Send(feature.FlowPaced{Pace: list[(i+1)%len(list)]})
			return
		}
	}
}

func paceText(pace float64) string { return strconv.FormatFloat(pace, 'f', -1, 64) + "×" }

// CanWrite reports whether a token can follow.
func (c *FlowBar) CanWrite() bool { return c.Screen.State.Next != nil && !c.Screen.State.Flow.Writing }

// WriteWhen says when a token is written: at once, or when all is computed.
func (c *FlowBar) WriteWhen() string {
	return feature.Choose(c.Last() || c.Still(), " now", " at the end")
}

// Write runs to the end and writes the drawn token.
func (c *FlowBar) Write() { c.Screen.Send(feature.FlowWritten{}) }

// Close shows everything again.
func (c *FlowBar) Close() {
	c.Screen.Send(feature.FlowToggled{})
	c.Screen.Do(feature.Focus{ID: "watch"})
}
