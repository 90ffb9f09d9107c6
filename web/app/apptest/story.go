package apptest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/golden"
)

// Tell compares with testdata/name.txt what a session makes of the page, message by message: what changes in the state,
// what is commanded, what the components of a feature show then, and what their controls send. What is long stands there
// as its beginning and a checksum. With -update it is written anew: then read what git diff says of it.
func Tell(t testing.TB, name string, f feature.Feature, p *Page, messages ...feature.Msg) {
	t.Helper()
	s := story{page: p, feature: f, state: flat(p.State, f.Name), seen: map[string]bool{}}
	fmt.Fprintf(&s.out, "== %s\n", f.Name)
	s.section("property", rows(f.Properties))
	s.section("part", rows(f.Parts))
	s.section("key", rows(f.Keys))
	s.section("component", rows(f.Components))
	for _, m := range messages {
		if any, ok := m.(Any); ok {
			m = any.message(f, &p.State)
		}
		fmt.Fprintf(&s.out, "\n== %s\n", one(m))
		p.told = nil
		p.Send(m)
		is := flat(p.State, f.Name)
		s.section("state", changed(s.state, is))
		s.state = is
		s.section("command", p.told)
		s.section("answer", s.unseen(s.answers()))
		s.section("shows", s.unseen(s.drawn()))
		s.section("control", s.unseen(s.controls()))
	}
	golden.Compare(t, name, s.out.String())
}

// A story is what has been told so far.
type story struct {
	page    *Page
	feature feature.Feature
	state   map[string]string
	seen    map[string]bool // what components have shown
	out     strings.Builder
}

// most is how many lines of a section are written out.
const most = 14

func (s *story) section(title string, lines []string) {
	for _, l := range lines[:min(len(lines), most)] {
		fmt.Fprintf(&s.out, "%s: %s\n", title, golden.Short(l))
	}
	if rest := lines[min(len(lines), most):]; len(rest) > 0 {
		fmt.Fprintf(&s.out, "%s: and %d more %s\n", title, len(rest), golden.Sum(strings.Join(rest, "\n")))
	}
}

// unseen returns the lines that stand in the story for the first time.
func (s *story) unseen(lines []string) (fresh []string) {
	for _, l := range lines {
		if !s.seen[l] {
			s.seen[l] = true
			fresh = append(fresh, l)
		}
	}
	return fresh
}

// Any is a message that the feature calls possible then, or that the page does, for a feature that names none; each seed
// is another.
type Any struct{ Seed uint64 }

func (a Any) message(f feature.Feature, s *feature.State) feature.Msg {
	r := rand.New(rand.NewPCG(a.Seed, 1))
	if f.Random == nil {
		return feature.RandomMessage(r, *s)
	}
	list := f.Random(r, s)
	return list[r.IntN(len(list))]
}

// AnyFrom returns n of them.
func AnyFrom(seed uint64, n int) (list []feature.Msg) {
	for i := range n {
		list = append(list, Any{seed + uint64(i)})
	}
	return list
}

// rows writes each element of a list.
func rows[T any](list []T) (lines []string) {
	for _, v := range list {
		lines = append(lines, text(reflect.ValueOf(v)))
	}
	return lines
}

// answers returns what the feature says of itself when it is asked, and the link.
func (s *story) answers() []string {
	state := s.page.State
	lines := []string{"link " + state.Hash()}
	v := reflect.ValueOf(s.feature)
	for i := range v.NumField() {
		ask := v.Field(i)
		if kind := ask.Type(); kind.Kind() != reflect.Func || ask.IsNil() || kind.NumIn() != 1 || kind.NumOut() == 0 || kind.In(0) != reflect.TypeOf(&state) {
			continue
		}
		copied := state
		for _, said := range ask.Call([]reflect.Value{reflect.ValueOf(&copied)}) {
			lines = append(lines, v.Type().Field(i).Name+" "+text(said))
		}
	}
	for _, k := range s.feature.Keys {
		if k.Msg != nil {
			lines = append(lines, "key "+k.Key+" "+text(reflect.ValueOf(k.Msg(&state))))
		}
	}
	return lines
}

// components returns those that the feature has on the page now.
func (s *story) components() (list []vugu.Builder) {
	for _, c := range s.feature.Components {
		if c.When == nil || c.When(&s.page.Root.Screen) {
			list = append(list, c.Build(&s.page.Root.Screen))
		}
	}
	return list
}

func (s *story) drawn() (lines []string) {
	for _, c := range s.components() {
		lines = append(lines, strings.Split(strings.ReplaceAll(Draw(s.page.T, c), "><", ">\n<"), "\n")...)
	}
	return lines
}

// controls fires what a reader may do at each element that listens, and returns what is sent; it reaches nobody.
func (s *story) controls() (lines []string) {
	screen := &s.page.Root.Screen
	was := *screen
	defer func() { *screen = was }()
	var sent []string
	screen.OnMsg = func(m feature.Msg) { sent = append(sent, one(m)) }
	screen.OnAction = func(a feature.Action) { sent = append(sent, "action "+one(a)) }
	for _, c := range s.components() {
		env, err := vugu.NewBuildEnv(nil)
		if err != nil {
			s.page.T.Fatal(err)
		}
		built := env.RunBuild(c)
		walk(built, built.Out.Out, func(n *vugu.VGNode) {
			for _, spec := range n.DOMEventHandlerSpecList {
				for _, e := range events(spec.EventType) {
					sent = nil
					if broke := fire(spec.Func, &e); broke != "" {
						sent = append(sent, broke)
					}
					if len(sent) > 0 {
						lines = append(lines, fmt.Sprintf("%s, %s %s → %s", element(n), spec.EventType, e.Key+e.Value, strings.Join(sent, ", ")))
					}
				}
			}
		})
	}
	return lines
}

// events returns those of a type that are tried.
func events(kind string) (list []Event) {
	values := []string{}
	switch kind {
	case "input", "change":
		values = append(values, "2", "0.5", "A")
	case "keydown":
		for _, k := range []string{"Enter", "Escape", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageDown"} {
			list = append(list, Event{Key: k})
		}
		return list
	default:
		return []Event{{}}
	}
	for _, v := range values {
		list = append(list, Event{Value: v})
	}
	return list
}

// fire calls a handler, and returns what it panicked with: those that need a browser ask something of an event that there is not.
func fire(handler func(vugu.DOMEvent), e *Event) (broke string) {
	defer func() {
		if r := recover(); r != nil {
			broke = fmt.Sprint("panic: ", r)
		}
	}()
	handler(e)
	return ""
}

func walk(built *vugu.BuildResults, nodes []*vugu.VGNode, visit func(*vugu.VGNode)) {
	for _, n := range nodes {
		if n.Component != nil {
			walk(built, built.ResultFor(n.Component).Out, visit)
		}
		visit(n)
		for kid := n.FirstChild; kid != nil; kid = kid.NextSibling {
			walk(built, []*vugu.VGNode{kid}, visit)
		}
	}
}

// element names a node by what tells it from others.
func element(n *vugu.VGNode) string {
	name := n.Data
	for _, a := range n.Attr {
		switch a.Key {
		case "id", "class", "aria-label", "data-row", "data-col", "value", "name":
			name += "[" + a.Key + "=" + a.Val + "]"
		}
	}
	return name
}

// flat returns the parts of the state, and the parts of those, as text; of a feature without what others and the page
// keep for themselves.
func flat(s feature.State, of string) map[string]string {
	parts := map[string]string{}
	var add func(prefix string, v reflect.Value, depth int)
	add = func(prefix string, v reflect.Value, depth int) {
		if v.Kind() == reflect.Interface {
			v = v.Elem()
		}
		switch {
		case v.Kind() == reflect.Struct && depth < 3:
			for i := range v.NumField() {
				if name := v.Type().Field(i).Name; !slices.Contains(left, name) {
					add(prefix+"."+name, v.Field(i), depth+1)
				}
			}
		case v.Kind() == reflect.Map && depth < 3:
			for _, k := range v.MapKeys() {
				add(prefix+"["+text(k)+"]", v.MapIndex(k), depth+1)
			}
		default:
			parts[prefix] = text(v)
		}
	}
	add("", reflect.ValueOf(s), 0)
	maps.DeleteFunc(parts, func(k, _ string) bool {
		return of != "" && (strings.HasPrefix(k, ".session") || strings.HasPrefix(k, ".Run") || strings.HasPrefix(k, ".memories") && !strings.HasPrefix(k, ".memories["+strconv.Quote(of)))
	})
	return parts
}

// left are fields that say nothing of the page, or something else each time.
var left = []string{"Millis", "Line", "features", "spoken"}

func changed(was, is map[string]string) (lines []string) {
	for _, k := range slices.Sorted(maps.Keys(is)) {
		if old, ok := was[k]; !ok && is[k] != "" || ok && old != is[k] {
			lines = append(lines, strings.TrimPrefix(k, ".")+" = "+is[k])
		}
	}
	for _, k := range slices.Sorted(maps.Keys(was)) {
		if _, ok := is[k]; !ok {
			lines = append(lines, strings.TrimPrefix(k, ".")+" is gone")
		}
	}
	return lines
}

// one writes a message or a command.
func one(v any) string {
	if v == nil {
		return "nothing"
	}
	return fmt.Sprintf("%T%s", v, text(reflect.ValueOf(v)))
}

// text writes any value.
func text(v reflect.Value) string { return golden.Of(v, left...) }
