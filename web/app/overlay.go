package app

// An overlay is a card that lies over the page until Escape closes it.
type overlay struct {
	open  bool
	modal bool   // it wants the whole focus: the scene and all keys are shut off
	key   string // that closes it besides Escape; "" none
	close Msg
}

// overlays lists the cards, the uppermost first.
func (s State) overlays() []overlay {
	return []overlay{
		{s.Opening != nil, true, "", OpeningCancelled{}},
		{s.Finder != nil, true, "Ctrl+k", FinderToggled{}},
		{s.Menu, false, "", MenuToggled{}},
		{s.Help, true, "?", HelpToggled{}},
		{s.LinkText != "", false, "", LinkClosed{}},
		{s.Taking != nil, false, "", TakeClosed{}},
		{s.Problem != nil, false, "", ProblemDismissed{}},
	}
}

// overlay returns the uppermost card, or the uppermost of the modal ones; ok is false if there is
// none.
func (s State) overlay(modal bool) (o overlay, ok bool) {
	for _, o := range s.overlays() {
		if o.open && (o.modal || !modal) {
			return o, true
		}
	}
	return o, false
}

// Modal reports whether a card is open that wants the whole focus.
func (s State) Modal() bool {
	_, ok := s.overlay(true)
	return ok
}
