package app

import (
	"maps"

	"glassbox/model"
	"glassbox/web/engine"
)

// Of a vocabulary of more than longAxis words the scene shows as many, the same ones in all tensors over the
// vocabulary: those around the word of the selected number.

// ShowWindow says which part of a tensor over a long vocabulary the scene shows: from that row and column on.
type ShowWindow struct {
	Name     string
	Row, Col int
}

// windowStep is what the first word of the window is a multiple of, unless the window would end behind the last word.
const windowStep = longAxis / 2

// overWords reports which axis of a tensor is that of a long vocabulary.
func (s State) overWords(i model.Info) (rows, cols bool) {
	v := s.Config.Vocab
	return v > longAxis && i.Rows == v, v > longAxis && i.Cols == v
}

// origin is the first row and column of a tensor that the scene shows.
func (s State) origin(i model.Info) (row, col int) {
	rows, cols := s.overWords(i)
	if rows {
		row = s.firstWord
	}
	if cols {
		col = s.firstWord
	}
	return row, col
}

// moveWindow moves the window so that the word of the selected number stands in it, drops the numbers of the window
// before, and tells the scene.
func (u *update) moveWindow() {
	if word := u.selectedWord(); word >= 0 && (word < u.firstWord || word >= u.firstWord+longAxis) {
		u.firstWord = min(max(word/windowStep*windowStep-windowStep/2, 0), u.Config.Vocab-longAxis)
	}
	if u.firstWord == u.windowed {
		return
	}
	u.windowed, u.fetched, u.values = u.firstWord, glance{}, maps.Clone(u.values)
	var moved []Command // before flights that lead there
	for _, i := range u.Steps {
		if rows, cols := u.overWords(i); rows || cols {
			delete(u.values, i.Name)
			row, col := u.origin(i)
			moved = append(moved, ShowWindow{i.Name, row, col})
		}
	}
	u.commands = append(moved, u.commands...)
}

// selectedWord is the word that the selected number is about, −1 if there is none of a long vocabulary.
func (s State) selectedWord() int {
	if s.Cell == nil {
		return -1
	}
	i, _ := s.Info(s.Cell.Name)
	switch rows, cols := s.overWords(i); {
	case rows:
		return s.Cell.Row
	case cols:
		return s.Cell.Col
	}
	return -1
}

// ofWindow leaves out what was asked for when the window stood elsewhere.
func (s State) ofWindow(list []engine.Values) (kept []engine.Values) {
	for _, v := range list {
		i, _ := s.Info(v.Name)
		rows, cols := s.overWords(i)
		if row, col := s.origin(i); rows && (v.From < row || v.From+v.Rows > row+longAxis) || cols && v.Cols <= longAxis && v.Col != col {
			continue
		}
		kept = append(kept, v)
	}
	return kept
}
