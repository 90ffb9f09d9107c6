package main

import (
	_ "embed" // what is evaluated in the page
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"path/filepath"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
	"glassbox/web/app"
	"glassbox/web/feature/sizes"
)

//go:embed calibration.js
var calibration string

//go:embed measure.js
var measure string

// A tab is the page in a browser of its own.
type tab struct {
	*browser.Page
	host    *browser.Host
	address string
}

// open starts a fresh browser on the page at path, with one of the models that it carries.
func open(path, model string) *tab {
	h := &browser.Host{}
	server := httptest.NewServer(http.FileServer(http.Dir(filepath.Dir(path))))
	h.Cleanup(server.Close)
	t := &tab{browser.New(h), h, server.URL + "/" + filepath.Base(path) + "#model=" + model}
	t.load()
	return t
}

// load loads the page, and waits until the model has run and the first picture is there.
func (t *tab) load() {
	t.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(t.address))
	t.WaitFor(`window.glassbox`)
	browser.Eval[bool](t.Page, `glassbox.ready.then(() => true)`)
}

// prepare prepares the page to measure beside a calibration scene of so many instanced cubes.
func (t *tab) prepare(instances int) {
	browser.Eval[bool](t.Page, calibration+measure+fmt.Sprintf(`; globalThis.bench = measuring(%d); true`, instances))
}

// The instanced cubes of the calibration scene: what the best-known visualizer draws for most models, and for GPT-3.
const cubes, cubesOfGPT3 = 7976, 55122

// stats is what the figures need of glassbox.stats().
type stats struct {
	FirstFrame, Ready         float64
	DrawCalls, GLCalls, Bytes float64
}

func (t *tab) stats() stats { return browser.Eval[stats](t.Page, `glassbox.stats()`) }

// frameStats returns the stats of the last frame that bench.frames measured.
func (t *tab) frameStats() stats { return browser.Eval[stats](t.Page, `bench.cost()`) }

// pairs are times of the page and of the calibration scene, measured in turn.
type pairs [][2]float64

// split returns the medians.
func (p pairs) split() (ours, theirs float64) {
	var a, b []float64
	for _, pair := range p {
		a, b = append(a, pair[0]), append(b, pair[1])
	}
	return median(a), median(b)
}

// frames returns the median times in milliseconds of frames of the page and of the calibration scene, after some that
// warm up.
func (t *tab) frames(rounds int) (ours, theirs float64) {
	const warm = 3
	var p pairs
	for range warm + rounds {
		p = append(p, browser.Eval[[2]float64](t.Page, `bench.frames()`))
	}
	return p[warm:].split()
}

// measureScene measures frames of the calibration scene, and of the page relative to it.
func measureScene(path string) {
	t := open(path, "sort")
	defer t.host.Close()
	t.prepare(cubes)
	ours, theirs := t.frames(31)
	window := fmt.Sprintf("window of %d×%d", browser.Width, browser.Height)
	printFigure("calibration.frame", theirs, "ms", 0, "219 draws of a cube and one of 7,976, the fourth frame in a row, until readPixels has its pixel; "+window)
	printFigure("frame.orbit", ours, "ms", ours/theirs, "the fourth frame of the whole model while it turns, until readPixels; ratio: to calibration.frame, in turn")
	s := t.frameStats()
	printFigure("frame.drawCalls", s.DrawCalls, "calls", s.DrawCalls/220, "of a frame that orbits; ratio: to the calibration scene")
	printFigure("frame.calls", s.GLCalls, "calls", 0, "from Go to JavaScript in that frame")
	printFigure("frame.bytes", s.Bytes, "bytes", 0, "sent to the GPU and the labels in that frame")
	ours, theirs = browser.Eval[pairs](t.Page, `bench.intervals(5, 12)`).split()
	printFigure("frame.interval", ours, "ms", ours/theirs, "from frame to frame with labels and the browser's own work; ratio: to the calibration scene's")
}

// measureSizes measures a frame of each size of the comparison: the camera before that one, turning.
func measureSizes(path string) {
	s := app.New(app.Shipped(func(string) bool { return true }))
	for _, z := range sizes.List(&s) {
		t := open(path, "sort&sizes="+z.ID)
		instances, note := cubes, "ratio: to calibration.frame, in turn"
		if z.ID == "gpt3" {
			instances, note = cubesOfGPT3, fmt.Sprintf("ratio: to a calibration.frame of %d cubes, in turn", cubesOfGPT3)
		}
		t.prepare(instances)
		ours, theirs := t.frames(9)
		s := t.frameStats()
		name := "frame.size." + z.ID
		printFigure(name, ours, "ms", ours/theirs, z.Label+" as structure beside the other sizes; "+note)
		printFigure(name+".drawCalls", s.DrawCalls, "calls", 0, "of that frame")
		printFigure(name+".bytes", s.Bytes, "bytes", 0, "sent to the GPU and the labels in that frame")
		t.host.Close()
	}
}

// measureWorker measures the model in the page's worker, and how long a keystroke takes.
func measureWorker(path string, native [2]float64) {
	t := open(path, "sort")
	defer t.host.Close()
	full, token := t.engine(texts[:], prompted, 300)
	note := "in the page's worker, the median of 225; ratio: to native.engine"
	printFigure("browser.engine.forward", full, "ms", full/native[0], note)
	printFigure("browser.engine.token", token, "ms", token/native[1], note)
	t.printKeystroke("keystroke", texts[:])
}

// measureLanguage measures the same with the model that writes English.
func measureLanguage(path string) {
	texts, err := prompts()
	if err != nil {
		log.Fatal(err)
	}
	t := open(path, "language")
	defer t.host.Close()
	full, token := t.engine(texts, promptWords, 60)
	printFigure("browser.language.forward", full, "ms", 0, fmt.Sprintf("%d tokens with every step recorded, sampling and the values of all panels", promptWords))
	printFigure("browser.language.token", token, "ms", token/full, "a further token; ratio: to the prompt")
	t.printKeystroke("keystroke.language", texts)
}

// engine returns the median times in milliseconds of runs of texts, which have so many tokens each, and of
// further tokens.
func (t *tab) engine(texts []string, tokens, count int) (full, token float64) {
	list, err := json.Marshal(texts)
	if err != nil {
		log.Fatal(err)
	}
	t.prepare(cubes)
	full = median(browser.Eval[[]float64](t.Page, fmt.Sprintf(`bench.runs(%s, %d, %d)`, list, tokens, count)))
	return full, median(browser.Eval[[]float64](t.Page, fmt.Sprintf(`bench.further(%s, %d)`, list, count)))
}

// printKeystroke prints how long a changed text takes.
func (t *tab) printKeystroke(name string, texts []string) {
	_, theirs := t.frames(9)
	var typed []float64
	for k := range 15 {
		typed = append(typed, browser.Eval[float64](t.Page, fmt.Sprintf("bench.pixels(%q)", texts[k%len(texts)])))
	}
	printFigure(name, median(typed), "ms", median(typed)/theirs, "from the changed text to the pixels of its numbers; ratio: to a calibration.frame")
}

// measureLoad measures the start with a model: in a browser that was just started, and in one that runs.
func measureLoad(path, model string) {
	var fresh, again [2][]float64
	note := func(into *[2][]float64, s stats) {
		into[0], into[1] = append(into[0], s.FirstFrame), append(into[1], s.Ready)
	}
	for n := range 3 {
		t := open(path, model)
		note(&fresh, t.stats())
		for range 5 * (n / 2) { // in the last one
			t.load()
			note(&again, t.stats())
		}
		t.host.Close()
	}
	for i, what := range []string{"firstFrame", "ready"} {
		a, b := median(fresh[i]), median(again[i])
		printFigure("load."+model+"."+what+".fresh", a, "ms", 0, "from opening the page, in a browser that was just started")
		printFigure("load."+model+"."+what, b, "ms", b/a, "in a browser that runs; ratio: to the fresh one")
	}
}
