package corpus

import "strings"

// A Place is where a word stands in a text: the bytes From … To−1.
type Place struct{ From, To int }

// NextWithAnswers returns the document that Next would, and where in it the words stand that a reader of
// what comes before them can be sure of: those that probes ask for.
func (g *Generator) NextWithAnswers() (document string, answers []Place) {
	marked := g.draw(g.kind())
	var plain strings.Builder
	for {
		i := strings.IndexByte(marked, 1)
		if i < 0 {
			plain.WriteString(marked)
			return plain.String(), answers
		}
		plain.WriteString(marked[:i])
		marked = marked[i+strings.IndexByte(marked[i:], 2)+1:]
		if word := firstWord(marked); word != "" {
			answers = append(answers, Place{plain.Len(), plain.Len() + len(word)})
		}
	}
}
