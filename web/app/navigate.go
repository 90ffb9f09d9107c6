package app

import (
	"strings"

	"glassbox/web/engine"
)

// Link returns the link to what the page shows.
func (s State) Link() Link {
	l := Link{Model: s.Model, Generated: s.Generated, Stage: s.Stage, Panel: s.Panel, Sampling: s.Sampling, Theme: s.Theme, Walk: s.Walk}
	if len(s.Models) > 0 && s.Model == s.Models[0].ID {
		l.Model = ""
	}
	if s.Text != s.Choice().Example {
		l.Typed, l.Text = true, s.Text
	}
	if s.Last != nil && s.Choice().Letters > 0 {
		l.Generated = append(l.Generated[:len(l.Generated):len(l.Generated)], s.Last.ID)
	}
	if c := s.Cell; c != nil && c.Name == s.Panel {
		l.Cell = c
	}
	return l
}

// writeLink keeps the URL equal to the state. Going somewhere else makes an entry of the
// history; typing does not.
func (u *update) writeLink(m Msg) {
	if u.Phase == Starting {
		return // the hash has not been read yet
	}
	hash := u.Link().Hash()
	if u.cell != nil || u.last != nil || hash == u.link {
		return
	}
	u.link = hash
	push := false
	switch m.(type) {
	case StageChosen, PanelChosen, ModelChosen, WalkMoved, LinkFollowed:
		push = true
	}
	u.do(SetHash{hash, push})
}

// navigate takes over the hash of the URL: at the start, on back and forward, and when
// the reader edits it.
func (u *update) navigate(hash string) {
	if hash == "#" {
		hash = ""
	}
	if u.Phase != Starting && hash == u.link || len(u.Models) == 0 {
		return
	}
	l, warnings := ParseHash(hash)
	starting := u.Phase == Starting
	u.stop()
	u.link = hash
	var notes []string
	for _, w := range warnings {
		notes = append(notes, w.String())
	}
	if !u.enter(l.Model, starting) {
		notes = append(notes, "there is no model "+l.Model)
	}
	if len(notes) > 0 {
		u.Notice = "Part of this link could not be used. " + sentence(strings.Join(notes, "; "))
	}
	u.follow(u.withStop(l))
	if starting {
		u.load()
	} else if u.Phase == Failed {
		u.reload()
	}
	u.run()
}

// enter changes to the model of a link, and reports whether there is one of that name.
func (u *update) enter(id string, starting bool) bool {
	found := id == ""
	if len(u.Models) == 0 {
		return false
	}
	if found {
		id = u.Models[0].ID
	}
	for _, c := range u.Models {
		if c.ID != id {
			continue
		}
		found = true
		if id != u.Model {
			u.State = u.withModel(c)
			u.do(ShowSteps{})
			if !starting {
				u.reload()
			}
		}
	}
	return found
}

// follow takes over the rest of a link.
func (u *update) follow(l Link) {
	if u.Text = u.Choice().Example; l.Typed {
		u.Text = l.Text
	}
	u.past, u.later, u.kind = nil, nil, ""
	u.Sampling, u.Theme = l.Sampling, l.Theme
	u.Generated, u.Last, u.last = l.Generated, nil, nil
	if n := len(l.Generated); u.Choice().Letters > 0 && n > 0 && u.typed()+n == u.Config.Context+1 {
		u.Generated, u.last = l.Generated[:n-1:n-1], &l.Generated[n-1]
	}
	if u.stageThere(l.Stage) {
		u.Stage = l.Stage
	} else {
		u.Stage = StageOverview
		u.Notice = "This model has no stage " + string(l.Stage) + "."
	}
	u.Panel, u.Cell, u.cell, u.Walk = l.Panel, nil, l.Cell, l.Walk
	u.Hover, u.Explained = nil, nil
	if u.applied != 0 && u.ran.equal(u.input()) {
		u.keepCells() // no run will come that would do it
	}
	u.do(Fly{u.framed()})
}

// lastOfLink finds the last answer of a link among the candidates of the run.
func (u *update) lastOfLink() {
	if u.last == nil {
		return
	}
	for _, c := range u.Candidates {
		if c.ID == *u.last {
			u.Last = &engine.Candidate{ID: c.ID, Text: c.Text, Logit: c.Logit, Probability: c.Probability, Sampled: c.Sampled}
		}
	}
	u.last = nil
}

// goTo flies to a stage.
func (u *update) goTo(stage Stage) {
	if !u.stageThere(stage) {
		return
	}
	u.Stage, u.Panel, u.Cell, u.Hover, u.Explained = stage, "", nil, nil, nil
	u.do(Fly{u.framed()})
	if stage == StageTokenize && u.Tokenized == nil {
		u.tokenize()
	}
}

// choosePanel selects a step or weight and flies to it; "" goes back to its stage.
func (u *update) choosePanel(name string) {
	if _, ok := u.Info(name); !ok && name != "" {
		u.Notice = "This model has no step or weight named " + name + "."
		return
	}
	if u.Cell != nil && u.Cell.Name != name {
		u.Cell = nil
	}
	if u.Panel = name; name != "" {
		u.Stage = u.stageOf(name)
	}
	u.do(Fly{u.framed()})
	u.explain()
}

// framed returns what the camera should show: the panel, or else the stage.
func (s State) framed() []string {
	if s.Panel != "" {
		return []string{s.Panel}
	}
	return s.Names(s.Stage)
}
