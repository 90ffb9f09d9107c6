package feature_test

import (
	"os"
	"testing"

	"glassbox/web/app"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

func TestEnterPinsTheFirstCellForWhoHasNoPointer(t *testing.T) {
	s := app.New(app.Shipped(onDisk))
	if m := KeyPressed(s, "Enter"); m != (CellChosen{}) {
		t.Errorf("without a panel, Enter gives %+v", m)
	}
	s.Panel = "h.0.attn.c_attn.weight"
	m, ok := KeyPressed(s, "Enter").(CellChosen)
	if !ok || m.Cell == nil || *m.Cell != (run.Cell{Name: s.Panel}) {
		t.Errorf("with a panel, Enter gives %+v", m)
	}
	s.Hover = &run.Cell{Name: "ln_f", Row: 1, Col: 2}
	if m, ok := KeyPressed(s, "Enter").(CellChosen); !ok || m.Cell != s.Hover {
		t.Errorf("with a cell under the pointer, Enter gives %+v", m)
	}
}

// onDisk reports whether the page that is packed here carries a model.
func onDisk(id string) bool {
	_, err := os.Stat("../../static/models/" + id + ".safetensors")
	return err == nil
}
