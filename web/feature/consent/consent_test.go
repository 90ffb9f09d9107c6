package consent_test

import (
	"os"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/consent"
	"glassbox/web/feature/open"
)

// opened returns a reader who opened so many files.
func opened(t *testing.T, files int) *apptest.Reader {
	t.Helper()
	b, err := os.ReadFile("../../../model/testdata/nano-sort/weights.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	r := apptest.Open(t, "")
	r.Files = map[int][]byte{}
	for n := range files {
		r.Files[n] = b
		r.Send(open.Chosen{Files: []File{File{Number: n, Name: "mine.safetensors", Size: len(b)}}})
	}
	r.Expect("the model", r.S.Choice().Source != nil, files > 0)
	return r
}

// drawn returns the page that the reader sees.
func drawn(r *apptest.Reader) string {
	p := apptest.NewPage(r.T)
	p.State = r.S
	return p.HTML()
}

func TestTheModelsOfThePageAreForEverybody(t *testing.T) {
	r := opened(t, 0).Send(consent.Asked{})
	r.Expect("given", consent.Given(&r.S), true)
	if strings.Contains(drawn(r), "May another page") {
		t.Error("the reader is asked about a model of the page")
	}
}

func TestAFileOfTheReadersIsForNobodyElseBeforeTheirYes(t *testing.T) {
	r := opened(t, 1)
	r.Expect("given before anybody asked", consent.Given(&r.S), false)
	r.Send(consent.Asked{}).Expect("given by the question", consent.Given(&r.S), false)
	if !strings.Contains(drawn(r), "May another page read mine.safetensors?") {
		t.Error("the reader is not asked")
	}
	r.Send(RetryPressed{}).Expect("given by a yes", consent.Given(&r.S), true)
	r.Expect("a problem", r.S.Problem == nil, true)
	r.Send(ModelChosen{ID: "sort"}).Expect("the page's model", consent.Given(&r.S), true)
}

func TestANoIsAskedForOnce(t *testing.T) {
	r := opened(t, 1).Send(consent.Asked{})
	r.Send(KeyPressed(r.S, "Escape"), consent.Asked{}).Expect("given after a no", consent.Given(&r.S), false)
	r.Expect("the question comes again", r.S.Problem != nil, false)
}

func TestAQuestionThatMadeRoomForAProblemComesBack(t *testing.T) {
	r := opened(t, 1).Send(consent.Asked{}, Crashed{Reason: "a test"})
	r.Send(RetryPressed{}).Expect("given by the answer to something else", consent.Given(&r.S), false)
	r.Send(ProblemDismissed{}, consent.Asked{}).Expect("the question", r.S.Problem != nil && r.S.Problem.Yes == "Allow", true)
}

func TestAYesIsForOneFile(t *testing.T) {
	r := opened(t, 1).Send(RetryPressed{})
	r.Expect("an answer without a question", consent.Given(&r.S), false)
	r.Send(consent.Asked{}, RetryPressed{}).Expect("the first", consent.Given(&r.S), true)
	r.Files[1] = r.Files[0]
	r.Send(open.Chosen{Files: []File{File{Number: 1, Name: "other.safetensors", Size: len(r.Files[1])}}})
	r.Expect("the second", consent.Given(&r.S), false)
	r.Send(RetryPressed{}).Expect("the second, by a yes to another", consent.Given(&r.S), false)
}
