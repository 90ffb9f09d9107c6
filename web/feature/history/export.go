package history

import (
	"strconv"
	"strings"

	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/view"
)

// table is the tree as CSV: a line for each node, which names the one before it.
func table(t Tree, x index, present int) string {
	on := map[int]bool{}
	for _, n := range t.path(x, present) {
		on[n.Key] = true
	}
	depth := map[int]int{}
	var text strings.Builder
	text.WriteString(export.Line("node", "after", "depth", "id", "token", "chance", "model", "taken", "edits", "present"))
	for _, n := range t.Nodes {
		depth[n.Key] = depth[n.Parent] + 1
		text.WriteString(export.Line(strconv.Itoa(n.Key), strconv.Itoa(n.Parent), strconv.Itoa(depth[n.Key]), strconv.Itoa(n.ID), n.Text,
			number(n.Sampled, n.Drawn), number(n.Probability, n.Scored), yes(n.Taken), yes(n.Edited), yes(on[n.Key])))
	}
	return text.String()
}

func number(v float32, known bool) string {
	if !known {
		return ""
	}
	return strconv.FormatFloat(float64(v), 'g', -1, 32)
}

func yes(is bool) string { return feature.Choose(is, "1", "0") }

// outline is the tree as a text: a line for each branch, further in where the tree has parted before, with a star where the present
// continuation ends.
func outline(t Tree, x index, present int) string {
	var text strings.Builder
	text.WriteString(t.Text + "\n")
	all := State{Tree: t, Unrolled: map[int]bool{}}
	for _, n := range t.Nodes {
		all.Unrolled[n.Key] = true
	}
	all.Unrolled[0] = true
	for _, r := range all.rows(x, present) {
		text.WriteString(strings.Repeat("  ", r.Level) + "-")
		for _, n := range r.Nodes {
			if n.Key == 0 {
				continue
			}
			text.WriteString(" " + n.Text)
			switch {
			case n.Drawn && n.Sampled > 0:
				text.WriteString(" (" + view.Small(n.Sampled) + ")")
			case n.Scored:
				text.WriteString(" (" + view.Small(n.Probability) + ")")
			}
			if n.Key == present {
				text.WriteString(" *")
			}
		}
		text.WriteString("\n")
	}
	return text.String()
}
