package quality

import (
	"fmt"
	"io"
	"time"
)

// talk tells how far the work is, once in a while.
type talk struct {
	to   io.Writer
	last time.Time
}

const pause = 2 * time.Second

func newTalk(to io.Writer) *talk {
	if to == nil {
		to = io.Discard
	}
	return &talk{to, time.Now()}
}

// say says what begins now.
func (t *talk) say(what string) { fmt.Fprintf(t.to, "quality: %s\n", what) }

// step says how far something is, unless it has said so a moment ago.
func (t *talk) step(what string, done, all int) {
	if time.Since(t.last) < pause {
		return
	}
	t.last = time.Now()
	fmt.Fprintf(t.to, "quality: %s, %d of %d\n", what, done, all)
}
