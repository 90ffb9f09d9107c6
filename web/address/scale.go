package address

import (
	"errors"

	"glassbox/web/say"
	"glassbox/web/scene/paint"
)

// Scale is what the colours of values are measured by.
type Scale string

// The choices of scale, as they stand in the URL.
const (
	ScalePanel  Scale = ""       // each panel has its own
	ScaleShared Scale = "shared" // all panels of a kind have one
	ScaleFixed  Scale = "fixed"  // −1 to +1
)

// Scene returns the scene's name of the choice.
func (c Scale) Scene() paint.Scale {
	switch c {
	case ScaleShared:
		return paint.Shared
	case ScaleFixed:
		return paint.Fixed
	}
	return paint.PerPanel
}

// Next returns the choice that follows in the circle.
func (c Scale) Next() Scale {
	switch c {
	case ScalePanel:
		return ScaleShared
	case ScaleShared:
		return ScaleFixed
	}
	return ScalePanel
}

func (c Scale) check() error {
	switch c {
	case ScalePanel, ScaleShared, ScaleFixed:
		return nil
	}
	return errors.New(say.Address.NoScale(quoted(string(c)), string(ScaleShared), string(ScaleFixed)))
}
