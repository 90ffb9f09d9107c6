// Package open is the feature that opens a model from files of the reader's.
package open

import (
	"math/rand/v2"
	"slices"

	"github.com/vugu/vugu"

	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
	"glassbox/web/view"
)

// State are files on their way into the page. The model that is there stays until the new one is ready.
type State struct {
	feature.FileSource
	Step Step
	Read int // bytes

	// While files are looked at that came to others, which are the first ones of Files.
	Held   int
	Before *State              // with the others alone; nil: there were none on their way
	Source *feature.FileSource // the model that the reader has open, if they may belong to it

	Folder string   // that the reader chose; "": files
	Said   string   // what became of files that came to others
	Closed []string // folders that were not looked into
	Next   *Chosen  // what came while the engine was at work on these
}

// Step is how far an opening is.
type Step int

// There is none; the header is read; the reader is asked what the file leaves open, or for what is missing; the file is
// read; the engine makes a model of it.
const (
	Closed Step = iota
	Looks
	Asks
	Reads
	Loads
)

var (
	memory = feature.MemoryOf[*State]("open")     // nil: no file is on its way
	shown  = feature.MemoryOf[Step]("open.shown") // the step for which the focus was moved last
)

// Of returns the file that a state has on its way in; nil: none.
func Of(s *feature.State) *State { return memory.Get(s) }

// forFile is the purpose of looking into the file, and then of loading it.
const forFile feature.Purpose = "open"

// What the reader does with a file of their own.
type (
	// Chosen picks files, by the dialog of the system or by dropping them on the page.
	Chosen struct {
		Files          []feature.File
		Folder         string   // in which they lie; "": none was picked
		Closed         []string // folders within it that were not looked into
		TooMany        bool     // it holds more files than are looked at, and none of them is here
		feature.Origin          // if they are on no disk of the reader's
	}
	// Answered changes what the reader says about the file.
	Answered struct{ Answers feature.FileAnswers }
	// Reconsidered asks again what the file of the chosen model leaves open.
	Reconsidered struct{}
	// Confirmed reads the file with these answers.
	Confirmed struct{}
	// Cancelled closes the file; the model that is there stays.
	Cancelled struct{}
)

// The commands of opening, besides feature.ReadFile.
type (
	// ReadHead reads the beginning of files, as much as the engine needs, and sends it as Inspect. What fails comes back
	// as a Reply with an Error.
	ReadHead struct {
		Files   []feature.File
		Held    int // as in engine.Inspect
		Open    bool
		Request int
	}
	// StopReading ends what ReadHead or ReadFile do.
	StopReading struct{}
)

// Pick is the action that shows the dialog in which the system lets the reader pick files, or a folder.
type Pick struct{ Folder bool }

// Feature returns the feature.
func Feature() feature.Feature {
	return feature.Feature{
		Name:     "open",
		Parts:    []address.Part{{Name: "open", Doc: say.Open.ButtonDoc()}},
		Handle:   handle,
		Settle:   settle,
		Replied:  answer,
		Suspends: func(s *feature.State) bool { return Of(s) != nil },
		Card: func(s *feature.State) feature.Card {
			return feature.Card{Open: Of(s) != nil, Modal: true, Close: Cancelled{}}
		},
		Components: []feature.Component{
			{Slot: feature.SlotModels, Order: 10, When: (*feature.Screen).Live, Build: func(c *feature.Screen) vugu.Builder { return &Button{Screen: c} }},
			{Slot: feature.SlotMenu, Order: 4, When: (*feature.Screen).Live, Build: func(c *feature.Screen) vugu.Builder { return &FolderEntry{Screen: c} }},
			{Slot: feature.SlotMenu, Order: 5, When: asksOfFile, Build: func(c *feature.Screen) vugu.Builder { return &Entry{Screen: c} }},
			{Slot: feature.SlotInspector, Order: 95, When: func(c *feature.Screen) bool { return fromFile(c) && view.Overview(c) },
				Build: func(c *feature.Screen) vugu.Builder { return &About{Screen: c} }},
			{Slot: feature.SlotPage, Order: 20, When: func(c *feature.Screen) bool { return Of(c.State) != nil },
				Build: func(c *feature.Screen) vugu.Builder { return &Dialog{Screen: c} }},
		},
		Random: random,
	}
}

func random(r *rand.Rand, _ *feature.State) []feature.Msg {
	any := func(list ...string) string { return list[r.IntN(len(list))] }
	a := feature.FileAnswers{Heads: r.IntN(5) - 1, Words: any("letters", "gpt2", "x"), Alphabet: "AB", Theta: any("", "500", "NaN"), Epsilon: any("", "1e-5", "-1", "1e-99"),
		Context: any("", "3", "1e9", "4.5"), Tied: any("", "yes", "no"), Split: any("", "gpt2", "x")}
	return []feature.Msg{Reconsidered{}, Answered{a}, Confirmed{}, Cancelled{}}
}

func handle(u *feature.Change, m feature.Msg) bool {
	o := Of(&u.State)
	switch m := m.(type) {
	case Chosen:
		arrive(u, m)
	case feature.FileRead:
		if o != nil && m.Request == u.Request(forFile) {
			o.progress(u, m.Bytes)
		}
	case Answered:
		if o != nil && o.Step == Asks {
			next := *o
			next.FileAnswers = m.Answers
			memory.Set(&u.State, &next)
		}
	case Reconsidered:
		reconsider(u)
	case Confirmed:
		if o != nil && o.Step == Asks && !o.Lacks() && o.Missing() == "" {
			read(u, *o)
		}
	case Cancelled:
		cancel(u)
	case feature.ModelChosen:
		return reopen(u, m.ID)
	case feature.WorkerDied:
		died(u, m.Reason)
		return false
	default:
		return false
	}
	return true
}

// settle closes a file whose request nobody answers any more, for the engine was replaced, and moves
// the focus along.
func settle(u *feature.Change) {
	if o := Of(&u.State); o != nil && o.Step != Asks && !u.Waits(forFile) {
		cancel(u)
	}
	is := Closed
	if o := Of(&u.State); o != nil {
		is = o.Step
	}
	if is != shown.Get(&u.State) {
		shown.Set(&u.State, is)
		u.Do(feature.Focus{ID: focus(&u.State)})
	}
}

// focus returns what gets the focus: in the dialog its first question, and behind it the button that
// opened it, or what went wrong.
func focus(s *feature.State) string {
	switch o := Of(s); {
	case o == nil && s.Problem != nil:
		return "dismiss"
	case o == nil:
		return "open"
	case o.Step != Asks:
		return "open-cancel"
	case o.Lacks():
		return "open-add"
	case o.AsksHeads():
		return "open-heads"
	case o.AsksWords() && o.Words == "letters":
		return "open-letters"
	case len(o.questions(o.Known.Config)) > 0:
		return o.questions(o.Known.Config)[0].ID
	}
	return "open-confirm"
}

// answer takes the answers of the engine: about the header, then about the whole file.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	switch o := Of(&u.State); {
	case p != forFile || o == nil:
	case r.Error != "" && o.Step == Looks:
		o.fail(u, r.Error)
	case r.Error != "":
		refuse(u, r.Error+o.unread())
	case r.Inspected != nil:
		inspected(u, *o, *r.Inspected)
	case r.Loaded != nil:
		enter(u, *o, r)
	}
}

// enter makes the model from the file the chosen one.
func enter(u *feature.Change, o State, r engine.Reply) {
	o.Notes, o.Stored, o.Cutter = r.Loaded.Notes, r.Loaded.Stored, r.Loaded.Cutter
	o.keepSplit()
	if o.Known.Words == "own" && r.Loaded.Words != "own" { // its tokenizer is none that is known: the reader says what ids stand for
		o.Known.Words, o.Words = "", r.Loaded.Words
	}
	c := o.FileSource.Entry(r.Loaded.Config, does(o.FileSource))
	c.Frames, c.Chat = r.Loaded.Frames, r.Loaded.Chat
	if name := r.Loaded.Metadata["name"]; name != "" && feature.Nameless(o.Name) {
		c.Label = feature.FileLabel(say.Harmless(name))
	}
	end(u)
	u.EnterLoaded(c, r)
	u.Notice = o.opened(c.Config.Parameters())
	if o.Next != nil {
		arrive(u, *o.Next)
	}
}

// opened says that the model is here.
func (o *State) opened(parameters int) string {
	if o.Address != "" {
		return say.Open.OpenedElsewhere(o.Name, say.ShortCount(parameters))
	}
	return say.Open.Opened(o.Name, say.ShortCount(parameters))
}

// end forgets the file.
func end(u *feature.Change) {
	memory.Set(&u.State, nil)
	u.Drop(forFile)
}

// refuse says why a file is not opened, and goes on with what is there.
func refuse(u *feature.Change, reason string) {
	end(u)
	u.RunPending()
	u.Problem = problem(reason + " " + say.Open.Unchanged())
}

// problem says why a file is not there, which nothing else would tell.
func problem(detail string) *feature.Problem {
	return &feature.Problem{Title: say.Open.Problem(), Detail: detail, Stays: true}
}

// cancel closes the file. An engine that is at work on it is replaced.
func cancel(u *feature.Change) {
	o := Of(&u.State)
	if o == nil {
		return
	}
	end(u)
	u.Notice = say.Open.Cancelled(o.Name) + " " + say.Open.Unchanged()
	u.Do(StopReading{})
	if o.Step == Loads {
		u.ReplaceEngine()
		return
	}
	u.RunPending()
}

// died says that the engine did not survive a file.
func died(u *feature.Change, reason string) {
	o := Of(&u.State)
	if o == nil {
		return
	}
	end(u)
	u.Do(StopReading{})
	u.Problem = problem(say.Open.EngineEnded(o.Name, reason))
}

// NeedsFile reports whether a file of that number is still needed: it is being opened, or belongs to a model in the menu.
func NeedsFile(s *feature.State, number int) bool {
	return Of(s).needs(number) ||
		slices.ContainsFunc(s.Models, func(c feature.Choice) bool { return c.Source != nil && c.Source.Has(number) })
}

// needs reports whether a file is one of those on their way.
func (o *State) needs(number int) bool {
	return o != nil && (o.Has(number) || o.Before.needs(number) || o.Next != nil && feature.FileSource{Files: o.Next.Files}.Has(number))
}
