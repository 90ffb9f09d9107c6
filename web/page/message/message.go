// Package message is the protocol by which the page around this one talks to it: what it may ask, and
// how that is checked.
package message

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Version is that of the messages between this page and the one around it, or the one that opened it, as
// docs/EMBED.md describes them for those who write such a page. That page calls the verbs of window.glassbox by
// postMessage, and gets one answer for each call:
//
//	→ {glassbox: 1, id: 7, verb: "setPrompt", args: ["CBABBC"]}
//	← {glassbox: 1, id: 7, ok: …}              what the verb promises
//	← {glassbox: 1, id: 7, error: "…"}         a sentence
//
// An id is a number or a short text, and comes back unchanged. What comes from another window, or is no such message,
// is not answered. Unasked the page says, to that same window, {glassbox: 1, event: …} with one of Events.
const Version = 1

// The events, which the page tells its host unasked.
const (
	Ready  = "ready"  // the first picture stands
	Failed = "failed" // it can't start; error says why
	Size   = "size"   // width, and the height in CSS pixels at which the page fits that width best
	Change = "change" // state; to a host that has called a verb, at the origin from which it did
	Key    = "key"    // a key that nothing in the page uses: key, code, keyCode, shiftKey
	Leave  = "leave"  // the reader pressed Escape where nothing is open: the keys are the host's again
)

// Events lists them.
var Events = []string{Ready, Failed, Size, Change, Key, Leave}

// What a message may weigh at most: its texts, in bytes, its list of arguments, the members of its objects.
const (
	maxID      = 64
	MaxText    = 16 << 10
	MaxArgs    = 8
	MaxMembers = 16
)

// A Call is a message that asks for something.
type Call struct {
	ID   any // string or float64
	Verb string
	Args []any
}

// A kind says what is wrong with an argument.
type kind = func(v any) error

// verbs says which arguments each verb of window.glassbox takes.
var verbs = map[string][]kind{
	"state":     {},
	"stats":     {},
	"steps":     {},
	"step":      {},
	"reset":     {},
	"setPrompt": {checkText},
	"select":    {checkText},
	"goto":      {checkText},
	"model":     {checkText},
	"sampling":  {checkSettings},
	"walk":      {checkWhole},
	"play":      {checkSwitch},
	"tensor":    {checkText, checkRows},
	"explain":   {checkText, checkWhole, checkWhole},
	"export":    {checkText, checkText},
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
	if args := m["args"]; args != nil {
		if c.Args, ok = args.([]any); !ok {
			return c, true, errors.New("args is not a list")
		}
	}
	for i, v := range c.Args {
		if s, ok := v.(string); ok && len(s) > MaxText {
			return c, true, fmt.Errorf("%s: argument %d has %d bytes; expected %d at most", verb, i+1, len(s), MaxText)
		}
	}
	return c, true, Check(verb, c.Args)
}

// Check returns what is wrong with a verb and its arguments.
func Check(verb string, args []any) error {
	kinds, known := verbs[verb]
	switch {
	case !known:
		return errors.New("there is no such verb; the verbs are " + strings.Join(Verbs(), ", "))
	case len(args) > len(kinds):
		return fmt.Errorf("%s: takes %d arguments, got %d", verb, len(kinds), len(args))
	}
	for i, kind := range kinds {
		var v any
		if i < len(args) {
			v = args[i]
		}
		if err := kind(v); err != nil {
			return fmt.Errorf("%s: argument %d %w", verb, i+1, err)
		}
	}
	return nil
}

// Takes returns how many arguments a verb takes at most.
func Takes(verb string) int { return len(verbs[verb]) }

// Verbs lists the verbs.
func Verbs() []string { return slices.Sorted(maps.Keys(verbs)) }

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

func checkText(v any) error {
	if _, ok := v.(string); !ok {
		return errors.New("is not a text")
	}
	return nil
}

// checkSwitch returns an error unless v is true, false or left out.
func checkSwitch(v any) error {
	if _, ok := v.(bool); !ok && v != nil {
		return errors.New("is neither true nor false")
	}
	return nil
}

// settings are the names of the numbers that say how tokens are drawn, as links have them.
var settings = []string{"temperature", "k", "p", "seed"}

// checkSettings returns an error unless v is nil or an object of such numbers. Whether they are in range is not looked at.
func checkSettings(v any) error {
	m, ok := v.(map[string]any)
	if v != nil && !ok {
		return errors.New("is not an object; its members are " + strings.Join(settings, ", "))
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if !slices.Contains(settings, name) {
			return fmt.Errorf("has the unknown member %.40q; there are %s", name, strings.Join(settings, ", "))
		}
		if _, ok := m[name].(float64); !ok {
			return fmt.Errorf("has the member %s, which is not a number", name)
		}
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
