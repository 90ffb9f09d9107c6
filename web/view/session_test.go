package view_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/staticrender"

	"glassbox/model"
	"glassbox/web/app"
	"glassbox/web/engine"
	"glassbox/web/feature"
	. "glassbox/web/view"
)

// session is a reader in front of the page: messages go through Update, and a real engine
// with the weights of model/testdata answers.
type session struct {
	t      testing.TB
	root   *Root
	state  feature.State
	engine *engine.Engine
	sent   []feature.Msg // by the components
	acts   []feature.Action
}

func start(t testing.TB) *session {
	t.Helper()
	s := &session{t: t, engine: engine.New()}
	sizes := model.Config{Vocab: 3, Context: 11, Width: 48, Heads: 3, Blocks: 3, Alphabet: "ABC"}
	s.state = app.New([]feature.Choice{{ID: "sort", Label: "Sort", Size: "86k", Config: sizes, Letters: 6, Example: "CBABBC"}})
	s.root = &Root{Screen: feature.Screen{State: &s.state,
		OnMsg:    func(m feature.Msg) { s.sent = append(s.sent, m); s.send(m) },
		OnAction: func(a feature.Action) { s.acts = append(s.acts, a) }}}
	return s
}

// opened returns a reader who has the model in front of them.
func opened(t testing.TB) *session { return start(t).send(feature.Navigated{}) }

func (s *session) send(messages ...feature.Msg) *session {
	s.t.Helper()
	for _, m := range messages {
		var commands []feature.Command
		s.state, commands = feature.Update(s.state, m)
		for _, c := range commands {
			s.answer(c)
		}
	}
	return s
}

func (s *session) answer(c feature.Command) {
	s.t.Helper()
	switch c := c.(type) {
	case feature.Send:
		s.send(feature.Replied{Reply: s.engine.Handle(c.Request)})
	case feature.LoadModel:
		b, err := os.ReadFile("../../model/testdata/nano-sort/weights.safetensors")
		if err != nil {
			s.t.Fatal(err)
		}
		s.send(feature.Replied{Reply: s.engine.Handle(engine.Request{ID: c.Request, Load: &engine.Load{Name: c.ID, File: b}})})
	}
}

// html draws the page as it is now.
func (s *session) html() string {
	s.t.Helper()
	return draw(s.t, s.root)
}

func draw(t testing.TB, b vugu.Builder) string {
	t.Helper()
	env, err := vugu.NewBuildEnv(nil)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := staticrender.New(&out).Render(env.RunBuild(b)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
