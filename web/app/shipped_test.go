package app_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model/checkpoint"
	"glassbox/web/app"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
)

// onDisk reports whether the page that is packed here carries a model.
func onDisk(id string) bool {
	_, err := os.Stat("../../static/models/" + app.ModelFile(id))
	return err == nil
}

func TestEachModelOfThePageIsListedWithItsSizes(t *testing.T) {
	var weights []string
	for _, pattern := range []string{"*.safetensors", "*.gguf"} {
		paths, err := filepath.Glob("../../static/models/" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		weights = append(weights, paths...)
	}
	if list := app.Shipped(onDisk); len(list) != 2 || len(weights) != len(list) {
		t.Errorf("%d models are listed; static/models holds %v", len(list), weights)
	}
	for _, c := range app.Shipped(onDisk) {
		b, err := os.ReadFile("../../static/models/" + app.ModelFile(c.ID))
		if err != nil {
			t.Fatal(err)
		}
		m, _, err := checkpoint.Load(c.ID, b)
		if err != nil {
			t.Fatal(err)
		}
		if m.Config != c.Config {
			t.Errorf("%s is listed with %+v; its file says %+v", c.ID, c.Config, m.Config)
		}
	}
}

func TestTheLanguageModelIsTheDefaultOnceThePageCarriesIt(t *testing.T) {
	all := func(string) bool { return true }
	s := app.New(app.Shipped(all))
	if s.Model != "language" || s.Text != "Anna has a red ball. The ball is" || len(s.Models) != 2 || s.Hash() != "" {
		t.Errorf("the page begins with %s, %q, %s", s.Model, s.Text, s.Hash())
	}
	if i, ok := s.Info("tokens"); !ok || i.Rows != 9 {
		t.Errorf("the first picture has %d columns; expected those of the run", i.Rows)
	}
	s, commands := Update(s, Navigated{})
	var did []string
	for _, c := range commands {
		switch c := c.(type) {
		case LoadModel:
			did = append(did, c.ID)
		case LoadTable:
			did = append(did, "table")
		}
	}
	if strings.Join(did, " ") != "language table" {
		t.Errorf("at the start it loads %v; expected the model and the table of its tokens", did)
	}
	s, _ = Update(app.New(app.Shipped(all)), Navigated{Hash: "#model=sort"})
	if s.Model != "sort" || s.Text != "CBABBC" || s.Hash() != "#model=sort" {
		t.Errorf("#model=sort opens %s, %q, %s", s.Model, s.Text, s.Hash())
	}
	if list := app.Shipped(func(id string) bool { return id == "sort" }); len(list) != 1 || list[0].ID != "sort" {
		t.Errorf("without its file the page lists %v", list)
	}
}

// TestEachTextToTryGoesOnRightly holds what stands beside the field against the model: the likeliest token, and its chance.
func TestEachTextToTryGoesOnRightly(t *testing.T) {
	follows := map[string]struct {
		token string
		least float32
	}{
		"Anna has a red ball. The ball is":                     {"·red", .97},
		"The capital of France is":                             {"·Paris", .99},
		"The opposite of hot is":                               {"·cold", .9},
		"How to predict":                                       {"·the", .6},
		"Anna gives the ball to Ben. Now the ball is with":     {"·Ben", .99},
		"Anna had two apples and got three more. Then she had": {"·five", .9},
		"The capital of Japan is":                              {"·Tokyo", .99},
	}
	c := app.Shipped(both)[0]
	for _, text := range append([]string{c.Example}, c.Tries...) {
		want, known := follows[text]
		delete(follows, text)
		s := apptest.OpenShipped(t, "#text="+url.PathEscape(text))
		if list := s.State.Candidates; !known || s.State.Text != text || len(list) == 0 || list[0].Text != want.token || list[0].Probability < want.least {
			t.Errorf("after %q stands %+v; expected %s, at least %v", text, list[0], want.token, want.least)
		}
	}
	if len(c.Tries) != 6 || len(follows) > 0 {
		t.Errorf("there are %d texts to try, and without %v", len(c.Tries), follows)
	}
	if s := apptest.OpenShipped(t, "#text="+url.PathEscape("2 + 3 =")); s.State.Candidates[0].Text == "·5" {
		t.Error("it can do 2 + 3 = now, and the page says that it can't")
	}
}

func TestTheMenuSaysHowLargeAModelIs(t *testing.T) {
	if got := app.Shipped(both)[0].Sizes(); got != "1.3\u00a0million learned numbers" {
		t.Errorf("the language model has %q", got)
	}
	if got := app.Shipped(both)[1].Sizes(); got != "85,728 learned numbers" {
		t.Errorf("the sorting model has %q", got)
	}
	if got := app.Shipped(both)[0].Exactly(); !strings.Contains(got, " learned numbers; 7,2") || !strings.HasSuffix(got, "if each token had a row of its own") {
		t.Errorf("to the last one, the language model has %q", got)
	}
	if got := app.Shipped(both)[1].Exactly(); got != "85,728 learned numbers" {
		t.Errorf("to the last one, the sorting model has %q", got)
	}
}

func both(string) bool { return true }
