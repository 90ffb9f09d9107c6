package feature_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

// TestOneMoveIsAnnouncedOnce holds how often a move changes what is announced, and what it then is: each message is
// heard before its answers come, and after them.
func TestOneMoveIsAnnouncedOnce(t *testing.T) {
	r := apptest.Open(t, "")
	var heard Heard
	heard.Hear(r.S)
	for _, c := range []struct {
		move Msg
		want string
	}{
		{StepPressed{}, "7 tokens, the last one, A, written by the model."},
		{PanelChosen{"h.0.attn.head.1.scores"}, "Block 1, Attention, Head 2, Scores"},
		{CellChosen{&run.Cell{Name: "h.0.attn.head.1.scores", Row: 4, Col: 2}}, "Scores, head 2, query 4 B → key 2 A"},
		{CellMoved{&run.Cell{Name: "h.0.attn.head.1.scores", Row: 4, Col: 3}}, "Scores, head 2, query 4 B → key 3 B"},
		{CellHovered{&run.Cell{Name: "h.0.ln_1", Row: 1, Col: 3}}, ""},
		{Copied{What: "The number", OK: true}, "The number"},
		{ResetPressed{}, "6 tokens. Next: A"},
		{UndoPressed{}, "7 tokens"},
	} {
		before, times := heard.Now, 0
		r.Seen = func(s State) {
			if was := heard.Now; heard.Hear(s) != was {
				times++
			}
		}
		r.Send(c.move)
		switch {
		case c.want == "" && times != 0, c.want != "" && times != 1:
			t.Errorf("%T is announced %d times, at last as %q", c.move, times, heard.Now)
		case !strings.Contains(heard.Now, c.want) || c.want != "" && heard.Now == before:
			t.Errorf("%T is announced as %q; expected %q", c.move, heard.Now, c.want)
		}
	}
}
