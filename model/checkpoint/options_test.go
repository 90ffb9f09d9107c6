package checkpoint

import (
	"os"
	"slices"
	"strings"
	"testing"

	"glassbox/model/checkpoint/safetensors"
)

// logitsOf returns the last row of logits of a short text.
func logitsOf(t *testing.T, i *Imported, err error) []float32 {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	tr, err := i.Model.Forward([]int{5, 1, 4, 2, 3})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Clone(tr.Step("logits").Row(4))
}

// TestWhatIsAskedForIsComputed: a file that does not say a number, or says another one, computes with that which was asked for
// what a file computes that says it.
func TestWhatIsAskedForIsComputed(t *testing.T) {
	for name, c := range map[string]struct {
		value, assumed string // in a configuration, and in the note about it
		o              Options
	}{
		"rope_theta":   {"300", "rope_theta = 10000 is assumed", Options{Theta: 300}},
		"rms_norm_eps": {"0.01", "in its norms: 1e-06 is assumed", Options{Epsilon: 0.01}},
	} {
		said, err := importWith(t, "tiny-llama", map[string]string{name: c.value})
		want := logitsOf(t, said, err)
		unsaid, err := importWith(t, "tiny-llama", map[string]string{name: ""})
		if slices.Equal(logitsOf(t, unsaid, err), want) || !remarks(unsaid, c.assumed) {
			t.Errorf("%s: without it, the logits are the same, or it notes %v", name, unsaid.Notes)
		}
		asked, err := importAsked(t, "tiny-llama", map[string]string{name: ""}, c.o)
		if !slices.Equal(logitsOf(t, asked, err), want) || len(asked.Notes) != 0 {
			t.Errorf("%s: asked for, the logits differ from those of a file that says it, or it notes %v", name, asked.Notes)
		}
		over, err := importAsked(t, "tiny-llama", nil, c.o)
		if !slices.Equal(logitsOf(t, over, err), want) || !remarks(over, name+" is 1") || !remarks(over, c.value+" was asked for, and is taken.") {
			t.Errorf("%s: asked for instead of what the file says, the logits differ, or it notes %v", name, over.Notes)
		}
	}
}

func TestTheContextThatIsAskedForIsTaken(t *testing.T) {
	unsaid, err := importWith(t, "tiny-llama", map[string]string{"max_position_embeddings": ""})
	if err != nil || unsaid.Model.Config.Context != 2048 || !remarks(unsaid, "a context of 2048 is assumed") {
		t.Errorf("without it: %+v, %v", unsaid, err)
	}
	asked, err := importAsked(t, "tiny-llama", map[string]string{"max_position_embeddings": ""}, Options{Context: 3})
	if err != nil || asked.Model.Config.Context != 3 || len(asked.Notes) != 0 {
		t.Fatalf("asked for: %+v, %v", asked, err)
	}
	if _, err := asked.Model.Forward([]int{1, 2, 3, 4}); err == nil {
		t.Error("4 tokens run in a context of 3")
	}
	over, err := importAsked(t, "tiny-llama", nil, Options{Context: 32})
	if err != nil || over.Model.Config.Context != 32 || !remarks(over, "max_position_embeddings is 64; 32 was asked for, and is taken.") {
		t.Errorf("asked for instead of what the file says: %+v, %v", over, err)
	}
}

func TestWhatCannotBeIsRefused(t *testing.T) {
	for want, o := range map[string]Options{
		"rope_theta is 0.5; expected a number above 1":                       {Theta: 0.5},
		"rms_norm_eps is -1; expected a number above 0 and below 1":          {Epsilon: -1},
		"max_position_embeddings is -2; expected 1 to 1048576":               {Context: -2},
		"max_position_embeddings is 1048577; expected 1 to 1048576":          {Context: 1048577},
		"lm_head.weight is missing; expected (65, 48)":                       {Tied: new(bool)},
		"called bert here; expected gpt2, smollm, llama3, qwen2, tekken and": {Split: "bert"},
	} {
		_, err := importAsked(t, "tiny-llama", nil, o)
		refusedFor(t, want, err, want)
	}
	gpt2 := encoded(t, file(t, wide(t, true)))
	for want, o := range map[string]Options{
		"a GPT-2 has none":                                   {Theta: 500},
		"a context of 9 was asked for, and wpe":              {Context: 9},
		"layer_norm_epsilon is 2; expected a number above 0": {Epsilon: 2},
	} {
		_, err := Import("gpt2", gpt2, o)
		refusedFor(t, want, err, want)
	}
}

func TestTheEpsilonOfAGPT2IsThatWhichIsAskedFor(t *testing.T) {
	said := file(t, wide(t, true))
	metadata("config", `{"n_head": 1, "model_type": "gpt2", "layer_norm_epsilon": 0.02}`)(said)
	i, err := Import("gpt2", encoded(t, said), Options{})
	want := logitsOf(t, i, err)
	unsaid := file(t, wide(t, true))
	metadata("config", `{"n_head": 1, "model_type": "gpt2"}`)(unsaid)
	i, err = Import("gpt2", encoded(t, unsaid), Options{})
	if slices.Equal(logitsOf(t, i, err), want) {
		t.Error("it does not matter")
	}
	i, err = Import("gpt2", encoded(t, unsaid), Options{Epsilon: 0.02})
	if !slices.Equal(logitsOf(t, i, err), want) {
		t.Error("asked for, the logits differ from those of a file that says it")
	}
}

// TestWhetherTheOutputIsTiedCanBeAskedFor: of a file with two matrices the embedding is the output, or both count.
func TestWhetherTheOutputIsTiedCanBeAskedFor(t *testing.T) {
	yes, no := true, false
	two, err := importWith(t, "tiny-llama-untied", nil)
	own := logitsOf(t, two, err)
	b, err := os.ReadFile("../testdata/tiny-llama-untied/model.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f, err := safetensors.Decode("model.safetensors", b)
	if err != nil {
		t.Fatal(err)
	}
	f.Tensors = slices.DeleteFunc(f.Tensors, func(t safetensors.Tensor) bool { return t.Name == "lm_head.weight" })
	config, err := os.ReadFile("../testdata/tiny-llama-untied/config.json")
	if err != nil {
		t.Fatal(err)
	}
	one, err := ImportFiles([]File{{Name: "model.safetensors", Bytes: encoded(t, f)}, text("config.json", strings.Replace(string(config), `"tie_word_embeddings": false`, `"tie_word_embeddings": true`, 1))}, Options{})
	tied := logitsOf(t, one, err)
	asked, err := importAsked(t, "tiny-llama-untied", nil, Options{Tied: &yes})
	if got := logitsOf(t, asked, err); !slices.Equal(got, tied) || slices.Equal(got, own) || !remarks(asked, "lm_head.weight differs from model.embed_tokens.weight and was left out") {
		t.Errorf("tied as was asked for, the logits are not those of a file that says it, or it notes %v", asked.Notes)
	}
	if asked, err = importAsked(t, "tiny-llama-untied", map[string]string{"tie_word_embeddings": "true"}, Options{Tied: &no}); !slices.Equal(logitsOf(t, asked, err), own) || len(asked.Notes) != 0 {
		t.Errorf("with a matrix of its own, as was asked for, the logits differ, or it notes %v", asked.Notes)
	}
	if asked, err = importAsked(t, "tiny-llama", map[string]string{"tie_word_embeddings": ""}, Options{Tied: &yes}); err != nil || !asked.Model.Config.Tied || len(asked.Notes) != 0 {
		t.Errorf("what is assumed is asked for: %+v, %v", asked, err)
	}
}
