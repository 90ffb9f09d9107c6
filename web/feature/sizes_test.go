package feature_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"

	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/scene/sizes"
)

func TestSizesStandFromTheSmallestToTheLargest(t *testing.T) {
	var labels []string
	list := apptest.Open(t, "").S.AllOf()
	for _, z := range list {
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
	r := apptest.Open(t, "#stage=softmax&panel=logits").Send(KeyPressed(State{}, "z"))
	r.Expect("the link", r.S.Hash(), "#sizes=all").Expect("sizes in the scene", len(apptest.LastOf[ShowSizes](r).Sizes), 7)
	r.Send(PanelChosen{sizes.Name("gpt3")})
	r.Expect("the link", r.S.Hash(), "#sizes=gpt3").Expect("an entry", apptest.LastOf[SetHash](r).Push, true)
	r.Expect("the flight", strings.Join(apptest.LastOf[Fly](r).Names, " "), "sizes/gpt3").Expect("the size", r.S.SizeShown().Label, "GPT-3")
	if place := SpokenPlace(r.S); !strings.Contains(place, "174,604,259,328 parameters, structure only") {
		t.Errorf("read aloud is %s", place)
	}
	r.Send(KeyPressed(r.S, "Escape")).Expect("after Escape", r.S.Sizes, AllSizes)
	r.Send(KeyPressed(r.S, "Escape")).Expect("after Escape again", r.S.Sizes, "").Expect("sizes in the scene", len(apptest.LastOf[ShowSizes](r).Sizes), 0)
	r.Expect("the flight", len(apptest.LastOf[Fly](r).Names), 0)
}

func TestAnyPlaceOfTheModelLeavesTheComparison(t *testing.T) {
	for _, m := range []Msg{StageChosen{run.StageSoftmax}, PanelChosen{"logits"}, ModelChosen{"tiny"}, Navigated{"#stage=norm"}} {
		r := apptest.Open(t, "#sizes=gpt2-xl").Expect("the size", apptest.Open(t, "#sizes=gpt2-xl").S.Sizes, "gpt2-xl")
		r.Send(m).Expect("the comparison", r.S.Sizes, "").Expect("sizes in the scene", len(apptest.LastOf[ShowSizes](r).Sizes), 0)
	}
	r := apptest.Open(t, "#sizes=gpt9").Expect("an unknown size", apptest.Open(t, "#sizes=gpt9").S.Sizes, AllSizes)
	r.Expect("the notice", r.S.Notice, "There is no size gpt9 to compare.")
}

func TestATypedConfigurationIsComparedUndoneAndShared(t *testing.T) {
	r := apptest.Open(t, "#sizes=gpt2").Send(OwnTyped{4, "24"})
	r.Expect("the size", r.S.Sizes, OwnSize).Expect("its link", r.S.Hash(), "#sizes=own&own=50257.1024.768.12.24.tied")
	want := model.Config{Vocab: 50257, Context: 1024, Width: 768, Heads: 12, Blocks: 24, Tied: true}
	r.Expect("the configuration", r.S.SizeShown().Config, want)
	r.Send(OwnTyped{3, "7"}).Expect("the problem", r.S.Own.Problem(), "The width C = 768 can't be shared out among H = 7 heads: 5 of it would be left over.")
	r.Expect("the size", r.S.Sizes, AllSizes).Expect("sizes", len(r.S.AllOf()), 7)
	r.Send(UndoPressed{}).Expect("the problem", r.S.Own.Problem(), "").Expect("sizes", len(r.S.AllOf()), 8)
	r.Send(UndoPressed{}).Expect("what was typed", r.S.Own, Own{})
	again := apptest.Open(t, "#sizes=own&own=65.256.384.6.6.untied")
	again.Expect("parameters", again.S.SizeShown().Config.Parameters(), 10_795_776)
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
		r := apptest.Open(t, "#sizes=gpt2").Send(OwnTyped{c.field, c.text})
		r.Expect("the problem", r.S.Own.Problem(), c.want)
	}
	for _, hash := range []string{"#own=1.2.3", "#own=5.5.5.2.5.tied", "#own=5.5.4.2.5.maybe"} {
		if r := apptest.Open(t, hash); r.S.Own != (Own{}) || !strings.Contains(r.S.Notice, "Own:") {
			t.Errorf("%s gives %+v and the notice %q", hash, r.S.Own, r.S.Notice)
		}
	}
}

func TestAmountsHaveThreeDigits(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1.00\u00a0k", 85_728: "85.7\u00a0k", 999_499: "999\u00a0k", 999_500: "1.00\u00a0M",
		124_439_808: "124\u00a0M", 1_557_611_200: "1.56\u00a0B", 174_604_259_328: "175\u00a0B", 9_999_000_000_000: "10.0\u00a0T"} {
		if got := say.Amount(n, ""); got != want {
			t.Errorf("%d is %q; expected %q", n, got, want)
		}
	}
	if got := say.Amount(698_417_037_312, "B"); got != "698\u00a0GB" {
		t.Errorf("bytes are %q", got)
	}
}
