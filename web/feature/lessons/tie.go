package lessons

import (
	"slices"
	"strings"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/lesson"
)

// What the reader does with words that are tied. A tie names what they mean in the scene, as the lesson writes it:
// "h.0.attn.head.*.query".
type (
	// Pointed comes to such words, by pointer or focus; "" leaves them.
	Pointed struct{ Tie string }
	// Pressed keeps what they name lit, until it is pressed once more.
	Pressed struct{ Tie string }
)

// Silent tells that the reader did nothing but point.
func (Pointed) Silent() {}

// lit is what words of the stop have lit in the scene.
type lit struct {
	pointed, held string   // ties
	stop          int      // where they stand
	names         []string // what the scene was told
}

// now returns the tie that counts: those that the reader is at, or else those that were pressed.
func (t lit) now() string {
	if t.pointed != "" {
		return t.pointed
	}
	return t.held
}

// heard takes over what the reader does.
func (t lit) heard(m feature.Msg) lit {
	switch m := m.(type) {
	case Pointed:
		t.pointed = m.Tie
	case Pressed:
		if t.pointed = ""; t.held == m.Tie {
			t.held = ""
		} else {
			t.held = m.Tie
		}
	}
	return t
}

// allWeights is what a tie says for all learned numbers, whatever a model calls them.
const allWeights = "weights"

// Named returns the steps and weights of the model that a tie names, in their order.
func Named(s *feature.State, t string) (names []string) {
	patterns := strings.Split(t, ",")
	for i, p := range patterns {
		patterns[i] = s.Config.NameHere(p)
	}
	for i := range s.Steps {
		if slices.ContainsFunc(patterns, func(p string) bool {
			return means(p, s.Steps[i].Name) || p == allWeights && s.Steps[i].Kind == model.KindWeight
		}) {
			names = append(names, s.Steps[i].Name)
		}
	}
	return names
}

// means reports whether a pattern means a name: * stands for any one of its parts, between dots.
func means(pattern, name string) bool {
	for {
		p, patternOn, more := strings.Cut(pattern, ".")
		n, nameOn, long := strings.Cut(name, ".")
		if p != n && p != "*" || more != long {
			return false
		}
		if !more {
			return true
		}
		pattern, name = patternOn, nameOn
	}
}

// settleTie has the scene light what the words name at which the reader is, and forgets words of a stop that was left.
func settleTie(u *feature.Change) {
	w := Of(&u.State)
	was := w.lit
	if w.Walk != w.lit.stop || w.Walk == 0 {
		w.lit = lit{stop: w.Walk, names: was.names}
	}
	var names []string
	if now := w.lit.now(); now != "" {
		names = Named(&u.State, now)
	}
	if w.lit.names = names; !slices.Equal(was.names, names) {
		u.Do(feature.Spotlight{Names: names})
	} else if w.lit.pointed == was.pointed && w.lit.held == was.held && w.lit.stop == was.stop {
		return
	}
	memory.Set(&u.State, w)
}

// release is what Escape does to words that are lit.
func release(s *feature.State) feature.Msg {
	if t := Of(s).lit; t.held != "" {
		return Pressed{t.held}
	} else if t.pointed != "" {
		return Pointed{}
	}
	return nil
}

// Tied reports whether span i is tied to something that the model has; otherwise it is plain text.
func (c *Words) Tied(i int) bool { return len(c.names[i]) > 0 }

// Untied reports whether span i is plain text.
func (c *Words) Untied(i int) bool {
	return c.Spans[i].Kind == lesson.Plain || c.Spans[i].Kind == lesson.Tie && !c.Tied(i)
}

// TieClass colours words as what they name, and lights them where that is lit or pointed at in the scene.
func (c *Words) TieClass(i int) string {
	s := c.Screen.State
	on := Of(s).lit.now() == c.Spans[i].Tie || s.Hover != nil && slices.Contains(c.names[i], s.Hover.Name)
	return "tie " + c.Screen.KindOf(c.names[i][0]) + feature.Choose(on, " lit", "")
}

// Held says whether what the words name stays lit.
func (c *Words) Held(i int) string {
	return feature.Choose(Of(c.Screen.State).lit.held == c.Spans[i].Tie, "true", "false")
}

// Point comes to the words of span i.
func (c *Words) Point(i int) { c.Screen.Send(Pointed{c.Spans[i].Tie}) }

// Leave leaves them.
func (c *Words) Leave() { c.Screen.Send(Pointed{}) }

// Press keeps what they name lit, or lets it go.
func (c *Words) Press(i int) { c.Screen.Send(Pressed{c.Spans[i].Tie}) }
