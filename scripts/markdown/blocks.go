package markdown

import (
	"regexp"
	"strings"
)

// blocks cuts the lines of a file into blocks.
type blocks struct {
	list        []block
	definitions map[string]bool // the labels of [label]: target
	links       []Link          // the targets of those

	open  []container // around the line at hand, from outside in
	kind  kind        // of the block that the line may go on with
	lines []string    // of that block
	first int         // its first line
	fence string      // what it ends with, if it is fenced code
}

type block struct {
	kind kind
	line int
	text string
}

type kind int

const (
	noBlock kind = iota
	paragraph
	heading
	code
)

// A container is a quotation, or an item of a list, whose text stands so many columns further in.
type container struct {
	quote  bool
	indent int
}

var (
	quoteMark  = regexp.MustCompile(`^ {0,3}> ?`)
	itemMark   = regexp.MustCompile(`^ {0,3}(?:[-+*]|\d{1,9}[.)])(?: +|$)`)
	rule       = regexp.MustCompile(`^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$`)
	fenceMark  = regexp.MustCompile("^ {0,3}(`{3,}[^`]*|~{3,}.*)$")
	headMark   = regexp.MustCompile(`^ {0,3}#{1,6}(?: +|$)`)
	headEnd    = regexp.MustCompile(`(?:^| +)#+ *$`)
	underline  = regexp.MustCompile(`^ {0,3}(?:=+|-+) *$`)
	tableRule  = regexp.MustCompile(`^ *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$`)
	definition = regexp.MustCompile(`^ {0,3}\[((?:[^\[\]\\]|\\.)+)\]: *(.+)$`)
)

// line takes the next line.
func (b *blocks) line(n int, rest string) {
	matched := 0
	for ; matched < len(b.open); matched++ {
		inner, ok := b.open[matched].strip(rest)
		if !ok {
			break
		}
		rest = inner
	}
	inside := matched == len(b.open)
	if b.fence != "" && inside {
		b.fencedLine(rest)
		return
	}
	if !inside && b.kind == paragraph && !interruptsParagraph(rest) { // it goes on with the paragraph all the same
		b.lines = append(b.lines, rest)
		return
	}
	if !inside {
		b.end()
		b.open = b.open[:matched]
	}
	for {
		c, inner, ok := openContainer(rest, b.kind)
		if !ok {
			break
		}
		b.end()
		b.open, rest = append(b.open, c), inner
	}
	b.leaf(n, rest)
}

// strip takes what the container puts before its lines off a line; it fails for a line outside.
func (c container) strip(line string) (string, bool) {
	if c.quote {
		mark := quoteMark.FindString(line)
		return line[len(mark):], mark != ""
	}
	if isBlank(line) {
		return "", true
	}
	if indent(line) < c.indent {
		return line, false
	}
	return line[c.indent:], true
}

// openContainer returns the container that a line begins, and the line in it.
func openContainer(line string, before kind) (container, string, bool) {
	if mark := quoteMark.FindString(line); mark != "" {
		return container{quote: true}, line[len(mark):], true
	}
	mark := itemMark.FindString(line)
	rest := line[len(mark):]
	switch {
	case mark == "" || rule.MatchString(line):
		return container{}, "", false
	case before == paragraph && (rest == "" || strings.ContainsAny(mark, "023456789")): // a number in a sentence
		return container{}, "", false
	}
	bare := strings.TrimRight(mark, " ")
	if wide := len(mark) - len(bare); wide > 4 || rest == "" { // code in the item, or nothing yet
		rest, mark = strings.Repeat(" ", max(0, wide-1))+rest, bare+" "
	}
	return container{indent: len(mark)}, rest, true
}

// interruptsParagraph reports whether a line can't continue a paragraph.
func interruptsParagraph(line string) bool {
	_, _, opens := openContainer(line, paragraph)
	return opens || isBlank(line) || rule.MatchString(line) || fenceMark.MatchString(line) || headMark.MatchString(line)
}

// leaf takes a line without what its containers put before it.
func (b *blocks) leaf(n int, line string) {
	switch {
	case isBlank(line):
		if b.kind == code {
			b.lines = append(b.lines, "")
		} else {
			b.end()
		}
	case indent(line) >= 4 && b.kind != paragraph:
		b.add(code, n, line[4:])
	case b.kind == paragraph && underline.MatchString(line):
		b.kind = heading
		b.end()
	case rule.MatchString(line):
		b.end()
	case fenceMark.MatchString(line):
		b.end()
		mark := strings.TrimLeft(line, " ")
		b.kind, b.first, b.fence = code, n, mark[:len(mark)-len(strings.TrimLeft(mark, mark[:1]))]
	case headMark.MatchString(line):
		b.end()
		text := line[len(headMark.FindString(line)):]
		b.add(heading, n, text[:len(text)-len(headEnd.FindString(text))])
		b.end()
	default:
		b.add(paragraph, n, line)
	}
}

// fencedLine takes a line of fenced code, or its end.
func (b *blocks) fencedLine(line string) {
	end := strings.TrimSpace(line)
	if len(end) >= len(b.fence) && strings.Trim(end, b.fence[:1]) == "" && indent(line) < 4 {
		b.end()
		return
	}
	b.lines = append(b.lines, line)
}

// add appends a line to a block of that kind, or begins one.
func (b *blocks) add(k kind, n int, line string) {
	if b.kind != k {
		b.end()
		b.kind, b.first = k, n
	}
	b.lines = append(b.lines, line)
}

// end ends the block at hand.
func (b *blocks) end() {
	switch b.kind {
	case paragraph:
		b.define()
		if len(b.lines) > 1 && strings.Contains(b.lines[1], "|") && tableRule.MatchString(b.lines[1]) {
			b.table()
		} else if len(b.lines) > 0 {
			b.list = append(b.list, block{paragraph, b.first, strings.Join(b.lines, "\n")})
		}
	case heading, code:
		b.list = append(b.list, block{b.kind, b.first, strings.Join(b.lines, "\n")})
	}
	b.kind, b.lines, b.fence = noBlock, nil, ""
}

// define takes the definitions off the beginning of the paragraph.
func (b *blocks) define() {
	for len(b.lines) > 0 {
		found := definition.FindStringSubmatch(b.lines[0])
		if found == nil || strings.HasPrefix(found[1], "^") { // ^: a footnote
			return
		}
		link := Link{Line: b.first}
		target, _, ok := destination(found[2] + ")")
		if link.Target = target; !ok {
			link.Target, link.Fault = found[2], misspelt
		}
		b.definitions[label(found[1])] = true
		b.links = append(b.links, link)
		b.lines, b.first = b.lines[1:], b.first+1
	}
}

// table makes a block of each cell of the paragraph, which is a table: nothing reaches from one into another.
func (b *blocks) table() {
	for i, line := range b.lines {
		if i == 1 {
			continue
		}
		cell := ""
		for part := range strings.SplitSeq(line, "|") {
			if cell += part; strings.HasSuffix(cell, `\`) {
				cell = strings.TrimSuffix(cell, `\`) + "|"
				continue
			}
			b.list = append(b.list, block{paragraph, b.first + i, cell})
			cell = ""
		}
		b.list = append(b.list, block{paragraph, b.first + i, cell})
	}
}

func isBlank(line string) bool { return strings.TrimSpace(line) == "" }

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
