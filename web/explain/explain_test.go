package explain

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/say"
)

// TestEveryOperationIsTold reads the names of the operations from the source of model, so that
// none can be added without the question that its numbers answer, its equation, and where the way
// back goes on from it.
func TestEveryOperationIsTold(t *testing.T) {
	source, err := os.ReadFile("../../model/step.go")
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`(?m)^\s+Op\w+\s+Op = "(\w+)"`).FindAllStringSubmatch(string(source), -1)
	if len(names) < 25 || len(names) != len(rows) {
		t.Errorf("there are %d operations and %d rows", len(names), len(rows))
	}
	for _, n := range names {
		op := model.Op(n[1])
		r, weight := rows[op], op == model.OpWeight
		if r.equation == nil || (r.question == nil || r.cellQuestion == nil) != weight {
			t.Errorf("%s lacks its question or its equation", op)
		}
		if roles := model.Roles(op); r.end == nil && r.follow == nil && (len(roles) == 0 || r.terms == nil && roles[0] != "x") {
			t.Errorf("from %s the way back neither ends nor goes on", op)
		}
	}
}

// TestFormulasAreThoseOfTheModel: what English makes of a formula is the model's own, and each role can begin a sentence.
func TestFormulasAreThoseOfTheModel(t *testing.T) {
	for op := range rows {
		if got := Formula(op); got != op.Formula() {
			t.Errorf("%s is %q; expected %q", op, got, op.Formula())
		}
		for _, role := range append(model.Roles(op), "row") { // whose order a filter goes by
			if first := say.Explain.SymbolFirst(role); first == role || !strings.EqualFold(first, role) {
				t.Errorf("a sentence about %q begins with %q", role, first)
			}
		}
	}
}

// TestEveryWeightAnswersAQuestion holds for what any operation reads of the weights.
func TestEveryWeightAnswersAQuestion(t *testing.T) {
	steps, err := model.Outline(model.Config{Vocab: 3, Context: 2, Width: 2, Heads: 1, Blocks: 1}, 2)
	if err != nil {
		t.Fatal(err)
	}
	v := View{}
	v.Run = v.WithSteps(steps)
	for _, i := range steps {
		if i.Kind == model.KindWeight && v.question(i) == "" {
			t.Errorf("%s answers no question", i.Name)
		}
	}
}

// TestEveryPartHasItsText: whatever belongs to a model is told of at its stage.
func TestEveryPartHasItsText(t *testing.T) {
	for _, p := range model.Parts() {
		if stageTexts[p] == nil {
			t.Errorf("%s has no text", p)
		}
	}
	if len(stageTexts) != len(model.Parts()) {
		t.Errorf("%d texts for %d parts", len(stageTexts), len(model.Parts()))
	}
}
