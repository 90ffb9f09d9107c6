//go:build !js

package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
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
		"base-uri":    `'none'`, // default-src says nothing of these two
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
