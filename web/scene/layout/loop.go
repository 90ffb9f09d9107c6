package layout

import "glassbox/model"

// loop places the steps that hang between two links of the spine. They go out along the
// row in the order of the flow: each stands one column further out than its first
// input, in the track of that input; a taken place moves it one track down.
func (b *builder) loop(row *Row, group []*model.Info, spine []string) {
	onSpine := map[string]bool{}
	for _, name := range spine {
		onSpine[name] = true
	}
	if row.spine != "" && len(b.rows) > 1 {
		s := b.info[row.spine]
		row.Middle = b.add(row, b.whole(s, s.Name), 0, 0)
	}
	for _, s := range group {
		if s.Head >= 0 {
			row.Side = -1
		}
		row.Block = max(row.Block, s.Block)
	}
	above := standAbove(group)
	for _, s := range group {
		if above[s.Name] == "" {
			b.place(row, s, above, onSpine)
		}
	}
}

// standAbove returns, for the per-row numbers and random draws of a group, the step above
// whose panel they stand: the first other one that reads them.
func standAbove(group []*model.Info) map[string]string {
	above := map[string]string{}
	small := func(s *model.Info) bool { return s.Kind == model.KindAggregate || len(s.Inputs) == 0 }
	for _, s := range group {
		if small(s) {
			continue
		}
		for _, in := range s.Inputs {
			above[in.Name] = s.Name
		}
	}
	kept := map[string]string{}
	for _, s := range group {
		if small(s) && above[s.Name] != "" {
			kept[s.Name] = above[s.Name]
		}
	}
	return kept
}

// place gives a step its panel, and its weights theirs.
func (b *builder) place(row *Row, s *model.Info, above map[string]string, onSpine map[string]bool) {
	k := Key(s)
	var tops, sides []Stack
	matrix := b.matrix(s)
	for i, in := range s.Inputs {
		t := b.info[in.Name]
		switch {
		case t == nil || t == matrix && i == 1:
		case above[in.Name] == s.Name && IsPairs(s): // its rows are tokens: each has its number beside it
			sides = append(sides, b.beside(t, s.Name))
		case above[in.Name] == s.Name:
			tops = append(tops, b.whole(t, s.Name))
		case t.Kind == model.KindWeight && b.seen[t.Name] && row.byKey[k] != nil && whole(in, t): // one gain for all heads
		case t.Kind == model.KindWeight:
			sides = append(sides, b.weight(t, in, s.Name, false))
		}
	}
	if it := row.byKey[k]; it != nil {
		b.extend(row, it, s, tops, sides)
		return
	}
	it := b.newPlace(row, s, onSpine)
	it.Above = tops
	if w := row.byKey[k+"/weight"]; w != nil {
		w.Sides, w.Outer = sides, true
	} else {
		it.Sides = sides
	}
	row.byKey[k] = it
}

// whole reports whether a step reads all of a tensor.
func whole(in model.Range, t *model.Info) bool {
	return in.Cols == t.Cols && (in.Rows == 0 || in.Rows == t.Rows)
}

// extend puts the panels of a further head behind those of the first.
func (b *builder) extend(row *Row, it *Place, s *model.Info, tops, sides []Stack) {
	it.Body.Regions = append(it.Body.Regions, b.whole(s, s.Name).Regions...)
	for i := range tops {
		it.Above[i].Regions = append(it.Above[i].Regions, tops[i].Regions...)
	}
	holder := it
	if w := row.byKey[Key(s)+"/weight"]; w != nil {
		holder = w
		w.Body.Regions = append(w.Body.Regions, b.weight(b.info[s.Inputs[1].Name], s.Inputs[1], s.Name, w.Body.across).Regions...)
	}
	for i := range sides {
		holder.Sides[i].Regions = append(holder.Sides[i].Regions, sides[i].Regions...)
	}
}

// weight returns the stack of what a step reads of a weight.
func (b *builder) weight(t *model.Info, r model.Range, reader string, across bool) Stack {
	b.seen[t.Name] = true
	return b.view(t, r, reader, across)
}

// newPlace makes the place of a step that is the first one there, and the place of
// the matrix that it multiplies with, if any.
func (b *builder) newPlace(row *Row, s *model.Info, onSpine map[string]bool) *Place {
	var in *Place
	col, track := 0, -1
	if len(s.Inputs) > 0 {
		if in = b.placed(row, s.Inputs[0].Name); in != nil {
			col, track = in.Col+1, in.Track
		}
	}
	matrix := b.matrix(s)
	switch {
	case s.ColAxis == model.AxisHeads:
		track = -1
	case matrix != nil && s.Head >= 0:
		track = row.linear
		row.linear++
	case row.Tail && in != nil:
		track = max(track, 0)
	}
	if s.Head >= 0 && in != nil && b.info[s.Inputs[0].Name].Op.IsShare() {
		col = in.Col // below the shares stands what is mixed in them
	}
	from := in
	if matrix != nil {
		col, track = row.free(col, track)
		w := b.add(row, b.weight(matrix, s.Inputs[1], s.Name, matrix.RowAxis == s.ColAxis), row.Side, col)
		w.Track = track
		row.byKey[Key(s)+"/weight"] = w
		row.Links = append(row.Links, Link{in, w, model.KindActivation, false})
		from, col = w, col+1
	}
	col, track = row.free(col, track)
	it := b.add(row, b.whole(s, s.Name), row.Side, col)
	it.Track = track
	b.join(row, s, it, from, matrix, onSpine)
	return it
}

// join draws what the step reads: its matrix or first input, and the other activations.
func (b *builder) join(row *Row, s *model.Info, it, from *Place, matrix *model.Info, onSpine map[string]bool) {
	kind := model.KindActivation
	if matrix != nil {
		kind = model.KindWeight
	}
	if from != nil || len(s.Inputs) > 0 && onSpine[s.Inputs[0].Name] {
		row.Links = append(row.Links, Link{from, it, kind, false})
	}
	for i, in := range s.Inputs {
		if other := b.placed(row, in.Name); i > 0 && other != nil && other != from {
			row.Links = append(row.Links, Link{other, it, model.KindActivation, true})
		}
	}
}

// placed returns the place of this row that shows the step, or nil.
func (b *builder) placed(row *Row, name string) *Place {
	if s := b.info[name]; s != nil {
		return row.byKey[Key(s)]
	}
	return nil
}

// matrix returns the weight that a step of a loop multiplies with, its second input, or nil.
func (b *builder) matrix(s *model.Info) *model.Info {
	if len(s.Inputs) < 2 {
		return nil
	}
	if t := b.info[s.Inputs[1].Name]; t != nil && t.Kind == model.KindWeight {
		return t
	}
	return nil
}

// free returns the first place from (col, track) downwards where nothing stands.
func (row *Row) free(col, track int) (int, int) {
	for _, it := range row.Places {
		if it.Side == row.Side && it.Col == col && (it.Track == track || it.Track < 0 || track < 0) {
			if track < 0 || it.Track < 0 {
				return row.free(col+1, track)
			}
			return row.free(col, track+1)
		}
	}
	return col, track
}
