package language

// A lesson is a part of the training, from a step on, with texts of so many tokens, in which answers have that weight,
// other tokens having 1, and those shares of the documents are exercises of four sorts, or stories with sums; the
// rest is stories of all kinds.
//
// Who has what, and which colour, is found by looking back for one thing among several. A model that has
// mostly stories to learn it from guesses between two, and gets no better for a long time: it must find out
// what to look for, where to look and what to take from there, all at once. Rows ask for it with nothing in
// between, and so densely that it is found within a thousand steps; quizzes ask in ever other words, and
// then it is there in stories too. Texts begin short: attention that has learned nothing yet is spread over
// all tokens, and a hint is louder among few.
type lesson struct {
	from   int
	tokens int
	answer float32

	exercises, rows, quizzes, trades, sums float64
}

// lessons are those that the shipped model had.
func (g *generated) lessons() []lesson {
	return []lesson{
		{0, 64, 6, 1, 0, 0, 0, 0},
		{2700, 64, 6, 0.5, 0.5, 0, 0, 0},
		{3500, 64, 6, 0.25, 0.75, 0, 0, 0},
		{4500, 64, 6, 0.65, 0.25, 0, 0, 0},
		{5300, 128, 6, 0.35, 0.1, 0, 0, 0},
		{5600, 64, 6, 0.1, 0.1, 0.7, 0, 0},
		{6900, 128, 6, 0.2, 0.03, 0.35, 0, 0},
		{8200, 128, 8, 0.15, 0.02, 0.15, 0, 0},
		{9200, 128, 8, 0.05, 0.01, 0.1, 0.4, 0},
		{10500, 128, 8, 0.05, 0.01, 0.06, 0.25, 0},
		{12500, 128, 10, 0.05, 0.01, 0.06, 0.18, 0},
		{15000, 128, 8, 0.02, 0.01, 0.03, 0.06, 0.25},
	}
}

// lessonOf returns which of the lessons a step belongs to.
func lessonOf(lessons []lesson, step int) (now lesson) {
	for _, l := range lessons {
		if l.from <= step {
			now = l
		}
	}
	return now
}
