package feature_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/view"
)

// Edits can make numbers that are none, or infinite. No tool writes those as Go does, in a text or as a length.
func TestNoToolShowsWhatIsNoNumber(t *testing.T) {
	for _, edit := range []string{"probabilities=0", "probabilities*=1e38;probabilities*=1e38", "logits*=100", "logits*=1e38;logits*=1e38", "logits[2,0]*=1e38;logits[2,0]*=1e38", "h.0.ln_1.std=0"} {
		for _, tool := range []string{"lens=4", "why=next", "patch=resid_pre", "habits=text", "surprise=on", "draws=100", "edits=open", "stage=softmax"} {
			r := apptest.Open(t, "#model=sort&edit="+edit+"&"+tool)
			html := apptest.Draw(t, &view.Root{Screen: Screen{State: &r.S, OnMsg: func(Msg) {}, OnAction: func(Action) {}}})
			html = strings.NewReplacer("is NaN; nothing can be drawn", "", "is +Inf; nothing can be drawn", "").Replace(html) // which says why
			for _, bad := range []string{"NaN", "Inf", "922337203685"} {
				if i := strings.Index(html, bad); i >= 0 {
					t.Errorf("with %s, %s shows …%s", edit, tool, html[max(0, i-120):min(len(html), i+40)])
				}
			}
		}
	}
}
