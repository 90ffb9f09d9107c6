package open

import (
	"strconv"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// tooLarge says that a model takes more memory than there is, and what would fit.
func tooLarge(name string, c model.Config, bytes int) string {
	parameters := c.Parameters()
	why := say.Open.TooLarge(name, say.ShortCount(parameters), say.Bytes(bytes), say.Bytes(engine.PageMemory))
	if as, n := engine.Fewer(parameters); as != "" && n < bytes {
		why += " " + say.Open.FewerBits(as, say.Bytes(n))
	}
	return why + " " + say.Open.Natively()
}

// AsksWords reports whether the file leaves open what the ids stand for.
func (o *State) AsksWords() bool {
	return !o.Lacks() && o.Known.Config.Alphabet == "" && o.Known.Words != "own"
}

// AsksHeads reports whether the file leaves open how many heads a block has.
func (o *State) AsksHeads() bool { return !o.Lacks() && !o.Known.Asserted }

// AsksActivation reports whether the file leaves open which activation its feed-forward networks have.
func (o *State) AsksActivation() bool { return !o.Lacks() && !o.Known.Activates }

// Remote reports whether the file is on a server: it is loaded once the reader has seen how large it is.
func (o *State) Remote() bool { return o.Address != "" && !o.Beside() }

// mustAsk reports whether the reader has to answer before the file can be read. A vocabulary as large as that of GPT-2 is
// taken for it, and a model with the sizes of a published one has its heads; all else would be a guess.
func (o *State) mustAsk() bool {
	return o.Known.Words == "" || o.AsksHeads() && !published(o.Known.Config)
}

// published reports whether a model has the sizes of a published GPT-2, all of which have heads of 64 numbers.
func published(c model.Config) bool {
	switch c.Width {
	case 768:
		return c.Blocks == 12 || c.Blocks == 6 // the small one, and what was distilled from it
	case 1024:
		return c.Blocks == 24
	case 1280:
		return c.Blocks == 36
	case 1600:
		return c.Blocks == 48
	}
	return false
}

// Missing says what is missing, or wrong, before the file can be read; "" nothing.
func (o *State) Missing() string { return first(o.wrong(), o.lettersMissing()) }

// lettersMissing says what is missing of the letters; "" nothing.
func (o *State) lettersMissing() string {
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

// HeadChoices lists the numbers of heads that a model of these sizes can have.
func HeadChoices(c model.Config) (list []int) {
	queries, keys := queriesOf(c), 0
	if c.Heads > 0 && c.Family != model.FamilyGPT2 {
		keys = c.Groups() * c.HeadSize()
	}
	for h := 1; h <= min(queries, 128); h++ {
		if queries%h == 0 && (c.Family == model.FamilyGPT2 || keys%(queries/h) == 0 && queries/h%2 == 0) {
			list = append(list, h)
		}
	}
	return list
}

// queriesOf returns how many numbers the queries of all heads have.
func queriesOf(c model.Config) int {
	if c.Heads > 0 {
		return c.Heads * c.HeadSize()
	}
	return c.Width
}

// fromFile reports whether the model is from a file of the reader's.
func fromFile(c *feature.Screen) bool { return c.Live() && c.State.Choice().Source != nil }

// fromPage reports whether the page reads the model from a file, so that it can ask again what that leaves open.
func fromPage(c *feature.Screen) bool { return fromFile(c) && !c.State.Choice().Source.Held }

// asksOfFile reports whether that file left something open, which can be answered in another way.
func asksOfFile(c *feature.Screen) bool {
	return fromPage(c) && (&About{Screen: c}).Asks()
}

// reconsider asks again what the file of the chosen model leaves open, with the answers that hold now.
func reconsider(u *feature.Change) {
	source := u.Choice().Source
	if source == nil || source.Held || Of(&u.State) != nil || u.Phase != feature.Ready {
		return
	}
	u.Stop()
	u.Menu = false
	u.CloseCards("open")
	u.Problem = nil
	memory.Set(&u.State, &State{FileSource: *source, Step: Asks})
}

// usualHeads returns the number of heads whose size comes nearest to that of GPT-2's.
func usualHeads(c model.Config) int {
	best := 1
	for _, h := range HeadChoices(c) {
		if size := queriesOf(c) / h; size >= 16 && abs(size-64) <= abs(queriesOf(c)/best-64) {
			best = h
		}
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// read reads the file with the answers that are there.
func read(u *feature.Change, o State) {
	o.Step, o.Read, o.Before, o.Source = Reads, 0, nil, nil
	memory.Set(&u.State, &o)
	u.Do(o.FileSource.Read(u.Reserve(forFile)))
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
		if c.ID == id && id != u.Model && c.Source != nil && !c.Source.Held && u.Phase == feature.Ready {
			if Of(&u.State) == nil {
				u.Stop()
				read(u, State{FileSource: *c.Source})
			}
			return true
		}
	}
	return false
}
