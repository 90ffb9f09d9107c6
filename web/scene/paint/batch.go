// Package paint holds what a frame is drawn from: the batch of plain arrays that package gl draws, the
// colours of a theme and the scale of values, and the store of the numbers that panels show, with their
// averages and norms. It knows neither the camera nor where panels stand.
package paint

// A Batch is what one frame consists of: plain arrays, drawn by package gl in the order
// of its fields with one instanced call each (boxes with one for each span of Seen). An array is sent to the GPU again only
// when its Version changed, so a frame in which only the camera moved sends a matrix.
//
// World space: 1 unit is one cell of a weight, x to the right, y up, z towards the reader. In a very
// high tower y counts from a point that moves with the camera, for all arrays alike.
// Colours are linear-light RGB, 0…1, unless a field says otherwise.
type Batch struct {
	View   View
	Theme  Theme
	Paper  [3]float32 // background, sRGB 0…1
	Ramp   Ramp       // the diverging value scale of the theme
	Clock  float32    // seconds of the flow; what is computed later is not drawn
	Values Values     // what the cells of Boxes show
	Quads  Array      // flat coloured quads: shadows, the spine; QuadFloats each
	Boxes  Array      // panels; BoxFloats each
	Seen   []Span     // which instances of Boxes can be seen; nil: all
	Lines  Array      // connections, rails, arrow shafts; LineFloats each
	Heads  Array      // filled arrow heads (triangles); HeadFloats each
	Strips Array      // over panels and lines, no depth test: rows on their way from a table; QuadFloats each
	Marks  Array      // over everything, no depth test: rings and curves of "this one"; LineFloats each
	Labels []Label    // text and tags, drawn in pixels over the scene
}

// View is the camera of a frame.
type View struct {
	Matrix        [16]float32 // world → clip, column-major as GL wants it
	Eye           [3]float32  // in world space
	Width, Height int         // of the canvas in CSS pixels
	Ratio         float32     // device pixels per CSS pixel
}

// An Array is instances one after another, each of the same number of float32.
type Array struct {
	Data    []float32
	Version int // grows when Data changed
}

// The layouts of an instance, in float32.
const (
	// QuadFloats: corner x y z, edge u (x y z), edge v (x y z), colour r g b a, softness
	// (0 a hard edge; otherwise the width, as a share of the quad, over which alpha falls to 0).
	QuadFloats = 14

	// BoxFloats: left-top-front corner x y z; size in cells w h and depth d (the box spans
	// x…x+w·cw, y…y−h·ch, z…z−d, where cw and ch are its last two numbers); kind colour r g b; fade towards paper 0…1; the cell in
	// column i, row j of the front shows value number base + i·du + j·dv of Values;
	// norm (values are shown as v/norm); edge width in CSS pixels; flags (Flag…); Base and
	// Rows of the tensor's Pyramid, whose Stride is du or dv. Without rows it has no averages.
	// Then when its cells are computed, by Clock: start in seconds, rows per second, and the
	// first and last row to be filled, counted from the panel's first; rows of the tensor
	// run along y if FlagAcross is set, else along x. Each fills along its columns. Then how
	// far before it a box of the same place and size stands, which is drawn whenever this one is; 0 none. At last the size of
	// a cell along x and y, in units.
	BoxFloats = 25

	// BoxFlags is where an instance has its flags.
	BoxFlags = 15

	// LineFloats: from x y z, to x y z, width in CSS pixels, colour r g b a, dash (0
	// solid; otherwise the length in CSS pixels of a dash and of a gap).
	LineFloats = 12

	// HeadFloats: tip x y z, direction x y z (unit, from tail to tip), size in CSS pixels, colour r g b a.
	HeadFloats = 11
)

// The flags of a box; added up.
const (
	FlagEmpty  = 1 // no values yet: outlines and zero paper only
	FlagSignal = 2 // this panel is the selected one: edge in the signal colour
	FlagAcross = 4 // x runs along the columns of the tensor, so its stride is dv; else du
	FlagCoarse = 8 // times Finest of a Pyramid that holds averages only; the numbers of cells count as if these stood before them
)

// Values holds the numbers of all panels, one after another, for a float texture.
// Masked cells hold Masked, and what is NaN or infinite holds NotFinite.
type Values struct {
	Data    []float32
	Changed []Span // what changed since the last frame; nil: nothing; gl clears it
	Version int    // another one when Data was replaced as a whole
	Room    int    // how long Data will be when all values are there, as far as is known
}

// A Span is the values, or the instances, From … To−1.
type Span struct{ From, To int }

// What stands in Values for a cell without a number. Finite on purpose: shaders can't
// be trusted with NaN.
const (
	Masked    = 3e38
	NotFinite = 2e38
)

// A Ramp is a colour scale of 256 sRGB colours: 0 is −norm, 255 is +norm.
type Ramp [256][4]byte

// Theme chooses the set of colour tokens.
type Theme int

// The themes of the design language.
const (
	Light Theme = iota
	Dark
	Projector
)

// A Label is a text at a point of the canvas, in CSS pixels, drawn sharp.
type Label struct {
	Text   string
	Shape  string  // drawn after Text, lighter, in the mono face; may be empty
	X, Y   float32 // anchor: middle of the baseline, unless Align says otherwise
	Align  float32 // −1 begins at X, 0 centred, +1 ends at X
	Size   float32 // font size in CSS pixels
	Bold   bool
	Mono   bool
	Ink    [4]float32 // sRGB 0…1 and alpha
	Fill   [4]float32 // a rounded tag behind the text; alpha 0: none, then the text has a halo of paper
	Edge   [4]float32 // outline of the tag; alpha 0: none
	Dash   bool       // the outline is dashed
	Turned bool       // rises to the right, by 45°, from its anchor
	Pad    float32    // of the tag, CSS pixels at left and right
	High   float32    // height of the tag
	Swatch [4]float32 // a small square before the text; alpha 0: none
	Radius float32    // of the tag's corners, CSS pixels; 0: 4
	Wide   float32    // least width of the tag; the text stands in its middle
}
