package feature

import (
	"glassbox/model"
	"glassbox/web/run"
)

// Of a vocabulary of more than longAxis words the scene shows as many, the same ones in all tensors over the
// vocabulary: those around the word of the selected number.

// ShowWindow says which part of a tensor over a long vocabulary the scene shows: from that row and column on.
type ShowWindow struct {
	Name     string
	Row, Col int
}

// windowStep is what the first word of the window is a multiple of, unless the window would end behind the last word.
const windowStep = run.LongAxis / 2

// moveWindow moves the window so that the word of the selected number stands in it, drops the numbers of the window
// before, and tells the scene.
func (u *Change) moveWindow() {
	first := u.FirstWord
	if word := u.selectedWord(); word >= 0 && (word < first || word >= first+run.LongAxis) {
		first = min(max(word/windowStep*windowStep-windowStep/2, 0), u.Config.Vocab-run.LongAxis)
	}
	if first == u.windowed {
		return
	}
	u.windowed, u.fetched = first, fetchKey{}
	var over []model.Info
	u.Run, over = u.WithFirstWord(first)
	var moved []Command // before flights that lead there
	for _, i := range over {
		row, col := u.Origin(i)
		moved = append(moved, ShowWindow{i.Name, row, col})
	}
	u.commands = append(moved, u.commands...)
}

// selectedWord is the word that the selected number is about, −1 if there is none of a long vocabulary.
func (s State) selectedWord() int {
	if s.Cell == nil {
		return -1
	}
	i, _ := s.Info(s.Cell.Name)
	switch rows, cols := s.OverWords(i); {
	case rows:
		return s.Cell.Row
	case cols:
		return s.Cell.Col
	}
	return -1
}
