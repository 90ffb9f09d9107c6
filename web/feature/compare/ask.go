package compare

import (
	"maps"
	"slices"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// What the engines are asked for, besides feature.ForSecond: the run of the second, more of its numbers, a piece of the comparison.
const (
	forRun   feature.Purpose = name + ".run"
	forRows  feature.Purpose = name + ".rows"
	forPiece feature.Purpose = name + ".piece"
)

// settle asks for what is missing: the second model, its run, more of its numbers, and what differs.
func settle(u *feature.Change) {
	w := withOf(&u.State)
	if u.Phase != feature.Ready { // the engines are others now, or will be
		memory.Change(&u.State, func(c *State) { c.engine, c.asked, c.coming = "", attempt{}, "" })
		return
	}
	if w.nothing(&u.State) {
		forget(u)
		return
	}
	showDifference(u)
	if u.Applied == 0 || len(u.Tokens) == 0 || u.Suspended() || u.Waits(feature.ForRun) || u.Waits(feature.ForSecond) || u.Waits(forRun) {
		return
	}
	if askModel(u, w) && askRun(u, w) {
		askRows(u)
		askPiece(u, w)
	}
}

// forget drops what was compared, where there is nothing any more to compare with.
func forget(u *feature.Change) {
	c := memory.Get(&u.State)
	if c.Run > 0 || c.Problem != "" {
		for _, p := range []feature.Purpose{forRun, forRows, forPiece} {
			u.Drop(p)
		}
		u.Second = 0
		memory.Set(&u.State, State{View: c.View, engine: c.engine, serial: c.serial})
		showDifference(u)
	}
	if same := (With{Kind: KindText}).model(); c.engine != "" && c.engine != same && !u.Suspended() && !u.Waits(feature.ForSecond) {
		memory.Change(&u.State, func(c *State) { c.asked = attempt{model: same} })
		askSame(u, "") // so that there is no second model in memory
	}
}

// askSame asks for the model of the page, in a type of numbers; "": as it is.
func askSame(u *feature.Change, as string) {
	u.Ask(feature.ForSecond, engine.Request{Beside: true, Load: &engine.Load{Name: u.FilesOf(), Same: true, As: as}})
}

// showDifference has the page's run show differences, as long as the reader wants them and there are any, or else not.
func showDifference(u *feature.Change) {
	c := memory.Get(&u.State)
	wants := c.View == ViewDiff && c.Run > 0 && agree(&u.State, &c)
	switch {
	case wants && u.Show != engine.ShowBeside:
		u.Show = engine.ShowBeside
	case !wants && u.Show == engine.ShowBeside:
		u.Show = engine.ShowAfter
	case !wants || c.taken == c.Run:
		return
	}
	memory.Change(&u.State, func(c *State) { c.taken = c.Run })
	u.Compute()
}

// agree reports whether the steps of both runs have the same shapes: of the first one of each, which has a row for each token, and the last.
func agree(s *feature.State, c *State) bool {
	same, n := true, 0
	for _, i := range s.Steps {
		if i.Kind == model.KindWeight || i.Part == model.PartSample {
			continue
		}
		o, ok := c.Other.Info(i.Name)
		same = same && ok && o.Rows == i.Rows && o.Cols == i.Cols
		n++
	}
	return same && n > 0
}

// askModel asks for the model that the second engine needs, and reports whether it is there.
func askModel(u *feature.Change, w With) bool {
	c := memory.Get(&u.State)
	key := w.model()
	try := attempt{model: key}
	switch {
	case c.failed.equal(try):
		return false
	case c.engine == key:
		return true
	}
	choice, _ := modelOf(&u.State, w.Value)
	if w.Kind == KindModel && readsTable(choice) {
		if c.noWord || !u.NeedTable() {
			return false
		}
	}
	for _, p := range []feature.Purpose{forRows, forPiece} {
		u.Drop(p)
	}
	c.asked, c.engine, c.Problem, c.coming = try, "", "", ""
	memory.Set(&u.State, c)
	source := choice.Source
	switch {
	case w.Kind != KindModel:
		askSame(u, feature.Choose(w.Kind == KindType, w.Value, ""))
	case source == nil:
		u.Do(feature.LoadModel{ID: choice.ID, Request: u.Reserve(feature.ForSecond), Beside: true})
	case source.Held:
		l := source.Load()
		u.Ask(feature.ForSecond, engine.Request{Beside: true, Load: &l})
	default:
		read := source.Read(u.Reserve(feature.ForSecond))
		read.Beside = true
		u.Do(read)
	}
	return false
}

// readsTable reports whether a model reads GPT-2's tokens.
func readsTable(c feature.Choice) bool {
	if c.Source != nil {
		return c.Source.Words == "gpt2"
	}
	return c.Config.Vocab == feature.GPT2Vocab
}

// askRun asks for the run of the second engine, and reports whether it is there.
func askRun(u *feature.Change, w With) bool {
	c := memory.Get(&u.State)
	in := w.input(&u.State)
	try := attempt{w.model(), &in}
	switch {
	case c.failed.equal(try):
		return false
	case c.Run > 0 && c.asked.equal(try):
		return true
	}
	for _, p := range []feature.Purpose{forRows, forPiece} {
		u.Drop(p)
	}
	c.asked, c.coming = try, ""
	memory.Set(&u.State, c)
	q := &engine.Run{Text: in.Text, Generated: in.Generated, Form: in.Form, Top: feature.MostCandidates, Edits: run.Made(in.Edits),
		Sampling: model.Sampling{Temperature: in.Sampling.Temperature, TopK: in.Sampling.TopK, TopP: in.Sampling.TopP, MinP: in.Sampling.MinP, Seed: in.Sampling.Seed}}
	if feature.Heavy(c.next.Config) {
		q.Want = []string{}
	}
	u.Ask(forRun, engine.Request{Beside: true, Run: q})
	return false
}

// askRows asks for numbers of a large second model: those of what the reader looks at first.
func askRows(u *feature.Change) {
	c := memory.Get(&u.State)
	if u.Waits(forRows) || !feature.Heavy(c.Other.Config) || u.Playing {
		return
	}
	if c.Other.FirstWord != u.FirstWord && c.Other.Config.Vocab == u.Config.Vocab {
		c.Other, _ = c.Other.WithFirstWord(u.FirstWord)
		memory.Set(&u.State, c)
	}
	rows, coarse := u.MissingOf(c.Other), unaveraged(&c)
	if len(rows)+len(coarse) > 0 {
		u.Ask(forRows, engine.Request{Beside: true, Read: &engine.Read{Rows: rows, Coarse: coarse, Side: feature.CoarseSide(c.Other.Config)}})
	}
}

// unaveraged lists the next steps and weights of a large second model of which there are no averages yet, as many as a reply averages.
func unaveraged(c *State) (list []string) {
	if c.far.run != c.Run {
		c.far = averages{run: c.Run}
	}
	cells := 0
	for _, i := range c.Other.Steps[min(c.far.steps, len(c.Other.Steps)):] {
		if cells += i.Rows * i.Cols; len(list) > 0 && cells > feature.AveragedAtOnce {
			break
		}
		if !run.IsLong(i) && i.Rows*i.Cols > 0 {
			list = append(list, i.Name)
		}
	}
	return list
}

// averaged says that there are averages up to the last of a list.
func averaged(c *State, list []engine.Coarse) {
	if c.far.run != c.Run {
		c.far = averages{run: c.Run}
	}
	for n, i := range c.Other.Steps {
		if len(list) > 0 && i.Name == list[len(list)-1].Name {
			c.far.steps = n + 1
		}
	}
}

// aspects are what is compared, in the order in which it is computed.
func aspects(w With) []engine.Aspect {
	list := []engine.Aspect{engine.AspectNext, engine.AspectBits, engine.AspectWriting, engine.AspectSteps}
	if w.Kind != KindText {
		list = append(list, engine.AspectWeights)
	}
	return list
}

// askPiece asks for the next piece of the comparison, as long as the card is open.
func askPiece(u *feature.Change, w With) {
	c := memory.Get(&u.State)
	if u.Mode != name || c.paused || u.Waits(forPiece) || !u.Ran.Equal(u.Input()) {
		return
	}
	cur := runs{u.Applied, c.Run}
	for _, of := range aspects(w) {
		p := c.parts[of]
		if p.of == cur && (p.done || p.problem != "") {
			continue
		}
		from := 0
		if p.of == cur {
			from = p.found.To
		}
		c.coming, c.cur = of, cur
		memory.Set(&u.State, c)
		u.Ask(forPiece, engine.Request{Lab: &engine.Lab{Compare: &engine.Compare{Of: of, From: from, Top: mostNext}}})
		return
	}
}

// mostNext is how many next tokens of each run are listed.
const mostNext = 8

// answer takes over what was asked for.
func answer(u *feature.Change, p feature.Purpose, r engine.Reply) {
	switch p {
	case feature.ForSecond:
		loaded(u, r)
	case forRun:
		ran(u, r)
	case forRows:
		c := memory.Get(&u.State)
		if r.Error != "" {
			c.far = averages{c.Run, len(c.Other.Steps)}
		}
		list := c.Other.OfWindow(r.Read)
		c.Other = c.Other.WithValues(list)
		c.next = c.next.WithValues(slices.DeleteFunc(slices.Clone(list), func(v engine.Values) bool { // weights stay what they are in the next run
			i, ok := c.Other.Info(v.Name)
			return !ok || i.Kind != model.KindWeight
		}))
		averaged(&c, r.Coarse)
		memory.Set(&u.State, c)
		u.Do(OtherValues{list}, OtherCoarse{r.Coarse})
	case forPiece:
		piece(u, r)
	case feature.ForTable:
		if r.Error != "" && withOf(&u.State).Kind == KindModel {
			memory.Change(&u.State, func(c *State) { c.noWord, c.Problem = true, r.Error })
		}
	}
}

// fail says why there is no second run, and that what was tried is not tried again.
func fail(u *feature.Change, reason string) {
	memory.Change(&u.State, func(c *State) {
		c.failed, c.Problem, c.asked = c.asked, say.Sentence(reason), attempt{}
		c.Run, c.parts = 0, nil
	})
	u.Second = 0
}

// loaded takes over the second model.
func loaded(u *feature.Change, r engine.Reply) {
	if r.Loaded == nil {
		fail(u, r.Error)
		return
	}
	memory.Change(&u.State, func(c *State) {
		c.engine, c.Problem = c.asked.model, ""
		c.next = run.Run{Config: r.Loaded.Config}
		if outline, err := model.Outline(c.next.Config, 1); err == nil {
			c.next = c.next.WithSteps(outline).WithAliases(r.Loaded.Aliases)
		}
		c.next = c.next.WithValues(r.Loaded.Weights)
	})
}

// ran takes over a run of the second engine.
func ran(u *feature.Change, r engine.Reply) {
	c := memory.Get(&u.State)
	if r.Ran == nil || len(r.Ran.Tokens) == 0 {
		reason := r.Error
		if reason == "" {
			reason = say.Compare.NoTokens()
		}
		fail(u, reason)
		return
	}
	steps := r.Ran.Steps[:len(r.Ran.Steps):len(r.Ran.Steps)]
	for _, i := range c.next.Steps {
		if i.Kind == model.KindWeight {
			steps = append(steps, i)
		}
	}
	o := c.next.WithSteps(steps).WithValues(r.Ran.Values)
	o.Tokens, o.Candidates, o.Ran = r.Ran.Tokens, r.Ran.Candidates, *c.asked.run
	next := r.Ran.Next
	o.Drawn = &next
	c.Other, c.Problem, c.failed = o, "", attempt{}
	c.serial++
	c.Run, u.Second = c.serial, c.serial
	memory.Set(&u.State, c)
	u.Do(ShowOther{o}, OtherValues{held(o)})
}

// held returns all numbers of a run that are here.
func held(o run.Run) (list []engine.Values) {
	for _, i := range o.Steps {
		if v := o.Held(i.Name); len(v.Data) > 0 {
			list = append(list, v)
		}
	}
	return list
}

// piece takes over a piece of the comparison.
func piece(u *feature.Change, r engine.Reply) {
	c := memory.Get(&u.State)
	of := c.coming
	c.coming = ""
	was := c.parts[of]
	p := part{of: c.cur}
	switch {
	case r.Lab == nil || r.Lab.Compare == nil:
		p.problem, p.found = r.Error, was.found
		if was.of != c.cur {
			p.found = engine.Comparison{}
		}
	default:
		p.found = *r.Lab.Compare
		if was.of == c.cur {
			p.found.Bits = append(was.found.Bits[:len(was.found.Bits):len(was.found.Bits)], p.found.Bits...)
			p.found.Differences = append(was.found.Differences[:len(was.found.Differences):len(was.found.Differences)], p.found.Differences...)
		}
		p.done = p.found.To >= p.found.All
	}
	if c.parts = maps.Clone(c.parts); c.parts == nil {
		c.parts = map[engine.Aspect]part{}
	}
	c.parts[of] = p
	memory.Set(&u.State, c)
}
