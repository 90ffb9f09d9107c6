package lessons

import (
	"strings"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/lesson"
	"glassbox/web/say"
)

// Words draws running text of a lesson. Its live values are numbers of the run on the
// page; one that is not known shows as "…".
type Words struct {
	Screen *feature.Screen
	Spans  []lesson.Span
	texts  []string // of this build
	hrefs  []string
	names  [][]string // what the spans are tied to
}

// Compute resolves the live values, the links and the ties.
func (c *Words) Compute(vugu.ComputeCtx) {
	c.texts, c.hrefs, c.names = make([]string, len(c.Spans)), make([]string, len(c.Spans)), make([][]string, len(c.Spans))
	for i, s := range c.Spans {
		if s.Kind == lesson.Tie {
			c.names[i] = Named(c.Screen.State, s.Tie)
		}
		for _, part := range s.Parts {
			c.texts[i] += partText(c.Screen, part)
		}
		if c.hrefs[i] = s.Link; strings.HasPrefix(s.Link, "#") {
			if c.hrefs[i] = c.Screen.State.Properties().Hash(c.Screen.State.Patched(s.Link)); c.hrefs[i] == "" {
				c.hrefs[i] = "#"
			}
		}
	}
}

// partText returns the text of a part of a lesson.
func partText(c *feature.Screen, p lesson.Part) string {
	if len(p.Words) == 0 {
		return p.Text
	}
	text, known, err := Live(c.State, p.Words)
	if !known && c.Printing && p.Words[0] == told {
		return say.Lessons.OnThePage() // one tool is open at a time
	}
	if !known || err != nil {
		return "…"
	}
	return text
}

// Is reports whether span i is of a kind.
func (c *Words) Is(i int, kind string) bool { return string(c.Spans[i].Kind) == kind }

// Told reports whether it is what a tool says: a sentence, not a number.
func (c *Words) Told(i int) bool {
	words := c.Spans[i].Parts[0].Words
	return c.Is(i, string(lesson.Live)) && len(words) > 0 && words[0] == told
}

// Inside reports whether span i is a link to this page.
func (c *Words) Inside(i int) bool {
	return c.Spans[i].Kind == lesson.Link && strings.HasPrefix(c.Spans[i].Link, "#")
}

// Outside reports whether span i is a link to somewhere else.
func (c *Words) Outside(i int) bool { return c.Spans[i].Kind == lesson.Link && !c.Inside(i) }

// Follow goes where a link leads, or does what it says. With a key held down, the browser
// opens the address of the link elsewhere.
func (c *Words) Follow(event vugu.DOMEvent, i int) {
	for _, held := range []string{"ctrlKey", "metaKey", "shiftKey", "altKey"} {
		if event.PropBool(held) {
			return
		}
	}
	event.PreventDefault()
	hash := c.Spans[i].Link
	c.Screen.Send(feature.LinkFollowed{Hash: hash})
	for part := range strings.SplitSeq(hash[1:], "&") {
		if part == "type" {
			c.Screen.Do(feature.Focus{ID: feature.TextFocus})
		}
	}
}
