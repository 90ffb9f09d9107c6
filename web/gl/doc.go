// Package gl draws a [paint.Batch] with WebGL2, and its labels on a 2D canvas over it.
//
//	r, err := gl.New(canvas, overlay, gl.RequestFrame(page.Invalidate))
//	r.Show(batch) // on animation frames; what is on the canvas already stays there
//
// # What a frame costs
//
// One instanced draw call per kind of thing; for panels one per stretch of those that can be seen, so
// that a tower of a hundred thousand is a few calls, and a close look at it a few hundred panels. Arrays
// are sent again only when their Version changed, values only by the rows of the texture that Changed
// touches, labels only when one of them differs. A frame in which only the camera moved sends 160 bytes, and one in
// which nothing changed sends nothing. Drawing allocates nothing.
//
// Where a CPU draws in the place of a GPU, it computes both sides of a branch in a shader, and shades what something
// nearer hides. Therefore panels without numbers have a program of their own, and of a front behind another one of
// its size only the visible part is drawn.
//
// # Where things are
//
// [Renderer] decides what to send and what to draw, in plain Go over the small interface device, so
// tests run it natively against a recording fake. In the browser, device is a set of //go:wasmimport
// functions that static/gl.js provides as module "gl": integers, and pointers into Go's memory. The
// shaders are the .glsl files: both halves of a program stand in one file, under #ifdef VERTEX, after
// the text of frame.glsl.
//
// # A lost context
//
// The browser may take the GPU away at any time. Then [Renderer.Lost] is true and Draw does nothing;
// when the context comes back, everything is made anew, and the last batch is drawn again.
//
// # How light is computed
//
// Colours are mixed in linear light where they stand for light that meets in one pixel (cells under a
// pixel, smooth edges of cells), and in sRGB where the design says "so many percent towards paper". The
// index of a cell's number is computed with integers, so it is exact up to 16 777 216 values. No shader
// relies on NaN or on a derivative of zero, so software and hardware draw alike.
package gl
