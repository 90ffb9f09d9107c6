package app

import (
	"strings"
	"testing"

	"glassbox/web/export"
)

func TestAFileIsWrittenAndSaved(t *testing.T) {
	r := open(t, "").send(TakePressed{"h.0.attn.head.1.scores", export.CSV})
	if r.s.Taking == nil || lastOf[MakeFile](r).Turn != r.s.Taking.Turn {
		t.Fatalf("nothing is written: %+v", r.s.Taking)
	}
	r.expect("the file's name", r.s.Taking.File, "sort-h.0.attn.head.1.scores.csv").expect("its rows", r.s.Taking.Rows, 6)
	r.send(FileGrew{r.s.Taking.Turn, 4}).expect("progress", r.s.Taking.Done, 4)
	r.send(FileMade{r.s.Taking.Turn, 300, false})
	if r.s.Taking != nil || !strings.Contains(r.s.Notice, "Saved sort-h.0") {
		t.Errorf("it says %q, %+v", r.s.Notice, r.s.Taking)
	}
}

func TestWritingCanBeCancelled(t *testing.T) {
	r := open(t, "").send(TakePressed{"logits", export.JSON})
	turn := r.s.Taking.Turn
	if r.s.escape() != (TakeClosed{}) {
		t.Error("Escape does something else")
	}
	r.send(TakeClosed{}, FileGrew{turn, 2}, FileMade{turn, 9, true}, FileFailed{turn, "late"})
	if r.s.Taking != nil || r.s.Problem != nil {
		t.Errorf("what comes late shows %+v, %+v", r.s.Taking, r.s.Problem)
	}
	r.send(TakePressed{"logits", export.NPY}, TakePressed{"ln_f", export.NPY})
	r.send(FileMade{r.s.Taking.Turn - 1, 9, false}).expect("the newer file", r.s.Taking.Name, "ln_f")
}

func TestAFrameThatMayForbidFilesIsAskedFor(t *testing.T) {
	r := open(t, "").send(TakePressed{"logits", export.CSV})
	turn := r.s.Taking.Turn
	r.send(FileMade{turn, 300, true})
	if !r.s.Taking.Offered || !r.s.Taking.Copyable() {
		t.Fatalf("it offers %+v", r.s.Taking)
	}
	r.send(FileCopied{turn, "1,2"}).expect("the text to copy by hand", r.s.Taking.ByHand, "1,2")
	r.send(FileCopied{turn, ""})
	if r.s.Taking != nil || !strings.Contains(r.s.Notice, "Copied") {
		t.Errorf("it says %q, %+v", r.s.Notice, r.s.Taking)
	}
	r.send(TakePressed{"logits", export.NPY}, FileMade{turn + 1, 300, true}).expect("NPY can be copied", r.s.Taking.Copyable(), false)
}

func TestWhatIsNotThereIsNoFile(t *testing.T) {
	r := open(t, "").send(TakePressed{"none", export.CSV}, TakePressed{"logits", "xls"})
	r.expect("files", count[MakeFile](r), 0)
	r.send(TakePressed{"logits", export.CSV})
	r.send(FileFailed{r.s.takings, "The model was restarted."})
	if r.s.Taking != nil || r.s.Problem == nil || !strings.Contains(r.s.Problem.Detail, "restarted") {
		t.Errorf("a failure shows %+v, %+v", r.s.Taking, r.s.Problem)
	}
	r.send(TakePressed{"logits", export.CSV}, ModelChosen{"tiny"})
	if r.s.Taking != nil {
		t.Error("the file of the model before is still written")
	}
}
