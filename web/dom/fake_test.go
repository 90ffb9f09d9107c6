package dom

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/js"
)

// fakeNode is a node of a fake page.
type fakeNode struct {
	namespace, tag, text, html string
	attributes, properties     map[string]string
	listens                    []string
	kids                       []handle
	parent                     handle
}

// fakePage is a document in memory that notes all that is done to it, and panics where a browser throws.
type fakePage struct {
	nodes  map[handle]*fakeNode
	last   handle
	log    []string
	frames int
	closed bool

	onRemove func(n handle) // runs inside remove, as a blur does
	onInsert func(n handle)
	renderer *Renderer
}

func (f *fakePage) add(n *fakeNode) handle {
	f.last++
	f.nodes[f.last] = n
	return f.last
}

func (f *fakePage) at(n handle) *fakeNode {
	at := f.nodes[n]
	if at == nil {
		panic(fmt.Sprintf("no node %d", n))
	}
	return at
}

func (f *fakePage) note(format string, args ...any) {
	f.log = append(f.log, fmt.Sprintf(format, args...))
}

func (f *fakePage) createElement(namespace, tag string) handle {
	f.note("create <%s>", tag)
	return f.add(&fakeNode{namespace: namespace, tag: tag, attributes: map[string]string{}, properties: map[string]string{}})
}
func (f *fakePage) createText(text string) handle    { return f.add(&fakeNode{text: text}) }
func (f *fakePage) createComment(text string) handle { return f.add(&fakeNode{tag: "!", text: text}) }
func (f *fakePage) setText(n handle, text string) {
	f.note("text %q", text)
	f.at(n).text = text
}
func (f *fakePage) setHTML(n handle, html string) {
	f.note("html <%s>", f.at(n).tag)
	f.at(n).html = html
	for _, kid := range slices.Clone(f.at(n).kids) {
		f.detach(kid)
	}
}
func (f *fakePage) setAttribute(n handle, name, value string) {
	if strings.ContainsAny(name, " <") {
		panic("InvalidCharacterError: " + name)
	}
	f.note("set %s", name)
	f.at(n).attributes[name] = value
}
func (f *fakePage) removeAttribute(n handle, name string) {
	f.note("unset %s", name)
	delete(f.at(n).attributes, name)
}
func (f *fakePage) setProperty(n handle, name string, json []byte) {
	f.note("property %s of <%s>", name, f.at(n).tag)
	f.at(n).properties[name] = string(json)
}
func (f *fakePage) hasProperty(n handle, name string, json []byte) bool {
	return f.at(n).properties[name] == string(json)
}
func (f *fakePage) insert(parent, child, before handle) {
	moved := f.at(child).parent != 0
	f.detach(child)
	kids := f.at(parent).kids
	at := len(kids)
	if before != 0 {
		if at = slices.Index(kids, before); at < 0 {
			panic("NotFoundError: the node before which to insert is no child")
		}
	}
	f.at(parent).kids = slices.Insert(kids, at, child)
	f.at(child).parent = parent
	if moved {
		f.note("move <%s>", f.at(child).tag)
	}
	if f.onInsert != nil {
		f.onInsert(child)
	}
}
func (f *fakePage) detach(n handle) {
	if parent := f.at(n).parent; parent != 0 {
		f.at(parent).kids = slices.DeleteFunc(f.at(parent).kids, func(k handle) bool { return k == n })
	}
	f.at(n).parent = 0
}
func (f *fakePage) remove(n handle) {
	f.note("remove <%s>", f.at(n).tag)
	if f.onRemove != nil {
		f.onRemove(n)
	}
	f.detach(n)
}
func (f *fakePage) holds(parent, n handle) bool { return f.at(n).parent == parent }
func (f *fakePage) mend(parent handle, kids []handle) {
	f.note("mend <%s>", f.at(parent).tag)
	for _, kid := range slices.Clone(f.at(parent).kids) {
		if at := f.at(kid); !slices.Contains(kids, kid) && (at.tag == "" || at.tag == "font") {
			f.detach(kid)
		}
	}
	for i, kid := range kids {
		if f.at(kid).parent != parent {
			f.detach(kid)
			f.at(parent).kids = slices.Insert(f.at(parent).kids, i, kid)
			f.at(kid).parent = parent
		}
	}
}
func (f *fakePage) release(n handle) {
	f.at(n)
	delete(f.nodes, n)
}
func (f *fakePage) reset() {
	for n := range f.nodes {
		if n != 1 {
			delete(f.nodes, n)
		}
	}
}
func (f *fakePage) listen(n handle, kind string) {
	f.note("listen %s", kind)
	f.at(n).listens = append(f.at(n).listens, kind)
}
func (f *fakePage) unlisten(n handle, kind string) {
	f.note("unlisten %s", kind)
	f.at(n).listens = slices.DeleteFunc(f.at(n).listens, func(k string) bool { return k == kind })
}
func (f *fakePage) call(h vugu.JSValueHandler, n handle) { h.JSValueHandle(js.Value{}) }
func (f *fakePage) holdFocus() func() {
	f.note("hold focus")
	return func() { f.note("restore focus") }
}
func (f *fakePage) nextFrame()     { f.frames++ }
func (f *fakePage) functions() int { return 0 }
func (f *fakePage) close()         { f.closed = true }

// String writes the page as markup, the namespace of SVG as "svg:".
func (f *fakePage) String() string {
	var b strings.Builder
	for _, kid := range f.at(1).kids {
		f.write(&b, kid)
	}
	return b.String()
}

func (f *fakePage) write(b *strings.Builder, h handle) {
	n := f.at(h)
	switch n.tag {
	case "":
		b.WriteString(n.text)
		return
	case "!":
		b.WriteString("<!--" + n.text + "-->")
		return
	}
	tag := n.tag
	if n.namespace == svgNamespace {
		tag = "svg:" + tag
	}
	b.WriteString("<" + tag)
	names := make([]string, 0, len(n.attributes))
	for name := range n.attributes {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(b, " %s=%s", name, n.attributes[name])
	}
	b.WriteString(">" + n.html)
	for _, kid := range n.kids {
		f.write(b, kid)
	}
	b.WriteString("</" + tag + ">")
}

// find returns the only element with this tag or this id.
func (f *fakePage) find(t *testing.T, tagOrID string) handle {
	t.Helper()
	var found []handle
	for h, n := range f.nodes {
		if n.tag != "" && (n.tag == tagOrID || n.attributes["id"] == tagOrID) {
			found = append(found, h)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d elements are %q, expected one:\n%s", len(found), tagOrID, f)
	}
	return found[0]
}

// component is a root whose markup the test can exchange.
type component struct {
	markup func(b *builder) *vugu.VGNode
}

func (c *component) Build(*vugu.BuildIn) *vugu.BuildOut {
	b := &builder{out: &vugu.BuildOut{}}
	b.out.Out = []*vugu.VGNode{c.markup(b)}
	return b.out
}

// builder makes nodes as generated code does.
type builder struct{ out *vugu.BuildOut }

// el returns an element. Parts are attributes "name=value", texts as text, and whatever changes a node.
func el(tag string, parts ...any) *vugu.VGNode {
	n := &vugu.VGNode{Type: vugu.ElementNode, Data: tag}
	for _, part := range parts {
		switch p := part.(type) {
		case nil:
		case string:
			name, value, _ := strings.Cut(p, "=")
			n.Attr = append(n.Attr, vugu.VGAttribute{Key: name, Val: value})
		case *vugu.VGNode:
			n.AppendChild(p)
		case []*vugu.VGNode:
			for _, kid := range p {
				n.AppendChild(kid)
			}
		case func(*vugu.VGNode):
			p(n)
		default:
			panic(fmt.Sprintf("part %T", part))
		}
	}
	return n
}

func text(s string) *vugu.VGNode { return &vugu.VGNode{Type: vugu.TextNode, Data: s} }

// template returns a vg-template.
func template(kids ...*vugu.VGNode) *vugu.VGNode { return el("", kids) }

// static makes an element's content static markup.
func static(html string) func(*vugu.VGNode) {
	return func(n *vugu.VGNode) { n.InnerHTML = &html }
}

// on adds an event handler.
func on(kind string, f func(vugu.DOMEvent)) func(*vugu.VGNode) {
	return func(n *vugu.VGNode) {
		n.DOMEventHandlerSpecList = append(n.DOMEventHandlerSpecList, vugu.DOMEventHandlerSpec{EventType: kind, Func: f})
	}
}

// property adds a property, given as JSON.
func property(name, json string) func(*vugu.VGNode) {
	return func(n *vugu.VGNode) {
		n.Prop = append(n.Prop, vugu.VGProperty{Key: name, JSONVal: []byte(json)})
	}
}

// use places a component.
func (b *builder) use(c vugu.Builder) *vugu.VGNode {
	b.out.Components = append(b.out.Components, c)
	return &vugu.VGNode{Component: c}
}

// stage is a renderer on a fake page.
type stage struct {
	*Renderer
	page   *fakePage
	errors []error
	t      *testing.T
	root   *component
}

func newStage(t *testing.T) *stage {
	s := &stage{t: t, page: &fakePage{nodes: map[handle]*fakeNode{}}, root: &component{}}
	s.page.add(&fakeNode{tag: "main"})
	r, err := newRenderer(s.page, 1, s.root, []Option{OnError(func(err error) { s.errors = append(s.errors, err) })})
	if err != nil {
		t.Fatal(err)
	}
	s.Renderer, s.page.renderer = r, r
	t.Cleanup(func() {
		for _, err := range s.errors {
			t.Errorf("unexpected error: %v", err)
		}
	})
	return s
}

// show renders one element and returns what was done to the page for it.
func (s *stage) show(n *vugu.VGNode) []string {
	return s.showBy(func(*builder) *vugu.VGNode { return n })
}

func (s *stage) showBy(markup func(b *builder) *vugu.VGNode) []string {
	s.root.markup = markup
	s.page.log = nil
	s.RenderNow()
	return s.page.log
}

// expect compares the page with markup, and what was done with a list.
func (s *stage) expect(markup string) {
	s.t.Helper()
	if got := s.page.String(); got != markup {
		s.t.Errorf("the page shows\n%s\nexpected\n%s", got, markup)
	}
}

func (s *stage) expectDone(done []string, want ...string) {
	s.t.Helper()
	if !slices.Equal(done, want) {
		s.t.Errorf("done to the page: %q, expected %q", done, want)
	}
}

// takeErrors returns the errors so far, which are then no longer unexpected.
func (s *stage) takeErrors() []error {
	errs := s.errors
	s.errors = nil
	return errs
}
