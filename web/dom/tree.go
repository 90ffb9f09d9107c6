package dom

import (
	"bytes"
	"slices"

	"github.com/vugu/vugu"
)

// tree is what stands in the page, and how to change it. Its methods panic where the document does;
// the tree is then broken and must be drawn anew.
type tree struct {
	doc          document
	mount        handle
	kids         []*node          // of the mount
	handlers     map[handle]*node // the nodes with event handlers
	toPopulate   []*node          // for vg-js-populate, once the drawing is done
	restoreFocus func()           // gives the focus back, if something that may have it was moved
	guard        func(where string, f func())

	serial     int // of the last node made
	operations int // changes of the page so far
	nodes      int // nodes in the page now
}

// draw makes the page show kids.
func (t *tree) draw(kids []*node) {
	t.drawKids(t.mount, t.kids, kids)
	t.kids = kids
	if t.restoreFocus != nil {
		t.restoreFocus()
		t.restoreFocus = nil
	}
	waiting := t.toPopulate
	t.toPopulate = nil
	for _, n := range waiting {
		t.call("vg-js-populate", n.vg.JSPopulateHandler, n)
	}
}

// clear empties the mount, whatever stands there, and forgets all nodes.
func (t *tree) clear() {
	t.handlers = map[handle]*node{} // first, so that nothing hears the elements go
	t.countChange()
	t.doc.setHTML(t.mount, "")
	t.doc.reset()
	t.kids, t.toPopulate, t.restoreFocus, t.nodes = nil, nil, nil, 0
}

func (t *tree) countChange() { t.operations++ }

func (t *tree) call(what string, h vugu.JSValueHandler, n *node) {
	t.guard(what+" of "+n.String(), func() { t.doc.call(h, n.handle) })
}

// create makes the page's nodes of n and all below it.
func (t *tree) create(n *node) {
	t.countChange()
	t.nodes++
	t.serial++
	n.serial = t.serial
	switch n.vg.Type {
	case vugu.TextNode:
		n.handle = t.doc.createText(n.vg.Data)
		return
	case vugu.CommentNode:
		n.handle = t.doc.createComment(n.vg.Data)
		return
	}
	n.handle = t.doc.createElement(n.namespace, n.vg.Data)
	none := &node{vg: &vugu.VGNode{}}
	t.drawAttributes(n, none)
	if n.vg.JSCreateHandler != nil {
		t.call("vg-js-create", n.vg.JSCreateHandler, n)
	}
	if n.vg.InnerHTML != nil {
		t.countChange()
		t.doc.setHTML(n.handle, *n.vg.InnerHTML)
	}
	for _, kid := range n.kids {
		t.create(kid)
		t.insert(n.handle, kid.handle, 0)
	}
	t.drawProperties(n, none)
	t.drawListeners(n, none)
	if n.vg.JSPopulateHandler != nil {
		t.toPopulate = append(t.toPopulate, n)
	}
}

// update makes the page's node of old show n.
func (t *tree) update(old, n *node) {
	n.handle, n.serial = old.handle, old.serial
	if n.vg.Type != vugu.ElementNode {
		if old.vg.Data != n.vg.Data {
			t.countChange()
			t.doc.setText(n.handle, n.vg.Data)
		}
		return
	}
	t.drawAttributes(n, old)
	t.drawContent(n, old)
	t.drawProperties(n, old)
	t.drawListeners(n, old)
}

// drawContent changes the children of n. An element without any is left alone.
func (t *tree) drawContent(n, old *node) {
	was, is := old.vg.InnerHTML, n.vg.InnerHTML
	switch {
	case is != nil && was != nil && *is == *was:
	case is != nil:
		t.countChange()
		t.doc.setHTML(n.handle, *is)
		for _, kid := range old.kids {
			t.release(kid)
		}
	case was != nil:
		t.countChange()
		t.doc.setHTML(n.handle, "")
		t.drawKids(n.handle, nil, n.kids)
	default:
		t.drawKids(n.handle, old.kids, n.kids)
	}
}

func (t *tree) drawAttributes(n, old *node) {
	for i, a := range n.vg.Attr {
		if i < len(old.vg.Attr) && old.vg.Attr[i] == a {
			continue // the usual case: nothing changed, not even the order
		}
		if was, ok := attribute(old.vg, a.Key); !ok || was != a.Val {
			t.countChange()
			t.doc.setAttribute(n.handle, a.Key, a.Val)
		}
	}
	for i, a := range old.vg.Attr {
		if i < len(n.vg.Attr) && n.vg.Attr[i].Key == a.Key {
			continue
		}
		if _, ok := attribute(n.vg, a.Key); !ok {
			t.countChange()
			t.doc.removeAttribute(n.handle, a.Key)
		}
	}
}

func attribute(v *vugu.VGNode, key string) (string, bool) {
	for _, a := range v.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func (t *tree) drawProperties(n, old *node) {
	for _, p := range n.vg.Prop {
		if isUserEditable(p.Key) && t.doc.hasProperty(n.handle, p.Key, p.JSONVal) || !isUserEditable(p.Key) && hasProperty(old.vg, p) {
			continue
		}
		t.countChange()
		t.doc.setProperty(n.handle, p.Key, p.JSONVal)
	}
}

// isUserEditable reports whether a property is one that readers change, so that only the element knows it.
func isUserEditable(property string) bool {
	return property == "value" || property == "checked" || property == "selected"
}

func hasProperty(v *vugu.VGNode, p vugu.VGProperty) bool {
	for _, was := range v.Prop {
		if was.Key == p.Key {
			return bytes.Equal(was.JSONVal, p.JSONVal)
		}
	}
	return false
}

// drawListeners keeps one listener per kind of event. It finds the handlers through heard, so a new
// handler needs no change of the page.
func (t *tree) drawListeners(n, old *node) {
	for _, spec := range n.vg.DOMEventHandlerSpecList {
		if !hasHandler(old.vg, spec.EventType) {
			t.countChange()
			t.doc.listen(n.handle, spec.EventType)
		}
	}
	for _, spec := range old.vg.DOMEventHandlerSpecList {
		if !hasHandler(n.vg, spec.EventType) {
			t.countChange()
			t.doc.unlisten(n.handle, spec.EventType)
		}
	}
	if len(n.vg.DOMEventHandlerSpecList) > 0 {
		t.handlers[n.handle] = n
	} else if len(old.vg.DOMEventHandlerSpecList) > 0 {
		delete(t.handlers, n.handle)
	}
}

func hasHandler(v *vugu.VGNode, kind string) bool {
	for _, spec := range v.DOMEventHandlerSpecList {
		if spec.EventType == kind {
			return true
		}
	}
	return false
}

// drawKids makes the children of parent show kids instead of old.
func (t *tree) drawKids(parent handle, old, kids []*node) {
	if unchanged(old, kids) {
		for i := range kids {
			t.update(old[i], kids[i])
		}
		return
	}
	t.mend(parent, old)
	from := match(old, kids)
	t.removeRest(old, from)
	for i, n := range kids {
		if from[i] >= 0 {
			t.update(old[from[i]], n)
		} else {
			t.create(n)
		}
	}
	stay := unmoved(from)
	before := handle(0)
	for i := len(kids) - 1; i >= 0; i-- {
		if !stay[i] {
			if from[i] >= 0 && t.restoreFocus == nil {
				t.restoreFocus = t.doc.holdFocus()
			}
			t.insert(parent, kids[i].handle, before)
		}
		before = kids[i].handle
	}
}

// mend puts the children of parent back to where they were drawn, if somebody else has replaced or wrapped a text among
// them. Elements are left alone: what holds no text of ours is an island.
func (t *tree) mend(parent handle, kids []*node) {
	if !slices.ContainsFunc(kids, func(n *node) bool { return n.vg.Type == vugu.TextNode && !t.doc.holds(parent, n.handle) }) {
		return
	}
	handles := make([]handle, len(kids))
	for i, n := range kids {
		handles[i] = n.handle
	}
	t.countChange()
	t.doc.mend(parent, handles)
}

// unchanged reports whether each of kids is alike the old node at its place.
func unchanged(old, kids []*node) bool {
	if len(old) != len(kids) {
		return false
	}
	for i := range kids {
		if !alike(old[i], kids[i]) {
			return false
		}
	}
	return true
}

// removeRest removes the old nodes that from does not mention.
func (t *tree) removeRest(old []*node, from []int) {
	kept := make([]bool, len(old))
	for _, i := range from {
		if i >= 0 {
			kept[i] = true
		}
	}
	for i, n := range old {
		if !kept[i] {
			t.countChange()
			t.doc.remove(n.handle) // may fire a blur, so the handlers are released after it
			t.release(n)
		}
	}
}

func (t *tree) insert(parent, child, before handle) {
	t.countChange()
	t.doc.insert(parent, child, before)
}

// release forgets n and all below it.
func (t *tree) release(n *node) {
	t.nodes--
	delete(t.handlers, n.handle)
	t.doc.release(n.handle)
	for _, kid := range n.kids {
		t.release(kid)
	}
}
