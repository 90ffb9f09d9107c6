package model_test

import (
	"glassbox/model"
	"glassbox/model/checkpoint"
)

// init gives the tests of the model what reads files.
func init() {
	model.Reading = func(files map[string][]byte) (m *model.Model, notes []string, err error) {
		var list []checkpoint.File
		for name, b := range files {
			list = append(list, checkpoint.File{Name: name, Bytes: b})
		}
		i, err := checkpoint.ImportFiles(list, checkpoint.Options{})
		if err != nil {
			return nil, nil, err
		}
		for _, n := range i.Notes {
			notes = append(notes, n.Error())
		}
		return i.Model, notes, nil
	}
}
