//go:build !js

package browser

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/domstorage"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// A tab is lent to one test after the other. It stays in its browser context and, what saves the
// time, in its process, which has the page's program compiled.
type tab struct {
	target  target.ID
	context cdp.BrowserContextID
}

// A keptPage is open, and waits for the next test.
type keptPage struct {
	name string
	page *Page
}

// Tab lends an empty tab in which earlier tests may have been, and of which nothing is left; it goes back when the
// test ends. What a test does to the browser context itself, such as where downloads go, needs a [Browser.Page].
func (b *Browser) Tab(t testing.TB) *Page {
	t.Helper()
	p := &Page{t: t}
	t.Cleanup(func() { b.takeBack(p) })
	b.lend(p)
	return p
}

// Kept lends a page that an earlier test has left open under this name, or else a tab in which open opens it. When the
// test ends without a failure, tidy makes the page what it was after open; if it can't, the next test opens another.
func (b *Browser) Kept(t testing.TB, name string, open func(p *Page), tidy func(ctx context.Context) error) *Page {
	t.Helper()
	p := b.kept(name)
	isNew := p == nil
	if isNew {
		p = &Page{}
	}
	p.t = t
	t.Cleanup(func() {
		if t.Failed() || !b.keep(name, p, tidy) {
			b.takeBack(p)
		}
	})
	if isNew {
		b.lend(p)
		open(p)
	}
	return p
}

// kept takes a page that waits under a name; nil if none does.
func (b *Browser) kept(name string) *Page {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, k := range b.open {
		if k.name == name {
			b.open = slices.Delete(b.open, i, i+1)
			return k.page
		}
	}
	return nil
}

// keep makes a page wait for the next test, unless it has complained or can't be made what it was.
func (b *Browser) keep(name string, p *Page, tidy func(ctx context.Context) error) bool {
	if p.outlives() || len(p.Errors()) > 0 {
		return false
	}
	ctx, cancel := context.WithTimeout(p.Context, Patience/4)
	defer cancel()
	p.media = nil
	if err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
		return err
	})); err != nil || tidy(ctx) != nil || chromedp.Do(ctx, chromedp.Func(p.forget)) != nil {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open = append(b.open, keptPage{name, p})
	return true
}

// lend gives a page its tab.
func (b *Browser) lend(p *Page) {
	p.t.Helper()
	lent, how := b.take()
	p.tab = lent
	p.Context, p.leave = chromedp.NewContext(b.context, how, chromedp.WithDetachOnCancel(), chromedp.WithListener(p.listen))
	if err := chromedp.Do(p.Context, p.begin()); err != nil {
		p.t.Fatalf("opening a tab: %v", err)
	}
	c := chromedp.FromContext(p.Context)
	if lent.target = c.Target.TargetID; lent.context == "" {
		lent.context = c.BrowserContextID
	}
}

// takeBack ends a page, and makes its tab ready for another.
func (b *Browser) takeBack(p *Page) {
	if p.leave == nil {
		return
	}
	p.leave()
	if p.tab.target == "" {
		return
	}
	if err := b.reset(p.tab, p); err != nil {
		b.discard(p.tab)
		return
	}
	b.giveBack(p.tab)
}

// take returns a tab that waits, and how to attach to it; if none does, one that is still to be opened.
func (b *Browser) take() (*tab, chromedp.ContextOption) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if last := len(b.idle) - 1; last >= 0 {
		lent := b.idle[last]
		b.idle = b.idle[:last]
		return lent, chromedp.WithTargetID(lent.target)
	}
	return &tab{}, chromedp.WithNewBrowserContext()
}

func (b *Browser) giveBack(lent *tab) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.idle = append(b.idle, lent)
}

// discard closes a tab that could not be made empty, with its browser context.
func (b *Browser) discard(lent *tab) {
	if lent.context == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.context, Patience)
	defer cancel()
	// An error here only means that the tab has gone by itself.
	_, _ = cdp.Call(ctx, chromedp.FromContext(b.context).Browser, target.DisposeBrowserContext,
		target.DisposeBrowserContextParams{BrowserContextID: lent.context})
}

// begin gives the tab what each one has at first. Its window need not be in front of others to have the focus.
func (p *Page) begin() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
			return err
		}
		if _, err := cdp.Call(ctx, t, domstorage.Enable, cdp.Empty{}); err != nil {
			return err
		}
		return chromedp.Do(ctx, chromedp.EmulateViewport(Width, Height))
	})
}

// reset empties a tab after its page was left. What was set through the debugger ended with the page's session: the
// viewport, the media, scripts that run first, a dialog. What a document holds ends with the document: scripts,
// workers, the focus, the graphics. Name, history and storage are cleared here.
func (b *Browser) reset(lent *tab, p *Page) error {
	if p.outlives() {
		return errors.New("what the page did lives as long as its tab")
	}
	within, cancel := context.WithTimeout(b.context, Patience/4)
	defer cancel()
	ctx, leave := chromedp.NewContext(within, chromedp.WithTargetID(lent.target), chromedp.WithDetachOnCancel())
	defer leave()
	if err := chromedp.Listen(ctx, func(event any) {
		if _, asks := event.(*page.EventJavascriptDialogOpening); asks {
			go accept(ctx)
		}
	}); err != nil {
		return err
	}
	return chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Evaluate[chromedp.Void](`void (window.name = "")`), chromedp.Func(p.forget))
}

// accept lets a page go that asks whether it may be left.
func accept(ctx context.Context) {
	// An error here only means that the dialog has gone.
	_, _ = chromedp.Call(ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
}

// forget clears the history, and all that the tab's pages may have stored.
func (p *Page) forget(ctx context.Context, t *chromedp.Target) error {
	if _, err := cdp.Call(ctx, t, page.ResetNavigationHistory, cdp.Empty{}); err != nil {
		return err
	}
	for _, origin := range p.origins() {
		if _, err := cdp.Call(ctx, t, storage.ClearDataForOrigin, storage.ClearDataForOriginParams{Origin: origin, StorageTypes: "all"}); err != nil {
			return err
		}
	}
	return nil
}

// outlives says whether the pages have stored something for their session, or opened a dialog, which holds up a
// debugger that comes.
func (p *Page) outlives() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stained
}

// origins lists those of which the tab has shown something.
func (p *Page) origins() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.shown)
}
