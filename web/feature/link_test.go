package feature_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

// randomLink returns a link as a state can have it.
func randomLink(r *rand.Rand) address.Link {
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	l := address.Link{
		Model: pick("", "sort", "gpt2-small"),
		Stage: run.Stage(pick("", "tokenize", "softmax", "block.0", "block.11.attention")),
		Panel: pick("", "h.0.attn.head.1.scores", "sample.top_k"),
		Form:  address.Form(pick("", "bare", "chat")),
		Theme: address.Theme(pick("", "light", "dark", "projector")),
		Scale: address.Scale(pick("", "shared", "fixed")),
		Sampling: run.Sampling{Temperature: r.Float32() * 10, TopK: r.IntN(100), TopP: r.Float32(),
			Seed: r.Uint64()},
	}
	put := func(property, value string) { l = app.Properties().With(l, property, value) }
	if r.IntN(2) == 0 {
		l.Typed, l.Text = true, pick("", "CBABBC", "How to predict", "a&b=c#d%20+e", "日本語 \n🙂")
	}
	if r.IntN(3) == 0 {
		put("flow", pick("tokens_0", "h.0.ln_1_50", "sample.top_k_100"))
		put("pace", pick("1", "0.25", "4"))
	}
	for range r.IntN(5) {
		l.Generated = append(l.Generated, r.IntN(50257))
	}
	if l.Panel != "" && r.IntN(2) == 0 {
		l.Cell = &run.Cell{Name: l.Panel, Row: r.IntN(99), Col: r.IntN(99)}
		for range r.IntN(3) {
			l.Trail = append(l.Trail, run.Cell{Name: pick("logits", "h.0.attn.head.1.scores"), Row: r.IntN(99), Col: r.IntN(50257)})
		}
	}
	if r.IntN(2) == 0 {
		put("tokenizer", pick("", "letters", "gpt2"))
		put("probe", pick("", "Any text&probe=1", "ÄÖ"))
	}
	if r.IntN(3) == 0 {
		put("attention", model.HeadName(r.IntN(12), r.IntN(12))+pick("", ".scores", ".scaled", ".masked", ".mix"))
		if r.IntN(2) == 0 {
			put("pair", address.JoinIDs([]int{r.IntN(99), r.IntN(99)}))
		}
	}
	if r.IntN(2) == 0 {
		at := randomCamera(r)
		l.Camera = &at
	}
	return l
}

// randomCamera returns a camera as a link can hold it.
func randomCamera(r *rand.Rand) (c camera.State) {
	for i := range c {
		c[i] = (r.Float32() - 0.5) * float32(math.Pow(10, float64(r.IntN(6))))
	}
	c[3] = max(c[3], -c[3]) + 0.01
	return address.Shortened(c)
}

func TestALinkReadsBackAsItWasWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		l := randomLink(r)
		got, warnings := app.Properties().Parse(app.Properties().Hash(l))
		if len(warnings) > 0 || !reflect.DeepEqual(got, l) {
			t.Fatalf("%s reads back as %+v with %v; it was %+v", app.Properties().Hash(l), got, warnings, l)
		}
	}
}

func TestTheEmptyHashIsTheFirstView(t *testing.T) {
	for _, hash := range []string{"", "#"} {
		if l, w := app.Properties().Parse(hash); app.Properties().Hash(l) != "" || len(w) > 0 || l.Typed {
			t.Errorf("%q reads as %+v with %v", hash, l, w)
		}
	}
}

func TestBadValuesFallBackAndSaySo(t *testing.T) {
	for _, bad := range []string{
		"temperature=hot", "temperature=-1", "temperature=11", "temperature=NaN", "temperature=", "k=-1", "k=1.5", "p=2", "seed=-1",
		"stage=nowhere", "stage=block.x", "stage=block.01", "stage=block.0.engine", "theme=pink", "generated=1..2", "generated=a",
		"panel=a b", "panel=h.0&cell=1", "cell=1.2", "text=%FF", "model=<b>",
		"camera=1_2_3", "camera=0_0_0_0_0_0_0", "camera=0_0_0_-1_0_0_0", "camera=0_0_0_1_0_0_NaN", "camera=0_0_0_1_0_Inf_0",
		"camera=0_0_0_0.001_0_0_0", "camera=0_0_0_9e9_0_0_0", "camera=a_b_c_d_e_f_g", "tokenizer=words", "flow=logits", "flow=ln_1_101", "flow=_5", "flow=a b_5", "pace=3", "pace=x", "probe=%80",
	} {
		l, warnings := app.Properties().Parse("#" + bad + "&unknown")
		if len(warnings) != 1 {
			t.Errorf("%s gives the warnings %v; expected one", bad, warnings)
			continue
		}
		if name := warnings[0].Name; !strings.Contains(bad, name+"=") {
			t.Errorf("%s gives a warning about %s", bad, name)
		}
		if l.Panel = ""; !reflect.DeepEqual(l, address.New()) {
			t.Errorf("%s reads as %+v; expected the defaults", bad, l)
		}
	}
}

func TestALinkOpensWhatItShowed(t *testing.T) {
	r := apptest.Open(t, "").Send(PromptChanged{"AACCBB"}, SamplingChanged{run.Sampling{Temperature: 0.5, TopP: 0.9, Seed: 7}},
		StageChosen{run.PartStage(1, model.PartAttention)}, PanelChosen{"h.1.attn.head.2.scores"},
		CellChosen{&run.Cell{Name: "h.1.attn.head.2.scores", Row: 4, Col: 3}}, ThemeChosen{address.ThemeDark}, PlayPressed{}).Wait()
	hash := apptest.LastOf[SetHash](r).Hash
	again := apptest.Open(t, hash)
	again.Expect("the hash", again.S.Hash(), hash).Expect("the guide", again.S.Guide, r.S.Guide)
	again.Expect("the answer", again.S.Written(), r.S.Written()).Expect("the last answer", *again.S.Last, *r.S.Last)
	again.Expect("the cell", *again.S.Cell, *r.S.Cell).Expect("the stage", again.S.Stage, r.S.Stage)
	if again.S.Explained == nil || again.S.Explained.Value != r.S.Explained.Value {
		t.Errorf("the explanation is %v", again.S.Explained)
	}
	again.Expect("hashes written", apptest.Count[SetHash](again), 0)
	if !reflect.DeepEqual(apptest.LastOf[Fly](again).Names, []string{"h.1.attn.head.2.scores"}) {
		t.Errorf("the camera flies to %v", apptest.LastOf[Fly](again).Names)
	}
}

func TestBackAndForwardWalkThroughTheStages(t *testing.T) {
	r := apptest.Open(t, "").Send(StageChosen{run.StageSoftmax})
	first := apptest.LastOf[SetHash](r)
	r.Expect("an entry of the history", first.Push, true).Send(StageChosen{run.StageOutput})
	n := apptest.Count[SetHash](r)
	r.Send(Navigated{first.Hash}).Expect("the stage", r.S.Stage, run.StageSoftmax).Expect("hashes written", apptest.Count[SetHash](r), n)
	r.Send(Navigated{""}).Expect("the stage", r.S.Stage, run.StageOverview).Expect("the text", r.S.Text, "CBABBC")
	r.Send(PromptChanged{"A"}).Expect("an entry of the history", apptest.LastOf[SetHash](r).Push, false)
}

func TestALinkChoosesTheModel(t *testing.T) {
	r := apptest.Open(t, "#model=tiny&stage=block.1")
	r.Expect("the model", r.S.Model, "tiny").Expect("the stage", r.S.Stage, run.BlockStage(1)).Expect("the phase", r.S.Phase, Ready)
	r.Expect("models loaded", apptest.Count[LoadModel](r), 1)
	r.Send(Navigated{"#model=sort"}).Expect("the model", r.S.Model, "sort").Expect("the next letter", r.S.Next.Text, "A")
}

func TestWhatALinkCanNotShowIsSaid(t *testing.T) {
	for hash, want := range map[string]string{
		"#model=huge":                "no model huge",
		"#stage=block.7":             "no stage block.7",
		"#temperature=hot":           `"hot"`,
		"#panel=h.9.ln_1":            "h.9.ln_1",
		"#panel=ln_f&cell=99.0":      "a cell that is not there",
		"#panel=sample.thing":        "sample.thing",
		"#text=AB&panel=ln_f&cell=1": "row.column",
	} {
		r := apptest.Open(t, hash)
		if !strings.Contains(r.S.Notice, want) {
			t.Errorf("%s: the notice is %q; expected to read %q in it", hash, r.S.Notice, want)
		}
		if strings.HasPrefix(hash, "#panel=h") || strings.HasPrefix(hash, "#panel=s") {
			r.Expect("the panel", r.S.Panel, "")
		}
		r.Expect("the phase", r.S.Phase, Ready)
	}
}

func FuzzHash(f *testing.F) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		f.Add(app.Properties().Hash(randomLink(r)))
	}
	f.Add("#text=%&text=%4&text=%zz&cell=1.2&panel=a&temperature=1e-40&p=-0")
	f.Fuzz(func(t *testing.T, hash string) {
		l, _ := app.Properties().Parse(hash)
		again, warnings := app.Properties().Parse(app.Properties().Hash(l))
		if len(warnings) > 0 || !reflect.DeepEqual(again, l) {
			t.Errorf("%q reads as %+v, that as %+v with %v", hash, l, again, warnings)
		}
		s, _ := Update(app.New(apptest.Choices()), Navigated{hash})
		if s.Problem != nil {
			t.Errorf("%q: %v", hash, s.Problem)
		}
	})
}

// TestTheHelpNamesWhatTheModelHas follows the examples of addresses that the help gives.
func TestTheHelpNamesWhatTheModelHas(t *testing.T) {
	s, found := apptest.Open(t, "#generated=0").S, 0
	for _, p := range app.Properties() {
		for word := range strings.FieldsSeq(strings.NewReplacer(",", " ", "~", " ", "-5-1", " ").Replace(p.Allowed)) {
			word = strings.TrimSuffix(strings.TrimSuffix(word, "_50"), ".")
			_, isStep := s.Info(word)
			if _, isHead := s.Info(word + ".scores"); strings.HasPrefix(word, "h.") {
				if found++; !isStep && !isHead {
					t.Errorf("%s: there is no %s", p.Name, word)
				}
			}
		}
	}
	if found < 3 {
		t.Errorf("the help gives %d examples of names", found)
	}
}

func TestWhatWasCopiedIsSaid(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(Copied{What: "The name", OK: true}).Expect("the notice", r.S.Notice, "The name is on the clipboard.")
	r.Send(Copied{What: "The name"}).Expect("the notice", strings.HasPrefix(r.S.Notice, "The browser lets this page copy nothing."), true)
}

func TestAnAddressWithOtherKeysSaysWhichAreMeant(t *testing.T) {
	r := apptest.Open(t, "#text=CA+B&top-k=2")
	r.Expect("the notice", r.S.Notice, "Part of this address could not be used: top-k: there is no such key; the nearest is k.")
	r.Expect("the text", r.S.Text, "CA B")
}

// TestAPageOfOneLanguageSaysWhichItSpeaks where a link asks for another.
func TestAPageOfOneLanguageSaysWhichItSpeaks(t *testing.T) {
	if s := apptest.Open(t, "#language=sw").S; !strings.Contains(s.Notice, "en") || !strings.Contains(s.Notice, "sw") {
		t.Errorf("it says %q", s.Notice)
	}
	if s := apptest.Open(t, "#language=en").S; s.Notice != "" {
		t.Errorf("of its own language it says %q", s.Notice)
	}
}
