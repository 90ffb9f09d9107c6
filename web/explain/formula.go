package explain

import (
	"slices"
	"strings"
	"unicode"

	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
)

// FormulaKind says how a piece of a formula is set.
type FormulaKind int

// A symbol is italic and may be a link, an operator is upright, a value is a live number, and the result the one that
// they give. Words say in a sentence what no formula does.
const (
	Operator FormulaKind = iota
	Symbol
	Value
	Words
	Result
)

// A FormulaPart is a part of a formula: a text, or a fraction if Under is there.
type FormulaPart struct {
	Kind        FormulaKind
	Text        string
	Tensor      string   // whose values the symbol stands for, or ""
	Cell        run.Cell // that it stands for, if that is only one
	Over, Under []FormulaPart
}

// Formula returns an operation in the notation of the papers, with its words in the language of the page. name is what
// its operands are called, by their roles; nil: as papers call them, x.
func Formula(op model.Op, name func(role string) string) string {
	if text := sentence(op, name); text != "" {
		return text
	}
	return say.LeftToRight(inWords(op.Formula(), name))
}

// sentence says in words what an operation does whose formula is words; "" for the others.
func sentence(op model.Op, name func(role string) string) string {
	x := "x"
	if name != nil {
		x = name("x")
	}
	switch op {
	case model.OpWeight:
		return say.Explain.FormulaOfWeight()
	case model.OpTokens:
		return say.Explain.FormulaOfTokens()
	case model.OpAngle:
		return say.Explain.FormulaOfAngle()
	case model.OpTopK:
		return say.Explain.FormulaOfTopK(x)
	case model.OpTopP:
		return say.Explain.FormulaOfTopP(x)
	case model.OpMinP:
		return say.Explain.FormulaOfMinP(x)
	case model.OpRandom:
		return say.Explain.FormulaOfRandom()
	case model.OpDraw:
		return say.Explain.FormulaOfDraw(x)
	}
	return ""
}

// StepFormula is that of a step, with its operands named by what they are: "stream before + attention result".
func StepFormula(i model.Info) []MathNode {
	name := func(role string) string {
		for _, in := range i.Inputs {
			if i.Role(in.Name) == role {
				return operandName(i.Op, role, in.Name)
			}
		}
		return say.Explain.Symbol(role)
	}
	if text := sentence(i.Op, name); text != "" {
		return Equation(Math(join(prose(text))))
	}
	return Equation(Math(named(i, name)))
}

// named splits a formula into the names of the step's operands, which are symbols, and the rest.
func named(i model.Info, name func(role string) string) (list []FormulaPart) {
	formula := run.Formula(i)
	for formula != "" {
		n := length(formula, unicode.IsLetter)
		word := formula[:n]
		switch {
		case n == 0:
			n = length(formula, func(r rune) bool { return !unicode.IsLetter(r) })
			list = append(list, op(formula[:n]))
		case slices.Contains(model.Roles(i.Op), word):
			list = append(list, FormulaPart{Kind: Symbol, Text: name(word)})
		default:
			list = append(list, op(name(word)))
		}
		formula = formula[n:]
	}
	return list
}

// operandName names an operand in formulas and tables by what it is, where papers write x, a or b.
func operandName(reader model.Op, role, tensor string) string {
	if role != "x" && role != "a" && role != "b" {
		return say.Explain.Symbol(role)
	}
	switch name := say.Operand(model.Info{Name: tensor}.Base()); {
	case name == "":
		return say.Explain.Symbol(role)
	case reader == model.OpAdd && name == say.Steps.NameStream():
		return say.Steps.NameStreamBefore()
	default:
		return name
	}
}

// inWords returns a formula with those of its names that are words in the language of the page, "query", but "exp"; name
// says what those of operands are.
func inWords(formula string, name func(role string) string) string {
	if name == nil {
		name = say.Explain.Symbol
	}
	var b strings.Builder
	for formula != "" {
		n := strings.IndexFunc(formula, func(r rune) bool { return !unicode.IsLetter(r) })
		if n < 0 {
			n = len(formula)
		}
		if n > 0 {
			b.WriteString(say.Isolated(name(formula[:n])))
			formula = formula[n:]
			continue
		}
		if n = strings.IndexFunc(formula, unicode.IsLetter); n < 0 {
			n = len(formula)
		}
		b.WriteString(formula[:n])
		formula = formula[n:]
	}
	return b.String()
}

func op(text string) FormulaPart { return FormulaPart{Kind: Operator, Text: text} }

func prose(text string) FormulaPart { return FormulaPart{Kind: Words, Text: text} }

func val(x float64) FormulaPart { return FormulaPart{Kind: Value, Text: say.Number(x)} }

// setting is a number that was set, with all its digits.
func setting(x float32) FormulaPart { return FormulaPart{Kind: Value, Text: say.Short(x)} }

func fraction(over, under []FormulaPart) FormulaPart { return FormulaPart{Over: over, Under: under} }

// plus returns + x, or − x of a negative number.
func plus(x float64) []FormulaPart {
	if x < 0 {
		return []FormulaPart{op(" − "), val(-x)}
	}
	return []FormulaPart{op(" + "), val(x)}
}

// less returns − x, or + x of a negative number.
func less(x float64) []FormulaPart { return plus(-x) }

func join(parts ...any) (list []FormulaPart) {
	for _, p := range parts {
		switch p := p.(type) {
		case FormulaPart:
			list = append(list, p)
		case []FormulaPart:
			list = append(list, p...)
		case string:
			list = append(list, op(p))
		}
	}
	return list
}

// Inline writes pieces in one line, a fraction as "(…) / …".
func Inline(pieces []FormulaPart) string { return say.LeftToRight(inline(pieces)) }

func inline(pieces []FormulaPart) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.Under == nil {
			b.WriteString(say.Isolated(p.Text))
			continue
		}
		b.WriteString(group(p.Over) + " / " + group(p.Under))
	}
	return b.String()
}

// group puts a sum in brackets.
func group(pieces []FormulaPart) string {
	s := inline(pieces)
	depth := 0
	for _, r := range s {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		case ' ':
			if depth == 0 && strings.ContainsAny(s, "+−Σ") && len(pieces) > 1 {
				return "(" + s + ")"
			}
		}
	}
	return s
}
