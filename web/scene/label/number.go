package label

import (
	"strings"

	"glassbox/web/say"
)

// Percent formats a share as say.Percent does, with the spaces between which the canvas puts the token before it.
func Percent(p float32) string { return strings.ReplaceAll(say.Percent(p), "\u00a0", " ") }
