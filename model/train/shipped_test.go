package train

import (
	"os"
	"slices"
	"strconv"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
)

const shipped = "../../static/models/sort.safetensors"

func loadShipped(t *testing.T) (*model.Model, map[string]string, *Sort) {
	t.Helper()
	b, err := os.ReadFile(shipped)
	if err != nil {
		t.Fatal(err)
	}
	m, metadata, err := checkpoint.Load(shipped, b)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := strconv.ParseUint(metadata["seed"], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return m, metadata, NewSort(seed)
}

// If at each place the right answer so far is followed by the right letter, the model writes the right
// answer by itself. One run shows all six places.
func TestTheShippedModelSortsAllInputs(t *testing.T) {
	m, _, task := loadShipped(t)
	tr := model.NewTrace(m)
	for _, input := range slices.Concat(task.Seen, task.HeldOut) {
		answer := slices.Sorted(slices.Values(input))
		if err := tr.Run(slices.Concat(input, answer[:5])); err != nil {
			t.Fatal(err)
		}
		for i, want := range answer {
			p := tr.Step("probabilities").Row(5 + i)
			if slices.Index(p, slices.Max(p)) != want {
				t.Errorf("%v: after %v the model says %v; expected %d", input, answer[:i], p, want)
			}
		}
	}
}

func TestTheShippedModelsMetadataIsTrue(t *testing.T) {
	m, metadata, task := loadShipped(t)
	report, err := task.Evaluate(m)
	if err != nil {
		t.Fatal(err)
	}
	steps := strconv.Itoa(task.Recipe().Steps)
	want := map[string]string{
		"config": checkpoint.JSON(task.Config()), "task": task.Name(), "data": task.Data(), "seed": metadata["seed"],
		"steps": steps, "license": "MIT",
		"made_by": "go run ./scripts/train -task sort -seed " + metadata["seed"] + " -steps " + steps +
			" -out sort.safetensors",
	}
	for _, f := range report.Facts {
		want[f.Name] = f.Value
	}
	for key, value := range want {
		if metadata[key] != value {
			t.Errorf("the metadata's %s is %q; it is %q", key, metadata[key], value)
		}
	}
	if len(metadata) != len(want) || !report.Passed {
		t.Errorf("the metadata has %d entries; expected %d. The model passed: %t", len(metadata), len(want), report.Passed)
	}
}
