package chat

import (
	"slices"
	"strings"
)

// What a node of a template does.
const (
	writes = iota
	sets
	asks  // if; elif is an if in the other branch
	loops // for
)

// A node is a statement of a template.
type node struct {
	does   int
	text   string // what is written, set, asked, or run through, as [spelled] spells it
	body   []node
	other  []node // of asks: the other branch
	source string // of loops: the tags of its body
}

// mostTemplate is the length of the longest template that is looked at, in bytes, above what is published.
const mostTemplate = 1 << 15

// nodesOf takes a template apart. It returns false if it writes anything outside of its tags, or has statements that no known
// template has.
func nodesOf(template string) ([]node, bool) {
	if len(template) > mostTemplate {
		return nil, false
	}
	list, ok := tags(template)
	p := parser{tags: list}
	nodes := p.nodes()
	return nodes, ok && !p.broken && len(p.tags) == 0
}

// parser goes through the tags of a template.
type parser struct {
	tags   []tag
	broken bool
}

// nodes reads statements as far as to the end of a block, or of the template.
func (p *parser) nodes() (list []node) {
	for !p.broken && len(p.tags) > 0 {
		t := p.tags[0]
		word, rest := t.statement()
		if !t.writes && slices.Contains([]string{"elif", "else", "endif", "endfor"}, word) {
			break
		}
		p.tags = p.tags[1:]
		switch {
		case t.writes:
			list = append(list, node{does: writes, text: t.text})
		case word == "set":
			list = append(list, node{does: sets, text: rest})
		case word == "if":
			list = append(list, p.branches(rest))
		case word == "for":
			list = append(list, p.loop(rest))
		default:
			p.broken = true
		}
	}
	return list
}

// branches reads what stands behind an if, as far as to its end.
func (p *parser) branches(condition string) node {
	n := node{does: asks, text: condition, body: p.nodes()}
	switch word, rest := p.next(); word {
	case "elif":
		n.other = []node{p.branches(rest)}
	case "else":
		n.other = p.nodes()
		p.expect("endif")
	case "endif":
	default:
		p.broken = true
	}
	return n
}

// loop reads what stands behind a for, as far as to its end.
func (p *parser) loop(over string) node {
	from := p.tags
	n := node{does: loops, text: over, body: p.nodes()}
	var source []string
	for _, t := range from[:len(from)-len(p.tags)] {
		source = append(source, t.text)
	}
	n.source = strings.Join(source, "\n")
	p.expect("endfor")
	return n
}

// next takes a tag; "": there is none.
func (p *parser) next() (word, rest string) {
	if len(p.tags) > 0 {
		word, rest = p.tags[0].statement()
		p.tags = p.tags[1:]
	}
	return word, rest
}

func (p *parser) expect(word string) {
	if got, _ := p.next(); got != word {
		p.broken = true
	}
}

// statement returns the word that a tag begins with, and what stands behind it.
func (t tag) statement() (word, rest string) {
	n := min(wordLength(t.text), len(t.text))
	return t.text[:n], strings.TrimPrefix(t.text[n:], " ")
}
