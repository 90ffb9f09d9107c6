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

// problems collects what is wrong in a lesson.
type problems struct {
	file string
	list lesson.Errors
}

func (p *problems) add(line int, reason string) {
	p.list = append(p.list, &lesson.Error{File: p.file, Line: line, Reason: reason})
}

// Check returns all that the page, whose links have these properties, would not understand in a lesson of a walk with so
// many stops: front matter, kinds of readers, live values, links. The error is of type lesson.Errors.
func Check(p lesson.Page, links address.Table, stops int) error {
	wrong := &problems{file: p.File}
	for _, f := range p.Fields {
		wrong.checkFor(f.For, f.Line)
		if known := pictures(); f.Key == "picture" && !slices.Contains(known, f.Value) {
			wrong.add(f.Line, say.Lessons.NoPicture(strconv.Quote(f.Value), known))
		}
	}
	for _, b := range p.Blocks {
		for i, kinds := range b.For {
			wrong.checkFor(kinds, b.At[i])
		}
	}
	p.Values(func(v lesson.Part) {
		if _, _, reason := parseLive(v.Words); reason != nil {
			wrong.add(v.Line, reason.Error())
		}
	})
	follow := func(link string, line int) {
		if !strings.HasPrefix(link, "#") {
			return
		}
		for _, reason := range checkHash(links, link, stops) {
			wrong.add(line, reason.Error())
		}
	}
	for _, f := range p.Fields {
		if f.Key == "place" {
			follow(f.Value, f.Line)
		}
	}
	p.Links(follow)
	return lesson.Join(wrong.list)
}

// checkFor checks the kinds of readers that a line is for: each has to be known, and no two may exclude one another.
func (p *problems) checkFor(list string, line int) {
	asked := map[int]bool{}
	for name := range strings.FieldsSeq(list) {
		i := slices.IndexFunc(kinds(), func(k kind) bool { return k.name == name })
		switch {
		case i < 0:
			p.add(line, say.Lessons.ForWhom(forKind(name), kindsInBraces()))
			return
		case asked[kinds()[i].of]:
			p.add(line, say.Lessons.ForNobody(forKind(list)))
			return
		}
		asked[kinds()[i].of] = true
	}
}

// pictures lists what a lesson can draw below its title.
func pictures() []string { return []string{pictureLine, pictureParameters} }

const pictureLine, pictureParameters = "line", "parameters"

// forKind is how a lesson says that a line is for readers of a kind.
func forKind(kind string) string { return "{for " + kind + "}" }

func kindsInBraces() (list []string) {
	for _, name := range Kinds() {
		list = append(list, forKind(name))
	}
	return list
}

// checkHash returns why a hash has no meaning here. A cell without a panel is one of the panel where the reader is.
func checkHash(links address.Table, hash string, stops int) (wrong []error) {
	known := strings.ReplaceAll(hash, "block.last", "block.0")
	if l, _ := links.Parse(known); l.Panel == "" {
		known += "&panel=tokens"
	}
	l, warnings := links.Parse(known)
	for _, w := range warnings {
		wrong = append(wrong, errors.New(say.Lessons.LinkWrong(hash, w.String())))
	}
	for _, p := range links {
		if p.Missing == nil {
			continue
		}
		if reason := p.Missing(l.Value(p.Name)); reason != "" {
			wrong = append(wrong, errors.New(say.Lessons.LinkWrong(hash, reason)))
		}
	}
	if n := stopOf(l); n > stops {
		wrong = append(wrong, errors.New(say.Lessons.LinkWrong(hash, say.Lessons.LacksStop(n, stops))))
	}
	for part := range strings.SplitSeq(strings.TrimPrefix(hash, "#"), "&") {
		key, _, valued := strings.Cut(part, "=")
		_, known := links.Find(key)
		if valued && !known || !valued && !slices.Contains(feature.Verbs(), key) {
			wrong = append(wrong, errors.New(say.Lessons.LinkUnknown(hash, strconv.Quote(part))))
		}
	}
	return wrong
}

// CheckIn returns all that a lesson names and a model does not have: places, links, ties and live values that lead to its
// stages, steps, weights, cells and whatever features add. The state is that of a page that has just begun with the model,
// and knows which others there are. The error is of type lesson.Errors.
func CheckIn(p lesson.Page, s feature.State) error {
	c := &checker{problems{file: p.File}}
	page := p.For(Audience(&s)...)
	if page.Title == "" && p.Title != "" {
		c.add(1, say.Lessons.LacksTitle(s.Model))
	}
	for _, f := range p.Fields {
		if f.Key == "place" && f.Value == page.Place {
			c.follow(s, f.Value, f.Line)
			break
		}
	}
	page.Links(func(link string, line int) {
		if strings.HasPrefix(link, "#") {
			c.follow(s, link, line)
		}
	})
	s = withSampling(s)
	page.Ties(func(tie string, line int) {
		for pattern := range strings.SplitSeq(tie, ",") {
			if len(Named(&s, pattern)) == 0 {
				c.add(line, say.Lessons.LacksStep(s.Model, pattern))
			}
		}
	})
	page.Values(func(v lesson.Part) { c.value(s, v) })
	return lesson.Join(c.list)
}

// withSampling adds the steps of drawing a token, which a page has once something has run.
func withSampling(s feature.State) feature.State {
	if drawn, err := model.OutlineSampling(s.Config); err == nil {
		s.Run = s.WithSteps(slices.Concat(s.Steps, drawn))
	}
	return s
}

// checker holds a lesson to a model.
type checker struct{ problems }

// follow checks a link.
func (c *checker) follow(from feature.State, hash string, line int) {
	l := from.Patched(hash)
	s := from
	parsed, _ := s.Properties().Parse(hash)
	if parsed.Model != "" {
		var ok bool
		if s, ok = from.AsModelOf(hash); !ok {
			c.add(line, say.Lessons.LacksModel(parsed.Model))
			return
		}
	}
	s = withSampling(s)
	if !s.HasStage(l.Stage) {
		c.add(line, say.Lessons.LacksStage(s.Model, string(l.Stage)))
	}
	if l.Panel != "" && c.has(s, feature.Choose(parsed.Panel != "", parsed.Panel, l.Panel), line) && l.Cell != nil {
		row := l.Cell.Row
		if l.AtLast {
			row = lastOne
		}
		c.cell(s, l.Panel, row, l.Cell.Col, line)
	}
	if alphabet := s.Config.Alphabet; alphabet != "" && l.Typed && strings.Trim(l.Text, alphabet) != "" {
		c.add(line, say.Lessons.LacksLetter(s.Model, alphabet, strconv.Quote(l.Text)))
	}
	if what, name := s.Lacks(l); name != "" {
		c.add(line, say.Lessons.Lacks(s.Model, what, name))
	}
}

// has checks that there is a step or weight.
func (c *checker) has(s feature.State, name string, line int) bool {
	_, ok := s.Info(s.Config.NameHere(name))
	if !ok {
		c.add(line, say.Lessons.LacksStep(s.Model, name))
	}
	return ok
}

// cell checks that it has a cell for some text, as long as the model can hold.
func (c *checker) cell(s feature.State, name string, row, col, line int) {
	i, _ := s.Info(s.Config.NameHere(name))
	if row >= most(s, i.RowAxis, i.Rows) || col >= most(s, i.ColAxis, i.Cols) {
		c.add(line, say.Lessons.LacksCell(s.Model, cellName(row, col), name))
	}
}

// most returns how long an axis can become that now has n places.
func most(s feature.State, a model.Axis, n int) int {
	if a.Tokens() {
		return s.Config.Context
	}
	return n
}

// value checks a live value.
func (c *checker) value(s feature.State, v lesson.Part) {
	row, a, err := parseLive(v.Words)
	if err != nil {
		return // Check says so
	}
	if a.tensor != "" && c.has(s, a.tensor, v.Line) {
		i, _ := s.Info(s.Config.NameHere(a.tensor))
		if row.of != nil && !row.of.is(i) {
			c.add(v.Line, say.Lessons.LiveUnfit(row.Usage(), row.of.name(), a.tensor))
		}
		where := map[string]int{}
		for n, kind := range row.numbers() {
			where[kind] = a.n[n]
		}
		c.cell(s, a.tensor, where["row"], where["column"], v.Line)
	}
	if _, tells := s.Told(a.tool); a.tool != "" && !tells {
		c.add(v.Line, say.Lessons.LacksTool(a.tool))
	}
	for n, kind := range row.numbers() {
		switch longest := min(s.Config.Vocab, feature.MostCandidates); {
		case kind == "token" && a.n[n] >= s.Config.Context:
			c.add(v.Line, say.Lessons.LacksToken(s.Model, s.Config.Context, a.n[n]))
		case kind == "place" && a.tensor == "" && a.n[n] > longest:
			c.add(v.Line, say.Lessons.LacksPlace(s.Model, longest, a.n[n]))
		case kind == "place" && a.tensor != "" && a.n[n] > s.Config.HeadSize():
			c.add(v.Line, say.Lessons.LacksPlace(s.Model, s.Config.HeadSize(), a.n[n]))
		}
	}
}

// cellName writes a cell as lessons do: 5.0, last.0.
func cellName(row, col int) string {
	if row == lastOne {
		return "last." + strconv.Itoa(col)
	}
	return strconv.Itoa(row) + "." + strconv.Itoa(col)
}
