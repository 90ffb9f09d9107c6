package dom

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/js"
)

func TestFirstRenderReplacesWhatStoodInTheMount(t *testing.T) {
	s := newStage(t)
	s.page.insert(1, s.page.createElement("", "noscript"), 0)
	s.show(el("div", "class=a", text("hello "), el("b", text("you")), &vugu.VGNode{Type: vugu.CommentNode, Data: "c"}))
	s.expect("<div class=a>hello <b>you</b><!--c--></div>")
}

func TestAnEqualTreeChangesNothing(t *testing.T) {
	s := newStage(t)
	tree := func() *vugu.VGNode {
		return el("div", "class=a", on("click", func(vugu.DOMEvent) {}), static("<i>x</i>"), property("title", `"t"`))
	}
	s.show(tree())
	s.expectDone(s.show(tree()))
}

func TestOnlyTheDifferenceIsTouched(t *testing.T) {
	s := newStage(t)
	s.show(el("p", "class=a", "id=p", el("b", text("one")), text(" of two"), el("i", property("title", "1"))))
	s.expectDone(s.show(el("p", "class=b", "id=p", el("b", text("1")), text(" of two"), el("i", property("title", "2")))),
		"set class", `text "1"`, "property title of <i>")
	s.expect("<p class=b id=p><b>1</b> of two<i></i></p>")
}

func TestAttributesThatChangePlacesAreNotTouched(t *testing.T) {
	s := newStage(t)
	s.show(el("p", "a=1", "b=2", "c=3"))
	s.expectDone(s.show(el("p", "c=3", "b=2")), "unset a")
	s.expectDone(s.show(el("p", "d=4", "c=3", "b=2")), "set d")
	s.expect("<p b=2 c=3 d=4></p>")
}

func TestAnEmptyTemplateIsNothing(t *testing.T) { // vugu.md A2
	s := newStage(t)
	s.show(el("ul", template()))
	s.expect("<ul></ul>")
	s.show(el("ul", template(el("li"), template(el("li", "id=2")))))
	s.expect("<ul><li></li><li id=2></li></ul>")
	s.show(el("ul", template()))
	s.expect("<ul></ul>")
}

func TestLongValuesArriveWhole(t *testing.T) { // vugu.md A3
	s := newStage(t)
	long := strings.Repeat("M 0 0 L 1 1 ", 5000)
	s.show(el("path", "d="+long, property("value", `"`+long+`"`)))
	path := s.page.at(s.page.find(t, "path"))
	if path.attributes["d"] != long || path.properties["value"] != `"`+long+`"` {
		t.Errorf("an attribute of %d bytes became %d, a property %d", len(long), len(path.attributes["d"]), len(path.properties["value"]))
	}
}

func TestStaticMarkupIsSetOnce(t *testing.T) { // vugu.md B1
	s := newStage(t)
	s.show(el("div", static("<canvas></canvas>")))
	s.expectDone(s.show(el("div", static("<canvas></canvas>"))))
	s.expectDone(s.show(el("div", static("<p></p>"))), "html <div>")
	s.expectDone(s.show(el("div", "id=d", text("x")))[1:], "html <div>")
	s.expect("<div id=d>x</div>")
	s.show(el("div", "id=d", static("<hr>")))
	s.expect("<div id=d><hr></div>")
	if live := len(s.page.nodes); live != 2 {
		t.Errorf("%d nodes are held, expected the mount and the div", live)
	}
}

func TestCallbacksRunOnceAndPopulateLast(t *testing.T) { // vugu.md B2
	s := newStage(t)
	var calls []string
	call := func(name string) vugu.JSValueHandler {
		return vugu.JSValueFunc(func(js.Value) { calls = append(calls, fmt.Sprint(name, " ", len(s.page.at(1).kids))) })
	}
	tree := func() *vugu.VGNode {
		return el("div", func(n *vugu.VGNode) { n.JSCreateHandler, n.JSPopulateHandler = call("create"), call("populate") })
	}
	s.show(tree())
	s.show(tree())
	if want := []string{"create 0", "populate 1"}; !slices.Equal(calls, want) {
		t.Errorf("calls with the number of elements in the page: %q, expected %q", calls, want)
	}
}

func TestWhatOthersSetStays(t *testing.T) { // vugu.md B3
	s := newStage(t)
	s.show(el("details", "class=a", "data-x=1"))
	details := s.page.find(t, "details")
	s.page.setAttribute(details, "open", "")
	s.page.setAttribute(details, "style", "width:1px")
	s.page.insert(details, s.page.createElement("", "canvas"), 0)
	s.show(el("details", "class=b"))
	s.expect("<details class=b open= style=width:1px><canvas></canvas></details>")
}

func TestHandlersFollowTheirElements(t *testing.T) { // vugu.md B4
	s := newStage(t)
	var heard []string
	button := func(name string) *vugu.VGNode {
		return el("button", "id="+name, on("click", func(vugu.DOMEvent) { heard = append(heard, name) }))
	}
	click := func(name string) { s.fire(s.page.find(t, name), "click", nil) }
	for _, extra := range []int{2, 0, 1, 3} {
		var kids []*vugu.VGNode
		for i := range extra {
			kids = append(kids, button(fmt.Sprint("extra", i)))
		}
		s.show(el("div", template(kids...), button("a"), button("b")))
		heard = nil
		click("b")
		click("a")
		if want := []string{"b", "a"}; !slices.Equal(heard, want) {
			t.Errorf("with %d before: %q answered, expected %q", extra, heard, want)
		}
	}
}

func TestAHandlerIsExchangedWithoutTouchingThePage(t *testing.T) {
	s := newStage(t)
	heard := 0
	tree := func(n int) *vugu.VGNode { return el("a", on("click", func(vugu.DOMEvent) { heard = n })) }
	s.show(tree(1))
	s.expectDone(s.show(tree(2)))
	s.fire(s.page.find(t, "a"), "click", nil)
	if heard != 2 {
		t.Errorf("handler %d answered, expected 2", heard)
	}
	s.expectDone(s.show(el("a", on("keydown", func(vugu.DOMEvent) {}))), "listen keydown", "unlisten click")
	s.expectDone(s.show(el("a")), "unlisten keydown")
}

// row is a component, as in a vg-for with a vg-key.
type row struct{ name string }

func (r *row) Build(*vugu.BuildIn) *vugu.BuildOut {
	return &vugu.BuildOut{Out: []*vugu.VGNode{el("li", "id="+r.name)}}
}

// list shows rows between texts.
func (s *stage) list(rows ...*row) []string {
	return s.showBy(func(b *builder) *vugu.VGNode {
		ul := el("ul", text("-"))
		for _, r := range rows {
			ul.AppendChild(b.use(r))
		}
		ul.AppendChild(text("-"))
		return ul
	})
}

func TestRowsMoveWithTheirInstances(t *testing.T) { // vugu.md B6
	s := newStage(t)
	a, b, c, d, e := &row{"a"}, &row{"b"}, &row{"c"}, &row{"d"}, &row{"e"}
	s.list(a, b, c, d)
	was := s.page.find(t, "d")
	s.expectDone(s.list(d, a, b, c), "hold focus", "move <li>", "restore focus")
	if s.page.find(t, "d") != was {
		t.Error("the row was made anew instead of moved")
	}
	s.expect("<ul>-<li id=d></li><li id=a></li><li id=b></li><li id=c></li>-</ul>")
	s.expectDone(s.list(d, b, c), "remove <li>")
	s.expectDone(s.list(d, e, b, c), "create <li>", "set id")
	s.expect("<ul>-<li id=d></li><li id=e></li><li id=b></li><li id=c></li>-</ul>")
	s.list(c, b, e, d)
	s.expect("<ul>-<li id=c></li><li id=b></li><li id=e></li><li id=d></li>-</ul>")
}

func TestARowFollowsTheOuterOfNestedComponents(t *testing.T) {
	s := newStage(t)
	outer := func(name string) *component {
		return &component{markup: func(b *builder) *vugu.VGNode { return b.use(&row{name}) }} // a new one each time
	}
	a, b, c := outer("a"), outer("b"), outer("c")
	show := func(rows ...*component) []string {
		return s.showBy(func(b *builder) *vugu.VGNode {
			ul := el("ul")
			for _, r := range rows {
				ul.AppendChild(b.use(r))
			}
			return ul
		})
	}
	show(a, b, c)
	s.expectDone(show(b, c), "remove <li>")
	s.expectDone(show(c, b), "hold focus", "move <li>", "restore focus")
}

func TestExchangedInstancesKeepTheirNodes(t *testing.T) { // vugu.md B5
	s := newStage(t)
	s.list(&row{"a"}, &row{"b"})
	was := s.page.find(t, "b")
	s.expectDone(s.list(&row{"a"}, &row{"b"}))
	if s.page.find(t, "b") != was {
		t.Error("the row was made anew")
	}
	kept := &row{"x"}
	s.list(kept, &row{"y"})
	was = s.page.find(t, "y")
	s.list(kept, &row{"z"})
	if s.page.find(t, "z") == was {
		t.Error("a new row beside one that stayed took over the node of another")
	}
}

func TestWhatAppearsInBetweenDisturbsNoOne(t *testing.T) {
	s := newStage(t)
	form := func(warning *vugu.VGNode) *vugu.VGNode {
		return el("form", text("\n"), template(warning), text("\n"), el("div", "class=field", el("input")), text("\n"), el("div", "class=end"))
	}
	s.show(form(el("div", "class=hint")))
	input := s.page.find(t, "input")
	done := s.show(el("form", text("\n"), el("div", "class=warning"), text("\n"), el("div", "class=warning"), text("\n"),
		el("div", "class=field", el("input")), text("\n"), el("div", "class=end")))
	if slices.Contains(done, "move <div>") || s.page.find(t, "input") != input {
		t.Errorf("the field was moved or made anew: %q", done)
	}
	s.expect("<form>\n<div class=warning></div>\n<div class=warning></div>\n<div class=field><input></input></div>\n<div class=end></div></form>")
	s.show(el("form", text("\n"), el("div", "class=field", el("input")), text("\n")))
	if s.page.find(t, "input") != input {
		t.Error("the field was made anew")
	}
}

func TestElementsStayRatherThanTexts(t *testing.T) {
	s := newStage(t)
	s.show(el("div", text("\n"), text("\n"), el("b", "class=x")))
	if done := s.show(el("div", el("b", "class=x"), text("\n"), text("\n"))); slices.Contains(done, "create <b>") {
		t.Errorf("two line breaks stayed and the element did not: %q", done)
	}
}

func TestElementsAreToldApartByTheirEvents(t *testing.T) {
	s := newStage(t)
	field := el("input", "type=text", on("input", func(vugu.DOMEvent) {}))
	s.show(el("div", el("input", "type=checkbox", on("change", func(vugu.DOMEvent) {})), field))
	s.expectDone(s.show(el("div", el("input", "type=text", on("input", func(vugu.DOMEvent) {})))), "remove <input>")
}

func TestPropertiesAreSetAfterTheChildrenAndOnlyWhereTheyDiffer(t *testing.T) { // vugu.md B8
	s := newStage(t)
	choice := func(one, two string) *vugu.VGNode {
		return el("select", property("value", `"2"`), el("option", property("selected", one)), el("option", property("selected", two)))
	}
	done := s.show(choice("false", "true"))
	if at := slices.Index(done, "property value of <select>"); at != len(done)-1 {
		t.Errorf("done: %q; expected the value of <select> to be set last", done)
	}
	s.expectDone(s.show(choice("false", "true")))
	s.page.setProperty(s.page.find(t, "select"), "value", []byte(`"1"`)) // the reader chose
	s.expectDone(s.show(choice("false", "true")), "property value of <select>")
}

func TestComponentsInsideSVGInheritItsNamespace(t *testing.T) { // vugu.md B13
	s := newStage(t)
	bar := &component{markup: func(*builder) *vugu.VGNode { return el("g", el("rect")) }}
	s.showBy(func(b *builder) *vugu.VGNode {
		return el("div", el("svg", b.use(bar), el("foreignObject", el("p"))), el("g"))
	})
	s.expect("<div><svg:svg><svg:g><svg:rect></svg:rect></svg:g><svg:foreignObject><p></p></svg:foreignObject></svg:svg><g></g></div>")
}

func TestAnElementOfAnotherNamespaceIsNotReused(t *testing.T) {
	s := newStage(t)
	s.show(el("div", el("a")))
	s.show(el("div", el("a", func(n *vugu.VGNode) { n.Namespace = "svg" })))
	s.expect("<div><svg:a></svg:a></div>")
}

// TestWhatATranslatorDoesToTextsIsMended holds it for the two ways of browsers that translate a page: a text is put into
// an element of theirs, or replaced by another.
func TestWhatATranslatorDoesToTextsIsMended(t *testing.T) {
	for _, way := range []string{"wrapped", "replaced"} {
		s := newStage(t)
		line := func(name string, kids ...any) *vugu.VGNode {
			return el("p", append([]any{"id=p", text("Hello "), el("b", "id=b", text(name)), text(", how are you?")}, kids...)...)
		}
		s.show(line("Anna"))
		p := s.page.find(t, "p")
		for i, kid := range slices.Clone(s.page.at(p).kids) {
			if s.page.at(kid).tag != "" {
				continue
			}
			s.page.detach(kid)
			foreign := s.page.createText("x")
			if way == "wrapped" {
				foreign = s.page.createElement("", "font")
				s.page.insert(foreign, kid, 0)
			}
			s.page.at(p).kids = slices.Insert(s.page.at(p).kids, i, foreign)
			s.page.at(foreign).parent = p
		}
		s.show(line("Ben"))
		s.show(line("Ben", el("i", "id=i"), text("!")))
		s.expect("<p id=p>Hello <b id=b>Ben</b>, how are you?<i id=i></i>!</p>")
		s.show(el("p", "id=p", el("b", "id=b", text("Ben"))))
		s.expect("<p id=p><b id=b>Ben</b></p>")
	}
}

func TestATokenOfMathMLHoldsHTML(t *testing.T) {
	s := newStage(t)
	s.show(el("math", el("mfrac", el("mi", el("button", "id=link")), el("mn", text("2")))))
	for tag, want := range map[string]string{"math": mathMLNamespace, "mfrac": mathMLNamespace, "mi": mathMLNamespace, "link": ""} {
		if got := s.page.at(s.page.find(t, tag)).namespace; got != want {
			t.Errorf("%s has the namespace %q, expected %q", tag, got, want)
		}
	}
}
