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

// Tab lends an empty tab in which earlier tests may have been, and of which nothing is left; it goes back when the
// test ends. What a test does to the browser context itself, such as where downloads go, needs a [Browser.Page].
func (b *Browser) Tab(t testing.TB) *Page {
	t.Helper()
	p := &Page{t: t}
	lent, how := b.take()
	ctx, leave := chromedp.NewContext(b.context, how, chromedp.WithDetachOnCancel(), chromedp.WithListener(p.listen))
	p.Context = ctx
	t.Cleanup(func() {
		leave()
		if lent.target == "" {
			return
		}
		if err := b.reset(lent, p); err != nil {
			b.discard(lent)
			return
		}
		b.giveBack(lent)
	})
	if err := chromedp.Do(ctx, p.begin()); err != nil {
		t.Fatalf("opening a tab: %v", err)
	}
	c := chromedp.FromContext(ctx)
	if lent.target = c.Target.TargetID; lent.context == "" {
		lent.context = c.BrowserContextID
	}
	return p
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
