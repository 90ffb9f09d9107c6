package feature_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"

	"glassbox/web/export"
)

func TestAFileIsWrittenAndSaved(t *testing.T) {
	r := apptest.Open(t, "").Send(TakePressed{"h.0.attn.head.1.scores", export.CSV})
	if r.S.Taking == nil || apptest.LastOf[MakeFile](r).Turn != r.S.Taking.Turn {
		t.Fatalf("nothing is written: %+v", r.S.Taking)
	}
	r.Expect("the file's name", r.S.Taking.File, "sort-h.0.attn.head.1.scores.csv").Expect("its rows", r.S.Taking.Rows, 6)
	r.Send(FileGrew{r.S.Taking.Turn, 4}).Expect("progress", r.S.Taking.Done, 4)
	r.Send(FileMade{r.S.Taking.Turn, 300, false})
	if r.S.Taking != nil || !strings.Contains(r.S.Notice, "Saved sort-h.0") {
		t.Errorf("it says %q, %+v", r.S.Notice, r.S.Taking)
	}
}

func TestWritingCanBeCancelled(t *testing.T) {
	r := apptest.Open(t, "").Send(TakePressed{"logits", export.JSON})
	turn := r.S.Taking.Turn
	if r.S.EscapeMessage() != (TakeClosed{}) {
		t.Error("Escape does something else")
	}
	r.Send(TakeClosed{}, FileGrew{turn, 2}, FileMade{turn, 9, true}, FileFailed{turn, "late"})
	if r.S.Taking != nil || r.S.Problem != nil {
		t.Errorf("what comes late shows %+v, %+v", r.S.Taking, r.S.Problem)
	}
	r.Send(TakePressed{"logits", export.NPY}, TakePressed{"ln_f", export.NPY})
	r.Send(FileMade{r.S.Taking.Turn - 1, 9, false}).Expect("the newer file", r.S.Taking.Name, "ln_f")
}

func TestAFrameThatMayForbidFilesIsAskedFor(t *testing.T) {
	r := apptest.Open(t, "").Send(TakePressed{"logits", export.CSV})
	turn := r.S.Taking.Turn
	r.Send(FileMade{turn, 300, true})
	if !r.S.Taking.Offered || !r.S.Taking.Copyable() {
		t.Fatalf("it offers %+v", r.S.Taking)
	}
	r.Send(FileCopied{turn, "1,2"}).Expect("the text to copy by hand", r.S.Taking.ByHand, "1,2")
	r.Send(FileCopied{turn, ""})
	if r.S.Taking != nil || !strings.Contains(r.S.Notice, "Copied") {
		t.Errorf("it says %q, %+v", r.S.Notice, r.S.Taking)
	}
	r.Send(TakePressed{"logits", export.NPY}, FileMade{turn + 1, 300, true}).Expect("NPY can be copied", r.S.Taking.Copyable(), false)
}

func TestWhatIsNotThereIsNoFile(t *testing.T) {
	r := apptest.Open(t, "").Send(TakePressed{"none", export.CSV}, TakePressed{"logits", "xls"})
	r.Expect("files", apptest.Count[MakeFile](r), 0)
	r.Send(TakePressed{"logits", export.CSV})
	r.Send(FileFailed{r.S.Takings(), "The model was restarted."})
	if r.S.Taking != nil || r.S.Problem == nil || !strings.Contains(r.S.Problem.Detail, "restarted") {
		t.Errorf("a failure shows %+v, %+v", r.S.Taking, r.S.Problem)
	}
	r.Send(TakePressed{"logits", export.CSV}, ModelChosen{"tiny"})
	if r.S.Taking != nil {
		t.Error("the file of the model before is still written")
	}
}
