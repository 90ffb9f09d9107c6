package checkpoint

import (
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/published"
	"os"
	"slices"
	"strings"
	"testing"
)

// language returns the page's language model, Q8_0 with shared rows, after a change of its file.
func language(t testing.TB, change func(f *gguf.File)) (*Imported, error) {
	t.Helper()
	b, err := os.ReadFile("../../static/models/language.gguf")
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		f, err := gguf.Decode("language.gguf", b)
		if err != nil {
			t.Fatal(err)
		}
		change(f)
		if b, err = gguf.Encode(f); err != nil {
			t.Fatal(err)
		}
	}
	return Import("language.gguf", b, Options{})
}

func TestRowsThatContradictAFileOfGGUFAreRefused(t *testing.T) {
	rows := func(change func(rows []int) any) func(f *gguf.File) {
		return func(f *gguf.File) {
			list, err := f.Ints(published.RowsKey)
			if err != nil {
				t.Fatal(err)
			}
			switch v := change(list).(type) {
			case []int:
				wide := make([]int32, len(v))
				for i, row := range v {
					wide[i] = int32(row)
				}
				f.Set(published.RowsKey, gguf.ListOf(wide))
			case string:
				f.Set(published.RowsKey, gguf.Of(v))
			}
		}
	}
	for want, change := range map[string]func(rows []int) any{
		"glassbox.rows: token 7 has row 3669; expected 0 to 3668": func(rows []int) any { rows[7] = 3669; return rows },
		"glassbox.rows: token 7 has row -1":                       func(rows []int) any { rows[7] = -1; return rows },
		"glassbox.rows: row 5 belongs to no token":                func(rows []int) any { rows[slices.Index(rows, 5)] = 6; return rows },
		"wte.weight has 3669 rows; expected 1 to 3000":            func(rows []int) any { return rows[:3000] },
		"expected a list of whole numbers":                        func([]int) any { return "none" },
		"":                                                        func(rows []int) any { return rows },
	} {
		i, err := language(t, rows(change))
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("the file gives %v; expected %q", err, want)
		}
		if err == nil && i.Model.Config.Distinct != 3669 {
			t.Errorf("the model has %d rows", i.Model.Config.Distinct)
		}
	}
}

func TestAFileOfGGUFSaysWhereItsWeightsComeFrom(t *testing.T) {
	i, err := language(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"license": "MIT", "task": "language", "seed": "1"} {
		if got := i.Metadata[key]; got != want {
			t.Errorf("%s is %q; expected %q", key, got, want)
		}
	}
	if made := i.Metadata["made_by"]; !strings.HasPrefix(made, "go run ./scripts/train -task language") || !strings.HasSuffix(made, "convert -type Q8_0 -shared") {
		t.Errorf("it was made by %q", made)
	}
}

func TestAModelInBlocksIsSavedWithItsValues(t *testing.T) {
	i, err := language(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Save(i.Model, nil)
	if err != nil {
		t.Fatal(err)
	}
	saved, _, err := Load("saved", b)
	if err != nil {
		t.Fatal(err)
	}
	for n, p := range i.Model.Parameters() {
		for _, r := range []int{0, p.Rows / 2, p.Rows - 1} {
			if !slices.Equal(p.Row(r), saved.Parameters()[n].Row(r)) {
				t.Fatalf("row %d of %s is another one when it is saved", r, p.Name)
			}
		}
	}
}
