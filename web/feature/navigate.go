package feature

import (
	"strings"

	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// writeLink keeps the URL equal to the state. Going somewhere else makes an entry of the
// history; typing does not.
func (u *Change) writeLink(m Msg) {
	if u.Phase == Starting {
		return // the hash has not been read yet
	}
	hash := u.Hash()
	if u.linkCell != nil || u.linkLast != nil || hash == u.link {
		return
	}
	u.link = hash
	u.Do(SetHash{hash, leads(m) || u.leadsAway})
}

// leads reports whether a message takes the reader to another place, to which back and
// forward return.
func leads(m Msg) bool {
	switch m.(type) {
	case StageChosen, PanelChosen, CellChosen, ModelChosen,
		CellVisited, TraceStarted, OperandFollowed, LargestFollowed, CrumbChosen, Leading:
		return true
	}
	return false
}

// navigate takes over the hash of the URL: at the start, on back and forward, and when
// the reader edits it.
func (u *Change) navigate(hash string) {
	if hash == "#" {
		hash = ""
	}
	if u.Phase != Starting && hash == u.link || len(u.Models) == 0 {
		return
	}
	l, warnings := u.Properties().Parse(hash)
	starting := u.Phase == Starting
	if !starting {
		u.Notice = "" // of the address before
	}
	u.Stop()
	u.link = hash
	u.closeSuspending()
	if c, ok := u.From(l.Value(AddressProperty)); ok {
		l.Model = c.ID
	}
	u.awaited = ""
	if !u.enter(l.Model, starting) {
		warnings = append(warnings, u.without(&l, hash)...)
	}
	if !l.Language.In(u.languages()) {
		warnings = append(warnings, address.Warning{Name: "language", Reason: say.Feature.LinkNoLanguage(string(l.Language), u.languages())})
		l.Language = ""
	}
	u.Warn(warnings)
	for _, f := range u.list() {
		if f.Complete != nil {
			l = f.Complete(u, l)
		}
	}
	was := u.Hash()
	u.follow(l)
	u.revealNew(was, hash)
	if starting {
		u.load()
	} else if u.Phase == Failed {
		u.reload()
	}
	u.Compute()
}

// direct goes where a program says. Unlike after navigate, the URL does not have it yet.
func (u *Change) direct(hash string) {
	link := u.link
	u.navigate(hash)
	u.link, u.leadsAway = link, true
}

// languages returns what the page can speak.
func (s State) languages() []string {
	if s.Languages == nil {
		return []string{say.English.Tag}
	}
	return s.Languages
}

// Warn says what of an address could not be used, after what is said already.
func (u *Change) Warn(warnings []address.Warning) {
	if len(warnings) == 0 {
		return
	}
	var reasons []string
	for _, w := range warnings {
		reasons = append(reasons, w.String())
	}
	u.AddNotice(say.Feature.AddressUnused(strings.Join(reasons, "; ")))
}

// AddNotice says something after what is said already.
func (u *Change) AddNotice(notice string) {
	if strings.Contains(u.Notice, notice) {
		return
	}
	if u.Notice != "" {
		notice = u.Notice + " " + notice
	}
	u.Notice = notice
}

// enter changes to the model of a link, and reports whether there is one of that name.
func (u *Change) enter(id string, starting bool) bool {
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
			u.Do(ShowSteps{})
			if !starting {
				u.reload()
			}
		}
	}
	return found
}

// follow takes over the rest of a link.
func (u *Change) follow(l address.Link) {
	if u.Text = u.Choice().Example; l.Typed {
		u.Text = Valid(u.Fit(l.Text))
	}
	if u.Form = string(l.Form); !u.Choice().Reads(u.Form) {
		u.AddNotice(say.Feature.LinkNoForm(u.Choice().Label, u.Form))
		u.Form = engine.FormText
	}
	u.Uncover()
	u.past, u.later, u.kind = nil, nil, ""
	u.Sampling, u.Theme, u.Language, u.Scale = l.Sampling, l.Theme, l.Language, l.Scale
	u.Edits, u.Show = l.Edits, l.Show
	u.Generated, u.Last, u.linkLast = l.Generated, nil, nil
	if n := len(l.Generated); u.Choice().Letters > 0 && n > 0 && u.Typed()+n == u.Config.Context+1 {
		u.Generated, u.linkLast = l.Generated[:n-1:n-1], &l.Generated[n-1]
	}
	if u.HasStage(l.Stage) {
		u.Stage = l.Stage
	} else {
		u.Stage = run.StageOverview
		u.AddNotice(say.Feature.NoStage(string(l.Stage)))
	}
	u.Panel, u.Cell, u.linkCell, u.lastPin = l.Panel, nil, l.Cell, nil
	if l.AtLast {
		u.lastPin = l.Cell
	}
	u.Hover, u.Explained, u.Trail = nil, nil, unconfirmed(l.Trail)
	for _, f := range u.list() {
		if f.Follow != nil {
			f.Follow(u, l)
		}
	}
	if u.Applied != 0 && u.Ran.Equal(u.Input()) {
		u.keepCells() // no run will come that would do it
	}
	u.aim(l.Camera)
}

// PutAt puts the reader at a stage, in the stead of the panel and number that a link names.
func (u *Change) PutAt(stage run.Stage) {
	u.Stage, u.Panel, u.linkCell, u.Trail = stage, "", nil, nil
}

// lastOfLink finds the last answer of a link among the candidates of the run.
func (u *Change) lastOfLink() {
	if u.linkLast == nil {
		return
	}
	for _, c := range u.Candidates {
		if c.ID == *u.linkLast {
			u.Last = &engine.Candidate{ID: c.ID, Text: c.Text, Logit: c.Logit, Probability: c.Probability, Sampled: c.Sampled}
		}
	}
	u.linkLast = nil
}

// GoTo flies to a stage.
func (u *Change) GoTo(stage run.Stage) {
	if !u.HasStage(stage) {
		return
	}
	u.Stage, u.Panel, u.Cell, u.Hover, u.Explained = stage, "", nil, nil, nil
	u.Uncover()
	u.Frame()
}

// ChoosePanel selects a step or weight and flies to it; "" goes back to its stage.
func (u *Change) ChoosePanel(name string) {
	if _, ok := u.Info(name); !ok && name != "" {
		u.Notice = say.Feature.NoPanel(name)
		return
	}
	if u.Cell != nil && u.Cell.Name != name {
		u.Cell = nil
	}
	if u.Panel = name; name != "" {
		u.Stage = u.StageOf(name)
	}
	u.Uncover()
	u.Frame()
	u.FetchExplanation()
}

// framed returns what the camera should show: what a feature puts in its place, the panel, or else
// the stage.
func (s State) framed() []string {
	if f := s.list().Named(s.Mode); f.Framed != nil {
		return f.Framed(&s)
	}
	if s.Panel != "" {
		return []string{s.Panel}
	}
	return s.Names(s.Stage)
}
