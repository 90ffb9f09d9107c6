package main

import (
	"fmt"
	"slices"

	"glassbox/model"
	files "glassbox/model/checkpoint"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/train"
	"glassbox/scripts/regular"
	"glassbox/scripts/train/language"
)

const languageTask = "language"

// taskNames returns the names of all tasks, for help texts.
func taskNames() []string { return slices.Sorted(slices.Values(append(train.Names(), languageTask))) }

// openTask returns the task of that name. text names a file of the reader's own to learn from; it may be empty.
func openTask(name string, seed uint64, text string) (train.Task, error) {
	switch {
	case name != languageTask && text != "":
		return nil, fmt.Errorf("the task %s takes no -text; expected -task %s", name, languageTask)
	case name != languageTask:
		return train.Open(name, seed)
	case text == "":
		return language.New(seed)
	}
	b, err := regular.ReadFile(text)
	if err != nil {
		return nil, err
	}
	return language.Read(seed, text, string(b))
}

// encode returns the file of a trained model. One whose tokens share rows gets its whole vocabulary, and
// matrices in half precision.
func encode(task train.Task, m *model.Model, metadata map[string]string) ([]byte, error) {
	crowd, ok := task.(train.SharingTask)
	if !ok {
		return files.Save(m, metadata)
	}
	whole, err := crowd.Publish(m)
	if err != nil {
		return nil, err
	}
	return files.SaveAs(whole, safetensors.F16, metadata)
}
