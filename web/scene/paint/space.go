package paint

import "slices"

// A space hands out stretches of the values. What was given back is handed out again, so
// that a text that grows and shrinks does not use the values up.
type space struct {
	free []Span // in order; none touches the next
	end  int    // from here on nothing was ever handed out
}

// take returns where n values fit, at most below the given end.
func (sp *space) take(n, most int) (at int, ok bool) {
	for i := range sp.free {
		f := &sp.free[i]
		if f.To-f.From < n {
			continue
		}
		at = f.From
		if f.From += n; f.From == f.To {
			sp.free = slices.Delete(sp.free, i, i+1)
		}
		return at, true
	}
	if k := len(sp.free) - 1; k >= 0 && sp.free[k].To == sp.end {
		sp.end = sp.free[k].From
		sp.free = sp.free[:k]
	}
	if sp.end+n > most {
		return 0, false
	}
	sp.end += n
	return sp.end - n, true
}

// give takes a stretch back.
func (sp *space) give(s Span) {
	i, _ := slices.BinarySearchFunc(sp.free, s.From, func(f Span, from int) int { return f.From - from })
	if i > 0 && sp.free[i-1].To == s.From {
		i--
		sp.free[i].To = s.To
	} else {
		sp.free = slices.Insert(sp.free, i, s)
	}
	if i+1 < len(sp.free) && sp.free[i].To == sp.free[i+1].From {
		sp.free[i].To = sp.free[i+1].To
		sp.free = slices.Delete(sp.free, i+1, i+2)
	}
}
