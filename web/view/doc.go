// Package view is the shell of the page: header, stage bar, inspector, legend, minimap and the notes on the
// scene, with the slots in which the components of features stand, and what several features draw alike.
//
// A .vugu file is markup only; the struct that it belongs to, and all logic, stand in a .go file beside it.
// The generated *_gen.go files are committed; scripts/generate writes them again, here and in every other
// folder of components.
//
// Root is mounted into #app of static/index.html, whose body is the grid that lays everything out: the
// elements of #app and of Root are no boxes (display: contents), so the header, the stage bar, the
// inspector and the token strip stand around the scene's canvas, and .over lies on it. Until the program
// runs, index.html shows what Root draws first; a test holds the two equal.
//
// Components hold no state, only what a build needs while it runs: all of them read feature.State through
// their Screen, and send messages through it. What a component asks of the state it asks in Compute, once
// per build. There are no style attributes, which the page's Content-Security-Policy forbids: lengths
// and colours that follow data are attributes of SVG elements.
//
// GLASSBOX_PREVIEW=FOLDER go test -run Preview writes the page in many states as files for a browser.
package view

//go:generate ../../scripts/generate
