package feature

import (
	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/explain"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/scene/camera"
)

// State is everything that the page shows. Only Update changes it.
type State struct {
	run.Run // of the model that is chosen, and of the text

	Phase      Phase
	Models     []Choice          // of the menu of models
	Model      string            // the chosen one
	Facts      []explain.Fact    // where its parameters are, for the overview
	Provenance map[string]string // provenance of the weights, from the file's metadata
	Problem    *Problem          // what went wrong last, or nil; the last good state stays visible
	Flat       *Flat             // the scene is drawn in 2D, and why; nil: in 3D
	Notice     string            // a short sentence that is read aloud: "Link copied."
	Reveal     Reveal            // what the reader asked to see by a link

	TextError string       // why the text can't be run, to stand beside it; the last run stays visible
	Text      string       // the prompt as typed, also when it can't be tokenized
	Generated []int        // what Step wrote
	Applied   int          // ID of the run whose reply is on the page, 0: none
	Computed  int          // rows that the last run computed
	Millis    float64      // engine time of the last run
	Holds     engine.Holds // what the engine holds behind it

	Next     *engine.Candidate // what Step will write; nil: nothing can follow
	Last     *engine.Candidate // the last answer, drawn without being fed back, once the context is full
	Guide    string            // "Sorts six letters: 3 more."
	Muted    bool              // predictions mean nothing yet: greyed
	Ends     bool              // the model stops with it
	Form     string            // in which the text is read: engine.FormText, …
	Sampling run.Sampling
	Edits    []run.Edit       // what the reader changes in the run
	Show     engine.Show      // which numbers the scene shows of a run with edits, or of one that is compared
	Second   int              // counts the runs of the second engine, with which the run is compared; 0: there is none
	Edited   []engine.Edited  // what became of those that are made
	Compared *engine.Compared // what they do to the next token; nil: nothing is changed
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
	Language         address.Language // that the link asks for
	Languages        []string         // that the page has; nil: English
	Scale            address.Scale
	Sheet            Sheet // of a narrow screen
	Menu             bool  // the menu of models is open
	LettersOff       bool  // single characters are no keys, except in the scene
	CanUndo, CanRedo bool

	features *Features      // of the page
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

// A Problem says what went wrong, where, and what to do; or asks the reader something.
type Problem struct {
	Title, Detail string
	Retry         bool   // a button tries again, or says yes
	Stays         bool   // until the reader closes it, though the page works again
	Yes, No       string // what the buttons that retry and close say; "" what is meant by that
}

// A Reveal is what the page scrolls to, once it stands there and is complete.
type Reveal struct {
	ID   string // of the element; "" none
	Turn int    // tells one from the next, for the reader may ask for the same again
}

// Sheet is how far the inspector of a narrow screen is drawn up.
type Sheet int

// Peek shows the selected number, Half the formula, Full everything.
const (
	SheetPeek Sheet = iota
	SheetHalf
	SheetFull
)

// session is what Update remembers beside what the page shows. Like the rest of the
// state it is a value: lists and maps are replaced, never changed.
type session struct {
	lastID   int        // of a request
	requests ledger     // those under way
	fetched  fetchKey   // where nothing more is missing
	averaged averaged   // of what the scene has averages
	gpt2     bool       // the table is in the engine
	sent     run.Input  // what it runs
	waiting  bool       // the input changed while a run was in flight
	stepping bool       // Step was pressed while a run was in flight
	turning  bool       // that step belongs to a change that undo knows already
	turn     int        // of Play
	resume   *run.Input // what played before the page froze; nil: nothing
	deaths   int        // of the worker, since it last did all that it was asked for
	acted    bool       // the reader did something since the last of them
	wait     wait       // for an answer

	noticeTurn int  // of the notice
	noticeHeld bool // the pointer is on it

	shown    Shown // what the scene was told last
	windowed int   // the first word of a long vocabulary that the scene was told to show

	peeked tablePage // the page that was asked for last

	asked *run.Cell         // what it asks for
	read  *engine.Explained // of the pinned cell, from the last run; nil: not here yet
	eager *run.Cell         // the largest term of this number is to be followed once it is known; nil: none

	link     string    // as the URL has it
	awaited  string    // the hash of a link to a model from a file that is not here; "" none
	past     []edit    // to be undone, oldest first
	later    []edit    // to be redone, next last
	kind     string    // of the last edit, "" after anything else
	linkLast *int      // id of the last answer of a link, until a run tells the rest
	linkCell *run.Cell // of a link, until a run has its tensor
	lastPin  *run.Cell // what a link pinned in the last row, where it stays when the text changes; nil: the pin keeps its row

	linkCamera *camera.State // of a link, until a run has the panels that it looks at
	flown      []string      // what the last flight shows

	still bool // the reader's system asks for less motion

	spoken *say.Language // in which the state keeps words

	heavy bool // a run of the model is too large to come in one reply
}

// Input returns what a run of this state computes.
func (s State) Input() run.Input {
	in := run.Input{Text: s.Text, Generated: s.Generated, Form: s.Form, Sampling: s.Sampling, Edits: s.Edits}
	if len(run.Made(s.Edits)) > 0 {
		in.Show = s.Show
	}
	if in.Show == engine.ShowBeside {
		in.Show = engine.ShowAfter
	}
	if s.Show == engine.ShowBeside && s.Second > 0 {
		in.Show, in.Beside = engine.ShowBeside, s.Second
	}
	return in
}

// New returns the state of a page that offers these models: nothing is loaded, but the
// structure of the first one is known.
func New(models []Choice, features *Features) State {
	s := State{features: features, Models: models, Sampling: run.DefaultSampling()}
	s.spoken = say.Spoken()
	if len(models) == 0 {
		s.Phase = Failed
		s.Problem = &Problem{Title: say.Feature.NoModel(), Detail: say.Feature.NoModelDetail()}
		return s
	}
	return s.withModel(models[0])
}

// Choice returns the entry of the switch that is chosen.
func (s State) Choice() Choice {
	for _, c := range s.Models {
		if c.ID == s.Model {
			return c
		}
	}
	return Choice{}
}

// withModel makes c the chosen model, with its example as the text and nothing run yet.
func (s State) withModel(c Choice) State {
	s.Model, s.Text, s.Generated, s.Form = c.ID, c.Example, nil, ""
	s.Edits, s.Show, s.Edited, s.Compared, s.Second = nil, engine.ShowAfter, nil, nil, 0
	s.Provenance, s.Problem, s.TextError, s.Playing = nil, nil, "", false
	s.Stage, s.Panel, s.Camera, s.linkCamera, s.flown = run.StageOverview, "", nil, nil, nil
	s.past, s.later, s.kind, s.linkLast = nil, nil, "", nil
	return s.withConfig(c.Config).forget()
}

// withConfig takes over the sizes of a model: its facts and its outline.
func (s State) withConfig(c model.Config) State {
	account := c.Account()
	s.Config, s.Facts, s.heavy = c, explain.Parameters(account), Heavy(c)
	if outline, err := model.Outline(c, min(s.length(), c.Context)); err == nil {
		s.Run = s.WithSteps(outline)
	}
	return s
}

// forget drops the numbers of the model before.
func (s State) forget() State {
	s.Run = s.Run.Outline()
	s.Next, s.Last, s.Computed, s.Millis, s.Holds = nil, nil, 0, 0, engine.Holds{}
	s.Cell, s.Hover, s.Explained, s.linkCell = nil, nil, nil, nil
	s.Applied, s.waiting, s.stepping, s.turning, s.asked = 0, false, false, false, nil
	s.requests = s.requests.only(ForModel, ForTable)
	s.Trail, s.read, s.eager = nil, nil, nil
	s.fetched, s.averaged = fetchKey{}, averaged{}
	s.peeked = tablePage{}
	s.Mode = ""
	for _, f := range s.list() {
		if f.Forget != nil {
			f.Forget(&s)
		}
	}
	return s
}
