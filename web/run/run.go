// Package run is what the page knows of a run of the model: sizes, tokens, steps, the numbers that
// are here, the parts of the network and what rows and columns mean.
package run

import (
	"slices"
	"strconv"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/say"
)

// A Run is a run of the model on the page: sizes, tokens, steps with their numbers as far as
// they are here, and what follows. It is a value: lists and maps are replaced, never changed.
// Before anything has run it holds the outline of the model.
type Run struct {
	Config     model.Config // known before the weights are there
	Tokens     []engine.Token
	Steps      []model.Info // those of the network, then those of sampling, then the weights
	Candidates []engine.Candidate
	Ran        Input             // what was run
	Drawn      *engine.Candidate // the token that it drew; nil: nothing has run

	FirstWord int           // of a long vocabulary that the scene shows
	Page      engine.Values // the page of the table of numbers of a tensor with a long axis

	values map[string]engine.Values // of the tensors that are here, whole
	stages stages                   // what belongs to each stage of Steps
	words  map[int]string           // of a long vocabulary, as far as they were spoken of, by id
}

// Input is all that a run depends on.
type Input struct {
	Text      string
	Generated []int
	Form      string // in which the text is read, as in engine.Run
	Sampling  Sampling
	Edits     []Edit      // what is changed in it
	Show      engine.Show // which of its numbers are shown, if anything is
	Beside    int         // the run of the second engine whose numbers are taken off, as the page counts them; 0: none
}

// Equal reports whether a run of b would be that of a.
func (a Input) Equal(b Input) bool {
	return a.Text == b.Text && a.Form == b.Form && slices.Equal(a.Generated, b.Generated) && a.Sampling == b.Sampling && a.SameEdits(b)
}

// SameEdits reports whether the same edits are made in both, and the same is shown of them.
func (a Input) SameEdits(b Input) bool {
	return slices.Equal(Made(a.Edits), Made(b.Edits)) && a.Show == b.Show && a.Beside == b.Beside
}

// Sampling holds the settings under their controls.
type Sampling struct {
	Temperature float32
	TopK        int // 0: all
	TopP        float32
	MinP        float32
	Seed        uint64
}

// DefaultSampling always takes the most likely token, so that the first answer that a reader sees
// is the model's best.
func DefaultSampling() Sampling { return Sampling{TopP: 1, Seed: 1} }

// MostTopK is the largest k of top-k, and the largest vocabulary of a model.
const MostTopK = 1_000_000

// Clamped returns the settings with each in its range.
func (s Sampling) Clamped() Sampling {
	if !(s.Temperature >= 0) {
		s.Temperature = 0
	}
	if !(s.TopP >= 0) {
		s.TopP = 0
	}
	if !(s.MinP >= 0) {
		s.MinP = 0
	}
	s.MinP = min(s.MinP, 1)
	s.Temperature, s.TopP = min(s.Temperature, 10), min(s.TopP, 1)
	s.TopK = min(max(s.TopK, 0), MostTopK)
	return s
}

// A Cell is a number of a tensor.
type Cell struct {
	Name     string
	Row, Col int
}

// Key writes the cell as one word, "logits-5-1".
func (c Cell) Key() string { return c.Name + "-" + strconv.Itoa(c.Row) + "-" + strconv.Itoa(c.Col) }

// Info describes the step or weight of that name.
func (s Run) Info(name string) (model.Info, bool) {
	for _, i := range s.Steps {
		if i.Name == name {
			return i, true
		}
	}
	return model.Info{}, false
}

// Has reports whether there is such a cell.
func (s Run) Has(c *Cell) bool {
	if c == nil {
		return false
	}
	i, ok := s.Info(c.Name)
	return ok && c.Row >= 0 && c.Row < i.Rows && c.Col >= 0 && c.Col < i.Cols
}

// WithAliases takes over what the file of the model calls its weights.
func (s Run) WithAliases(names map[string]string) Run {
	s.Steps = slices.Clone(s.Steps)
	for i := range s.Steps {
		s.Steps[i].Alias = say.Harmless(names[s.Steps[i].Name])
	}
	return s
}

// WithSteps takes over the structure of a run.
func (s Run) WithSteps(steps []model.Info) Run {
	s.Steps, s.stages = steps, stagesOf(steps)
	return s
}
