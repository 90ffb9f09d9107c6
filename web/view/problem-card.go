package view

import "glassbox/web/app"

// ProblemCard says what went wrong, where, and what to do, in the place where the model
// would be. What was there before stays visible.
type ProblemCard struct{ Root *Root }

// Acts reports whether there is anything to press.
func (c *ProblemCard) Acts() bool { return c.Root.State.Problem.Retry || c.Usable() }

// Usable reports whether the page can be used in spite of the problem.
func (c *ProblemCard) Usable() bool { return c.Root.State.Phase == app.Ready }

// Retry tries again.
func (c *ProblemCard) Retry() { c.Root.send(app.RetryPressed{}) }

// Dismiss closes the card.
func (c *ProblemCard) Dismiss() { c.Root.send(app.ProblemDismissed{}) }
