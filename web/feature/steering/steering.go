// Package steering is the feature that adds a direction to the residual stream: from what some texts have there to what others have,
// as far as a slider says.
package steering

import (
	_ "embed"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

//go:embed colours.txt
var colours string

// Colours returns texts about red things, and behind an empty line about blue ones, of the world that the page's language model was
// trained on.
func Colours() string { return strings.TrimSpace(colours) }

// State is the direction.
type State struct {
	To, Away string // texts, one on a line each
	Step     string // of the residual stream, to which it is added; "": the usual one
	Strength float32

	place place // where the reader was when it was opened
}

// ids are those of both sets of texts. They are no part of what undo brings back, for the engine is asked but once.
type ids struct {
	of       string // both sets; "" of none they are known
	to, away [][]int
	asked    string // the sets that were asked for last
	fault    string // why these have none; "" they do, or it is not known yet
}

// A place is where a reader is in the model.
type place struct {
	stage run.Stage
	panel string
}

// Most is how strong it can be made, either way.
const Most = 8

// mostTexts is how many texts a set has at most, and mostLength how long both are together, in bytes.
const mostTexts, mostLength = 20, 4000

// between stands between both sets in a link.
const between = "\n\n"

// What the reader does.
type (
	// Toggled opens or closes the tool; what it added stays.
	Toggled struct{}
	// Typed changes the texts of one set.
	Typed struct {
		Away bool
		Text string
	}
	// Placed chooses the step of the residual stream.
	Placed struct{ Step string }
	// Moved changes the strength.
	Moved struct{ Strength float32 }
)

// Leads tells that the tool is another place.
func (Toggled) Leads() {}

const mode = "steering"

var (
	memory = feature.MemoryOf[State](mode)
	known  = feature.MemoryOf[ids](mode + ".ids")
)

const purpose feature.Purpose = mode

// Of returns the direction of a state: step and strength are those of the edit that adds it, if there is one.
func Of(s *feature.State) State {
	d := memory.Get(s)
	if e, at := made(s.Edits); at >= 0 {
		d.Step, d.Strength = e.Name, e.Value
	}
	if d.Step == "" {
		d.Step = usual(s)
	}
	return d
}

// with returns the direction with both sets of texts, as a link has them.
func (d State) with(texts string) State {
	d.To, d.Away, _ = strings.Cut(texts, between)
	return d
}

// made returns the edit that adds a direction, and its place among those of the page; −1: there is none.
func made(edits []run.Edit) (model.Edit, int) {
	for i, e := range edits {
		if m, err := model.ParseEdit(e.Spec); err == nil && m.Do == model.ActSteer && !e.Paused {
			return m, i
		}
	}
	return model.Edit{}, -1
}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:   mode,
		Handle: handle,
		Settle: settle,
		Forget: func(s *feature.State) {
			memory.Set(s, State{}.with(s.Choice().Steers))
			known.Set(s, ids{})
		},
		Replied:    answer,
		Holds:      func(s *feature.State) bool { return s.Mode == mode && !s.Host.Bare() },
		Stays:      func(s *feature.State) bool { return Of(s).place == place{s.Stage, s.Panel} },
		Told:       told,
		Properties: address.Table{{Name: "steer", Type: "text", Allowed: say.Steering.Values(), Doc: say.Steering.Doc(), Reveals: mode, Placed: true}},
		Link: func(s *feature.State, put func(property, value string)) {
			if s.Mode == mode {
				d := Of(s)
				put("steer", strings.TrimSpace(d.To)+between+strings.TrimSpace(d.Away))
			}
		},
		Follow: follow,
		Undone: mode,
		Tools: func(s *feature.State) []feature.Tool {
			return []feature.Tool{{Title: say.Steering.Title(), Hint: say.Steering.Hint(), Order: 80, Go: Toggled{}, On: s.Mode == mode}}
		},
		Escape: func(s *feature.State) feature.Msg {
			if s.Mode == mode {
				return Toggled{}
			}
			return nil
		},
		Components: []feature.Component{{Slot: feature.SlotInspector, Order: 57, When: func(c *feature.Screen) bool { return c.State.Mode == mode },
			Build: func(c *feature.Screen) vugu.Builder { return &Panel{Screen: c} }}},
		Random: func(r *rand.Rand, s *feature.State) []feature.Msg {
			list := []feature.Msg{Toggled{}, Typed{r.IntN(2) == 0, []string{"", "AB", "A\nB", "X"}[r.IntN(4)]}, Moved{float32(r.IntN(24) - 12)}}
			if steps := Steps(s); len(steps) > 0 {
				list = append(list, Placed{steps[r.IntN(len(steps))].Name})
			}
			return append(list, Placed{"none"})
		},
	}
}

// Steps lists the steps of the residual stream behind a whole block.
func Steps(s *feature.State) (list []model.Info) {
	for _, i := range s.Steps {
		if i.Op == model.OpAdd && i.Block >= 0 && i.Part == model.PartFeedForward {
			list = append(list, i)
		}
	}
	return list
}

// usual is where directions mostly do something: two thirds of the way through the blocks.
func usual(s *feature.State) string {
	steps := Steps(s)
	if len(steps) == 0 {
		return ""
	}
	return steps[min(len(steps)-1, (2*len(steps)+1)/3-1+len(steps)%3/2)].Name
}

func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Toggled:
		if u.Mode == mode {
			u.Mode = ""
			return true
		}
		open(u)
	case Typed:
		text := feature.Valid(m.Text)
		change(u, typing, func(d *State) {
			if m.Away {
				d.Away = text
			} else {
				d.To = text
			}
		})
	case Placed:
		if slices.ContainsFunc(Steps(&u.State), func(i model.Info) bool { return i.Name == m.Step }) {
			change(u, mode, func(d *State) { d.Step = m.Step })
		}
	case Moved:
		change(u, mode, func(d *State) { d.Strength = min(max(m.Strength, -Most), Most) })
	default:
		return false
	}
	return true
}

// typing is the kind of edit that changes texts: to undo it brings the texts back, and the direction between them.
const typing = mode + ".texts"

// change changes the direction, which is an edit of that kind.
func change(u *feature.Change, kind string, by func(d *State)) {
	was := memory.Get(&u.State)
	d := was
	if by(&d); d == was {
		return
	}
	u.Remember(kind)
	memory.Set(&u.State, d)
	steer(u, kind)
}

// open shows the tool.
func open(u *feature.Change) {
	u.Uncover()
	u.Mode = mode
	memory.Change(&u.State, func(d *State) { d.place = place{u.Stage, u.Panel} })
	u.Sheet = max(u.Sheet, feature.SheetHalf)
}

// follow takes over what a link says of the texts; step and strength stand in its edits.
func follow(u *feature.Change, l address.Link) {
	if l.Value("steer") == "" { // a link to another place
		if u.Mode == mode {
			u.Mode = ""
		}
		return
	}
	if texts := feature.Valid(l.Value("steer")); strings.Contains(texts, between) && len(texts) <= mostLength {
		memory.Change(&u.State, func(d *State) { *d = d.with(texts) })
	}
	open(u)
}

// steer makes the edit that adds the direction, as soon as the ids of its texts are known; without strength there is none.
func steer(u *feature.Change, kind string) {
	d, ids := Of(&u.State), known.Get(&u.State)
	edit, at := made(u.Edits)
	if d.Strength = memory.Get(&u.State).Strength; d.Strength != 0 {
		if ids.of != d.key() {
			return // Settle asks for them
		}
		edit = model.Edit{Name: memory.Get(&u.State).Step, Row: -1, Col: -1, Do: model.ActSteer, Value: d.Strength, To: ids.to, Away: ids.away}
		if edit.Name == "" {
			edit.Name = usual(&u.State)
		}
	}
	edits := slices.Clone(u.Edits)
	switch {
	case d.Strength == 0 && at >= 0:
		edits = slices.Delete(edits, at, at+1)
	case d.Strength == 0:
		return
	case at >= 0:
		edits[at].Spec = edit.String()
	default:
		edits = append(edits, run.Edit{Spec: edit.String()})
	}
	u.Handle(feature.EditsChanged{Edits: edits, Kind: kind})
}

// key tells sets of texts apart.
func (d State) key() string { return d.To + between + d.Away }

// lines returns the texts of a set.
func lines(text string) (list []string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// Lacks says what is missing for a direction; "" nothing.
func (d State) Lacks() string {
	to, away := lines(d.To), lines(d.Away)
	switch {
	case len(to) == 0 || len(away) == 0:
		return say.Steering.Missing()
	case len(to) > mostTexts || len(away) > mostTexts || len(d.To)+len(d.Away) > mostLength:
		return say.Steering.TooMuch(mostTexts)
	}
	return ""
}

// settle asks for the ids of the texts, and takes the strength of an edit that came by a link or was brought back.
func settle(u *feature.Change) {
	d, ids := Of(&u.State), known.Get(&u.State)
	if _, at := made(u.Edits); at < 0 && ids.of == d.key() { // the edit was taken away, or undone
		d.Strength = 0
	}
	memory.Change(&u.State, func(m *State) { m.Step, m.Strength = d.Step, d.Strength })
	if u.Mode != mode || d.Lacks() != "" || ids.asked == d.key() || u.Phase != feature.Ready || u.Suspended() || u.Waits(purpose) || u.Waits(feature.ForRun) {
		return
	}
	ids.asked, ids.fault = d.key(), ""
	known.Set(&u.State, ids)
	u.Ask(purpose, engine.Request{Lab: &engine.Lab{Texts: &engine.Texts{Texts: append(lines(d.To), lines(d.Away)...)}}})
}

// answer takes over the ids.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	d, of := memory.Get(&u.State), known.Get(&u.State)
	if p != purpose || of.asked != d.key() { // else it is asked again
		return
	}
	if to := len(lines(d.To)); r.Lab == nil || len(r.Lab.IDs) != to+len(lines(d.Away)) {
		of.fault = r.Error
	} else {
		of.of, of.to, of.away = of.asked, r.Lab.IDs[:to], r.Lab.IDs[to:]
	}
	if known.Set(&u.State, of); of.fault == "" {
		steer(u, typing)
	}
}

// told says what the direction does to the token that would come without it; "" there is none yet.
func told(s *feature.State) string {
	if d := Of(s); s.Mode != mode || d.Strength == 0 || s.Compared == nil || len(s.Compared.Tokens) == 0 || s.Waits(feature.ForRun) {
		return ""
	}
	was := s.Compared.Tokens[0]
	for _, p := range s.Compared.Tokens {
		if p.Before > was.Before {
			was = p
		}
	}
	best := s.Candidates[0]
	return say.Steering.Told(say.Short(Of(s).Strength), best.Text, say.Percent(best.Probability), was.Text, say.Percent(was.Before))
}
