package dom

import "github.com/vugu/vugu"

// A handle names a node of the page. 0 names none.
type handle int32

// Namespaces of elements; the empty one is HTML's.
const (
	svgNamespace    = "http://www.w3.org/2000/svg"
	mathMLNamespace = "http://www.w3.org/1998/Math/MathML"
)

// document is all that drawing needs of a browser. The tests put a fake in its place.
type document interface {
	createElement(namespace, tag string) handle
	createText(text string) handle
	createComment(text string) handle

	setText(n handle, text string) // of a text or comment
	setHTML(n handle, html string) // replaces all children
	setAttribute(n handle, name, value string)
	removeAttribute(n handle, name string)
	// setProperty and hasProperty take the value as JSON. hasProperty asks the element itself, which the
	// reader may have changed; values that read alike count as equal.
	setProperty(n handle, name string, json []byte)
	hasProperty(n handle, name string, json []byte) bool

	insert(parent, child, before handle) // before 0: at the end
	remove(n handle)                     // from its parent
	// holds reports whether n is still a child of parent, and mend makes it so for all of kids: texts that others have
	// put between them, or around them, are gone then. A browser that translates a page does both to texts.
	holds(parent, n handle) bool
	mend(parent handle, kids []handle)
	release(n handle) // the handle may name another node from now on
	reset()           // releases all handles but the mount's

	// listen makes the renderer's fire be called for events of this kind.
	listen(n handle, kind string)
	unlisten(n handle, kind string)

	// call hands the element itself to a callback of a component.
	call(h vugu.JSValueHandler, n handle)
	// holdFocus notes which element has the focus; the result gives it back if it was lost.
	holdFocus() (restore func())
	// nextFrame makes the renderer's frame be called on the next animation frame.
	nextFrame()
	// functions returns how many callbacks of JavaScript are alive; close releases them.
	functions() int
	close()
}
