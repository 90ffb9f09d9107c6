package feature_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// evaluate computes a formula with live numbers as a reader would: + − · / exp tanh √ ½,
// brackets, and powers of ten.
func evaluate(formula string) (v float64, err error) {
	p := &formulaReader{s: strings.ReplaceAll(formula, " ", "")}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%q: %v at %q", formula, r, p.s)
		}
	}()
	v = p.sum()
	if p.s != "" {
		panic("left over")
	}
	return v, nil
}

type formulaReader struct{ s string }

func (p *formulaReader) take(prefix string) bool {
	rest, ok := strings.CutPrefix(p.s, prefix)
	p.s = rest
	return ok
}

func (p *formulaReader) sum() float64 {
	v := p.product()
	for {
		switch {
		case p.take("+"):
			v += p.product()
		case p.take("−"):
			v -= p.product()
		default:
			return v
		}
	}
}

func (p *formulaReader) product() float64 {
	v := p.factor()
	for {
		switch {
		case p.take("·"):
			v *= p.factor()
		case p.take("/"):
			v /= p.factor()
		default:
			return v
		}
	}
}

func (p *formulaReader) factor() float64 {
	switch {
	case p.take("−"):
		return -p.factor()
	case p.take("exp"):
		return math.Exp(p.factor())
	case p.take("tanh"):
		return math.Tanh(p.factor())
	case p.take("max(0,"):
		v := p.sum()
		if !p.take(")") {
			panic("a bracket is open")
		}
		return max(0, v)
	case p.take("erf"):
		return math.Erf(p.factor())
	case p.take("√"):
		return math.Sqrt(p.factor())
	case p.take("½"):
		return 0.5
	case p.take("("):
		v := p.sum()
		if !p.take(")") {
			panic("a bracket is open")
		}
		return v
	}
	return p.number()
}

func (p *formulaReader) number() float64 {
	n := strings.IndexFunc(p.s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
	if n < 0 {
		n = len(p.s)
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(p.s[:n], ",", ""), 64)
	if err != nil {
		panic(err)
	}
	p.s = p.s[n:]
	plainDigits := strings.NewReplacer("⁻", "-", "⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9")
	if rest, ok := strings.CutPrefix(p.s, "·10"); ok && strings.IndexAny(rest, "⁻⁰¹²³⁴⁵⁶⁷⁸⁹") == 0 {
		end := strings.IndexFunc(rest, func(r rune) bool { return !strings.ContainsRune("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", r) })
		if end < 0 {
			end = len(rest)
		}
		exponent, _ := strconv.Atoi(plainDigits.Replace(rest[:end]))
		v *= math.Pow(10, float64(exponent))
		p.s = rest[end:]
	}
	return v
}
