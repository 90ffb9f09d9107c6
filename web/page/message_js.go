package page

import (
	"slices"
	"strconv"
	"strings"
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/feature/consent"
	"glassbox/web/page/message"
)

// maxPending is how many questions of the host may wait for their answers at once.
const maxPending = 64

// A host is the window around this page's frame, or the one that opened it, and what was
// said to it. Only that window is heard; the messages are those of message.Version.
type host struct {
	page     *Page
	window   js.Value // null: this page stands alone
	origin   string   // from which it called last; "" it has not
	pending  int
	width    float64 // of the page
	rem      float64 // in CSS pixels
	lastSize [2]int  // the last size
}

// openHost finds the host, and begins to listen to its messages.
func openHost(p *Page) *host {
	h := &host{page: p, window: js.Null()}
	switch window := js.Global(); {
	case !window.Get("parent").Equal(window.Get("window")):
		h.window = window.Get("parent")
	case window.Get("opener").Truthy():
		h.window = window.Get("opener")
	}
	if h.window.IsNull() {
		return h
	}
	return h
}

// listen hears the host's calls, first those that it made before the page could: embed.js kept them.
func (h *host) listen() {
	boot := h.page.embed.boot
	boot.Set("oncall", h.page.Function("message", func(args []js.Value) {
		h.handleMessage(goValue(args[0].Get("data"), 0, message.MaxText+1), message.TargetOrigin(args[0].Get("origin").String()))
	}))
	boot.Call("hear")
}

// handleMessage answers a message if it is a call.
func (h *host) handleMessage(said any, to string) {
	c, heard, err := message.ParseCall(said)
	if !heard {
		return
	}
	h.origin = to
	refuse := func(why string) {
		h.post(map[string]any{"glassbox": message.Version, "id": c.ID, "error": why}, to)
	}
	switch {
	case err != nil:
		refuse(err.Error())
	case h.pending >= maxPending:
		refuse("too many questions at once; wait for the answers")
	case !consent.Given(&h.page.state):
		h.page.Send(consent.Asked{})
		refuse(private)
	default:
		h.pending++
		h.await(js.Global().Get("glassbox").Call(c.Verb, c.Args...), c.ID, to)
	}
}

// await posts the answer when the promise result is settled, or at once if it is no promise. What belongs to a file of the
// reader's is not told then either.
func (h *host) await(result js.Value, id any, to string) {
	var kept, broken js.Func
	answer := func(name string, value any) {
		kept.Release()
		broken.Release()
		if h.pending--; !consent.Given(&h.page.state) {
			name, value = "error", private // the reader has opened the file since
		}
		h.post(map[string]any{"glassbox": message.Version, "id": id, name: value}, to)
	}
	kept = h.page.Function("an answer", func(args []js.Value) { answer("ok", args[0]) })
	broken = h.page.Function("an answer", func(args []js.Value) { answer("error", args[0].Get("message")) })
	js.Global().Get("Promise").Call("resolve", result).Call("then", kept, broken)
}

// post sends a message to the host, if it is still there.
func (h *host) post(message map[string]any, to string) {
	if h.window.IsNull() { // a call of null would also leak the error that it makes
		return
	}
	defer func() { _ = recover() }()
	h.window.Call("postMessage", message, to)
}

// event tells the host something unasked. It holds no secret, so it goes to any origin.
func (h *host) event(name string, with map[string]any) {
	with["glassbox"], with["event"] = message.Version, name
	h.post(with, "*")
}

// ready tells the host that the verbs work.
func (h *host) ready() {
	h.event(message.Ready, map[string]any{})
	h.reportSize()
}

// failed tells the host why the model can't be used.
func (h *host) failed(why string) { h.event(message.Failed, map[string]any{"error": why}) }

// changed tells a host that has called what the page shows now, at the origin from which it called.
func (h *host) changed() {
	if h.origin != "" && consent.Given(&h.page.state) {
		h.post(map[string]any{"glassbox": message.Version, "event": message.Change, "state": h.page.api.state()}, h.origin)
	}
}

// passKey tells the page around this one of a key that nothing here uses, if that is one by which pages are moved or a
// character.
func (h *host) passKey(event js.Value) {
	key := event.Get("key").String()
	moves := strings.HasPrefix(key, "Arrow") || strings.HasPrefix(key, "Page") || key == "Home" || key == "End" || len([]rune(key)) == 1
	if !moves || !h.page.embed.in {
		return
	}
	with := map[string]any{}
	for _, name := range []string{"key", "code", "keyCode", "shiftKey", "repeat"} {
		with[name] = event.Get(name)
	}
	h.event(message.Key, with)
}

// leave gives the keys back to the page around this one.
func (h *host) leave() {
	h.event(message.Leave, map[string]any{})
	if focused := js.Global().Get("document").Get("activeElement"); !focused.IsNull() {
		focused.Call("blur")
	}
	h.window.Call("focus")
}

// measure takes the width of the page, which a new size or larger type has changed.
func (h *host) measure() {
	if h.window.IsNull() {
		return
	}
	root := js.Global().Get("document").Get("documentElement")
	rem := js.Global().Call("getComputedStyle", root).Get("fontSize").String()
	h.width = js.Global().Get("innerWidth").Float()
	h.rem, _ = strconv.ParseFloat(strings.TrimSuffix(rem, "px"), 64)
	h.reportSize()
}

// reportSize tells the host the best height for the present width and what is open, when that changed.
func (h *host) reportSize() {
	s := &h.page.state
	if h.window.IsNull() || h.page.api.times.ready == 0 || h.width == 0 {
		return
	}
	shown := func(part string) bool { return !slices.Contains(s.Host.Hide, part) }
	frame := message.Frame{Width: h.width, Rem: h.rem, UI: string(s.Host.UI), Sheet: s.Sheet != feature.SheetPeek,
		Reads: s.Guided() || s.Floor() != "",
		Parts: message.Parts{Header: shown("header"), Stages: shown("stages"), Inspector: shown("inspector"), Text: shown("strip")}}
	said := [2]int{int(h.width), frame.Height()}
	if said == h.lastSize {
		return
	}
	h.lastSize = said
	h.event(message.Size, map[string]any{"width": said[0], "height": said[1]})
}

// maxDepth is how deep goValue looks into a message.
const maxDepth = 4

// goValue turns a message into Go values, but copies no more of it than message.ParseCall looks at: of a text so many
// UTF-16 units at most.
func goValue(v js.Value, depth, most int) any {
	switch jsType(v) {
	case js.TypeString:
		whole := js.Global().Get("Object").Invoke(v)
		return whole.Call("slice", 0, most).String()
	case js.TypeNumber:
		return v.Float()
	case js.TypeBoolean:
		return v.Bool()
	case js.TypeObject:
		if depth < maxDepth {
			return goMembers(v, depth+1, most)
		}
	}
	return nil
}

// jsType is the type of a value, TypeUndefined for a bigint, for which package js panics.
func jsType(v js.Value) (t js.Type) {
	defer func() {
		if recover() != nil {
			t = js.TypeUndefined
		}
	}()
	return v.Type()
}

func goMembers(v js.Value, depth, most int) any {
	if js.Global().Get("Array").Call("isArray", v).Bool() {
		list := []any{}
		for i := range min(v.Length(), message.MaxArgs+1) {
			list = append(list, goValue(v.Index(i), depth, most))
		}
		return list
	}
	object := map[string]any{}
	if depth == 1 { // the message itself, which may hold anything else
		for _, name := range []string{"glassbox", "id", "verb", "args"} {
			if member := v.Get(name); !member.IsUndefined() {
				object[name] = goValue(member, depth, most)
			}
		}
		return object
	}
	names := js.Global().Get("Object").Call("keys", v)
	for i := range min(names.Length(), message.MaxMembers) {
		name := names.Index(i).String()
		object[name] = goValue(v.Get(name), depth, most)
	}
	return object
}
