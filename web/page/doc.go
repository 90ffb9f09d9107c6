// Package page is the rest of the browser: it carries events to app.Update, and the
// commands that come back to the worker, the scene, the URL and the clock.
//
// There are two clocks. The interface is rendered when a message changed the state; the
// scene is drawn on animation frames while something moves, and not at all otherwise.
//
// The page's interface for embedders and tests is window.glassbox, in api_js.go.
package page
