package dom

import (
	"fmt"
	"slices"
	"strings"
	"syscall/js"

	"github.com/vugu/vugu"
	vjs "github.com/vugu/vugu/js"
)

// New returns a renderer that draws root into the element that the selector finds; what stands in that
// element is replaced by the first render.
func New(mountSelector string, root vugu.Builder, options ...Option) (*Renderer, error) {
	mount := js.Global().Get("document").Call("querySelector", mountSelector)
	if mount.IsNull() {
		return nil, fmt.Errorf("dom: nothing in the page matches %q, expected the element to draw into", mountSelector)
	}
	b := newBrowser(mount)
	r, err := newRenderer(b, 1, root, append([]Option{OnError(logError)}, options...))
	if err != nil {
		return nil, err
	}
	b.fire, b.env = r.fire, r.EventEnv()
	b.frame = js.FuncOf(func(js.Value, []js.Value) any {
		r.frame()
		return nil
	})
	return r, nil
}

// logError writes an error to the console.
func logError(err error) {
	text := err.Error()
	if p, ok := err.(*Panic); ok {
		text += "\n" + string(p.Stack)
	}
	js.Global().Get("console").Call("error", text)
}

// handleProperty is the property of an element with listeners that holds its handle.
const handleProperty = "glassboxNode"

// browser is the document of the page. Functions are bound and names are kept as JavaScript strings,
// since both cost more than the calls themselves.
type browser struct {
	nodes []element // by handle; 0 is not used, 1 is the mount
	free  []handle
	names map[string]js.Value

	newElement, newElementNS, newText, newComment js.Value // of document
	setAttr, removeAttr, append, insertBefore     js.Value // of any node
	addListener, removeListener                   js.Value // of any node
	parse, text, requestFrame                     js.Value
	passive, active                               js.Value // options of listeners

	fire      func(n handle, kind string, event vugu.DOMEvent)
	env       vugu.EventEnv
	frame     js.Func
	listeners map[string]js.Func // by kind of event
	request   js.Value           // of the last animation frame
}

// element is a node of the page with the number of its listeners.
type element struct {
	value     js.Value
	listeners int
}

func newBrowser(mount js.Value) *browser {
	window := js.Global()
	document := window.Get("document")
	ofDocument := func(name string) js.Value { return document.Get(name).Call("bind", document) }
	caller := window.Get("Function").Get("prototype").Get("call")
	ofNode := func(class, name string) js.Value {
		return caller.Call("bind", window.Get(class).Get("prototype").Get(name))
	}
	return &browser{
		nodes: []element{{}, {value: mount}},
		names: map[string]js.Value{},

		newElement: ofDocument("createElement"), newElementNS: ofDocument("createElementNS"),
		newText: ofDocument("createTextNode"), newComment: ofDocument("createComment"),
		setAttr: ofNode("Element", "setAttribute"), removeAttr: ofNode("Element", "removeAttribute"),
		append: ofNode("Element", "append"), insertBefore: ofNode("Node", "insertBefore"),
		addListener: ofNode("EventTarget", "addEventListener"), removeListener: ofNode("EventTarget", "removeEventListener"),
		parse: window.Get("JSON").Get("parse"), text: window.Get("String"),
		requestFrame: window.Get("requestAnimationFrame").Call("bind", window),
		passive:      js.ValueOf(map[string]any{"passive": true}),
		active:       js.ValueOf(map[string]any{"passive": false}),

		listeners: map[string]js.Func{},
	}
}

// name returns a name of the templates as a JavaScript string.
func (b *browser) name(s string) js.Value {
	v, ok := b.names[s]
	if !ok {
		v = js.ValueOf(s)
		b.names[s] = v
	}
	return v
}

func (b *browser) add(v js.Value) handle {
	if last := len(b.free) - 1; last >= 0 {
		n := b.free[last]
		b.free = b.free[:last]
		b.nodes[n] = element{value: v}
		return n
	}
	b.nodes = append(b.nodes, element{value: v})
	return handle(len(b.nodes) - 1)
}

func (b *browser) createElement(namespace, tag string) handle {
	if namespace == "" {
		return b.add(b.newElement.Invoke(b.name(tag)))
	}
	return b.add(b.newElementNS.Invoke(b.name(namespace), b.name(tag)))
}

func (b *browser) createText(text string) handle {
	if strings.TrimSpace(text) == "" {
		return b.add(b.newText.Invoke(b.name(text))) // an indentation, seen before
	}
	return b.add(b.newText.Invoke(text))
}

func (b *browser) createComment(text string) handle { return b.add(b.newComment.Invoke(text)) }

func (b *browser) setText(n handle, text string) { b.nodes[n].value.Set("nodeValue", text) }

// setHTML spares the browser its parser where the markup is mere text.
func (b *browser) setHTML(n handle, html string) {
	if strings.ContainsAny(html, "<&\r\x00") {
		b.nodes[n].value.Set("innerHTML", html)
	} else {
		b.nodes[n].value.Set("textContent", html)
	}
}

// setAttribute goes around one attribute: a policy without 'unsafe-inline' forbids to set style, but
// allows to set what it would set.
func (b *browser) setAttribute(n handle, name, value string) {
	if name == "style" {
		b.nodes[n].value.Get("style").Set("cssText", value)
		return
	}
	b.setAttr.Invoke(b.nodes[n].value, b.name(name), value)
}

func (b *browser) removeAttribute(n handle, name string) {
	b.removeAttr.Invoke(b.nodes[n].value, b.name(name))
}

func (b *browser) setProperty(n handle, name string, json []byte) {
	b.nodes[n].value.Set(name, b.parse.Invoke(string(json)))
}

func (b *browser) hasProperty(n handle, name string, json []byte) bool {
	want := b.text.Invoke(b.parse.Invoke(string(json)))
	return b.text.Invoke(b.nodes[n].value.Get(name)).Equal(want)
}

func (b *browser) insert(parent, child, before handle) {
	if before == 0 {
		b.append.Invoke(b.nodes[parent].value, b.nodes[child].value)
		return
	}
	b.insertBefore.Invoke(b.nodes[parent].value, b.nodes[child].value, b.nodes[before].value)
}

func (b *browser) remove(n handle) { b.nodes[n].value.Call("remove") }

func (b *browser) holds(parent, n handle) bool {
	return b.nodes[n].value.Get("parentNode").Equal(b.nodes[parent].value)
}

func (b *browser) mend(parent handle, kids []handle) {
	at := b.nodes[parent].value
	for n := at.Get("lastChild"); !n.IsNull(); {
		before := n.Get("previousSibling")
		if name := n.Get("nodeName").String(); name == "FONT" || name == "#text" && !b.among(kids, n) {
			n.Call("remove")
		}
		n = before
	}
	before := handle(0)
	for _, kid := range slices.Backward(kids) {
		if !b.holds(parent, kid) {
			b.insert(parent, kid, before)
		}
		before = kid
	}
}

func (b *browser) among(list []handle, n js.Value) bool {
	return slices.ContainsFunc(list, func(kid handle) bool { return b.nodes[kid].value.Equal(n) })
}

func (b *browser) release(n handle) {
	if b.nodes[n].listeners > 0 {
		b.nodes[n].value.Set(handleProperty, 0) // whoever keeps the element must not reach its successor
	}
	b.nodes[n] = element{}
	b.free = append(b.free, n)
}

func (b *browser) reset() {
	for n := range b.nodes[2:] {
		if at := b.nodes[n+2]; at.listeners > 0 {
			at.value.Set(handleProperty, 0)
		}
	}
	b.nodes, b.free = b.nodes[:2], nil
}

// listen adds to the element the one function that there is for this kind of event.
func (b *browser) listen(n handle, kind string) {
	f, ok := b.listeners[kind]
	if !ok {
		f = js.FuncOf(func(this js.Value, args []js.Value) any {
			if at := this.Get(handleProperty); at.Type() == js.TypeNumber {
				b.fire(handle(at.Int()), kind, &event{value: args[0], current: this, env: b.env})
			}
			return nil
		})
		b.listeners[kind] = f
	}
	b.nodes[n].listeners++
	b.nodes[n].value.Set(handleProperty, int(n))
	b.addListener.Invoke(b.nodes[n].value, b.name(kind), f, b.listenOptions(kind))
}

// listenOptions makes a listener passive for events that would otherwise hold up scrolling.
func (b *browser) listenOptions(kind string) js.Value {
	if kind == "wheel" || strings.HasPrefix(kind, "touch") {
		return b.passive
	}
	return b.active
}

func (b *browser) unlisten(n handle, kind string) {
	b.nodes[n].listeners--
	b.removeListener.Invoke(b.nodes[n].value, b.name(kind), b.listeners[kind])
}

func (b *browser) call(h vugu.JSValueHandler, n handle) { h.JSValueHandle(vjs.Value(b.nodes[n].value)) }

func (b *browser) holdFocus() func() {
	document := js.Global().Get("document")
	had := document.Get("activeElement")
	return func() {
		if had.IsNull() || had.Equal(document.Get("activeElement")) || !had.Get("isConnected").Bool() {
			return
		}
		had.Call("focus", map[string]any{"preventScroll": true})
	}
}

func (b *browser) nextFrame() { b.request = b.requestFrame.Invoke(b.frame) }

func (b *browser) functions() int {
	if b.frame.IsUndefined() {
		return len(b.listeners)
	}
	return len(b.listeners) + 1
}

func (b *browser) close() {
	if !b.request.IsUndefined() {
		js.Global().Call("cancelAnimationFrame", b.request)
	}
	b.frame.Release()
	for _, f := range b.listeners {
		f.Release()
	}
	b.frame, b.listeners = js.Func{}, map[string]js.Func{}
}
