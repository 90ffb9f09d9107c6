package sizes_test

import (
	"strconv"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/sizes"
	"glassbox/web/run"
	drawn "glassbox/web/scene/sizes"
)

func TestSizesStandFromTheSmallestToTheLargest(t *testing.T) {
	var labels []string
	for _, z := range sizes.List(&apptest.Open(t, "").S) {
		labels = append(labels, z.Label+" "+z.Note())
		if err := z.Config.Validate(); err != nil {
			t.Errorf("%s: %v", z.Label, err)
		}
	}
	want := "Tiny 28.1\u00a0k; Sort 85.7\u00a0k; GPT-2 small 124\u00a0M, structure only; GPT-2 medium 355\u00a0M, structure only; " +
		"GPT-2 large 774\u00a0M, structure only; GPT-2 XL 1.56\u00a0B, structure only; GPT-3 175\u00a0B, structure only"
	if got := strings.Join(labels, "; "); got != want {
		t.Errorf("there are %s\nexpected %s", got, want)
	}
}

func TestAReaderComparesSizesAndComesBack(t *testing.T) {
	r := apptest.Open(t, "#stage=softmax&panel=logits")
	r.Send(KeyPressed(r.S, "z"))
	r.Expect("the link", r.S.Hash(), "#sizes=all").Expect("sizes in the scene", len(apptest.LastOf[sizes.Show](r).Sizes), 7)
	r.Send(PanelChosen{Name: drawn.Name("gpt3")})
	r.Expect("the link", r.S.Hash(), "#sizes=gpt3").Expect("an entry", apptest.LastOf[SetHash](r).Push, true)
	r.Expect("the flight", strings.Join(apptest.LastOf[Fly](r).Names, " "), "sizes/gpt3").Expect("the size", sizes.Shown(&r.S).Label, "GPT-3")
	if _, place := Spoken(r.S); !strings.Contains(place, "174,604,259,328 parameters, structure only") {
		t.Errorf("read aloud is %s", place)
	}
	r.Send(KeyPressed(r.S, "Escape")).Expect("after Escape", sizes.Of(&r.S).At, sizes.All)
	r.Send(KeyPressed(r.S, "Escape")).Expect("after Escape again", sizes.Of(&r.S).At, "").Expect("sizes in the scene", len(apptest.LastOf[sizes.Show](r).Sizes), 0)
	r.Expect("the flight", len(apptest.LastOf[Fly](r).Names), 0)
}

func TestAnyPlaceOfTheModelLeavesTheComparison(t *testing.T) {
	for _, m := range []Msg{StageChosen{Stage: run.StageSoftmax}, PanelChosen{Name: "logits"}, ModelChosen{ID: "tiny"}, Navigated{Hash: "#stage=norm"}} {
		r := apptest.Open(t, "#sizes=gpt2-xl")
		r.Expect("the size", sizes.Of(&r.S).At, "gpt2-xl")
		r.Send(m).Expect("the comparison", sizes.Of(&r.S).At, "").Expect("sizes in the scene", len(apptest.LastOf[sizes.Show](r).Sizes), 0)
	}
	r := apptest.Open(t, "#sizes=gpt9")
	r.Expect("an unknown size", sizes.Of(&r.S).At, sizes.All)
	r.Expect("the notice", r.S.Notice, "There is no size gpt9 to compare.")
}

func TestATypedConfigurationIsComparedUndoneAndShared(t *testing.T) {
	r := apptest.Open(t, "#sizes=gpt2").Send(sizes.OwnTyped{4, "24"})
	r.Expect("the size", sizes.Of(&r.S).At, sizes.Yours).Expect("its link", r.S.Hash(), "#sizes=own&own=50257.1024.768.12.24.tied")
	want := model.Config{Vocab: 50257, Context: 1024, Width: 768, Heads: 12, Blocks: 24, Tied: true}
	r.Expect("the configuration", sizes.Shown(&r.S).Config, want)
	r.Send(sizes.OwnTyped{3, "7"}).Expect("the problem", sizes.OwnOf(&r.S).Problem(), "The width C = 768 can't be shared out among H = 7 heads: 5 of it would be left over.")
	r.Expect("the size", sizes.Of(&r.S).At, sizes.All).Expect("sizes", len(sizes.List(&r.S)), 7)
	r.Send(UndoPressed{}).Expect("the problem", sizes.OwnOf(&r.S).Problem(), "").Expect("sizes", len(sizes.List(&r.S)), 8)
	r.Send(UndoPressed{}).Expect("what was typed", sizes.OwnOf(&r.S), sizes.Own{})
	again := apptest.Open(t, "#sizes=own&own=65.256.384.6.6.untied")
	again.Expect("parameters", sizes.Shown(&again.S).Config.Parameters(), 10_795_776)
}

func TestWhatIsWrongWithATypedConfigurationIsSaidPlainly(t *testing.T) {
	for _, c := range []struct {
		field      int
		text, want string
	}{
		{0, "", "V is empty; expected a whole number from 1 to 1,048,576."},
		{1, "many", `T is "many"; expected a whole number from 1 to 65,536.`},
		{2, "-5", `C is "-5"; expected a whole number from 1 to 32,768.`},
		{4, "0", `L is "0"; expected a whole number from 1 to 256.`},
	} {
		r := apptest.Open(t, "#sizes=gpt2").Send(sizes.OwnTyped{c.field, c.text})
		r.Expect("the problem", sizes.OwnOf(&r.S).Problem(), c.want)
	}
	for _, hash := range []string{"#own=1.2.3", "#own=5.5.5.2.5.tied", "#own=5.5.4.2.5.maybe"} {
		if r := apptest.Open(t, hash); sizes.OwnOf(&r.S) != (sizes.Own{}) || !strings.Contains(r.S.Notice, ": own:") {
			t.Errorf("%s gives %+v and the notice %q", hash, sizes.OwnOf(&r.S), r.S.Notice)
		}
	}
}

func TestTheLargestOfEachFieldIsASize(t *testing.T) {
	for i, f := range sizes.OwnFields() {
		for add, fits := range map[int]bool{0: true, 1: false} {
			own := sizes.Own{Fields: [5]string{"50257", "1024", "1024", "1", "12"}}
			own.Fields[i] = strconv.Itoa(f.Most + add)
			if own.Fields[i] == own.Fields[3] {
				own.Fields[2] = own.Fields[3] // a channel for each head
			}
			if _, err := own.Config(); (err == nil) != fits {
				t.Errorf("%s of %s: %v", f.Letter, own.Fields[i], err)
			}
		}
		own := sizes.Own{Fields: [5]string{"1", "1", "1", "1", "1"}}
		if _, err := own.Config(); err != nil {
			t.Errorf("the smallest size: %v", err)
		}
		own.Fields[i] = "0"
		if _, err := own.Config(); err == nil {
			t.Errorf("%s of 0 is a size", f.Letter)
		}
	}
}

// TestWhereTheWeightsOfASizeAreIsTrue: a model of the page, one that runs, and one of a file are told apart.
func TestWhereTheWeightsOfASizeAreIsTrue(t *testing.T) {
	r := apptest.Kin(t, "tiny-mistral")
	file := r.S.Model
	note := func(id string) string {
		r.Send(sizes.Chosen{ID: id})
		return (&sizes.Detail{Screen: &Screen{State: &r.S}}).Note()
	}
	r.Expect("of the file that runs", strings.Contains(note(file), "It is running now"), true)
	r.Expect("of a model of the page", strings.Contains(note("tiny"), "in this page"), true)
	r.Send(ModelChosen{ID: "sort"})
	r.Expect("of the file", strings.Contains(note(file), "from a file that you opened"), true)
	r.Expect("of one that runs", strings.Contains(note("sort"), "It is running now"), true)
}
