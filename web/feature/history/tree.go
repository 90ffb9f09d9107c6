package history

import (
	"slices"

	"glassbox/web/engine"
)

// A Tree holds the continuations of a prompt that were drawn, taken or opened: each path from the root is one. Like the rest of the
// state it is replaced, never changed.
type Tree struct {
	Text, Form string // of the prompt, which is the root
	Nodes      []Node // parents before their children, in the order in which they came
	Dropped    int    // how many there were besides, in branches that had to go
	made, turn int
}

// A Node is a token of a continuation.
type Node struct {
	Key, Parent int // counted from 1; 0 is the prompt
	engine.Candidate
	Drawn  bool // it was drawn or taken here: Sampled is the chance with which, or 0
	Scored bool // Probability is known
	Taken  bool // the reader took it: the draw had given another
	Edited bool // the run had edits
	Full   bool // the context has no room for it: it is the last answer, and not read again

	seen int // when the reader last was there
}

// MostNodes is how many tokens a tree holds at most, unless the present continuation is longer.
const MostNodes = 2000

// index finds the nodes of a tree.
type index struct {
	at   map[int]int   // by their keys
	kids map[int][]int // the keys of the children, in the order in which they came
}

func (t Tree) index() index {
	x := index{make(map[int]int, len(t.Nodes)), make(map[int][]int, len(t.Nodes))}
	for i, n := range t.Nodes {
		x.at[n.Key] = i
		x.kids[n.Parent] = append(x.kids[n.Parent], n.Key)
	}
	return x
}

// node returns a node by its key; nil for the root, and for one that is gone.
func (t Tree) node(x index, key int) *Node {
	if i, ok := x.at[key]; ok {
		return &t.Nodes[i]
	}
	return nil
}

// child returns the key of the child that is a token; 0 none.
func (t Tree) child(x index, parent, id int, full bool) int {
	for _, key := range x.kids[parent] {
		if n := t.node(x, key); n.ID == id && n.Full == full {
			return key
		}
	}
	return 0
}

// find returns the key of the last node of a path, and whether the whole path is there.
func (t Tree) find(x index, generated []int, last *engine.Candidate) (key int, whole bool) {
	for _, id := range generated {
		next := t.child(x, key, id, false)
		if next == 0 {
			return key, false
		}
		key = next
	}
	if last == nil {
		return key, true
	}
	if next := t.child(x, key, last.ID, true); next != 0 {
		return next, true
	}
	return key, false
}

// path returns the nodes from the root to one, without the root.
func (t Tree) path(x index, key int) (list []Node) {
	for n := t.node(x, key); n != nil; n = t.node(x, n.Parent) {
		list = append(list, *n)
	}
	slices.Reverse(list)
	return list
}

// ends returns the keys of the nodes without children, the newest first.
func (t Tree) ends(x index) (list []int) {
	for _, n := range slices.Backward(t.Nodes) {
		if len(x.kids[n.Key]) == 0 {
			list = append(list, n.Key)
		}
	}
	return list
}

// add puts a node behind another, or what is newly known of it into the one that is there, and returns its key. The tree is the
// caller's own, and so is its index.
func (t *Tree) add(x index, parent int, n Node) int {
	t.turn++
	if key := t.child(x, parent, n.ID, n.Full); key != 0 {
		is := t.node(x, key)
		if n.Drawn || n.Scored && !is.Scored {
			n.Key, n.Parent = key, parent
			*is = n
		}
		is.seen = t.turn
		return key
	}
	t.made++
	n.Key, n.Parent, n.seen = t.made, parent, t.turn
	x.at[n.Key] = len(t.Nodes)
	x.kids[parent] = append(x.kids[parent], n.Key)
	t.Nodes = append(t.Nodes, n)
	return n.Key
}

// bounded returns the tree without its oldest branches, if it has too many nodes: those whose ends the reader has not been at for
// longest. The branch of a node stays.
func (t Tree) bounded(stays int) Tree {
	for len(t.Nodes) > MostNodes {
		x := t.index()
		kept := map[int]bool{}
		for _, n := range t.path(x, stays) {
			kept[n.Key] = true
		}
		oldest := 0
		for _, key := range t.ends(x) {
			if !kept[key] && (oldest == 0 || t.node(x, key).seen < t.node(x, oldest).seen) {
				oldest = key
			}
		}
		if oldest == 0 {
			return t
		}
		gone := map[int]bool{}
		for n := t.node(x, oldest); n != nil && !kept[n.Key] && len(x.kids[n.Key]) <= 1; n = t.node(x, n.Parent) {
			gone[n.Key] = true
		}
		t.Nodes = slices.DeleteFunc(slices.Clone(t.Nodes), func(n Node) bool { return gone[n.Key] })
		t.Dropped += len(gone)
	}
	return t
}
