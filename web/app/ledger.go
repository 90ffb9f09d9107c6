package app

import "glassbox/web/engine"

// A purpose is what a request to the engine is for. One of each is under way at most.
type purpose int

// The purposes.
const (
	forModel       purpose = iota // loading the model
	forFile                       // opening a file of the reader's
	forTable                      // loading the table of GPT-2's tokenizer
	forRun                        // running the text
	forRows                       // more numbers of a large model
	forExplanation                // of the number that the reader points at
	forTrail                      // of a number on the way back
	forTokens                     // cutting the text of the Tokenize stage
	forRanking                    // all tokens by rank
	forTablePage                  // numbers of a long tensor for the table of numbers
	purposes                      // how many there are
)

// A ledger holds the IDs of the requests that are under way, by what they are for; 0: none.
type ledger [purposes]int

// pending reports whether a request is under way.
func (l ledger) pending(p purpose) bool { return l[p] != 0 }

// busy reports whether an answer is under way that will change what the reader has asked for; more
// numbers of a large model come by the way.
func (l ledger) busy() bool {
	l[forRows] = 0
	return l != ledger{}
}

// settle strikes the request of an ID out and returns what it was for; ok is false if nobody
// waits for its answer any more.
func (l *ledger) settle(id int) (p purpose, ok bool) {
	for p, waiting := range l {
		if waiting == id && id != 0 {
			l[p] = 0
			return purpose(p), true
		}
	}
	return 0, false
}

// request asks the engine for a purpose.
func (u *update) request(p purpose, q engine.Request) { u.requests[p] = u.send(q) }

// reserve returns the ID under which the page will ask the engine for a purpose, once it has what
// the request needs.
func (u *update) reserve(p purpose) int {
	u.lastID++
	u.requests[p] = u.lastID
	return u.lastID
}

// reply takes an answer to the request that waits for it, and drops it if none does.
func (u *update) reply(r engine.Reply) {
	u.learnRan(r)
	p, ok := u.requests.settle(r.ID)
	if !ok {
		return
	}
	switch p {
	case forModel:
		u.applyLoaded(r)
	case forFile:
		u.applyOpened(r)
	case forTable:
		u.tableLoaded(r)
	case forRun:
		u.runFinished(r)
	case forRows:
		u.applyRows(r)
	case forExplanation:
		u.applyExplained(r)
	case forTrail:
		u.applyTrailAnswer(r)
	case forTokens:
		u.applyTokenized(r)
	case forRanking:
		u.applyRanking(r)
	case forTablePage:
		u.applyTablePage(r)
	}
}
