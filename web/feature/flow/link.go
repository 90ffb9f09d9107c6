package flow

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

func properties() address.Table {
	return address.Table{
		{Name: "flow", Type: "name", Allowed: say.Flow.PlaceValues("h.0.ln_1_50"), Doc: say.Flow.PlaceDoc(),
			Check: func(v string) (string, error) {
				if v == "" {
					return "", nil
				}
				_, _, err := parsePlace(v)
				return v, err
			}},
		{Name: "pace", Type: "choice", Default: "1", Allowed: "0.25, 0.5, 1, 2, 4", Doc: say.Flow.PaceDoc(),
			Check: func(v string) (string, error) {
				pace, err := parsePace(v)
				return paceText(State{Pace: pace}), err
			}},
	}
}

func link(s *feature.State, put func(property, value string)) {
	put("flow", Of(s).place())
	put("pace", paceText(Of(s)))
}

// follow takes over what a link says; the place waits for a run.
func follow(u *feature.Change, l address.Link) {
	pace, _ := parsePace(l.Value("pace")) // the parser of the link has checked it
	memory.Change(&u.State, func(f *State) { *f = State{Pace: pace, shown: f.shown, wanted: l.Value("flow")} })
}

// lacks returns the step of a link, if the model has none of its name.
func lacks(s *feature.State, l address.Link) (what, name string) {
	name, _, err := parsePlace(l.Value("flow"))
	if _, ok := s.Info(s.Config.NameHere(name)); err == nil && !ok {
		return say.Flow.LackedStep(), name
	}
	return "", ""
}

// openWanted begins to watch where a link says.
func (f *State) openWanted(u *feature.Change) {
	place := f.wanted
	f.wanted = ""
	f.newTimeline(u, 0)
	name, _, _ := parsePlace(place)
	if _, there := f.line.Of(name); !there {
		f.close(u)
		u.AddNotice(say.Flow.NoStep(name))
		return
	}
	stage := u.Stage
	f.On, f.Playing = true, false
	f.goTo(u, place)
	if stage != run.StageOverview {
		u.Stage = stage // where the reader had gone meanwhile
	}
}

// goTo goes where a link says; to the start if there is no such step.
func (f *State) goTo(u *feature.Change, place string) {
	name, share, err := parsePlace(place)
	at := 0.0
	if beat, ok := f.line.Of(name); ok && err == nil {
		at = f.line.Place(beat, share)
	}
	f.put(u, at)
}

// place says how far it is, as it stands in a link: the step and how much of it is done, in
// percent. While it runs, that is where the reader last put it.
func (f State) place() string {
	if !f.On || f.line == nil {
		return f.wanted
	}
	at := f.At
	if f.Playing {
		at = f.rested
	}
	percent := int(math.Ceil(f.line.Share(at)*100 - 1e-6))
	return fmt.Sprintf("%s_%d", f.line.Beats[f.line.Beat(at)].Names[0], percent)
}

// parsePlace reads what place wrote.
func parsePlace(v string) (name string, share float64, err error) {
	i := strings.LastIndexByte(v, '_')
	if i <= 0 {
		return "", 0, errors.New(say.Flow.NoPlace())
	}
	percent, err := address.ParseInt(v[i+1:], 100)
	if err == nil {
		err = address.Identifier(v[:i])
	}
	return v[:i], float64(percent) / 100, err
}

func parsePace(v string) (float64, error) {
	pace, err := strconv.ParseFloat(v, 64)
	if err != nil || !slices.Contains(Paces(), pace) {
		return 0, errors.New(say.Flow.NoPace(fmt.Sprintf("%.40q", v)))
	}
	if pace == 1 {
		pace = 0
	}
	return pace, nil
}

// paceText writes the speed.
func paceText(f State) string { return strconv.FormatFloat(f.Speed(), 'f', -1, 64) }
