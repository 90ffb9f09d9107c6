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
		{"value", []string{"tensor", "row", "column"}, "a number", func(s *feature.State, a liveArgs) (string, bool) {
			v, ok := s.At(a.tensor, a.n[0], a.n[1])
			return say.Number(v), ok
		}},
		{"percent", []string{"tensor", "row", "column"}, "a number as a percentage", func(s *feature.State, a liveArgs) (string, bool) {
			v, ok := s.At(a.tensor, a.n[0], a.n[1])
			return say.Percent(v), ok
		}},
		ofTensor("rows", "how many rows it has", func(s *feature.State, v engine.Values) string { return say.Count(v.Rows) }),
		ofTensor("columns", "how many columns it has", func(s *feature.State, v engine.Values) string { return say.Count(v.Cols) }),
		ofTensor("least", "its smallest number", func(s *feature.State, v engine.Values) string { return say.Number(run.StatOf(v).Min) }),
		ofTensor("largest", "its largest number", func(s *feature.State, v engine.Values) string { return say.Number(run.StatOf(v).Max) }),
		ofRow("looks-at", "the token that has the largest number in a row of an attention", func(x explain.TokenView, v engine.Values) (string, bool) {
			key, _, ok := x.LooksAt(v.Name)
			return x.TokenName(key), ok
		}),
		ofRow("share", "that number, as a percentage", func(x explain.TokenView, v engine.Values) (string, bool) {
			_, share, ok := x.LooksAt(v.Name)
			return say.Percent(share), ok
		}),
		ofRow("positive", "how many numbers of a row are above zero", func(x explain.TokenView, v engine.Values) (string, bool) {
			n := 0
			for _, y := range v.Data[x.T*v.Cols : (x.T+1)*v.Cols] {
				if y > 0 {
					n++
				}
			}
			return say.Count(n), true
		}),
		ofRow("total", "the sum of a row", func(x explain.TokenView, v engine.Values) (string, bool) {
			sum := 0.0
			for _, y := range v.Data[x.T*v.Cols : (x.T+1)*v.Cols] {
				if y == y {
					sum += float64(y)
				}
			}
			return say.Number(sum), true
		}),
		ofRow("length", "the length of a row: the root of the sum of its squares", func(x explain.TokenView, v engine.Values) (string, bool) {
			l, ok := x.Length(v.Name)
			return say.Number(l), ok
		}),
		ofRow("addition", "one addition in a row of a sum, whose numbers also add up when they are rounded: 1.5000 + 2.0000 = 3.5000",
			func(x explain.TokenView, v engine.Values) (string, bool) {
				_, equation, ok := x.Addition(v.Name)
				return equation, ok
			}),
		ofRow("added", "the column where that addition stands", func(x explain.TokenView, v engine.Values) (string, bool) {
			c, _, ok := x.Addition(v.Name)
			return say.Count(c), ok
		}),
	}
}

func ofTensor(name, doc string, show func(s *feature.State, v engine.Values) string) LiveValue {
	return LiveValue{name, []string{"tensor"}, doc, func(s *feature.State, a liveArgs) (string, bool) {
		v, ok := s.Values(a.tensor)
		if !ok || v.Rows == 0 {
			return "", false
		}
		return show(s, v), true
	}}
}

// ofRow is about row t of a tensor whose rows are tokens.
func ofRow(name, doc string, show func(x explain.TokenView, v engine.Values) (string, bool)) LiveValue {
	return LiveValue{name, []string{"tensor", "row"}, doc, func(s *feature.State, a liveArgs) (string, bool) {
		v, ok := s.Values(a.tensor)
		if !ok || a.n[0] < 0 || a.n[0] >= v.Rows {
			return "", false
		}
		return show(explain.ViewAt(s.View(), a.n[0]), v)
	}}
}
