package open_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/attention"
	"glassbox/web/feature/finder"
	"glassbox/web/feature/flow"
	"glassbox/web/feature/open"
	"glassbox/web/feature/outline"
	"glassbox/web/feature/sizes"
	"glassbox/web/run"
)

// openFolder opens the files of a folder of model/testdata on a page, as ids.
func openFolder(t *testing.T, folder string) *apptest.Page {
	t.Helper()
	p := apptest.OpenPage(t)
	p.Files = map[int][]byte{}
	var files []feature.File
	for n, name := range []string{"model.safetensors", "config.json"} {
		b, err := os.ReadFile(filepath.Join("../../../model/testdata", folder, name))
		if err != nil {
			t.Fatal(err)
		}
		p.Files[n+1] = b
		files = append(files, feature.File{Number: n + 1, Name: name, Size: len(b)})
	}
	p.Send(open.Chosen{Files: files})
	if o := open.Of(&p.State); o != nil {
		p.Send(open.Answered{Answers: feature.FileAnswers{Heads: o.Heads, Words: "numbers"}}, open.Confirmed{})
	}
	if !strings.HasPrefix(p.State.Model, "file.") {
		t.Fatalf("%s is not opened: %+v", folder, p.State.Problem)
	}
	return p
}

// TestEveryPlaceOfALlamaIsDrawn: whatever stage, panel or number of it a reader chooses, the page tells of it.
func TestEveryPlaceOfALlamaIsDrawn(t *testing.T) {
	for _, folder := range []string{"tiny-llama", "tiny-llama-untied"} {
		p := openFolder(t, folder)
		p.Send(feature.PromptChanged{Text: "1 2 3 4 5"})
		if p.State.TextError != "" || len(p.State.Tokens) != 5 {
			t.Fatalf("%s: %q, %d tokens", folder, p.State.TextError, len(p.State.Tokens))
		}
		for _, g := range feature.Stages(p.State) {
			stages := []run.Stage{g.ID}
			for _, part := range g.Parts {
				stages = append(stages, part.ID)
			}
			for _, id := range stages {
				if html := p.Send(feature.StageChosen{Stage: id}).HTML(); !strings.Contains(html, "id=\"stage") && p.State.Stage != id {
					t.Errorf("%s: the stage %s is not shown", folder, id)
				}
			}
		}
		for _, i := range p.State.Steps {
			cell := run.Cell{Name: i.Name, Row: i.Rows - 1, Col: min(1, i.Cols-1)}
			if p.Send(feature.CellChosen{Cell: &cell}); p.State.Explained == nil || p.State.Explained.Name != i.Name {
				t.Errorf("%s: %s is not explained", folder, i.Name)
			}
			p.HTML()
		}
		watched(t, p)
	}
}

// watched fails unless the run of the model can be watched to its end, and its heads can be looked at.
func watched(t *testing.T, p *apptest.Page) {
	t.Helper()
	for _, m := range []feature.Msg{flow.Toggled{}, flow.Toggled{}, attention.Toggled{}, attention.HeadChosen{Head: "h.1.attn.head.0"}, attention.Toggled{},
		finder.Toggled{}, finder.Toggled{}, sizes.Toggled{}, sizes.Toggled{}, outline.Toggled{}, outline.Toggled{}} {
		if html := p.Send(m).HTML(); p.State.Problem != nil || html == "" {
			t.Errorf("%#v: %+v", m, p.State.Problem)
		}
	}
}
