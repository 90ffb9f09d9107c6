package feature

import (
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/explain"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

// State is everything that the page shows. Only Update changes it.
type State struct {
	run.Run // of the model that is chosen, and of the text

	Phase   Phase
	Models  []Choice          // of the model switch
	Model   string            // the chosen one
	Facts   []explain.Fact    // where its parameters are, for the overview
	Source  map[string]string // provenance of the weights, from the file's metadata
	Problem *Problem          // what went wrong last, or nil; the last good state stays visible
	Flat    *Flat             // the scene is drawn in 2D, and why; nil: in 3D
	Notice  string            // a short sentence that is read aloud: "Link copied."

	TextError string  // why the text can't be run, to stand beside it; the last run stays visible
	Text      string  // the prompt as typed, also when it can't be tokenized
	Generated []int   // what Step wrote
	Applied   int     // ID of the run whose reply is on the page, 0: none
	Computed  int     // rows that the last run computed
	Millis    float64 // engine time of the last run

	Next     *engine.Candidate // what Step will write; nil: nothing can follow
	Last     *engine.Candidate // the last answer, drawn without being fed back, once the context is full
	Guide    string            // "Sorts six letters: 3 more."
	Muted    bool              // predictions mean nothing yet: greyed
	Sampling run.Sampling
	Playing  bool
	Frozen   bool // off the screen of the page around it

	Mode      string            // name of the feature that stands in the place of panels and stages; "" none
	Stage     run.Stage         // where the reader is
	Panel     string            // name of the selected step or weight; "" none
	Camera    *camera.State     // where the reader moved it; nil: it frames Panel, or else Stage
	Cell      *run.Cell         // selected and pinned
	Hover     *run.Cell         // under the pointer or finger
	Trail     []Crumb           // the way to Cell, from the number where the reader began; nil: it began there
	Explained *engine.Explained // of Hover, or else of Cell

	Host             address.Host // what the embedding page asks for
	LinkText         string       // to be copied by hand, for the clipboard was refused; "" none
	Theme            address.Theme
	Scale            address.Scale
	Sheet            Sheet // of a narrow screen
	Menu             bool  // the menu of models is open
	LettersOff       bool  // single characters are no keys, except in the scene
	CanUndo, CanRedo bool

	features *List          // of the page
	memories map[string]any // what they keep, by their names

	session // what the page does not show
}

// Phase of the page's life.
type Phase int

// The page starts, the weights load, the model is ready; or it can't be used at all.
const (
	Starting Phase = iota
	Loading
	Ready
	Failed
)

// A Problem says what went wrong, where, and what to do.
type Problem struct {
	Title, Detail string
	Retry         bool // a button tries again
	Stays         bool // until the reader closes it, though the page works again
}

// Sheet is how far the inspector of a narrow screen is drawn up.
type Sheet int

// Peek shows the selected number, Half the formula, Full everything.
const (
	SheetPeek Sheet = iota
	SheetHalf
	SheetFull
)
