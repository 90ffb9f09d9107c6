package explain

import (
	"math"
	"strings"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/say"
)

var rotaryRows = []row{
	{
		op:           model.OpAngle,
		question:     always(say.Explain.Angle),
		cellQuestion: numbered(say.Explain.AngleCell),
		weights:      map[string]func() string{"slower": say.Explain.AngleSlower},
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			frequency := float64(w.e.Factor)
			if slower := w.one("slower"); !math.IsNaN(slower) {
				frequency /= slower
			}
			written, _ := say.Digits(frequency, w.enough(func(r rounding) float64 {
				return math.Remainder(r(frequency)*float64(w.e.Row), 2*math.Pi)
			}))
			return join(prose(Formula(w.e.Op, w.name))), join(prose(say.Explain.AngleLive(w.e.Row, written)))
		},
		note: angleNote,
		end: func(v View, x *engine.Explained) (string, int) {
			return say.Explain.EndOfAngle(v.TokenName(x.Row), x.Row), x.Row
		},
	}, {
		op:           model.OpRotate,
		question:     always(say.Explain.Rotate),
		cellQuestion: numbered(say.Explain.RotateCell),
		equation: func(w *calculation) (symbols, live []FormulaPart) {
			sign := " + "
			if w.e.Factor < 0 {
				sign = " − "
			}
			angle, partner := w.one("angle"), join(val(w.one("partner")))
			if w.one("partner") < 0 {
				partner = join("(", val(w.one("partner")), ")")
			}
			return join(w.sym("x"), " · cos(", w.sym("angle"), ")", sign, w.sym("partner"), " · sin(", w.sym("angle"), ")"),
				join(val(w.one("x")), " · ", val(math.Cos(angle)), sign, partner, " · ", val(math.Sin(angle)))
		},
	},
}

// angleNote says where the frequency of an angle comes from: the pair, θ, and what slows it down.
func angleNote(w *calculation) string {
	r := w.v.Config.Rotary
	i, A := w.e.Col, w.v.Config.HeadSize()
	said := []string{say.Explain.AngleNote(i, A, say.Number(r.Theta), say.Number(model.Rotary{Theta: r.Theta}.Frequency(i, A)))}
	switch r.Slow {
	case model.SlowLinear:
		said = append(said, say.Explain.AngleLinear(say.Number(r.Factor)))
	case model.SlowLlama3:
		said = append(said, say.Explain.AngleLlama3(say.Number(r.Frequency(i, A)), say.Number(r.Original/r.Low), say.Number(r.Factor), say.Number(r.Original/r.High)))
	}
	if divisor := w.one("slower"); !math.IsNaN(divisor) {
		said = append(said, say.Explain.AngleListed(say.Number(divisor)))
	}
	return strings.Join(said, " ")
}
