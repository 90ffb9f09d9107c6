// Package consent is the feature that keeps a file of the reader's to the reader: what its model holds and computes, and the
// text that was typed for it, goes to another page only after a yes.
package consent

import (
	"math/rand/v2"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// State is what the reader has answered, if the page around this one, or the page that opened it, has asked.
type State struct {
	model string // the file's that it is about, as the id of its model
	asked bool   // and not answered yet
	given bool
}

var memory = feature.MemoryOf[State]("consent")

// Asked says that another page wants to know something of the model.
type Asked struct{}

// Silent tells that another page asks, not the reader.
func (Asked) Silent() {}

// Given reports whether another page may have what this one shows: always, but for a model from a file of the reader's.
func Given(s *feature.State) bool {
	c := memory.Get(s)
	return s.Choice().Source == nil || c.given && c.model == s.Model
}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:   "consent",
		Handle: handle,
		Random: func(*rand.Rand, *feature.State) []feature.Msg { return []feature.Msg{Asked{}} },
	}
}

// asks reports whether the question stands there. It goes with its model.
func asks(s *feature.State) bool {
	c := memory.Get(s)
	return c.asked && c.model == s.Model && s.Problem != nil && s.Problem.Yes != ""
}

// handle asks for each file until there is an answer, and takes that.
func handle(u *feature.Change, m feature.Msg) bool {
	c := memory.Get(&u.State)
	switch m.(type) {
	case Asked:
		if s := u.Choice().Source; s != nil && u.Problem == nil && (c.asked || c.model != u.Model) {
			memory.Set(&u.State, State{model: u.Model, asked: true})
			u.Problem = &feature.Problem{Title: say.Consent.Title(s.Name), Detail: say.Consent.Says(), Retry: true, Stays: true,
				Yes: say.Consent.Allow(), No: say.Consent.Refuse()}
		}
		return true
	case feature.RetryPressed, feature.ProblemDismissed:
		if asks(&u.State) {
			_, yes := m.(feature.RetryPressed)
			memory.Set(&u.State, State{model: u.Model, given: yes})
			u.Problem = nil
			return true
		}
	}
	return false
}
