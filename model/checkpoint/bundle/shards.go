package bundle

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"glassbox/model/checkpoint/foreign"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// choose keeps the weights of one model: those that an index names, those that are numbered alike, those without a tensor in
// common; the last two are left to be one file.
func (g *Bundle) choose() error {
	for _, i := range g.with(foreign.Index) {
		used, err := g.applyIndex(i)
		if err != nil {
			return err
		}
		if used {
			g.chosen[foreign.Index] = i
			break
		}
	}
	used, indexed := g.chosen[foreign.Index]
	for _, i := range g.with(foreign.Index) {
		if !indexed || i != used {
			g.leaveOut(i, g.Members[i].Is)
		}
	}
	if indexed || len(g.shards) == 0 {
		return nil
	}
	return g.chooseWithoutIndex()
}

// An index says in which file each tensor stands. As programs write it, a JSON object:
//
//	{"metadata": {"total_size": 548105171}, "weight_map": {"wte.weight": "model-00001-of-00002.safetensors", …}}
type index map[string][]string // of each file, by its name without folders, the tensors

// parseIndex reads the text of an index.
func parseIndex(text string) (index, error) {
	fields, err := safetensors.ParseObject(text)
	if err != nil {
		return nil, err
	}
	list, ok := fields["weight_map"].(safetensors.Nested)
	if !ok {
		return nil, fault.New("indexNoMap", "its weight_map is no object; expected the file of each tensor")
	}
	where, err := safetensors.ParseObject(string(list))
	if err != nil {
		return nil, err
	}
	x := index{}
	for _, tensor := range slices.Sorted(maps.Keys(where)) {
		name, ok := where[tensor].(string)
		if base := lastOf(name); ok && base != "" {
			x[base] = append(x[base], tensor)
			continue
		}
		return nil, fault.New("indexNoFile", "its weight_map names no file for %s", safetensors.Legible(tensor))
	}
	if len(x) == 0 {
		return nil, fault.New("indexEmpty", "its weight_map names no files")
	}
	return x, nil
}

// applyIndex keeps the weights that an index names, and says which are missing. It reports whether the index is that of
// these files: one that names files of another format, or whose tensors stand in one file all together, is not.
func (g *Bundle) applyIndex(i int) (used bool, err error) {
	f := g.files[i]
	var x index
	if !f.Whole() {
		err = fault.New("fileTooLong", "it has %s; expected %s at most", fault.Bytes(f.Of()), fault.Bytes(mostIndex))
	} else {
		x, err = parseIndex(string(f.Bytes))
	}
	if err != nil {
		g.Notes = append(g.Notes, fault.New("indexUnread", "The index %s can't be read, and was ignored: %w.", safetensors.Legible(f.Name), safetensors.ReasonOf(err)))
		return false, nil
	}
	if g.inOne(x) || !slices.ContainsFunc(slices.Collect(maps.Keys(x)), func(name string) bool { return strings.HasSuffix(name, ".safetensors") }) {
		return false, nil
	}
	found := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(x)) {
		if k := g.holder(name, x[name]); k >= 0 {
			found[name] = k
			continue
		}
		g.Missing = append(g.Missing, name)
	}
	if err := g.blame(); err != nil {
		return false, err
	}
	return true, g.keepNamed(f, x, found)
}

// inOne reports whether all tensors of an index stand in one of the files already, which the index does not name.
func (g *Bundle) inOne(x index) bool {
	return slices.ContainsFunc(g.shards, func(i int) bool {
		if x[g.files[i].Base()] != nil {
			return false
		}
		there := tensorSet(g.heads[i])
		for _, tensors := range x {
			if !containsAll(there, tensors) {
				return false
			}
		}
		return true
	})
}

// holder returns the file that an index calls so, or that a download renamed, for it holds what the index says; −1: none.
func (g *Bundle) holder(name string, tensors []string) int {
	renamed := -1
	for _, i := range g.shards {
		if g.files[i].Base() == name {
			return i
		}
		if containsAll(tensorSet(g.heads[i]), tensors) {
			renamed = i
		}
	}
	return renamed
}

// keepNamed keeps the files that an index names. Others must be copies of what stands in these.
func (g *Bundle) keepNamed(f File, x index, found map[string]int) error {
	listed := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(x)) {
		tensors := x[name]
		for _, tensor := range tensors {
			listed[tensor] = true
		}
		k, here := found[name]
		if !here {
			continue
		}
		there := tensorSet(g.heads[k])
		for _, tensor := range tensors {
			if !there[tensor] {
				return g.files[k].refuse(fault.New("indexedNotHere", "%s is missing, which should be in this file, as %s says", safetensors.Legible(tensor), safetensors.Legible(f.Name)))
			}
		}
	}
	taken := slices.Collect(maps.Values(found))
	for _, i := range g.shards {
		if slices.Contains(taken, i) {
			continue
		}
		if _, numbered := numberOf(g.files[i].Base()); numbered || !listed[firstUnlisted(g.heads[i], listed)] {
			return g.files[i].refuse(fault.New("fileNotIndexed", "this file is no part of the model, for %s does not name it; expected only those that it names", safetensors.Legible(f.Name)))
		}
	}
	g.keep(func(i int) bool { return slices.Contains(taken, i) }, func(int) *fault.Fault {
		return fault.New("weightsCopy", "these weights stand in the other files too")
	})
	return nil
}

// firstUnlisted returns the first tensor of a file that is not in a list, or else one that is.
func firstUnlisted(f *safetensors.File, listed map[string]bool) (name string) {
	for _, t := range f.Tensors {
		if name = t.Name; !listed[name] {
			return name
		}
	}
	return name
}

// blame returns an error if a part that is missing is there by its name, and something else.
func (g *Bundle) blame() error {
	for i, f := range g.files {
		if slices.Contains(g.Missing, f.Base()) && g.Members[i].Role != foreign.Weights && g.Members[i].Is != nil {
			return f.refuse(g.Members[i].Is)
		}
	}
	return nil
}

// A number is what the name of one of several files says: "model-00001-of-00002.safetensors".
type number struct {
	stem string // "model"
	n    string // "00001"
	of   int
	rest string // "-of-00002.safetensors"
}

// numberOf reads the number in a file's name.
func numberOf(base string) (n number, ok bool) {
	const between = "-of-"
	at := strings.LastIndex(base, between)
	if at < 0 {
		return n, false
	}
	isDigit := func(r rune) bool { return r >= '0' && r <= '9' }
	stem := strings.TrimRightFunc(base[:at], isDigit)
	behind := base[at+len(between):]
	digits := behind[:len(behind)-len(strings.TrimLeftFunc(behind, isDigit))]
	of, err := strconv.Atoi(digits)
	n = number{strings.TrimRight(stem, "-_. "), base[len(stem):at], of, base[at:]}
	return n, err == nil && of >= 1 && of <= mostShards && n.n != "" && len(n.n) <= 9
}

// at returns the number of the file.
func (n number) at() int {
	i, _ := strconv.Atoi(n.n) // digits, and not too many
	return i
}

// called returns the name that a file with another number has.
func (n number) called(base string, at int) string {
	before := strings.TrimSuffix(base, n.n+n.rest)
	return before + fmt.Sprintf("%0*d", len(n.n), at) + n.rest
}

// NameOfPart returns the name of a part of a model's weights, which the file base is another part of: the at-th of so many.
func NameOfPart(base string, at, of int) string {
	if n, ok := numberOf(base); ok && n.of == of {
		return n.called(base, at)
	}
	end := ending(base)
	return fmt.Sprintf("%s-%05d-of-%05d%s", strings.TrimSuffix(base, end), at, of, end)
}

// chooseWithoutIndex takes the weights together that are parts of one model, as their names or their tensors say.
func (g *Bundle) chooseWithoutIndex() error {
	sets := g.numberedSets()
	if len(sets) > 1 && !g.fitTogether(sets) {
		var list []string
		for _, set := range sets {
			list = append(list, g.files[set[0]].Name)
		}
		return fault.New("modelsSeveral", "these are several models: %s; open one of them at a time", shortened(list))
	}
	first := g.files[sets[0][0]].Base()
	n, numbered := numberOf(first)
	g.shards = slices.Concat(sets...)
	if !numbered || len(sets) > 1 && len(g.shards) >= n.of {
		return nil
	}
	there := map[int]bool{}
	for _, i := range sets[0] {
		k, _ := numberOf(g.files[i].Base())
		if there[k.at()] = true; k.at() < 1 || k.at() > k.of {
			return g.files[i].refuse(fault.New("shardTooMany", "this is part %d of %d; expected 1 to %d", k.at(), k.of, k.of))
		}
	}
	for at := 1; at <= n.of; at++ {
		if !there[at] {
			g.Missing = append(g.Missing, n.called(first, at))
		}
	}
	return g.blame()
}

// numberedSets puts together the files whose names are numbered alike, in their order. Each other file is a set by itself.
// The largest set is the first.
func (g *Bundle) numberedSets() (sets [][]int) {
	dirs := map[string]bool{}
	for _, i := range g.shards {
		if dir := g.files[i].folder(); dir != "" {
			dirs[dir] = true
		}
	}
	at := map[string]int{}
	for _, i := range g.shards {
		n, ok := numberOf(g.files[i].Base())
		key := n.stem + "/" + strconv.Itoa(n.of)
		if len(dirs) > 1 {
			key = g.files[i].folder() + "/" + key
		}
		if set, known := at[key]; ok && known {
			sets[set] = g.insert(sets[set], i)
			continue
		}
		if ok {
			at[key] = len(sets)
		}
		sets = append(sets, []int{i})
	}
	for i, set := range sets {
		if len(set) > len(sets[0]) {
			sets[0], sets[i] = sets[i], sets[0]
		}
	}
	return sets
}

// insert adds a file to a set at the place that its number has.
func (g *Bundle) insert(set []int, i int) []int {
	n, _ := numberOf(g.files[i].Base())
	at := len(set)
	for at > 0 {
		before, _ := numberOf(g.files[set[at-1]].Base())
		if before.at() <= n.at() {
			break
		}
		at--
	}
	return slices.Insert(set, at, i)
}

// fitTogether reports whether sets of files can be parts of one model: no tensor stands in two of them, by whatever
// name, and only one has the token embedding.
func (g *Bundle) fitTogether(sets [][]int) bool {
	holder := map[string]int{}
	for s, set := range sets {
		for _, i := range set {
			for _, t := range g.heads[i].Tensors {
				name, _ := g.canonical(t.Name)
				if isTokenEmbedding(name) {
					name = "wte.weight"
				}
				if other, twice := holder[name]; twice && other != s {
					return false
				}
				holder[name] = s
			}
		}
	}
	return true
}

// isTokenEmbedding reports whether a family of models calls its table of tokens so.
func isTokenEmbedding(name string) bool {
	return slices.ContainsFunc([]string{"wte.weight", "embed_tokens.weight", "tok_embeddings.weight", "word_embeddings.weight", "embed_in.weight", "tokens_embed.weight"},
		func(end string) bool { return name == end || strings.HasSuffix(name, "."+end) })
}

func tensorSet(f *safetensors.File) map[string]bool {
	set := map[string]bool{}
	for _, t := range f.Tensors {
		set[t.Name] = true
	}
	return set
}

func containsAll(set map[string]bool, names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !set[name] })
}

// Siblings returns what tells, by the name alone, whether a file beside another belongs to the same weights: it is
// numbered like that one, or both stand in an index, or it is that index. read returns an index that lies there; nil: there
// is none.
func Siblings(base string, read func(name string) []byte) func(name string) bool {
	named := map[string]bool{}
	for _, name := range []string{base, base + indexEnd, usualName + indexEnd} {
		if !strings.HasSuffix(name, indexEnd) {
			continue
		}
		if x, err := parseIndex(string(read(name))); err == nil && (name == base || x[base] != nil) {
			named[name] = true
			for part := range x {
				named[part] = true
			}
		}
	}
	n, numbered := numberOf(base)
	return func(name string) bool {
		other, too := numberOf(name)
		return named[name] || numbered && too && n.stem == other.stem && n.of == other.of && strings.HasSuffix(base, ending(name))
	}
}

// ending returns the end of a name from its last point on.
func ending(name string) string { return name[max(0, strings.LastIndexByte(name, '.')):] }

// indexEnd ends the name of an index.
const indexEnd = ".index.json"
