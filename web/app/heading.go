package app

import "strconv"

// Heading names row or column n of a step or weight in a table of its numbers: the token
// or word that it stands for ("3 B"), or its number.
func Heading(s State, name string, n int, column bool) string {
	info, _ := s.Info(name)
	rows, cols := s.axes(info)
	if column {
		rows = cols
	}
	switch rows {
	case axisToken, axisKey:
		return s.tag(n)
	case axisWord:
		return s.word(n)
	}
	return strconv.Itoa(n)
}

// Axes says what the rows and the columns of a step or weight stand for: "token",
// "looked at".
func Axes(s State, name string) (rows, cols string) {
	info, _ := s.Info(name)
	r, c := s.axes(info)
	if c == axisKey {
		return "looking", "looked at"
	}
	return r.String(), c.String()
}

// String names the axis, as it stands in a sentence.
func (a axis) String() string {
	switch a {
	case axisToken:
		return "token"
	case axisKey:
		return "looked at"
	case axisWord:
		return "word"
	case axisPlace:
		return "place"
	case axisOne:
		return "value"
	}
	return "number"
}
