package run

import (
	"strconv"

	"glassbox/model"
	"glassbox/web/say"
)

// Heading names row or column n of a step or weight in a table of its numbers: the token
// or word that it stands for ("3 B"), or its number.
func (s Run) Heading(name string, n int, column bool) string {
	info, _ := s.Info(name)
	axis := info.RowAxis
	if column {
		axis = info.ColAxis
	}
	switch {
	case axis.Tokens():
		return s.Tag(n)
	case axis == model.AxisWord:
		return s.WordText(n)
	}
	return strconv.Itoa(n)
}

// Axes says what the rows and the columns of a step or weight stand for: "token",
// "looked at".
func (s Run) Axes(name string) (rows, cols string) {
	info, _ := s.Info(name)
	if info.ColAxis == model.AxisKey {
		return say.Run.AxisLooking(), say.Run.AxisLookedAt()
	}
	return axisName(info.RowAxis), axisName(info.ColAxis)
}

// axisName names an axis, as it stands in a sentence.
func axisName(a model.Axis) string {
	switch {
	case a.Tokens():
		return say.Run.AxisToken()
	case a == model.AxisWord:
		return say.Run.AxisWord()
	case a == model.AxisPosition:
		return say.Run.AxisPosition()
	case a == model.AxisOne:
		return say.Run.AxisOne()
	}
	return say.Run.AxisNumber()
}
