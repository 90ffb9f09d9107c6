package take_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/export"
	. "glassbox/web/feature"
	"glassbox/web/feature/take"
)

// file returns the one on its way out.
func file(r *apptest.Reader) *take.File { return take.Of(&r.S).File }

func TestAFileIsWrittenAndSaved(t *testing.T) {
	r := apptest.Open(t, "").Send(take.Pressed{"h.0.attn.head.1.scores", export.CSV})
	if file(r) == nil || apptest.LastOf[take.Make](r).Turn != file(r).Turn {
		t.Fatalf("nothing is written: %+v", file(r))
	}
	r.Expect("the file's name", file(r).Name, "sort-h.0.attn.head.1.scores.csv").Expect("its rows", file(r).Rows, 6)
	r.Send(take.Grew{file(r).Turn, 4}).Expect("progress", file(r).Done, 4)
	r.Send(take.Made{file(r).Turn, 300, false})
	if file(r) != nil || !strings.Contains(r.S.Notice, "Saved sort-h.0") {
		t.Errorf("it says %q, %+v", r.S.Notice, file(r))
	}
}

func TestWritingCanBeCancelled(t *testing.T) {
	r := apptest.Open(t, "").Send(take.Pressed{"logits", export.JSON})
	turn := file(r).Turn
	if KeyPressed(r.S, "Escape") != (take.Closed{}) {
		t.Error("Escape does something else")
	}
	r.Send(LinkPressed{}, LinkCopied{Link: "#"})
	if KeyPressed(r.S, "Escape") != (LinkClosed{}) {
		t.Error("Escape does not close the card above first")
	}
	r.Send(take.Closed{}, take.Grew{turn, 2}, take.Made{turn, 9, true}, take.Failed{turn, "late"})
	if file(r) != nil || r.S.Problem != nil {
		t.Errorf("what comes late shows %+v, %+v", file(r), r.S.Problem)
	}
	r.Send(take.Pressed{"logits", export.NPY}, take.Pressed{"ln_f", export.NPY})
	r.Send(take.Made{file(r).Turn - 1, 9, false}).Expect("the newer file", file(r).Of, "ln_f")
}

func TestAFrameThatMayForbidFilesIsAskedFor(t *testing.T) {
	r := apptest.Open(t, "").Send(take.Pressed{"logits", export.CSV})
	turn := file(r).Turn
	r.Send(take.Made{turn, 300, true})
	if !file(r).Offered || !file(r).Copyable() {
		t.Fatalf("it offers %+v", file(r))
	}
	r.Send(take.Copied{turn, "1,2"}).Expect("the text to copy by hand", file(r).ByHand, "1,2")
	r.Send(take.Copied{turn, ""})
	if file(r) != nil || !strings.Contains(r.S.Notice, "Copied") {
		t.Errorf("it says %q, %+v", r.S.Notice, file(r))
	}
	r.Send(take.Pressed{"logits", export.NPY}, take.Made{turn + 1, 300, true}).Expect("NPY can be copied", file(r).Copyable(), false)
}

func TestWhatIsNotThereIsNoFile(t *testing.T) {
	r := apptest.Open(t, "").Send(take.Pressed{"none", export.CSV}, take.Pressed{"logits", "xls"})
	r.Expect("files", apptest.Count[take.Make](r), 0)
	r.Send(take.Pressed{"logits", export.CSV})
	r.Send(take.Failed{take.Of(&r.S).File.Turn, "The model was restarted."})
	if file(r) != nil || r.S.Problem == nil || !strings.Contains(r.S.Problem.Detail, "restarted") {
		t.Errorf("a failure shows %+v, %+v", file(r), r.S.Problem)
	}
	r.Send(take.Pressed{"logits", export.CSV}, ModelChosen{ID: "tiny"})
	if file(r) != nil {
		t.Error("the file of the model before is still written")
	}
}
