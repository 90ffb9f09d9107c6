package feature

import (
	"cmp"
	"slices"
)

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
