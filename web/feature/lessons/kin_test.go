package lessons_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	"glassbox/web/explain"
	. "glassbox/web/feature"
	"glassbox/web/feature/lessons"
	"glassbox/web/lesson"
	"glassbox/web/run"
	"glassbox/web/scene"
)

// opened are models that a reader drops: of each kind one.
func opened(t *testing.T) map[string]*apptest.Reader {
	t.Helper()
	list := map[string]*apptest.Reader{"words of GPT-2": apptest.Words(t), "Llama, chatting": apptest.Chatting(t)}
	for _, folder := range []string{"tiny-llama", "tiny-llama-untied", "tiny-mistral", "tiny-qwen2", "tiny-qwen2-window", "tiny-qwen3"} {
		list[folder] = apptest.Kin(t, folder)
	}
	for name, c := range map[string]model.Config{
		"one head, ReLU":        {Vocab: 20, Context: 32, Width: 8, Heads: 1, Blocks: 1, Unscaled: true, Activation: model.ReLU},
		"letters":               {Vocab: 4, Context: 32, Width: 8, Heads: 2, Blocks: 2, Alphabet: "wxyz", Activation: model.ErfGELU},
		"Llama, own tokenizer":  {Family: model.FamilyLlama, Vocab: 49152, Context: 128, Width: 8, Heads: 2, KeyValues: 1, Blocks: 1, Tied: true, Rotary: model.Rotary{Theta: 100}, Activation: model.SiLU},
		"Llama, narrow, biased": {Family: model.FamilyLlama, Vocab: 30, Context: 32, Width: 8, Heads: 4, KeyValues: 2, Blocks: 3, Inner: 9, Rotary: model.Rotary{Theta: 100}, Biases: model.BiasQKV | model.BiasMLP, Activation: model.TanhGELU},
	} {
		m, err := model.New(c)
		if err != nil {
			t.Fatal(err)
		}
		m.Randomize(7)
		b, err := checkpoint.Save(m, nil)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{"model.safetensors": b}
		if c.Vocab == 49152 {
			if files["tokenizer.json"], err = os.ReadFile("../../../tokenizer/testdata/smollm.tokenizer.json"); err != nil {
				t.Fatal(err)
			}
		}
		list[name] = apptest.Drop(t, files, FileAnswers{Heads: c.Heads, Words: Choose(c.Alphabet != "", "letters", "numbers"), Alphabet: c.Alphabet})
	}
	return list
}

// TestTheWalkHoldsForWhateverModelAReaderOpens: at each stop every live value is known, every link leads where it says,
// every tie names panels of the scene, and nothing is told that is true of the page's own models alone.
func TestTheWalkHoldsForWhateverModelAReaderOpens(t *testing.T) {
	read := shippedLessons(t)
	met := map[string]bool{}
	for name, r := range opened(t) {
		t.Run(name, func(t *testing.T) {
			for _, kind := range lessons.Audience(&r.S) {
				met[kind] = true
			}
			everyNumberIsKnown(t, r, 2)
			productsSpeakForTheScore(t, r)
			r.Send(lessons.Moved{Stop: 2})
			everyLinkLeadsWhereItSays(t, read, r)
			everyTieNamesPanels(t, read, r)
			everyToolTells(t, r)
			for n := range read.Pages {
				r.Send(lessons.Moved{Stop: n + 1})
				page, ok := lessons.Stop(&r.S)
				if !ok || page.Title == "" || lessons.Of(&r.S).Walk != n+1 {
					t.Fatalf("stop %d is not reached", n+1)
				}
				for _, shipped := range []string{"small world", "read six letters", "sorts letters", "ball"} {
					if strings.Contains(plain(page), shipped) {
						t.Errorf("stop %d says %q of a model of the reader's own", n+1, shipped)
					}
				}
			}
		})
	}
	for _, kind := range lessons.Kinds() {
		if !met[kind] && kind != "shipped" && kind != "framed" {
			t.Errorf("none of the models is one %s", kind)
		}
	}
}

// productsSpeakForTheScore of the token that matches best, as the lesson says of them: they are above zero.
func productsSpeakForTheScore(t *testing.T, r *apptest.Reader) {
	t.Helper()
	head := Choose(r.S.Choice().Source == nil, "2", "last") // as the stop has it
	for _, place := range []string{"1", "2"} {
		words := []string{"product", "h.0.attn.head." + head + ".scores", "last", place}
		if text, known, err := lessons.Live(&r.S, words); !known || err != nil || strings.Contains(text, "= −") {
			t.Errorf("product %s is %q, %t, %v", place, text, known, err)
		}
	}
}

func TestTheProductsOfAScoreSpeakForIt(t *testing.T) {
	for _, d := range []*apptest.Reader{apptest.Open(t, ""), apptest.OpenLanguage(t, ""), apptest.OpenLanguage(t, "#text=The%20capital%20of%20France%20is")} {
		for range 4 {
			productsSpeakForTheScore(t, d)
			d.Send(StepPressed{})
		}
	}
}

// TestTheFormulasOfRotaryPositionsCanBeRead: that of an angle is a sentence, that of what has turned names what turns, and two
// signs never stand side by side.
func TestTheFormulasOfRotaryPositionsCanBeRead(t *testing.T) {
	r := opened(t)["tiny-llama"]
	formula := func(c run.Cell) (symbols, live string) {
		calculation, ok := r.Send(CellChosen{Cell: &c}).S.View().Calculation()
		if !ok {
			t.Fatalf("%v is not explained", c)
		}
		return explain.Inline(calculation.Symbols), explain.Inline(calculation.Live)
	}
	if symbols, live := formula(run.Cell{Name: "rotary.angle", Row: 4, Col: 1}); symbols != "position · frequency, whole turns taken off" || live != "4 · 0.1000, whole turns taken off" {
		t.Errorf("an angle is %s: %s", symbols, live)
	}
	info, _ := r.S.Info("rotary.angle")
	if step := explain.StepFormula(info); len(step) != 1 || !strings.Contains(fmt.Sprintf("%+v", step), "mtext") {
		t.Errorf("the formula of the step is %+v", step)
	}
	name, negative := "h.0.attn.head.0.query.rotated", 0
	for col := range 8 {
		symbols, live := formula(run.Cell{Name: name, Row: 4, Col: col})
		if !strings.HasPrefix(symbols, "query · cos(angle)") || strings.Contains(live, "− −") || strings.Contains(live, "+ −") {
			t.Errorf("number %d is %s: %s", col, symbols, live)
		}
		if strings.Contains(live, "(−") {
			negative++
		}
	}
	if negative == 0 {
		t.Error("no partner is below zero")
	}
}

// plain is the text of a page.
func plain(p lesson.Page) (text string) {
	for _, b := range p.Blocks {
		for _, line := range b.Lines {
			for _, span := range line {
				for _, part := range span.Parts {
					text += part.Text
				}
			}
		}
	}
	return text
}

// everyTieNamesPanels of one kind, and no stop has too many.
func everyTieNamesPanels(t *testing.T, read lessons.Read, d *apptest.Reader) {
	t.Helper()
	shown := scene.New()
	shown.SetSteps(d.S.Config, d.S.Steps)
	for _, p := range read.Pages {
		found := map[string]bool{}
		p.For(lessons.Audience(&d.S)...).Ties(func(tie string, line int) {
			found[tie] = true
			kinds := map[model.Kind]bool{}
			for pattern := range strings.SplitSeq(tie, ",") {
				names := lessons.Named(&d.S, pattern)
				for _, name := range names {
					info, _ := d.S.Info(name)
					kinds[info.Kind] = true
					if _, ok := shown.CellRect(scene.Cell{Name: name}); !ok {
						t.Errorf("%s:%d: in %s, %s stands nowhere in the scene", p.File, line, d.S.Model, name)
					}
				}
				if len(names) == 0 {
					t.Errorf("%s:%d: in %s, %s names nothing", p.File, line, d.S.Model, pattern)
				}
			}
			if len(kinds) != 1 {
				t.Errorf("%s:%d: in %s, %s has %d colours", p.File, line, d.S.Model, tie, len(kinds))
			}
		})
		if len(found) < 1 || len(found) > 6 {
			t.Errorf("%s: in %s, words are tied to %d things; expected 1 to 6", p.File, d.S.Model, len(found))
		}
	}
}

// TestTheBuildHoldsLessonsToModelsThatReadersOpen: of all kinds, and what one of them lacks is found.
func TestTheBuildHoldsLessonsToModelsThatReadersOpen(t *testing.T) {
	all := append(app.Shipped(func(string) bool { return true }), app.Kin()...)
	met := map[string]bool{}
	for _, c := range all {
		s, _ := Update(app.New(all), Navigated{Hash: app.Begins(c)})
		for _, kind := range lessons.Audience(&s) {
			met[kind] = true
		}
	}
	for _, kind := range lessons.Kinds() {
		if !met[kind] {
			t.Errorf("no model that lessons are held to is one %s", kind)
		}
	}
	for _, p := range shippedLessons(t).Pages {
		if err := app.CheckLesson(p, stopsOfTheWalk(t), all...); err != nil {
			t.Error(err)
		}
	}
	p, err := lesson.Parse("x.md", "---\ntitle: {for shipped} A\nplace: {for rotary} #stage=position\n---\n{for rotary} [a](=rotary.angle) {value h.0.mlp.gate last 0}\n\n[b](=wpe.weight) {value norm_f.rms 0 0}\n")
	if err != nil {
		t.Fatal(err)
	}
	err = app.CheckLesson(p, stopsOfTheWalk(t), all...)
	for _, want := range []string{
		"x.md:1: the model a.llama has no title for this stop",
		"x.md:3: the model a.llama has no stage position",
		"x.md:7: the model a.llama has no step or weight wpe.weight",
		"x.md:7: the model language has no step or weight norm_f.rms",
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not among\n%v", want, err)
		}
	}
	if err != nil && (strings.Contains(err.Error(), "x.md:5") || strings.Contains(err.Error(), "a.gpt2")) {
		t.Errorf("what a Llama has is refused, or the same is said of every model:\n%v", err)
	}
}
