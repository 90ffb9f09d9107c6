package explain

import (
	"math"
	"strings"

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
	q, s := whole(b.Level), whole(b.Scale)
	D, M, level, scale, least := float64(b.D), float64(b.M), float64(b.Level), float64(b.Scale), float64(b.Min)
	switch b.Type.Form() {
	case quant.Scaled:
		n := w.enough(func(r rounding) float64 { return r(D) * level })
		return join("d · q"), join(digits(D, n), " · ", q)
	case quant.Shifted:
		n := w.enough(func(r rounding) float64 { return r(D)*level + r(M) })
		sign := " + "
		if M < 0 {
			sign = " − "
		}
		return join("d · q + m"), join(digits(D, n), " · ", q, sign, digits(math.Abs(M), n))
	case quant.SuperScaled:
		n := w.enough(func(r rounding) float64 { return r(D) * scale * level })
		return join("d · s · q"), join(digits(D, n), " · ", s, " · ", q)
	case quant.SuperMin:
		n := w.enough(func(r rounding) float64 { return r(D)*scale*level - r(M)*least })
		return join("d · s · q − m · b"), join(digits(D, n), " · ", s, " · ", q, " − ", digits(M, n), " · ", whole(b.Min))
	}
	return formula(w)
}

// A rounding is what becomes of a number where it is written with few digits.
type rounding func(x float64) float64

// mostDigits is as many as tell any float32 from the next.
const mostDigits = 9

// enough returns with how many digits, as say.Digits has them, the numbers of a formula are to be written, so that who
// computes with what is shown comes to what is shown as the result.
func (w *calculation) enough(value func(r rounding) float64) int {
	n := 0
	for ; n < mostDigits; n = max(4, n+1) {
		shown := value(func(x float64) float64 { _, x = say.Digits(x, n); return x })
		if say.Number(shown) == w.Result {
			break
		}
	}
	return n
}

// digits is a number that is written with so many.
func digits(x float64, n int) FormulaPart {
	text, _ := say.Digits(x, n)
	return FormulaPart{Kind: Value, Text: text}
}

// whole is a whole number of the file.
func whole(n int) FormulaPart { return FormulaPart{Kind: Value, Text: say.Count(n)} }

// weightNote says where a file has a weight, and how it keeps the number.
func weightNote(w *calculation) string {
	var said []string
	if s := w.e.Stored; s != nil {
		said = append(said, say.Explain.Stored(s.Row, s.Col, say.Harmless(s.Tensor)))
	}
	if w.e.Block != nil {
		said = append(said, blockNote(w))
	}
	return strings.Join(said, " ")
}

// blockNote says where in its row the weight stands.
func blockNote(w *calculation) string {
	b := w.e.Block
	form, adds := b.Type.Form(), ""
	switch form {
	case quant.Shifted:
		adds = "shifted"
	case quant.SuperMin:
		adds = "min"
	}
	note := say.Explain.Block(b.Type.BlockLen(), b.Type.String(), adds, b.Place, b.Block)
	if form == quant.SuperScaled || form == quant.SuperMin {
		note += " " + say.Explain.SubBlock(b.Sub)
	}
	return note
}
