package cost_test

import (
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	. "glassbox/web/feature/cost"
	"glassbox/web/run"
)

func TestAReaderSeesWhatEachStepCosts(t *testing.T) {
	r := apptest.Open(t, "").Send(Toggled{})
	r.Expect("it is open", Open(&r.S), true)
	if hash := r.S.Hash(); !strings.Contains(hash, "cost=operations") {
		t.Errorf("the link is %s", hash)
	}
	account := r.S.Config.Account()
	for _, link := range []string{"#cost=parameters", "#cost=parameters&costof=last", "#cost=bytes"} {
		r = apptest.Open(t, link)
		sum := 0
		for _, x := range Items(&r.S) {
			sum += x.Parameters
		}
		if len(Items(&r.S)) != 21 || sum != account.Parameters() {
			t.Errorf("%s: %d parts have %d learned numbers; the model has %d", link, len(Items(&r.S)), sum, account.Parameters())
		}
		if hash := r.S.Hash(); !strings.Contains(hash, link[1:]) {
			t.Errorf("the link is %s; it was %s", hash, link)
		}
	}
}

func TestABlockIsOpenedAndAStepLeadsIntoTheModel(t *testing.T) {
	r := apptest.Open(t, "#cost=operations").Send(Opened{2})
	list := Items(&r.S)
	if len(list) < 30 || !strings.Contains(r.S.Hash(), "costblock=2") {
		t.Fatalf("the block has %d steps; the link is %s", len(list), r.S.Hash())
	}
	for _, x := range list {
		if x.Block != 1 || x.Opens || x.Panel != x.Name {
			t.Errorf("%+v is none of block 2, or leads elsewhere", x)
		}
	}
	c := &Map{Screen: &feature.Screen{State: &r.S, OnMsg: func(m feature.Msg) { r.Send(m) }}}
	c.Go(list[5])
	r.Expect("the panel", r.S.Panel, list[5].Name).Expect("it is open", Open(&r.S), false)
	r = apptest.Open(t, "#cost=operations&costblock=9")
	r.Expect("the block", Of(&r.S).Block, 0)
	if r.S.Notice == "" {
		t.Error("it is not said that there is no such block")
	}
}

func TestWhatAPartOfABlockCostsIsWhatItsStepsCost(t *testing.T) {
	for _, link := range []string{"#cost=operations", "#cost=bytes&costof=last"} {
		r := apptest.Open(t, link)
		whole := Items(&r.S)
		for block := 1; block <= r.S.Config.Blocks; block++ {
			r.Send(Opened{block})
			parts := map[model.Part]model.StepCost{}
			for _, x := range Items(&r.S) {
				sum := parts[x.Part]
				sum.Parameters, sum.FLOPs, sum.Read, sum.Kept, sum.Written, sum.Time = sum.Parameters+x.Parameters, sum.FLOPs+x.FLOPs, sum.Read+x.Read, sum.Kept+x.Kept, sum.Written+x.Written, sum.Time+x.Time
				parts[x.Part] = sum
			}
			for _, x := range whole {
				want := x.StepCost
				if want.Name, want.Shared = "", 0; x.Block == block-1 && parts[x.Part] != want {
					t.Errorf("%s: %s costs %+v; its steps %+v", link, x.Whole(), want, parts[x.Part])
				}
			}
		}
	}
}

func TestTheTextIsComputedAnewAndComesToTheSame(t *testing.T) {
	r := apptest.Open(t, "#cost=time")
	f := Of(&r.S)
	r.Expect("it is done", f.Renewed(), true).Expect("what is said", f.SameText(), "Yes: all 3 logits are the same to the last bit.")
	if r.S.Notice != "" {
		t.Errorf("nobody asked, and it says %q", r.S.Notice)
	}
	r.Send(Renewed{}).Expect("the notice", r.S.Notice, f.SameText())
	r.Text("CBA").Expect("rows of another text", Of(&r.S).Done(), 3).Expect("it is done", Of(&r.S).Renewed(), true)
	r.Send(feature.PromptChanged{}).Expect("without a text, rows", Of(&r.S).Done(), 0)
	if list := Items(&r.S); list != nil {
		t.Errorf("without a text, %d parts", len(list))
	}
}

func TestALargeTextIsComputedAnewPieceByPiece(t *testing.T) {
	r := apptest.Open(t, "#cost=operations")
	r.Slow = true
	r.Send(Renewed{})
	r.Expect("it runs", Of(&r.S).Running, true)
	r.Send(Stopped{}).Expect("it runs", Of(&r.S).Running, false)
	r.Deliver().Expect("it runs", Of(&r.S).Running, false).Expect("the notice", r.S.Notice, "")
}

func TestThePageTellsWhatTheCacheSaves(t *testing.T) {
	p := apptest.OpenPage(t).Send(Toggled{})
	for _, text := range []string{"CBA", "CBAB", "CBABB", "CBABBC"} {
		p.Send(feature.PromptChanged{Text: text})
	}
	html := p.HTML()
	for _, want := range []string{"5 rows of 6 stood in the cache, 1 was computed", "Yes: all 3 logits", `class="kept"`, `id="cost-map"`, "Without"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not say %q: %s", want, html[strings.Index(html, `id="cost-reused"`):][:200])
		}
	}
	c := &Panel{Screen: &p.Root.Screen}
	c.Compute(nil)
	savings := c.Savings()
	if len(savings) != 3 || savings[0].Kept >= savings[0].Without || savings[1].Kept >= savings[1].Without {
		t.Errorf("the savings are %+v", savings)
	}
	if p.Press("id", "cost-bytes"); Of(&p.State).Measure != Bytes {
		t.Errorf("the measure is %s", Of(&p.State).Measure)
	}
	if p.Press("id", "cost-by-read"); Of(&p.State).Sort != ByRead {
		t.Errorf("it is sorted by %q", Of(&p.State).Sort)
	}
	if p.Press("id", "cost-by-read"); Of(&p.State).Sort != ByOrder {
		t.Errorf("pressed again, it is sorted by %q", Of(&p.State).Sort)
	}
	p.Send(feature.EditsChanged{Edits: []run.Edit{{Spec: "off:mask"}}})
	if html := p.HTML(); !strings.Contains(html, "nothing can be kept") || strings.Contains(html, `class="savings"`) {
		t.Error("without the mask, the page says that keys and values are kept")
	}
}

func TestRowsOfTheTableStandByWhatTheyCost(t *testing.T) {
	p := apptest.OpenPage(t).Send(Toggled{}, Opened{1}, Sorted{ByFLOPs})
	c := &Map{Screen: &p.Root.Screen}
	c.Compute(nil)
	rows := c.Rows()
	if all := Items(&p.State); len(rows) != 24 || len(all) <= 24 || c.More() == "" {
		t.Errorf("%d rows of %d stand there, and %q", len(rows), len(all), c.More())
	}
	for i, x := range rows[1:] {
		if x.FLOPs > rows[i].FLOPs {
			t.Errorf("%s with %d stands behind %s with %d", x.Title, x.FLOPs, rows[i].Title, rows[i].FLOPs)
		}
	}
	c.List()
	c.Compute(nil)
	if len(c.Rows()) != len(Items(&p.State)) || c.More() != "" {
		t.Errorf("asked for all, %d rows stand there", len(c.Rows()))
	}
}

func TestCostsAreSavedAsATableAndAsAPicture(t *testing.T) {
	p := apptest.OpenPage(t).Send(Toggled{})
	p.Press("id", "cost-csv").Press("id", "cost-svg")
	table, picture := p.Acts[0].(feature.SaveText), p.Acts[1].(feature.SaveText)
	lines := strings.Split(strings.TrimSpace(table.Text), "\r\n")
	if table.Name != "sort-cost.csv" || len(lines) < 100 || !strings.HasPrefix(lines[0], "step,block,part") {
		t.Errorf("%s has %d lines: %.80s", table.Name, len(lines), table.Text)
	}
	for _, l := range lines {
		if n := strings.Count(l, ","); n != 15 {
			t.Errorf("a line has %d fields: %s", n+1, l)
		}
	}
	if picture.Name != "sort-cost.svg" || !strings.HasPrefix(picture.Text, "<svg") || strings.Count(picture.Text, "<rect") < 10 || !strings.Contains(picture.Text, "Operations, Whole text") {
		t.Errorf("%s is %.200s", picture.Name, picture.Text)
	}
}
