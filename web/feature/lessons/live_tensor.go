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
		}, cell: func(s *feature.State, a liveArgs) (run.Cell, bool) {
			_, ok := s.At(a.tensor, a.n[0], a.n[1])
			return run.Cell{Name: a.tensor, Row: a.n[0], Col: a.n[1]}, ok
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
		}).about(attends()).ofLargest(),
		ofRow("largest-in", say.Lessons.LargestInDoc, func(x explain.TokenView, v engine.Values, a liveArgs) (string, bool) {
			largest := math.Inf(-1)
			for _, y := range v.Data[x.T*v.Cols : (x.T+1)*v.Cols] {
				if y == y {
					largest = max(largest, float64(y))
				}
			}
			return a.number(largest), true
		}).ofLargest(),
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
		list := x.Products(v.Name)
		if n := slices.IndexFunc(list, func(p explain.Product) bool { return p.Value <= 0 }); n >= a.n[1] {
			list = list[:n] // the others speak against it
		}
		return written(list, a.n[1], a)
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
		ofRow("multiplication", say.Lessons.MultiplicationDoc, func(x explain.TokenView, v engine.Values, a liveArgs) (string, bool) {
			return written(x.Multiplications(v.Name), 1, a)
		}).about(gates()),
		ofRow("multiplied", say.Lessons.MultipliedDoc, func(x explain.TokenView, v engine.Values, _ liveArgs) (string, bool) {
			list := checked(x.Multiplications(v.Name), 1)
			if len(list) == 0 {
				return "", false
			}
			return say.Count(list[0].Column), true
		}).about(gates()),
	}
}

// decimals are those of an addition: two, unless it is asked for exactly.
func (a liveArgs) decimals() int {
	if a.exact {
		return 4
	}
	return 2
}

// written is one of some products, counted from 1.
func written(list []explain.Product, place int, a liveArgs) (string, bool) {
	list = checked(list, place)
	if place > len(list) {
		return "", false
	}
	p := list[place-1]
	return say.LeftToRight(a.number(p.A) + " × " + a.number(p.B) + " = " + a.number(p.Value)), true
}

// checked returns the products that come out when they are rounded, so that the reader can check them, if there are
// enough; else all.
func checked(list []explain.Product, enough int) []explain.Product {
	right := slices.DeleteFunc(slices.Clone(list), func(p explain.Product) bool {
		return digits(digits(p.A)*digits(p.B)) != digits(p.Value)
	})
	if len(right) < enough {
		return list
	}
	return right
}

// digits rounds to three significant digits.
func digits(x float64) float64 {
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'e', 2, 64), 64) // which it is
	return x
}

// ofLargest returns the value that tells of the largest number of its row.
func (v LiveValue) ofLargest() LiveValue {
	v.cell = func(s *feature.State, a liveArgs) (c run.Cell, ok bool) {
		values, _ := s.Values(a.tensor)
		most := math.Inf(-1)
		for k := range values.Cols {
			if y, here := s.At(a.tensor, a.n[0], k); here && float64(y) > most {
				most, c, ok = float64(y), run.Cell{Name: a.tensor, Row: a.n[0], Col: k}, true
			}
		}
		return c, ok
	}
	return v
}

// about returns the value for tensors of a kind alone.
func (v LiveValue) about(k kindOfTensor) LiveValue {
	v.of = &k
	return v
}

func attends() kindOfTensor {
	return kindOfTensor{func(i model.Info) bool { return i.ColAxis == model.AxisKey }, say.Lessons.KindAttention}
}

func gates() kindOfTensor {
	return kindOfTensor{func(i model.Info) bool { return i.Op == model.OpMultiply }, say.Lessons.KindGated}
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
