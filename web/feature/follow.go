package feature

import (
	"slices"
	"strings"

	"glassbox/web/address"
	"glassbox/web/run"
)

// LinkFollowed follows a link within the page: a hash that changes what it names and keeps the rest,
// with verbs in it or without.
type LinkFollowed struct{ Hash string }

// Leads tells that a link leads to another place.
func (LinkFollowed) Leads() {}

// Verbs returns what such a link can do besides going somewhere: the words stand in its hash without a
// value, "#step", "#text=AAA&step". The view obeys "type", which leads to the text field.
func Verbs() []string { return []string{"step", "play", "reset", "undo", "type"} }

// GoByHash goes where a link within the page leads.
func (u *Change) GoByHash(hash string) {
	before := len(u.commands)
	u.GoBy(u.Patched(hash))
	u.reveal(hash)
	if Placed(hash) {
		return
	}
	// The camera stays where the reader has it.
	u.commands = append(u.commands[:before:before], slices.DeleteFunc(u.commands[before:], func(c Command) bool {
		_, fly := c.(Fly)
		_, aim := c.(SetCamera)
		return fly || aim
	})...)
}

// reveal has the page scroll to what a link opened.
func (u *Change) reveal(hash string) {
	table := u.Properties()
	l, _ := table.Parse(hash)
	for _, key := range keysOf(hash) {
		if p, _ := table.Find(key); p.Reveals != "" && l.Says(key) {
			u.Reveal = Reveal{p.Reveals, u.Reveal.Turn + 1}
			u.Sheet = max(u.Sheet, SheetHalf)
			return
		}
	}
}

// revealNew does so for the hash of the URL: back and forward leave in peace what was there before.
func (u *Change) revealNew(was, hash string) {
	table := u.Properties()
	before, _ := table.Parse(was)
	l, _ := table.Parse(hash)
	for _, key := range keysOf(hash) {
		if p, _ := table.Find(key); p.Reveals != "" && l.Says(key) && l.Value(key) != before.Value(key) {
			u.Reveal = Reveal{p.Reveals, u.Reveal.Turn + 1}
			return
		}
	}
}

// DoVerbs does what it says besides.
func (u *Change) DoVerbs(hash string) {
	for _, key := range keysOf(hash) {
		switch key {
		case "step":
			u.Step()
		case "play":
			u.Play()
		case "reset":
			u.Reset()
		case "undo":
			u.undo()
		}
	}
}

// GoBy takes over a link that the reader followed inside the page: it can be undone.
func (u *Change) GoBy(l address.Link) {
	u.Stop()
	if c, ok := u.From(l.Value(AddressProperty)); ok {
		l.Model = c.ID
	}
	if id := l.Model; id != "" && id != u.Model || id == "" && len(u.Models) > 0 && u.Model != u.Models[0].ID {
		u.enter(id, false)
	}
	past, later, kind := u.past, u.later, u.kind
	was := edit{u.Input(), u.Last, u.undone()}
	u.follow(l)
	u.past, u.later, u.kind = past, later, kind
	if !was.Equal(u.Input()) {
		u.past, u.later, u.kind = append(slices.Clip(past[max(0, len(past)-mostEdits+1):]), was), nil, ""
	}
	u.Compute()
}

// Patched returns the link to what the page shows, changed by the hash of one within it: a text
// drops what was written after the text before, a place replaces the place (a cell alone is one of the panel there), and a model everything that is of the model
// before. In a stage, "last" stands for the last block; a panel can have a name that holds for any model, see model.Config.NameHere.
func (s State) Patched(hash string) address.Link {
	keys := keysOf(hash)
	if slices.Contains(keys, "model") {
		s, _ = s.AsModelOf(hash)
	}
	hash = strings.ReplaceAll(hash, "stage=block.last", "stage="+string(run.BlockStage(max(0, s.Config.Blocks-1))))
	if before, panel, ok := strings.Cut(hash, "panel="); ok {
		panel, after, more := strings.Cut(panel, "&")
		hash = before + "panel=" + s.Config.NameHere(panel) + Choose(more, "&", "") + after
	}
	patch := []string{strings.TrimPrefix(s.Hash(), "#")}
	if slices.Contains(keys, "text") {
		patch = append(patch, "generated=")
	}
	if Placed(hash) {
		patch = append(patch, "cell=", "trail=", "camera=")
		if ownPanel := !slices.Contains(keys, "cell") || slices.Contains(keys, "panel") || slices.Contains(keys, "stage"); ownPanel {
			patch = append(patch, "stage=", "panel=")
		}
		for _, p := range s.Properties() {
			if p.Placed {
				patch = append(patch, p.Name+"=")
			}
		}
	}
	l, _ := s.Properties().Parse(strings.Join(append(patch, strings.TrimPrefix(hash, "#")), "&"))
	if slices.Contains(keys, "panel") && !slices.Contains(keys, "stage") {
		l.Stage = s.StageOf(l.Panel)
	}
	return l
}

// AsModelOf returns the state as it is where the model that a hash names has just been chosen, if it is another one; ok is
// false if the page has no such model.
func (s State) AsModelOf(hash string) (of State, ok bool) {
	l, _ := s.Properties().Parse(hash)
	for i, c := range s.Models {
		switch {
		case c.ID != l.Model && (l.Model != "" || i > 0):
		case c.ID == s.Model:
			return s, true
		default:
			return s.withModel(c), true
		}
	}
	return s, false
}

// Placed reports whether a link within the page leads somewhere.
func Placed(hash string) bool {
	return slices.ContainsFunc(keysOf(hash), func(key string) bool { return key == "stage" || key == "panel" || key == "cell" || key == "camera" })
}

// keysOf lists the keys and verbs of a hash.
func keysOf(hash string) (keys []string) {
	for part := range strings.SplitSeq(strings.TrimPrefix(hash, "#"), "&") {
		key, _, _ := strings.Cut(part, "=")
		keys = append(keys, key)
	}
	return keys
}
