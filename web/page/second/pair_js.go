package second

import (
	"syscall/js"

	"glassbox/web/engine"
	"glassbox/web/page/browser"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/scene"
	"glassbox/web/scene/paint"
)

// A Pair is what of the page is about a second run: its scene, which follows the first one, and while both are seen the
// picture of it. Its zero value has none.
type Pair struct {
	Scene   *scene.Scene // nil: there is no second run
	Picture *Picture     // nil: it is not seen

	arrivals Arrivals
	heads    [2]heading // above both pictures
}

// heading is what stands above a picture.
type heading struct{ name, number string }

// Show takes over the structure of a second run.
func (p *Pair) Show(r run.Run) {
	if p.Scene == nil {
		p.Scene = scene.New()
	}
	p.arrivals.DeliverAll(p.Scene)
	p.Scene.SetSteps(r.Config, r.Steps)
	tokens := make([]scene.Token, len(r.Tokens))
	for i, t := range r.Tokens {
		tokens[i] = scene.Token{Text: t.Text, ID: t.ID, Generated: t.Generated}
	}
	if p.Scene.SetTokens(tokens); r.Drawn != nil {
		p.Scene.SetNext(r.Drawn.Text, r.Drawn.Probability, false)
	} else {
		p.Scene.SetNext("", 0, false)
	}
}

// Add hands over numbers of the second run.
func (p *Pair) Add(list []engine.Values) { p.arrivals.Add(list) }

// AddCoarse hands over averages.
func (p *Pair) AddCoarse(list []engine.Coarse) {
	for _, c := range list {
		if p.Scene != nil {
			p.Scene.SetCoarse(c.Name, c.Rows, c.Cols, paint.LevelOf(c.Side), c.Blocks, c.Norm)
		}
	}
}

// Arrange has both be seen side by side, or the first alone, and reports whether that is new. Without a run the second is dropped.
func (p *Pair) Arrange(ran, side bool, name, other string, wake func()) (changed bool) {
	if !ran {
		p.arrivals = Arrivals{}
	}
	if changed = (p.Picture != nil) != (ran && side && p.Scene != nil); changed {
		html, box := js.Global().Get("document").Get("documentElement"), browser.Element("other")
		box.Set("hidden", p.Picture != nil)
		if p.Picture != nil {
			html.Call("removeAttribute", "data-pair")
			p.Picture.Close()
			p.Scene.Leave()
			p.Picture = nil
		} else {
			p.Picture = Open(box, p.Scene, wake)
		}
		browser.Element("names").Set("hidden", p.Picture == nil)
		p.Place()
	}
	if !ran {
		p.Scene = nil
	}
	if p.Picture != nil {
		p.head(0, heading{say.Capital(name), p.heads[0].number})
		p.head(1, heading{say.Capital(other), p.heads[1].number})
	}
	return changed
}

// beyond is how much higher than wide the scene has to be for two pictures to be larger one above the other, in CSS pixels:
// each has its name and its tokens above it, and the legend is below.
const beyond = 268

// Place puts the second picture beside the first, or below it where both are larger then. It is called when the page has
// another size.
func (p *Pair) Place() {
	if p.Picture == nil {
		return
	}
	at := browser.Bounds(browser.Element("names")) // as large as both
	way := "beside"
	if at.H > at.W+beyond {
		way = "below"
	}
	js.Global().Get("document").Get("documentElement").Call("setAttribute", "data-pair", way)
}

// head writes what stands above a picture.
func (p *Pair) head(i int, h heading) {
	if p.heads[i] == h {
		return
	}
	p.heads[i] = h
	e := browser.Element([2]string{"first-name", "other-name"}[i])
	e.Get("firstElementChild").Set("textContent", h.name)
	e.Get("firstElementChild").Set("title", h.name)
	e.Get("lastElementChild").Set("textContent", h.number)
}

// Deliver hands the second scene numbers that have come, and reports whether some are left.
func (p *Pair) Deliver(first *scene.Scene) bool {
	if p.Scene == nil {
		return false
	}
	p.Scene.TakeWindows(first) // first of all, for numbers may be those of another part of a vocabulary
	return p.arrivals.Deliver(p.Scene)
}

// Waiting reports whether numbers are on their way into the second scene.
func (p *Pair) Waiting() bool { return p.arrivals.Waiting() }

// Frame draws the second picture after the first, and reports whether it moves on.
func (p *Pair) Frame(first *scene.Scene, now float64) (moving bool) {
	if p.Picture == nil {
		return false
	}
	b, moving := p.batch(first, now)
	p.Picture.Draw(b, false)
	for i, s := range [2]*scene.Scene{first, p.Scene} {
		number := ""
		if l := s.Legend(); l.Hovered && !l.Plain {
			number = say.Number(l.Value)
		}
		p.head(i, heading{p.heads[i].name, number})
	}
	return moving
}

func (p *Pair) batch(first *scene.Scene, now float64) (*paint.Batch, bool) {
	p.Scene.Follow(first, now)
	return p.Scene.Frame(now)
}

// Freeze gives the context of the second picture back for a while.
func (p *Pair) Freeze(first *scene.Scene) {
	if p.Picture != nil {
		b, _ := p.batch(first, browser.Now())
		p.Picture.Release(b)
	}
}

// Thaw asks for it again.
func (p *Pair) Thaw() {
	if p.Picture != nil {
		p.Picture.Reclaim()
	}
}

// Reopen tries WebGL again.
func (p *Pair) Reopen() {
	if p.Picture != nil {
		p.Picture.Reopen()
	}
}

// Coarsen sets the resolution of the next frames, and Busy reports whether the GPU still works on the last one.
func (p *Pair) Coarsen(share float32) {
	if p.Picture != nil {
		p.Picture.Coarsen(share)
	}
}

// Busy is described at Coarsen.
func (p *Pair) Busy() bool { return p.Picture != nil && p.Picture.Busy() }

// Draw draws the second picture anew, in full, to be read in the same event.
func (p *Pair) Draw(first *scene.Scene) {
	if p.Picture != nil {
		p.arrivals.DeliverAll(p.Scene)
		b, _ := p.batch(first, browser.Now())
		p.Picture.Coarsen(1)
		p.Picture.Draw(b, true)
	}
}

// Names are what stands above the pictures.
func (p *Pair) Names() [2]string { return [2]string{p.heads[0].name, p.heads[1].name} }
