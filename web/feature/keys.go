package feature

import (
	"cmp"
	"slices"

	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
)

// Keys returns the table, in the order of the help. Letters count while no text field has the focus, and Ctrl
// stands for Command where there is one.
func (s State) Keys() []Key {
	var everyday, list []Key
	for _, f := range s.list() {
		if f.Everyday {
			everyday = append(everyday, f.Keys...)
		} else {
			list = append(list, f.Keys...)
		}
	}
	return slices.Concat(everyday, coreKeys(), list, sceneKeys())
}

func coreKeys() []Key {
	return []Key{
		{Key: "/", Label: "/", Does: say.Keys.Text(), Msg: Always(TextSought{})},
		{Key: "[", Label: "[", Does: say.Keys.StageBefore(), Msg: func(s *State) Msg { return StageChosen{s.neighbourStage(-1)} }},
		{Key: "]", Label: "]", Does: say.Keys.StageNext(), Msg: func(s *State) Msg { return StageChosen{s.neighbourStage(1)} }},
		{Key: ",", Label: ",", Does: say.Keys.PanelBefore(), Msg: func(s *State) Msg { return PanelChosen{s.neighbourStep(-1)} }},
		{Key: ".", Label: ".", Does: say.Keys.PanelNext(), Msg: func(s *State) Msg { return PanelChosen{s.neighbourStep(1)} }},
		{Key: "Home", Label: say.Keys.HomeKey(), Does: say.Keys.Home(), Msg: Always(StageChosen{run.StageOverview})},
		{Key: "Enter", Label: say.Keys.EnterKey(), Does: say.Keys.Enter(), Msg: (*State).pinMessage},
		{Key: "Escape", Label: say.Keys.EscapeKey(), Does: say.Keys.Escape(), Msg: (*State).escape},
		{Key: "g", Label: "G", Does: say.Keys.CloseUp(), Msg: Always(CloseUpPressed{})},
		{Key: "Ctrl+z", Label: say.Keys.UndoKey(), Does: say.Keys.Undo(), Msg: Always(UndoPressed{})},
		{Key: "Ctrl+Shift+z", Label: say.Keys.RedoKey(), Does: say.Keys.Redo(), Msg: Always(RedoPressed{})},
		{Key: "c", Label: "C", Does: say.Keys.Link(), Msg: Always(LinkPressed{})},
		{Key: "t", Label: "T", Does: say.Keys.Theme(), Msg: func(s *State) Msg { return ThemeChosen{s.Theme.Next()} }},
		{Key: "v", Label: "V", Does: say.Keys.Scale(), Msg: func(s *State) Msg { return ScaleChosen{s.Scale.Next()} }},
	}
}

// sceneKeys move the scene.
func sceneKeys() []Key {
	return []Key{
		{Key: "Arrow", Label: say.Keys.ArrowKeys(), Does: say.Keys.Arrows()},
		{Key: "Shift+Arrow", Label: say.Keys.TurnKeys(), Does: say.Keys.Turn()},
		{Key: "+", Label: "+ −", Does: say.Keys.Zoom()},
		{Key: "f", Label: "F", Does: say.Keys.Fit()},
		{Key: "PageDown", Label: say.Keys.PageKeys(), Does: say.Keys.Pages()},
	}
}

// Obeys reports whether a key is obeyed at all: under a modal card only those that close it,
// and no single character where the reader turned those off.
func (s State) Obeys(key string) bool {
	if o, ok := s.card(true); ok {
		return key == "Escape" || key == o.Key
	}
	return !s.LettersOff || len([]rune(key)) > 1
}

// InFields reports whether a key is obeyed in text fields, too.
func (s State) InFields(key string) bool {
	return slices.ContainsFunc(s.Keys(), func(k Key) bool { return k.Key == key && k.InFields })
}

// KeyPressed returns the message of a key, or nil if it has none.
func KeyPressed(s State, key string) Msg {
	if !s.Obeys(key) {
		return nil
	}
	for _, k := range s.Keys() {
		if k.Key == key && k.Msg != nil {
			return k.Msg(&s)
		}
	}
	return nil
}

// neighbourStage returns the stage one step along the stage bar; the overview stands before
// the first, and the last is followed by none.
func (s State) neighbourStage(step int) run.Stage {
	list := Stages(s)
	at := -1
	for i, g := range list {
		if g.Current {
			at = i
		}
	}
	at = min(at+step, len(list)-1)
	if at < 0 {
		return run.StageOverview
	}
	return list[at].ID
}

// neighbourStep returns the step one before or behind the selected one; without one, the first
// of the stage. At the ends it stays.
func (s State) neighbourStep(step int) string {
	var names []string
	at := -1
	for _, i := range s.Steps {
		if i.Kind == model.KindWeight {
			continue
		}
		if names = append(names, i.Name); i.Name == s.Panel {
			at = len(names) - 1
		}
	}
	if here := s.Names(s.Stage); at < 0 && len(here) > 0 {
		return here[0]
	}
	if len(names) == 0 || at+step < 0 || at+step >= len(names) {
		return s.Panel
	}
	return names[at+step]
}

// pinMessage pins the cell under the pointer, or else, for who has no pointer, the first cell of
// the panel; arrow keys go on from there.
func (s State) pinMessage() Msg {
	c := s.Pointed()
	if i, ok := s.Info(s.Panel); c == nil && ok && i.Rows > 0 && i.Cols > 0 {
		c = &run.Cell{Name: s.Panel}
	}
	return CellChosen{c}
}

// escape closes the uppermost card, then what a feature has open, then releases the cell, then the
// panel.
func (s State) escape() Msg {
	if o, ok := s.card(false); ok {
		return o.Close
	}
	var mode Msg // of one that leaves room below: what stands there is closed first
	for _, f := range s.list() {
		if f.Escape == nil {
			continue
		}
		switch m := f.Escape(&s); {
		case m == nil:
		case f.Beside && f.Name == s.Mode:
			mode = m
		default:
			return m
		}
	}
	if mode != nil {
		return mode
	}
	if s.Cell != nil {
		return CellChosen{}
	}
	return PanelChosen{}
}

// Closes reports whether Escape closes something that lies over the page or stands in the place of something else. A number
// or a panel that is selected is not open.
func (s State) Closes() bool {
	m := s.escape()
	switch m.(type) {
	case CellChosen, PanelChosen:
		return false
	}
	return true
}

// cards lists the cards of the page and of the features, the uppermost first.
func (s State) cards() (list []Card) {
	for _, f := range s.list() {
		if f.Card != nil {
			list = append(list, f.Card(&s))
		}
	}
	list = append(list,
		Card{Open: s.Menu, Close: MenuToggled{}, Order: 10},
		Card{Open: s.LinkText != "", Close: LinkClosed{}, Order: 30},
		Card{Open: s.Problem != nil, Close: ProblemDismissed{}, Order: 50})
	slices.SortStableFunc(list, func(a, b Card) int { return cmp.Compare(a.Order, b.Order) })
	return list
}

// card returns the uppermost card that is open, or the uppermost of the modal ones; ok is false if
// there is none.
func (s State) card(modal bool) (c Card, ok bool) {
	for _, c := range s.cards() {
		if c.Open && (c.Modal || !modal) {
			return c, true
		}
	}
	return c, false
}

// CloseCards closes the modal cards of all features but one, whose own is about to open. What holds runs
// back stays.
func (u *Change) CloseCards(but string) {
	for _, f := range u.list() {
		if f.Card == nil || f.Name == but || f.suspends(&u.State) {
			continue
		}
		if c := f.Card(&u.State); c.Open && c.Modal {
			u.Handle(c.Close)
		}
	}
}

// closeSuspending closes what holds runs back, for a link leads on.
func (u *Change) closeSuspending() {
	for _, f := range u.list() {
		if f.suspends(&u.State) {
			u.Handle(f.Card(&u.State).Close)
		}
	}
}

// Modal reports whether a card is open that wants the whole focus.
func (s State) Modal() bool {
	_, ok := s.card(true)
	return ok
}
