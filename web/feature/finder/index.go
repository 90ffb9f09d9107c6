package finder

import (
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
		kind := FoundPlace
		if p.Tool {
			kind = FoundTool
		}
		list = append(list, entry{Found{Kind: kind, Title: p.Title, Hint: p.Hint, Name: p.ID, place: p},
			[]weighed{{fold(p.Title), 100}, {fold(strings.Join(p.Also, " ")), 80}}, -1, ""})
	}
	list = append(list, stepEntries(s)...)
	for i, t := range s.Tokens {
		hint := say.Finder.TokenOf(i+1, len(s.Tokens), t.ID)
		list = append(list, entry{Found{Kind: FoundToken, Title: t.Text, Hint: hint, Cell: &run.Cell{Name: s.TokenIDs(), Row: i}},
			inEnglish([]weighed{{fold(t.Text), 100}, {fold(say.Finder.AlsoToken(i)), 80}, {fold(say.Finder.AlsoID(t.ID)), 60}},
				"token", strconv.Itoa(i), "id", strconv.Itoa(t.ID)), -1, ""})
	}
	return list
}

// inEnglish adds English words, which papers have, to those by which a place is found where the page speaks another language.
func inEnglish(texts []weighed, words ...string) []weighed {
	if say.Spoken() == say.English {
		return texts // these are what is shown
	}
	return append(texts, weighed{words, 95})
}

// stageEntries are the overview, the stages, and the parts of the blocks.
func stageEntries(s *feature.State) []entry {
	list := []entry{{Found{Kind: FoundStage, Title: say.Finder.WholeModel(), Hint: s.Choice().Label},
		inEnglish([]weighed{{fold(say.Finder.AlsoWholeModel()), 100}, {fold(say.Finder.AlsoOverview()), 90}}, "whole", "model", "overview", "all"), -1, ""}}
	add := func(g run.Stage, title, hint string, block int) {
		list = append(list, entry{Found{Kind: FoundStage, Title: title, Hint: hint, Name: string(g)},
			inEnglish([]weighed{{fold(title), 100}}, englishWords(g)...), block, ""})
	}
	for i, g := range feature.Stages(*s) {
		l, _, ok := g.ID.Block()
		if !ok {
			l = -1
		}
		add(g.ID, g.Label, say.Finder.Stage(i+1), l)
		for _, p := range g.Parts {
			add(p.ID, run.StageName(p.ID), say.Finder.PartOfBlock(), l)
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
		title, place, english := run.HeadTitle(i), stageTitle(home[i.Name]), englishWords(home[i.Name])
		if i.Head >= 0 {
			english = append(english, "head", strconv.Itoa(i.Head+1))
		}
		e := entry{Found{Kind: FoundStep, Title: title, Name: i.Name, Hint: say.Finder.StepIn(place, say.Shape(i.Rows, i.Cols))},
			inEnglish([]weighed{{fold(title), 100}, {fold(place), 90}, {letters(i.Name), 60}, {fold(say.Term(i.Base())), 40}}, english...), i.Block, i.Alias}
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
	if name := run.StageName(g); name != "" {
		return name
	}
	return say.Finder.Model()
}

// englishWords returns what a stage is called in English, as links have it, with the number of its block.
func englishWords(g run.Stage) []string {
	if l, part, ok := g.Block(); ok {
		return append([]string{"block", strconv.Itoa(l + 1)}, letters(string(part))...)
	}
	return letters(string(g))
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
		title := say.Finder.NumberOf(h.Title, where.String())
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
