// Package search is the feature that finds out which heads of a model copy a name: it switches them off one by one, on texts that
// end before a word that stands in them already, and measures how likely that word is left.
package search

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

//go:embed names.txt
var names string

// Names returns 50 texts that end before a name which stands in them already, of the world that the page's language model was
// trained on, but of documents that it has not seen: "text | name" on a line each.
func Names() string { return names }

// State is the search.
type State struct {
	Open    bool
	Texts   string    // "text | word" on a line each, as the reader has them
	Running bool      // heads are being switched off
	Off     []string  // heads that stay off in all that is measured
	Chance  []float64 // of the word, with none of Off, with the first, with both …
	Left    []string  // the heads that can be switched off beside Off, in the order of the network
	Found   []Found   // those that were, the lowest chance first
	Error   string    // why it can't be searched; "" it can

	typed bool   // the reader has changed the texts
	asked string // the head that is switched off just now; "" none
	place place  // where the reader was when it was opened
}

// Found is what is left without a head.
type Found struct {
	Head   string
	Chance float64
}

// A place is where a reader is in the model.
type place struct {
	stage run.Stage
	panel string
}

// Enough is by how much the chance of a name has to fall for a head to be told one that copies it, of 1.
const Enough = 0.10

// mostTexts is how many texts are searched with at most, and mostLine how long each is, in bytes.
const mostTexts, mostLine = 200, 2000

// between stands between a text and the word that should follow.
const between = "|"

// What the reader does.
type (
	// Toggled opens or closes the search.
	Toggled struct{}
	// Typed changes the texts.
	Typed struct{ Text string }
	// Started begins to switch heads off; Stopped makes an end of it.
	Started struct{}
	Stopped struct{}
	// Taken leaves the best head off, and goes on with another round.
	Taken struct{}
)

// Leads tells that the search is another place.
func (Toggled) Leads() {}

const mode = "search"

var memory = feature.MemoryOf[State](mode)

const purpose feature.Purpose = mode

// Of returns the search of a state.
func Of(s *feature.State) State {
	f := memory.Get(s)
	f.Open = s.Mode == mode
	return f
}

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:    mode,
		Handle:  handle,
		Settle:  settle,
		Forget:  func(s *feature.State) { memory.Set(s, State{}) },
		Replied: answer,
		Holds:   func(s *feature.State) bool { return s.Mode == mode && !s.Host.Bare() },
		Stays: func(s *feature.State) bool {
			return Of(s).place == place{s.Stage, s.Panel}
		},
		Properties: address.Table{{Name: "search", Type: "choice", Allowed: "names", Doc: say.Search.Doc(), Reveals: mode, Placed: true,
			Check: func(v string) (string, error) { return feature.Choose(v == "" || v == "names", v, "names"), nil }}},
		Link: func(s *feature.State, put func(property, value string)) {
			put("search", feature.Choose(s.Mode == mode, "names", ""))
		},
		Follow: func(u *feature.Change, l address.Link) {
			if l.Value("search") != "" {
				open(u)
			} else if u.Mode == mode {
				u.Mode = ""
			}
		},
		Tools: func(s *feature.State) []feature.Tool {
			return []feature.Tool{{Title: say.Search.Title(), Hint: say.Search.Hint(), Order: 70, Go: Toggled{}, On: s.Mode == mode}}
		},
		Escape: func(s *feature.State) feature.Msg {
			if s.Mode == mode {
				return Toggled{}
			}
			return nil
		},
		Components: []feature.Component{{Slot: feature.SlotInspector, Order: 55, When: func(c *feature.Screen) bool { return c.State.Mode == mode },
			Build: func(c *feature.Screen) vugu.Builder { return &Panel{Screen: c} }}},
		Random: func(r *rand.Rand, _ *feature.State) []feature.Msg {
			return []feature.Msg{Toggled{}, Typed{[]string{"", "CBABBC | A", "A", "ABC | "}[r.IntN(4)]}, Started{}, Stopped{}, Taken{}}
		},
	}
}

func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Toggled:
		if u.Mode == mode {
			stop(u)
			u.Mode = ""
		} else {
			open(u)
		}
	case Typed:
		stop(u)
		memory.Set(&u.State, State{Texts: feature.Valid(m.Text), typed: true, place: Of(&u.State).place})
	case Started:
		begin(u)
	case Stopped:
		stop(u)
	case Taken:
		take(u)
	default:
		return false
	}
	return true
}

// open shows the search, with the texts of the model, or else with the one that stands there and what the model says to it.
func open(u *feature.Change) {
	u.Uncover()
	u.Mode = mode
	memory.Change(&u.State, func(f *State) {
		f.place = place{u.Stage, u.Panel}
		if !f.typed && len(f.Found) == 0 {
			f.Texts = texts(&u.State)
		}
	})
	u.Sheet = max(u.Sheet, feature.SheetHalf)
}

// texts returns those that the model is asked first.
func texts(s *feature.State) string {
	if copies := s.Choice().Copies; copies != "" {
		return copies
	}
	if len(s.Candidates) == 0 || s.Text == "" || strings.ContainsAny(s.Text, between+"\n") {
		return ""
	}
	return s.Text + " " + between + " " + strings.TrimSpace(run.Plain(s.Candidates[0].Text)) + "\n"
}

// begin measures anew, with no head off.
func begin(u *feature.Change) {
	stop(u)
	memory.Change(&u.State, func(f *State) {
		f.Off, f.Chance, f.Left, f.Found, f.asked = nil, nil, nil, nil, ""
		f.Error, f.Running = "", true
		if _, _, ok := parse(f.Texts); !ok {
			f.Error, f.Running = say.Search.Unreadable(), false
		}
	})
}

// take leaves the best head off for another round.
func take(u *feature.Change) {
	memory.Change(&u.State, func(f *State) {
		if f.Running || len(f.Found) == 0 || len(f.Left) < 2 {
			return
		}
		best := f.Found[0]
		f.Off, f.Chance = append(slices.Clip(f.Off), best.Head), append(slices.Clip(f.Chance), best.Chance)
		f.Left = slices.DeleteFunc(slices.Clone(f.Left), func(head string) bool { return head == best.Head })
		f.Found, f.Running = nil, true
	})
}

// stop makes an end of measuring; what was found stays.
func stop(u *feature.Change) {
	u.Drop(purpose)
	memory.Change(&u.State, func(f *State) { f.Running, f.asked = false, "" })
}

// parse reads the texts; ok is false if one has no word behind it, or there are none or too many.
func parse(lines string) (prompts, answers []string, ok bool) {
	for line := range strings.SplitSeq(lines, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		at := strings.LastIndex(line, between)
		if at < 0 || len(line) > mostLine {
			return nil, nil, false
		}
		prompt, answer := strings.TrimSpace(line[:at]), strings.TrimSpace(line[at+len(between):])
		if prompt == "" || answer == "" {
			return nil, nil, false
		}
		prompts, answers = append(prompts, prompt), append(answers, answer)
	}
	return prompts, answers, len(prompts) > 0 && len(prompts) <= mostTexts
}

// settle asks for what is measured next.
func settle(u *feature.Change) {
	f := Of(&u.State)
	if !f.Running || u.Phase != feature.Ready || u.Suspended() || u.Waits(purpose) || u.Waits(feature.ForRun) {
		return
	}
	q := engine.Search{Off: f.Off}
	q.Texts, q.Answers, _ = parse(f.Texts)
	if f.asked = f.next(); f.asked != "" {
		q.Off = append(slices.Clip(f.Off), f.asked)
	} else if len(f.Chance) > 0 {
		f.Running = false
		memory.Set(&u.State, f)
		u.Notice = f.Says()
		return
	}
	memory.Set(&u.State, f)
	u.Ask(purpose, engine.Request{Lab: &engine.Lab{Search: &q}})
}

// next returns the head that is switched off next; "" none.
func (f State) next() string {
	for _, head := range f.Left {
		if !slices.ContainsFunc(f.Found, func(d Found) bool { return d.Head == head }) {
			return head
		}
	}
	return ""
}

// answer takes over what was measured.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	f := Of(&u.State)
	switch {
	case p != purpose || !f.Running:
		return
	case r.Lab == nil || r.Lab.Search == nil:
		f.Error, f.Running = r.Error, false
	case f.asked == "":
		f.Chance, f.Left = []float64{r.Lab.Search.Chance}, r.Lab.Search.Left
	default:
		f.Found = append(slices.Clip(f.Found), Found{f.asked, r.Lab.Search.Chance})
		slices.SortStableFunc(f.Found, func(a, b Found) int {
			switch {
			case a.Chance < b.Chance:
				return -1
			case a.Chance > b.Chance:
				return 1
			}
			return 0
		})
	}
	memory.Set(&u.State, f)
}

// Before returns the chance without the heads of this round; 0 as long as it is not measured.
func (f State) Before() float64 {
	if len(f.Chance) == 0 {
		return 0
	}
	return f.Chance[len(f.Chance)-1]
}

// Says tells what was found.
func (f State) Says() string {
	if len(f.Found) == 0 {
		return ""
	}
	best, before := f.Found[0], f.Chance[0]
	heads := append(slices.Clone(f.Off), best.Head)
	var named []string
	for _, head := range heads {
		named = append(named, title(head))
	}
	if before-best.Chance < Enough {
		return say.Search.FoundNone(len(named), named, say.Percent(float32(before)), say.Percent(float32(best.Chance)))
	}
	return say.Search.FoundSome(named, say.Percent(float32(before)), say.Percent(float32(best.Chance)))
}

// title names a head as readers count.
func title(head string) string {
	l, h, _, _ := model.ParseHeadName(head)
	return say.Search.Head(h+1, l+1)
}
