package reading

import (
	"testing"

	"glassbox/web/engine"
	"glassbox/web/feature"
)

func TestPromptAndContinuationStandApart(t *testing.T) {
	s := feature.State{Text: "Anna has a", Generated: []int{7, 8}}
	s.Tokens = []engine.Token{{Text: "Anna"}, {Text: "·has"}, {Text: "·a"}, {ID: 7, Text: "·red", Generated: true}, {ID: 8, Text: ".", Generated: true}}
	c := Written{&feature.Screen{State: &s}}
	if c.Given() != "Anna has a" || c.Continued() != " red." {
		t.Errorf("%q, then %q", c.Given(), c.Continued())
	}
	if s.Form = engine.FormChat; c.Continued() != "\n red." {
		t.Errorf("an answer stands as %q", c.Continued())
	}
	if s.Generated = nil; c.Continued() != "" {
		t.Errorf("%q still stands there after another text was typed", c.Continued())
	}
}
