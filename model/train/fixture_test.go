package train

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
)

// fixture is a case of model/testdata: a batch that PyTorch has trained on in float64.
type fixture struct {
	folder string
	model  *model.Model
	batch  Batch
	loss   float64
	recipe Recipe
	losses []float64 // before each of ten steps
}

// fixture is also a task, whose every batch is the same.
func (f *fixture) Name() string         { return filepath.Base(f.folder) }
func (f *fixture) Data() string         { return "one batch" }
func (f *fixture) Config() model.Config { return f.model.Config }
func (f *fixture) Recipe() Recipe       { return f.recipe }
func (f *fixture) Batch(int, int) Batch { return f.batch }
func (f *fixture) Evaluate(*model.Model) (Report, error) {
	return Report{}, nil
}

func fixtures(t testing.TB) []*fixture {
	return []*fixture{openFixture(t, "tiny-gpt2"), openFixture(t, "tiny-gpt2-untied")}
}

func openFixture(t testing.TB, name string) *fixture {
	t.Helper()
	f := &fixture{folder: filepath.Join("..", "testdata", name)}
	f.model = f.weights(t, "weights.safetensors")
	text, err := os.ReadFile(filepath.Join(f.folder, "case.json"))
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		IDs, Targets [][]int
		Loss         float64
		AdamW        struct {
			Rate   float64 `json:"lr"`
			Betas  [2]float64
			Eps    float64
			Decay  struct{ Matrices, Vectors float64 } `json:"weight_decay"`
			Losses []float64                           `json:"loss_before_each_step"`
		}
	}
	if err := json.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	if c.AdamW.Decay.Vectors != 0 {
		t.Fatalf("%s decays vectors by %v; the trainer never does", name, c.AdamW.Decay.Vectors)
	}
	f.batch = Batch{T: len(c.IDs[0]), IDs: slices.Concat(c.IDs...), Targets: slices.Concat(c.Targets...)}
	f.loss, f.losses = c.Loss, c.AdamW.Losses
	f.recipe = Recipe{Steps: len(f.losses), Batch: len(c.IDs), Rate: c.AdamW.Rate, FinalRate: c.AdamW.Rate,
		Beta1: c.AdamW.Betas[0], Beta2: c.AdamW.Betas[1], Epsilon: c.AdamW.Eps, Decay: c.AdamW.Decay.Matrices}
	return f
}

// weights reads one of the fixture's files of the shapes of its model.
func (f *fixture) weights(t testing.TB, file string) *model.Model {
	t.Helper()
	path := filepath.Join(f.folder, file)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := checkpoint.Load(path, b)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// trainer returns one that begins with the fixture's weights.
func (f *fixture) trainer(t testing.TB, workers int) *Trainer {
	t.Helper()
	s, err := NewState(f.Config(), 0)
	if err != nil {
		t.Fatal(err)
	}
	copyWeights(s.Model, f.model)
	tr, err := New(f, f.recipe, s, workers)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func copyWeights(to, from *model.Model) {
	for i, p := range to.Parameters() {
		copy(p.Data(), from.Parameters()[i].Data())
	}
}

// gradient returns the loss of a batch and the gradient of every parameter.
func (tr *Trainer) gradient(t testing.TB, b Batch) (float64, *model.Model) {
	t.Helper()
	loss, err := tr.gradients(b)
	if err != nil {
		t.Fatal(err)
	}
	tr.sumShards()
	return loss, tr.shards[0].gradient
}

func TestLossAndGradientsEqualPyTorch(t *testing.T) {
	for _, f := range fixtures(t) {
		loss, got := f.trainer(t, 2).gradient(t, f.batch)
		if math.Abs(loss-f.loss) > 1e-6*f.loss {
			t.Errorf("%s: the loss is %.9f; expected %.9f within 1e-6 of it", f.Name(), loss, f.loss)
		}
		want := f.weights(t, "gradients.safetensors")
		for i, p := range got.Parameters() {
			near(t, f.Name()+" gradient of "+p.Name, p.Data(), want.Parameters()[i].Data(), 1e-5, 1e-8)
		}
	}
}

// near reports cells of got that are further from want than relative·(largest of |want|) + absolute.
func near(t *testing.T, name string, got, want []float32, relative, absolute float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s has %d values; expected %d", name, len(got), len(want))
		return
	}
	largest := float64(0)
	for _, v := range want {
		largest = max(largest, math.Abs(float64(v)))
	}
	for i, v := range got {
		if d := math.Abs(float64(v) - float64(want[i])); !(d <= relative*largest+absolute) {
			t.Errorf("%s: value %d is %g; expected %g within %g", name, i, v, want[i], relative*largest+absolute)
			return
		}
	}
}

func TestTenStepsEqualPyTorch(t *testing.T) {
	for _, f := range fixtures(t) {
		tr := f.trainer(t, 2)
		for step, want := range f.losses {
			loss, err := tr.Step()
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(loss-want) > 1e-6*want {
				t.Errorf("%s: the loss before step %d is %.9f; expected %.9f within 1e-6 of it", f.Name(), step, loss, want)
			}
		}
		compareTenSteps(t, f, tr.State.Model)
	}
}

// compareTenSteps holds each weight to within 1e-5 of PyTorch's, a hundredth of one step. The gradient
// of a key's bias is zero (it moves all scores of a query alike), so what AdamW makes of it is
// rounding, scaled up: each of ten steps may go anywhere within the learning rate.
func compareTenSteps(t *testing.T, f *fixture, m *model.Model) {
	t.Helper()
	C := f.Config().Width
	want := f.weights(t, "weights_after_10_steps.safetensors").Parameters()
	for i, p := range m.Parameters() {
		got, want := p.Data(), want[i].Data()
		name := f.Name() + " " + p.Name + " after 10 steps"
		if strings.HasSuffix(p.Name, "c_attn.bias") {
			near(t, name+" (keys)", got[C:2*C], want[C:2*C], 0, float64(f.recipe.Steps)*f.recipe.Rate)
			got = append(slices.Clone(got[:C]), got[2*C:]...)
			want = append(slices.Clone(want[:C]), want[2*C:]...)
		}
		near(t, name, got, want, 0, 1e-5)
	}
}

func TestForwardEqualsTheModels(t *testing.T) {
	for _, f := range fixtures(t) {
		p := newPass(f.Config(), f.batch.Texts(), f.batch.T)
		p.forward(f.model, f.batch)
		V := f.Config().Vocab
		for text := range f.batch.Texts() {
			ids := f.batch.texts(text, text+1).IDs
			tr, err := f.model.Forward(ids)
			if err != nil {
				t.Fatal(err)
			}
			logits := tr.Step("logits")
			for i := range ids {
				got := p.logits[(text*f.batch.T+i)*V:][:V]
				near(t, fmt.Sprintf("%s logits of text %d, token %d", f.Name(), text, i), got, logits.Row(i), 1e-5, 1e-6)
			}
		}
	}
}
