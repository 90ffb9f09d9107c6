package label

import (
	"strings"

	"glassbox/web/say"
)

// Percent formats a share as say.Percent does, with the spaces between which the canvas puts the token before it.
func Percent(p float32) string { return strings.ReplaceAll(say.Percent(p), "\u00a0", " ") }

// WholePercent formats a share of attention for a cell that is a few letters wide: "77%".
func WholePercent(p float32) string {
	return strings.ReplaceAll(say.Units.Percent(say.Fixed(float64(p)*100, 0)), "\u00a0", "")
}
