package engine

import (
	"strings"
	"testing"

	"glassbox/model"
)

func TestATextThatMemoryCannotHoldIsRefused(t *testing.T) {
	e := New()
	ask(t, e, Request{Load: &Load{Name: "mine", File: otherModel(t, "nano-sort"), Heads: 3, Words: "numbers"}})
	m := e.trace.Model
	e.Memory = m.Bytes() + model.Budget + mostGarbage + m.Config.Kept(4)
	run := func(text string) Reply { return e.Handle(Request{ID: 1, Run: &Run{Text: text}}) }
	if r := run("1 2 0 1"); r.Error != "" || len(r.Ran.Tokens) != 4 {
		t.Errorf("four tokens, for which there is room: %+v", r)
	}
	if r := run("1 2 0 1 2"); !strings.Contains(r.Error, "has 5 tokens") || !strings.Contains(r.Error, "there is room for 4: remove 1 to go on") {
		t.Errorf("five tokens are refused with %q", r.Error)
	}
	if r := run("1 2"); r.Error != "" || len(r.Ran.Tokens) != 2 {
		t.Errorf("a shorter text after that: %+v", r)
	}
}
