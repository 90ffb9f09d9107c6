// Package patching is the feature that runs a corrupt text again and again, each time with one place of the run of the clean text, and
// maps how much of the answer each place brings back.
package patching

import (
	"math/rand/v2"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/model/lab"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// name is that of the feature, of its mode and of its memory.
const name = "patching"

// State is the map, and what the reader does with it. The clean text is that of the page.
type State struct {
	Text    string   // the corrupt one
	Site    lab.Site // that is mapped
	At      *Spot    // that is chosen; nil: none
	Answers *[2]int  // whose logits are compared; nil: what the model says to each text
	Carried *int     // a token of the clean row on its way to the other; nil: none
	Made    *Made    // what was made an edit of the page's run; nil: nothing

	typed bool  // the reader has written the corrupt text
	put   *Spot // that becomes an edit as soon as it is known; nil: none
	chart chart
}

// A Spot is a place of the map: a block, counted from 0, and a token, or a head.
type Spot struct{ Block, Cell int }

// Made is what was there before a place became an edit of the run on the page.
type Made struct {
	Clean string // the text
	Edit  string // that was made; "" if a link says so, and nobody knows
	edits list
}

// What the reader does there.
type (
	// Toggled opens or closes the map.
	Toggled struct{}
	// Typed changes the corrupt text.
	Typed struct{ Text string }
	// SiteChosen maps another site.
	SiteChosen struct{ Site lab.Site }
	// Chosen looks at a place of the map.
	Chosen struct{ Spot Spot }
	// Moved looks at the one beside it, where an arrow key led. Such moves make no entries in the history.
	Moved struct{ Spot Spot }
	// AnswerChosen compares another token: of the first answer, or of the second one.
	AnswerChosen struct{ Which, ID int }
	// Taken carries a token of the clean row; the one that is carried: puts it back.
	Taken struct{ Token int }
	// PutDown puts the token that is carried into the corrupt run, at a block; −1: that of the chosen place.
	PutDown struct{ Block int }
	// EditPressed makes the chosen place an edit of the run on the page.
	EditPressed struct{}
	// BackPressed goes back to the clean text.
	BackPressed struct{}
	// Paused stops the computing, or goes on with it.
	Paused struct{ On bool }
	// Ticked is sent while the map is computed. Turn tells one computing from the next.
	Ticked struct{ Turn int }
)

// Leads tells that the map is another place.
func (Toggled) Leads() {}

// Silent tells that time passed.
func (Ticked) Silent() {}

var memory = feature.MemoryOf[State](name)

// Of returns the state of the map.
func Of(s *feature.State) State {
	f := memory.Get(s)
	if f.Site == "" {
		f.Site = lab.SiteStream
	}
	return f
}

// The ids of what takes the focus: the heading of the map, what is said of a place, the corrupt text, the way back to the clean one.
const (
	titleID = "patching-title"
	storyID = "patching-story"
	fieldID = "patching-text"
	backID  = "patching-back"
)

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:       name,
		Handle:     handle,
		Settle:     settle,
		Forget:     func(s *feature.State) { memory.Set(s, State{}) },
		Replied:    answer,
		Covers:     true,
		Holds:      func(s *feature.State) bool { return s.Mode == name && !s.Host.Bare() },
		Told:       found,
		Spot:       func(s *feature.State) string { return feature.Choose(s.Mode == name, name, "") },
		Properties: properties(),
		Link:       link,
		Follow:     follow,
		Escape:     escape,
		Spoken:     spoken,
		Tools: func(s *feature.State) []feature.Tool {
			return []feature.Tool{{Title: say.Patching.Tool(), Hint: say.Patching.ToolHint(), Order: 40, Go: Toggled{}, On: s.Mode == name}}
		},
		Components: []feature.Component{
			{Slot: feature.SlotScene, Order: 47, When: isOpen, Build: func(c *feature.Screen) vugu.Builder { return &Map{Screen: c} }},
			{Slot: feature.SlotInspector, Order: 53, When: isOpen, Build: func(c *feature.Screen) vugu.Builder { return &Detail{Screen: c} }},
		},
		Random: random,
		Check:  check,
	}
}

func isOpen(c *feature.Screen) bool { return c.State.Mode == name }

// escape puts a token back that is carried, and else closes the map.
func escape(s *feature.State) feature.Msg {
	switch f := Of(s); {
	case s.Mode != name:
		return nil
	case f.Carried != nil:
		return Taken{*f.Carried}
	}
	return Toggled{}
}

func random(r *rand.Rand, s *feature.State) []feature.Msg {
	pick := func(n int) int { return r.IntN(n+2) - 1 }
	spot := Spot{pick(s.Config.Blocks), pick(len(s.Tokens))}
	return []feature.Msg{Toggled{}, Typed{[]string{"", "CBCBBC", "A", "x"}[r.IntN(4)]}, SiteChosen{append(lab.Sites(), "x")[r.IntN(5)]}, Chosen{spot},
		Moved{spot}, AnswerChosen{pick(2), pick(s.Config.Vocab)}, Taken{pick(len(s.Tokens))}, PutDown{pick(s.Config.Blocks)}, EditPressed{}, BackPressed{},
		Paused{r.IntN(2) == 0}, Ticked{r.IntN(3)}}
}

func handle(u *feature.Change, m feature.Msg) bool {
	switch m := m.(type) {
	case Toggled:
		toggle(u)
	case Typed:
		write(u, m.Text)
	case SiteChosen:
		chooseSite(u, m.Site)
	case Chosen:
		choose(u, m.Spot)
	case Moved:
		choose(u, m.Spot)
	case AnswerChosen:
		chooseAnswer(u, m.Which, m.ID)
	case Taken:
		take(u, m.Token)
	case PutDown:
		putDown(u, m.Block)
	case EditPressed:
		makeEdit(u)
	case BackPressed:
		goBack(u)
	case Paused:
		memory.Change(&u.State, func(f *State) { f.chart.Pause(m.On) })
	case Ticked:
		tick(u, m.Turn)
	default:
		return false
	}
	return true
}

func toggle(u *feature.Change) {
	if u.Mode == name {
		u.Uncover()
		u.Frame()
		return
	}
	u.Cover(name)
}

// write changes the corrupt text; what was chosen belonged to the one before.
func write(u *feature.Change, text string) {
	memory.Change(&u.State, func(f *State) {
		if text = u.Spelled(text); text == f.Text {
			return
		}
		f.Text, f.typed = text, true
		f.Answers, f.Carried, f.put = nil, nil, nil
	})
}

func chooseSite(u *feature.Change, site lab.Site) {
	if !slices.Contains(lab.Sites(), site) {
		return
	}
	memory.Change(&u.State, func(f *State) {
		if (site == lab.SiteHead) != (f.Site == lab.SiteHead) {
			f.At = nil // a head is no token
		}
		f.Site, f.put = site, nil
	})
}

// choose looks at a place.
func choose(u *feature.Change, to Spot) {
	f := Of(&u.State)
	if u.Mode != name || !inside(&u.State, f.Site, to) {
		return
	}
	f.At = &to
	memory.Set(&u.State, f)
}

// inside reports whether a site has a place.
func inside(s *feature.State, site lab.Site, at Spot) bool {
	return at.Block >= 0 && at.Block < s.Config.Blocks && at.Cell >= 0 && at.Cell < cells(s, site)
}

// cells returns how many cells a block has of a site.
func cells(s *feature.State, site lab.Site) int {
	if site == lab.SiteHead {
		return s.Config.Heads
	}
	return len(cleanIDs(s))
}

// chooseAnswer compares another token. Both are fixed then: the other one stays what it is.
func chooseAnswer(u *feature.Change, which, id int) {
	f := Of(&u.State)
	begun := f.chart.begun
	if begun == nil || begun.Cells == 0 || which < 0 || which > 1 || id < 0 || id >= u.Config.Vocab {
		return
	}
	both := [2]int{begun.Token.ID, begun.Against.ID}
	if both[which] == id {
		return
	}
	if both[1-which] == id {
		both[1-which] = both[which]
	}
	both[which] = id
	f.Answers = &both
	memory.Set(&u.State, f)
}

// spoken says what stands there.
func spoken(s *feature.State) string {
	if s.Mode != name {
		return ""
	}
	if story := Story(s); story != "" {
		return story
	}
	return say.Patching.Spoken()
}

// Story says of the chosen place how much of the answer it brings back; "" where none is chosen, or it is not known yet.
func Story(s *feature.State) string {
	f := Of(s)
	if f.At == nil {
		return ""
	}
	score, _, ok := f.chart.at(f.Site, *f.At)
	if !ok {
		return ""
	}
	return told(s, f.Site, *f.At, score)
}

func told(s *feature.State, site lab.Site, at Spot, score float64) string {
	if percent := score * 100; percent > -0.5 {
		return say.Patching.Story(where(s, site, at), say.Fixed(max(percent, 0), 0))
	}
	return say.Patching.StoryAway(where(s, site, at), say.Fixed(-score*100, 0))
}

// where names a place in a sentence.
func where(s *feature.State, site lab.Site, at Spot) string {
	switch site {
	case lab.SiteAttention:
		return say.Patching.AtAttention(tokenName(s, at.Cell), at.Block+1)
	case lab.SiteMLP:
		return say.Patching.AtFeedForward(tokenName(s, at.Cell), at.Block+1)
	case lab.SiteHead:
		return say.Patching.AtHead(at.Cell+1, at.Block+1)
	}
	return say.Patching.AtStream(tokenName(s, at.Cell), at.Block+1)
}

// tokenName names a token of the clean text in a sentence, which is not on the page once a place has become an edit.
func tokenName(s *feature.State, t int) string {
	if clean := Of(s).chart.clean; t >= 0 && t < len(clean) {
		return say.Run.TokenNamed(t, clean[t].Text)
	}
	return s.TokenName(t)
}

// found says which place brings most of the answer back, of those behind the first block if the map is of tokens: in the first one it
// is the changed token itself. "" while scores are missing.
func found(s *feature.State) string {
	f := Of(s)
	of := f.chart.scores[f.Site]
	if s.Mode != name || f.chart.stale || of.width == 0 {
		return ""
	}
	best := Spot{-1, -1}
	score := 0.0
	for i, x := range of.list {
		at := Spot{i / of.width, i % of.width}
		switch {
		case !x.here:
			return ""
		case at.Block == 0 && s.Config.Blocks > 1 && f.Site != lab.SiteHead:
		case best.Block < 0 || x.value > score:
			best, score = at, x.value
		}
	}
	if best.Block < 0 {
		return ""
	}
	return told(s, f.Site, best, score)
}
