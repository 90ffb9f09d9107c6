package main

import (
	"fmt"
	"strings"

	"glassbox/model"
)

// An editList is the value of the option -edit, which may be given several times.
type editList []model.Edit

// String returns the list as it is written.
func (l *editList) String() string { return model.FormatEdits(*l) }

// Set adds edits to the list; semicolons may stand between several.
func (l *editList) Set(list string) error {
	edits, err := model.ParseEdits(list)
	if err == nil && len(edits) == 0 {
		err = fmt.Errorf("%q is no edit", list)
	}
	*l = append(*l, edits...)
	return err
}

// edited runs tr with the edits that are given. One of a token that the text does not have is refused.
func (in *input) edited(tr *model.Trace) (*model.Trace, error) {
	for i, err := range tr.Refused(in.edits) {
		if err != nil {
			return nil, fmt.Errorf("-edit %s: %w", in.edits[i], err)
		}
	}
	ed, err := tr.Edited(in.edits)
	if err != nil {
		return nil, fmt.Errorf("-edit %s: %w", strings.TrimSpace(in.edits.String()), err)
	}
	for i, e := range in.edits {
		if n := len(tr.IDs()); ed.Waits(i) {
			return nil, fmt.Errorf("-edit %s: the text has %d token(s); there is none at place %d", e, n, e.Row)
		}
	}
	return ed, nil
}
