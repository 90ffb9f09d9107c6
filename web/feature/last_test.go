package feature_test

import (
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/run"
)

// TestALinkToTheLastRowSaysSo holds that the address keeps what it was: opened by others, with another text, it leads to
// their last row.
func TestALinkToTheLastRowSaysSo(t *testing.T) {
	const hash = "#panel=ln_f&cell=last.3"
	r := apptest.Open(t, hash)
	r.Expect("the pinned cell", *r.S.Cell, run.Cell{Name: "ln_f", Row: 5, Col: 3}).Expect("the address", r.S.Hash(), hash)
	r.Send(CellChosen{Cell: &run.Cell{Name: "ln_f", Row: 5, Col: 2}}).Expect("the address of another pin", r.S.Hash(), "#panel=ln_f&cell=5.2")
	r.Send(LinkFollowed{Hash: "#cell=last.1"}).Expect("the address of a link without a panel", r.S.Hash(), "#panel=ln_f&cell=last.1")
	r.Send(LinkFollowed{Hash: "#cell=2.1"}).Expect("the address of a link to a row", r.S.Hash(), "#panel=ln_f&cell=2.1")
}

// TestThePinInTheLastRowStandsAloneOnTheWayBack: what its number was made from is pinned where it is.
func TestThePinInTheLastRowStandsAloneOnTheWayBack(t *testing.T) {
	r := apptest.Open(t, "#panel=embed.sum&cell=last.3").Send(LargestFollowed{})
	if len(r.S.Trail) != 1 || r.S.Cell.Name == "embed.sum" {
		t.Fatalf("the way back is %v from %v", r.S.Trail, r.S.Cell)
	}
	at := *r.S.Cell
	r.Send(StepPressed{}).Expect("the pinned cell", *r.S.Cell, at)
}

// TestALinkToAnotherModelLeavesTheTextBehind: a text of the model before, and where the reader was in that, mean nothing there.
func TestALinkToAnotherModelLeavesTheTextBehind(t *testing.T) {
	r := apptest.Open(t, "#text=AAABBB&stage=token&temperature=2").Send(StepPressed{}, LinkFollowed{Hash: "#model=tiny"})
	r.Expect("the address", r.S.Hash(), "#model=tiny&temperature=2").Expect("the model", r.S.Model, "tiny")
	r.Send(LinkFollowed{Hash: "#model=sort&panel=h.last.ln_1&cell=last.0"})
	r.Expect("the address", r.S.Hash(), "#stage=block.2.norm_1&panel=h.2.ln_1&cell=last.0&temperature=2")
}

func TestALinkShowsWhatItOpens(t *testing.T) {
	r := apptest.Open(t, "").Send(LinkFollowed{Hash: "#stage=tokenize&tokenizer=gpt2"})
	r.Expect("what is shown", r.S.Reveal, Reveal{"tokenizing", 1}).Expect("the sheet", r.S.Sheet, SheetHalf)
	r.Send(LinkFollowed{Hash: "#word=softmax"}).Expect("what is shown", r.S.Reveal, Reveal{"glossed", 2})
	r.Send(LinkFollowed{Hash: "#stage=token"}).Expect("what is shown", r.S.Reveal.ID, "")
}

// TestAnAddressShowsWhatItOpens, too: but what stood there before is left in peace.
func TestAnAddressShowsWhatItOpens(t *testing.T) {
	r := apptest.Open(t, "#word=softmax")
	r.Expect("what is shown", r.S.Reveal, Reveal{"glossed", 1})
	r.Send(Navigated{"#word=query"}).Expect("what is shown", r.S.Reveal, Reveal{"glossed", 2})
	r.Send(Navigated{"#nothing=1"})
	if before := r.S.Notice; before == "" {
		t.Error("an address that can't be used is not told of")
	}
	r.Send(Navigated{"#word=query"}).Expect("what was said of the address before", r.S.Notice, "")
	r.Send(Navigated{"#word=query&temperature=1"}).Expect("what is shown", r.S.Reveal, Reveal{"glossed", 3})
}
