package feature

import (
	"slices"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

// Frame flies to where the panel, or else the stage, is in view.
func (u *Change) Frame() {
	u.prepare()
	u.Camera, u.linkCamera, u.flown = nil, nil, u.framed()
	u.Do(Fly{u.flown})
}

// ReleaseCamera forgets where the reader or a link put the camera, for something else leads it now.
func (u *Change) ReleaseCamera() { u.Camera, u.linkCamera = nil, nil }

// Foreground has the head that owns a tensor stand in front of the others of its block, as long as the reader chooses no
// other one.
type Foreground struct{ Name string }

// Spotlight has the panels of these tensors stand out in the scene, and the others fade; none: all are as they were.
type Spotlight struct{ Names []string }

// Fetch has the scene show once how a row of a step is fetched from its table; "" ends that.
type Fetch struct {
	Name string
	Row  int
}

// prepare has the features tell the scene what it is to show, for the camera to find it there.
func (u *Change) prepare() {
	for _, f := range u.list() {
		if f.Prepare != nil {
			f.Prepare(u)
		}
	}
}

// aim puts the camera where a link says, or else frames what it shows. A run may still
// change the places of the panels; after it the camera takes its place again.
func (u *Change) aim(c *camera.State) {
	if c == nil {
		u.Frame()
		return
	}
	u.prepare()
	u.Camera, u.linkCamera = c, c
	if u.Applied != 0 && u.Ran.Equal(u.Input()) {
		u.linkCamera = nil // no run will come
	}
	u.Do(SetCamera{*c, u.Applied != 0})
}

// restoreCamera is called when a run has come. The first one may bring the panels that a link
// shows: those of sampling, or of a longer text.
func (u *Change) restoreCamera(first bool) {
	switch {
	case u.linkCamera != nil:
		u.Do(SetCamera{*u.linkCamera, !first})
		u.linkCamera = nil
	case first && u.Camera == nil && !slices.Equal(u.flown, u.framed()):
		u.Frame()
	}
}

// rest takes over where the reader moved the camera.
func (u *Change) rest(c *camera.State) {
	if u.linkCamera != nil {
		return // it is not yet where the link wants it
	}
	u.Camera = nil
	if c == nil {
		return
	}
	if at := address.Shortened(*c); at.Valid() {
		u.Camera = &at
	}
}

// CloseUpPressed looks at the pinned number from close by, or else at the chosen panel, or
// else at the stage.
type CloseUpPressed struct{}

// TextSought moves the focus to the text field.
type TextSought struct{}

// FlyToCell moves the camera so close to a cell that its number can be read.
type FlyToCell struct{ Cell run.Cell }

// closeUp flies there.
func (u *Change) closeUp() {
	if !u.Covered() && u.Cell != nil {
		u.Do(FlyToCell{*u.Cell})
		return
	}
	u.Frame()
}

// Shown is what the scene shows of a state besides structure and numbers, told apart by what the state
// points to: equal values show the same.
type Shown struct {
	Theme  address.Theme
	Scale  address.Scale
	Frozen bool
	Modal  bool // a card shuts the scene off

	Show  engine.Show // of the run
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
	Pinned    *run.Cell
	Word      Word // in use
	Token     int  // in use
}

// Show tells the scene what it is to show, where it was something else before.
type Show struct{ Was, Is Shown }

// shownOf returns what the scene shows of a state.
func (s State) shownOf() Shown {
	x := Shown{Theme: s.Theme, Scale: s.Scale, Frozen: s.Frozen, Modal: s.Modal(), Show: s.Ran.Show, Stage: s.Stage, Steps: len(s.Steps), Panel: s.Panel,
		Run: s.Applied, Tokens: len(s.Tokens), Next: s.Next, Muted: s.Muted, Cell: s.Pointed(), Explained: s.Explained, Followed: s.Followed(),
		Pinned: s.Cell, Word: s.WordInUse(), Token: s.TokenInUse()}
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

// ShowWindow says which part of a tensor over a long vocabulary the scene shows: from that row and column on. Of more
// than run.LongAxis words it shows run.Window, the same ones in all tensors: those around the word in use.
type ShowWindow struct {
	Name     string
	Row, Col int
}

// moveWindow moves the window so that the word in use stands in the middle of what is in front of it, drops the numbers
// of the window before, and tells the scene.
func (u *Change) moveWindow() {
	first := u.FirstWord
	if word := u.WordInUse(); word.ID >= 0 && u.Config.Vocab > run.LongAxis {
		first = min(max(word.ID-u.inFront()/2, 0), u.Config.Vocab-run.Window)
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

// inFront returns how many words of the window stand in front of the others: as many as the model is wide, or all.
func (s State) inFront() int {
	if run.Window > 2*s.Config.Width {
		return s.Config.Width
	}
	return run.Window
}

// A Word is a word of the vocabulary.
type Word struct {
	ID   int    // −1: none
	Text string // as it is shown
}

// WordInUse returns the word that the tables over the vocabulary show in front: that of the selected number; or else,
// before the blocks, the one that is read, and behind them the one that follows it.
func (s State) WordInUse() Word {
	if id := s.selectedWord(); id >= 0 {
		return Word{id, s.WordText(id)}
	}
	token := s.TokenInUse()
	if token < 0 || s.Covered() {
		return Word{ID: -1}
	}
	switch s.Stage {
	case run.StageTokenize, run.StageToken, run.StagePosition, run.StageRotary:
		return Word{s.Tokens[token].ID, s.Tokens[token].Text}
	case run.StageOutput, run.StageSoftmax, run.StageSample:
		return s.follows(token)
	}
	return Word{ID: -1}
}

// TokenInUse returns the token that the reader has chosen, or else the last one; −1 where there is none.
func (s State) TokenInUse() int {
	if c := s.Cell; c != nil {
		if i, ok := s.Info(c.Name); ok && i.RowAxis.Tokens() && i.Rows == len(s.Tokens) && c.Row < i.Rows {
			return c.Row
		}
	}
	return len(s.Tokens) - 1
}

// follows returns the word that follows a token: the next one of the text, or the one that was drawn.
func (s State) follows(token int) Word {
	switch {
	case token+1 < len(s.Tokens):
		return Word{s.Tokens[token+1].ID, s.Tokens[token+1].Text}
	case s.Drawn != nil:
		return Word{s.Drawn.ID, s.Drawn.Text}
	}
	return Word{ID: -1}
}

// selectedWord is the word that the selected number is about, −1 if there is none.
func (s State) selectedWord() int {
	if s.Cell == nil {
		return -1
	}
	i, _ := s.Info(s.Cell.Name)
	switch {
	case i.RowAxis == model.AxisWord:
		return s.Cell.Row
	case i.ColAxis == model.AxisWord:
		return s.Cell.Col
	}
	return -1
}
