package apptest

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/staticrender"

	"glassbox/tokenizer/r50k"
	"glassbox/web/app"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/feature/open"
	"glassbox/web/golden"
	"glassbox/web/view"
)

// A Page is a reader in front of the page as it is drawn: messages go through Update, and a real engine with the weights
// of model/testdata answers.
type Page struct {
	T      testing.TB
	Root   *view.Root
	State  feature.State
	Engine *engine.Engine
	Sent   []feature.Msg // by the components
	Acts   []feature.Action
	Files  map[int][]byte // on the reader's disk

	shipped bool // the models are those of the page
}

// NewPage returns a page whose model has not been asked for yet.
func NewPage(t testing.TB) *Page {
	t.Helper()
	s := &Page{T: t, Engine: engine.New()}
	s.State = app.New(Choices()[:1])
	s.Root = &view.Root{Screen: feature.Screen{State: &s.State,
		OnMsg:    func(m feature.Msg) { s.Sent = append(s.Sent, m); s.Send(m) },
		OnAction: func(a feature.Action) { s.Acts = append(s.Acts, a) }}}
	return s
}

// OpenPage returns a page with the model in it.
func OpenPage(t testing.TB) *Page { return NewPage(t).Send(feature.Navigated{}) }

// NewShipped returns a page with the models that it is published with, none of which has been asked for yet.
func NewShipped(t testing.TB) *Page {
	t.Helper()
	s := NewPage(t)
	s.shipped, s.State = true, app.New(app.Shipped(func(string) bool { return true }))
	return s
}

// OpenShipped returns it opened at a hash.
func OpenShipped(t testing.TB, hash string) *Page {
	t.Helper()
	return NewShipped(t).Send(feature.Navigated{Hash: hash})
}

// Send sends messages, and answers what they ask.
func (s *Page) Send(messages ...feature.Msg) *Page {
	s.T.Helper()
	for _, m := range messages {
		var commands []feature.Command
		s.State, commands = feature.Update(s.State, m)
		for _, c := range commands {
			s.answer(c)
		}
	}
	return s
}

func (s *Page) answer(c feature.Command) {
	s.T.Helper()
	switch c := c.(type) {
	case feature.Send:
		s.Send(feature.Replied{Reply: s.Engine.Handle(c.Request)})
	case open.ReadHead, feature.ReadFile:
		if s.Files != nil {
			s.Send(feature.Replied{Reply: fromDisk(s.Engine, s.Files, c)})
		}
	case feature.LoadTable:
		s.Send(feature.Replied{Reply: s.Engine.Handle(engine.Request{ID: c.Request, Load: &engine.Load{Table: r50k.Table()}})})
	case feature.LoadModel:
		path := "/model/testdata/nano-sort/weights.safetensors"
		if s.shipped {
			path = "/static/models/" + app.ModelFile(c.ID)
		}
		b, err := os.ReadFile(root() + path)
		if err != nil {
			s.T.Fatal(err)
		}
		s.Send(feature.Replied{Reply: s.Engine.Handle(engine.Request{ID: c.Request, Beside: c.Beside, Load: &engine.Load{Name: c.ID, File: b}})})
	}
}

// HTML draws the page as it is now.
func (s *Page) HTML() string {
	s.T.Helper()
	return Draw(s.T, s.Root)
}

// Draw draws a component.
func Draw(t testing.TB, b vugu.Builder) string {
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

// An Event is what a browser says about a press or a key, as far as components ask.
type Event struct {
	vugu.DOMEvent
	Value, Key, ID string
	Composing      bool
	Shift          bool
	Prevented      bool
}

// PropString returns the value, the key or the id.
func (e *Event) PropString(keys ...string) string {
	switch keys[len(keys)-1] {
	case "value":
		return e.Value
	case "key":
		return e.Key
	case "id":
		return e.ID
	}
	return ""
}

// PropBool reports whether a character is being composed, or Shift is held.
func (e *Event) PropBool(keys ...string) bool {
	if keys[len(keys)-1] == "shiftKey" {
		return e.Shift
	}
	return e.Composing
}

// PreventDefault notes that it was called.
func (e *Event) PreventDefault() { e.Prevented = true }

// On fires an event at the first element that has the attribute.
func (s *Page) On(kind, attribute, value string, e vugu.DOMEvent) *Page {
	s.T.Helper()
	env, err := vugu.NewBuildEnv(nil)
	if err != nil {
		s.T.Fatal(err)
	}
	built := env.RunBuild(s.Root)
	n := find(built, built.Out.Out, attribute, value)
	if n == nil {
		s.T.Fatalf("the page has no element with %s=%q", attribute, value)
	}
	for _, spec := range n.DOMEventHandlerSpecList {
		if spec.EventType == kind {
			spec.Func(e)
			return s
		}
	}
	s.T.Fatalf("%s=%q does not listen to %s", attribute, value, kind)
	return s
}

// Press presses the first element that has the attribute.
func (s *Page) Press(attribute, value string) *Page {
	s.T.Helper()
	return s.On("click", attribute, value, &Event{})
}

func find(built *vugu.BuildResults, nodes []*vugu.VGNode, attribute, value string) *vugu.VGNode {
	for _, n := range nodes {
		if n.Component != nil {
			if found := find(built, built.ResultFor(n.Component).Out, attribute, value); found != nil {
				return found
			}
		}
		for _, a := range n.Attr {
			if a.Key == attribute && a.Val == value {
				return n
			}
		}
		for kid := n.FirstChild; kid != nil; kid = kid.NextSibling {
			if found := find(built, []*vugu.VGNode{kid}, attribute, value); found != nil {
				return found
			}
		}
	}
	return nil
}

// Last fails if the last message is another one.
func (s *Page) Last(want feature.Msg) {
	s.T.Helper()
	if len(s.Sent) == 0 {
		s.T.Fatalf("nothing was sent; expected %#v", want)
	}
	if is := s.Sent[len(s.Sent)-1]; !reflect.DeepEqual(is, want) {
		s.T.Fatalf("sent %#v; expected %#v", is, want)
	}
}

// Update is set to write golden files anew, and the first picture of index.html.
var Update = golden.Update

// Golden compares HTML with testdata/name.html.
func Golden(t testing.TB, name, html string) {
	t.Helper()
	html = strings.ReplaceAll(html, "><", ">\n<") + "\n"
	path := filepath.Join("testdata", name+".html")
	if *Update {
		if err := os.WriteFile(path, []byte(html), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if html == string(want) {
		return
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(html, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s, line %d:\n  is   %s\n  want %s\n(go test -update writes it anew)", path, i+1, b[i], a[i])
		}
	}
	t.Fatalf("%s has %d lines, expected %d", path, len(b), len(a))
}
