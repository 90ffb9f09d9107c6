package lessons

import (
	"slices"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
)

// A kind of readers is for whom a line of a lesson can be: those whose model is or has something.
type kind struct {
	name string
	of   int // which question it answers: a model is of one kind at most for each
	is   func(s *feature.State) bool
}

// The questions that kinds answer.
const (
	whoseModel = iota
	whichTokens
	whichOutput
	whichPlaces
	whichNorm
	whichFeed
	whichBend
	whichKeys
	howScaled
	howFar
	whetherHeadsNorm
	howFramed
	whetherRanked
)

// kinds is the table. What a model has is seen in its steps, or in its configuration where they don't show it.
func kinds() []kind {
	not := func(is func(s *feature.State) bool) func(s *feature.State) bool {
		return func(s *feature.State) bool { return !is(s) }
	}
	own := func(s *feature.State) bool { return s.Choice().Source != nil }
	tied := func(s *feature.State) bool { return s.Config.Tied }
	gated := has(model.OpMultiply)
	grouped := func(s *feature.State) bool { return s.Config.Groups() < s.Config.Heads }
	unscaled := func(s *feature.State) bool { return s.Config.Unscaled }
	windowed := func(s *feature.State) bool { return s.Config.LooksBack(s.Config.Blocks-1) > 0 }
	return []kind{
		{"shipped", whoseModel, not(own)}, {"own", whoseModel, own},
		{"letters", whichTokens, readsLetters}, {"words", whichTokens, readsWords}, {"ids", whichTokens, readsIDs},
		{"tied", whichOutput, tied}, {"untied", whichOutput, not(tied)},
		{"positions", whichPlaces, has(model.OpPosition)}, {"rotary", whichPlaces, has(model.OpRotate)},
		{"layernorm", whichNorm, has(model.OpNorm)}, {"rmsnorm", whichNorm, has(model.OpRMSNorm)},
		{"gated", whichFeed, gated}, {"ungated", whichFeed, not(gated)},
		{"gelu", whichBend, has(model.OpGELU, model.OpErfGELU)}, {"relu", whichBend, has(model.OpReLU)}, {"silu", whichBend, has(model.OpSiLU)},
		{"grouped", whichKeys, grouped}, {"ungrouped", whichKeys, not(grouped)},
		{"scaled", howScaled, not(unscaled)}, {"unscaled", howScaled, unscaled},
		{"windowed", howFar, windowed}, {"unwindowed", howFar, not(windowed)},
		{"framed", howFramed, func(s *feature.State) bool { return s.Choice().Frames && s.Form == engine.FormText }},
		{"chatting", howFramed, func(s *feature.State) bool { return s.Form == engine.FormChat }},
		{"ranked", whetherRanked, func(s *feature.State) bool { return s.Ranks() }},
		{"headnorms", whetherHeadsNorm, func(s *feature.State) bool { return s.Config.HeadNorms }},
	}
}

// has is the kind of models that have a step of one of these operations.
func has(ops ...model.Op) func(s *feature.State) bool {
	return func(s *feature.State) bool {
		return slices.ContainsFunc(s.Steps, func(i model.Info) bool { return slices.Contains(ops, i.Op) })
	}
}

func readsLetters(s *feature.State) bool { return s.Config.Alphabet != "" }

// readsWords reports whether the text is cut into tokens by a tokenizer.
func readsWords(s *feature.State) bool {
	return !readsLetters(s) && (s.Choice().Source == nil || s.ReadsGPT2() || s.ReadsOwn())
}

// readsIDs reports whether tokens are typed as numbers, for what they stand for is not known.
func readsIDs(s *feature.State) bool { return !readsLetters(s) && !readsWords(s) }

// Audience returns the kinds of readers for whom a line of a lesson can be, as far as they are those of this model.
func Audience(s *feature.State) (list []string) {
	for _, k := range kinds() {
		if k.is(s) {
			list = append(list, k.name)
		}
	}
	return list
}

// Kinds returns the names of all kinds, in the order of the table.
func Kinds() (list []string) {
	for _, k := range kinds() {
		list = append(list, k.name)
	}
	return list
}
