package quality

import (
	"fmt"
	"io"
	"time"
)

// progress reports how far the work is, at most once in progressInterval.
type progress struct {
	to   io.Writer
	last time.Time
}

const progressInterval = 2 * time.Second

func newProgress(to io.Writer) *progress {
	if to == nil {
		to = io.Discard
	}
	return &progress{to, time.Now()}
}

// say says what begins now.
func (t *progress) say(what string) { fmt.Fprintf(t.to, "quality: %s\n", what) }

// step says how far something is, unless it has said so a moment ago.
func (t *progress) step(what string, done, all int) {
	if time.Since(t.last) < progressInterval {
		return
	}
	t.last = time.Now()
	fmt.Fprintf(t.to, "quality: %s, %d of %d\n", what, done, all)
}
