package gl

// A handle names an object of a device; 0 names none.
type handle int32

// device is what the renderer needs of WebGL2 and of the overlay. Objects live until reset.
type device interface {
	// program starts to compile and link. linked says whether all programs are done, true where that
	// can't be told. check waits for one and says what is wrong with it, "" if nothing.
	program(vertex, fragment string) handle
	linked() bool
	check(program handle) string
	// array makes a buffer of instances with float32 attributes of these sizes; upload fills it.
	array(sizes []int32) handle
	upload(array handle, data []float32)
	// texture makes a float texture of 1 or 4 channels on a unit; texels sets whole rows or the
	// beginning of one.
	texture(unit, channels, width, height int)
	texels(unit, y, width, height int, data []float32)
	maxTexture() int
	// block sets the uniform block Frame.
	block(data []float32)
	// resize sets the canvases' size in CSS pixels, of which each is ratio device pixels; the scene's canvas
	// is drawn with only that share of them along each axis, and stretched.
	resize(width, height int, ratio, share float32)
	clear(paper [3]float32)
	// draw draws count instances, from the first on, of so many vertices each; fewer than 0 make a strip.
	draw(program, array handle, state state, vertices, first, count int)
	// fence ends a frame: its pixels go to the canvas. busy says whether the GPU still works on it.
	fence()
	busy() bool
	// text gives a text a number for labels; number 0 forgets all texts.
	text(number int, text string)
	labels(data []float32)
	// measure is the width of a text in CSS pixels.
	measure(text string, size float32, flags int) float32
	// reset forgets all handles: the context was lost.
	reset()
}

// state is how a draw call treats depth and alpha; flags are added up.
type state int32

const (
	depthTest  state = 1
	depthWrite state = 2
	blend      state = 4
)
