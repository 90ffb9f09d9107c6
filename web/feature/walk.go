package feature

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"glassbox/web/address"
	"glassbox/web/lesson"
	"glassbox/web/run"
)

// What the reader does on the walk.
type (
	// LessonsRead brings the stops of the walk, or says why they can't be read.
	LessonsRead struct {
		Pages   []lesson.Page
		Problem string
	}
	// WalkMoved goes to a stop of the walk, counted from 1; 0 leaves.
	WalkMoved struct{ Stop int }
	// LinkFollowed follows a link of a lesson: a hash that changes what it names and keeps
	// the rest, with verbs in it or without.
	LinkFollowed struct{ Hash string }
)

// A walkTrip is what is remembered while the reader is on the walk.
type walkTrip struct {
	from address.Link // where the reader was
	lent string       // the text that a lesson set last
}

// Verbs returns what a link of a lesson can do besides going somewhere: the words stand in
// its hash without a value, "#step", "#text=AAA&step". The view obeys "type", which
// leads to the text field.
func Verbs() []string { return []string{"step", "play", "reset", "undo", "type"} }

// Stop returns the lesson of the stop where the reader is; ok is false without a walk.
func (s State) Stop() (page lesson.Page, ok bool) {
	if s.Walk < 1 || s.Walk > len(s.Lessons) {
		return page, false
	}
	return s.Lessons[s.Walk-1].For(s.Audience()), true
}

// Audience is the kind of readers for whom a line of a lesson can be: those of a model
// that reads "letters", or of one that reads "words".
func (s State) Audience() string { return s.View().Unit() + "s" }

// handleWalk handles the messages of the walk.
func (u *Change) handleWalk(m Msg) {
	switch m := m.(type) {
	case LessonsRead:
		u.Lessons, u.LessonProblem = m.Pages, m.Problem
		u.Walk = min(u.Walk, len(u.Lessons))
	case WalkMoved:
		u.walkTo(m.Stop)
	case LinkFollowed:
		u.followLessonLink(m.Hash)
	}
}

// walkTo goes to a stop, counted from 1, and to its place; 0 leaves.
func (u *Change) walkTo(stop int) {
	stop = min(max(stop, 0), len(u.Lessons))
	switch {
	case stop == u.Walk:
		return
	case stop == 0:
		u.leave()
		return
	case u.Walk == 0:
		u.trip = &walkTrip{from: u.Link()}
		u.Sheet = max(u.Sheet, SheetHalf)
	}
	u.Walk = stop
	u.followLessonLink(u.placeOf(stop))
}

// leave ends the walk and goes back to where the reader was. A text that a lesson set
// goes with it; one that the reader typed stays.
func (u *Change) leave() {
	t := u.trip
	if u.Walk, u.trip = 0, nil; t == nil {
		return // a link led into the walk: the reader was nowhere else
	}
	l := t.from
	l = l.Without("walk")
	l.Theme, l.Scale = u.Theme, u.Scale
	if now := u.Link(); u.Text != t.lent && (now.Typed != l.Typed || now.Text != l.Text) {
		l.Typed, l.Text, l.Generated, l.Sampling = now.Typed, now.Text, now.Generated, now.Sampling
	}
	u.goBy(l)
}

// followLessonLink follows a link of a lesson.
func (u *Change) followLessonLink(hash string) {
	keys := keysOf(hash)
	l := u.Patched(hash)
	if stop := stopOf(l); stop != u.Walk && !placed(keys) {
		u.walkTo(stop)
		return
	}
	before := len(u.commands)
	was := u.Input()
	u.goBy(l)
	if u.trip != nil && u.Text != was.Text {
		u.trip.lent = u.Text
	}
	if !placed(keys) { // the camera stays where the reader has it
		u.commands = append(u.commands[:before:before], slices.DeleteFunc(u.commands[before:], func(c Command) bool {
			_, fly := c.(Fly)
			_, aim := c.(SetCamera)
			return fly || aim
		})...)
	}
	for _, key := range keys {
		switch key {
		case "step":
			u.Step()
		case "play":
			u.Play()
		case "reset":
			u.Reset()
		case "undo":
			u.undo()
		}
	}
}

// goBy takes over a link that the reader followed inside the page: it can be undone.
func (u *Change) goBy(l address.Link) {
	u.Stop()
	if id := l.Model; id != "" && id != u.Model || id == "" && len(u.Models) > 0 && u.Model != u.Models[0].ID {
		u.enter(id, false)
	}
	past, later, kind := u.past, u.later, u.kind
	was := edit{u.Input(), u.Last, u.undone()}
	u.follow(l)
	u.past, u.later, u.kind = past, later, kind
	if !was.Equal(u.Input()) {
		u.past, u.later, u.kind = append(slices.Clip(past[max(0, len(past)-mostEdits+1):]), was), nil, ""
	}
	u.Compute()
	if u.Stage == run.StageTokenize && u.Tokenized == nil {
		u.Tokenize()
	}
}

// Patched returns the link to what the page shows, changed by the hash of a lesson: a text
// drops what was written after the text before, a place replaces the place. In a place,
// "last" stands for the last block, or for the last token.
func (s State) Patched(hash string) address.Link {
	keys := keysOf(hash)
	hash = strings.NewReplacer("cell=last.", fmt.Sprintf("cell=%d.", max(0, len(s.Tokens)-1)),
		"stage=block.last", "stage="+string(run.BlockStage(max(0, s.Config.Blocks-1)))).Replace(hash)
	if before, panel, ok := strings.Cut(hash, "panel="); ok {
		hash = before + "panel=" + s.lastBlock(panel)
	}
	patch := []string{strings.TrimPrefix(s.Hash(), "#")}
	if slices.Contains(keys, "text") {
		patch = append(patch, "generated=")
	}
	if placed(keys) {
		patch = append(patch, "stage=", "panel=", "cell=", "camera=", "sizes=")
	}
	l, _ := s.Properties().Parse(strings.Join(append(patch, strings.TrimPrefix(hash, "#")), "&"))
	if slices.Contains(keys, "panel") && !slices.Contains(keys, "stage") {
		l.Stage = s.StageOf(l.Panel)
	}
	return l
}

// withStop gives a link to a stop of the walk the place of that stop, unless it has one.
func (s State) withStop(l address.Link) address.Link {
	stop := min(stopOf(l), len(s.Lessons))
	l = s.Properties().With(l, "walk", strconv.Itoa(stop))
	if stop == 0 || l.Stage != run.StageOverview || l.Panel != "" {
		return l
	}
	place := s.Patched(s.placeOf(stop))
	l.Stage, l.Panel, l.Cell = place.Stage, place.Panel, place.Cell
	return l
}

// placeOf returns the link to the place of a stop, counted from 1: the whole model, where
// the lesson names none.
func (s State) placeOf(stop int) string {
	if place := s.Lessons[stop-1].Place; place != "" {
		return place
	}
	return "#stage="
}

// placed reports whether a link of a lesson leads somewhere.
func placed(keys []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return key == "stage" || key == "panel" || key == "cell" || key == "camera" })
}

// keysOf lists the keys and verbs of a hash.
func keysOf(hash string) (keys []string) {
	for part := range strings.SplitSeq(strings.TrimPrefix(hash, "#"), "&") {
		key, _, _ := strings.Cut(part, "=")
		keys = append(keys, key)
	}
	return keys
}

// onward returns the message that moves along the walk; nil without a walk, and at its
// ends.
func onward(by int) func(*State) Msg {
	return func(s *State) Msg {
		if to := s.Walk + by; s.Walk > 0 && to > 0 && to <= len(s.Lessons) {
			return WalkMoved{to}
		}
		return nil
	}
}
