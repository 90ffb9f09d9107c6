package train

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"glassbox/model"
)

// A Task is something that a model can learn. It is made from a seed, on which everything about it
// depends: the same seed gives the same batches and the same parting into seen and held-out data.
type Task interface {
	// Name is how the command line and the file's metadata call it.
	Name() string

	// Data says in a sentence or two what the model sees, and what is held out.
	Data() string

	// Config returns the sizes of the model.
	Config() model.Config

	// Recipe returns how it is best trained.
	Recipe() Recipe

	// Batch returns that many texts for a step. It depends on the seed and on its arguments alone, not
	// on the batches before, so an interrupted training goes on as if nothing had happened.
	Batch(step, texts int) Batch

	// Evaluate finds out what the model has learned.
	Evaluate(m *model.Model) (Report, error)
}

// A SharingTask is a Task with a larger vocabulary than its model: the last token of the model stands for all
// tokens that never occur. They share its row of the embedding, and so its logit; see [model.Sharing].
type SharingTask interface {
	Task

	// Copies returns how many tokens the last one stands for.
	Copies() int

	// Publish returns the model with the whole vocabulary.
	Publish(m *model.Model) (*model.Model, error)
}

// A HeldOutTask is a Task with held-out texts on which a loss can be measured while the training goes on.
type HeldOutTask interface {
	Task

	// HeldOut returns that many texts, the same at every call.
	HeldOut(texts int) Batch
}

// copiesOf returns the copies of a task's last token, 1 if the task says nothing of them.
func copiesOf(t Task) int {
	if c, ok := t.(SharingTask); ok {
		return c.Copies()
	}
	return 1
}

// A Report is what an evaluation found: facts for the reader and for the metadata of the file.
type Report struct {
	Facts  []Fact
	Passed bool // the model can do what the task asks
}

// A Fact has a name in the style of metadata keys, and a value in words or numbers.
type Fact struct{ Name, Value string }

// tasks lists what Open knows.
func tasks() map[string]func(seed uint64) Task {
	return map[string]func(uint64) Task{
		"sort": func(seed uint64) Task { return NewSort(seed) },
	}
}

// Names returns the names of all tasks, for help texts.
func Names() []string {
	return slices.Sorted(maps.Keys(tasks()))
}

// Open returns the task of that name, or an error that lists the names.
func Open(name string, seed uint64) (Task, error) {
	if open := tasks()[name]; open != nil {
		return open(seed), nil
	}
	return nil, fmt.Errorf("there is no task %q; expected %s", name, strings.Join(Names(), " or "))
}
