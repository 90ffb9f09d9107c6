package app

import (
	"maps"
	"slices"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/scene"
)

// session is what Update remembers beside what the page shows. Like the rest of the
// state it is a value: lists and maps are replaced, never changed.
type session struct {
	values map[string]engine.Values // of the tensors that are here, whole
	stages stages                   // what belongs to each stage of Steps

	request  int               // ID of the last request
	opening  int               // ID of the request that opens a file, 0: none
	fetching int               // ID of the request for more numbers, 0: none
	fetched  glance            // where nothing more is missing
	loading  int               // ID of the request that loads the model, 0: none
	table    int               // ID of the request that loads the GPT-2 table, 0: none
	gpt2     bool              // the table is in the engine
	running  int               // ID of the run in flight, 0: none
	applied  int               // ID of the run whose reply is on the page, 0: none
	sent     input             // what it runs
	ran      input             // what the run on the page ran
	drawn    *engine.Candidate // the token that it drew
	waiting  bool              // the input changed while a run was in flight
	stepping bool              // Step was pressed while a run was in flight
	turn     int               // of Play
	resume   *input            // what played before the page froze; nil: nothing
	deaths   int               // of the worker, since the last run that went well
	wait     wait              // for an answer

	firstWord int // of a long vocabulary that the scene shows
	windowed  int // the same, as the scene was told

	words   map[int]string // of a long vocabulary, as far as they were spoken of, by id
	ranking int            // ID of the request for ranks, 0: none
	sought  sought         // what was asked for last
	peeking int            // ID of the request for a page of numbers, 0: none
	peeked  peek           // the page that was asked for last
	window  engine.Values  // its numbers

	takings int // files that were asked for

	explaining int               // ID of the question in flight, 0: none
	asked      *Cell             // what it asks for
	read       *engine.Explained // of the pinned cell, from the last run; nil: not here yet
	eager      *Cell             // the largest term of this number is to be followed once it is known; nil: none
	retracing  int               // ID of the question about the way to it, 0: none
	cutting    int               // ID of the Tokenize in flight, 0: none
	probing    bool              // the probe changed while it was in flight
	probed     bool              // the reader has typed a probe

	link  string // as the URL has it
	past  []edit // to be undone, oldest first
	later []edit // to be redone, next last
	kind  string // of the last edit, "" after anything else
	last  *int   // id of the last answer of a link, until a run tells the rest
	cell  *Cell  // of a link, until a run has its tensor
	trip  *trip  // nil: not on the walk, or led into it by a link

	camera *scene.CameraState // of a link, until a run has the panels that it looks at
	flown  []string           // what the last flight shows

	watching watching // of the flow
	worded   spot     // where the open word of the glossary belongs

	compared []scene.Size // what the scene shows instead of the model
}

// input is all that a run depends on.
type input struct {
	text      string
	generated []int
	sampling  Sampling
}

func (s State) input() input { return input{s.Text, s.Generated, s.Sampling} }

func (a input) equal(b input) bool {
	return a.text == b.text && slices.Equal(a.generated, b.generated) && a.sampling == b.sampling
}

// New returns the state of a page that offers these models: nothing is loaded, but the
// structure of the first one is known.
func New(models []Choice) State {
	s := State{Models: models, Merging: -1, Sampling: defaultSampling()}
	if len(models) == 0 {
		s.Phase = Failed
		s.Problem = &Problem{Title: "There is no model", Detail: "This page was built without one."}
		return s
	}
	return s.withModel(models[0])
}

// defaultSampling always takes the most likely token, so that the first answer that a
// reader sees is the model's best.
func defaultSampling() Sampling { return Sampling{TopP: 1, Seed: 1} }

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
	s.Model, s.Text, s.Generated = c.ID, c.Example, nil
	s.Source, s.Problem, s.TextError, s.Playing = nil, nil, "", false
	s.Stage, s.Panel, s.Camera, s.camera, s.flown, s.Sizes = StageOverview, "", nil, nil, nil, ""
	s.past, s.later, s.kind, s.last = nil, nil, "", nil
	s.Tokenizer, s.Probe, s.Tokenized, s.probed = tokenizerOf(c.Config), c.Example, nil, false
	return s.withConfig(c.Config).forget()
}

// withConfig takes over the sizes of a model: its facts and its outline.
func (s State) withConfig(c model.Config) State {
	s.Config, s.Facts = c, Parameters(c)
	if outline, err := model.Outline(c, min(s.length(), c.Context)); err == nil {
		s = s.withSteps(outline)
	}
	return s
}

// withSteps takes over the structure of a run.
func (s State) withSteps(steps []model.Info) State {
	s.Steps, s.stages = steps, stagesOf(steps)
	return s
}

// forget drops the numbers of the model before.
func (s State) forget() State {
	s.Tokens, s.values = nil, nil
	s.Candidates, s.Next, s.Last, s.Computed, s.Millis = nil, nil, nil, 0, 0
	s.Cell, s.Hover, s.Explained, s.cell = nil, nil, nil, nil
	s.running, s.applied, s.waiting, s.stepping, s.ran, s.drawn = 0, 0, false, false, input{}, nil
	s.explaining, s.asked, s.cutting, s.probing = 0, nil, 0, false
	s.Attention = Attention{}
	s.Trail, s.read, s.eager, s.retracing = nil, nil, nil, 0
	s.fetching, s.fetched = 0, glance{}
	s.Rank, s.Find, s.Ranking, s.ranking, s.sought = 0, "", nil, 0, sought{}
	s.Taking = nil
	s.Flow, s.watching = Flow{Pace: s.Flow.Pace}, watching{shown: s.watching.shown, still: s.watching.still}
	s.words, s.peeking, s.peeked, s.window = nil, 0, peek{}, engine.Values{}
	s.firstWord = 0
	return s
}

func tokenizerOf(c model.Config) string {
	if c.Alphabet != "" {
		return "letters"
	}
	return "gpt2"
}

// Info describes the step or weight of that name.
func (s State) Info(name string) (model.Info, bool) {
	for _, i := range s.Steps {
		if i.Name == name {
			return i, true
		}
	}
	return model.Info{}, false
}

// Values returns all rows of the step or weight of that name, if they are on the page. Of a
// tensor with a long axis they never are.
func (s State) Values(name string) (engine.Values, bool) {
	v, ok := s.values[name]
	if i, known := s.Info(name); ok && known && isLong(i) {
		return engine.Values{}, false
	}
	return v, ok
}

// At returns a number, if it is on the page and not masked.
func (s State) At(name string, row, col int) (float32, bool) {
	v, ok := s.values[name]
	if r, c := row-v.From, col-v.Col; ok && r >= 0 && r < v.Rows && c >= 0 && c < v.Cols {
		x := v.Data[r*v.Cols+c]
		return x, x == x
	}
	return s.inWindow(name, row, col)
}

// withValues patches what is on the page with what came.
func (s State) withValues(list []engine.Values) State {
	values := maps.Clone(s.values)
	if values == nil {
		values = map[string]engine.Values{}
	}
	for _, v := range list {
		if v.From > 0 {
			i, _ := s.Info(v.Name)
			first, _ := s.origin(i)
			had := values[v.Name]
			if v.From > first && (had.Rows < v.From-first || had.Cols != v.Cols) {
				continue // rows whose beginning is not here are of no use
			}
			v = joined(had, v, first)
		}
		values[v.Name] = v
	}
	s.values = values
	return s
}

// joined returns the rows of a before those of b, then b's; those of a begin with the row first.
func joined(a, b engine.Values, first int) engine.Values {
	before := b.From - first
	return engine.Values{Name: b.Name, From: first, Col: b.Col, Rows: before + b.Rows, Cols: b.Cols, Data: slices.Concat(a.Data[:before*b.Cols], b.Data)}
}

// Stat summarises a tensor, if its values are on the page. It looks at all of them, so it
// is for those that the reader looks at.
func (s State) Stat(name string) (Stat, bool) {
	v, ok := s.Values(name)
	return statOf(v), ok
}

func statOf(v engine.Values) (stat Stat) {
	sum, n := 0.0, 0
	for _, x := range v.Data {
		if x != x {
			continue
		}
		if n == 0 {
			stat.Min, stat.Max = x, x
		}
		stat.Min, stat.Max = min(stat.Min, x), max(stat.Max, x)
		sum += float64(x)
		n++
	}
	stat.Mean = float32(sum / float64(max(1, n)))
	return stat
}
