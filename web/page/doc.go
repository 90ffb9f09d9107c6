// Package page connects the program with the browser: it turns events into messages to
// feature.Update, and carries out the commands that come back, with the worker, the scene, the
// URL and the clock.
//
// The interface is rendered when a message changed the state. The scene is drawn on animation
// frames while something moves, and not at all otherwise.
//
// The page's interface for embedders and tests is window.glassbox, in api_js.go.
package page
