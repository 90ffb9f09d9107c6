package feature

import "glassbox/web/explain"

// View is the run as the reader looks at it, for whatever explains it.
func (s State) View() explain.View {
	return explain.View{Run: s.Run, Stage: s.Stage, Panel: s.Panel, Cell: s.Pointed(), Explained: s.Explained, Facts: s.Facts,
		Next: explain.Next{Sampling: s.Sampling, Fresh: s.Ran.Equal(s.Input()), Letters: s.Choice().Letters, Typed: s.Typed(), Muted: s.Muted}}
}
