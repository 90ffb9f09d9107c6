//go:build !js

package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

func TestThePolicyAllowsTheFilesOwnPartsOnly(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(filepath.Join(built, "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`).FindSubmatch(b)
	if found == nil {
		t.Fatal("the page has no policy")
	}
	rules := map[string]string{}
	for rule := range strings.SplitSeq(string(found[1]), ";") {
		name, sources, _ := strings.Cut(strings.TrimSpace(rule), " ")
		rules[name] = sources
	}
	hashes := `('sha256-[A-Za-z0-9+/]{43}=' ?)+`
	for name, want := range map[string]string{
		"default-src": `'none'`,
		"script-src":  hashes + `'wasm-unsafe-eval'`,
		"style-src":   hashes,
		"worker-src":  `blob:`,
		"img-src":     `data:`,
		"connect-src": `'self' https:`, // policy.js narrows it
		"base-uri":    `'none'`,        // default-src says nothing of these two
		"form-action": `'none'`,
	} {
		if got := rules[name]; !regexp.MustCompile("^" + want + "$").MatchString(got) {
			t.Errorf("%s is %q; expected %s", name, got, want)
		}
		delete(rules, name)
	}
	for name, sources := range rules {
		t.Errorf("there is one more rule: %s %s", name, sources)
	}
}

// under serves the page with a policy of the server's own.
func under(t *testing.T, policy string) (address string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		http.ServeFile(w, r, filepath.Join(built, "index.html"))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// standing is what a reader sees of the page: the words that stand in it, and how far down the first one is.
const standing = `(() => {
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	let words = "", top = Infinity;
	for (let n; n = walker.nextNode();) {
		if (!n.textContent.trim() || !n.parentElement.checkVisibility({ visibilityProperty: true })) continue;
		const range = document.createRange();
		range.selectNodeContents(n);
		words += n.textContent.trim() + " ";
		top = Math.min(top, range.getBoundingClientRect().top);
	}
	return [words, String(top), String(getComputedStyle(document.body).overflowY === "hidden" ? innerHeight : document.documentElement.scrollHeight)];
})()`

// TestAServerThatForbidsThePageIsNamed opens the page under policies that forbid something of it, whatever it is: one sentence
// stands there, at the top, and nothing else.
func TestAServerThatForbidsThePageIsNamed(t *testing.T) {
	t.Parallel()
	for policy, says := range map[string]string{
		"default-src 'self'": "forbids the page's own scripts and styles",
		"sandbox; default-src 'none'; img-src 'self'; style-src 'self';": "forbids the page's own scripts and styles",
		"script-src 'self'": "scripts are blocked",
		"sandbox":           "scripts are blocked",
		"style-src 'self'":  "forbids the page's own styles (style-src",
		"script-src 'unsafe-inline'; worker-src blob:": "forbids WebAssembly",
		"worker-src 'self'":                            "forbids the background worker in which the model runs (worker-src",
		"child-src 'none'":                             "forbids the background worker",
		"require-trusted-types-for 'script'":           "forbids the background worker",
	} {
		t.Run(policy, func(t *testing.T) {
			page := tab(t)
			page.Do(chromedp.Navigate(under(t, policy)))
			page.WaitFor(standing + `[0].includes(` + strconv.Quote(says) + `)`)
			seen := browser.Eval[[]string](page, standing)
			if !strings.HasPrefix(seen[0], "Glassbox can't run here ") || strings.Count(seen[0], "Nothing is sent anywhere.") != 1 || len(seen[0]) > 600 {
				t.Errorf("what stands there is %q", seen[0])
			}
			if top, err := strconv.ParseFloat(seen[1], 64); err != nil || top > 60 {
				t.Errorf("it stands %s px down", seen[1])
			}
			if high, err := strconv.ParseFloat(seen[2], 64); err != nil || high > height {
				t.Errorf("the page is %s px high", seen[2])
			}
		})
	}
}

// TestTheStrictestPolicyUnderWhichThePageRuns is the one that docs/HOST.md names, in a sandbox, too.
func TestTheStrictestPolicyUnderWhichThePageRuns(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../docs/HOST.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`Content-Security-Policy: (.*)`).FindSubmatch(b)
	if found == nil {
		t.Fatal("docs/HOST.md names no policy")
	}
	for _, more := range []string{"", "; sandbox allow-scripts"} {
		page := tab(t)
		page.Do(chromedp.Navigate(under(t, string(found[1])+more)))
		page.WaitFor(ready)
		if seen := browser.Eval[[]string](page, standing); strings.Contains(seen[0], "can't run here") {
			t.Errorf("under %s it says %q", found[1], seen[0])
		}
		page.NoErrors()
	}
}

func TestThePolicyHoldsAddressesAndFormsToo(t *testing.T) {
	t.Parallel()
	for _, address := range addresses() {
		page := open(t, address)
		is := browser.Eval[[]string](page, `new Promise((resolve) => {
			const broken = new Set(), before = document.baseURI;
			document.addEventListener("securitypolicyviolation", (e) => {
				broken.add(e.effectiveDirective);
				if (broken.size === 2) resolve([...broken].sort().concat(document.baseURI === before ? "kept" : document.baseURI));
			});
			const base = document.createElement("base"), form = document.createElement("form");
			base.href = "http://127.0.0.1:9/";
			document.head.append(base);
			form.action = "http://127.0.0.1:9/form";
			document.body.append(form);
			form.submit();
		})`)
		if got := strings.Join(is, " "); got != "base-uri form-action kept" {
			t.Errorf("refused: %s; expected a base and a form to be", got)
		}
	}
}

// traffic notes the requests of a page and of its worker.
type traffic struct {
	mu   sync.Mutex
	urls []string
}

func (n *traffic) hear(event any) {
	if e, ok := event.(*network.EventRequestWillBeSent); ok {
		n.mu.Lock()
		n.urls = append(n.urls, e.Request.URL)
		n.mu.Unlock()
	}
}

// watch begins to note what a target asks for.
func (n *traffic) watch(t *testing.T, ctx context.Context) {
	t.Helper()
	if err := chromedp.Listen(ctx, n.hear); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
}

// withWorker opens the page, notes its requests from the beginning and its worker's from the
// moment it is there, and returns the context of the worker.
func (n *traffic) withWorker(t *testing.T, page *browser.Page, address string) context.Context {
	t.Helper()
	n.watch(t, page.Context)
	ctx, cancel := context.WithTimeout(page.Context, browser.Patience)
	defer cancel()
	attached := chromedp.Events(ctx, target.AttachedToTarget)
	page.Do(chromedp.Navigate(sorting(address)))
	for event, err := range attached {
		if err != nil {
			t.Fatal(err)
		}
		if event.TargetInfo.Type != "worker" {
			continue
		}
		worker, end := chromedp.NewContext(page.Context, chromedp.WithTargetID(event.TargetInfo.TargetID))
		t.Cleanup(end)
		n.watch(t, worker)
		return worker
	}
	t.Fatal("no worker was started")
	return nil
}

// refused asks whether a fetch of what lies beside the page is refused.
const refused = `fetch("http://127.0.0.1:9/").then(() => "answered", (e) => e.name)`

func TestNoRequestLeavesThePage(t *testing.T) {
	t.Parallel()
	for name, address := range addresses() {
		t.Run(name, func(t *testing.T) {
			var n traffic
			page := tab(t)
			worker := n.withWorker(t, page, address)
			page.WaitFor(`window.glassbox`)
			browser.Eval[bool](page, `glassbox.ready.then(() => true)`)
			browser.Eval[state](page, `glassbox.setPrompt("CBABBC")`)
			browser.Eval[state](page, `glassbox.step()`)
			for _, stage := range []string{"tokenize", "block.0.attention", "softmax", "sample"} {
				browser.Eval[state](page, `glassbox.select("`+stage+`")`)
			}
			goTo(page, "tokenize")
			page.Do(chromedp.Click(chromedp.CSS(`[data-tokenizer="gpt2"]`)))
			page.WaitFor(`document.querySelector("[data-tokenizer=gpt2]").ariaPressed === "true" && document.querySelector("[data-piece]")`)
			page.NoErrors()
			n.mu.Lock()
			if len(n.urls) == 0 {
				t.Error("not even the page itself was asked for: nothing is noted")
			}
			for _, url := range n.urls {
				if url != address && !strings.HasPrefix(url, "blob:") && !strings.HasPrefix(url, "data:") {
					t.Errorf("something asked for %s", url)
				}
			}
			n.mu.Unlock()

			if got := browser.Eval[string](page, refused); got != "TypeError" {
				t.Errorf("a fetch from the page is %s", got)
			}
			ctx, cancel := context.WithTimeout(worker, browser.Patience)
			defer cancel()
			if got, err := chromedp.Run(ctx, chromedp.Evaluate[string](refused, chromedp.EvalAwaitPromise)); err != nil || got != "TypeError" {
				t.Errorf("a fetch from the worker is %s, %v", got, err)
			}
			if said := strings.Join(page.Errors(), "\n"); !strings.Contains(said, "Content Security Policy") {
				t.Errorf("it was not the policy that refused: %s", said)
			}
		})
	}
}
