package app

import (
	"slices"

	"glassbox/web/engine"
	"glassbox/web/run"
)

// An edit is what undo brings back.
type edit struct {
	run.Input
	last *engine.Candidate
	own  Own
}

// mostEdits is how far undo goes back.
const mostEdits = 200

// pause is the time between two steps of Play, in milliseconds.
const pause = 640

// remember keeps the input for undo before it changes. Edits of one kind in a row, like
// typing, are one.
func (u *update) remember(kind string) {
	if kind == "" || kind != u.kind {
		u.past = append(slices.Clip(u.past[max(0, len(u.past)-mostEdits+1):]), edit{u.input(), u.Last, u.Own})
	}
	u.kind, u.later = kind, nil
}

// write takes over the text field. What was generated belonged to another text.
func (u *update) write(text string) {
	if text = spelled(valid(text), u.Config.Alphabet); text == u.Text {
		return
	}
	kind := "typing"
	if len(text) < len(u.Text) {
		kind = "deleting"
	}
	u.remember(kind)
	u.stop()
	u.Text, u.Generated, u.Last = text, nil, nil
	u.run()
}

func (u *update) sample(set run.Sampling) {
	set = set.Clamped()
	if set == u.Sampling {
		return
	}
	u.remember("sampling")
	u.stop()
	u.Sampling = set
	u.run()
}

// reset removes what was generated.
func (u *update) reset() {
	u.stop()
	if len(u.Generated) == 0 && u.Last == nil {
		return
	}
	u.remember("")
	u.Generated, u.Last = nil, nil
	u.run()
}

// step writes the next token. If the numbers on the page are not those of the text yet,
// it waits for them.
func (u *update) step() {
	if u.requests.pending(forRun) {
		u.stepping = true
		return
	}
	if u.Next == nil {
		u.Notice = u.whyNoStep()
		u.Playing = false
		return
	}
	kind := ""
	if u.Playing {
		kind = "playing"
	}
	u.remember(kind)
	next := *u.Next
	u.Notice = "The model wrote " + next.Text + "."
	if len(u.Tokens) >= u.Config.Context {
		u.Last = &next
		return
	}
	u.Generated = append(slices.Clip(u.Generated), next.ID)
	u.run()
}

// whyNoStep says why there is nothing to write.
func (u *update) whyNoStep() string {
	switch {
	case u.Phase != Ready:
		return "The model is still loading."
	case u.TextError != "":
		return u.TextError
	case u.Guide != "":
		return u.Guide
	case u.Last != nil:
		return "The context is full: nothing can follow."
	}
	return "Type something first."
}

// play starts stepping, from the start again if the answer stands there already.
func (u *update) play() {
	if u.Playing {
		u.stop()
		return
	}
	if u.done() {
		u.reset()
	} else if u.Next == nil && !u.requests.pending(forRun) {
		u.Notice = u.whyNoStep()
		return
	}
	u.Playing = true
	u.turn++
	u.kind = ""
	if !u.requests.pending(forRun) {
		u.step()
	}
	u.scheduleTick()
}

// tick is the next step of Play. While a run is in flight it waits for one more pause.
func (u *update) tick(turn int) {
	if !u.Playing || turn != u.turn {
		return
	}
	if !u.requests.pending(forRun) {
		u.step()
	}
	u.scheduleTick()
}

// scheduleTick asks for the next tick, as long as something can follow.
func (u *update) scheduleTick() {
	if u.Playing && u.done() {
		u.Playing = false
	}
	if u.Playing {
		u.do(After{pause, PlayTicked{u.turn}})
	}
}

func (u *update) stop() { u.Playing, u.stepping = false, false }

func (u *update) undo() { u.moveEdit(&u.past, &u.later, "Undone.", "There is nothing to undo.") }

func (u *update) redo() { u.moveEdit(&u.later, &u.past, "Redone.", "There is nothing to redo.") }

// moveEdit brings back the newest edit of one list and puts what is there on the other.
func (u *update) moveEdit(from, to *[]edit, done, nothing string) {
	u.stop()
	u.kind = ""
	n := len(*from)
	if n == 0 {
		u.Notice = nothing
		return
	}
	e := (*from)[n-1]
	*from = slices.Clip((*from)[:n-1])
	*to = append(slices.Clip(*to), edit{u.input(), u.Last, u.Own})
	u.Text, u.Generated, u.Sampling, u.Last, u.Own = e.Text, e.Generated, e.Sampling, e.last, e.own
	u.Notice = done
	if u.Sizes == OwnSize && !u.sized(OwnSize) {
		u.Sizes = AllSizes
	}
	u.run()
}
