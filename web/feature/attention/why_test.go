package attention_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/attention"
)

// TestWhereTheNextTokenStandsInTheTextIsSaidByTheHeadThatLooksAtItMost, with the share that stands there.
func TestWhereTheNextTokenStandsInTheTextIsSaidByTheHeadThatLooksAtItMost(t *testing.T) {
	r := apptest.OpenLanguage(t, "#text=Anna%20has%20a%20red%20ball.%20The%20ball%20is")
	g, ok := attention.AtNext(&r.S)
	if !ok || g.From != 8 || g.To != 3 || r.S.Tokens[g.To].ID != r.S.Next.ID {
		t.Fatalf("it is said of %+v, %t", g, ok)
	}
	if share, here := r.S.At(g.Step, g.From, g.To); !here || share != g.Share {
		t.Errorf("%s holds %v there, said is %v", g.Step, share, g.Share)
	}
	for i := range r.S.Steps {
		if s := &r.S.Steps[i]; s.Head >= 0 && s.Op.IsShare() {
			if share, _ := r.S.At(s.Name, g.From, g.To); share > g.Share {
				t.Errorf("%s gives more: %v", s.Name, share)
			}
		}
	}
	r.Send(PromptChanged{Text: "The capital of France is"})
	if g, ok := attention.AtNext(&r.S); ok {
		t.Errorf("%q does not stand in the text, but it is said of %+v", r.S.Next.Text, g)
	}
}

func TestAModelThatSortsIsNotSaidToRepeat(t *testing.T) {
	if g, ok := attention.AtNext(&apptest.Open(t, "#text=CBABBC").S); ok {
		t.Errorf("it is said of %+v", g)
	}
}

// TestTheQuestionLeadsToTheShare, and the heads' view brings the large head to the front.
func TestTheQuestionLeadsToTheShare(t *testing.T) {
	r := apptest.OpenLanguage(t, "#text=Anna%20has%20a%20red%20ball.%20The%20ball%20is")
	g, _ := attention.AtNext(&r.S)
	r.Mail = nil
	r.Send(attention.HeadChosen{Head: "h.1.attn.head.2"})
	if n := apptest.Count[Foreground](r); n == 0 {
		t.Error("the head stays behind the others")
	}
	if !strings.HasPrefix(g.Step, "h.2.attn.head.3.") {
		t.Errorf("the share is that of %s", g.Step)
	}
}
