package finder

import (
	"fmt"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// entries returns everything that can be found in the model and its text.
func entries(s *feature.State) []entry {
	list := stageEntries(s)
	for _, p := range s.Places() {
		list = append(list, entry{Found{Kind: FoundPlace, Title: p.Title, Hint: p.Hint, Name: p.ID, place: p},
			[]weighed{{fold(p.Title), 100}, {fold(strings.Join(p.Also, " ")), 80}}, -1})
	}
	list = append(list, stepEntries(s)...)
	for i, t := range s.Tokens {
		hint := fmt.Sprintf("token %d of %d, id %s", i+1, len(s.Tokens), say.Count(t.ID))
		list = append(list, entry{Found{Kind: FoundToken, Title: t.Text, Hint: hint, Cell: &run.Cell{Name: s.TokenIDs(), Row: i}},
			[]weighed{{fold(t.Text), 100}, {[]string{"token", strconv.Itoa(i)}, 80}, {[]string{"id", strconv.Itoa(t.ID)}, 60}}, -1})
	}
	return list
}

// stageEntries are the overview, the stages, and the parts of the blocks.
func stageEntries(s *feature.State) []entry {
	list := []entry{{Found{Kind: FoundStage, Title: "The whole model", Hint: s.Choice().Label},
		[]weighed{{[]string{"whole", "model"}, 100}, {[]string{"overview", "all"}, 90}}, -1}}
	add := func(g run.Stage, title, hint string, block int) {
		list = append(list, entry{Found{Kind: FoundStage, Title: title, Hint: hint, Name: string(g)}, []weighed{{fold(title), 100}}, block})
	}
	for i, g := range feature.Stages(*s) {
		l, _, ok := g.ID.Block()
		if !ok {
			l = -1
		}
		add(g.ID, g.Label, fmt.Sprintf("stage %d", i+1), l)
		for _, p := range g.Parts {
			add(p.ID, g.Label+", "+say.Lower(p.Label), "part of a block", l)
		}
	}
	return list
}

// stepEntries are the steps and weights, each with where it stands.
func stepEntries(s *feature.State) (list []entry) {
	home := map[string]run.Stage{} // the part of a block rather than the block
	for _, info := range feature.Stages(*s) {
		for _, g := range append([]run.StageInfo{info}, info.Parts...) {
			for _, name := range g.Names {
				if _, found := home[name]; !found || len(info.Parts) > 0 {
					home[name] = g.ID
				}
			}
		}
	}
	for _, i := range s.Steps {
		title, place := run.HeadTitle(i), stageTitle(home[i.Name])
		e := entry{Found{Kind: FoundStep, Title: title, Name: i.Name, Hint: fmt.Sprintf("%s, %s × %s", place, say.Count(i.Rows), say.Count(i.Cols))},
			[]weighed{{fold(title), 100}, {fold(place), 90}, {letters(i.Name), 60}, {fold(i.Term()), 40}}, i.Block}
		if i.Kind == model.KindWeight {
			e.Kind = FoundWeight
			if l, _, ok := home[i.Name].Block(); ok {
				e.block = l
			}
		}
		list = append(list, e)
	}
	return list
}

// stageTitle names a stage in a line: "Block 1, attention".
func stageTitle(g run.Stage) string {
	if l, name, ok := g.Block(); ok {
		if p, known := run.LabelOf(name); known {
			return fmt.Sprintf("Block %d, %s", l+1, say.Lower(p.Label))
		}
		return fmt.Sprintf("Block %d", l+1)
	}
	if p, known := run.LabelOf(model.Part(g)); known {
		return p.Label
	}
	return "Model"
}

// letters returns the words of a name without its numbers, which count from 0 where the
// page counts blocks and heads from 1.
func letters(name string) (words []string) {
	for _, w := range fold(name) {
		if w[0] > '9' {
			words = append(words, w)
		}
	}
	return words
}

// numbers finds cells: a text that ends in two numbers means row and column of what the
// rest of it means, "scores head 2, 4.1".
func (f *State) numbers(s *feature.State, text string) (list []hit) {
	rest, row, col, ok := trailing(text)
	if !ok {
		return nil
	}
	for _, h := range f.hits(rest, f.of.block) {
		if h.Kind != FoundStep && h.Kind != FoundWeight {
			continue
		}
		c := run.Cell{Name: h.Name, Row: row, Col: col}
		if !s.Has(&c) {
			continue
		}
		var where strings.Builder
		for _, w := range s.Where(c) {
			where.WriteString(w.Text)
		}
		title := h.Title + ", " + where.String()
		list = append(list, hit{entry{Found: Found{Kind: FoundNumber, Title: title, Hint: h.Hint, Name: h.Name, Cell: &c}}, h.score + 5000})
		if len(list) == mostFound {
			break
		}
	}
	return list
}

// trailing splits a text from the two numbers at its end, between which stands a dot, a
// comma or a space.
func trailing(text string) (rest string, row, col int, ok bool) {
	head, second := lastNumber(text)
	if second < 0 || head == "" || !strings.ContainsAny(head[len(head)-1:], " .,") {
		return "", 0, 0, false
	}
	head, first := lastNumber(strings.TrimRight(head, " .,"))
	rest = strings.TrimRight(head, " .,")
	return rest, first, second, first >= 0 && rest != "" && rest != head
}

// lastNumber splits a text from the number at its end; −1 is none.
func lastNumber(text string) (rest string, n int) {
	rest = strings.TrimRight(text, "0123456789")
	n, err := strconv.Atoi(text[len(rest):])
	if err != nil {
		return text, -1
	}
	return rest, n
}
