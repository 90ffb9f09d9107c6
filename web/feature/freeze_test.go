package feature_test

import (
	"testing"

	"glassbox/web/app"
	. "glassbox/web/feature"
)

// freezing returns the state after a message, and whether Play asked for another tick.
func freezing(s State, m Msg) (State, bool) {
	s, commands := Update(s, m)
	for _, c := range commands {
		if after, ok := c.(After); ok {
			_, ticks := after.Msg.(PlayTicked)
			return s, ticks
		}
	}
	return s, false
}

func TestAFrozenPageHoldsPlayAndGoesOn(t *testing.T) {
	s := app.New(app.Shipped(onDisk))
	s.Text = "CBABBC"
	s.PlayAs(3)
	s, ticks := freezing(s, Frozen{On: true})
	if s.Playing || ticks || !s.Frozen {
		t.Fatalf("frozen: playing %t, ticks %t", s.Playing, ticks)
	}
	if s, _ = freezing(s, Frozen{On: true}); s.Playing {
		t.Error("frozen twice, it plays")
	}
	if s, ticks = freezing(s, PlayTicked{Turn: 3}); ticks {
		t.Error("a tick that was under way moved the frozen page")
	}
	s, ticks = freezing(s, Frozen{})
	if !s.Playing || !ticks || s.Frozen {
		t.Errorf("thawed: playing %t, ticks %t", s.Playing, ticks)
	}
	if s, _ = freezing(s, PlayTicked{Turn: 3}); s.TurnOfPlay() == 3 {
		t.Error("the tick from before the frost counts again")
	}
}

func TestAThawedPageStaysStillWhereNothingPlayed(t *testing.T) {
	s, _ := Update(app.New(app.Shipped(onDisk)), Frozen{On: true})
	if s, ticks := freezing(s, Frozen{}); s.Playing || ticks {
		t.Error("it plays without having been told to")
	}
}

func TestAnotherTextIsNotPlayedAfterTheFrost(t *testing.T) {
	s := app.New(app.Shipped(onDisk))
	s.Text, s.Playing = "CBABBC", true
	s, _ = Update(s, Frozen{On: true})
	s, _ = Update(s, PromptChanged{Text: "AAA"})
	if s, ticks := freezing(s, Frozen{}); s.Playing || ticks {
		t.Error("the host's text is played without having been told to")
	}
}
