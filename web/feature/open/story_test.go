package open_test

import (
	"testing"

	"glassbox/model"
	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/open"
)

// TestFilesAreOpenedAsBefore: the golden file tells message by message what becomes of the page, of what the dialog
// shows, and of what its controls send.
func TestFilesAreOpenedAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	page.Files = map[int][]byte{1: weights(t, "nano-sort", false), 2: weights(t, "tiny-gpt2", true), 3: []byte("no model"),
		4: random(t, model.Config{Vocab: 7, Context: 9, Width: 12, Heads: 2, Blocks: 1})}
	choose := func(number int, name string) feature.Msg {
		return open.Chosen{Files: []feature.File{{Number: number, Name: name, Size: len(page.Files[number])}}}
	}
	apptest.Tell(t, "story", open.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=CBABBC"},
		choose(1, "mine.safetensors"),
		choose(2, "bare <b>.safetensors"),
		open.Answered{Answers: feature.FileAnswers{Heads: 4}},
		open.Answered{Answers: feature.FileAnswers{Heads: 4, Words: "letters", Alphabet: alphabet65[:64]}},
		open.Answered{Answers: feature.FileAnswers{Heads: 4, Words: "letters", Alphabet: alphabet65}},
		open.Confirmed{},
		feature.StepPressed{},
		open.Reconsidered{},
		open.Answered{Answers: feature.FileAnswers{Heads: 8, Words: "numbers"}},
		open.Confirmed{},
		choose(3, "broken.safetensors"),
		open.Cancelled{},
		choose(4, "small.safetensors"),
		open.Cancelled{},
		feature.ModelChosen{ID: "sort"},
		feature.ModelChosen{ID: "file.1"},
		feature.FileRead{Request: 3, Bytes: 1 << 20},
		feature.WorkerDied{Reason: "a test"},
	}, apptest.AnyFrom(1, 24)...)...)
}
