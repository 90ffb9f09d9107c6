package view

import (
	"cmp"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// ProblemCard says what went wrong, where, and what to do, in the place where the model
// would be. What was there before stays visible.
type ProblemCard struct{ Screen *feature.Screen }

// Acts reports whether there is anything to press.
func (c *ProblemCard) Acts() bool { return c.Screen.State.Problem.Retry || c.Usable() }

// Usable reports whether the page can be used in spite of the problem.
func (c *ProblemCard) Usable() bool { return c.Screen.State.Phase == feature.Ready }

// Retry tries again.
func (c *ProblemCard) Retry() { c.Screen.Send(feature.RetryPressed{}) }

// Dismiss closes the card.
func (c *ProblemCard) Dismiss() { c.Screen.Send(feature.ProblemDismissed{}) }

// Yes and No are what the buttons say.
func (c *ProblemCard) Yes() string { return cmp.Or(c.Screen.State.Problem.Yes, say.View.Retry()) }

// No is described at Yes.
func (c *ProblemCard) No() string { return cmp.Or(c.Screen.State.Problem.No, say.View.Close()) }
