package edits

import (
	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// A Mark is a place that an edit of the run changes, as the scene marks it.
type Mark struct {
	run.Cell      // Row and Col are −1 where all of them are changed
	Off      bool // nothing is left of what was computed there
	Text     string
}

// Marks lists the places that the edits of the run change. Of a head that is off its whole strand is marked, which nothing reads
// any more.
func Marks(s *feature.State) (list []Mark) {
	for _, d := range s.Edited {
		e, err := model.ParseEdit(d.Spec)
		if err != nil || d.Fault != nil || d.Waits {
			continue
		}
		off := e.Do == model.ActOff || e.Do == model.ActSet && e.Value == 0 && e.Col < 0
		text := markText(e, off)
		for n, p := range d.Places {
			if n > 0 {
				text = ""
			}
			list = append(list, Mark{run.Cell{Name: p.Name, Row: p.Row, Col: p.Col}, off, text})
			if i, ok := s.Info(p.Name); ok && off && p.Row < 0 {
				list = append(list, strand(s, i)...)
			}
		}
	}
	return list
}

// markText is what stands at the first place of an edit.
func markText(e model.Edit, off bool) string {
	switch {
	case e.Do == model.ActMean:
		return say.Edits.MarkMean()
	case e.Do == model.ActFrom:
		return say.Edits.MarkText()
	case e.Do == model.ActScale:
		return "× " + say.Short(e.Value)
	case e.Do == model.ActSteer:
		return say.Edits.MarkSteer()
	case off:
		return say.Edits.MarkOff()
	}
	return "" // the number stands in its cell
}

// strand lists what only leads to what a head gathers, which is step i.
func strand(s *feature.State, i model.Info) (list []Mark) {
	if i.Op != model.OpMix || i.Head < 0 {
		return nil
	}
	for _, of := range s.Steps {
		if of.Block == i.Block && of.Head == i.Head && of.Name != i.Name && of.Kind == model.KindActivation && of.Sharing < 2 {
			list = append(list, Mark{run.Cell{Name: of.Name, Row: -1, Col: -1}, true, ""})
		}
	}
	return list
}

// Changed names the steps and weights that have other numbers than without edits, while the difference is shown; else it is nil.
func Changed(s *feature.State) map[string]bool {
	if s.Ran.Show != engine.ShowDifference || s.Compared == nil {
		return nil
	}
	names := map[string]bool{}
	for _, i := range s.Steps {
		if i.Changed {
			names[i.Name] = true
		}
	}
	return names
}
