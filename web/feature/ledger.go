package feature

import (
	"maps"

	"glassbox/web/engine"
)

// A Purpose is what a request to the engine is for. One of each is under way at most. Those of a
// feature begin with its name.
type Purpose string

// The purposes of the page.
const (
	ForModel       Purpose = "model"       // loading the model
	ForTable       Purpose = "table"       // loading the table of GPT-2's tokenizer
	ForSecond      Purpose = "second"      // loading a model beside it, to compare with
	ForRun         Purpose = "run"         // running the text
	ForRows        Purpose = "rows"        // more numbers of a large model
	ForExplanation Purpose = "explanation" // of the number that the reader points at
	ForTrail       Purpose = "trail"       // of a number on the way back
	ForTablePage   Purpose = "table page"  // numbers of a long tensor for the table of numbers
)

// A ledger holds the IDs of the requests that are under way, by what they are for. It is replaced,
// never changed.
type ledger map[Purpose]int

// busy reports whether an answer is under way that will change what the reader has asked for; more
// numbers of a large model come by the way.
func (l ledger) busy() bool {
	_, rows := l[ForRows]
	return len(l) > 1 || len(l) == 1 && !rows
}

// with returns the ledger with a request.
func (l ledger) with(p Purpose, id int) ledger {
	if l = maps.Clone(l); l == nil {
		l = ledger{}
	}
	l[p] = id
	return l
}

// without returns the ledger without what is under way for a purpose.
func (l ledger) without(p Purpose) ledger {
	if l = maps.Clone(l); l != nil {
		delete(l, p)
	}
	return l
}

// only returns the ledger of some purposes.
func (l ledger) only(list ...Purpose) ledger {
	kept := ledger{}
	for _, p := range list {
		if id, ok := l[p]; ok {
			kept[p] = id
		}
	}
	return kept
}

// purposeOf returns what a request was for; ok is false if nobody waits for its answer any more.
func (l ledger) purposeOf(id int) (p Purpose, ok bool) {
	for p, waiting := range l {
		if waiting == id {
			return p, true
		}
	}
	return "", false
}

// Waits reports whether a request is under way for a purpose.
func (s State) Waits(p Purpose) bool { return s.requests[p] != 0 }

// Request returns the ID of the request for a purpose that is under way; 0: none.
func (s State) Request(p Purpose) int { return s.requests[p] }

// Ask asks the engine for a purpose. What it answers comes to the feature's Replied.
func (u *Change) Ask(p Purpose, q engine.Request) { u.requests = u.requests.with(p, u.send(q)) }

// Reserve returns the ID under which the page will ask the engine for a purpose, once it has what
// the request needs.
func (u *Change) Reserve(p Purpose) int {
	u.lastID++
	u.requests = u.requests.with(p, u.lastID)
	return u.lastID
}

// Drop lets the answer to what is asked for a purpose go by.
func (u *Change) Drop(p Purpose) { u.requests = u.requests.without(p) }

// reply takes an answer to the request that waits for it, and drops it if none does.
func (u *Change) reply(r engine.Reply) {
	u.learnRan(r)
	p, ok := u.requests.purposeOf(r.ID)
	if !ok {
		return
	}
	u.Drop(p)
	switch p {
	case ForModel:
		u.applyLoaded(r)
	case ForTable:
		u.tableLoaded(r)
	case ForRun:
		u.runFinished(r)
	case ForRows:
		u.applyRows(r)
	case ForExplanation:
		u.applyExplained(r)
	case ForTrail:
		u.applyTrailAnswer(r)
	case ForTablePage:
		u.applyTablePage(r)
	}
	for _, f := range u.list() {
		if f.Replied != nil {
			f.Replied(u, p, r)
		}
	}
}
