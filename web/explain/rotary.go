package explain

import (
	"math"

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
			return join(prose(Formula(w.e.Op, w.name))), join(prose(say.Explain.AngleLive(w.e.Row, say.Number(frequency))))
		},
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
