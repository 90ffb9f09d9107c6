// Package explain tells how a number came about, and what a stage of the model does, in words
// and formulas with the numbers of the run on the page.
//
// What it knows of an operation is one row of a table in the file of its kind (embed.go, norm.go,
// linear.go, attention.go, mlp.go, sample.go, as in model): the question that its numbers answer,
// its equation, the terms that it sums, and which of the numbers that it read the way back to the
// text follows. A test fails for an operation that lacks its row.
package explain

import (
	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/run"
)

// A View is a run as the reader looks at it.
type View struct {
	run.Run
	Stage     run.Stage
	Panel     string            // name of the selected step or weight
	Cell      *run.Cell         // that the reader points at, or else has pinned; nil: none
	Explained *engine.Explained // how a cell came about, once that is known
	Facts     []Fact            // where the parameters of the model are
	Next      Next
}

// Next is what the page knows of the token that follows, besides the run.
type Next struct {
	Sampling run.Sampling // as it is set
	Fresh    bool         // the run is that of the text and the settings on the page
	Letters  int          // of the task to sort that many; 0: no such task
	Typed    int          // characters of the text
	Muted    bool         // predictions mean nothing yet
}

// A row is what is told of an operation.
type row struct {
	op model.Op

	question     func(v View, i model.Info) string             // the question that its numbers answer
	cellQuestion func(v View, i model.Info, c run.Cell) string // the one that a single number answers
	weights      map[string]func() string                      // the questions of weights that it reads, by their roles

	equation func(w *calculation) (symbols, live []FormulaPart) // in symbols, and with live numbers
	terms    func(w *calculation)                               // lists what it sums or chooses from; nil: it does not
	curve    func(x float64) float64                            // the function that it is, for a picture; nil: there is none
	note     func(w *calculation) string                        // what the equation does not say; nil: nothing

	follow func(w *calculation) (run.Cell, bool)                      // what the way back goes on to, if not the largest term, operand or x
	end    func(v View, x *engine.Explained) (text string, token int) // why the way back ends here; nil: it goes on

	chooses      bool // of its terms one is taken, the largest; else they are summed
	larger       bool // of its operands the way back follows the larger one
	followFactor int  // which of the two numbers of a term the way back follows
}

// rows has a row for every operation.
var rows = func() map[model.Op]row {
	all := map[model.Op]row{}
	for _, kind := range [][]row{embedRows, normRows, linearRows, rotaryRows, attentionRows, mlpRows, sampleRows} {
		for _, r := range kind {
			all[r.op] = r
		}
	}
	return all
}()

// always is the question of all numbers of an operation, whatever the run.
func always(question func() string) func(View, model.Info) string {
	return func(View, model.Info) string { return question() }
}

// sameForEach is the question of one number where it is that of all.
func sameForEach(question func() string) func(View, model.Info, run.Cell) string {
	return func(View, model.Info, run.Cell) string { return question() }
}

// numbered is the question of one number that names the token it is about and its column.
func numbered(question func(n int, token string) string) func(View, model.Info, run.Cell) string {
	return func(v View, i model.Info, c run.Cell) string { return question(c.Col, v.subject(i, c)) }
}

// aboutToken is the question of one number that names the token it is about.
func aboutToken(question func(token string) string) func(View, model.Info, run.Cell) string {
	return func(v View, i model.Info, c run.Cell) string { return question(v.subject(i, c)) }
}

// aboutWord is the question of one number that names a word of the vocabulary.
func aboutWord(question func(word string) string) func(View, model.Info, run.Cell) string {
	return func(v View, _ model.Info, c run.Cell) string { return question(v.WordText(c.Col)) }
}
