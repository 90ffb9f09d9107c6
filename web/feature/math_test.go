package feature_test

import (
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/explain"
	. "glassbox/web/feature"
)

// flat lists the nodes of a formula in their order, those with others inside first.
func flat(list []explain.MathNode) (all []explain.MathNode) {
	for _, n := range list {
		all = append(append(all, n), flat(n.Kids)...)
	}
	return all
}

// TestFormulasAreMathML holds, for a cell of every step, that its formula has elements of MathML alone, each with as
// many inside as it takes, leads to every operand that it shows, and ends in the result.
func TestFormulasAreMathML(t *testing.T) {
	takes := map[string]int{"mfrac": 2, "msup": 2}
	seen := map[string]bool{}
	cells(t, "#generated=0.1&temperature=0.7&k=2&p=0.9", func(s State, i model.Info, c explain.Calculation) {
		nodes := flat(c.Whole())
		for _, n := range nodes {
			seen[n.Tag] = true
			leaf := slices.Contains([]string{"mi", "mn", "mo", "mtext"}, n.Tag)
			if want := takes[n.Tag]; want > 0 && len(n.Kids) != want || leaf != (len(n.Kids) == 0) || leaf != (n.Text != "") {
				t.Errorf("%s: <%s> holds %q and %d elements", i.Name, n.Tag, n.Text, len(n.Kids))
			}
			if n.Tag == "mo" && len([]rune(n.Text)) != 1 {
				t.Errorf("%s: %q is no sign", i.Name, n.Text)
			}
			if n.Tag == "mo" && strings.Contains(explain.Aloud([]explain.MathNode{n}), n.Text) {
				t.Errorf("%s: there is no word for %q", i.Name, n.Text)
			}
		}
		if c.Masked {
			return
		}
		if last := nodes[len(nodes)-1]; last.Text != c.Result || last.Part.Kind != explain.Result {
			t.Errorf("%s: it ends in %q, expected %q", i.Name, last.Text, c.Result)
		}
	})
	for _, tag := range []string{"mi", "mn", "mo", "mtext", "mrow", "mfrac", "msqrt", "msup"} {
		if !seen[tag] {
			t.Errorf("no formula has a <%s>", tag)
		}
	}
}

func TestFormulasAreReadAloud(t *testing.T) {
	for formula, want := range map[string]string{
		"(x − y) / n · a + b":           "open bracket x minus y close bracket divided by n times a plus b",
		"√(2/π) (x + 0.5 x³)":           "square root of 2 divided by π, end of root, times open bracket x plus 0.5 times x cubed close bracket",
		"Σ exp(x − n)":                  "the sum of exp of open bracket x minus n close bracket",
		"√64":                           "square root of 64, end of root,",
		"(x − y)² > 1":                  "open bracket x minus y close bracket squared greater than 1",
		"½ x (1 + tanh(x)) + … = max y": "½ times x times open bracket 1 plus tanh of open bracket x close bracket close bracket plus and so on equals max of y",
	} {
		nodes := explain.Math([]explain.FormulaPart{{Text: formula}})
		if got := explain.Aloud(nodes); got != want {
			t.Errorf("%s is read as\n%q, expected\n%q", formula, got, want)
		}
	}
}
