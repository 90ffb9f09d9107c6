package main

import (
	"bytes"
	"context"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	files "glassbox/model/checkpoint"
	"glassbox/model/train"
)

// asCommand is set for a process that a test starts: the test binary is then the command itself.
const asCommand = "GLASSBOX_TRAIN_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
	}
	os.Exit(m.Run())
}

// command runs the command with these arguments to its end, and returns what it wrote and its status.
func command(t *testing.T, args ...string) (output string, status int) {
	t.Helper()
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), asCommand+"=1")
	b, err := c.CombinedOutput()
	if c.ProcessState == nil {
		t.Fatal(err)
	}
	return string(b), c.ProcessState.ExitCode()
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTrainsAFileThatSaysWhereItComesFrom(t *testing.T) {
	out := filepath.Join(t.TempDir(), "new folder", "sort.safetensors")
	text, status := command(t, "-out", out, "-steps", "3", "-seed", "5")
	if status != 1 || !strings.Contains(text, "the model cannot do its task yet") {
		t.Errorf("status %d after three steps; expected 1 and the reason:\n%s", status, text)
	}
	for _, want := range []string{"step 3/3  loss ", " tokens/s ", " left", "accuracy_held_out    ", "Wrote " + out} {
		if !strings.Contains(text, want) {
			t.Errorf("the output lacks %q:\n%s", want, text)
		}
	}
	m, metadata, err := files.Load(out, read(t, out))
	if err != nil {
		t.Fatal(err)
	}
	task := train.NewSort(5)
	if m.Config != task.Config() {
		t.Errorf("the model is %s", files.JSON(m.Config))
	}
	for key, want := range map[string]string{
		"task": "sort", "seed": "5", "steps": "3", "license": "MIT", "data": task.Data(),
		"made_by": "go run ./scripts/train -task sort -seed 5 -steps 3 -out sort.safetensors",
	} {
		if metadata[key] != want {
			t.Errorf("the metadata's %s is %q; expected %q", key, metadata[key], want)
		}
	}
	if left, err := os.ReadDir(filepath.Dir(out)); err != nil || len(left) != 1 {
		t.Errorf("beside the model there are %v, %v; expected nothing", left, err)
	}
}

// The interrupted training is ended by a signal wherever that finds it, and resumed with another number
// of workers; its model must be that of a training left in peace, byte for byte.
func TestInterruptAndResumeLoseNothing(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole")
	args := []string{"-steps", "30", "-seed", "9", "-every", "1", "-workers"}
	command(t, append(args, "2", "-out", whole)...)
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		folder := t.TempDir()
		part, state := filepath.Join(folder, "part"), filepath.Join(folder, "state")
		c := exec.Command(os.Args[0], append(args, "1", "-out", part, "-checkpoint", state)...)
		c.Env = append(os.Environ(), asCommand+"=1")
		var text bytes.Buffer
		c.Stdout, c.Stderr = &text, &text
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		waitFor(t, state)
		if err := c.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait() // the status is looked at below
		if status := c.ProcessState.ExitCode(); status != 130 || !strings.Contains(text.String(), "-resume "+state) {
			t.Fatalf("%v: status %d; expected 130 and how to go on:\n%s", signal, status, &text)
		}
		if _, err := os.Stat(part); err == nil {
			t.Errorf("%v: an interrupted training has written its model", signal)
		}
		resumed, _ := command(t, "-resume", state, "-out", part, "-workers", "3")
		if !bytes.Equal(read(t, whole), read(t, part)) {
			t.Errorf("%v: the resumed training gave another file:\n%s%s", signal, &text, resumed)
		}
	}
}

// waitFor returns once the file is there.
func waitFor(t *testing.T, name string) {
	t.Helper()
	for range 3000 {
		if _, err := os.Stat(name); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s has not come", name)
}

func TestADivergedTrainingKeepsTheLastGoodCheckpoint(t *testing.T) {
	folder := t.TempDir()
	o := &options{task: "sort", seed: 1, steps: 9, workers: 1, every: 1, out: "unused",
		checkpoint: filepath.Join(folder, "state"), given: map[string]bool{}}
	tr, err := o.newTrainer()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tr.Step(); err != nil {
		t.Fatal(err)
	}
	if err := o.save(tr); err != nil {
		t.Fatal(err)
	}
	good := read(t, o.checkpoint)
	out, err := os.Create(filepath.Join(folder, "output"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	nan := float32(math.NaN())

	tr.State.Model.LNF.Gain.Data()[3] = nan // the loss is NaN
	err = o.takeSteps(context.Background(), tr, out)
	if err == nil || !strings.HasPrefix(err.Error(), "step 1: the loss is NaN") {
		t.Errorf("the error is %v", err)
	}
	tr.State.Model.LNF.Gain.Data()[3] = 1
	tr.State.Square.LNF.Gain.Data()[3] = nan // the loss is still a number, the state is not
	if err := o.save(tr); err == nil || !strings.Contains(err.Error(), "adamw.square.ln_f.weight") {
		t.Errorf("the error is %v", err)
	}
	if !bytes.Equal(good, read(t, o.checkpoint)) {
		t.Error("the checkpoint has changed")
	}
}
