package feature

import (
	"maps"
	"slices"
	"strings"

	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// An edit is what undo brings back.
type edit struct {
	run.Input
	last *engine.Candidate
	kept map[string]any // what features keep that undo brings back
}

// mostEdits is how far undo goes back.
const mostEdits = 200

// The time between two steps of Play, in milliseconds: so that a reader can follow, or, of a large model, whose run takes its
// time, only until the one before is done.
const (
	pause      = 640
	shortPause = 12
	largeModel = 1 << 24 // parameters in the blocks, of which there are about 12·L·C²
)

// pause returns the time between two steps of Play.
func (s State) pause() int {
	if 12*s.Config.Blocks*s.Config.Width*s.Config.Width > largeModel {
		return shortPause
	}
	return pause
}

// Remember keeps the input for undo before it changes. Edits of one kind in a row, like
// typing, are one.
func (u *Change) Remember(kind string) {
	if kind == "" || kind != u.kind {
		u.past = append(slices.Clip(u.past[max(0, len(u.past)-mostEdits+1):]), edit{u.Input(), u.Last, u.undone()})
	}
	u.kind, u.later = kind, nil
}

// write takes over the text field. What was generated belonged to another text.
func (u *Change) write(text string) {
	if text = u.Spelled(text); text == u.Text {
		return
	}
	kind := "typing"
	if len(text) < len(u.Text) {
		kind = "deleting"
	}
	u.Remember(kind)
	u.Stop()
	u.Text = text
	u.ungenerated()
}

// ungenerated drops what the model wrote: the text is another one. What edits take from a run they take from that.
func (u *Change) ungenerated() {
	u.Generated, u.Last, u.Edits = nil, nil, run.Anew(u.Edits)
	u.Compute()
}

// changeEdits makes other edits in the run.
func (u *Change) changeEdits(m EditsChanged) {
	if slices.Equal(m.Edits, u.Edits) {
		return
	}
	u.Remember(m.Kind)
	if u.Edits = m.Edits; len(u.Edits) == 0 {
		u.Edits = nil // as a link without edits has it
	}
	u.Compute()
}

// chooseText begins with a text anew, also if that stands there already.
func (u *Change) chooseText(text string) {
	if u.kind = ""; text == u.Text {
		u.Reset()
	}
	u.write(text)
	u.kind = ""
}

func (u *Change) sample(set run.Sampling) {
	set = set.Clamped()
	if set == u.Sampling {
		return
	}
	u.Remember("sampling")
	u.Stop()
	u.Sampling = set
	u.Compute()
}

// Reset removes what was generated.
func (u *Change) Reset() {
	u.Stop()
	if len(u.Generated) == 0 && u.Last == nil {
		return
	}
	u.Remember("")
	u.ungenerated()
}

// Step writes the next token. If the numbers on the page are not those of the text yet, or the model is not there, it waits
// for them.
func (u *Change) Step() {
	if u.Waits(ForRun) || u.Coming() {
		u.stepping = true
		return
	}
	if u.Next == nil {
		u.Notice = u.WhyNoStep()
		u.Playing, u.turning = false, false
		return
	}
	kind := ""
	if u.Playing {
		kind = "playing"
	}
	if u.turning {
		u.turning = false // what undo goes back to was kept then
	} else {
		u.Remember(kind)
	}
	next := *u.Next
	u.Notice = say.Feature.Wrote(next.Text)
	if len(u.Tokens) >= u.Config.Context {
		u.Last = &next
		return
	}
	u.Generated = append(slices.Clip(u.Generated), next.ID)
	if u.Ends && u.Playing {
		u.Playing = false
		u.Notice = say.Feature.Ended(next.Text)
	}
	u.Compute()
}

// GoOn puts another continuation behind the text: these tokens, and last, if the context has no room for that one. Undo brings back
// what stood there.
func (u *Change) GoOn(generated []int, last *engine.Candidate) {
	if slices.Equal(generated, u.Generated) && sameLast(last, u.Last) {
		return
	}
	u.Remember("")
	u.Stop()
	u.Generated, u.Last = generated, last
	u.Compute()
}

func sameLast(a, b *engine.Candidate) bool {
	return a == nil && b == nil || a != nil && b != nil && a.ID == b.ID
}

// DrawAgain goes back to these tokens and draws what follows them by the next seed. Undo takes both back at once.
func (u *Change) DrawAgain(generated []int) {
	u.Remember("")
	u.Stop()
	if u.Generated, u.Last = generated, nil; len(generated) == 0 {
		u.Generated = nil
	}
	u.Sampling.Seed++
	u.Compute()
	u.turning = true
	u.Step()
}

// Read has the text read in another form.
func (u *Change) Read(form string) {
	if form == u.Form || !u.Choice().Reads(form) {
		return
	}
	u.Remember("")
	u.Stop()
	u.Form = form
	u.ungenerated()
}

// Answered reports whether the model has begun an answer to a conversation.
func (s State) Answered() bool {
	return s.Form == engine.FormChat && s.answer() != ""
}

// answer is what the model has said in it, without the tokens that end it.
func (s State) answer() string {
	text := ""
	for _, t := range s.Tokens {
		if t.Generated && !t.Control {
			text += t.Text
		}
	}
	return strings.TrimSpace(run.Plain(text))
}

// addTurn goes on with a conversation: the answer becomes a turn of the text, and the reader's next one begins behind it.
func (u *Change) addTurn() {
	if !u.Answered() {
		return
	}
	turn := func(side string) string { return "\n" + side + ": " } // as chat.Turns reads it
	text := strings.TrimRight(u.Text, "\n") + turn("assistant") + u.answer() + turn("user")
	u.Remember("")
	u.Stop()
	u.Text = Valid(u.Fit(text))
	u.Do(Focus{ID: TextFocus})
	u.ungenerated()
}

// Coming reports whether the model is on its way.
func (s State) Coming() bool { return s.Phase == Starting || s.Phase == Loading }

// WhyNoStep says why there is nothing to write.
func (s State) WhyNoStep() string {
	switch {
	case s.Phase != Ready:
		return say.Feature.StillLoading()
	case s.TextError != "":
		return s.TextError
	case s.Guide != "":
		return s.Guide
	case s.Last != nil:
		return say.Feature.ContextFull()
	}
	return say.Feature.TextMissing()
}

// Play starts stepping, from the start again if the answer stands there already.
func (u *Change) Play() {
	if u.Playing {
		u.Stop()
		return
	}
	if u.Done() {
		u.Reset()
	} else if u.Next == nil && !u.Waits(ForRun) && !u.Coming() {
		u.Notice = u.WhyNoStep()
		return
	}
	u.Playing = true
	u.turn++
	u.kind = ""
	if !u.Waits(ForRun) {
		u.Step()
	}
	u.scheduleTick()
}

// tick is the next step of Play. While a run is in flight it waits for one more pause.
func (u *Change) tick(turn int) {
	if !u.Playing || turn != u.turn {
		return
	}
	if !u.Waits(ForRun) {
		u.Step()
	}
	u.scheduleTick()
}

// scheduleTick asks for the next tick, as long as something can follow.
func (u *Change) scheduleTick() {
	if u.Playing && u.Done() {
		u.Playing = false
	}
	if u.Playing {
		u.Do(After{u.pause(), PlayTicked{u.turn}})
	}
}

// Stop ends Play.
func (u *Change) Stop() { u.Playing, u.stepping, u.turning = false, false, false }

func (u *Change) undo() {
	u.moveEdit(&u.past, &u.later, say.Feature.Undone(), say.Feature.NothingToUndo())
}

func (u *Change) redo() {
	u.moveEdit(&u.later, &u.past, say.Feature.Redone(), say.Feature.NothingToRedo())
}

// moveEdit brings back the newest edit of one list and puts what is there on the other.
func (u *Change) moveEdit(from, to *[]edit, done, nothing string) {
	u.Stop()
	u.kind = ""
	n := len(*from)
	if n == 0 {
		u.Notice = nothing
		return
	}
	e := (*from)[n-1]
	*from = slices.Clip((*from)[:n-1])
	*to = append(slices.Clip(*to), edit{u.Input(), u.Last, u.undone()})
	u.Text, u.Generated, u.Form, u.Sampling, u.Edits, u.Last = e.Text, e.Generated, e.Form, e.Sampling, e.Edits, e.last
	u.memories = e.over(u.memories)
	u.Notice = done
	u.Compute()
}

// undone returns what the features keep that undo brings back.
func (s State) undone() map[string]any {
	kept := map[string]any{}
	for _, f := range s.list() {
		if f.Undone != "" {
			kept[f.Undone] = s.memories[f.Undone]
		}
	}
	return kept
}

// over returns what the features keep, with what the edit brings back.
func (e edit) over(memories map[string]any) map[string]any {
	if len(e.kept) == 0 {
		return memories
	}
	all := maps.Clone(memories)
	if all == nil {
		all = map[string]any{}
	}
	maps.Copy(all, e.kept)
	return all
}

// Frozen says that the host of an embedded page took it off the screen, or put it back:
// the article was scrolled, the slide was turned.
type Frozen struct{ On bool }

// freeze holds Play where it is; thawed, it goes on, unless somebody changed its text.
func (u *Change) freeze(on bool) {
	if on == u.Frozen {
		return
	}
	u.Frozen = on
	if on {
		u.resume = nil
		if in := u.Input(); u.Playing {
			u.resume = &in
			u.Stop()
		}
		return
	}
	if in := u.resume; in != nil && in.Equal(u.Input()) && !u.Done() {
		u.Playing = true
		u.turn++
		u.scheduleTick()
	}
	u.resume = nil
}

// Still reports whether nothing may move by itself: the system of the reader, or the host, asks for
// less motion.
func (s State) Still() bool { return s.still || s.Host.Motion != address.MotionFull }
