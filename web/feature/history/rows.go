package history

import "slices"

// A Row is a branch as it is drawn: the tokens from where the tree parts to where it parts again, or ends.
type Row struct {
	Level  int    // how often it has parted before
	Nodes  []Node // those that are shown; the prompt is one of key 0, in the first row
	Cut    int    // behind how many of them others are left out; 0: none are
	Hidden int    // how many those are
	First  int    // the key of the first node of the branch
	Parts  bool   // the tree parts behind it
	Folded bool   // and what is behind it is hidden
}

// A branch of more than longest tokens, is cut to its ends, as long as the reader does not ask for more.
const (
	longest = 24
	head    = 10
	tail    = 6
)

// rows lays the tree out. Where the present continuation ends is not cut away.
func (h State) rows(x index, present int) (list []Row) {
	var lay func(first Node, level int)
	lay = func(first Node, level int) {
		r := Row{Level: level, First: first.Key, Nodes: []Node{first}}
		last := first.Key
		for len(x.kids[last]) == 1 {
			last = x.kids[last][0]
			r.Nodes = append(r.Nodes, *h.Tree.node(x, last))
		}
		kids := x.kids[last]
		r.Parts = len(kids) > 1
		r.Folded = r.Parts && h.Folded[last]
		if n := len(r.Nodes); n > longest && !h.Unrolled[r.First] {
			if i := slices.IndexFunc(r.Nodes, func(n Node) bool { return n.Key == present }); i < head || i >= n-tail {
				r.Cut, r.Hidden = head, n-head-tail
				r.Nodes = slices.Concat(r.Nodes[:head], r.Nodes[n-tail:])
			}
		}
		list = append(list, r)
		if r.Folded {
			return
		}
		for _, key := range kids {
			if r.Parts {
				lay(*h.Tree.node(x, key), level+1)
			}
		}
	}
	lay(Node{}, 0)
	return list
}

// beside returns the node to which an arrow key leads from another in the rows: along the branch with left and right, to the branch
// below or above with down and up.
func beside(rows []Row, at int, key string) (to int, ok bool) {
	row, col := -1, 0
	for i, r := range rows {
		if j := slices.IndexFunc(r.Nodes, func(n Node) bool { return n.Key == at }); j >= 0 {
			row, col = i, j
		}
	}
	if row < 0 {
		return 0, len(rows) > 0
	}
	r := rows[row]
	switch key {
	case "ArrowRight":
		if col++; col == len(r.Nodes) {
			if !r.Parts || r.Folded {
				return at, false
			}
			return rows[row+1].Nodes[0].Key, true
		}
		return r.Nodes[col].Key, true
	case "ArrowLeft":
		if col > 0 {
			return r.Nodes[col-1].Key, true
		}
		for row--; row >= 0; row-- {
			if above := rows[row]; above.Level == r.Level-1 {
				return above.Nodes[len(above.Nodes)-1].Key, true
			}
		}
		return at, false
	case "ArrowDown":
		row++
	case "ArrowUp":
		row--
	case "Home":
		row, col = 0, 0
	case "End":
		row = len(rows) - 1
		col = len(rows[row].Nodes) - 1
	default:
		return at, false
	}
	if row < 0 || row >= len(rows) {
		return at, false
	}
	return rows[row].Nodes[min(col, len(rows[row].Nodes)-1)].Key, true
}
