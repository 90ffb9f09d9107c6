package say

import (
	"strings"

	"glassbox/model/fault"
)

// Sentence gives s a capital at its start, unless a name stands there, and a full stop at its end.
func Sentence(s string) string {
	if s == "" {
		return ""
	}
	return Units.Sentence(strings.TrimSuffix(fault.Capital(s), "."))
}
