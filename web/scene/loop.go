package scene

import "glassbox/model"

// loop places the steps that hang between two links of the spine. They go out along the
// row in the order of the flow: each stands one column further out than its first
// input, in the lane of that input; a taken place moves it one lane down.
func (b *builder) loop(sh *shelf, group []*model.Info, spine []string) {
	onSpine := map[string]bool{}
	for _, name := range spine {
		onSpine[name] = true
	}
	if sh.spine != "" && len(b.shelves) > 1 {
		s := b.info[sh.spine]
		sh.middle = b.item(sh, b.whole(s, s.Name), 0, 0)
	}
	for _, s := range group {
		if s.Head >= 0 {
			sh.side = -1
		}
		sh.block = max(sh.block, s.Block)
	}
	above := riders(group)
	for _, s := range group {
		if above[s.Name] == "" {
			b.place(sh, s, above, onSpine)
		}
	}
}

// riders returns, for the per-row numbers and random draws of a group, the step above
// whose panel they stand: the first other one that reads them.
func riders(group []*model.Info) map[string]string {
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
func (b *builder) place(sh *shelf, s *model.Info, above map[string]string, onSpine map[string]bool) {
	k := key(s)
	var tops, sides []stack
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
	it := b.newcomer(sh, s, onSpine)
	it.above = tops
	if w := sh.byKey[k+"/weight"]; w != nil {
		w.sides, w.outer = sides, true
	} else {
		it.sides = sides
	}
	sh.byKey[k] = it
}

// extend puts the panels of a further head behind those of the first.
func (b *builder) extend(sh *shelf, it *item, s *model.Info, tops, sides []stack) {
	it.body.parts = append(it.body.parts, b.whole(s, s.Name).parts...)
	for i := range tops {
		it.above[i].parts = append(it.above[i].parts, tops[i].parts...)
	}
	holder := it
	if w := sh.byKey[key(s)+"/weight"]; w != nil {
		holder = w
		w.body.parts = append(w.body.parts, b.weight(b.info[s.Inputs[1].Name], s.Inputs[1], s.Name, w.body.across).parts...)
	}
	for i := range sides {
		holder.sides[i].parts = append(holder.sides[i].parts, sides[i].parts...)
	}
}

// weight returns the stack of what a step reads of a weight.
func (b *builder) weight(t *model.Info, r model.Range, reader string, across bool) stack {
	b.seen[t.Name] = true
	return b.view(t, r, reader, across)
}

// newcomer makes the item of a step that is the first of its place, and the item of
// the matrix that it multiplies with, if any.
func (b *builder) newcomer(sh *shelf, s *model.Info, onSpine map[string]bool) *item {
	var in *item
	col, lane := 0, -1
	if len(s.Inputs) > 0 {
		if in = b.placed(sh, s.Inputs[0].Name); in != nil {
			col, lane = in.col+1, in.lane
		}
	}
	matrix := b.matrix(s)
	switch {
	case s.ColAxis == model.AxisHeads:
		lane = -1
	case matrix != nil && s.Head >= 0:
		lane = sh.linear
		sh.linear++
	case sh.tail && in != nil:
		lane = max(lane, 0)
	}
	if s.Head >= 0 && in != nil && (s.Op.IsShare() || b.info[s.Inputs[0].Name].Op.IsShare()) {
		col = in.col // the shares stand below what they are made of, what they weigh below them
	}
	from := in
	if matrix != nil {
		col, lane = sh.free(col, lane)
		w := b.item(sh, b.weight(matrix, s.Inputs[1], s.Name, matrix.RowAxis == s.ColAxis), sh.side, col)
		w.lane = lane
		sh.byKey[key(s)+"/weight"] = w
		sh.joins = append(sh.joins, join{in, w, model.KindActivation, false})
		from, col = w, col+1
	}
	col, lane = sh.free(col, lane)
	it := b.item(sh, b.whole(s, s.Name), sh.side, col)
	it.lane = lane
	b.join(sh, s, it, from, matrix, onSpine)
	return it
}

// join draws what the step reads: its matrix or first input, and the other activations.
func (b *builder) join(sh *shelf, s *model.Info, it, from *item, matrix *model.Info, onSpine map[string]bool) {
	kind := model.KindActivation
	if matrix != nil {
		kind = model.KindWeight
	}
	if from != nil || len(s.Inputs) > 0 && onSpine[s.Inputs[0].Name] {
		sh.joins = append(sh.joins, join{from, it, kind, false})
	}
	for i, in := range s.Inputs {
		if other := b.placed(sh, in.Name); i > 0 && other != nil && other != from {
			sh.joins = append(sh.joins, join{other, it, model.KindActivation, true})
		}
	}
}

// placed returns the item of this shelf that shows the step, or nil.
func (b *builder) placed(sh *shelf, name string) *item {
	if s := b.info[name]; s != nil {
		return sh.byKey[key(s)]
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

// free returns the first place from (col, lane) downwards where nothing stands.
func (sh *shelf) free(col, lane int) (int, int) {
	for _, it := range sh.items {
		if it.side == sh.side && it.col == col && (it.lane == lane || it.lane < 0 || lane < 0) {
			if lane < 0 || it.lane < 0 {
				return sh.free(col+1, lane)
			}
			return sh.free(col, lane+1)
		}
	}
	return col, lane
}
