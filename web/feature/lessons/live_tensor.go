package lessons

import (
	"math"
	"slices"
	"strconv"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/explain"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// liveTensors are about the numbers of a step or weight.
func liveTensors() []LiveValue {
	return slices.Concat(liveNumbers(), liveRows(), liveSums())
}

// liveNumbers are single numbers, and what there is to say of all of them.
func liveNumbers() []LiveValue {
	cell := func(name string, doc func() string, show func(v float32, a liveArgs) string) LiveValue {
		return LiveValue{Name: name, Takes: []string{"tensor", "row", "column"}, Doc: doc, show: func(s *feature.State, a liveArgs) (string, bool) {
			v, ok := s.At(a.tensor, a.n[0], a.n[1])
			return show(v, a), ok
		}}
	}
	return []LiveValue{
		cell("value", say.Lessons.ValueDoc, func(v float32, a liveArgs) string { return a.number(float64(v)) }),
		cell("percent", say.Lessons.PercentDoc, func(v float32, _ liveArgs) string { return say.Percent(v) }),
		ofTensor("rows", say.Lessons.RowsDoc, func(v engine.Values, _ liveArgs) string { return say.Count(v.Rows) }),
		ofTensor("columns", say.Lessons.ColumnsDoc, func(v engine.Values, _ liveArgs) string { return say.Count(v.Cols) }),
		ofTensor("least", say.Lessons.LeastDoc, func(v engine.Values, a liveArgs) string { return a.number(float64(run.StatOf(v).Min)) }),
		ofTensor("largest", say.Lessons.LargestDoc, func(v engine.Values, a liveArgs) string { return a.number(float64(run.StatOf(v).Max)) }),
	}
}

// liveRows are about a row.
func liveRows() []LiveValue {
	return []LiveValue{
		ofRow("looks-at", say.Lessons.LooksAtDoc, func(x explain.TokenView, v engine.Values, _ liveArgs) (string, bool) {
			key, _, ok := x.LooksAt(v.Name)
			return x.TokenName(key), ok
		}).about(attends()),
		ofRow("share", say.Lessons.ShareDoc, func(x explain.TokenView, v engine.Values, _ liveArgs) (string, bool) {
			_, share, ok := x.LooksAt(v.Name)
			return x.ShareText(share), ok
		}).about(attends()),
		ofRow("largest-in", say.Lessons.LargestInDoc, func(x explain.TokenView, v engine.Values, a liveArgs) (string, bool) {
			largest := math.Inf(-1)
			for _, y := range v.Data[x.T*v.Cols : (x.T+1)*v.Cols] {
				if y == y {
					largest = max(largest, float64(y))
				}
			}
			return a.number(largest), true
		}),
		ofRow("positive", say.Lessons.PositiveDoc, func(x explain.TokenView, v engine.Values, _ liveArgs) (string, bool) {
			n := 0
			for _, y := range v.Data[x.T*v.Cols : (x.T+1)*v.Cols] {
				if y > 0 {
					n++
				}
			}
			return say.Count(n), true
		}),
		ofRow("total", say.Lessons.TotalDoc, func(x explain.TokenView, v engine.Values, a liveArgs) (string, bool) {
			sum := 0.0
			for _, y := range v.Data[x.T*v.Cols : (x.T+1)*v.Cols] {
				if y == y {
					sum += float64(y)
				}
			}
			return a.number(sum), true
		}),
		ofRow("length", say.Lessons.LengthDoc, func(x explain.TokenView, v engine.Values, a liveArgs) (string, bool) {
			l, ok := x.Length(v.Name)
			return a.number(l), ok
		}),
	}
}

// liveSums show how a number came about.
func liveSums() []LiveValue {
	product := ofRow("product", say.Lessons.ProductDoc, func(x explain.TokenView, v engine.Values, a liveArgs) (string, bool) {
		return product(x.Products(v.Name), a)
	}).about(kindOfTensor{func(i model.Info) bool { return i.Op == model.OpScores }, say.Lessons.KindScores})
	product.Takes = append(product.Takes, "place")
	return []LiveValue{
		product,
		ofRow("addition", say.Lessons.AdditionDoc, func(x explain.TokenView, v engine.Values, a liveArgs) (string, bool) {
			_, equation, ok := x.Addition(v.Name, a.decimals())
			return equation, ok
		}).about(sums()),
		ofRow("added", say.Lessons.AddedDoc, func(x explain.TokenView, v engine.Values, a liveArgs) (string, bool) {
			c, _, ok := x.Addition(v.Name, a.decimals())
			return say.Count(c), ok
		}).about(sums()),
	}
}

// decimals are those of an addition: two, unless it is asked for exactly.
func (a liveArgs) decimals() int {
	if a.exact {
		return 4
	}
	return 2
}

// product writes one of the products of a score: of those that come out when they are rounded, so that the reader can
// check it, if there are as many.
func product(list []explain.Product, a liveArgs) (string, bool) {
	checked := slices.DeleteFunc(slices.Clone(list), func(p explain.Product) bool {
		return digits(digits(p.Query)*digits(p.Key)) != digits(p.Value)
	})
	place := a.n[1]
	if place <= len(checked) {
		list = checked
	}
	if place > len(list) {
		return "", false
	}
	p := list[place-1]
	return say.LeftToRight(a.number(p.Query) + " × " + a.number(p.Key) + " = " + a.number(p.Value)), true
}

// digits rounds to three significant digits.
func digits(x float64) float64 {
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'e', 2, 64), 64) // which it is
	return x
}

// about returns the value for tensors of a kind alone.
func (v LiveValue) about(k kindOfTensor) LiveValue {
	v.of = &k
	return v
}

func attends() kindOfTensor {
	return kindOfTensor{func(i model.Info) bool { return i.ColAxis == model.AxisKey }, say.Lessons.KindAttention}
}

func sums() kindOfTensor { return kindOfTensor{explain.IsSum, say.Lessons.KindSum} }

func ofTensor(name string, doc func() string, show func(v engine.Values, a liveArgs) string) LiveValue {
	return LiveValue{Name: name, Takes: []string{"tensor"}, Doc: doc, show: func(s *feature.State, a liveArgs) (string, bool) {
		v, ok := s.Values(a.tensor)
		if !ok || v.Rows == 0 {
			return "", false
		}
		return show(v, a), true
	}}
}

// ofRow is about row t of a tensor whose rows are tokens.
func ofRow(name string, doc func() string, show func(x explain.TokenView, v engine.Values, a liveArgs) (string, bool)) LiveValue {
	return LiveValue{Name: name, Takes: []string{"tensor", "row"}, Doc: doc, show: func(s *feature.State, a liveArgs) (string, bool) {
		v, ok := s.Values(a.tensor)
		if !ok || a.n[0] < 0 || a.n[0] >= v.Rows {
			return "", false
		}
		return show(explain.ViewAt(s.View(), a.n[0]), v, a)
	}}
}
