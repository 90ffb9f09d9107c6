package address

import (
	"errors"

	"glassbox/model/fault"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// setEdits reads the edits of a run.
func (l *Link) setEdits(v string) error {
	edits, err := run.ParseEdits(v)
	if err != nil {
		return errors.New(say.Fault(fault.Of(err)))
	}
	l.Edits = edits
	return nil
}

// checkShow accepts what can be shown of a run with edits.
func (l *Link) checkShow() error {
	switch l.Show {
	case engine.ShowAfter, engine.ShowBefore, engine.ShowDifference:
		return nil
	}
	return errors.New(say.Address.NoShow(quoted(string(l.Show)), string(engine.ShowBefore), string(engine.ShowDifference)))
}
