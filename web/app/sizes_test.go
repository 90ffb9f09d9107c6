package app

import (
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/scene/sizes"
)

func TestSizesStandFromTheSmallestToTheLargest(t *testing.T) {
	var labels []string
	list := open(t, "").s.AllOf()
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
	r := open(t, "#stage=softmax&panel=logits").send(KeyPressed(State{}, "z"))
	r.expect("the link", r.s.Hash(), "#sizes=all").expect("sizes in the scene", len(lastOf[ShowSizes](r).Sizes), 7)
	r.send(PanelChosen{sizes.Name("gpt3")})
	r.expect("the link", r.s.Hash(), "#sizes=gpt3").expect("an entry", lastOf[SetHash](r).Push, true)
	r.expect("the flight", strings.Join(lastOf[Fly](r).Names, " "), "sizes/gpt3").expect("the size", r.s.SizeShown().Label, "GPT-3")
	if place := spokenPlace(r.s); !strings.Contains(place, "174,604,259,328 parameters, structure only") {
		t.Errorf("read aloud is %s", place)
	}
	r.send(KeyPressed(r.s, "Escape")).expect("after Escape", r.s.Sizes, AllSizes)
	r.send(KeyPressed(r.s, "Escape")).expect("after Escape again", r.s.Sizes, "").expect("sizes in the scene", len(lastOf[ShowSizes](r).Sizes), 0)
	r.expect("the flight", len(lastOf[Fly](r).Names), 0)
}

func TestAnyPlaceOfTheModelLeavesTheComparison(t *testing.T) {
	for _, m := range []Msg{StageChosen{run.StageSoftmax}, PanelChosen{"logits"}, ModelChosen{"tiny"}, Navigated{"#stage=norm"}} {
		r := open(t, "#sizes=gpt2-xl").expect("the size", open(t, "#sizes=gpt2-xl").s.Sizes, "gpt2-xl")
		r.send(m).expect("the comparison", r.s.Sizes, "").expect("sizes in the scene", len(lastOf[ShowSizes](r).Sizes), 0)
	}
	r := open(t, "#sizes=gpt9").expect("an unknown size", open(t, "#sizes=gpt9").s.Sizes, AllSizes)
	r.expect("the notice", r.s.Notice, "There is no size gpt9 to compare.")
}

func TestATypedConfigurationIsComparedUndoneAndShared(t *testing.T) {
	r := open(t, "#sizes=gpt2").send(OwnTyped{4, "24"})
	r.expect("the size", r.s.Sizes, OwnSize).expect("its link", r.s.Hash(), "#sizes=own&own=50257.1024.768.12.24.tied")
	want := model.Config{Vocab: 50257, Context: 1024, Width: 768, Heads: 12, Blocks: 24, Tied: true}
	r.expect("the configuration", r.s.SizeShown().Config, want)
	r.send(OwnTyped{3, "7"}).expect("the problem", r.s.Own.Problem(), "The width C = 768 can't be shared out among H = 7 heads: 5 of it would be left over.")
	r.expect("the size", r.s.Sizes, AllSizes).expect("sizes", len(r.s.AllOf()), 7)
	r.send(UndoPressed{}).expect("the problem", r.s.Own.Problem(), "").expect("sizes", len(r.s.AllOf()), 8)
	r.send(UndoPressed{}).expect("what was typed", r.s.Own, Own{})
	again := open(t, "#sizes=own&own=65.256.384.6.6.untied")
	again.expect("parameters", again.s.SizeShown().Config.Parameters(), 10_795_776)
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
		r := open(t, "#sizes=gpt2").send(OwnTyped{c.field, c.text})
		r.expect("the problem", r.s.Own.Problem(), c.want)
	}
	for _, hash := range []string{"#own=1.2.3", "#own=5.5.5.2.5.tied", "#own=5.5.4.2.5.maybe"} {
		if r := open(t, hash); r.s.Own != (Own{}) || !strings.Contains(r.s.Notice, "Own:") {
			t.Errorf("%s gives %+v and the notice %q", hash, r.s.Own, r.s.Notice)
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
