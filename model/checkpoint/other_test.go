package checkpoint

import (
	"testing"

	"glassbox/model/checkpoint/safetensors"
)

// TestAConfigurationOfAnotherModelIsSaidToBeOne, also where it says how wide a head is: of the file nothing is known yet then.
func TestAConfigurationOfAnotherModelIsSaidToBeOne(t *testing.T) {
	for _, config := range []string{
		`{"model_type": "qwen3", "hidden_size": 1024, "num_hidden_layers": 28, "head_dim": 128, "num_attention_heads": 16, "num_key_value_heads": 8}`,
		`{"model_type": "llama", "num_hidden_layers": 1, "head_dim": 6}`,
	} {
		i, err := ImportFiles(changedLlama(t, config, func(*safetensors.File) {}), Options{Heads: 4})
		if err != nil && i == nil {
			continue // refused in words
		}
		if !remarks(i, "contradict") {
			t.Errorf("%s: the notes are %v", config, i.Notes)
		}
	}
}

// TestAFamilyOfGPT2sShapesIsRefusedByName: its numbers would be others.
func TestAFamilyOfGPT2sShapesIsRefusedByName(t *testing.T) {
	f := file(t, wide(t, true))
	metadata("config", `{"n_head": 1, "model_type": "gpt_bigcode"}`)(f)
	_, err := Import("gpt2", encoded(t, f), Options{})
	refusedFor(t, "a GPT-BigCode", err, "model_type = gpt_bigcode")
}

// TestASettingThatAFamilyDoesNotHaveIsPassedOver, as transformers does.
func TestASettingThatAFamilyDoesNotHaveIsPassedOver(t *testing.T) {
	for _, c := range []struct {
		folder, setting, value string
		window                 int
	}{
		{"tiny-llama3", "sliding_window", "4", 0},
		{"tiny-mistral", "use_sliding_window", "false", 5},
		{"tiny-mistral", "max_window_layers", "1", 5},
	} {
		i, err := importWith(t, c.folder, map[string]string{c.setting: c.value})
		if err != nil {
			t.Fatal(err)
		}
		if got := i.Model.Config.LooksBack(0); got != c.window {
			t.Errorf("%s with %s = %s looks back %d tokens; expected %d", c.folder, c.setting, c.value, got, c.window)
		}
	}
}
