package feature

import (
	"fmt"

	"glassbox/web/run"
)

// Check returns what is wrong with a state in which nothing is under way (see Busy): each
// of these sentences must hold whatever the reader did before.
func (s State) Check() []error {
	if s.Phase != Ready {
		return nil
	}
	var wrong []error
	note := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	if s.TextError == "" {
		s.checkTokens(note)
	}
	for _, i := range s.Steps {
		v := s.Held(i.Name)
		switch {
		case s.heavy || run.IsLong(i): // it comes in portions, and not all of it
			if v.Rows > i.Rows || v.Cols > i.Cols || len(v.Data) != v.Rows*v.Cols {
				note("%s is (%d, %d) in the list of steps; (%d, %d) of it with %d numbers on the page", i.Name, i.Rows, i.Cols, v.Rows, v.Cols, len(v.Data))
			}
		case v.Rows != i.Rows || v.Cols != i.Cols || len(v.Data) != i.Rows*i.Cols:
			note("%s is (%d, %d) in the list of steps, (%d, %d) on the page", i.Name, i.Rows, i.Cols, v.Rows, v.Cols)
		}
	}
	if rows := s.missing(); s.Applied != 0 && !s.Waits(ForRows) && !s.Suspended() && s.heavy && len(rows) > 0 {
		note("nobody fetches %d rows of %s", rows[0].To-rows[0].From, rows[0].Name)
	}
	if c := s.Cell; c != nil && !s.Has(c) || s.Hover != nil && !s.Has(s.Hover) {
		note("the cells %v and %v are not there", s.Cell, s.Hover)
	}
	if c := s.Pointed(); (c == nil) != (s.Explained == nil) || c != nil && !s.Answers(c) {
		note("the reader points at %v; explained is %v", c, s.Explained)
	}
	for _, f := range s.list() {
		if f.Check == nil {
			continue
		}
		if err := f.Check(&s); err != nil {
			note("%s: %v", f.Name, err)
		}
	}
	hash := s.Hash()
	if l, warnings := s.Properties().Parse(hash); len(warnings) > 0 || s.Properties().Hash(l) != hash {
		note("the link %s gives %v", hash, warnings)
	}
	return wrong
}

// checkTokens holds the tokens to the text, to what was generated, and to the steps.
func (s State) checkTokens(note func(format string, args ...any)) {
	text, generated := "", 0
	for _, t := range s.Tokens {
		if t.Generated {
			generated++
		} else {
			text += t.Text
		}
	}
	if generated != len(s.Generated) {
		note("%d tokens are generated; expected %d", generated, len(s.Generated))
	}
	if s.Config.Alphabet != "" && text != s.Text {
		note("the tokens say %q; the text is %q", text, s.Text)
	}
	if rows, _ := s.Info(s.TokenIDs()); rows.Rows != len(s.Tokens) {
		note("there are %d tokens in %d rows", len(s.Tokens), rows.Rows)
	}
}
