package label

import (
	"glassbox/model"
	"glassbox/web/say"
)

// Title returns what a tensor is called in the scene, beside the step that reads it.
func Title(s, reader *model.Info) string {
	if reader != nil {
		return say.Label(s.BaseFor(*reader))
	}
	return say.Label(s.Base())
}

// Shape returns the sizes of a tensor in the letters of the legend: "T × C". A reader of a
// weight sees in × out.
func Shape(s *model.Info) string {
	return symbol(s.Rows, s.RowAxis) + " × " + symbol(s.Cols, s.ColAxis)
}

// Turned is Shape of a tensor whose rows are drawn as columns: "C × T".
func Turned(s *model.Info) string {
	return symbol(s.Cols, s.ColAxis) + " × " + symbol(s.Rows, s.RowAxis)
}

// symbol returns the letter for the length of an axis, or if it has none the length itself.
func symbol(n int, axis model.Axis) string {
	if letter := axis.Letter(); letter != "" {
		return letter
	}
	return say.Count(n)
}
