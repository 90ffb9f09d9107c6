package view

import (
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Legend says what the colours mean: the kinds of tensor, and the scale of values of the
// panel under the pointer.
type Legend struct{ Screen *feature.Screen }

// Panel reports whether the scale is that of a panel.
func (c *Legend) Panel() bool { return c.Screen.Legend != nil && c.Screen.Legend.Name != "" }

// Differs reports whether the colours are those of the difference that edits make.
func (c *Legend) Differs() bool { return c.Screen.Legend != nil && c.Screen.Legend.Differs }

// Beside reports whether it is the difference of two runs.
func (c *Legend) Beside() bool { return c.Screen.State.Ran.Show == engine.ShowBeside }

// Difference says what is taken from what, and Same names what has no difference.
func (c *Legend) Difference() string {
	if c.Beside() {
		return say.View.DifferenceBeside()
	}
	return say.View.Difference()
}

// Same is described at Difference.
func (c *Legend) Same() string {
	if c.Beside() {
		return say.View.DifferenceUncompared()
	}
	return say.View.DifferenceNone()
}

// Measure says what shares the scale of differences.
func (c *Legend) Measure() string {
	if c.Screen.Legend.Alone {
		return say.View.DifferenceAlone()
	}
	return say.View.DifferenceScale()
}

// Far reports whether no numbers stand at the scale.
func (c *Legend) Far() bool { return !c.Panel() && !c.Differs() }

// Class lays the legend out as a row for a panel, and as a small card for the whole model.
func (c *Legend) Class() string {
	if c.Screen.State.Covered() {
		return "legend far structure" // there are no values whose colours it could explain
	}
	return feature.Choose(c.Far(), "legend far", "legend")
}

// Low returns the number that has the colour at the left.
func (c *Legend) Low() string {
	if c.Screen.Legend.Above {
		return "0"
	}
	return say.Minus("-") + say.ScaleEnd(c.Screen.Legend.Norm)
}

// High returns the number that has the colour at the right.
func (c *Legend) High() string {
	return feature.Choose(c.Screen.Legend.Above, "", "+") + say.ScaleEnd(c.Screen.Legend.Norm)
}

// Plain reports whether the panel has no colours, and Scaled whether it has.
func (c *Legend) Plain() bool { return c.Panel() && c.Screen.Legend.Plain }

// Scaled is described at Plain.
func (c *Legend) Scaled() bool { return !c.Far() && !c.Screen.Legend.Plain }

// ScaleClass tells whether the scale has one side.
func (c *Legend) ScaleClass() string {
	return feature.Choose(c.Panel() && c.Screen.Legend.Above, "scale above", "scale")
}

// Hint says what the ends stand for if there are values beyond them.
func (c *Legend) Hint() string {
	switch l := c.Screen.Legend; {
	case l.Differs:
		return say.View.DifferenceEnds()
	case l.Clamped && l.Above:
		return say.View.ClampedAbove(say.ScaleEnd(l.Norm))
	case l.Clamped:
		return say.View.Clamped(say.ScaleEnd(l.Norm))
	case l.Above && c.Screen.State.Scale == address.ScalePanel:
		return say.View.EndsAbove()
	}
	if c.Screen.State.Scale == address.ScaleShared {
		return say.View.EndsShared()
	}
	return say.View.EndsOwn()
}

// Scale names what the colours are measured by.
func (c *Legend) Scale() string {
	switch c.Screen.State.Scale {
	case address.ScaleShared:
		return say.View.ScaleShared()
	case address.ScaleFixed:
		return say.View.ScaleFixed()
	}
	return say.View.ScaleOwn()
}

// ScaleLabel says what that means, and that it can be changed.
func (c *Legend) ScaleLabel() string {
	switch c.Screen.State.Scale {
	case address.ScaleShared:
		return say.View.ScaleSharedLabel()
	case address.ScaleFixed:
		return say.View.ScaleFixedLabel()
	}
	return say.View.ScaleOwnLabel()
}

// NextScale chooses the one that follows.
func (c *Legend) NextScale() { c.Screen.Send(feature.ScaleChosen{Scale: c.Screen.State.Scale.Next()}) }

// Marked reports whether a value is ticked on the scale.
func (c *Legend) Marked() bool {
	if !c.Scaled() || c.Screen.Legend.Value == nil {
		return false
	}
	v := *c.Screen.Legend.Value
	return v == v
}

// Mark returns where the value stands on the scale, however wide the style sheets make that.
func (c *Legend) Mark() string {
	norm := float64(c.Screen.Legend.Norm)
	if norm <= 0 {
		norm = 1
	}
	t := min(1, max(-1, float64(*c.Screen.Legend.Value)/norm))
	if c.Screen.Legend.Above {
		t = 2*t - 1
	}
	return Share((t + 1) / 2)
}
