//go:build !js

package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/heapprofiler"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// The long run is ./scripts/fuzz-page, which sets these.
var (
	fuzzEvents = flag.Int("events", 450, "how many `events` the fuzz of the page plays")
	fuzzSeed   = flag.Uint64("seed", 1, "the `seed` of the fuzz of the page")
)

// census keeps the objects of WebGL2 that are alive. A lost context has none.
const census = `globalThis.census = new Map(); // to their contexts
for (const name of Object.getOwnPropertyNames(WebGL2RenderingContext.prototype)) {
	const verb = name.match(/^(create|delete)[A-Z]/)?.[1];
	if (!verb) continue;
	const does = WebGL2RenderingContext.prototype[name];
	WebGL2RenderingContext.prototype[name] = function (...args) {
		if (!this.heard) {
			this.heard = true;
			this.canvas.addEventListener("webglcontextlost", () => { for (const [o, gl] of census) if (gl === this) census.delete(o); });
		}
		const made = does.apply(this, args);
		if (verb === "delete") census.delete(args[0]);
		else if (made && !this.isContextLost()) census.set(made, this);
		return made;
	};
}`

// weight is what the page holds once all garbage is gone.
type weight struct {
	Heap, Objects, Memory                float64 // of Go
	References, Functions, Nodes, Asked  float64
	Script, Elements, Listeners, Buffers float64 // of the browser
	GPU                                  float64 // objects of WebGL2; −1 while the browser has taken them away
}

// fuzzer is one run of the fuzz.
type fuzzer struct {
	t      *testing.T
	page   *browser.Page
	seed   uint64
	played int
}

func TestThePageSurvivesWhateverIsDoneToIt(t *testing.T) {
	t.Parallel()
	page := chromium.Page(t)
	browser.Get(page, func(ctx context.Context, t *chromedp.Target) (any, error) {
		return cdp.Call(ctx, t, devtools.AddScriptToEvaluateOnNewDocument, devtools.AddScriptToEvaluateOnNewDocumentParams{Source: census})
	})
	page.Do(chromedp.Navigate(sorting(fmt.Sprintf("%s?fuzz&seed=%d&events=0", addresses()["http"], *fuzzSeed))))
	page.WaitFor(`window.glassbox`)
	browser.Eval[bool](page, `glassbox.ready.then(() => true)`)
	// The largest picture first: memory that it once took stays with the program, in whichever lap it is seen.
	page.Do(chromedp.Navigate(browser.Eval[string](page, `location.href.split("#")[0]`) + "#model=sort&sizes=gpt3"))
	page.WaitFor(`document.querySelector('.this[data-size="gpt3"]')`)
	rest(page)
	f := &fuzzer{t, page, *fuzzSeed, 0}
	lap := min(max(*fuzzEvents/3, 1), 1000)
	var weights []weight
	for f.played < *fuzzEvents {
		f.play(lap)
		weights = append(weights, f.weigh())
		if testing.Verbose() {
			t.Logf("%d events: %+v", f.played, weights[len(weights)-1])
		}
	}
	f.compare(weights)
}

// play plays a lap in a window of another size and theme, then lets the model sort.
func (f *fuzzer) play(events int) {
	f.t.Helper()
	f.window()
	problem := f.patiently(fmt.Sprintf(`glassbox.fuzz(%d)`, events))
	if f.played += events; problem != "" {
		f.fail(problem)
	}
	answer := f.patiently(`(async () => {
		await glassbox.home();
		await glassbox.setPrompt("CCBABA");
		for (let n = 0; n < 6; n++) await glassbox.step();
		const s = glassbox.state();
		return s.tokens.filter((t) => t.generated).map((t) => t.text).join("") + s.last?.text;
	})()`)
	if answer != "AABBCC" {
		f.fail(fmt.Sprintf("the model sorts CCBABA to %q", answer))
	}
	if len(f.page.Errors()) > 0 {
		f.fail("the page reports errors")
	}
}

// window gives the browser's window a size and a theme that belong to the lap.
func (f *fuzzer) window() {
	r := rand.New(rand.NewPCG(f.seed, uint64(f.played)))
	size := [][2]int64{{800, 600}, {390, 844}, {844, 390}, {320, 256}, {1440, 900}, {800, 600}}[r.IntN(6)]
	theme := []string{"light", "dark"}[r.IntN(2)]
	motion := []string{"no-preference", "reduce"}[r.IntN(2)]
	f.page.Do(chromedp.EmulateViewport(size[0], size[1], coarse), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: motion}}})
		return err
	}))
}

// patiently evaluates what takes longer than a test's usual patience; a page that has
// crashed never answers.
func (f *fuzzer) patiently(expression string) string {
	f.t.Helper()
	browser.Eval[bool](f.page, `(globalThis.answer = undefined, `+expression+`.then((a) => { answer = "=" + a; }, (e) => { answer = "!" + e; }), true)`)
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if answer := browser.Eval[string](f.page, `globalThis.answer ?? ""`); answer != "" {
			if answer[0] == '!' {
				f.fail(answer)
			}
			return answer[1:]
		}
		if browser.Eval[bool](f.page, `!document.querySelector("#fail").hidden`) {
			break
		}
	}
	f.fail("the page does not answer")
	return ""
}

// fail ends the test with what is needed to see the failure again.
func (f *fuzzer) fail(what string) {
	f.t.Helper()
	last := browser.Eval[[]string](f.page, `glassbox.fuzzed`)
	f.t.Fatalf("%s\nseed %d, after at most %d events; the last ones:\n\t%s\nthe page reports: %s\nagain: ./scripts/fuzz-page %d %d", what, f.seed, f.played,
		strings.Join(last, "\n\t"), strings.Join(f.page.Errors(), "\n\t"), *fuzzEvents, f.seed)
}

// weigh measures the page in its first view.
func (f *fuzzer) weigh() weight {
	f.t.Helper()
	f.page.Do(chromedp.EmulateViewport(800, 600, coarse))
	f.patiently(`glassbox.home()`)
	rest(f.page)
	// Finalizers run after the call that collects garbage, so what counts is the second one.
	w := browser.Eval[weight](f.page, `(glassbox.weigh(), new Promise((r) => setTimeout(() => r(glassbox.weigh()), 50)))`)
	heap := browser.Get(f.page, func(ctx context.Context, t *chromedp.Target) (runtime.GetHeapUsageResult, error) {
		if _, err := cdp.Call(ctx, t, heapprofiler.CollectGarbage, cdp.Empty{}); err != nil {
			return runtime.GetHeapUsageResult{}, err
		}
		return cdp.Call(ctx, t, runtime.GetHeapUsage, cdp.Empty{})
	})
	w.Script, w.Buffers = heap.UsedSize, heap.BackingStorageSize
	w.Elements = browser.Eval[float64](f.page, `document.querySelectorAll("*").length`)
	w.GPU = browser.Eval[float64](f.page, `glassbox.stats().context ? census.size : -1`)
	return w
}

// kinds is how many kinds of events there are at most: the renderer makes a function for each that it meets, and
// which lap meets one first is chance.
const kinds = 16

// compare fails if the page weighs more at the end of the run than in its first half: the
// least of the last laps against the most of the first ones, so that what comes and goes
// does not count.
func (f *fuzzer) compare(weights []weight) {
	f.t.Helper()
	half := (len(weights) + 1) / 2
	for name, of := range map[string]func(w weight) (value, slack float64){
		"bytes of Go":             func(w weight) (float64, float64) { return w.Heap, 256 << 10 },
		"objects of Go":           func(w weight) (float64, float64) { return w.Objects, 1500 },
		"bytes of Go's memory":    func(w weight) (float64, float64) { return w.Memory, 40 << 20 },
		"references to values":    func(w weight) (float64, float64) { return w.References, 150 },
		"functions":               func(w weight) (float64, float64) { return w.Functions, kinds },
		"nodes":                   func(w weight) (float64, float64) { return w.Nodes, 8 },
		"questions":               func(w weight) (float64, float64) { return w.Asked, 0 },
		"bytes of JavaScript":     func(w weight) (float64, float64) { return w.Script, 512 << 10 },
		"bytes in buffers":        func(w weight) (float64, float64) { return w.Buffers, 24 << 20 },
		"elements":                func(w weight) (float64, float64) { return w.Elements, 8 },
		"objects on the graphics": func(w weight) (float64, float64) { return w.GPU, 0 },
	} {
		most, least, slack := math.Inf(-1), math.Inf(1), 0.0
		for i, w := range weights {
			value, room := of(w)
			if slack = room; value < 0 {
				continue
			}
			if i < half {
				most = max(most, value)
			} else {
				least = min(least, value)
			}
		}
		if !math.IsInf(most, 0) && !math.IsInf(least, 0) && least > most+slack {
			f.t.Errorf("the page grows: %v %s at first, %v at the end (seed %d, %d events)", most, name, least, f.seed, f.played)
		}
	}
}
