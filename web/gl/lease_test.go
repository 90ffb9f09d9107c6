package gl

import (
	"strings"
	"testing"

	"glassbox/web/gl/testdata/known"
	"glassbox/web/scene/paint"
)

// leased returns a renderer that has drawn, and whose context can be given back.
func leased(t *testing.T) (*Renderer, *fake) {
	t.Helper()
	r, f := drawn(t, known.Grid(paint.Light))
	r.lease = lease{lose: func() bool { f.note("lose"); return true }, regain: func() { f.note("regain") }}
	f.take()
	return r, f
}

func TestAReleasedContextComesBackWhenItIsReclaimed(t *testing.T) {
	r, f := leased(t)
	b := known.Grid(paint.Light)
	r.Release()
	r.Draw(b)
	if got := f.take(); got != "lose" || !r.Lost() {
		t.Fatalf("released: %q, lost %t", got, r.Lost())
	}
	r.contextLost()
	r.Release()
	if got := f.take(); got != "" {
		t.Errorf("released already, it does %q", got)
	}
	r.Reclaim()
	r.Reclaim()
	if got := f.take(); got != "regain" {
		t.Errorf("reclaimed: %q", got)
	}
	r.contextRestored()
	if got := f.take(); r.Lost() || !strings.Contains(got, "draw 2 × 24") {
		t.Errorf("restored: lost %t\n%s", r.Lost(), got)
	}
}

func TestReclaimWaitsUntilTheBrowserHasToldTheLoss(t *testing.T) {
	r, f := leased(t)
	r.Release()
	r.Reclaim()
	if got := f.take(); got != "lose" {
		t.Errorf("before the browser told the loss: %q", got)
	}
	if r.contextLost(); f.take() != "regain" {
		t.Error("told, it does not ask for the context")
	}
}

func TestAContextThatComesTooLateIsGivenBack(t *testing.T) {
	r, f := leased(t)
	r.Release()
	r.contextLost()
	r.Reclaim()
	r.Release()
	f.take()
	r.contextRestored()
	if got := f.take(); !strings.HasSuffix(got, "lose") || !r.Lost() {
		t.Errorf("it is kept: lost %t\n%s", r.Lost(), got)
	}
}

func TestAContextThatTheBrowserTookIsLeftToIt(t *testing.T) {
	r, f := leased(t)
	r.contextLost()
	r.Release()
	r.Reclaim()
	if got := f.take(); got != "" || !r.Lost() {
		t.Errorf("it does %q", got)
	}
	r.contextRestored()
	if r.Lost() {
		t.Error("restored by the browser, it is still lost")
	}
}

func TestWithoutTheMeansForItNothingIsGivenBack(t *testing.T) {
	r, _ := leased(t)
	r.lease.lose = func() bool { return false }
	if r.Release(); r.Lost() {
		t.Error("the renderer takes its context for lost")
	}
}
