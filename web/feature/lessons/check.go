package lessons

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/lesson"
	"glassbox/web/say"
)

// Check returns what the page, whose links have these properties, would not understand in a lesson: a
// live value or a link. The error is a *lesson.Error.
func Check(p lesson.Page, links address.Table) (err error) {
	fail := func(line int, reason error) {
		if err == nil {
			err = &lesson.Error{File: p.File, Line: line, Reason: reason.Error()}
		}
	}
	for _, b := range p.Blocks {
		for _, kind := range b.For {
			if kind != "" && kind != letters && kind != words {
				fail(b.Line, errors.New(say.Lessons.ForWhom("{for "+kind+"}")))
			}
		}
	}
	p.Values(func(v lesson.Part) {
		if _, _, reason := parseLive(v.Words); reason != nil {
			fail(v.Line, reason)
		}
	})
	p.Links(func(link string, line int) {
		if reason := checkHash(links, link); strings.HasPrefix(link, "#") && reason != nil {
			fail(line, reason)
		}
	})
	if reason := checkHash(links, p.Place); p.Place != "" && reason != nil {
		fail(1, reason)
	}
	return err
}

// checkHash returns why a hash has no meaning here. A cell without a panel is one of the panel where the reader is.
func checkHash(links address.Table, hash string) error {
	known := strings.NewReplacer("cell=last.", "cell=0.", "block.last", "block.0").Replace(hash)
	if l, _ := links.Parse(known); l.Panel == "" {
		known += "&panel=tokens"
	}
	for part := range strings.SplitSeq(strings.TrimPrefix(hash, "#"), "&") {
		key, _, valued := strings.Cut(part, "=")
		_, known := links.Find(key)
		if valued && !known || !valued && !slices.Contains(feature.Verbs(), key) {
			return errors.New(say.Lessons.LinkUnknown(hash, strconv.Quote(part)))
		}
	}
	if _, warnings := links.Parse(known); len(warnings) > 0 {
		return errors.New(say.Lessons.LinkWrong(hash, warnings[0].String()))
	}
	return nil
}

// CheckIn returns which place, link or live value of a lesson names a stage, step or weight that the model
// of a page that has just begun does not have. The error is a *lesson.Error.
func CheckIn(p lesson.Page, s feature.State) (err error) {
	drawn, err := model.OutlineSampling(s.Config)
	if err != nil {
		return err
	}
	s.Run = s.WithSteps(slices.Concat(s.Steps, drawn))
	fail := func(line int, reason string) {
		if err == nil {
			err = &lesson.Error{File: p.File, Line: line, Reason: reason}
		}
	}
	missing := func(line int, name string) {
		if _, ok := s.Info(s.Config.InLastBlock(name)); !ok {
			fail(line, say.Lessons.LacksStep(s.Model, name))
		}
	}
	outside := func(line int, name string, row, col int) { // rows and keys of steps depend on the text
		i, ok := s.Info(s.Config.InLastBlock(name))
		if ok && (i.Kind == model.KindWeight && row >= i.Rows || !i.Causal && col >= i.Cols) {
			fail(line, say.Lessons.LacksCell(s.Model, cellName(row, col), name))
		}
	}
	follow := func(hash string, line int) {
		l := s.Patched(hash)
		if !s.HasStage(l.Stage) {
			fail(line, say.Lessons.LacksStage(s.Model, string(l.Stage)))
		}
		if l.Panel != "" {
			missing(line, l.Panel)
		}
		if l.Cell != nil {
			outside(line, l.Panel, l.Cell.Row, l.Cell.Col)
		}
		if what, name := s.Lacks(l); name != "" {
			fail(line, say.Lessons.Lacks(s.Model, what, name))
		}
	}
	follow(p.Place, 1)
	page := p.For(Audience(&s))
	page.Links(func(link string, line int) {
		if strings.HasPrefix(link, "#") {
			follow(link, line)
		}
	})
	page.Values(func(v lesson.Part) {
		if _, a, _ := parseLive(v.Words); a.tensor != "" {
			missing(v.Line, a.tensor)
			outside(v.Line, a.tensor, a.n[0], a.n[1])
		}
	})
	return err
}

// cellName writes a cell as lessons do: 5.0, last.0.
func cellName(row, col int) string {
	if row == lastOne {
		return "last." + strconv.Itoa(col)
	}
	return strconv.Itoa(row) + "." + strconv.Itoa(col)
}
