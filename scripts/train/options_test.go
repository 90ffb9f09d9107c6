package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model/train"
)

func TestHelpNamesEveryFlag(t *testing.T) {
	text, status := command(t, "-h")
	if status != 0 {
		t.Errorf("-h ends with status %d", status)
	}
	for _, flag := range []string{"-task", "-out", "-seed", "-steps", "-workers", "-checkpoint", "-every", "-resume"} {
		if !strings.Contains(text, "\n  "+flag+" ") {
			t.Errorf("the help does not explain %s:\n%s", flag, text)
		}
	}
}

func TestArgumentsThatMakeNoSenseAreNamed(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"", "-out is missing"},
		{"-out x -every 0", "-every is 0; expected 1 or more"},
		{"-out x -steps 0", "-steps is 0; expected 1 or more"},
		{"-out x -steps -4", "-steps is -4; expected 1 or more"},
		{"-out x now", `"now" is no flag`},
		{"-out x -seed -1", "invalid value"},
		{"-speed 3", "flag provided but not defined: -speed"},
	} {
		text, status := command(t, strings.Fields(c.args)...)
		if status != 2 || !strings.Contains(text, c.want) {
			t.Errorf("train %s: status %d; expected 2 and %q:\n%s", c.args, status, c.want, text)
		}
	}
	text, status := command(t, "-out", "x", "-task", "poems")
	if status != 1 || !strings.Contains(text, `there is no task "poems"; expected sort`) {
		t.Errorf("an unknown task: status %d\n%s", status, text)
	}
}

func TestResumeRefusesWhatIsNoCheckpointOfThisTraining(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "state")
	task := train.NewSort(4)
	s, err := train.NewState(task.Config(), 4)
	if err != nil {
		t.Fatal(err)
	}
	if err := (checkpoint{"sort", 4, task.Recipe(), s, nil}).write(name); err != nil {
		t.Fatal(err)
	}
	whole := read(t, name)
	refused := func(want string, args ...string) {
		t.Helper()
		text, status := command(t, append(args, "-resume", name, "-out", filepath.Join(folder, "out"))...)
		if status != 1 || !strings.Contains(text, want) {
			t.Errorf("status %d; expected 1 and %q:\n%s", status, want, text)
		}
	}
	refused("-seed is 5, but "+name+" was made with 4", "-seed", "5")
	refused("-steps is 7, but "+name+" was made with", "-steps", "7")

	write := func(b []byte) {
		t.Helper()
		if err := os.WriteFile(name, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(whole[:len(whole)/2])
	refused("the file is incomplete")
	write([]byte(strings.Replace(string(whole), `"adamw.mean.wpe.weight"`, `"adamw.mean.wpe.wright"`, 1)))
	refused("adamw.mean.wpe.weight")
	write([]byte(strings.Replace(string(whole), `"task":"sort"`, `"task":"some"`, 1)))
	refused(`there is no task "some"`)
}

func TestWriteFileReplacesTheWholeFile(t *testing.T) {
	folder := t.TempDir()
	name := filepath.Join(folder, "file")
	for _, text := range []string{"a long text", "short"} {
		if err := writeFile(name, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got := string(read(t, name)); got != text {
			t.Errorf("the file holds %q; expected %q", got, text)
		}
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("the folder holds %v, %v; expected the file alone", left, err)
	}
	if err := writeFile(filepath.Join(name, "below"), nil); err == nil {
		t.Error("a file below a file was written")
	}
}
