package language

// Drills are documents of a few kinds of package corpus that a lesson may have more of than the stories hold.
const (
	rows = iota
	mixed
	quizzes
	trades
	sums
	lectures
	drillCount
)

// drillKinds names the kinds of each.
var drillKinds = [drillCount][]string{rows: {"rows"}, mixed: {"cards", "memory", "turns"}, quizzes: {"quick"}, trades: {"trades"}, sums: {"sum"}, lectures: {"lecture"}}

// A lesson is a part of the training, from a step on, with texts of so many tokens, in which answers have that weight,
// other tokens having 1, and the drills have those shares of the documents; the rest is stories of all kinds.
//
// Who has what, and which colour, is found by looking back for one thing among several. A model that has
// mostly stories to learn it from guesses between two, and gets no better for a long time: it must find out
// what to look for, where to look and what to take from there, all at once. Rows ask for it with nothing in
// between, and so densely that it is found within a thousand steps; quizzes ask in ever other words, and
// then it is there in stories too. Texts begin short: attention that has learned nothing yet is spread over
// all tokens, and a hint is louder among few.
//
// The last lesson is about how the model writes when it takes the most likely word each time: lectures for the
// explanations in which it repeated itself, and of all else only what stands in no other document word for word. It begins
// anew from the weights as a file holds them.
type lesson struct {
	from   int
	tokens int
	answer float32
	shares shares
	unique bool // only of documents that have no stretch in common with another
}

// shares says what part of the documents each drill is.
type shares [drillCount]float64

// lessons are those that the shipped model had.
func (g *generated) lessons() []lesson {
	return []lesson{
		{0, 64, 6, shares{mixed: 1}, false},
		{2700, 64, 6, shares{rows: 0.5, mixed: 0.5}, false},
		{3500, 64, 6, shares{rows: 0.75, mixed: 0.25}, false},
		{4500, 64, 6, shares{rows: 0.25, mixed: 0.65}, false},
		{5300, 128, 6, shares{rows: 0.1, mixed: 0.35}, false},
		{5600, 64, 6, shares{rows: 0.1, mixed: 0.1, quizzes: 0.7}, false},
		{6900, 128, 6, shares{rows: 0.03, mixed: 0.2, quizzes: 0.35}, false},
		{8200, 128, 8, shares{rows: 0.02, mixed: 0.15, quizzes: 0.15}, false},
		{9200, 128, 8, shares{rows: 0.01, mixed: 0.05, quizzes: 0.1, trades: 0.4}, false},
		{10500, 128, 8, shares{rows: 0.01, mixed: 0.05, quizzes: 0.06, trades: 0.25}, false},
		{12500, 128, 10, shares{rows: 0.01, mixed: 0.05, quizzes: 0.06, trades: 0.18}, false},
		{15000, 128, 8, shares{rows: 0.01, mixed: 0.02, quizzes: 0.03, trades: 0.06, sums: 0.25}, false},
		{16500, 128, 8, shares{rows: 0.01, mixed: 0.02, quizzes: 0.03, trades: 0.06, sums: 0.15, lectures: 0.15}, true},
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
