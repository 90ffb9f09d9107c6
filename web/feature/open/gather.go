package open

import (
	"slices"
	"strings"
)

// mostDeep is how many folders lie in one another at most, that which the reader chose among them: caches of models
// keep theirs two below it.
const mostDeep = 3

// A Gathering is what is found in what the reader chose.
type Gathering struct {
	Folder  string   // the one that was chosen; "" none, or several
	Names   []string // of the files, with their folders; at most MostFiles
	Closed  []string // folders that are not looked into
	TooMany bool     // there are more files
}

// Add adds a file. It reports whether there was room for it.
func (g *Gathering) Add(name string) bool {
	if len(g.Names) == MostFiles {
		g.TooMany = true
		return false
	}
	g.Names = append(g.Names, name)
	return true
}

// Shut reports whether a folder is not looked into: it lies too deep, or is hidden, such as .git with its thousands of
// files. It remembers its name.
func (g *Gathering) Shut(path string) bool {
	name := path[strings.LastIndexByte(path, '/')+1:]
	if !strings.HasPrefix(name, ".") && strings.Count(path, "/") < mostDeep {
		return false
	}
	g.Close(path)
	return true
}

// Close remembers a folder, or a file, that can't be looked into.
func (g *Gathering) Close(path string) {
	if !slices.Contains(g.Closed, path) {
		g.Closed = append(g.Closed, path)
		slices.Sort(g.Closed)
	}
}

// ShutAbove reports whether one of the folders in which a file lies is not looked into.
func (g *Gathering) ShutAbove(path string) bool {
	for i, c := range path {
		if c == '/' && g.Shut(path[:i]) {
			return true
		}
	}
	return false
}

// Order returns the places of the files in the order in which they are looked at: those of folders come in any order,
// and so stand by their names; others as they were chosen.
func (g *Gathering) Order() (list []int) {
	names := slices.Clone(g.Names)
	if g.Folder != "" {
		slices.Sort(names)
	}
	taken := make([]bool, len(names))
	for _, name := range names {
		i := 0
		for g.Names[i] != name || taken[i] {
			i++
		}
		taken[i] = true
		list = append(list, i)
	}
	return list
}
