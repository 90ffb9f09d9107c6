//go:build !js

package gl_test

import (
	"encoding/base64"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
	"glassbox/web/gl/testdata/known"
	"glassbox/web/scene/paint"
)

// What all tests share: the folder with the demo, and a browser.
var (
	built    string
	chromium *browser.Browser
)

func TestMain(m *testing.M) {
	os.Exit(func() int {
		folder, err := os.MkdirTemp("", "glassbox-demo-")
		if err == nil {
			defer os.RemoveAll(folder)
			built, err = folder, build(folder)
		}
		if err == nil {
			chromium, err = browser.Start()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer chromium.Close()
		return m.Run()
	}())
}

// build puts testdata/demo into a folder, where it needs no server.
func build(folder string) error {
	wasm := filepath.Join(folder, "demo.wasm")
	compile := exec.Command("go", "build", "-o", wasm, "./testdata/demo")
	compile.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=simd,nojsonv2") // as the page
	if out, err := compile.CombinedOutput(); err != nil {
		return fmt.Errorf("building the demo: %v\n%s", err, out)
	}
	program, err := os.ReadFile(wasm)
	if err != nil {
		return err
	}
	script := `globalThis.wasmBase64 = "` + base64.StdEncoding.EncodeToString(program) + `";`
	if err := os.WriteFile(filepath.Join(folder, "wasm.js"), []byte(script), 0o644); err != nil {
		return err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	for _, file := range []string{
		"testdata/demo/index.html", "testdata/demo/demo.js", "testdata/demo/demo.css", "../../static/gl.js",
		filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"),
	} {
		text, err := os.ReadFile(file)
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, filepath.Base(file)), text, 0o644)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// open opens testdata/demo from the disk, without a server.
func open(t *testing.T, hash string) *browser.Page {
	t.Helper()
	page := chromium.Tab(t)
	page.Do(chromedp.Navigate("file://" + filepath.Join(built, "index.html") + hash))
	page.WaitFor(`demo.failed || demo.state !== "loading"`)
	return page
}

// demo opens the demo, which must be able to draw.
func demo(t *testing.T, hash string) *browser.Page {
	t.Helper()
	page := open(t, hash)
	if failed := browser.Eval[string](page, `demo.failed || ""`); failed != "" {
		t.Fatal(failed)
	}
	return page
}

type rgb [3]float64

// at draws and then reads a pixel, at a place in cells of the grid.
func at(page *browser.Page, draw string, x, y float64) rgb {
	return pixel(page, fmt.Sprintf(`(%s, demo.at(%d, %d))`, draw, int(x*known.CellPixels), int(y*known.CellPixels)))
}

func pixel(page *browser.Page, js string) rgb {
	got := browser.Eval[[]float64](page, js)
	return rgb{got[0], got[1], got[2]}
}

func hex(v uint32) rgb { return rgb{float64(v >> 16), float64(v >> 8 & 255), float64(v & 255)} }

// mix goes a share of the way to another colour, in sRGB.
func (c rgb) mix(d rgb, share float64) rgb {
	for i := range c {
		c[i] += share * (d[i] - c[i])
	}
	return c
}

// mean is the colour of both in equal parts of linear light.
func (c rgb) mean(d rgb) (m rgb) {
	light := func(v float64) float64 { return math.Pow((v/255+0.055)/1.055, 2.4) }
	for i := range c {
		m[i] = 255 * (1.055*math.Pow((light(c[i])+light(d[i]))/2, 1/2.4) - 0.055)
	}
	return m
}

func (c rgb) near(d rgb, tolerance float64) bool {
	for i := range c {
		if math.Abs(c[i]-d[i]) > tolerance {
			return false
		}
	}
	return true
}

// theme is what a test must know of one.
type theme struct {
	name                                       string
	number                                     paint.Theme
	paper, ink, zero, negative, positive, half rgb
	activation, weight, signal                 rgb
	tint                                       float64
}

var themes = []theme{
	{"light", paint.Light, hex(0xfaf9f6), hex(0x191b1f), hex(0xf1efea), hex(0xa8330a), hex(0x15459f), hex(0x6f9be0),
		hex(0x0b7f6f), hex(0x6f47c8), hex(0xcc1462), 0.13},
	{"dark", paint.Dark, hex(0x111317), hex(0xeceef1), hex(0x262a31), hex(0xffa066), hex(0x86baff), hex(0x2f68c4),
		hex(0x3cc4ad), hex(0xa88cf4), hex(0xff6aa8), 0.16},
}

func TestPictureOfAKnownBatch(t *testing.T) {
	page := demo(t, "#debug")
	for _, th := range themes {
		draw := fmt.Sprintf("demo.grid(%d)", th.number)
		ground := th.zero.mix(th.activation, th.tint)
		for _, c := range []struct {
			what string
			x, y float64
			want rgb
		}{
			{"paper", 0.2, 0.2, th.paper},
			{"the cell −norm", 1.5, 1.5, th.negative},
			{"the cell 0", 3.5, 1.5, th.zero.mix(th.zero.mix(th.activation, th.tint), 0.35)},
			{"the cell +norm/2", 4.5, 1.5, th.half},
			{"the cell +norm", 5.5, 1.5, th.positive},
			{"the cell beyond norm", 6.5, 1.5, th.positive},
			{"the second row", 4.5, 2.5, th.negative},
			{"the middle of a masked cell", 1.48, 2.48, ground.mix(th.activation, 0.38)},
			{"a masked cell", 1.25, 2.25, ground},
			{"the gap between cells", 2.0, 1.5, ground},
			{"the margin of a panel", 0.8, 2, ground},
			{"the edge", 0.65, 2, th.activation},
			{"outside the edge", 0.55, 2, th.paper},
			{"an empty panel", 9.5, 2.5, th.zero.mix(th.weight, th.tint)},
			{"the edge of the selected panel", 8.6, 2.5, th.signal},
			{"a mark, though behind a panel", 11, 1.5, hex(0xff0000)},
			{"a strip, though behind a panel", 12.5, 2.4, hex(0x0000ff)},
			{"a quad at half alpha", 2, 7, th.paper.mix(hex(0xff0000), 0.5)},
			{"a line", 9, 7, hex(0x0000ff)},
			{"a dash", 7.25, 9, hex(0x0000ff)},
			{"the gap of a dashed line", 7.75, 9, th.paper},
			{"an arrow head", 14.2, 7, hex(0x00ff00)},
			{"beside the tip of an arrow head", 14.8, 7.3, th.paper},
		} {
			if got := at(page, draw, c.x, c.y); !got.near(c.want, 3) {
				t.Errorf("%s, %s: got %.0f, expected %.0f", th.name, c.what, got, c.want)
			}
		}
		checkHatch(t, page, th, draw)
	}
	page.NoErrors()
}

// checkHatch reads across the cell without a number: it must be striped in ink and ground.
func checkHatch(t *testing.T, page *browser.Page, th theme, draw string) {
	low, high := 255.0, 0.0
	for x := 2.15; x < 2.85; x += 0.05 {
		green := at(page, draw, x, 2.5)[1]
		low, high = min(low, green), max(high, green)
	}
	if high-low < 100 {
		t.Errorf("%s: the cell that is not finite has green from %.0f to %.0f, expected stripes", th.name, low, high)
	}
}

func TestLabelsStandOnTheOverlay(t *testing.T) {
	page := demo(t, "")
	over := func(x, y int) rgb { return pixel(page, fmt.Sprintf(`(demo.grid(0), demo.over(%d, %d))`, x, y)) }
	alpha := func(x, y int) float64 {
		return browser.Eval[float64](page, fmt.Sprintf(`(demo.grid(0), demo.overlay.getContext("2d").getImageData(%d, %d, 1, 1).data[3])`, x, y))
	}
	if got := over(285, 226); !got.near(hex(0x00ff00), 2) {
		t.Errorf("the tag is %.0f, expected green", got)
	}
	if got := alpha(200, 200); got != 0 {
		t.Errorf("where no label is, alpha is %v", got)
	}
	ink := browser.Eval[int](page, `(demo.grid(0), (() => {
		const d = demo.overlay.getContext("2d").getImageData(50, 220, 100, 25).data;
		let n = 0;
		for (let k = 0; k < d.length; k += 4) n += d[k + 3] > 240 && d[k] < 128 && d[k + 2] < 128;
		return n })())`)
	if ink < 15 {
		t.Errorf("%d pixels of ink in the first label, expected three strokes", ink)
	}
	page.NoErrors()
}

func TestFarCellsAreTheMeanOfTheirLight(t *testing.T) {
	page := demo(t, "#debug")
	for _, th := range themes {
		want := th.negative.mean(th.positive)
		for _, density := range []float64{1.5, 2, 4} {
			got := pixel(page, fmt.Sprintf(`(demo.checker(%d, %v), demo.at(%d, %d))`, th.number, density, known.Width/2+3, known.Height/2-4))
			// At 1.5 cells per pixel, a pixel holds up to 1.25 times as much of one sign.
			if tolerance := map[bool]float64{true: 25, false: 3}[density < 2]; !got.near(want, tolerance) {
				t.Errorf("%s, %v cells per pixel: got %.0f, expected %.0f", th.name, density, got, want)
			}
		}
	}
	page.NoErrors()
}

func TestCellsTooManyToReadAreAveragedInEachPixel(t *testing.T) {
	page := demo(t, "#debug")
	for _, th := range themes {
		want := th.negative.mean(th.positive)
		for _, density := range []float64{5.5, 7.5, 21, 50} {
			for _, off := range [][2]int{{0, 0}, {-1, 1}, {1, -1}} {
				got := pixel(page, fmt.Sprintf(`(demo.checker(%d, %v), demo.at(%d, %d))`, th.number, density, known.Width/2+off[0], known.Height/2+off[1]))
				if !got.near(want, 3) {
					t.Errorf("%s, %v cells per pixel: got %.0f, expected %.0f", th.name, density, got, want)
				}
			}
		}
	}
	page.NoErrors()
}

// TestAveragesAloneLookAsTheirCells, from afar and, for there are no cells to be seen, from close by.
func TestAveragesAloneLookAsTheirCells(t *testing.T) {
	page := demo(t, "#debug")
	for _, th := range themes {
		want := th.negative.mean(th.positive)
		for _, level := range []int{1, 2, 3} {
			for _, density := range []float64{0.2, 2, 7.5, 50} {
				got := pixel(page, fmt.Sprintf(`(demo.coarse(%d, %v, %d), demo.at(%d, %d))`, th.number, density, level, known.Width/2, known.Height/2))
				if !got.near(want, 3) {
					t.Errorf("%s, level %d, %v cells per pixel: got %.0f, expected %.0f", th.name, level, density, got, want)
				}
			}
		}
	}
	page.NoErrors()
}

func TestWhatAPanelHidesIsLeftOutUnseen(t *testing.T) {
	page := demo(t, "#debug")
	for _, from := range [][2]float64{{-17, 9}, {0, 0}, {30, -20}, {-60, 5}, {4, 70}, {-1, 1}, {120, 10}, {180, 0}} {
		for _, pile := range []string{"true, false", "true, true", "false, true"} {
			differ := browser.Eval[int](page, fmt.Sprintf(`(() => {
				const picture = (pile) => { demo.stack(%[1]d, %[2]v, %[3]v, ...pile); return demo.all(); };
				const a = picture([false, false]), b = picture([%[4]s]);
				let n = 0;
				for (let k = 0; k < a.length; k++) n += Math.abs(a[k] - b[k]) > 32;
				return n;
			})()`, paint.Light, from[0], from[1], pile))
			if differ > 30 { // outlines are up to a third of a pixel wider or narrower; a hole would be a line of paper
				t.Errorf("seen from %v, cut and hollow %s: %d channels of pixels differ by more than 32", from, pile, differ)
			}
		}
	}
	page.NoErrors()
}

// TestEdgesAreSmooth compares pictures of boxes from the side: with samples some pixels of their outlines lie between
// two colours, and a frame at rest has the same ones after a coarse one, and where they must stop on their way.
func TestEdgesAreSmooth(t *testing.T) {
	pictures := map[string]string{}
	for _, hash := range []string{"#debug", "#debug#plain", "#debug#stop"} {
		page := demo(t, hash)
		const sum = `(() => { let h = 0; for (const v of demo.all()) h = (h * 31 + v) >>> 0; return demo.canvas.width + ": " + h; })()`
		first := browser.Eval[string](page, `(demo.stack(0, 30, -20, false, false), `+sum+`)`)
		coarse := browser.Eval[string](page, `(demo.coarsen(0.5), `+sum+`)`)
		again := browser.Eval[string](page, `(demo.coarsen(1), `+sum+`)`)
		if first != again || coarse == first {
			t.Errorf("%s: at rest %s, coarse %s, at rest again %s", hash, first, coarse, again)
		}
		pictures[hash] = first
		page.NoErrors()
	}
	if pictures["#debug"] == pictures["#debug#plain"] || pictures["#debug"] != pictures["#debug#stop"] {
		t.Errorf("the pictures are %v", pictures)
	}
}

func TestOneChangedValueIsDrawn(t *testing.T) {
	page := demo(t, "#debug")
	at(page, "demo.grid(0)", 1, 1)
	if got := at(page, "demo.change(0, 2)", 1.5, 1.5); !got.near(hex(0x15459f), 3) {
		t.Errorf("the changed cell is %.0f, expected the colour of +norm", got)
	}
	if got := browser.Eval[int](page, `demo.stats().bytes`); got != 4*12 {
		t.Errorf("%d bytes were sent for one changed row of 12 values", got)
	}
	page.NoErrors()
}

func TestDrawAsksForFramesUntilTheShadersAreReady(t *testing.T) {
	page := demo(t, "#warm#again")
	page.Do(chromedp.Evaluate[chromedp.Void](`demo.grid(0)`))
	page.WaitFor(`demo.stats().drawCalls === 6`)
	page.NoErrors()
}

func TestMeasureIsTheWidthThatLabelsTake(t *testing.T) {
	page := demo(t, "")
	light := browser.Eval[float64](page, `demo.measure("query 漢", 12, false, false)`)
	bold := browser.Eval[float64](page, `demo.measure("query 漢", 24, true, false)`)
	mono := browser.Eval[float64](page, `demo.measure("ii", 10, false, true) - demo.measure("mm", 10, false, true)`)
	if light < 20 || light > 100 || bold < 2*light || mono != 0 {
		t.Errorf("got %v, twice as large and bold %v, difference of mono %v", light, bold, mono)
	}
	page.NoErrors()
}

func TestLostContextComesBackWithTheSamePicture(t *testing.T) {
	page := demo(t, "")
	for _, draw := range []string{"demo.grid(0)", "demo.tower(1, 60, 600, 400, 1, 2)"} {
		if got := browser.Eval[string](page, fmt.Sprintf(`(%s, demo.lose(() => demo.turn(2, 3)))`, draw)); got != "" {
			t.Errorf("%s: %s", draw, got)
		}
	}
	if got := browser.Eval[int](page, `demo.stats().restored`); got != 2 {
		t.Errorf("the context was restored %d times, expected 2", got)
	}
	page.NoErrors()
}

func TestWithoutWebGL2TheErrorIsASentence(t *testing.T) {
	page := open(t, "#taken")
	got := browser.Eval[string](page, `demo.failed || ""`)
	if want := "This browser offers no WebGL2, so there is no 3D picture."; got != want {
		t.Errorf("got %q, expected %q", got, want)
	}
	page.NoErrors()
}

func TestStubsAnswerEveryImport(t *testing.T) {
	page := demo(t, "")
	if got := browser.Eval[string](page, `(() => {
		const real = Object.keys(glassboxGL(() => null)), stubs = glassboxGL.stubs();
		const silent = real.filter((name) => stubs[name]?.(1, 2, 3) !== 0);
		return real.length < 10 ? "too few imports" : silent.join(" ");
	})()`); got != "" {
		t.Errorf("stubs are missing or not silent: %s", got)
	}
	page.NoErrors()
}
