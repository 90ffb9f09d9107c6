package explain

import (
	"glassbox/model/quant"
	"glassbox/web/say"
)

// blockEquation says how a weight is made that its file holds in blocks, with the letters of the format: d and m of the
// block, s and b of the smaller ones in it, q of the number itself; of any other weight that it was learned.
func blockEquation(w *calculation) (symbols, live []FormulaPart) {
	b := w.e.Block
	if b == nil {
		return formula(w)
	}
	d, q, s := val(float64(b.D)), whole(b.Level), whole(b.Scale)
	switch b.Type.Form() {
	case quant.Scaled:
		return join("d · q"), join(d, " · ", q)
	case quant.Shifted:
		return join("d · q + m"), join(d, " · ", q, plus(float64(b.M)))
	case quant.SuperScaled:
		return join("d · s · q"), join(d, " · ", s, " · ", q)
	case quant.SuperMin:
		return join("d · s · q − m · b"), join(d, " · ", s, " · ", q, " − ", val(float64(b.M)), " · ", whole(b.Min))
	}
	return formula(w)
}

// whole is a whole number of the file.
func whole(n int) FormulaPart { return FormulaPart{Kind: Value, Text: say.Count(n)} }

// blockNote says where in its row the weight stands.
func blockNote(w *calculation) string {
	b := w.e.Block
	if b == nil {
		return ""
	}
	note := say.Explain.Block(b.Type.BlockLen(), b.Type.String(), b.Place, b.Block)
	if form := b.Type.Form(); form == quant.SuperScaled || form == quant.SuperMin {
		note += " " + say.Explain.SubBlock(b.Sub)
	}
	return note
}
