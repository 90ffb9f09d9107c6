// Package dom draws Vugu components into the page. After each render it compares the new tree with
// the one that it drew before, and changes only what differs: an attribute, a property, a text, a
// child. It replaces Vugu's own renderer, which sends the whole page on each event.
//
// # Using it
//
//	r, err := dom.New("#app", &view.Root{State: state}, dom.OnError(show))
//	r.RenderNow()  // the first picture
//	r.Invalidate() // after the state changed by itself: one render on the next animation frame
//
// Event handlers (@click) run at once, inside the browser's event, so that PreventDefault works; after
// each of them the page is invalidated. They must not wait, for a channel or a reply: the browser waits
// for them. Events that drawing itself causes, such as the blur of an input that is removed, wait until
// the drawing is done. A panic in a handler, in a component or in a callback goes to OnError, and the
// page lives on. While a tab is hidden there are no animation frames, so it is drawn when it shows
// again; RenderNow does not wait.
//
// # How components must be written
//
//   - Components hold no state. Vugu finds nested components again by their position, so an instance may
//     be exchanged for another of its type at any build. Pass pointers to the state in fields.
//   - Inputs are `.value='c.Text()'` and `.checked='c.On()'`, options `.selected='c.Is(o)'`. These are
//     compared with the element itself and set only where they differ, so the caret stays.
//   - Rows that move are components: vg-for and vg-key on a component tag. The row's nodes move with
//     it. Plain elements in vg-for are matched by position.
//   - An element with a dynamic attribute and without children is an island: what others put into it
//     stays. So do attributes, classes and styles that others set on any element.
//   - Markup without any dynamic part is set as innerHTML once and again only when it changes.
//   - vg-js-create runs once, when the element was made and before its children; vg-js-populate runs
//     once, when the element stands in the page with its children. Neither runs on later renders.
//   - `:style` works under a Content-Security-Policy without 'unsafe-inline'; a static style attribute
//     does not, and neither do style, link or script elements (an error): use the page's style sheet.
//   - Listeners of wheel and touch events are passive; to keep the page from scrolling, add a listener
//     of your own to the element.
//   - A component whose root is `<g>` works inside `<svg>`. Vugu writes names in small letters outside of
//     `<svg>`, so linearGradient or viewBox must stand in the template that has the `<svg>`.
//   - Vugu's Rendered callback is not called: a component has nothing to do after a render.
package dom
