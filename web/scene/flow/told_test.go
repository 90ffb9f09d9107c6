package flow

import (
	"fmt"
	"strings"
	"testing"

	"glassbox/web/golden"
	"glassbox/web/scene/scenetest"
)

// TestARunTakesItsTimeAsBefore: the golden file has when each step begins, how fast its rows come, and what they read.
func TestARunTakesItsTimeAsBefore(t *testing.T) {
	var out strings.Builder
	infos := scenetest.Outline(t, scenetest.Nano, 6)
	for _, known := range []int{0, 4, 6} {
		line := NewTimeline(infos, known)
		fmt.Fprintf(&out, "\n== %d known, %.3f s\n", known, line.Length)
		for n := range line.Beats {
			b := &line.Beats[n]
			fmt.Fprintf(&out, "%s from %d, %.3f to %.3f, wants %.3f, pace %.3f, speed %.3f\n", golden.Text(b.Names), b.From, b.Start, b.End, b.wanted(), b.pace(), b.Speed())
			for i := range b.Step.Inputs {
				for j := range infos {
					if in := &infos[j]; in.Name == b.Step.Inputs[i].Name && n%3 == 0 {
						for _, row := range []int{0, 3, 5} {
							from, to := b.Reads(i, in, row, func(token int) int { return (token * 2) % 3 })
							fmt.Fprintf(&out, "row %d reads %s %d to %d\n", row, in.Name, from, to)
						}
					}
				}
			}
		}
		for n := range 41 {
			at := line.Length * float64(n-1) / 38
			beat, row := line.Row(at)
			fmt.Fprintf(&out, "at %.3f: beat %d, %d, row %d, share %.3f, stops %.3f %.3f %.3f, logits done %.3f, place %.3f\n", at, line.Beat(at), beat, row, line.Share(at),
				line.Stop(at, 1), line.Stop(at, -1), line.Stop(at, 5), line.Done("logits", at), line.Place(n, 0.3))
		}
	}
	golden.Compare(t, "told", out.String())
}
