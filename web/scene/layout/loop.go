package layout

import "glassbox/model"

// loop places the steps that hang between two links of the spine. They go out along the
// row in the order of the flow: each stands one column further out than its first
// input, in the track of that input; a taken place moves it one track down.
func (b *builder) loop(sh *Row, group []*model.Info, spine []string) {
	onSpine := map[string]bool{}
	for _, name := range spine {
		onSpine[name] = true
	}
	if sh.spine != "" && len(b.rows) > 1 {
		s := b.info[sh.spine]
		sh.Middle = b.add(sh, b.whole(s, s.Name), 0, 0)
	}
	for _, s := range group {
		if s.Head >= 0 {
			sh.Side = -1
		}
		sh.Block = max(sh.Block, s.Block)
	}
	above := standAbove(group)
	for _, s := range group {
		if above[s.Name] == "" {
			b.place(sh, s, above, onSpine)
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
func (b *builder) place(sh *Row, s *model.Info, above map[string]string, onSpine map[string]bool) {
	k := Key(s)
	var tops, sides []Stack
	matrix := b.matrix(s)
	for i, in := range s.Inputs {
		t := b.info[in.Name]
		switch {
		case t == nil || t == matrix && i == 1:
		case above[in.Name] == s.Name:
			tops = append(tops, b.whole(t, s.Name))
		case t.Kind == model.KindWeight:
			sides = append(sides, b.weight(t, in, s.Name, false))
		}
	}
	if it := sh.byKey[k]; it != nil {
		b.extend(sh, it, s, tops, sides)
		return
	}
	it := b.newPlace(sh, s, onSpine)
	it.Above = tops
	if w := sh.byKey[k+"/weight"]; w != nil {
		w.Sides, w.Outer = sides, true
	} else {
		it.Sides = sides
	}
	sh.byKey[k] = it
}

// extend puts the panels of a further head behind those of the first.
func (b *builder) extend(sh *Row, it *Place, s *model.Info, tops, sides []Stack) {
	it.Body.Regions = append(it.Body.Regions, b.whole(s, s.Name).Regions...)
	for i := range tops {
		it.Above[i].Regions = append(it.Above[i].Regions, tops[i].Regions...)
	}
	holder := it
	if w := sh.byKey[Key(s)+"/weight"]; w != nil {
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
func (b *builder) newPlace(sh *Row, s *model.Info, onSpine map[string]bool) *Place {
	var in *Place
	col, lane := 0, -1
	if len(s.Inputs) > 0 {
		if in = b.placed(sh, s.Inputs[0].Name); in != nil {
			col, lane = in.Col+1, in.Track
		}
	}
	matrix := b.matrix(s)
	switch {
	case s.ColAxis == model.AxisHeads:
		lane = -1
	case matrix != nil && s.Head >= 0:
		lane = sh.linear
		sh.linear++
	case sh.Tail && in != nil:
		lane = max(lane, 0)
	}
	if s.Head >= 0 && in != nil && (s.Op.IsShare() || b.info[s.Inputs[0].Name].Op.IsShare()) {
		col = in.Col // the shares stand below what they are made of, what they weigh below them
	}
	from := in
	if matrix != nil {
		col, lane = sh.free(col, lane)
		w := b.add(sh, b.weight(matrix, s.Inputs[1], s.Name, matrix.RowAxis == s.ColAxis), sh.Side, col)
		w.Track = lane
		sh.byKey[Key(s)+"/weight"] = w
		sh.Links = append(sh.Links, Link{in, w, model.KindActivation, false})
		from, col = w, col+1
	}
	col, lane = sh.free(col, lane)
	it := b.add(sh, b.whole(s, s.Name), sh.Side, col)
	it.Track = lane
	b.join(sh, s, it, from, matrix, onSpine)
	return it
}

// join draws what the step reads: its matrix or first input, and the other activations.
func (b *builder) join(sh *Row, s *model.Info, it, from *Place, matrix *model.Info, onSpine map[string]bool) {
	kind := model.KindActivation
	if matrix != nil {
		kind = model.KindWeight
	}
	if from != nil || len(s.Inputs) > 0 && onSpine[s.Inputs[0].Name] {
		sh.Links = append(sh.Links, Link{from, it, kind, false})
	}
	for i, in := range s.Inputs {
		if other := b.placed(sh, in.Name); i > 0 && other != nil && other != from {
			sh.Links = append(sh.Links, Link{other, it, model.KindActivation, true})
		}
	}
}

// placed returns the place of this row that shows the step, or nil.
func (b *builder) placed(sh *Row, name string) *Place {
	if s := b.info[name]; s != nil {
		return sh.byKey[Key(s)]
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
func (sh *Row) free(col, lane int) (int, int) {
	for _, it := range sh.Places {
		if it.Side == sh.Side && it.Col == col && (it.Track == lane || it.Track < 0 || lane < 0) {
			if lane < 0 || it.Track < 0 {
				return sh.free(col+1, lane)
			}
			return sh.free(col, lane+1)
		}
	}
	return col, lane
}
