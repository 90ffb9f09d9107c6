package feature

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/say"
)

// Limits of what the page opens. The engine is a wasm program of at most 4 GB: the file
// and the weights made from it are there at the same time.
const (
	mostFile   = 1 << 30 // bytes of a file
	mostMemory = 5 << 29 // bytes of a file and its weights, 2.5 GB
	longFile   = "1 GB"  // mostFile in words
	GPT2Vocab  = 50257   // V of GPT-2; more is padding, which stands for no text
	filePrefix = "file." // of the ids of models from files, which no link can open
	notOpened  = "This file was not opened"
	unchanged  = " Nothing was replaced."
)

// What the reader does with a file of their own.
type (
	// FileChosen picks a file, by the dialog of the system or by dropping it on the page.
	FileChosen struct{ File File }
	// FileRead says how many bytes of the file that a request waits for have been read.
	FileRead struct{ Request, Bytes int }
	// OpeningAnswered changes what the reader says about the file.
	OpeningAnswered struct{ Answers Answers }
	// OpeningConfirmed reads the file with these answers.
	OpeningConfirmed struct{}
	// OpeningCancelled closes the file; the model that is there stays.
	OpeningCancelled struct{}
)

// The commands of opening. Whatever fails comes back as a Reply with an Error.
type (
	// ReadHead reads the first megabyte of a file and sends it as Inspect.
	ReadHead struct {
		File    File
		Request int
	}
	// ReadFile reads a file, tells FileRead how far it is, and sends Load with its bytes.
	ReadFile struct {
		File    File
		Load    engine.Load
		Request int
	}
	// StopReading ends what ReadHead or ReadFile do.
	StopReading struct{}
)

// A File is one on the reader's disk. The page keeps the handle under the number.
type File struct {
	Number int
	Name   string
	Size   int // bytes
}

// Answers are what a file may leave open.
type Answers struct {
	Heads    int
	Words    string // "letters", "gpt2" or "numbers"
	Alphabet string // of the letters
}

// A Source of a model is a file of the reader's, and what they said about it.
type Source struct {
	File
	Answers
	Notes []string // what was inferred from the file or filled in
}

// An Opening is a file on its way into the page. The model that is there stays until the
// new one is ready.
type Opening struct {
	Source
	Step  OpeningStep
	Known engine.Inspected
	Read  int // bytes
}

// OpeningStep is how far an opening is.
type OpeningStep int

// The header is read; the reader is asked what the file leaves open; the file is read;
// the engine makes a model of it.
const (
	OpeningLooks OpeningStep = iota
	OpeningAsks
	OpeningReads
	OpeningLoads
)

// AsksWords reports whether the reader has to say what the ids stand for.
func (o *Opening) AsksWords() bool { return o.Known.Words == "" }

// AsksHeads reports whether the reader is asked for the number of heads: a file with the
// vocabulary of GPT-2 has its heads of 64 numbers too.
func (o *Opening) AsksHeads() bool {
	return !o.Known.Asserted && (o.Known.Config.Heads == 0 || o.AsksWords())
}

// Missing says what is missing before the file can be read; "" nothing.
func (o *Opening) Missing() string {
	V, n := o.Known.Config.Vocab, len([]rune(o.Alphabet))
	switch {
	case o.Words != "letters" || !o.AsksWords():
		return ""
	case n != V:
		return fmt.Sprintf("%s of %s characters", say.Count(n), say.Count(V))
	}
	seen := map[rune]bool{}
	for _, r := range o.Alphabet {
		if seen[r] {
			return fmt.Sprintf("%q stands there twice", r)
		}
		seen[r] = true
	}
	return ""
}

// HeadChoices lists the numbers of heads that a model of this width can have.
func HeadChoices(c model.Config) (list []int) {
	for h := 1; h <= min(c.Width, 128); h++ {
		if c.Width%h == 0 {
			list = append(list, h)
		}
	}
	return list
}

// handleOpening handles the messages of opening.
func (u *Change) handleOpening(m Msg) {
	switch m := m.(type) {
	case FileChosen:
		u.open(m.File)
	case FileRead:
		if u.Opening != nil && m.Request == u.Request(ForFile) {
			o := *u.Opening
			if o.Read = m.Bytes; o.Read >= o.Size {
				o.Step = OpeningLoads
			}
			u.Opening = &o
		}
	case OpeningAnswered:
		if u.Opening != nil && u.Opening.Step == OpeningAsks {
			o := *u.Opening
			o.Answers = m.Answers
			u.Opening = &o
		}
	case OpeningConfirmed:
		if o := u.Opening; o != nil && o.Step == OpeningAsks && o.Missing() == "" {
			u.readFile()
		}
	case OpeningCancelled:
		u.cancelOpening()
	}
}

// open begins with the header of a file.
func (u *Change) open(f File) {
	switch {
	case u.Opening != nil:
		return
	case u.Phase != Ready:
		u.Notice = "There is no working model yet. Open your file when it is there."
	case f.Size == 0:
		u.notOpened(f.Name + " is empty; expected a model in safetensors.")
	case f.Size > mostFile:
		u.notOpened(fmt.Sprintf("%s has %s; this page opens files up to %s.", f.Name, say.Bytes(f.Size), longFile))
	default:
		u.Stop()
		u.CloseCards("")
		u.Problem = nil
		u.Opening = &Opening{Source: Source{File: f}}
		u.Reserve(ForFile)
		u.Do(ReadHead{f, u.Request(ForFile)})
	}
}

// applyOpened takes the answers of the engine: about the header, then about the whole file.
func (u *Change) applyOpened(r engine.Reply) {
	switch o := u.Opening; {
	case o == nil:
	case r.Error != "":
		u.notOpened(r.Error)
	case r.Inspected != nil:
		u.inspected(*r.Inspected)
	case r.Loaded != nil:
		u.enterOpened(r)
	}
}

// notOpened says why a file is not opened, and goes on with what is there.
func (u *Change) notOpened(reason string) {
	u.Opening = nil
	u.Drop(ForFile)
	u.runPending()
	u.Problem = &Problem{Title: notOpened, Detail: reason + unchanged}
}

// runPending runs what changed while no run was allowed.
func (u *Change) runPending() {
	if u.waiting || u.Applied == 0 || !u.Ran.Equal(u.Input()) {
		u.Compute()
	}
}

// inspected asks for what the header leaves open, or goes on without a question.
func (u *Change) inspected(i engine.Inspected) {
	o := *u.Opening
	if n := o.Size + 4*i.Config.Parameters(); n > mostMemory {
		u.notOpened(fmt.Sprintf("%s has %s parameters. The file and its weights need %s of memory; this page can use %s.",
			o.Name, say.ShortCount(i.Config.Parameters()), say.Bytes(n), say.Bytes(mostMemory)))
		return
	}
	o.Known, o.Step = i, OpeningAsks
	o.Answers = Answers{Heads: i.Config.Heads, Words: i.Words}
	if o.AsksHeads() && o.Heads == 0 {
		o.Heads = usualHeads(i.Config)
	}
	if o.AsksWords() {
		if o.Words = "letters"; i.Config.Vocab >= GPT2Vocab {
			o.Words = "gpt2"
		}
	}
	if u.Opening = &o; !o.AsksWords() && !o.AsksHeads() {
		u.readFile()
	}
}

// usualHeads returns the number of heads whose size comes nearest to that of GPT-2's.
func usualHeads(c model.Config) int {
	best := 1
	for _, h := range HeadChoices(c) {
		if size := c.Width / h; size >= 16 && abs(size-64) <= abs(c.Width/best-64) {
			best = h
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// readFile reads the file with the answers that are there.
func (u *Change) readFile() {
	o := *u.Opening
	o.Step, o.Read = OpeningReads, 0
	u.Opening = &o
	u.Reserve(ForFile)
	u.Do(ReadFile{o.File, o.load(), u.Request(ForFile)})
}

// load returns the request to load the file. What the file itself says is not repeated.
func (s Source) load() engine.Load {
	l := engine.Load{Name: s.Name, Heads: s.Heads, Words: s.Words}
	if s.Words == "letters" && s.Alphabet == "" {
		l.Words = ""
	}
	l.Alphabet = s.Alphabet
	return l
}

// reopen reads the file of an entry of the switch again.
func (u *Change) reopen(c Choice) {
	if u.Opening == nil {
		u.Stop()
		u.Opening = &Opening{Source: *c.Source}
		u.readFile()
	}
}

// enterOpened makes the model from the file the chosen one.
func (u *Change) enterOpened(r engine.Reply) {
	o := *u.Opening
	o.Notes = r.Loaded.Notes
	c := choiceOf(o.Source, r.Loaded.Config)
	if i := slices.IndexFunc(u.Models, func(m Choice) bool { return m.ID == c.ID }); i >= 0 {
		u.Models = slices.Clone(u.Models)
		u.Models[i] = c
	} else {
		u.Models = append(slices.Clip(u.Models), c)
	}
	u.Opening = nil
	u.Drop(ForFile)
	u.State = u.withModel(c)
	u.Do(ShowSteps{}, Fly{})
	u.applyLoaded(r)
	u.Notice = fmt.Sprintf("Opened %s: %s parameters. It never left this device.", o.Name, say.ShortCount(c.Config.Parameters()))
}

// Holds reports whether a file of that number is still needed: it is being opened, or
// stands in the model switch.
func (s State) Holds(number int) bool {
	return s.Opening != nil && s.Opening.Number == number ||
		slices.ContainsFunc(s.Models, func(c Choice) bool { return c.Source != nil && c.Source.Number == number })
}

// choiceOf returns the entry of the switch for a file.
func choiceOf(s Source, config model.Config) Choice {
	label := strings.TrimSuffix(s.Name, ".safetensors")
	if r := []rune(label); len(r) > 24 {
		label = string(r[:23]) + "…"
	}
	return Choice{ID: filePrefix + strconv.Itoa(s.Number), Label: label, Size: say.ShortCount(config.Parameters()),
		Config: config, Source: &s, Example: example(s, config), Does: "Opened from your file " + s.Name + "."}
}

// example returns a text to begin with: an empty page would show nothing.
func example(s Source, c model.Config) string {
	n := min(6, c.Context, c.Vocab)
	switch s.Words {
	case "gpt2":
		return "How to predict"
	case "numbers":
		ids := make([]string, n)
		for i := range ids {
			ids[i] = strconv.Itoa(i)
		}
		return strings.Join(ids, " ")
	}
	var letters []rune
	for _, r := range c.Alphabet {
		if unicode.IsLetter(r) && len(letters) < n {
			letters = append(letters, r)
		}
	}
	if len(letters) == 0 {
		letters = []rune(c.Alphabet)[:min(n, len([]rune(c.Alphabet)))]
	}
	return string(letters)
}

// cancelOpening closes the file. An engine that is at work on it is replaced.
func (u *Change) cancelOpening() {
	o := u.Opening
	if o == nil {
		return
	}
	u.Opening = nil
	u.Drop(ForFile)
	u.Notice = o.Name + " was not opened." + unchanged
	u.Do(StopReading{})
	if o.Step == OpeningLoads {
		u.forgetEngine()
		u.restart()
		return
	}
	u.runPending()
}

// openingDied says that the engine did not survive a file.
func (u *Change) openingDied(reason string) {
	o := u.Opening
	if o == nil {
		return
	}
	u.Opening = nil
	u.Drop(ForFile)
	u.Do(StopReading{})
	u.Problem = &Problem{Title: notOpened, Detail: fmt.Sprintf(
		"The engine ended while it read %s, most likely for want of memory (%s). The model before is back.", o.Name, reason)}
}

// clearSolvedProblem takes a message away whose reason is gone. That of a file stays until the reader
// closes it: nothing else would tell why it is not there.
func (u *Change) clearSolvedProblem() {
	if u.Problem != nil && u.Problem.Title != notOpened {
		u.Problem = nil
	}
}

// without takes out of a link what belongs to a model that is not here.
func without(l *address.Link) address.Warning {
	if !strings.HasPrefix(l.Model, filePrefix) {
		return address.Warning{Name: "model", Reason: "there is no model " + l.Model}
	}
	theme, scale := l.Theme, l.Scale
	*l = address.New()
	l.Theme, l.Scale = theme, scale
	return address.Warning{Name: "model", Reason: "it was opened from a file, which no link can carry; open the file again"}
}

// ReadsGPT2 reports whether the ids of the model are those of GPT-2's tokens.
func (s State) ReadsGPT2() bool {
	c := s.Choice()
	if c.Source != nil {
		return c.Source.Words == "gpt2"
	}
	return c.Config.Vocab == GPT2Vocab
}

// tableLoaded goes on once the table is there.
func (u *Change) tableLoaded(r engine.Reply) {
	switch {
	case r.Error == "":
		if u.gpt2 = true; u.ReadsGPT2() {
			u.Compute()
		}
	case u.Tokens == nil && u.ReadsGPT2():
		u.TextError = r.Error
	}
}

// Table reports whether the table of GPT-2's tokenizer is in the engine. If not, the page fetches it, and
// what becomes of that comes to the Answer of each feature, for ForTable.
func (u *Change) Table() bool {
	u.loadTable()
	return u.gpt2
}

// awaitsTable reports whether the model reads GPT-2 tokens and their table is not there
// yet, and asks for it.
func (u *Change) awaitsTable() bool {
	return u.ReadsGPT2() && !u.Table()
}

// loadTable asks for the table of GPT-2's tokenizer, unless it is here or on its way.
func (u *Change) loadTable() {
	if !u.gpt2 && !u.Waits(ForTable) {
		u.Reserve(ForTable)
		u.Do(LoadTable{u.Request(ForTable)})
	}
}
