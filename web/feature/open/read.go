package open

import (
	"strconv"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Limits of what the page opens. The engine is a wasm program of at most 4 GB: the file
// and the weights made from it are there at the same time.
const (
	MostFile   = 1 << 30 // bytes of a file
	mostMemory = 5 << 29 // bytes of a file and its weights, 2.5 GB
)

// AsksWords reports whether the reader has to say what the ids stand for.
func (o *State) AsksWords() bool { return o.Known.Words == "" }

// AsksHeads reports whether the reader is asked for the number of heads: a file with the
// vocabulary of GPT-2 has its heads of 64 numbers too.
func (o *State) AsksHeads() bool {
	return !o.Known.Asserted && (o.Known.Config.Heads == 0 || o.AsksWords())
}

// Missing says what is missing before the file can be read; "" nothing.
func (o *State) Missing() string {
	V, n := o.Known.Config.Vocab, len([]rune(o.Alphabet))
	switch {
	case o.Words != "letters" || !o.AsksWords():
		return ""
	case n != V:
		return say.Open.LettersThere(n, V)
	}
	seen := map[rune]bool{}
	for _, r := range o.Alphabet {
		if seen[r] {
			return say.Open.LetterTwice(strconv.QuoteRune(r))
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

// begin begins with the header of a file.
func begin(u *feature.Change, f feature.File) {
	switch {
	case Of(&u.State) != nil:
		return
	case u.Phase != feature.Ready:
		u.Notice = say.Open.NoModelYet()
	case f.Size == 0:
		refuse(u, say.Open.Empty(f.Name))
	case f.Size > MostFile:
		refuse(u, say.Open.TooLong(f.Name, say.Bytes(f.Size), MostFile>>30))
	default:
		u.Stop()
		u.CloseCards("open")
		u.Problem = nil
		memory.Set(&u.State, &State{FileSource: feature.FileSource{File: f}, Step: Looks})
		u.Do(ReadHead{f, u.Reserve(forFile)})
	}
}

// inspected asks for what the header leaves open, or goes on without a question.
func inspected(u *feature.Change, o State, i engine.Inspected) {
	if n := o.Size + 4*i.Config.Parameters(); n > mostMemory {
		refuse(u, say.Open.TooLarge(o.Name, say.ShortCount(i.Config.Parameters()), say.Bytes(n), say.Bytes(mostMemory)))
		return
	}
	o.Known, o.Step = i, Asks
	o.FileAnswers = feature.FileAnswers{Heads: i.Config.Heads, Words: i.Words}
	if o.AsksHeads() && o.Heads == 0 {
		o.Heads = usualHeads(i.Config)
	}
	if o.AsksWords() {
		if o.Words = "letters"; i.Config.Vocab >= feature.GPT2Vocab {
			o.Words = "gpt2"
		}
	}
	if memory.Set(&u.State, &o); !o.AsksWords() && !o.AsksHeads() {
		read(u, o)
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

// read reads the file with the answers that are there.
func read(u *feature.Change, o State) {
	o.Step, o.Read = Reads, 0
	memory.Set(&u.State, &o)
	u.Do(feature.ReadFile{File: o.File, Load: o.Load(), Request: u.Reserve(forFile)})
}

// progress says how many bytes have been read.
func (o State) progress(u *feature.Change, bytes int) {
	if o.Read = bytes; o.Read >= o.Size {
		o.Step = Loads
	}
	memory.Set(&u.State, &o)
}

// reopen reads the file of an entry of the switch again, while there is another model. It reports
// whether the entry is from a file.
func reopen(u *feature.Change, id string) bool {
	for _, c := range u.Models {
		if c.ID == id && id != u.Model && c.Source != nil && u.Phase == feature.Ready {
			if Of(&u.State) == nil {
				u.Stop()
				read(u, State{FileSource: *c.Source})
			}
			return true
		}
	}
	return false
}
