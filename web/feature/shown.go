package feature

import (
	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/run"
)

// Shown is what the scene shows of a state besides structure and numbers, told apart by what the state
// points to: equal values show the same.
type Shown struct {
	Theme  address.Theme
	Scale  address.Scale
	Frozen bool
	Modal  bool // a card shuts the scene off

	Stage run.Stage
	Steps int // how many there are
	Panel string

	Run       int // whose tokens
	Tokens    int
	Next      *engine.Candidate
	Muted     bool
	Cell      *run.Cell // under the pointer, or else pinned
	Explained *engine.Explained
	Trail     *Crumb // its last number
	Followed  int    // the token whose number that is
}

// Show tells the scene what it is to show, where it was something else before.
type Show struct{ Was, Is Shown }

// shownOf returns what the scene shows of a state.
func (s State) shownOf() Shown {
	x := Shown{Theme: s.Theme, Scale: s.Scale, Frozen: s.Frozen, Modal: s.Modal(), Stage: s.Stage, Steps: len(s.Steps), Panel: s.Panel,
		Run: s.Applied, Tokens: len(s.Tokens), Next: s.Next, Muted: s.Muted, Cell: s.Pointed(), Explained: s.Explained, Followed: s.Followed()}
	if n := len(s.Trail); n > 0 && s.Cell != nil {
		x.Trail = &s.Trail[n-1]
	}
	return x
}

// show tells the scene, the last of all, for what it shows may stand on a new structure.
func (u *Change) show() {
	if is := u.shownOf(); is != u.shown {
		u.Do(Show{u.shown, is})
		u.shown = is
	}
}

// Of a vocabulary of more than longAxis words the scene shows as many, the same ones in all tensors over the
// vocabulary: those around the word of the selected number.

// ShowWindow says which part of a tensor over a long vocabulary the scene shows: from that row and column on.
type ShowWindow struct {
	Name     string
	Row, Col int
}

// windowStep is what the first word of the window is a multiple of, unless the window would end behind the last word.
const windowStep = run.LongAxis / 2

// moveWindow moves the window so that the word of the selected number stands in it, drops the numbers of the window
// before, and tells the scene.
func (u *Change) moveWindow() {
	first := u.FirstWord
	if word := u.selectedWord(); word >= 0 && (word < first || word >= first+run.LongAxis) {
		first = min(max(word/windowStep*windowStep-windowStep/2, 0), u.Config.Vocab-run.LongAxis)
	}
	if first == u.windowed {
		return
	}
	u.windowed, u.fetched = first, fetchKey{}
	var over []model.Info
	u.Run, over = u.WithFirstWord(first)
	var moved []Command // before flights that lead there
	for _, i := range over {
		row, col := u.Origin(i)
		moved = append(moved, ShowWindow{i.Name, row, col})
	}
	u.commands = append(moved, u.commands...)
}

// selectedWord is the word that the selected number is about, −1 if there is none of a long vocabulary.
func (s State) selectedWord() int {
	if s.Cell == nil {
		return -1
	}
	i, _ := s.Info(s.Cell.Name)
	switch rows, cols := s.OverWords(i); {
	case rows:
		return s.Cell.Row
	case cols:
		return s.Cell.Col
	}
	return -1
}
