package say

import (
	"slices"
	"strings"
	"testing"

	"glassbox/model"
)

// everyStep returns the steps of small models, those of sampling among them, and their weights.
func everyStep(t *testing.T) (infos []model.Info) {
	t.Helper()
	var all []model.Config
	for n, a := range model.Activations() {
		all = append(all, model.Config{Vocab: 3, Context: 2, Width: 4, Heads: 2, Blocks: 2, Tied: n%2 == 0, Activation: a})
	}
	all = append(all, model.Config{Family: model.FamilyLlama, Vocab: 3, Context: 2, Width: 4, Heads: 2, KeyValues: 1, Blocks: 2, HeadNorms: true,
		Rotary: model.Rotary{Theta: 100, Listed: true}, Biases: model.BiasQKV | model.BiasProj | model.BiasMLP})
	for _, c := range all {
		m, err := model.New(c)
		if err != nil {
			t.Fatal(err)
		}
		if c.Family == model.FamilyLlama {
			m.Randomize(1) // nothing is divided by zero then
		}
		tr, err := m.Forward([]int{0})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tr.Sample(model.Sampling{Temperature: 0.8, TopK: 2, TopP: 0.9, MinP: 0.1}); err != nil {
			t.Fatal(err)
		}
		for _, s := range slices.Concat(tr.Steps, tr.Drawn) {
			infos = append(infos, s.Info())
		}
		infos = append(infos, tr.Weights()...)
	}
	return infos
}

func TestEveryStepAndWeightHasATitleAndATerm(t *testing.T) {
	used := map[string]bool{}
	for _, i := range everyStep(t) {
		bases := []string{i.Base()}
		for _, reader := range everyStep(t) {
			bases = append(bases, i.BaseFor(reader))
		}
		for _, base := range bases {
			used[base] = true
			if title := Title(base); title == "" || strings.Contains(title, "_") || !strings.EqualFold(title, Label(base)) || title == Label(base) && !strings.HasSuffix(title, "LU") && title != strings.ToUpper(title) {
				t.Errorf("%s has the title %q and the label %q", base, title, Label(base))
			}
		}
		if Term(i.Base()) == "" {
			t.Errorf("%s has no term", i.Name)
		}
	}
	for base := range steps {
		if !used[base] {
			t.Errorf("no model has %s", base)
		}
	}
}

func TestAPartOfALayerIsNamedAfterWhatItMakes(t *testing.T) {
	for base, want := range map[string]string{"query.weight": "Query weights", "value.bias": "Value bias", "mlp.c_fc.weight": "Widening weights", "wte.weight": "Token table"} {
		if got := Title(base); got != want {
			t.Errorf("%s is called %q; expected %q", base, got, want)
		}
	}
}
