// Package bundle puts together the files of one model: the parts of its weights, the index that names them, the
// configuration, and what belongs to its tokenizer. What each file is its content says; names only decide where contents
// can't. What is missing, twice or too many is named, and so is what takes no part.
package bundle

import (
	"maps"
	"slices"
	"strings"

	"glassbox/model/checkpoint/foreign"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// A File is one of those that a reader has of a model.
type File struct {
	Name  string // with the folders in which it lies, as far as they are known: "gpt2/config.json"
	Bytes []byte // the first ones, or all
	Size  int64  // of the whole file; 0: Bytes are the whole
}

// Of returns how many bytes the whole file has.
func (f File) Of() int64 { return max(f.Size, int64(len(f.Bytes))) }

// Whole reports whether all of the file is here.
func (f File) Whole() bool { return f.Of() == int64(len(f.Bytes)) }

// Base returns the name of the file without its folders.
func (f File) Base() string { return lastOf(f.Name) }

// lastOf returns the last part of a name.
func lastOf(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

// folder returns the folders in which the file lies; "" if they are not known.
func (f File) folder() string { return f.Name[:max(0, strings.LastIndexByte(f.Name, '/'))] }

// in returns the name of a file in a folder.
func in(folder, name string) string {
	if folder == "" {
		return name
	}
	return folder + "/" + name
}

// refuse returns an error about the file.
func (f File) refuse(reason *fault.Fault) error {
	return &safetensors.FormatError{File: f.Name, Reason: reason, Offset: -1}
}

// A Role is what a file is to its model.
type Role = foreign.Kind

// A Member says what one of several files is to the model that they make up.
type Member struct {
	Role Role         // "": it takes no part
	Is   *fault.Fault // what it is, where it takes no part and that is known
}

// A Companion is a file that belongs to a model and that is not read with its weights: a tokenizer, or what it consists of.
type Companion struct {
	Role Role
	File File
}

// Limits of what several files may say.
const (
	mostShards = 1000     // in the numbers of their names
	mostIndex  = 16 << 20 // bytes of a configuration or an index that are read
)

// HeadBytes returns how many of the first bytes of a file of size bytes are needed to say what it is, of which head are
// some: as many as there are, or more if the header of its weights is longer, and the whole of a configuration or an index.
func HeadBytes(head []byte, size int64) int64 {
	need := max(safetensors.HeadBytes(head, size), int64(len(head)))
	if kind, _ := foreign.Classify("", head, size); (kind == foreign.Config || kind == foreign.Index) && size <= mostIndex {
		return size
	}
	return need
}

// A Bundle is several files as what they are to one model.
type Bundle struct {
	Members []Member       // what each file is, in their order
	Missing []string       // files with weights that are not there, by name
	Notes   []*fault.Fault // what was left out, and why

	files  []File
	heads  []*safetensors.File // of those that are safetensors
	shards []int               // the files with the weights, in their order
	chosen map[Role]int        // the file that has another role

	canonical func(name string) (ours string, known bool)
}

// Gather finds out what each file is, and which of them make up a model. Of each at least as many bytes must be here as
// HeadBytes says. canonical returns one name for all names that programs have for the same tensor, and whether it knows it.
func Gather(files []File, canonical func(name string) (ours string, known bool)) (*Bundle, error) {
	g := &Bundle{files: files, Members: make([]Member, len(files)), heads: make([]*safetensors.File, len(files)), chosen: map[Role]int{}, canonical: canonical}
	for i := range files {
		if err := g.classify(i); err != nil {
			return nil, err
		}
	}
	g.shards = g.with(foreign.Weights)
	g.withoutAdapters()
	g.withoutDeeper()
	g.withoutStrangers()
	if err := g.choose(); err != nil {
		return nil, err
	}
	if err := g.checkTwice(); err != nil {
		return nil, err
	}
	g.chooseCompanions()
	if g.Weightless() {
		if err := g.nothing(); err != nil {
			return nil, err
		}
	}
	g.noteLeftOut()
	return g, nil
}

// Weightless reports whether there are no weights at all.
func (g *Bundle) Weightless() bool { return len(g.shards) == 0 }

// classify says what a file is, and reads its header if it is safetensors.
func (g *Bundle) classify(i int) (err error) {
	f := g.files[i]
	p := &g.Members[i]
	p.Role, p.Is = foreign.Classify(f.Name, f.Bytes, f.Of())
	switch {
	case p.Role != foreign.Weights:
		return nil
	case len(g.files) > 1 && f.Of() <= leastBytes && !strings.HasSuffix(f.Name, ".safetensors"):
		p.Role = "" // too short to tell: what lies beside a model, such as .gitignore
		return nil
	case f.Whole():
		g.heads[i], err = safetensors.Decode(f.Name, f.Bytes)
	default:
		g.heads[i], err = safetensors.DecodeHead(f.Name, f.Bytes, f.Of())
	}
	return err
}

// leastBytes has a safetensors file before its header.
const leastBytes = 8

// with lists the files of a role.
func (g *Bundle) with(role Role) (list []int) {
	for i, p := range g.Members {
		if p.Role == role {
			list = append(list, i)
		}
	}
	return list
}

// leaveOut says that a file takes no part, and what it is.
func (g *Bundle) leaveOut(i int, is *fault.Fault) { g.Members[i] = Member{Is: is} }

// keep leaves out the weights that do not fit.
func (g *Bundle) keep(fits func(i int) bool, otherwise func(i int) *fault.Fault) {
	g.shards = slices.DeleteFunc(g.shards, func(i int) bool {
		out := !fits(i)
		if out {
			g.leaveOut(i, otherwise(i))
		}
		return out
	})
}

// withoutAdapters leaves out what only changes a model, if the model is there.
func (g *Bundle) withoutAdapters() {
	adapter := func(i int) *fault.Fault {
		if is := foreign.Family(names(g.heads[i])); is != nil && is.Kind == "familyAdapter" {
			return is
		}
		return nil
	}
	if slices.ContainsFunc(g.shards, func(i int) bool { return adapter(i) == nil }) {
		g.keep(func(i int) bool { return adapter(i) == nil }, adapter)
	}
}

// withoutDeeper leaves out the weights in folders of a folder that has weights itself, such as those of an earlier
// moment of the training.
func (g *Bundle) withoutDeeper() {
	above := func(i int) bool {
		return slices.ContainsFunc(g.shards, func(k int) bool {
			dir := g.files[k].folder()
			return dir != "" && strings.HasPrefix(g.files[i].folder(), dir+"/")
		})
	}
	deeper := map[int]bool{}
	for _, i := range g.shards {
		deeper[i] = above(i)
	}
	g.keep(func(i int) bool { return !deeper[i] }, func(int) *fault.Fault {
		return fault.New("weightsDeeper", "these are weights in a folder within that of the model")
	})
}

// withoutStrangers leaves out files of which no tensor has a name that a model's has, such as the numbers of a run that lie
// beside its weights.
func (g *Bundle) withoutStrangers() {
	familiar := map[int]bool{}
	for _, i := range g.shards {
		familiar[i] = slices.ContainsFunc(names(g.heads[i]), func(name string) bool { _, known := g.canonical(name); return known })
	}
	if slices.ContainsFunc(g.shards, func(i int) bool { return familiar[i] }) {
		g.keep(func(i int) bool {
			_, numbered := numberOf(g.files[i].Base())
			return familiar[i] || numbered || len(g.with(foreign.Index)) > 0
		}, func(int) *fault.Fault {
			return fault.New("weightsStrange", "these tensors have names that none of a model's has")
		})
	}
}

// checkTwice returns an error if a tensor stands in two of the files.
func (g *Bundle) checkTwice() error {
	holder := map[string]int{}
	for _, i := range g.shards {
		for _, t := range g.heads[i].Tensors {
			if first, twice := holder[t.Name]; twice {
				return fault.New("tensorInTwo", "%s stands both in %s and in %s; expected it in one of them",
					safetensors.Legible(t.Name), safetensors.Legible(g.files[first].Name), safetensors.Legible(g.files[i].Name))
			}
			holder[t.Name] = i
		}
	}
	return nil
}

// chooseCompanions takes one file for each other role, that which lies nearest to the weights, of several the one that
// came last, and leaves out the others.
func (g *Bundle) chooseCompanions() {
	for i, p := range g.Members {
		if p.Role == "" || p.Role == foreign.Weights || p.Role == foreign.OtherWeights || p.Role == foreign.Index {
			continue
		}
		before, twice := g.chosen[p.Role]
		switch {
		case !twice:
			g.chosen[p.Role] = i
		case g.distance(i) <= g.distance(before):
			g.leaveOut(before, another(g.files[i]))
			g.chosen[p.Role] = i
		default:
			g.leaveOut(i, another(g.files[before]))
		}
	}
}

// another says that a file is left out for one like it.
func another(f File) *fault.Fault {
	return fault.New("fileLike", "%s is taken in its place", safetensors.Legible(f.Name))
}

// distance returns how far from the weights a file lies: in their folder, in one that may be it, in one around it, elsewhere.
func (g *Bundle) distance(i int) int {
	if len(g.shards) == 0 {
		return 0
	}
	switch of, dir := g.files[g.shards[0]].folder(), g.files[i].folder(); {
	case dir == of:
		return 0
	case dir == "" || of == "":
		return 1
	case strings.HasPrefix(of, dir+"/"):
		return 2
	}
	return 3
}

// belongs reports whether a file without weights belongs to a model.
func belongs(r Role) bool { return r != "" && r != foreign.Weights && r != foreign.OtherWeights }

// nothing returns what to say of files without weights that are read: what one of them is that should have been weights.
// It returns nil if some of them belong to a model, whose weights are then missing.
func (g *Bundle) nothing() error {
	blame := slices.IndexFunc(g.files, func(f File) bool { return strings.HasSuffix(f.Name, ".safetensors") })
	if blame < 0 || g.Members[blame].Is == nil || belongs(g.Members[blame].Role) {
		blame = slices.IndexFunc(g.Members, func(p Member) bool { return p.Role == foreign.OtherWeights })
	}
	switch {
	case blame < 0 && slices.ContainsFunc(g.Members, func(p Member) bool { return belongs(p.Role) }):
		if g.Missing == nil {
			g.Missing = []string{usualName}
		}
		return nil
	case blame < 0 && len(g.files) == 1:
		blame = 0
	case blame < 0:
		return fault.New("noModelAmong", "none of these files is a model, or a part of one: %s; expected a model in safetensors or GGUF", g.list(func(int) bool { return true }))
	}
	return g.files[blame].refuse(g.Members[blame].Is)
}

// usualName is how published models call the file of their weights.
const usualName = "model.safetensors"

// list names the files for a sentence, not more than a reader takes in.
func (g *Bundle) list(which func(i int) bool) (list fault.List) {
	for i, f := range g.files {
		if which(i) {
			list = append(list, f.Name)
		}
	}
	return shortened(list)
}

// shortened returns the first of many names in a form that can stand in a sentence.
func shortened(names []string) (list fault.List) {
	const most = 8
	for _, name := range names {
		if len(list) == most {
			return append(list, "…")
		}
		list = append(list, safetensors.Legible(name))
	}
	return list
}

// noteLeftOut names what takes no part.
func (g *Bundle) noteLeftOut() {
	if len(g.shards) > 0 {
		if other := g.list(func(i int) bool { return g.Members[i].Role == foreign.OtherWeights }); other != nil {
			g.Notes = append(g.Notes, fault.New("otherWeights", "Weights in other formats were left out: %s. The model was read from %s.",
				other, g.list(func(i int) bool { return slices.Contains(g.shards, i) })))
		}
	}
	if out := g.list(func(i int) bool { return g.Members[i].Role == "" }); out != nil {
		g.Notes = append(g.Notes, fault.New("filesLeftOut", "Files that take no part in the model were left out: %s.", out))
	}
	for i := range g.Members {
		if g.Members[i].Role == foreign.OtherWeights {
			g.Members[i].Role = ""
		}
	}
	pieces, lies := g.chosen[foreign.Pieces]
	_, described := g.chosen[foreign.Tokenizer]
	if _, merges := g.chosen[foreign.Merges]; merges {
		_, words := g.chosen[foreign.Vocabulary]
		described = described || words
	}
	switch {
	case lies && described:
		g.Notes = append(g.Notes, fault.New("piecesBeside", "%s is not read: the tokenizer stands in another file, too.", g.list(func(i int) bool { return i == pieces })))
	case lies:
		g.Notes = append(g.Notes, fault.New("piecesAlone", "%s is a tokenizer of SentencePiece, which is not read from such a file: tokens are shown as ids. "+
			"Expected the tokenizer.json from the same place, or the model as GGUF, which has its tokenizer within.", g.list(func(i int) bool { return i == pieces })))
	}
}

// isCompanion reports whether a file of that role is handed on as it is.
func isCompanion(r Role) bool { return belongs(r) && r != foreign.Config && r != foreign.Index }

// Complete returns an error if a part of the model is not there.
func (g *Bundle) Complete() error {
	switch {
	case len(g.Missing) == 0:
		return nil
	case len(g.shards) > 0 || g.Missing[0] != usualName:
		return fault.New("partsMissing", "of the model's weights these files are missing: %s; expected them beside the others", shortened(g.Missing))
	case len(g.files) == 1:
		return g.files[0].refuse(g.Members[0].Is)
	}
	return fault.New("weightsMissing", "the weights are missing: there are only %s; expected the %s from the same place", g.list(func(i int) bool { return belongs(g.Members[i].Role) }), usualName)
}

// Weights returns the tensors of all files as if they stood in one.
func (g *Bundle) Weights() *safetensors.File {
	if len(g.shards) == 1 {
		return g.heads[g.shards[0]]
	}
	all := &safetensors.File{Metadata: map[string]string{}}
	for _, i := range g.shards {
		all.Tensors = append(all.Tensors, g.heads[i].Tensors...)
		for k, v := range g.heads[i].Metadata {
			if _, there := all.Metadata[k]; !there {
				all.Metadata[k] = v
			}
		}
	}
	return all
}

// Config returns the file of the configuration; nil: there is none.
func (g *Bundle) Config() *File {
	if i, ok := g.chosen[foreign.Config]; ok {
		return &g.files[i]
	}
	return nil
}

// Companions returns the files that are handed on as they are, in the order of their roles.
func (g *Bundle) Companions() (list []Companion) {
	for _, role := range slices.Sorted(maps.Keys(g.chosen)) {
		if isCompanion(role) {
			list = append(list, Companion{role, g.files[g.chosen[role]]})
		}
	}
	return list
}

// FileName names the weights in errors: their file, or the beginning that the names of several have in common.
func (g *Bundle) FileName() string {
	first := g.files[g.shards[0]]
	if len(g.shards) == 1 && g.Missing == nil {
		return first.Name
	}
	if n, ok := numberOf(first.Base()); ok && n.stem != "" {
		return in(first.folder(), n.stem)
	}
	return first.Name
}

// Title names the model for a reader: after its folder, where its files have the names that all published models have.
func (g *Bundle) Title() string {
	if len(g.shards) == 0 {
		return g.files[0].Base()
	}
	f := File{Name: g.FileName()}
	if stem := strings.TrimSuffix(f.Base(), ".safetensors"); f.folder() != "" && (stem == "model" || stem == "pytorch_model" || stem == "") {
		return lastOf(f.folder())
	}
	return f.Base()
}

// names lists the tensors of a file.
func names(f *safetensors.File) (list []string) {
	for _, t := range f.Tensors {
		list = append(list, t.Name)
	}
	return list
}
