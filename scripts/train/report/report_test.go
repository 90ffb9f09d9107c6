package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
)

// weights writes a small model that is sure, and wrong, and returns its file.
func weights(t *testing.T, metadata map[string]string) string {
	t.Helper()
	m, err := model.New(model.Config{Vocab: 50257, Distinct: 4000, Context: 128, Width: 4, Heads: 1, Blocks: 1, Tied: true})
	if err != nil {
		t.Fatal(err)
	}
	m.Randomize(1)
	for i := range m.WTE.Data() {
		m.WTE.Data()[i] *= 1000 // so that it is sure of what it says, and drawing is quick
	}
	b, err := checkpoint.Save(m, metadata)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "none.safetensors")
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAQuickReportGoesToTheTerminal(t *testing.T) {
	file := weights(t, map[string]string{"seed": "3", "documents": "50", "made_by": "a test", "probe_sum": "all", "unrounded_probe_sum": "99 %"})
	var out, problems bytes.Buffer
	if status := run([]string{"-model", file, "-quick"}, &out, &problems); status != 1 {
		t.Errorf("the status is %d; expected 1 for a model that knows nothing:\n%s", status, &problems)
	}
	for _, want := range []string{"seed 3, 50 training documents", "| made by | a test |", "none.safetensors, ", "| colour | 25 | 0.0 % |",
		"### How to predict", "**fails**", "| probe sum | 99 % | 0.0 % (0 of 25) |"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, &out)
		}
	}
	if strings.Contains(out.String(), "probe sum | all") {
		t.Error("the report repeats what the file says of probes")
	}
	if files, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*.md")); files != nil {
		t.Errorf("it has written %v", files)
	}
}

func TestSeedAndDocumentsAreThoseOfTheFileUnlessTyped(t *testing.T) {
	metadata := map[string]string{"seed": "5", "documents": "70"}
	for _, c := range []struct {
		args      string
		seed      uint64
		documents int
	}{{"-model x", 5, 70}, {"-model x -seed 6", 6, 70}, {"-model x -documents 9", 5, 9}} {
		o, err := parse(strings.Fields(c.args), &bytes.Buffer{})
		if err == nil {
			err = o.useMetadata(metadata)
		}
		if err != nil || o.seed != c.seed || o.documents != c.documents {
			t.Errorf("%s: seed %d, %d documents (%v)", c.args, o.seed, o.documents, err)
		}
	}
	for _, bad := range []map[string]string{{"seed": "x"}, {"documents": "many"}, {"documents": "0"}} {
		o := &options{}
		if o.useMetadata(bad) == nil {
			t.Errorf("%v is taken", bad)
		}
	}
}

func TestArgumentsThatMakeNoSenseAreRefused(t *testing.T) {
	for _, args := range []string{"", "-model x y", "-model x -documents 0", "-modell x"} {
		var problems bytes.Buffer
		if status := run(strings.Fields(args), &bytes.Buffer{}, &problems); status != 2 || problems.Len() == 0 {
			t.Errorf("%q: status %d, %q", args, status, &problems)
		}
	}
	if status := run([]string{"-model", filepath.Join(t.TempDir(), "none")}, &bytes.Buffer{}, &bytes.Buffer{}); status != 1 {
		t.Errorf("a file that is not there: status %d; expected 1", status)
	}
}
