package feature_test

import (
	"os"
	"slices"
	"testing"

	"glassbox/web/app"
	"glassbox/web/app/apptest"
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
	_, err := os.Stat("../../static/models/" + app.ModelFile(id))
	return err == nil
}

func TestTheTextFieldHasAKey(t *testing.T) {
	r := apptest.Open(t, "")
	m := KeyPressed(r.S, "/")
	if m == nil {
		t.Fatal("/ does nothing")
	}
	r.Send(m)
	if at := apptest.LastOf[Focus](r); at.ID != TextFocus {
		t.Errorf("/ leads to %q", at.ID)
	}
	if !slices.ContainsFunc(r.S.Keys(), func(k Key) bool { return k.Does == "Go to the text field" }) {
		t.Error("the help does not list it")
	}
}

// TestAPinAndAPanelAreLeftRatherThanClosed: a pin and a panel are places rather than something that is closed.
func TestAPinAndAPanelAreLeftRatherThanClosed(t *testing.T) {
	r := apptest.Open(t, "#panel=h.0.ln_1&cell=2.3")
	r.Expect("a pin is closed", r.S.Closes(), false)
	r.Send(CellChosen{}).Expect("a panel is closed", r.S.Closes(), false)
}

func TestAnAttributeIsThereOrNot(t *testing.T) {
	if Mark(true, "x") != "x" || Mark(false, "x") != nil {
		t.Error("an attribute is there where it must not be, or the other way round")
	}
}

// TestTheAddressIsLeftAloneBeforeItIsRead: what a host chooses before the page has started does not take its place.
func TestTheAddressIsLeftAloneBeforeItIsRead(t *testing.T) {
	page := apptest.NewPage(t)
	_, commands := Update(page.State, ThemeChosen{Theme: "dark"})
	for _, c := range commands {
		if hash, ok := c.(SetHash); ok {
			t.Errorf("the address becomes %q", hash.Hash)
		}
	}
}
