// Package lessons is the feature that teaches: the walk, whose stops lead through the model with numbers
// of the reader's own text, and a word on each stage.
package lessons

import (
	"math/rand/v2"
	"strconv"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/lesson"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// State is the walk.
type State struct {
	Walk    int           // the stop where the reader is, counted from 1; 0: not on the walk
	Pages   []lesson.Page // the stops
	Problem string        // why there are none

	front string // the tensor whose head was asked to stand in front
	lit   lit    // what words of the stop have lit

	fetched fetched // what the scene was told to fetch
	trip    *trip   // nil: not on the walk, or led into it by a link
}

// A trip is what is remembered while the reader is on the walk.
type trip struct {
	from address.Link // where the reader was
	lent string       // the text that a lesson set last
}

var memory = feature.MemoryOf[State]("lessons")

// What happens to the walk.
type (
	// Read brings its stops, or says why they can't be read.
	Read struct {
		Pages   []lesson.Page
		Problem string
	}
	// Moved goes to a stop, counted from 1; 0 leaves.
	Moved struct{ Stop int }
)

// Silent tells that the page carries its lessons, whatever the reader does.
func (Read) Silent() {}

// Leads tells that a stop is another place.
func (Moved) Leads() {}

// Of returns what is known of the walk in a state.
func Of(s *feature.State) State { return memory.Get(s) }

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:     "lessons",
		Parts:    []address.Part{{Name: "walk", Doc: say.Lessons.PartWalk()}, {Name: "try", Doc: say.Lessons.PartTry()}},
		Handle:   handle,
		Settle:   settle,
		Prepare:  bringForward,
		Holds:    holds,
		Guides:   inWalk,
		Needs:    needs,
		Spot:     func(s *feature.State) string { return strconv.Itoa(Of(s).Walk) },
		Captions: captioned,
		Spoken:   spoken,
		Adds:     true,
		Properties: address.Table{{Name: "walk", Type: "whole number", Default: "0", Allowed: say.Lessons.WalkAllowed(),
			Doc: say.Lessons.WalkDoc(), Check: address.Whole(99)}},
		Link:     func(s *feature.State, put func(property, value string)) { put("walk", strconv.Itoa(Of(s).Walk)) },
		Complete: complete,
		Follow:   follow,
		Keys: []feature.Key{
			{Key: "n", Label: "N", Does: say.Lessons.NextKey(), Msg: onward(1)},
			{Key: "b", Label: "B", Does: say.Lessons.BackKey(), Msg: onward(-1)},
		},
		Escape:     release,
		Components: components(),
		Random: func(r *rand.Rand, s *feature.State) []feature.Msg {
			return []feature.Msg{Moved{r.IntN(13) - 1}, Moved{}, Pointed{"*.*"}, Pointed{}, Pressed{"*.*.*"}, Pressed{"*"}}
		},
	}
}

// spoken is the stop, which is read aloud before the place.
func spoken(s *feature.State) string {
	page, ok := Stop(s)
	if !ok {
		return ""
	}
	w := Of(s)
	return w.part(w.Walk).spoken(w.Walk, page.Title)
}

// components are the stop, in the inspector or for want of it on the scene, and what is said about a stage.
func components() []feature.Component {
	shown := func(is func(s *feature.State) bool) func(c *feature.Screen) bool {
		return func(c *feature.Screen) bool { return is(c.State) }
	}
	return []feature.Component{
		{Slot: feature.SlotInspector, Order: 3, When: shown(besideTool), Build: func(c *feature.Screen) vugu.Builder { return &Walk{Screen: c} }},
		{Slot: feature.SlotInspector, Order: 70, When: shown(alone), Build: func(c *feature.Screen) vugu.Builder { return &Walk{Screen: c} }},
		{Slot: feature.SlotInspectorEnd, Order: 10, When: shown(inWalk), Build: func(c *feature.Screen) vugu.Builder { return &Nav{Screen: c} }},
		{Slot: feature.SlotInspector, Order: 90, When: view.Staged, Build: func(c *feature.Screen) vugu.Builder { return &Stage{Screen: c} }},
		{Slot: feature.SlotInspector, Order: 100, When: view.Overview, Build: func(c *feature.Screen) vugu.Builder { return &Start{Screen: c} }},
		{Slot: feature.SlotInspector, Order: 165, When: counted, Build: func(c *feature.Screen) vugu.Builder { return &view.Parameters{Screen: c} }},
		{Slot: feature.SlotInspector, Order: 170, When: view.Staged, Build: func(c *feature.Screen) vugu.Builder { return &Try{Screen: c} }},
		{Slot: feature.SlotScene, Order: 70, When: shown(captioned), Build: func(c *feature.Screen) vugu.Builder { return &Caption{Screen: c} }},
		{Slot: feature.SlotPage, Order: 10, When: printed, Build: func(c *feature.Screen) vugu.Builder { return &Print{Screen: c} }},
	}
}

// bringForward has the head that the stop names stand in front of the others.
func bringForward(u *feature.Change) {
	w := Of(&u.State)
	name := named(&u.State)
	if name != w.front {
		w.front = name
		memory.Set(&u.State, w)
		u.Do(feature.Foreground{Name: name})
	}
}

// named returns the tensor of the first head that the stop has a live value of; "" none.
func named(s *feature.State) string {
	stop, _ := Stop(s)
	for _, b := range stop.Blocks {
		for _, line := range b.Lines {
			for _, span := range line {
				for _, part := range span.Parts {
					for _, word := range part.Words {
						if name := s.Config.NameHere(word); ofHead(name) {
							return name
						}
					}
				}
			}
		}
	}
	return ""
}

// needs lists what the live values of the walk are numbers of, or are added and multiplied from: of all stops, for all may
// be printed.
func needs(s *feature.State) (names []string) {
	if !walks(s) {
		return nil
	}
	for i := range Of(s).Pages {
		stopFor(s, i+1).Values(func(v lesson.Part) {
			for _, word := range v.Words[1:] {
				info, ok := s.Info(s.Config.NameHere(word))
				if !ok {
					continue
				}
				names = append(names, info.Name)
				for _, in := range info.Inputs {
					if from, _ := s.Info(in.Name); from.Kind != model.KindWeight {
						names = append(names, in.Name)
					}
				}
			}
		})
	}
	return names
}

// ofHead reports whether a name is that of a step of a head.
func ofHead(name string) bool {
	_, _, _, ok := model.ParseHeadName(name)
	return ok
}

// walks reports whether the reader is on the walk.
func walks(s *feature.State) bool {
	_, ok := Stop(s)
	return ok
}

// inWalk reports whether the stop stands in the inspector.
func inWalk(s *feature.State) bool { return walks(s) && !s.Host.Bare() }

// besideTool reports whether the stop stands in the inspector above the tool of the lab that it opens, alone whether it has the
// inspector to itself.
func besideTool(s *feature.State) bool { return inWalk(s) && inLab(s) && s.Tooled() }

func alone(s *feature.State) bool { return inWalk(s) && !besideTool(s) }

// holds reports whether the inspector is the walk's. A tool that stands below a stop has it.
func holds(s *feature.State) bool { return alone(s) || besideTool(s) && s.Mode == "" }

// inLab reports whether the stop is of a part of the walk behind the first one: there, tools of the lab are open.
func inLab(s *feature.State) bool {
	w := Of(s)
	return walks(s) && w.part(w.Walk).first > 1
}

// captioned reports whether it stands on the scene, for want of an inspector.
func captioned(s *feature.State) bool { return walks(s) && s.Host.Bare() }

// printed reports whether the walk is on its way to paper.
func printed(c *feature.Screen) bool { return c.Printing && walks(c.State) }

// counted reports whether a stop asks for where the parameters are, and the page does not show it anyway.
func counted(c *feature.Screen) bool {
	stop, _ := Stop(c.State)
	return stop.Picture == pictureParameters && !view.Overview(c)
}

// Stop returns the lesson of the stop where the reader is; ok is false without a walk.
func Stop(s *feature.State) (page lesson.Page, ok bool) {
	w := Of(s)
	if w.Walk < 1 || w.Walk > len(w.Pages) {
		return page, false
	}
	return stopFor(s, w.Walk), true
}

// stopFor returns the lesson of a stop, counted from 1, as it is for this model.
func stopFor(s *feature.State, stop int) lesson.Page { return Of(s).Pages[stop-1].For(Audience(s)...) }

func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Read:
		memory.Change(&u.State, func(w *State) {
			w.Pages, w.Problem, w.Walk = m.Pages, m.Problem, min(w.Walk, len(m.Pages))
		})
	case Moved:
		walkTo(u, m.Stop)
	case Pointed, Pressed:
		memory.Change(&u.State, func(w *State) { w.lit = w.lit.heard(m) })
	case feature.LinkFollowed:
		return followLink(u, m.Hash)
	default:
		return false
	}
	return true
}

// settle ends the walk where something else stands in the place of the model.
func settle(u *feature.Change) {
	if w := Of(&u.State); w.Walk > 0 && u.Covered() && !besideTool(&u.State) {
		memory.Set(&u.State, State{Pages: w.Pages, Problem: w.Problem, lit: w.lit, fetched: w.fetched})
	}
	settleTie(u)
	settleFetch(u)
}

// fetched is a row that comes from a table, for a token of an id.
type fetched struct {
	name    string
	row, id int
}

// settleFetch has the scene show how the token in use gets its row, at a stop about a step that fetches rows; once, and
// again for another token.
func settleFetch(u *feature.Change) {
	w := Of(&u.State)
	var want fetched
	if token := u.TokenInUse(); walks(&u.State) && u.Panel == "" && token >= 0 && !u.Replayed() {
		for _, name := range u.Names(u.Stage) {
			if info, _ := u.Info(name); info.Op.Fetches() && want.name == "" {
				want = fetched{name, token, u.Tokens[token].ID}
			}
		}
	}
	if want != w.fetched {
		w.fetched = want
		memory.Set(&u.State, w)
		u.Do(feature.Fetch{Name: want.name, Row: want.row})
	}
}

// walkTo goes to a stop, counted from 1, and to its place; 0 leaves.
func walkTo(u *feature.Change, stop int) {
	w := Of(&u.State)
	stop = min(max(stop, 0), len(w.Pages))
	switch {
	case stop == w.Walk:
		return
	case stop == 0:
		leave(u)
		return
	case w.Walk == 0:
		w.trip = &trip{from: u.Link()}
		u.Sheet = max(u.Sheet, feature.SheetHalf)
	}
	left := inLab(&u.State)
	w.Walk = stop
	memory.Set(&u.State, w)
	to := place(&u.State, stop)
	if left && !inLab(&u.State) {
		to += "&edit=" // what a stop of the lab changes stays there
	}
	sheet := u.Sheet
	visit(u, to)
	u.Sheet = max(u.Sheet, sheet) // the stop is to be read, whatever the tool leaves of the sheet
}

// leave ends the walk and goes back to where the reader was. A text that a lesson set
// goes with it; one that the reader typed stays.
func leave(u *feature.Change) {
	w := Of(&u.State)
	t := w.trip
	w.Walk, w.trip = 0, nil
	if memory.Set(&u.State, w); t == nil {
		return // a link led into the walk: the reader was nowhere else
	}
	l := t.from.Without("walk")
	l.Theme, l.Scale = u.Theme, u.Scale
	if now := u.Link(); u.Text != t.lent && (now.Typed != l.Typed || now.Text != l.Text) {
		l.Typed, l.Text, l.Generated, l.Sampling = now.Typed, now.Text, now.Generated, now.Sampling
	}
	u.GoBy(l)
}

// followLink follows a link of a lesson, if that is more than the page does: one to another stop, and
// nowhere else, leads to the place of that.
func followLink(u *feature.Change, hash string) bool {
	w := Of(&u.State)
	stop := stopOf(u.Patched(hash))
	switch {
	case stop != w.Walk && !feature.Placed(hash):
		walkTo(u, stop)
	case w.trip != nil:
		visit(u, hash)
	default:
		return false
	}
	return true
}

// visit follows a link on the walk, and remembers the text that it sets.
func visit(u *feature.Change, hash string) {
	was := u.Text
	u.GoByHash(hash)
	if w := Of(&u.State); w.trip != nil && u.Text != was {
		w.trip = &trip{w.trip.from, u.Text}
		memory.Set(&u.State, w)
	}
	u.DoVerbs(hash)
}

// complete gives the address of a stop the place of that stop, unless it has one.
func complete(u *feature.Change, l address.Link) address.Link {
	w := Of(&u.State)
	stop := min(stopOf(l), len(w.Pages))
	l = u.Properties().With(l, "walk", strconv.Itoa(stop))
	if stop == 0 {
		return l
	}
	u.Sheet = max(u.Sheet, feature.SheetHalf) // the stop is to be read
	if w.part(stop).first > 1 {
		return completed(u, l, stop)
	}
	if l.Stage == run.StageOverview && l.Panel == "" {
		place := u.Patched(place(&u.State, stop))
		l.Stage, l.Panel, l.Cell, l.AtLast = place.Stage, place.Panel, place.Cell, place.AtLast
	}
	return l
}

// completed gives the address of a stop of the lab that says nothing else all of its place: the text, the edits and the tool.
func completed(u *feature.Change, l address.Link, stop int) address.Link {
	bare := l.Without("walk")
	bare.Model, bare.Theme, bare.Language, bare.Scale = "", "", "", ""
	if table := u.Properties(); table.Hash(bare) != "" {
		return l
	}
	to := u.Patched(place(&u.State, stop))
	to.Model, to.Theme, to.Language, to.Scale = l.Model, l.Theme, l.Language, l.Scale
	return u.Properties().With(to, "walk", strconv.Itoa(stop))
}

// follow takes over what a link says.
func follow(u *feature.Change, l address.Link) {
	memory.Change(&u.State, func(w *State) {
		stop := min(stopOf(l), len(w.Pages))
		if stop > 0 && w.Walk == 0 {
			u.Sheet = max(u.Sheet, feature.SheetHalf) // the text of the stop, not its title alone
		}
		w.Walk = stop
	})
	if Of(&u.State).Walk > 0 && !(inLab(&u.State) && u.Tooled()) {
		u.Uncover() // it leads through the model
	}
}

// stopOf returns the stop that a link says, which its parser has checked.
func stopOf(l address.Link) int {
	n, _ := strconv.Atoi(l.Value("walk"))
	return n
}

// place returns the link to the place of a stop, counted from 1: the whole model, where
// the lesson names none.
func place(s *feature.State, stop int) string {
	if place := stopFor(s, stop).Place; place != "" {
		return place
	}
	return "#stage="
}

// onward returns the message that moves along the walk; nil without a walk, and at its
// ends.
func onward(by int) func(*feature.State) feature.Msg {
	return func(s *feature.State) feature.Msg {
		w := Of(s)
		if to := w.Walk + by; w.Walk > 0 && to > 0 && to <= len(w.Pages) {
			return Moved{to}
		}
		return nil
	}
}
