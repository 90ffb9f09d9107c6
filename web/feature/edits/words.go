package edits

import (
	"strings"

	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// Sentence says what an edit does: "Head 3 of block 2 is off".
func Sentence(s *feature.State, spec string) string {
	e, err := model.ParseEdit(spec)
	if err != nil {
		return spec
	}
	if o, ok := e.Off(s.InfoHere); ok {
		return offSentence(s, o)
	}
	what, whole := subject(s, e)
	switch {
	case e.Do == model.ActOff || e.Do == model.ActSet && e.Value == 0 && whole:
		return say.Capital(say.Edits.Off(what))
	case e.Do == model.ActSet:
		return say.Capital(say.Edits.Set(what, say.Short(e.Value)))
	case e.Do == model.ActScale:
		return say.Capital(say.Edits.Times(what, say.Short(e.Value)))
	case e.Do == model.ActMean:
		return say.Capital(say.Edits.Mean(what))
	case e.Do == model.ActSteer:
		return say.Capital(say.Edits.Steer(steered(s, e), say.Short(e.Value)))
	}
	return say.Capital(say.Edits.From(what))
}

// offSentence says what is off.
func offSentence(s *feature.State, o model.Off) string {
	switch {
	case o.Kind == "":
		return say.Capital(say.Edits.Off(offName(o)))
	case o.Step == "":
		return say.Edits.OffKind(string(o.Kind), say.Root(s.Config.HeadSize()))
	case o.Kind == model.OffResidual:
		i, _ := s.InfoHere(o.Step)
		return say.Edits.OffWay(string(half(i)), i.Block+1)
	}
	i, _ := s.InfoHere(o.Step)
	return say.Edits.Off(title(s, i))
}

// half is the part of a block around which the stream goes on to a step that adds.
func half(i model.Info) model.Part {
	if i.Part == model.PartFeedForward {
		return i.Part
	}
	return model.PartAttention
}

// offName names what a block or a head adds: "head 3 of block 2".
func offName(o model.Off) string {
	if o.Head >= 0 {
		return say.Edits.Head(o.Head+1, o.Block+1)
	}
	return say.Edits.Half(string(o.Part), o.Block+1)
}

// title names a step or weight with its place: "Query (Block 2, Attention, Head 3)".
func title(s *feature.State, i model.Info) string {
	name, path, _ := s.View().About(i)
	return say.Edits.Named(name, strings.Join(path, ", "))
}

// subject names what an edit that switches nothing off changes; whole is set if to set that to 0 is to switch it off.
func subject(s *feature.State, e model.Edit) (what string, whole bool) {
	i, ok := s.InfoHere(e.Name)
	if !ok {
		return e.Name, false
	}
	if o, adds := i.Adds(); adds && e.Row < 0 {
		return offName(o), true
	}
	switch {
	case e.Row < 0:
		return say.Edits.All(title(s, i)), false
	case e.Col < 0 && i.RowAxis.Tokens():
		return say.Edits.RowOfToken(title(s, i), s.TokenName(e.Row)), false
	case e.Col < 0:
		return say.Edits.Row(e.Row, title(s, i)), false
	}
	return cellName(s, i, e), false
}

// steered names what a direction is added to.
func steered(s *feature.State, e model.Edit) string {
	i, ok := s.InfoHere(e.Name)
	switch {
	case !ok:
		return e.Name
	case e.Row < 0:
		return title(s, i)
	}
	return say.Edits.RowOfToken(title(s, i), s.TokenName(e.Row))
}

// cellName names one number.
func cellName(s *feature.State, i model.Info, e model.Edit) string {
	if i.RowAxis.Tokens() && i.ColAxis.Tokens() {
		return say.Edits.Pair(s.TokenName(e.Row), s.TokenName(e.Col))
	}
	if i.RowAxis.Tokens() && i.ColAxis != model.AxisWord && i.ColAxis != model.AxisOne {
		return say.Edits.Cell(e.Col, s.TokenName(e.Row))
	}
	where := ""
	for _, p := range s.Where(run.Cell{Name: i.Name, Row: e.Row, Col: e.Col}) {
		where += p.Text
	}
	return say.Edits.CellAt(where)
}

// Place says what the sentence leaves out: where one number stands, or between which texts a direction leads; "" of other edits.
func Place(s *feature.State, spec string) string {
	e, err := model.ParseEdit(spec)
	if err == nil && e.Do == model.ActSteer {
		return say.Edits.SteerTexts(len(e.Away), len(e.To))
	}
	i, ok := s.InfoHere(e.Name)
	if err != nil || !ok || e.Col < 0 {
		return ""
	}
	return title(s, i)
}

// stepOf returns the step whose numbers an edit changes, if that is one.
func stepOf(s *feature.State, e model.Edit) (model.Info, bool) {
	o, off := e.Off(s.InfoHere)
	switch {
	case !off:
		return s.InfoHere(e.Name)
	case o.Step != "":
		return s.InfoHere(o.Step)
	}
	for _, i := range s.Steps {
		if added, ok := i.Adds(); ok && added == o {
			return i, true
		}
	}
	return model.Info{}, false
}

// respelled returns an edit that does something else in the same place; a direction stays between its texts.
func respelled(s *feature.State, spec string, does model.Edit) (string, bool) {
	e, err := model.ParseEdit(spec)
	if err != nil {
		return "", false
	}
	if e.Do == model.ActOff {
		i, ok := stepOf(s, e)
		if e = (model.Edit{Name: i.Name, Row: -1, Col: -1}); !ok {
			return "", false
		}
	}
	e.Do, e.Value, e.From, e.Made = does.Do, does.Value, does.From, 0
	if e.Do != model.ActSteer {
		e.To, e.Away = nil, nil
	}
	return e.String(), true
}
