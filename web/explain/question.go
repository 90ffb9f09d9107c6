package explain

import (
	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
)

// About names a step or weight: its title, the path to it ("Block 1", "Attention",
// "Head 1"), and the question that its numbers answer, about the cell that the reader
// points at if it is one of them.
func (v View) About(info model.Info) (title string, path []string, question string) {
	return say.Title(info.Base()), v.Path(info), v.question(info)
}

// Path names the stage, its part and the head.
func (v View) Path(info model.Info) (path []string) {
	stage := v.StageOf(info.Name)
	l, part, isBlock := stage.Block()
	for _, g := range v.Stages(v.Stage) {
		if g.ID == stage || isBlock && g.ID == run.BlockStage(l) {
			path = append(path, g.Label)
		}
	}
	if p, ok := run.LabelOf(part); ok && isBlock {
		path = append(path, p.Label)
	}
	switch {
	case info.Group >= 0 && info.Sharing > 1:
		path = append(path, say.Run.Group(info.Head+1, info.Head+info.Sharing))
	case info.Head >= 0:
		path = append(path, say.Run.Head(info.Head+1))
	}
	return path
}

// question is about the cell that the reader points at, or about all of them.
func (v View) question(i model.Info) string {
	r, c := rows[i.Op], v.Cell
	switch {
	case i.Kind == model.KindWeight:
		return v.weightQuestion(i)
	case r.question == nil: // no step of this run
		return ""
	case c == nil || c.Name != i.Name || i.RowAxis == model.AxisOne && i.ColAxis == model.AxisOne:
		return r.question(v, i)
	case i.TooFar(c.Row, c.Col):
		return say.Explain.MaskedFarCell()
	case i.Masked(c.Row, c.Col):
		return say.Explain.MaskedCell()
	}
	return r.cellQuestion(v, i, *c)
}

// subject names the token that a cell of a step is about: that of its row, or else the last.
func (v View) subject(i model.Info, c run.Cell) string {
	if i.RowAxis == model.AxisOne {
		return v.TokenName(len(v.Tokens) - 1)
	}
	return v.TokenName(c.Row)
}

// weightQuestion is the same for all cells of a weight: it depends on what reads it.
func (v View) weightQuestion(i model.Info) string {
	reader := v.Reader(i.Name)
	if question := rows[reader.Op].weights[reader.Role(i.Name)]; question != nil {
		return question()
	}
	return ""
}
