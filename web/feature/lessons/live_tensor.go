package lessons

import (
	"glassbox/web/engine"
	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// liveTensors are about the numbers of a step or weight.
func liveTensors() []LiveValue {
	return []LiveValue{
		{"value", []string{"tensor", "row", "column"}, say.Lessons.ValueDoc, func(s *feature.State, a liveArgs) (string, bool) {
			v, ok := s.At(a.tensor, a.n[0], a.n[1])
			return say.Brief(v), ok
		}},
		{"percent", []string{"tensor", "row", "column"}, say.Lessons.PercentDoc, func(s *feature.State, a liveArgs) (string, bool) {
			v, ok := s.At(a.tensor, a.n[0], a.n[1])
			return say.Percent(v), ok
		}},
		ofTensor("rows", say.Lessons.RowsDoc, func(s *feature.State, v engine.Values) string { return say.Count(v.Rows) }),
		ofTensor("columns", say.Lessons.ColumnsDoc, func(s *feature.State, v engine.Values) string { return say.Count(v.Cols) }),
		ofTensor("least", say.Lessons.LeastDoc, func(s *feature.State, v engine.Values) string { return say.Brief(run.StatOf(v).Min) }),
		ofTensor("largest", say.Lessons.LargestDoc, func(s *feature.State, v engine.Values) string { return say.Brief(run.StatOf(v).Max) }),
		ofRow("looks-at", say.Lessons.LooksAtDoc, func(x explain.TokenView, v engine.Values) (string, bool) {
			key, _, ok := x.LooksAt(v.Name)
			return x.TokenName(key), ok
		}),
		ofRow("share", say.Lessons.ShareDoc, func(x explain.TokenView, v engine.Values) (string, bool) {
			_, share, ok := x.LooksAt(v.Name)
			return x.ShareText(share), ok
		}),
		ofRow("positive", say.Lessons.PositiveDoc, func(x explain.TokenView, v engine.Values) (string, bool) {
			n := 0
			for _, y := range v.Data[x.T*v.Cols : (x.T+1)*v.Cols] {
				if y > 0 {
					n++
				}
			}
			return say.Count(n), true
		}),
		ofRow("total", say.Lessons.TotalDoc, func(x explain.TokenView, v engine.Values) (string, bool) {
			sum := 0.0
			for _, y := range v.Data[x.T*v.Cols : (x.T+1)*v.Cols] {
				if y == y {
					sum += float64(y)
				}
			}
			return say.Brief(sum), true
		}),
		ofRow("length", say.Lessons.LengthDoc, func(x explain.TokenView, v engine.Values) (string, bool) {
			l, ok := x.Length(v.Name)
			return say.Brief(l), ok
		}),
		ofRow("addition", say.Lessons.AdditionDoc, func(x explain.TokenView, v engine.Values) (string, bool) {
			_, equation, ok := x.Addition(v.Name)
			return equation, ok
		}),
		ofRow("added", say.Lessons.AddedDoc, func(x explain.TokenView, v engine.Values) (string, bool) {
			c, _, ok := x.Addition(v.Name)
			return say.Count(c), ok
		}),
	}
}

func ofTensor(name string, doc func() string, show func(s *feature.State, v engine.Values) string) LiveValue {
	return LiveValue{name, []string{"tensor"}, doc, func(s *feature.State, a liveArgs) (string, bool) {
		v, ok := s.Values(a.tensor)
		if !ok || v.Rows == 0 {
			return "", false
		}
		return show(s, v), true
	}}
}

// ofRow is about row t of a tensor whose rows are tokens.
func ofRow(name string, doc func() string, show func(x explain.TokenView, v engine.Values) (string, bool)) LiveValue {
	return LiveValue{name, []string{"tensor", "row"}, doc, func(s *feature.State, a liveArgs) (string, bool) {
		v, ok := s.Values(a.tensor)
		if !ok || a.n[0] < 0 || a.n[0] >= v.Rows {
			return "", false
		}
		return show(explain.ViewAt(s.View(), a.n[0]), v)
	}}
}
