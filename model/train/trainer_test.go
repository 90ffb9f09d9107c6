package train

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/safetensors"
)

func TestAnyNumberOfWorkersGivesTheSameBits(t *testing.T) {
	var first []float32
	for _, workers := range []int{1, 2, 3, 11} {
		tr := sortTrainer(t, workers)
		steps(t, tr, 5)
		if got := values(tr.State); first == nil {
			first = got
		} else if !sameBits(got, first) {
			t.Errorf("%d workers: the state after five steps differs from one worker's", workers)
		}
	}
}

func TestTrainingGoesOnFromAState(t *testing.T) {
	whole := sortTrainer(t, 2)
	steps(t, whole, 6)

	part := sortTrainer(t, 2)
	steps(t, part, 2)
	resumed, err := New(part.Task, part.Recipe, part.State, 1)
	if err != nil {
		t.Fatal(err)
	}
	steps(t, resumed, 4)
	if resumed.State.Step != 6 || !sameBits(values(whole.State), values(resumed.State)) {
		t.Errorf("2 and 4 steps gave another state than 6")
	}
}

func TestSeedsGiveDifferentModels(t *testing.T) {
	a, err := NewState(NewSort(1).Config(), 1)
	if err != nil {
		t.Fatal(err)
	}
	b, err := NewState(NewSort(2).Config(), 2)
	if err != nil {
		t.Fatal(err)
	}
	if sameBits(values(a), values(b)) {
		t.Error("seeds 1 and 2 gave the same weights")
	}
}

func TestALossThatIsNotFiniteStopsAndMovesNothing(t *testing.T) {
	tr := sortTrainer(t, 2)
	steps(t, tr, 1)
	tr.State.Model.Blocks[1].Up.Weight.Data()[5] = float32(math.NaN())
	before := values(tr.State)
	_, err := tr.Step()
	var diverged *DivergedError
	if !errors.As(err, &diverged) || diverged.Step != 1 {
		t.Errorf("the error is %v; expected a DivergedError at step 1", err)
	}
	if tr.State.Step != 1 || !sameBits(before, values(tr.State)) {
		t.Error("the step moved the state")
	}
}

func TestALongGradientIsShortened(t *testing.T) {
	f := openFixture(t, "tiny-gpt2")
	for _, clip := range []float64{0, 0.25} {
		f.recipe.Clip = clip
		tr := f.trainer(t, 2)
		steps(t, tr, 1)
		sum := float64(0) // after one step, mean = (1 − β₁)·g
		for _, p := range tr.State.Mean.Parameters() {
			for _, v := range p.Data() {
				sum += float64(v) * float64(v)
			}
		}
		length := math.Sqrt(sum) / (1 - f.recipe.Beta1)
		if clip == 0 && length < 0.5 {
			t.Fatalf("the gradient has length %v, too short for this test", length)
		}
		if clip > 0 && math.Abs(length-clip) > 1e-5*clip {
			t.Errorf("the clipped gradient has length %v; expected %v", length, clip)
		}
	}
}

func TestBatchesThatCannotBeLearnedAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Batch){
		"text 0, token 1 has id 65; expected 0 to 64":            func(b *Batch) { b.IDs[1] = 65 },
		"text 1, token 0 has target -2; expected 0 to 64, or -1": func(b *Batch) { b.Targets[16] = -2 },
		"the batch has no target to learn": func(b *Batch) {
			b.Targets = slices.Repeat([]int{Ignore}, len(b.IDs))
		},
		"the batch has 32 ids and 31 targets; expected 16 for each text, both alike": func(b *Batch) {
			b.Targets = b.Targets[1:]
		},
		"the texts of the batch have 17 tokens; expected 1 to 16": func(b *Batch) { b.T = 17 },
	} {
		f := openFixture(t, "tiny-gpt2")
		spoil(&f.batch)
		if _, err := f.trainer(t, 1).Step(); err == nil || err.Error() != "step 0: "+name {
			t.Errorf("the error is %v; expected step 0: %s", err, name)
		}
	}
}

func TestRecipesThatMakeNoSenseAreRefused(t *testing.T) {
	task := NewSort(1)
	s, err := NewState(task.Config(), 1)
	if err != nil {
		t.Fatal(err)
	}
	r := task.Recipe()
	r.Rate = math.NaN()
	if _, err := New(task, r, s, 1); err == nil || err.Error() != "rate is NaN; expected 0 to 1" {
		t.Errorf("the error is %v", err)
	}
	r = task.Recipe()
	r.Restarts = []Restart{{200, 1e-3, false}, {100, 1e-3, false}}
	if _, err := New(task, r, s, 1); err == nil || !strings.HasPrefix(err.Error(), "restart 2 is at step 100") {
		t.Errorf("the error is %v", err)
	}
	if _, err := New(task, task.Recipe(), s, 0); err == nil {
		t.Error("no worker was accepted")
	}
	small := openFixture(t, "tiny-gpt2")
	if _, err := New(small, small.recipe, s, 1); err == nil {
		t.Error("a model of other sizes than the task's was accepted")
	}
}

func TestRateWarmsUpAndFallsToItsEnd(t *testing.T) {
	r := Recipe{Steps: 110, WarmUp: 10, Rate: 1e-3, FinalRate: 1e-4}
	for step, want := range map[int]float64{0: 1e-4, 4: 5e-4, 9: 1e-3, 10: 1e-3, 60: 5.5e-4, 110: 1e-4, 200: 1e-4} {
		if got := r.RateAt(step); math.Abs(got-want) > 1e-12 {
			t.Errorf("the rate at step %d is %v; expected %v", step, got, want)
		}
	}
}

func TestTheRateStaysUntilHold(t *testing.T) {
	r := Recipe{Steps: 250, Batch: 1, Rate: 1e-2, FinalRate: 1e-4, WarmUp: 10, Hold: 100}
	for step, want := range map[int]float64{9: 1e-2, 10: 1e-2, 99: 1e-2, 100: 1e-2, 175: (1e-2 + 1e-4) / 2, 250: 1e-4} {
		if got := r.RateAt(step); math.Abs(got-want) > 1e-12 {
			t.Errorf("the rate of step %d is %v, expected %v", step, got, want)
		}
	}
	twice := r
	twice.Steps, twice.Restarts = 450, []Restart{{250, 5e-3, false}, {350, 3e-3, true}}
	for step, want := range map[int]float64{175: r.RateAt(175), 249: r.RateAt(249), 250: 5e-3, 300: (5e-3 + 1e-4) / 2, 350: 3e-3, 400: (3e-3 + 1e-4) / 2, 450: 1e-4} {
		if got := twice.RateAt(step); math.Abs(got-want) > 1e-12 {
			t.Errorf("with restarts the rate of step %d is %v, expected %v", step, got, want)
		}
	}
	if err := twice.Validate(); err != nil && !strings.HasPrefix(err.Error(), "epsilon") {
		t.Error(err)
	}
	if in := twice.WithSteps(900); in.Steps != 900 || in.Hold != 200 || in.Restarts[1] != (Restart{700, 3e-3, true}) || twice.Restarts[1].Step != 350 {
		t.Errorf("twice as long, it takes %d steps, stays until %d and has the restarts %v", in.Steps, in.Hold, in.Restarts)
	}
	longer := r
	longer.Steps = 500
	for step := range r.Hold {
		if r.RateAt(step) != longer.RateAt(step) {
			t.Errorf("the rate of step %d depends on the number of steps", step)
		}
	}
}

// TestATrainingThatBeginsAnewNeedsTheFileAlone compares it with one that knows nothing but what a file holds.
func TestATrainingThatBeginsAnewNeedsTheFileAlone(t *testing.T) {
	whole := sortTrainer(t, 2)
	whole.Recipe.Restarts = []Restart{{3, 1e-3, true}}
	steps(t, whole, 3)
	file, err := checkpoint.SaveAs(whole.State.Model, safetensors.F16, nil)
	if err != nil {
		t.Fatal(err)
	}
	loaded, _, err := checkpoint.Load("file", file)
	if err != nil {
		t.Fatal(err)
	}
	rest := sortTrainer(t, 2)
	rest.Recipe, rest.State.Step = whole.Recipe, 3
	for i, p := range rest.State.Model.Parameters() {
		copy(p.Data(), loaded.Parameters()[i].Data())
	}
	steps(t, whole, 3)
	steps(t, rest, 3)
	if !slices.Equal(values(whole.State), values(rest.State)) {
		t.Error("it has remembered more than the file")
	}
}

func sortTrainer(t testing.TB, workers int) *Trainer {
	t.Helper()
	task := NewSort(3)
	s, err := NewState(task.Config(), 3)
	if err != nil {
		t.Fatal(err)
	}
	r := task.Recipe()
	r.Batch = 20 // not a multiple of Shards
	tr, err := New(task, r, s, workers)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func steps(t testing.TB, tr *Trainer, n int) {
	t.Helper()
	for range n {
		if _, err := tr.Step(); err != nil {
			t.Fatal(err)
		}
	}
}

// values returns all numbers of a state.
func values(s State) []float32 {
	var all []float32
	for _, m := range []*model.Model{s.Model, s.Mean, s.Square} {
		for _, p := range m.Parameters() {
			all = append(all, p.Data()...)
		}
	}
	return all
}

func sameBits(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool { return math.Float32bits(x) == math.Float32bits(y) })
}

func TestABatchLeavesNothingBehind(t *testing.T) {
	f, _ := sample(t, model.Config{Vocab: 5, Context: 6, Width: 8, Heads: 2, Blocks: 1}, 11)
	one := f.batch.texts(0, 1) // leaves seven shards without a text
	alone, g := f.trainer(t, 1).gradient(t, one)
	want := slices.Clone(g.WTE.Data())

	tr := f.trainer(t, 1)
	tr.gradient(t, f.batch)
	after, g := tr.gradient(t, one)
	if after != alone {
		t.Errorf("the loss is %v after another batch; expected %v", after, alone)
	}
	near(t, "gradient of wte", g.WTE.Data(), want, 0, 0)
}
