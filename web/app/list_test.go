package app

import (
	"os"
	"testing"
)

// TestEveryFolderOfAFeatureIsInTheList under its own name, once: what is forgotten there is not in the page.
func TestEveryFolderOfAFeatureIsInTheList(t *testing.T) {
	listed := map[string]int{}
	for _, f := range features.List() {
		listed[f.Name]++
	}
	entries, err := os.ReadDir("../feature")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() || e.Name() == "testdata" {
			continue
		}
		if listed[e.Name()] != 1 {
			t.Errorf("the feature %s stands %d times in the list of app.go; expected once, with the folder's name as its Name", e.Name(), listed[e.Name()])
		}
		delete(listed, e.Name())
	}
	for name := range listed {
		t.Errorf("the list has a feature %q, which is no folder of web/feature", name)
	}
}
