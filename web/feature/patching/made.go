package patching

import (
	"math"
	"slices"

	"glassbox/model"
	"glassbox/model/lab"
	"glassbox/web/feature"
	"glassbox/web/run"
)

// take carries a token of the clean row, or puts it back.
func take(u *feature.Change, token int) {
	f := Of(&u.State)
	if u.Mode != name || token < 0 || token >= len(u.Tokens) || f.Made != nil {
		return
	}
	if f.Carried != nil && *f.Carried == token {
		f.Carried = nil
	} else {
		f.Carried = &token
	}
	memory.Set(&u.State, f)
}

// putDown puts the token that is carried into the stream of the corrupt run, before a block.
func putDown(u *feature.Change, block int) {
	f := Of(&u.State)
	if f.Carried == nil {
		return
	}
	if block < 0 && f.At != nil {
		block = f.At.Block
	}
	at := Spot{max(block, 0), *f.Carried}
	f.Carried = nil
	if inside(&u.State, lab.SiteStream, at) {
		f.Site, f.At, f.put = lab.SiteStream, &at, &at
	}
	memory.Set(&u.State, f)
}

// putPending makes what was put down an edit, as soon as its score is here.
func putPending(u *feature.Change) {
	f := Of(&u.State)
	if f.put == nil {
		return
	}
	if f.At == nil || *f.At != *f.put || f.chart.mismatch() || f.chart.Fault != "" || !comparable(&u.State) {
		f.put = nil
		memory.Set(&u.State, f)
		return
	}
	if _, _, ok := f.chart.at(f.Site, *f.put); ok && !f.chart.stale {
		makeEdit(u)
	}
}

// makeEdit makes the chosen place an edit of the run: the page then has the corrupt text, with that place of the clean run.
func makeEdit(u *feature.Change) {
	f := Of(&u.State)
	f.put = nil
	memory.Set(&u.State, f)
	if f.At == nil || f.Made != nil || f.chart.stale || !comparable(&u.State) {
		return
	}
	score, place, ok := f.chart.at(f.Site, *f.At)
	if !ok || u.Waits(feature.ForRun) {
		return
	}
	e := model.Edit{Name: place.Step, Row: place.Row, Col: -1, Do: model.ActFrom}
	for _, t := range u.Tokens {
		e.From = append(e.From, t.ID)
	}
	f.Made = &Made{u.Ran.Text, e.String(), *f.At, score, u.Edits}
	memory.Set(&u.State, f)
	u.Handle(feature.TextChosen{Text: f.Text})
	u.Handle(feature.EditsChanged{Edits: []run.Edit{{Spec: f.Made.Edit}}})
}

// goBack puts the clean text back, with the edits that it had.
func goBack(u *feature.Change) {
	f := Of(&u.State)
	if f.Made == nil {
		return
	}
	was := *f.Made
	f.Made = nil
	if was.Edit != "" {
		f.At = &was.Spot
	}
	memory.Set(&u.State, f)
	u.Handle(feature.TextChosen{Text: was.Clean})
	u.Handle(feature.EditsChanged{Edits: was.edits})
}

// settleMade forgets what was made an edit once the page has another text, or other edits.
func settleMade(u *feature.Change) {
	f := Of(&u.State)
	if f.Made == nil || u.Phase != feature.Ready {
		return
	}
	stands := f.Made.Edit == "" || slices.ContainsFunc(u.Edits, func(e run.Edit) bool { return sameEdit(e.Spec, f.Made.Edit) })
	if u.Text == f.Text && stands {
		return
	}
	f.Made = nil
	memory.Set(&u.State, f)
}

// sameEdit reports whether two edits are the same, whenever they were made.
func sameEdit(a, b string) bool {
	x, errX := model.ParseEdit(a)
	y, errY := model.ParseEdit(b)
	x.Made, y.Made = 0, 0
	return errX == nil && errY == nil && x.String() == y.String()
}

// madeOfLink is what a link says of an edit that was made of a place.
func madeOfLink(clean string) *Made { return &Made{Clean: clean, Score: math.NaN()} }
