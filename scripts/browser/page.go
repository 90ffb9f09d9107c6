//go:build !js

// Package browser opens pages in a headless Chromium for the tests. Each [Page] has a browser of its
// own with a fresh profile, collects what the page complains about on its console, and is closed when
// its test ends. A missing browser fails the test and names the command that installs one.
//
//	page := browser.New(t)
//	page.Do(chromedp.Navigate(server.URL), chromedp.Click(chromedp.CSS("#step")))
//	if got := browser.Eval[string](page, `document.title`); got != "Glassbox" { … }
//	page.NoErrors()
package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/domstorage"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Patience is how long one [Page.Do] or [Eval] may take before the test fails.
const Patience = 60 * time.Second

// Width and Height are the size of a page's viewport in CSS pixels, until a test emulates another.
const Width, Height = 1440, 900

// Page is one tab of a browser that belongs to one test.
type Page struct {
	// Context drives the tab by chromedp, for whatever the methods do not cover.
	Context context.Context

	// Tells is a JavaScript expression for a text that a failed test shows: what the page knows
	// about itself then. None if empty.
	Tells string

	t       testing.TB
	media   []*emulation.MediaFeature
	tab     *tab   // lent; nil if it is the page's own
	leave   func() // the tab
	mu      sync.Mutex
	errors  []string
	shown   []string // origins
	stained bool     // by what ends only with the tab
}

// New starts a browser with an empty tab. The browser ends with the test.
func New(t testing.TB) *Page {
	t.Helper()
	b, err := start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b.Page(t)
}

// A Browser is a running Chromium that the tests of a package share: starting one takes
// longer than most of them. Each page has a browser context of its own, so it shares
// no storage, permissions or history with another that is open.
type Browser struct {
	context context.Context
	close   []func() // in the order in which they must be called

	mu   sync.Mutex
	idle []*tab
	open []keptPage
}

// Start starts a browser with a fresh profile. It puts its pages together in main memory: WebGL2 is drawn as in
// that of [New], but what stands around it is not drawn by a GPU that the processor plays, which takes most of the time.
func Start(options ...Option) (*Browser, error) {
	return start(append(options, chromedp.Flag("disable-gpu-compositing", true))...)
}

// An Option is a switch of Chromium.
type Option = chromedp.ExecAllocatorOption

// CompileOnce makes a browser compile programs in WebAssembly once, quickly: the better code that comes later by itself
// takes longer to make than a short test to run.
var CompileOnce Option = chromedp.Flag("js-flags", "--liftoff-only")

func start(more ...chromedp.ExecAllocatorOption) (*Browser, error) {
	program, err := Find()
	if err != nil {
		return nil, err
	}
	profile, err := os.MkdirTemp("", "glassbox-browser-")
	if err != nil {
		return nil, err
	}
	allocator, release := chromedp.NewExecAllocator(context.Background(), append(flags(program, profile), more...)...)
	ctx, cancel := chromedp.NewContext(allocator)
	b := &Browser{context: ctx, close: []func(){func() { closeGracefully(ctx) }, cancel, release, func() { os.RemoveAll(profile) }}}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(Width, Height)); err != nil {
		b.Close()
		return nil, fmt.Errorf("starting %s: %w", program, err)
	}
	return b, nil
}

// Close ends the browser and removes its profile.
func (b *Browser) Close() {
	for _, f := range b.close {
		f()
	}
}

// Page opens an empty tab in a browser context of its own. It closes with the test.
func (b *Browser) Page(t testing.TB) *Page {
	t.Helper()
	page := &Page{t: t}
	ctx, cancel := chromedp.NewContext(b.context, chromedp.WithNewBrowserContext(), chromedp.WithListener(page.listen))
	t.Cleanup(cancel)
	page.Context = ctx
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(Width, Height)); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	return page
}

// flags are the options that a test browser runs with: nothing asks, updates or phones home, WebGL2
// is drawn by the processor so that every machine draws alike, and the sandbox, which containers and
// root do not allow, is off, since only our own pages are opened. The pages of a site share a process,
// which has their program compiled, and none is kept for a way back.
func flags(program, profile string) []chromedp.ExecAllocatorOption {
	opts := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(program),
		chromedp.UserDataDir(profile),
		chromedp.NoSandbox,
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.WindowSize(Width, Height),
		chromedp.Flag("headless", "new"),
		chromedp.Flag("use-angle", "swiftshader"),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("password-store", "basic"),
		chromedp.Flag("disable-features", "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,PreloadTopChromeWebUI"), // pages of each window's own
	}
	for _, name := range []string{
		"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync",
		"disable-dev-shm-usage", "disable-extensions", "disable-default-apps", "use-mock-keychain",
		"enable-unsafe-swiftshader", "process-per-site", "disable-back-forward-cache", "disable-background-timer-throttling",
		"disable-backgrounding-occluded-windows", "disable-renderer-backgrounding",
	} {
		opts = append(opts, chromedp.Flag(name, true))
	}
	return opts
}

// closeGracefully lets the browser end by itself, so that it no longer writes when its profile is removed.
func closeGracefully(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	// An error here only means that the browser is gone already.
	_ = chromedp.Cancel(ctx)
}

// listen notes what the page reports as an error, and what it will leave. It runs inside chromedp's reading loop.
func (p *Page) listen(event any) {
	var text string
	switch e := event.(type) {
	case *page.EventFrameNavigated:
		p.mu.Lock()
		defer p.mu.Unlock()
		if origin := e.Frame.SecurityOrigin; !slices.Contains(p.shown, origin) {
			p.shown = append(p.shown, origin)
		}
		return
	case *domstorage.EventDomStorageItemAdded:
		p.mu.Lock()
		defer p.mu.Unlock()
		p.stained = p.stained || !e.StorageID.IsLocalStorage
		return
	case *page.EventJavascriptDialogOpening:
		p.mu.Lock()
		defer p.mu.Unlock()
		p.stained = true
		return
	case *runtime.EventExceptionThrown:
		text = "exception: " + describeException(e.ExceptionDetails)
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeError && e.Type != runtime.ConsoleAPICalledTypeAssert {
			return
		}
		text = "console." + string(e.Type) + ": " + describeArgs(e.Args)
	case *log.EventEntryAdded:
		if e.Entry.Level != log.EntryLevelError {
			return
		}
		text = string(e.Entry.Source) + ": " + e.Entry.Text + " " + e.Entry.URL
	default:
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.errors = append(p.errors, text)
}

func describeException(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Exception.Description
	}
	return d.Text
}

func describeArgs(args []*runtime.RemoteObject) string {
	words := make([]string, len(args))
	for i, a := range args {
		words[i] = a.Description
		if len(a.Value) > 0 {
			words[i] = strings.Trim(string(a.Value), `"`)
		}
	}
	return strings.Join(words, " ")
}

// Errors returns what the page has complained about so far, in order: exceptions that nothing caught,
// console.error and console.assert, and errors that the browser itself logged, such as a blocked or
// missing file.
func (p *Page) Errors() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.errors)
}

// NoErrors fails the test if the page has complained about anything.
func (p *Page) NoErrors() {
	p.t.Helper()
	for _, e := range p.Errors() {
		p.t.Errorf("the page reports: %s", e)
	}
}

// Do runs the actions in order. A failure, or more than [Patience], ends the test and shows what the
// page has complained about.
func (p *Page) Do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.Context, Patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.fatal(err)
	}
}

// Eval returns the value of a JavaScript expression; a promise is awaited.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	return Get(p, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// Get runs an action that returns a value, such as [chromedp.Text].
func Get[T any](p *Page, action chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.Context, Patience)
	defer cancel()
	value, err := chromedp.Run(ctx, action)
	if err != nil {
		p.fatal(err)
	}
	return value
}

// WaitFor returns when a JavaScript expression, or the value of its promise, is true. It polls from outside: chromedp's
// own way makes a function from text, which a page's security policy may forbid.
func (p *Page) WaitFor(expression string) {
	p.t.Helper()
	for deadline := time.Now().Add(Patience); !Eval[bool](p, "Promise.resolve("+expression+").then((is) => !!is)"); {
		if time.Now().After(deadline) {
			p.fatal(fmt.Errorf("still not true after %v: %s", Patience, expression))
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// Screenshot writes what the viewport shows to a PNG file and creates its folder.
func (p *Page) Screenshot(path string) {
	p.t.Helper()
	png := Get(p, chromedp.CaptureScreenshot())
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// JPEG returns what the viewport shows, as JPEG of a quality of 0 to 100.
func (p *Page) JPEG(quality int64) (picture []byte) {
	p.t.Helper()
	p.Do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		shot, err := cdp.Call(ctx, t, page.CaptureScreenshot, page.CaptureScreenshotParams{
			Format: page.CaptureScreenshotFormatJpeg, Quality: &quality})
		picture = shot.Data
		return err
	}))
	return picture
}

// Prefer sets a media feature, as prefers-color-scheme, to what a reader prefers. Those set before stay.
func (p *Page) Prefer(feature, value string) {
	p.t.Helper()
	p.media = slices.DeleteFunc(p.media, func(f *emulation.MediaFeature) bool { return f.Name == feature })
	p.media = append(p.media, &emulation.MediaFeature{Name: feature, Value: value})
	p.Do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: p.media})
		return err
	}))
}

func (p *Page) fatal(err error) {
	p.t.Helper()
	for _, e := range p.Errors() {
		p.t.Logf("the page reports: %s", e)
	}
	if p.Tells != "" {
		ctx, cancel := context.WithTimeout(p.Context, Patience/6)
		defer cancel()
		told, failed := chromedp.Run(ctx, chromedp.Evaluate[string](p.Tells, chromedp.EvalAwaitPromise))
		p.t.Logf("the page's state: %s (%v)", told, failed)
	}
	p.t.Fatal(err)
}
