package wat

import (
	"fmt"
	"strings"
)

// A node is an atom, such as i32.add, $x, 12 or "env", or a list of nodes in parentheses.
type node struct {
	atom string
	list []node
	line int // where it begins, from 1
}

// isList reports whether the node is a list.
func (n node) isList() bool { return n.atom == "" }

// head returns the atom by which a list begins, "" if there is none.
func (n node) head() string {
	if len(n.list) == 0 {
		return ""
	}
	return n.list[0].atom
}

// fail returns an error that names the line.
func (n node) fail(format string, args ...any) error {
	return fmt.Errorf("line %d: %s", n.line, fmt.Sprintf(format, args...))
}

// A parser reads a text from left to right.
type parser struct {
	text string
	at   int
	line int
}

// parse returns the one list that a text consists of.
func parse(text string) (node, error) {
	p := &parser{text: text, line: 1}
	n, err := p.node()
	if err != nil {
		return n, err
	}
	if p.space(); p.at < len(p.text) {
		return n, node{line: p.line}.fail("text behind the module")
	}
	return n, nil
}

// space skips blanks and comments, which go from ;; to the end of the line.
func (p *parser) space() {
	for p.at < len(p.text) {
		switch rest := p.text[p.at:]; {
		case strings.HasPrefix(rest, ";;"):
			end := strings.IndexByte(rest, '\n')
			if end < 0 {
				end = len(rest)
			}
			p.at += end
		case rest[0] == '\n':
			p.line++
			p.at++
		case rest[0] == ' ' || rest[0] == '\t':
			p.at++
		default:
			return
		}
	}
}

func (p *parser) node() (n node, err error) {
	p.space()
	n.line = p.line
	if p.at == len(p.text) {
		return n, n.fail("the text ends too early")
	}
	switch c := p.text[p.at]; c {
	case ')':
		return n, n.fail("a ) closes nothing")
	case '(':
		n.list, err = p.inside()
		if err == nil && len(n.list) == 0 {
			err = n.fail("an empty list")
		}
		return n, err
	default:
		n.atom = p.word()
		return n, nil
	}
}

// inside reads what stands between ( and ).
func (p *parser) inside() (list []node, err error) {
	begin := node{line: p.line}
	p.at++
	for {
		if p.space(); p.at == len(p.text) {
			return nil, begin.fail("a ( is not closed")
		}
		if p.text[p.at] == ')' {
			p.at++
			return list, nil
		}
		n, err := p.node()
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
}

// word reads an atom up to what can't be part of one.
func (p *parser) word() string {
	from := p.at
	for p.at < len(p.text) && !strings.ContainsRune("() \t\n;", rune(p.text[p.at])) {
		p.at++
	}
	if p.at == from { // a lone ;
		p.at++
	}
	return p.text[from:p.at]
}
