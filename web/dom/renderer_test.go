package dom

import (
	"errors"
	"strings"
	"testing"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/js"
)

func TestInvalidateAsksForOneFrame(t *testing.T) {
	s := newStage(t)
	s.show(el("p"))
	s.Invalidate()
	s.Invalidate()
	if s.page.frames != 1 {
		t.Errorf("%d frames were asked for, expected 1", s.page.frames)
	}
	s.frame()
	s.frame()
	if n := s.Stats().Renders; n != 2 {
		t.Errorf("%d renders, expected the first and one for the frame", n)
	}
	s.Invalidate()
	if s.page.frames != 2 {
		t.Errorf("%d frames were asked for, expected 2", s.page.frames)
	}
}

func TestAHandlerInvalidates(t *testing.T) {
	s := newStage(t)
	s.show(el("button", on("click", func(event vugu.DOMEvent) {})))
	s.fire(s.page.find(t, "button"), "click", nil)
	if s.page.frames != 1 {
		t.Errorf("%d frames were asked for, expected 1", s.page.frames)
	}
}

func TestAHandlerFindsTheStateThatItWasBuiltFor(t *testing.T) {
	s := newStage(t)
	list := []string{"a", "b"}
	var pressed []string
	row := func(i int) *vugu.VGNode {
		return el("button", "id="+list[i], on("click", func(vugu.DOMEvent) { pressed = append(pressed, list[i]) }))
	}
	s.showBy(func(*builder) *vugu.VGNode {
		div := el("div")
		for i := range list {
			div.AppendChild(row(i))
		}
		return div
	})
	first, second := s.page.find(t, "a"), s.page.find(t, "b")
	list = list[:1]
	s.Invalidate()
	s.fire(second, "click", nil) // in the same task, before a frame
	if len(pressed) > 0 {
		t.Errorf("the row that is gone was pressed: %v", pressed)
	}
	s.fire(first, "click", nil)
	if len(pressed) != 1 || pressed[0] != "a" {
		t.Errorf("pressed %v, expected a", pressed)
	}
}

func TestAHandleThatIsGivenAwayHearsNothingOfBefore(t *testing.T) {
	s := newStage(t)
	pressed := ""
	press := func(name string) func(*vugu.VGNode) { return on("click", func(vugu.DOMEvent) { pressed += name }) }
	s.show(el("div", el("button", press("button"))))
	old := s.page.find(t, "button")
	s.root.markup = func(*builder) *vugu.VGNode { return el("div", el("a", press("link"))) }
	s.page.onRemove = func(n handle) { s.page.last = n - 1 } // the browser's document reuses handles
	s.page.onInsert = func(n handle) { s.page.last = max(s.page.last, n) }
	s.Invalidate()
	s.fire(old, "click", nil)
	if is := s.page.find(t, "a"); is != old || pressed != "" {
		t.Errorf("the link is %d, the button was %d; pressed %q, expected nothing", is, old, pressed)
	}
}

func TestWhatIsWrittenIsReadBeforeAnythingIsDrawn(t *testing.T) {
	s := newStage(t)
	drawn := ""
	for _, kind := range []string{"input", "change"} {
		field := el("input", property("value", `"old"`), on(kind, func(vugu.DOMEvent) {
			drawn = s.page.nodes[s.page.find(t, "input")].properties["value"]
		}))
		s.show(field)
		at := s.page.find(t, "input")
		s.page.nodes[at].properties["value"] = `"written"`
		s.Invalidate()
		if s.fire(at, kind, nil); drawn != `"written"` {
			t.Errorf("@%s reads %s; expected what was written", kind, drawn)
		}
	}
}

func TestAnEventInsideAHandlerDrawsNothing(t *testing.T) {
	s := newStage(t)
	inner := 0
	s.show(el("div", el("button", on("click", func(vugu.DOMEvent) {
		s.Invalidate()
		s.fire(s.page.find(t, "input"), "focus", nil) // it moves the focus
	})), el("input", on("focus", func(vugu.DOMEvent) { inner++ }))))
	before := s.Stats().Renders
	s.fire(s.page.find(t, "button"), "click", nil)
	if n := s.Stats().Renders - before; n != 0 || inner != 1 {
		t.Errorf("%d renders, %d calls, expected 0 and 1", n, inner)
	}
}

func TestEventsWaitWhileDrawing(t *testing.T) { // vugu.md A1
	s := newStage(t)
	blurred := 0
	s.show(el("div", el("input", on("blur", func(vugu.DOMEvent) {
		if s.drawing {
			t.Error("the handler runs while the page is drawn")
		}
		s.RenderNow()
		blurred++
	}))))
	s.page.onRemove = func(n handle) { s.fire(n, "blur", nil) }
	s.show(el("div"))
	if blurred != 1 {
		t.Errorf("the handler ran %d times, expected once", blurred)
	}
	s.expect("<div></div>")
}

func TestARenderAskedForWhileDrawingComesNextFrame(t *testing.T) { // vugu.md B18
	s := newStage(t)
	s.show(el("p", func(n *vugu.VGNode) { n.JSCreateHandler = vugu.JSValueFunc(func(js.Value) { s.RenderNow() }) }))
	if s.page.frames != 1 || s.Stats().Renders != 1 {
		t.Errorf("%d frames, %d renders, expected 1 and 1", s.page.frames, s.Stats().Renders)
	}
}

func TestAPanicOfAHandlerIsReportedAndThePageLivesOn(t *testing.T) {
	s := newStage(t)
	s.show(el("button", on("click", func(vugu.DOMEvent) { panic("oh") })))
	s.fire(s.page.find(t, "button"), "click", nil)
	errs := s.takeErrors()
	var p *Panic
	if len(errs) != 1 || !errors.As(errs[0], &p) || p.Where != "@click of <button>" || p.Value != "oh" || len(p.Stack) == 0 {
		t.Errorf("errors: %v, expected the panic with its place", errs)
	}
	s.show(el("p"))
	s.expect("<p></p>")
}

func TestAPanicOfAComponentLeavesThePageAndIsReportedOnce(t *testing.T) {
	s := newStage(t)
	s.show(el("p"))
	for range 3 {
		s.showBy(func(*builder) *vugu.VGNode { panic(errors.New("no data")) })
	}
	s.expect("<p></p>")
	if errs := s.takeErrors(); len(errs) != 1 || !strings.Contains(errs[0].Error(), "no data") || errors.Unwrap(errs[0]).Error() != "no data" {
		t.Errorf("errors: %v, expected one", errs)
	}
	s.show(el("b"))
	s.expect("<b></b>")
}

func TestAfterAFailureHalfWayThePageIsDrawnAnew(t *testing.T) {
	s := newStage(t)
	s.show(el("div", el("p"), el("b")))
	s.show(el("div", el("i"), el("b", "bad name=1")))
	if errs := s.takeErrors(); len(errs) != 1 {
		t.Errorf("errors: %v, expected one", errs)
	}
	s.show(el("div", el("i"), el("u")))
	s.expect("<div><i></i><u></u></div>")
	if live, nodes := len(s.page.nodes), s.Stats().Nodes; live != 4 || nodes != 3 {
		t.Errorf("%d nodes are held and %d counted, expected 4 with the mount, and 3", live, nodes)
	}
}

func TestAPanicOfACallbackDoesNotStopTheDrawing(t *testing.T) {
	s := newStage(t)
	s.show(el("div", el("p", func(n *vugu.VGNode) { n.JSCreateHandler = vugu.JSValueFunc(func(js.Value) { panic("x") }) }), el("b")))
	s.expect("<div><p></p><b></b></div>")
	if errs := s.takeErrors(); len(errs) != 1 || errs[0].Error() != "vg-js-create of <p>: panic: x" {
		t.Errorf("errors: %v", errs)
	}
}

func TestTreesThatCannotBeDrawnAreErrors(t *testing.T) {
	for want, change := range map[string]func(b *builder) *vugu.VGNode{
		"style": func(b *builder) *vugu.VGNode {
			b.out.AppendCSS(el("style"))
			return el("p")
		},
		"not built": func(*builder) *vugu.VGNode { return el("p", &vugu.VGNode{Component: &row{}}) },
		"type 2":    func(*builder) *vugu.VGNode { return el("p", &vugu.VGNode{Type: vugu.DocumentNode}) },
	} {
		s := newStage(t)
		s.showBy(change)
		if errs := s.takeErrors(); len(errs) != 1 || !strings.Contains(errs[0].Error(), want) {
			t.Errorf("errors: %v, expected one with %q", errs, want)
		}
	}
}

func TestLocksOfTheEventEnvironmentNeverBlock(t *testing.T) { // vugu.md A4
	s := newStage(t)
	s.show(el("p"))
	env := s.EventEnv()
	env.Lock()
	env.RLock()
	env.UnlockOnly()
	env.RUnlock()
	env.UnlockRender()
	if s.page.frames != 1 {
		t.Errorf("UnlockRender asked for %d frames, expected 1", s.page.frames)
	}
}

func TestCloseReleasesEverything(t *testing.T) {
	s := newStage(t)
	s.show(el("div", el("button", on("click", func(vugu.DOMEvent) { t.Error("a closed page answers") }))))
	button := s.page.find(t, "button")
	s.Close()
	s.Close()
	s.fire(button, "click", nil)
	s.Invalidate()
	s.RenderNow()
	s.expect("")
	if live := len(s.page.nodes); live != 1 || !s.page.closed || s.page.frames != 0 || s.Stats().Nodes != 0 {
		t.Errorf("%d nodes held, closed %v, %d frames, %d nodes counted", live, s.page.closed, s.page.frames, s.Stats().Nodes)
	}
}
