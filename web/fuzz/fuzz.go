// Package fuzz makes the events of a reader whom nothing stops, for the page that tests itself.
package fuzz

import (
	"fmt"
	"math/rand/v2"
)

// Events makes the events of a reader whom nothing stops: the same ones for the same
// seed, whatever the page makes of them. Places and choices are numbers, so that an event
// means something in any state: the page looks up what stands there when it plays it.
type Events struct {
	random *rand.Rand
	x, y   float64      // where the pointer is
	down   map[int]bool // the pointers that are held
	lost   bool         // the GPU is away
}

// A Kind is a kind of event.
type Kind string

// The kinds of event.
const (
	Down    Kind = "pointerdown" // ID, X, Y, Button, Shift
	Move    Kind = "pointermove"
	Up      Kind = "pointerup"
	Cancel  Kind = "pointercancel"
	Leave   Kind = "pointerleave"
	Double  Kind = "dblclick"
	Menu    Kind = "contextmenu"
	Wheel   Kind = "wheel"   // V is deltaY, N deltaMode
	Key     Kind = "key"     // Text is the key
	Press   Kind = "press"   // clicks the Nth control
	Focus   Kind = "focus"   // the Nth place that takes it
	Type    Kind = "type"    // writes Text into the Nth text field
	Slide   Kind = "slide"   // moves the Nth slider to the share V of its way
	Resize  Kind = "resize"  // to the shares X, Y of the window
	Address Kind = "hash"    // Text is the hash that a reader writes into the address
	Post    Kind = "post"    // Text is the JSON of a message from another window
	Message Kind = "message" // RandomMessage of the seed N
	Lose    Kind = "lose"    // the browser takes the GPU away
	Restore Kind = "restore" // and gives it back
	Kill    Kind = "kill"    // the worker ends
	Drop    Kind = "drop"    // a file that begins with Text is dropped on the page
	Rest    Kind = "rest"    // N frames may be drawn
)

// A Event is one event. Which fields count depends on its kind.
type Event struct {
	Kind        Kind
	ID          int     // of the pointer: 1 is a mouse, others are fingers
	X, Y        float64 // shares of the window; a little outside it as well
	Button      int
	Shift, Ctrl bool
	N           int
	V           float64
	Text        string
}

// String is the event as a report shows it.
func (e Event) String() string {
	switch e.Kind {
	case Down, Move, Up, Cancel, Leave, Double, Menu, Resize:
		return fmt.Sprintf("%s id %d at %.3f %.3f button %d shift %t", e.Kind, e.ID, e.X, e.Y, e.Button, e.Shift)
	case Wheel:
		return fmt.Sprintf("wheel at %.3f %.3f by %.0f mode %d ctrl %t", e.X, e.Y, e.V, e.N, e.Ctrl)
	case Slide:
		return fmt.Sprintf("slide %d to %.3f", e.N, e.V)
	case Key:
		return fmt.Sprintf("key %q shift %t ctrl %t", e.Text, e.Shift, e.Ctrl)
	case Type, Address, Post, Drop:
		return fmt.Sprintf("%s %d %q", e.Kind, e.N, e.Text)
	}
	return fmt.Sprintf("%s %d", e.Kind, e.N)
}

// New returns the events of a seed.
func New(seed uint64) *Events {
	return &Events{random: rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15)), x: 0.4, y: 0.5, down: map[int]bool{}}
}

// shares says how many of a thousand events are of a kind.
var shares = []struct {
	kind  Kind
	share int
}{
	{Move, 343}, {Down, 70}, {Up, 80}, {Cancel, 8}, {Leave, 10}, {Double, 6}, {Menu, 4}, {Wheel, 50},
	{Key, 110}, {Press, 70}, {Focus, 15}, {Type, 40}, {Slide, 20}, {Resize, 6}, {Address, 15}, {Post, 20},
	{Message, 60}, {Lose, 3}, {Restore, 3}, {Kill, 1}, {Drop, 6}, {Rest, 60},
}

// Next returns the next event.
func (f *Events) Next() Event {
	at := f.random.IntN(1000)
	kind := Rest
	for _, s := range shares {
		if at -= s.share; at < 0 {
			kind = s.kind
			break
		}
	}
	e := Event{Kind: kind, N: f.random.IntN(1 << 16), V: f.random.Float64(), Shift: f.random.IntN(6) == 0, Ctrl: f.random.IntN(8) == 0}
	switch kind {
	case Down, Move, Up, Cancel, Leave, Double, Menu, Wheel:
		return f.pointer(e)
	case Rest:
		e.N = 1 + e.N%8/7
	}
	return f.other(e)
}

// pointer says where, and with which pointer, and keeps account of who is down.
func (f *Events) pointer(e Event) Event {
	f.wander()
	e.X, e.Y, e.ID = f.x, f.y, 1
	if f.random.IntN(3) == 0 {
		e.ID = 2 + f.random.IntN(3)
	}
	switch e.Kind {
	case Down:
		e.Button = []int{0, 0, 0, 1, 2}[f.random.IntN(5)]
		f.down[e.ID] = true
	case Up, Cancel: // of one that is held, mostly
		for id := range 5 {
			if f.down[id] && f.random.IntN(8) > 0 {
				e.ID = id
				break
			}
		}
		delete(f.down, e.ID)
	case Wheel:
		e.N %= 4
		e.V = float64(f.random.IntN(2400) - 1200)
	}
	return e
}

// wander moves the pointer: by a little, or somewhere else.
func (f *Events) wander() {
	if f.random.IntN(12) == 0 {
		f.x, f.y = f.random.Float64()*1.1-0.05, f.random.Float64()*1.1-0.05
		return
	}
	f.x = min(max(f.x+f.random.NormFloat64()*0.02, -0.05), 1.05)
	f.y = min(max(f.y+f.random.NormFloat64()*0.02, -0.05), 1.05)
}

// other says what is written, which key is hit, and what happens to GPU and window.
func (f *Events) other(e Event) Event {
	pick := func(list []string) string { return list[e.N%len(list)] }
	switch e.Kind {
	case Key:
		e.Text = pick(keys)
	case Type:
		e.Text = pick(texts)
		e.N >>= 8
	case Address:
		e.Text = pick(hashes)
	case Post:
		e.Text = pick(posts)
	case Drop:
		e.Text = pick(files)
	case Resize:
		if e.X, e.Y = 1, 1; f.random.IntN(2) == 0 {
			e.X, e.Y = 0.15+f.random.Float64(), 0.15+f.random.Float64()
		}
	case Lose, Restore: // in turn
		if f.lost = !f.lost; f.lost {
			e.Kind = Lose
		} else {
			e.Kind = Restore
		}
	}
	return e
}

// What is written, hit and sent: what the page expects, and what it does not.
var (
	keys = []string{"s", "p", "r", "w", "w", "[", "]", "Home", "Enter", "Escape", "z", "z", "Z", "c", "t", "?", "d", "d", "u", "h", "ArrowLeft", "ArrowRight", "ArrowUp",
		"ArrowDown", "ArrowRight", "ArrowDown", "+", "-", "=", "_", "f", "0", "PageUp", "PageDown", "End", " ", "Tab", "Backspace", "Delete",
		"a", "B", "1", "9", "g", "k", "F5", "Dead", "Process", "Unidentified", "ß", "日", ""}
	texts = []string{"", "A", "CB", "CBABBC", "CCCCCC", "ABCABC", "CBABBCABBBC", "AAAAAAAAAAAAAAAAAAAA", "cba", "CB x", "0", "-1", "7",
		"18446744073709551616", "1e400", "How to predict", " \n\t", "日本語 🙂", "\u202e\u0000\ufeff", "<b>&amp;\"'</b>", "\ud7ff\uffff"}
	hashes = []string{"", "#", "#model=sort&text=CAB", "#text=CBABBC&generated=0.1.1.1.2.2", "#generated=9.9.9", "#text=%", "#text=%ff&k=x",
		"#stage=block.1.mlp&panel=h.1.mlp.gelu&cell=3.7", "#panel=none&cell=1", "#panel=logits&cell=99.99", "#stage=sample", "#stage=block.99",
		"#temperature=1.5&k=2&p=0.7&seed=12", "#temperature=-1", "#model=none", "#theme=dark", "#theme=projector",
		"#panel=logits&cell=5.1&trail=probabilities-5-1", "#panel=logits&cell=5.1&trail=ln_f-5-1~none-9-9", "#trail=x-1",
		"#attention=h.1.attn.head.2.masked&pair=4.1", "#attention=h.9.attn.head.0", "#attention=h.0.attn.head.1&pair=99.0", "#pair=1.1", "#flow=h.0.attn.head.0.scores_40&pace=4", "#flow=none_9",
		"#word=softmax&stage=softmax", "#x=y&&=&#", "#text=&text=A"}
	files = []string{"", "PK", "\x02\x00\x00\x00\x00\x00\x00\x00{}", "\x09\x00\x00\x00\x00\x00\x00\x00{\"a\":1}}}", "\x08\x00\x00\x00\x00\x00\x00\x01{",
		"\x42\x00\x00\x00\x00\x00\x00\x00" + `{"wte.weight":{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]}}` + "123412341234123412341234"}
	posts = []string{`null`, `1`, `"glassbox"`, `[]`, `{}`, `{"type":1}`, `{"glassbox":null}`, `{"glassbox":1}`, `{"glassbox":1,"verb":"step"}`,
		`{"glassbox":1,"id":1,"verb":"setPrompt","args":["CAB"]}`, `{"glassbox":1,"id":2,"verb":"setPrompt","args":[{"a":[[[]]]}]}`,
		`{"glassbox":1,"id":"x","verb":"tensor","args":["logits",{"rows":[5,-5]}]}`, `{"glassbox":1,"verb":"__proto__"}`,
		`{"glassbox":1,"id":3,"verb":"constructor","args":null}`, `{"glassbox":1e99,"verb":"state"}`, `{"type":"slide:start"}`, `"slide:stop"`,
		`{"glassbox":1,"id":4,"verb":"select","args":["softmax"]}`, `{"glassbox":1,"id":5,"verb":"explain","args":["logits",1e9,-1]}`}
)
