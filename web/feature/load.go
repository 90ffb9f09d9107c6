package feature

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"glassbox/model/fault"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// patience is how often the engine is replaced by itself before the reader is asked.
const patience = 2

// A File is one on the reader's disk. The page keeps the handle under the number.
type File struct {
	Number int
	Name   string // with the folders in which it lies, as far as they are known: "gpt2/config.json"
	Size   int    // bytes
	Sums   []engine.Sum
}

// An Origin says where a model comes from that is on no disk of the reader's.
type Origin struct {
	Address string // of its file, or BesidePrefix and the folder beside the page; "": it is on a disk
	Host    string // that has the file; "" the server of the page
	SHA256  string // of the file, in hexadecimal digits; "": nobody has said it
	Licence string // as it is stated there; "" it is not
	Unkept  bool   // the browser has no room to keep it
}

// BesidePrefix begins the addresses of the models that lie beside the page.
const BesidePrefix = "models/"

// AddressProperty is the property of a link that says the address of a model.
const AddressProperty = "weights"

// From returns the entry of the menu for the model of an address.
func (s State) From(address string) (Choice, bool) {
	i := slices.IndexFunc(s.Models, func(c Choice) bool { return c.Source != nil && c.Source.Address == address && address != "" })
	if i < 0 {
		return Choice{}, false
	}
	return s.Models[i], true
}

// Beside reports whether the model lies beside the page.
func (o Origin) Beside() bool { return strings.HasPrefix(o.Address, BesidePrefix) }

// FileAnswers are what a file may leave open.
type FileAnswers struct {
	Heads      int
	Activation string // its name, where the file does not say it; "" as it says
	Theta      string // as they are typed; "" what the file says, or is usual
	Epsilon    string
	Context    string
	Tied       string // "yes" or "no", as in engine.Load; "" as the file says
	Split      string // one of engine.Splits; "" as the file says
	Words      string // "letters", "gpt2" or "numbers"
	Alphabet   string // of the letters
}

// RopeTheta returns the number that was typed, NaN if it is none; 0: nothing was typed.
func (a FileAnswers) RopeTheta() float64 { return typed(a.Theta) }

// NormEpsilon does the same.
func (a FileAnswers) NormEpsilon() float32 { return float32(typed(a.Epsilon)) }

// MostTokens returns the whole number that was typed, −1 if it is none; 0: nothing was typed.
func (a FileAnswers) MostTokens() int {
	if n := typed(a.Context); n == math.Trunc(n) && math.Abs(n) <= math.MaxInt32 {
		return int(n)
	}
	return -1
}

// typed returns the number that a text means, NaN if it means none; 0: there is no text.
func typed(text string) float64 {
	text = strings.TrimSpace(text)
	if text == "" {
		return 0
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		return n
	}
	return math.NaN()
}

// A FileSource of a model are files of the reader's, and what they said about them.
type FileSource struct {
	File  // stands for all: the number is that of the model, the name too, and the size is what is read of them
	Files []File
	Origin
	FileAnswers
	Known engine.Inspected // what their headers say
	Notes []*fault.Fault   // what was inferred from the file, filled in or left out
	Held  bool             // the engine holds the model: the page has no file of it

	Stored []string // as in engine.Loaded
	Cutter string
}

// ReadFile is the command to read files, of each as many bytes as Load says, to tell FileRead how far it is, and to send
// Load with their bytes. Whatever fails comes back as a Reply with an Error.
type ReadFile struct {
	Files   []File
	Load    engine.Load
	Request int
	Beside  bool // for the second engine
}

// Bytes returns how many bytes are read.
func (r ReadFile) Bytes() (n int) {
	for _, f := range r.Load.Files {
		n += f.Bytes
	}
	return n
}

// FileRead says how many bytes of the files that a request waits for have been read.
type FileRead struct{ Request, Bytes int }

// Silent tells that the reading goes on without the reader.
func (FileRead) Silent() {}

// filePrefix begins the ids of models from files, which no link can open.
const filePrefix = "file."

// ID is that of the model from the file.
func (s FileSource) ID() string { return filePrefix + strconv.Itoa(s.Number) }

// Load returns the request to load the file. What the file itself says is not repeated.
func (s FileSource) Load() engine.Load {
	l := engine.Load{Name: s.Name, Heads: s.Heads, Activation: s.Activation, Words: s.Words, Alphabet: s.Alphabet, Held: s.Held,
		Theta: s.RopeTheta(), Epsilon: s.NormEpsilon(), Context: s.MostTokens(), Tied: s.Tied, Split: s.Split}
	if s.Words == "letters" && s.Alphabet == "" {
		l.Words = ""
	}
	for i, f := range s.Files {
		bytes, sums := f.Size, f.Sums
		if i < len(s.Known.Members) && s.Known.Members[i].Role == "" {
			bytes, sums = min(bytes, uselessBytes), nil
		}
		l.Files = append(l.Files, engine.FilePiece{Name: f.Name, Size: f.Size, Bytes: bytes, Sums: sums})
	}
	return l
}

// uselessBytes are read of a file that takes no part in the model: what says what it is.
const uselessBytes = 1 << 16

// Has reports whether a file is one of the model's.
func (s FileSource) Has(number int) bool {
	return slices.ContainsFunc(s.Files, func(f File) bool { return f.Number == number })
}

// Read returns the command to read the files.
func (s FileSource) Read(request int) ReadFile {
	return ReadFile{Files: s.Files, Load: s.Load(), Request: request}
}

// without takes out of a link what belongs to a model that is not here. What it says of one from a file waits for that.
func (u *Change) without(l *address.Link, hash string) []address.Warning {
	name := l.Model
	if !strings.HasPrefix(name, filePrefix) {
		return []address.Warning{{Name: "model", Reason: say.Feature.LinkNoModel(name)}}
	}
	theme, language, scale := l.Theme, l.Language, l.Scale
	*l = address.New()
	l.Theme, l.Language, l.Scale = theme, language, scale
	u.awaited = hash
	u.Problem = &Problem{Title: say.Feature.LinkAwaitsFile(), Detail: say.Feature.LinkAwaitsFileDetail(), Stays: true}
	return nil
}

// resumeLink goes where a link leads that waited for the file of its model.
func (u *Change) resumeLink() {
	if u.awaited == "" {
		return
	}
	l, _ := u.Properties().Parse(u.awaited)
	u.awaited = ""
	l.Model, l.Theme, l.Language, l.Scale = u.Model, u.Theme, u.Language, u.Scale
	l.Generated = slices.DeleteFunc(l.Generated, func(id int) bool { return id >= u.Config.Vocab })
	u.follow(l)
}

// load asks for the weights of the chosen model.
func (u *Change) load() {
	u.Phase = Loading
	u.Reserve(ForModel)
	switch f := u.Choice().Source; {
	case f != nil && f.Held:
		l := f.Load()
		u.Do(Send{engine.Request{ID: u.Request(ForModel), Load: &l}})
		return
	case f != nil:
		u.Do(f.Read(u.Request(ForModel)))
		return
	}
	u.Do(LoadModel{ID: u.Model, Request: u.Request(ForModel)})
	if u.ReadsGPT2() {
		u.loadTable() // it is unpacked while the weights are read
	}
}

// reload loads the chosen model, into a new engine if the one that is there failed.
func (u *Change) reload() {
	if u.Phase != Failed {
		u.load()
		return
	}
	u.Problem = nil
	u.forgetEngine()
	u.deaths = 0
	u.restart()
}

// chooseModel changes to another model of the switch.
func (u *Change) chooseModel(id string) {
	for _, c := range u.Models {
		if c.ID == id && id != u.Model && !u.Suspended() {
			u.State = u.withModel(c)
			u.Do(ShowSteps{}, Fly{})
			u.reload()
		}
	}
}

// EnterLoaded makes a model the chosen one, and an entry of the switch, that the engine has loaded.
func (u *Change) EnterLoaded(c Choice, r engine.Reply) {
	was := u.Choice()
	if i := slices.IndexFunc(u.Models, func(m Choice) bool { return m.ID == c.ID }); i >= 0 {
		u.Models = slices.Clone(u.Models)
		u.Models[i] = c
	} else {
		u.Models = append(slices.Clip(u.Models), c)
	}
	kept := u.keeps(was, c)
	u.State = u.withModel(c)
	u.Do(ShowSteps{}, Fly{})
	if u.awaited == "" && kept != nil {
		u.follow(*kept)
	}
	u.resumeLink()
	u.applyLoaded(r)
}

// keeps returns the link to what the page shows, where a model comes that is the one before with other answers about its files: the text and
// the place stay, but what that model wrote does not. nil: it is another model, or its ids stand for something else.
func (u *Change) keeps(was, c Choice) *address.Link {
	if was.ID != c.ID || was.Source == nil || was.Source.Words != c.Source.Words || was.Source.Alphabet != c.Source.Alphabet {
		return nil
	}
	s := u.State
	s.Generated, s.Last = nil, nil
	l := s.Link()
	return &l
}

// applyLoaded takes over the model that the engine has now.
func (u *Change) applyLoaded(r engine.Reply) {
	if r.Error != "" || r.Loaded == nil {
		u.Stop()
		u.Phase = Failed
		u.Problem = &Problem{Title: say.Feature.NotLoaded(), Detail: r.Error, Retry: true}
		return
	}
	u.clearSolvedProblem()
	u.Phase, u.Provenance = Ready, r.Loaded.Metadata
	if u.Config != r.Loaded.Config {
		u.State = u.withConfig(r.Loaded.Config)
		u.Do(ShowSteps{})
	}
	u.Run = u.WithAliases(r.Loaded.Aliases).WithValues(r.Loaded.Weights)
	u.Do(ShowValues{r.Loaded.Weights})
	u.Compute()
}

// restartAfterDeath replaces an engine that died. It gives up when that does not help.
func (u *Change) restartAfterDeath(reason string) {
	u.Stop()
	u.deaths++
	u.acted = false
	u.forgetEngine()
	if u.deaths > patience {
		u.Phase = Failed
		u.Problem, u.Notice = u.broken(reason), ""
		return
	}
	u.Notice = say.Feature.Restarted()
	u.restart()
}

// restart replaces the engine; once the new one listens, the model loads.
func (u *Change) restart() {
	u.Phase = Loading
	u.Do(RestartWorker{})
}

// forgetEngine forgets everything that was in flight, or in the engine.
func (u *Change) forgetEngine() {
	u.requests = ledger{}
	u.peeked = tablePage{}
	u.Applied, u.Ran, u.asked = 0, run.Input{}, nil
	u.waiting, u.stepping, u.turning, u.gpt2 = false, false, false, false
	u.wait = wait{on: u.wait.on}
}

// retry tries again what failed.
func (u *Change) retry() {
	u.Problem = nil
	switch {
	case u.wait.asking:
		u.ReplaceEngine()
	case u.Phase == Ready:
		u.Compute()
	case u.Phase == Failed:
		u.reload()
	}
}
