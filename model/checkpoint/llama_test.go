package checkpoint

import (
	"glassbox/model"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestTwoTracesOfAPackedModelDoNotDisturbEachOther: weights hold no memory that a run writes to.
func TestTwoTracesOfAPackedModelDoNotDisturbEachOther(t *testing.T) {
	m := smallLlama(t)
	b, err := SaveAs(m, "F16", nil)
	if err != nil {
		t.Fatal(err)
	}
	packed, _, err := Load("packed", b)
	if err != nil {
		t.Fatal(err)
	}
	want, err := packed.Forward([]int{1, 2, 3, 4})
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 100 {
				tr, err := packed.Forward([]int{1, 2, 3, 4})
				if err != nil || !slices.Equal(tr.Step("logits").Row(3), want.Step("logits").Row(3)) {
					t.Errorf("beside others, a run gives other logits: %v", err)
					return
				}
			}
		})
	}
	all.Wait()
}

// TestAConfigurationOfAnotherModelIsLeftAside: one that can't be read, and one whose sizes are others.
func TestAConfigurationOfAnotherModelIsLeftAside(t *testing.T) {
	b, err := os.ReadFile("../testdata/tiny-llama/model.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	for config, note := range map[string]string{
		`{"model_type": "llama", "hidden_size": 64, "num_attention_heads": 4, "rope_theta": 7}`: "contradict config.json in hidden_size = 64",
		`{"model_type": "llama", `: "config.json can't be read",
	} {
		i, err := ImportFiles([]File{{Name: "model.safetensors", Bytes: b}, {Name: "config.json", Bytes: []byte(config)}}, Options{})
		if err != nil || i.Model.Config.Rotary.Theta != 10000 || !remarks(i, note) || !remarks(i, "how many heads") {
			t.Errorf("%s: %+v, %v; expected a note that has %q", config, i, err, note)
		}
	}
}

func TestTheHeadsOfALlamaAreThoseThatFit(t *testing.T) {
	b, err := os.ReadFile("../testdata/tiny-llama/model.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	i, err := Import("model.safetensors", b, Options{}) // 48 numbers of queries, 16 of keys
	if err != nil || i.Model.Config.HeadSize() != 16 || i.Model.Config.Groups() != 1 {
		t.Errorf("read as %+v, %v", i, err)
	}
	seen, err := Inspect("model.safetensors", b, int64(len(b)))
	if err != nil || seen.Asserted || seen.Beside != 0 {
		t.Errorf("its header says %+v, %v", seen, err)
	}
}

func TestSeveralFilesOfGGUFAreNamed(t *testing.T) {
	b := []byte("GGUF\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	files := []File{{Name: "a.gguf", Bytes: b}, {Name: "b.gguf", Bytes: b}}
	_, err := ImportFiles(files, Options{})
	if _, early := InspectFiles(files); err == nil || early == nil || err.Error() != early.Error() || !strings.Contains(err.Error(), "a.gguf and b.gguf; open one") {
		t.Errorf("they are refused with %v, and by their headers with %v", err, early)
	}
}

// Nothing tells the activation of weights without a configuration; one that says that it is a Llama leaves out what is usual.
func TestTheActivationOfALlamaIsSaidWhereItIsAssumed(t *testing.T) {
	b, err := os.ReadFile("../testdata/tiny-llama/model.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	i, err := Import("model.safetensors", b, Options{})
	if err != nil || i.Model.Config.Activation != model.SiLU || !remarks(i, "SiLU is assumed") {
		t.Errorf("%v, %v", i, err)
	}
	if seen, err := Inspect("model.safetensors", b, int64(len(b))); err != nil || seen.Activates {
		t.Errorf("its header says %+v, %v", seen, err)
	}
	relu := model.ReLU
	if i, err = Import("model.safetensors", b, Options{Activation: &relu}); err != nil || i.Model.Config.Activation != relu || remarks(i, "is assumed, as in Llama") {
		t.Errorf("asked for ReLU: %v, %v", i, err)
	}
	if i, err = importWith(t, "tiny-llama", map[string]string{"hidden_act": ""}); err != nil || len(i.Notes) != 0 {
		t.Errorf("%v, %v", i, err)
	}
}
