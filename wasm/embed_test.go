//go:build !js

package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	cdp "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// asking is the half of the host in the tests: ask(k, verb, …args) is a promise of what frame
// k answers; until(k, verb, test) asks a frame that may not listen yet again and again, until the
// answer passes; said lists what the frames say unasked, strangers the ids of answers that
// nobody here has asked for.
const asking = `(() => {
	let last = 0;
	const waiting = new Map();
	const frames = () => [...document.querySelectorAll("iframe")];
	window.said = [];
	window.strangers = [];
	addEventListener("message", ({ source, data, origin }) => {
		const k = frames().findIndex((f) => f.contentWindow === source);
		if (data.event) said.push({ k, ...data });
		if ("id" in data && !waiting.has(data.id)) strangers.push(data.id);
		waiting.get(data.id)?.({ ...data, origin });
	});
	window.send = (k, message) => frames()[k].contentWindow.postMessage(message, "*");
	window.raw = (k, verb, ...args) => new Promise((resolve) => {
		const id = "test " + ++last;
		waiting.set(id, resolve);
		send(k, { glassbox: 1, id, verb, args });
	});
	window.ask = (k, verb, ...args) => raw(k, verb, ...args).then((a) => a.error ? { error: a.error } : a.ok);
	window.until = async (k, verb, test) => {
		for (;;) {
			const answer = await Promise.race([ask(k, verb), new Promise((r) => setTimeout(r, 1000))]);
			if (answer && test(answer)) return answer;
			await new Promise((r) => setTimeout(r, 30));
		}
	};
	return true;
})()`

// seen is true of the state of a page whose model has run.
const seen = `(s) => s.phase === 2 && s.tokens.length > 0`

// visit opens a page that has embeds and speaks with them.
func visit(t *testing.T, address string) *browser.Page {
	t.Helper()
	page := tab(t)
	page.Do(chromedp.Navigate(address))
	browser.Eval[bool](page, asking)
	return page
}

// hosting serves a page with this body, on an origin of its own, beside the page's one file.
func hosting(t *testing.T, body string) (address string) {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(built)))
	mux.HandleFunc("/host", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><link rel="icon" href="data:,"><script>`+asking+`</script>`+body)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// embedded opens a page with this body.
func embedded(t *testing.T, body string) *browser.Page {
	t.Helper()
	return embeddedAfter(t, "", body)
}

// embeddedAfter opens a page with this body, in which, and in whose frames, a script runs first.
func embeddedAfter(t *testing.T, script, body string) *browser.Page {
	t.Helper()
	page := tab(t)
	first(page, script)
	page.Do(chromedp.Navigate(hosting(t, body) + "/host"))
	return page
}

func TestTheArticleWorksFromAServerAndFromADisk(t *testing.T) {
	t.Parallel()
	for name, address := range addresses() {
		t.Run(name, func(t *testing.T) {
			page := visit(t, strings.TrimSuffix(address, "index.html")+"samples/article.html")
			first := browser.Eval[state](page, `until(0, "state", `+seen+`)`)
			if first.Text != "CBABBC" || first.Stage != "" {
				t.Errorf("the first frame shows %q at %q", first.Text, first.Stage)
			}
			browser.Eval[bool](page, `(document.querySelectorAll("iframe")[1].scrollIntoView({block: "center"}), true)`)
			if s := browser.Eval[state](page, `until(1, "state", `+seen+`)`); s.Panel != "h.0.attn.head.1.attention" {
				t.Errorf("the second frame shows %q", s.Panel)
			}
			pressStart(page, 2)
			if s := browser.Eval[state](page, `until(2, "state", `+seen+`)`); s.Text != "ABCABC" || s.Stage != "softmax" {
				t.Errorf("the third frame shows %q at %q", s.Text, s.Stage)
			}
			noneButIcon(t, page)
		})
	}
}

// pressStart presses the button of a poster, which stands a little below the middle of its
// frame. The frame is put in anew, so that the test hears when it has loaded. A press that came
// before the browser knew where the frame is is made again, after a time in which one that
// arrived has long made the frame say that it is ready.
func pressStart(page *browser.Page, k int) {
	at := browser.Eval[[]float64](page, fmt.Sprintf(`new Promise((loaded) => {
		const frame = document.querySelectorAll("iframe")[%d], place = frame.parentNode;
		frame.remove();
		frame.onload = () => { frame.scrollIntoView({ block: "center" }); loaded(`+drawn+`.then(() => frame.getBoundingClientRect())); };
		frame.loading = "eager";
		place.prepend(frame);
	}).then((r) => [r.left + r.width / 2, r.top + r.height / 2 + 137])`, k))
	for range 4 {
		page.Do(chromedp.MouseClickXY(at[0], at[1]))
		if browser.Eval[bool](page, fmt.Sprintf(`Promise.race([until(%d, "state", () => true).then(() => true), new Promise((r) => setTimeout(r, 10000, false))])`, k)) {
			return
		}
	}
}

// noneButIcon is page.NoErrors but for the icon that the plain sample pages do not have.
func noneButIcon(t *testing.T, page *browser.Page) {
	t.Helper()
	for _, e := range page.Errors() {
		if !strings.Contains(e, "favicon.ico") {
			t.Errorf("the page reports: %s", e)
		}
	}
}

func TestAnEmbedWorksInEveryKindOfFrame(t *testing.T) {
	t.Parallel()
	other := hosting(t, "")
	for name, body := range map[string]string{
		"sandboxed":    `<iframe sandbox="allow-scripts" src="index.html#model=sort&text=CAB" width="900" height="600"></iframe>`,
		"cross-origin": `<iframe src="` + strings.Replace(other, "127.0.0.1", "localhost", 1) + `/index.html#model=sort&text=CAB" width="900" height="600"></iframe>`,
		"srcdoc": `<script>fetch("index.html").then((r) => r.text()).then((html) => {
			const f = Object.assign(document.createElement("iframe"), { sandbox: "allow-scripts", srcdoc: html, width: 900, height: 600 });
			document.body.append(f);
		})</script>`,
	} {
		t.Run(name, func(t *testing.T) {
			page := embedded(t, body)
			page.WaitFor(`said.length > 1`)
			browser.Eval[state](page, `until(0, "state", `+seen+`)`)
			s := browser.Eval[state](page, `ask(0, "setPrompt", "CBABBC")`)
			for range 2 {
				s = browser.Eval[state](page, `ask(0, "step")`)
			}
			if s.Text != "CBABBC" || len(s.Generated) != 2 || s.Problem != nil {
				t.Errorf("it shows %q and wrote %v; problem %v", s.Text, s.Generated, s.Problem)
			}
			if drawn := browser.Eval[bool](page, `ask(0, "stats").then((s) => s.frames > 0 && s.drawCalls > 0)`); !drawn {
				t.Error("nothing was drawn")
			}
			page.NoErrors()
		})
	}
}

func TestThePageAroundCallsTheVerbs(t *testing.T) {
	t.Parallel()
	page := embedded(t, `<iframe sandbox="allow-scripts" src="index.html#model=sort&text=CBABBC" width="1000" height="640"></iframe>`)
	page.WaitFor(`said.some((e) => e.event === "ready") && said.some((e) => e.event === "size")`)
	if size := browser.Eval[[]float64](page, `(({ width, height }) => [width, height])(said.find((e) => e.event === "size"))`); size[0] != 1000 || size[1] < 400 || size[1] > 900 {
		t.Errorf("it would like to be %v large", size)
	}
	for question, want := range map[string]string{
		`ask(0, "state").then((s) => s.text)`:                                                                    "CBABBC",
		`ask(0, "select", "softmax").then((s) => s.stage)`:                                                       "softmax",
		`ask(0, "steps").then((s) => String(s.length > 100))`:                                                    "true",
		`ask(0, "tensor", "probabilities", {rows: [5, 6]}).then((t) => t.data.constructor.name + t.data.length)`: "Float32Array3",
		`ask(0, "explain", "h.0.attn.head.1.scores", 5, 3).then((e) => e.op + e.operands.length)`:                "scores2",
		`ask(0, "step").then((s) => String(s.generated.length))`:                                                 "1",
		`ask(0, "reset").then((s) => String(s.generated.length))`:                                                "0",
		`ask(0, "stats").then((s) => String(s.context))`:                                                         "true",
		`ask(0, "select", "nowhere").then((a) => a.error.slice(0, 8))`:                                           "there is",
		`ask(0, "eval", "1").then((a) => a.error.slice(0, 13))`:                                                  "there is no s",
		`raw(0, "state").then((a) => a.origin)`:                                                                  "null",
	} {
		if got := browser.Eval[string](page, question); !strings.HasPrefix(got, want) || want == "0" && got != want {
			t.Errorf("%s is %q; expected %q", question, got, want)
		}
	}
	missing := browser.Eval[string](page, `ask(0, "nothing").then((a) => a.error)`)
	own := keep(t, addresses()["file"])
	for _, verb := range browser.Eval[[]string](own, `Object.keys(glassbox).filter((v) => glassbox[v] instanceof Function && v !== "orbit")`) {
		if !strings.Contains(missing, verb) {
			t.Errorf("window.glassbox has %s; by message there are only: %s", verb, missing)
		}
	}
	page.NoErrors()
}

// hostile are messages that deserve no answer.
const hostile = `[null, 0, "", "slide:", "x".repeat(1 << 20), [], {}, { glassbox: 1 }, { glassbox: 1, id: 1 }, { glassbox: "1", id: 1, verb: "state" },
	{ glassbox: 1, id: {}, verb: "reset" }, { glassbox: 1, id: "x".repeat(1 << 20), verb: "reset" }, { glassbox: 1, id: 1, verb: { toString: 1 } },
	new ArrayBuffer(1 << 20), new Map([["glassbox", 1]]), new Date(), new Error("no"), 10n, { glassbox: 1n, id: 10n, verb: "reset" },
	(() => { const loop = { glassbox: 1, verb: "reset" }; loop.id = loop; return loop; })(), { length: 1e9, glassbox: 1 }, new Array(1e6)]`

func TestHostileMessagesAreNotAnswered(t *testing.T) {
	t.Parallel()
	page := embedded(t, `<iframe sandbox="allow-scripts" src="index.html#model=sort&text=CBABBC" width="800" height="500"></iframe>
		<iframe sandbox="allow-scripts" width="100" height="50" srcdoc="<script>addEventListener('message', ({ data }) => { parent.frames[0].postMessage(data, '*'); parent.postMessage({ event: 'passed on ' + data }, '*'); })</script>"></iframe>`)
	browser.Eval[state](page, `until(0, "state", `+seen+`)`)
	browser.Eval[bool](page, `(`+hostile+`.forEach((m) => send(0, m)), true)`)
	browser.Eval[bool](page, `(send(1, { glassbox: 1, id: "neighbour", verb: "setPrompt", args: ["AAA"] }), send(1, "slide:stop"), true)`)
	page.WaitFor(`said.some((e) => e.event === "passed on slide:stop")`)
	s := browser.Eval[struct {
		Text   string
		Frozen bool
	}](page, `ask(0, "state")`)
	if s.Text != "CBABBC" || s.Frozen {
		t.Errorf("afterwards it shows %q, frozen %t", s.Text, s.Frozen)
	}
	if ids := browser.Eval[[]any](page, `strangers.map(String)`); len(ids) != 0 {
		t.Errorf("answers that nobody asked for: %v", ids)
	}
	long := browser.Eval[string](page, `ask(0, "setPrompt", "A".repeat(1 << 22)).then((a) => a.error)`)
	if !strings.Contains(long, "at most") {
		t.Errorf("four million letters: %q", long)
	}
	page.NoErrors()
}

func TestAHostMayAskSixtyFourQuestionsAtOnce(t *testing.T) {
	t.Parallel()
	page := embedded(t, `<iframe src="index.html#model=sort&text=CBABBC" width="800" height="500"></iframe>`)
	browser.Eval[state](page, `until(0, "state", `+seen+`)`)
	// The engine hears of no question until all of them are asked.
	refused := browser.Eval[[]string](page, `(async () => {
		const boot = frames[0].glassboxBoot, post = boot.post, held = [];
		boot.post = (...request) => held.push(request);
		const all = Array.from({ length: 80 }, () => ask(0, "tensor", "ln_f").then((a) => a.error ?? ""));
		await Promise.all(all.slice(64));
		boot.post = post;
		held.forEach((request) => boot.post(...request));
		return Promise.all(all);
	})()`)
	for n, why := range refused {
		if strings.Contains(why, "at once") != (n >= 64) || n < 64 && why != "" {
			t.Errorf("question %d is answered %q", n+1, why)
		}
	}
	if again := browser.Eval[string](page, `ask(0, "tensor", "ln_f").then((a) => a.error ?? "")`); again != "" {
		t.Errorf("after all of them were answered: %q", again)
	}
	page.NoErrors()
}

// showing returns how the frames from..to stand: waiting (not started), live, frozen (a scene
// that is held), or covered (its context given back).
func showing(page *browser.Page, from, to int) []string {
	return browser.Eval[[]string](page, fmt.Sprintf(`Promise.all(Array.from({ length: %d }, async (_, k) => {
		const started = said.some((e) => e.k === %d + k && e.event === "ready");
		if (!started) return "waiting";
		const [state, stats] = await Promise.all([ask(%d + k, "state"), ask(%d + k, "stats")]);
		return !state || !stats ? "silent" : !stats.context ? "covered" : state.frozen ? "frozen" : "live";
	}))`, to-from, from, from, from))
}

func TestTwentyFourEmbedsStayUsable(t *testing.T) {
	t.Parallel()
	frame := `<p><iframe sandbox="allow-scripts" src="index.html#model=sort&text=CBA" width="500" height="800"></iframe></p>`
	page := embedded(t, strings.Repeat(frame, 24))
	scroll := func(k int) {
		browser.Eval[bool](page, fmt.Sprintf(`(document.querySelectorAll("iframe")[%d].scrollIntoView({block: "center"}), true)`, k))
		browser.Eval[state](page, fmt.Sprintf(`until(%d, "state", (s) => s.phase === 2 && !s.frozen)`, k))
		page.WaitFor(fmt.Sprintf(`said.some((e) => e.k === %d && e.event === "ready")`, k))
	}
	scroll(0)
	if all := showing(page, 3, 24); strings.Count(strings.Join(all, " "), "waiting") != 21 {
		t.Errorf("before anybody scrolled the frames from the fourth on are %v", all)
	}
	scroll(23)
	browser.Eval[bool](page, `until(0, "stats", (s) => !s.context).then(() => true)`)
	if first := browser.Eval[bool](page, `ask(0, "state").then((s) => s.frozen)`); !first {
		t.Error("out of sight the first frame goes on")
	}
	idle := browser.Eval[bool](page, `ask(0, "select", "softmax").then(() => ask(0, "stats")).then(async (a) => {
		await new Promise((r) => setTimeout(r, 300));
		return (await ask(0, "stats")).frames === a.frames;
	})`)
	if !idle {
		t.Error("out of sight the first frame draws")
	}
	scroll(0)
	browser.Eval[bool](page, `until(0, "stats", (s) => s.context).then(() => true)`)
	if s := browser.Eval[state](page, `ask(0, "setPrompt", "CBABBC").then(() => ask(0, "step"))`); len(s.Generated) != 1 || s.Stage != "softmax" {
		t.Errorf("back in sight the first frame wrote %v at %q", s.Generated, s.Stage)
	}
	page.NoErrors()
}

func TestASlideThatIsTurnedHoldsItsScene(t *testing.T) {
	t.Parallel()
	page := embedded(t, `<iframe src="index.html#model=sort&text=CBABBC" width="900" height="600"></iframe>`)
	page.WaitFor(`said.some((e) => e.event === "ready")`)
	playing := browser.Eval[bool](page, `(() => {
		send(0, "slide:start");
		frames[0].document.querySelector("#play").click();
		send(0, "slide:stop"); // comes before the next token is due
		return frames[0].glassbox.state().playing;
	})()`)
	if !playing {
		t.Fatal("Play does not play")
	}
	page.WaitFor(`frames[0].glassbox.state().frozen && !frames[0].glassbox.state().playing`)
	still := browser.Eval[bool](page, `(async () => {
		const g = frames[0].glassbox;
		await g.select("softmax");
		const before = g.stats().frames, wrote = g.state().generated.length;
		await new Promise((r) => setTimeout(r, 800));
		return g.stats().frames === before && g.state().generated.length === wrote;
	})()`)
	if !still {
		t.Error("the stopped slide moves")
	}
	browser.Eval[bool](page, `(send(0, "slide:start"), true)`)
	page.WaitFor(`!frames[0].glassbox.state().frozen && frames[0].glassbox.state().generated.length === 5`) // it played on
	page.NoErrors()
}

func TestTheSlideDeckStartsWhatIsShown(t *testing.T) {
	t.Parallel()
	page := visit(t, strings.TrimSuffix(addresses()["file"], "index.html")+"samples/slides.html")
	turn := func(to int) { browser.Eval[bool](page, fmt.Sprintf(`(turn(%d), true)`, to)) }
	turn(1)
	browser.Eval[state](page, `until(0, "state", `+seen+`)`)
	if browser.Eval[bool](page, `said.some((e) => e.k === 1 && e.event === "ready")`) {
		t.Error("a slide that nobody has seen has started")
	}
	turn(2)
	browser.Eval[state](page, `until(1, "state", `+seen+`)`)
	browser.Eval[state](page, `until(0, "state", (s) => s.frozen)`)
	turn(1)
	browser.Eval[state](page, `until(0, "state", (s) => !s.frozen)`)
	noneButIcon(t, page)
}

func TestThePageOfACourseAsksItsFrame(t *testing.T) {
	t.Parallel()
	for name, address := range addresses() {
		t.Run(name, func(t *testing.T) {
			page := visit(t, strings.TrimSuffix(address, "index.html")+"samples/course/week-3.html")
			page.WaitFor(`!document.querySelector("#ask").disabled`)
			page.Do(chromedp.Click(chromedp.CSS("#ask")))
			page.WaitFor(`document.querySelector("#answer").innerText === "It has read CABCAB and will write A."`)
			if high := browser.Eval[float64](page, `parseFloat(document.querySelector("#model").style.height)`); high < 400 || high > 900 {
				t.Errorf("the frame is %v high", high)
			}
			noneButIcon(t, page)
		})
	}
}

// taking makes the browser take the context of a frame by itself, as it does when there are
// more than 16: the page is told a loss that it did not ask for.
const taking = `(() => { const c = frames[0].document.querySelector("#gl"); window.taken = c.getContext("webgl2").getExtension("WEBGL_lose_context"); taken.loseContext(); return true; })()`

func TestABrowserThatTakesTheContextLeavesAPicture(t *testing.T) {
	t.Parallel()
	page := embedded(t, `<iframe src="index.html#model=sort&text=CBABBC" width="900" height="600"></iframe>`)
	page.WaitFor(`said.some((e) => e.event === "ready")`)
	page.WaitFor(`frames[0].document.querySelector("#still")`) // made once the scene rests
	browser.Eval[bool](page, taking)
	page.WaitFor(`!frames[0].document.querySelector("#still").hidden`)
	colours := browser.Eval[int](page, `(() => {
		const c = frames[0].document.querySelector("#still"), seen = new Set();
		for (const v of new Uint32Array(c.getContext("2d").getImageData(0, 0, c.width, c.height).data.buffer)) seen.add(v);
		return seen.size;
	})()`)
	if colours < 50 {
		t.Errorf("the picture has %d colours", colours)
	}
	page.Do(chromedp.MouseClickXY(300, 300))
	page.WaitFor(`frames[0].document.querySelector("#still").hidden && frames[0].glassbox.stats().context`)
	page.NoErrors()
}

func TestAFrameWithoutWorkersSaysWhy(t *testing.T) {
	t.Parallel()
	page := tab(t)
	forbid := cdp.AddScriptToEvaluateOnNewDocumentParams{Source: `Worker = class { constructor() { throw new Error("workers are forbidden here"); } }`}
	if _, err := chromedp.Call(page.Context, cdp.AddScriptToEvaluateOnNewDocument, forbid); err != nil {
		t.Fatal(err)
	}
	page.Do(chromedp.Navigate(sorting(addresses()["file"])))
	page.WaitFor(`window.glassbox && glassbox.state().problem`)
	if p := browser.Eval[state](page, `glassbox.state()`).Problem; !strings.Contains(p.Detail, "forbidden here") {
		t.Errorf("it says %q: %q", p.Title, p.Detail)
	}
}
