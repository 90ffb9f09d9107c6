package patching

import (
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
	_, place, ok := f.chart.at(f.Site, *f.At)
	if !ok || u.Waits(feature.ForRun) {
		return
	}
	e := model.Edit{Name: place.Step, Row: place.Row, Col: -1, Do: model.ActFrom}
	for _, t := range u.Tokens {
		e.From = append(e.From, t.ID)
	}
	f.Made = &Made{u.Ran.Text, e.String(), u.Edits}
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
	memory.Set(&u.State, f)
	u.Handle(feature.TextChosen{Text: was.Clean})
	u.Handle(feature.EditsChanged{Edits: was.edits})
}

// settleMade forgets what was made an edit once the page has another text, or other edits. Of a link it finds which edit that is.
func settleMade(u *feature.Change) {
	f := Of(&u.State)
	if f.Made == nil || u.Phase != feature.Ready {
		return
	}
	if f.Made.Edit == "" {
		f.Made = &Made{f.Made.Clean, editFrom(u.Edits), f.Made.edits}
		memory.Set(&u.State, f)
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

// editFrom returns the first edit that takes its numbers from another run; "" there is none.
func editFrom(list []run.Edit) string {
	for _, e := range list {
		if edit, err := model.ParseEdit(e.Spec); err == nil && edit.Do == model.ActFrom {
			return e.Spec
		}
	}
	return ""
}

// from returns the ids of the clean text, from whose run the edit takes its numbers; nil: nothing was made, or they are not known.
func (m *Made) from() []int {
	if m == nil {
		return nil
	}
	e, _ := model.ParseEdit(m.Edit)
	return e.From
}

// madeOfLink is what a link says of an edit that was made of a place.
func madeOfLink(clean string) *Made { return &Made{Clean: clean} }
