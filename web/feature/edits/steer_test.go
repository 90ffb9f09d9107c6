package edits_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature/edits"
)

func TestAnEditThatSteersSaysBetweenWhichTextsAndKeepsThem(t *testing.T) {
	p := on(t, "h.1.residual_2%2B%3D2*steer:0,1/2-1,1")
	has(t, p.HTML(), "From one text to 2 others")
	want := "A direction is added to Stream after feed-forward (Block 2, Feed-forward), times 2"
	if got := strings.Map(plain, Sentence(&p.State, p.State.Edits[0].Spec)); got != want {
		t.Errorf("it is said as %q; expected %q", got, want)
	}
	p.On("change", "id", "edit-value-1", &apptest.Event{Value: "0.5"})
	if got := p.State.Edits[0].Spec; got != "h.1.residual_2+=0.5*steer:0,1/2-1,1" {
		t.Errorf("half as strong, the edit is %s", got)
	}
	for _, m := range Marks(&p.State) {
		if m.Off {
			t.Errorf("%s is marked as switched off", m.Name)
		}
	}
}

func TestWhatIsPausedOffersNoChoices(t *testing.T) {
	if html := on(t, "~off:h.1.attn.head.2").HTML(); strings.Contains(html, `data-do="mean"`) {
		t.Error("an edit that is paused offers to do something else")
	}
}
