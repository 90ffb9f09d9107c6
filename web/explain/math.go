package explain

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"glassbox/web/say"
)

// A MathNode is a formula as MathML writes it: an element with a text or with others in it.
type MathNode struct {
	Tag  string // "mi", "mn", "mo", "mtext", "mrow", "mfrac", "msqrt", "msup"
	Text string
	Kids []MathNode
	Part FormulaPart // what was read here, if it is a symbol or a value
}

// Invisible operators: what a reader sees as nothing, and listens to as "of" and "times".
const (
	applies = "\u2061"
	Times   = "\u2062"
)

// Math returns the pieces of a formula in MathML.
func Math(pieces []FormulaPart) []MathNode {
	r := &mathReader{}
	for _, p := range pieces {
		r.add(p)
	}
	return r.row("")
}

// Equation is a formula that equals others, in MathML: a row for each that is not empty, with the sign at its beginning,
// so that a long equation is broken there.
func Equation(sides ...[]MathNode) (list []MathNode) {
	for _, side := range sides {
		if len(side) == 0 {
			continue
		}
		if len(list) > 0 {
			side = slices.Insert(slices.Clone(side), 0, MathNode{Tag: "mo", Text: "="})
		}
		list = append(list, MathNode{Tag: "mrow", Kids: side})
	}
	return list
}

// answer is the value of a calculation as one side of an equation.
func (c Calculation) answer() []MathNode {
	if c.Masked {
		return nil
	}
	return []MathNode{{Tag: "mn", Text: c.Result, Part: FormulaPart{Kind: Result, Text: c.Result}}}
}

// Whole is the equation in symbols, then with live numbers, then its result.
func (c Calculation) Whole() []MathNode {
	return Equation(Math(c.Symbols), Math(c.Live), c.answer())
}

// Numbers is the equation with live numbers, and its result.
func (c Calculation) Numbers() []MathNode { return Equation(Math(c.Live), c.answer()) }

// Joins reports whether a sign stands between what it joins, with room on both sides.
func (n MathNode) Joins() bool { return n.Tag == "mo" && strings.Contains("+−·×=/>", n.Text) }

// mathReader reads a formula from left to right. Its tokens are the smallest parts: a symbol, a number, a letter, a sign.
type mathReader struct {
	tokens []MathNode
	at     int
}

func (r *mathReader) add(p FormulaPart) {
	switch {
	case p.Under != nil:
		r.push(MathNode{Tag: "mfrac", Kids: []MathNode{asOne(Math(p.Over)), asOne(Math(p.Under))}})
	case p.Kind == Symbol:
		r.push(MathNode{Tag: "mi", Text: p.Text, Part: p})
	case p.Kind == Value:
		r.push(MathNode{Tag: "mn", Text: p.Text, Part: p})
	case p.Kind == Words:
		r.push(MathNode{Tag: "mtext", Text: p.Text})
	default:
		r.lex(p.Text)
	}
}

func (r *mathReader) push(n MathNode) { r.tokens = append(r.tokens, n) }

// lex splits a piece of text into tokens: letters, numbers, signs.
func (r *mathReader) lex(text string) {
	for text != "" {
		first, size := utf8.DecodeRuneInString(text)
		n := size
		switch {
		case unicode.IsSpace(first) || '\u2066' <= first && first <= '\u2069':
		case first == '½':
			r.push(MathNode{Tag: "mn", Text: text[:n]})
		case first != 'Σ' && unicode.IsLetter(first):
			n = length(text, unicode.IsLetter)
			r.push(MathNode{Tag: "mi", Text: text[:n]})
		case unicode.IsDigit(first):
			n = length(text, func(c rune) bool { return unicode.IsDigit(c) || strings.ContainsRune(".,٫", c) })
			r.push(MathNode{Tag: "mn", Text: text[:n]})
		default:
			r.push(MathNode{Tag: "mo", Text: text[:n]})
		}
		text = text[n:]
	}
}

// length returns how many bytes at the beginning of a text are letters of a kind.
func length(text string, kind func(rune) bool) int {
	if n := strings.IndexFunc(text, func(c rune) bool { return !kind(c) }); n >= 0 {
		return n
	}
	return len(text)
}

// peek returns the sign that comes next; "": it is none.
func (r *mathReader) peek() string {
	if r.at < len(r.tokens) && r.tokens[r.at].Tag == "mo" {
		return r.tokens[r.at].Text
	}
	return ""
}

// row reads up to a closing sign, or to the end.
func (r *mathReader) row(closing string) (list []MathNode) {
	for r.at < len(r.tokens) {
		sign := r.peek()
		if sign != "" && sign == closing {
			break
		}
		was := len(list)
		list = append(list, r.operand()...)
		if raised, ok := powers[r.peek()]; ok {
			list = append(list[:was], MathNode{Tag: "msup", Kids: []MathNode{asOne(slices.Clone(list[was:])), {Tag: "mn", Text: raised}}})
			r.at++
		}
		if joint := joint(list[:was], list[was]); joint != "" {
			list = slices.Insert(list, was, MathNode{Tag: "mo", Text: joint})
		}
	}
	return list
}

var powers = map[string]string{"²": "2", "³": "3"}

// operand reads the next token, with what belongs to it: what stands in brackets, or under a root.
func (r *mathReader) operand() []MathNode {
	n := r.tokens[r.at]
	r.at++
	switch {
	case n.Tag == "mo" && n.Text == "√":
		under := r.operand()
		if len(under) > 2 && under[0].Text == "(" {
			under = under[1 : len(under)-1]
		}
		return []MathNode{{Tag: "msqrt", Kids: under}}
	case n.Tag == "mo" && n.Text == "(":
		list := append([]MathNode{n}, r.row(")")...)
		if r.at < len(r.tokens) {
			list = append(list, r.tokens[r.at])
			r.at++
		}
		return list
	}
	return []MathNode{n}
}

// joint is the invisible operator between two operands that stand side by side.
func joint(before []MathNode, next MathNode) string {
	if len(before) == 0 || next.Tag == "mo" && next.Text != "(" {
		return ""
	}
	switch last := before[len(before)-1]; {
	case last.Tag == "mtext" || next.Tag == "mtext" || last.Tag == "mo" && last.Text != ")":
		return ""
	case last.Tag == "mi" && last.Part.Kind == Operator && utf8.RuneCountInString(last.Text) > 1: // exp, max
		return applies
	}
	return Times
}

// asOne makes several nodes one.
func asOne(list []MathNode) MathNode {
	if len(list) == 1 {
		return list[0]
	}
	return MathNode{Tag: "mrow", Kids: list}
}

// Aloud reads a formula as one would say it.
func Aloud(list []MathNode) string {
	var words []string
	for _, n := range list {
		switch n.Tag {
		case "mo":
			words = append(words, say.Explain.SignAloud(signNames[n.Text], n.Text))
		case "mfrac":
			words = append(words, say.Explain.FractionAloud(Aloud(n.Kids[:1]), Aloud(n.Kids[1:])))
		case "msqrt":
			words = append(words, say.Explain.RootAloud(Aloud(n.Kids)))
		case "msup":
			words = append(words, Aloud(n.Kids[:1]), say.Explain.PowerAloud(n.Kids[1].Text))
		case "mrow":
			words = append(words, Aloud(n.Kids))
		default:
			words = append(words, n.Text)
		}
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}

// signNames are signs by the names that [say.Explain].SignAloud knows.
var signNames = map[string]string{"+": "plus", "−": "minus", "-": "minus", "·": "times", "×": "times", Times: "times", applies: "of", "=": "equals", "/": "over",
	"Σ": "sum", ">": "greater", "(": "open", ")": "close", "[": "at", "]": "nothing", "…": "on"}
