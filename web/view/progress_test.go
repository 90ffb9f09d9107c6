package view_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/view"
)

func TestAProgressTellsHowLongTheRestTakes(t *testing.T) {
	state := apptest.Open(t, "").S
	u := &feature.Change{State: state}
	tick := func(turn int) feature.Msg { return turn }
	var p view.Progress
	p.Begin(u, tick)
	p.Begin(u, tick)
	if p.Slow() || p.Percent(4) != "0" {
		t.Errorf("before it has ticked it is slow: %t, %s %%", p.Slow(), p.Percent(4))
	}
	for range 4 {
		p.Tick(u, 1, tick)
	}
	p.Tick(u, 0, tick) // of a turn before
	if p.Done = 2; !p.Slow() || p.Percent(6) != "25" || p.Seconds(6) != 6 {
		t.Errorf("after 2 s and 2 of 8 pieces it is slow: %t, %s %%, %d s to come", p.Slow(), p.Percent(6), p.Seconds(6))
	}
	p.Pause(true)
	if p.Tick(u, 1, tick); p.Slow() || !p.Paused {
		t.Error("what is stopped goes on")
	}
	p.Pause(false)
	p.Begin(u, tick)
	if p.Tick(u, 2, tick); p.Percent(6) != "25" || p.Seconds(6) != 8 {
		t.Errorf("it begins from the start: %s %%, %d s to come", p.Percent(6), p.Seconds(6))
	}
	p.Fail("memory is full")
	if p.Slow() || p.Fault == "" {
		t.Error("what has failed goes on")
	}
}
