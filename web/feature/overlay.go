package feature

// cards lists the cards of the page, the uppermost first.
func (s State) cards() (list []Card) {
	for _, f := range s.list() {
		if f.Card != nil {
			list = append(list, f.Card(&s))
		}
	}
	return append(list,
		Card{s.Opening != nil, true, "", OpeningCancelled{}},
		Card{s.Menu, false, "", MenuToggled{}},
		Card{s.LinkText != "", false, "", LinkClosed{}},
		Card{s.Taking != nil, false, "", TakeClosed{}},
		Card{s.Problem != nil, false, "", ProblemDismissed{}})
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

// CloseCards closes the modal cards of all features but one, whose own is about to open.
func (u *Change) CloseCards(but string) {
	for _, f := range u.list() {
		if f.Card == nil || f.Name == but {
			continue
		}
		if c := f.Card(&u.State); c.Open && c.Modal {
			u.Handle(c.Close)
		}
	}
}

// Modal reports whether a card is open that wants the whole focus.
func (s State) Modal() bool {
	_, ok := s.card(true)
	return ok
}
