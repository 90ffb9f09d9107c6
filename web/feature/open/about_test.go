package open_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/open"
)

// TestAModelIsCalledAsItsFilesAre: by the folder where the file has the name of all, and with the type at its end.
func TestAModelIsCalledAsItsFilesAre(t *testing.T) {
	for name, want := range map[string]string{
		"model.safetensors": "Your own", "sorter.safetensors": "sorter", "SmolLM2-135M-Instruct.Q4_1.safetensors": "SmolLM2-135M-Instru…Q4_1",
		"a-model-with-a-name-thatgoesonandonandon.safetensors": "a-model-with-a-name-tha…",
	} {
		r := apptest.Drop(t, map[string][]byte{name: weights(t, "nano-sort", false)}, FileAnswers{})
		r.Expect("the label of "+name, r.S.Choice().Label, want)
	}
	r := apptest.Open(t, "")
	r.Send(open.Chosen{Folder: "tiny-sorter", Files: []File{give(r, "model.safetensors", weights(t, "nano-sort", false))}})
	r.Expect("the label of a folder", r.S.Choice().Label, "tiny-sorter")
}

// TestWhatAFileIsStandsInTheOverview: its family, weights, tokens and conversations; and the menu offers to answer what it
// left open only where it did.
func TestWhatAFileIsStandsInTheOverview(t *testing.T) {
	r := apptest.Chatting(t)
	about := apptest.Draw(t, &open.About{Screen: &Screen{State: &r.S}})
	holds(t, about, "<dd>Llama</dd>", "<dd>F32</dd>", "cut by the file’s tokenizer, smollm", "<dd>ChatML</dd>")
	if c := (&open.About{Screen: &Screen{State: &r.S}}); c.Asks() {
		t.Error("a file that says everything is said to leave something open")
	}
	r = apptest.Drop(t, map[string][]byte{"sorter.safetensors": weights(t, "nano-sort", true)}, FileAnswers{Heads: 3, Words: "numbers"})
	about = apptest.Draw(t, &open.About{Screen: &Screen{State: &r.S}})
	holds(t, about, "<dd>GPT-2</dd>", "shown as numbers")
	if strings.Contains(about, "conversations") {
		t.Error("a model without a tokenizer is asked for conversations")
	}
}
