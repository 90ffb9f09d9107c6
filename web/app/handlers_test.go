package app_test

import (
	"fmt"
	"maps"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"github.com/vugu/vugu"

	"glassbox/web/app"
	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
)

// places lead to whatever the page can show: every component is drawn at one of them at least.
var places = []string{
	"#model=sort", "#model=sort&text=", "#model=sort&text=C", "#model=sort&text=CBABBCC&generated=0", "#model=sort&panel=logits&cell=2.1",
	"#model=sort&panel=h.1.attn.head.0.scores&cell=3.2&attention=h.1.attn.head.0", "#model=sort&attention=h.0.attn.head.0&look=4",
	"#model=sort&walk=1", "#model=sort&walk=5", "#model=sort&walk=9", "#model=sort&flow=h.0.attn.head.0.scores_3",
	"#model=sort&sizes=gpt3", "#model=sort&sizes=own&own=100.20.32.4.2.tied", "#model=sort&stage=tokenize", "#model=sort&stage=block.1",
	"#model=sort&panel=h.0.mlp.gelu&cell=1.7", "#model=sort&panel=wte.weight", "#model=sort&word=softmax", "#model=sort&temperature=2&top-k=2",
	"#text=Anna%20has&rank=1", "#text=Anna%20has%20a&panel=probabilities&cell=2.40000&rank=1&find=ball", "#text=&rank=1", "#walk=8&text=A",
	"#stage=tokenize&text=Anna", "#model=sort&panel=sample.top_k&cell=0.2",
}

// touches change what a page shows without leading elsewhere: cards open, tables turn.
func touches(s *State) []Msg {
	list := []Msg{nil, MenuToggled{}, StepPressed{}, TraceStarted{}}
	for _, key := range s.Keys() {
		if key.Msg != nil {
			if m := key.Msg(s); m != nil {
				list = append(list, m)
			}
		}
	}
	return list
}

// A handler is one of a component that is drawn.
type handler struct {
	of   string // the component, the place of the element in it, and the kind of event
	kind string
	call func(vugu.DOMEvent)
}

// handlers returns those of all components below root.
func handlers(root vugu.Builder) (list []handler) {
	env, err := vugu.NewBuildEnv(nil)
	if err != nil {
		panic(err)
	}
	built := env.RunBuild(root)
	var walk func(c vugu.Builder, n *vugu.VGNode)
	walk = func(c vugu.Builder, n *vugu.VGNode) {
		if n.Component != nil {
			for _, kid := range built.ResultFor(n.Component).Out {
				walk(n.Component.(vugu.Builder), kid)
			}
		}
		for _, spec := range n.DOMEventHandlerSpecList {
			list = append(list, handler{fmt.Sprintf("@%s of <%s%s> of %T", spec.EventType, n.Data, name(n), c), spec.EventType, spec.Func})
		}
		for kid := n.FirstChild; kid != nil; kid = kid.NextSibling {
			walk(c, kid)
		}
	}
	walk(root, &vugu.VGNode{Component: root})
	return list
}

// name tells an element from the others of a component, but not the rows of a list, of which the last counts: the first that is gone.
func name(n *vugu.VGNode) (name string) {
	for _, a := range n.Attr {
		if a.Key == "id" || a.Key == "class" || strings.HasPrefix(a.Key, "data-") {
			name += " " + a.Key + "=" + regexp.MustCompile(`[0-9]+`).ReplaceAllString(a.Val, "N")
		}
	}
	return name
}

// An event has the same to say to every question.
type event struct {
	vugu.DOMEvent
	text   string
	number float64
}

func (e event) Prop(...string) any            { return e.text }
func (e event) PropString(...string) string   { return e.text }
func (e event) PropFloat64(...string) float64 { return e.number }
func (e event) PropBool(...string) bool       { return e.number > 0 }
func (e event) PreventDefault()               {}
func (e event) StopPropagation()              {}

// events are what a reader may do to an element that listens to a kind of event.
func events(kind string) (list []vugu.DOMEvent) {
	texts := []string{""}
	switch kind {
	case "keydown":
		texts = []string{"Enter", "Escape", "ArrowUp", "ArrowDown", "ArrowRight", "Home", "End", "PageDown", "Tab", "Backspace", "x"}
	case "input", "change":
		texts = []string{"", "7", "-1", "1e9", "Ä"}
	}
	for _, text := range texts {
		list = append(list, event{text: text}, event{text: text, number: 1000})
	}
	return list
}

func TestAHandlerStandsAnyStateThatCameAfterItsPicture(t *testing.T) {
	after := []State{app.New(app.Shipped(func(string) bool { return true })), app.New(nil)}
	for _, place := range []string{"#model=sort&text=", "#model=sort", "#text=", "#sizes=gpt3", "#text=Anna%20has%20a&panel=logits&cell=0.1&rank=1"} {
		after = append(after, apptest.OpenShipped(t, place).State)
	}
	known, wrong := map[string]bool{}, map[string]string{}
	for _, place := range places {
		state := apptest.OpenShipped(t, place).State
		for _, m := range touches(&state) {
			page := apptest.NewShipped(t)
			if page.State = state; m != nil {
				page.State, _ = Update(state, m)
			}
			var sent []Msg
			page.Root.OnMsg = func(m Msg) { sent = append(sent, m) }
			for _, h := range slices.Backward(handlers(page.Root)) {
				if known[h.of] {
					continue
				}
				known[h.of] = true
				for n, then := range after {
					for _, e := range events(h.kind) {
						page.State, sent = then, nil
						if why := panics(func() { h.call(e) }); why != "" {
							wrong[h.of] = fmt.Sprintf("drawn at %s, then %d: %s", place, n, why)
						}
						for _, m := range sent {
							if why := panics(func() { Update(then, m) }); why != "" {
								wrong[h.of] = fmt.Sprintf("drawn at %s, then %d, sends %#v: %s", place, n, m, why)
							}
						}
					}
				}
			}
		}
	}
	if len(known) < 100 {
		t.Errorf("there are only %d handlers", len(known))
	}
	for _, name := range slices.Sorted(maps.Keys(wrong)) {
		t.Errorf("%s, %s", name, wrong[name])
	}
}

// panics runs f, and returns of what it panicked.
func panics(f func()) (why string) {
	defer func() {
		if p := recover(); p != nil {
			why = fmt.Sprintf("%v\n%s", p, where(debug.Stack()))
		}
	}()
	f()
	return ""
}

// where returns the lines of a stack that are ours.
func where(stack []byte) string {
	var ours []string
	for _, line := range strings.Split(string(stack), "\n") {
		if strings.Contains(line, "/web/") && strings.Contains(line, ".go:") && !strings.Contains(line, "_test.go") {
			ours = append(ours, strings.TrimSpace(line))
		}
	}
	return strings.Join(ours[:min(len(ours), 4)], "\n")
}
