// Package message is the protocol by which the page around this one talks to it: what it may ask, and
// how that is checked.
package message

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Version is that of the messages between this page and the one around it.
//
// The page around the frame (or the one that opened the window) calls the verbs of
// window.glassbox by postMessage, and gets one answer for each:
//
//	→ {glassbox: 1, id: 7, verb: "setPrompt", args: ["CBABBC"]}
//	← {glassbox: 1, id: 7, ok: …}              what the verb promises
//	← {glassbox: 1, id: 7, error: "…"}         a sentence
//
// An id is a number or a short text, and comes back unchanged. Without being asked the page
// says, to that same window:
//
//	← {glassbox: 1, event: "ready"}            the first picture stands, the verbs work
//	← {glassbox: 1, event: "size", width, height}
//
// The height of size is the one, in CSS pixels, at which the page fits its width best. What
// comes from another window, or is no such message, is not answered.
const Version = 1

// What a message may weigh at most: its texts, in bytes, and its list of arguments.
const (
	maxID   = 64
	MaxText = 16 << 10
	MaxArgs = 8
)

// A Call is a message that asks for something.
type Call struct {
	ID   any // string or float64
	Verb string
	Args []any
}

// verbs says which arguments each verb of window.glassbox takes.
var verbs = map[string]func(args []any) error{
	"state":     checkArgs(),
	"stats":     checkArgs(),
	"steps":     checkArgs(),
	"step":      checkArgs(),
	"reset":     checkArgs(),
	"setPrompt": checkArgs(checkText),
	"select":    checkArgs(checkText),
	"tensor":    checkArgs(checkText, checkRows),
	"explain":   checkArgs(checkText, checkWhole, checkWhole),
	"export":    checkArgs(checkText, checkText),
}

// ParseCall reads a message, made of maps, lists, texts, numbers, truth values and nil. heard
// says that it is one of ours and must be answered; err then says what is wrong with it.
func ParseCall(message any) (c Call, heard bool, err error) {
	m, ok := message.(map[string]any)
	if !ok || m["glassbox"] != float64(Version) {
		return Call{}, false, nil
	}
	verb, ok := m["verb"].(string)
	if !ok || !validID(m["id"]) {
		return Call{}, false, nil
	}
	c = Call{ID: m["id"], Verb: verb}
	check, known := verbs[verb]
	if !known {
		return c, true, errors.New("there is no such verb; the verbs are " + strings.Join(verbNames(), ", "))
	}
	if args := m["args"]; args != nil {
		if c.Args, ok = args.([]any); !ok {
			return c, true, errors.New("args is not a list")
		}
	}
	if err := check(c.Args); err != nil {
		return c, true, fmt.Errorf("%s: %w", verb, err)
	}
	return c, true, nil
}

func verbNames() (names []string) {
	for name := range verbs {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// validID reports whether v can be an id.
func validID(v any) bool {
	switch v := v.(type) {
	case string:
		return len(v) <= maxID
	case float64:
		return !math.IsNaN(v) && !math.IsInf(v, 0)
	}
	return false
}

// checkArgs returns the check of a verb, made from those of its arguments.
func checkArgs(kinds ...func(v any) error) func([]any) error {
	return func(args []any) error {
		if len(args) > len(kinds) {
			return fmt.Errorf("takes %d arguments, got %d", len(kinds), len(args))
		}
		for i, kind := range kinds {
			var v any
			if i < len(args) {
				v = args[i]
			}
			if err := kind(v); err != nil {
				return fmt.Errorf("argument %d %w", i+1, err)
			}
		}
		return nil
	}
}

func checkText(v any) error {
	s, ok := v.(string)
	switch {
	case !ok:
		return errors.New("is not a text")
	case len(s) > MaxText:
		return fmt.Errorf("has %d bytes; expected %d at most", len(s), MaxText)
	}
	return nil
}

func checkWhole(v any) error {
	if f, ok := v.(float64); !ok || f != math.Trunc(f) || f < 0 || f > math.MaxInt32 {
		return errors.New("is not a whole number from 0 on")
	}
	return nil
}

// checkRows returns an error unless v is nil or {rows: [from, to]}.
func checkRows(v any) error {
	if v == nil {
		return nil
	}
	m, _ := v.(map[string]any)
	rows, ok := m["rows"].([]any)
	if !ok || len(rows) != 2 || checkWhole(rows[0]) != nil || checkWhole(rows[1]) != nil {
		return errors.New("is not {rows: [from, to]}")
	}
	return nil
}

// TargetOrigin returns the origin to which an answer is posted: that of the question. Pages from a
// disk, in a sandbox and in srcdoc have none that could be named, so for them it is "*"; only the
// window decides who gets the answer.
func TargetOrigin(origin string) string {
	if !strings.HasPrefix(origin, "http://") && !strings.HasPrefix(origin, "https://") {
		return "*"
	}
	return origin
}
