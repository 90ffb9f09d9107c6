package lesson

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"glassbox/web/say"
)

// maxBytes is the longest file. A lesson is read in minutes; this is an hour.
const maxBytes = 64 << 10

// Parse reads a file. Its errors are of type *Error.
func Parse(file, text string) (Page, error) {
	p := &parser{page: Page{File: file}}
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\ufeff")
	switch {
	case len(text) > maxBytes:
		return Page{}, &Error{file, 1, say.Lesson.TooLong(len(text), maxBytes)}
	case !utf8.ValidString(text):
		return Page{}, &Error{file, 1, say.Lesson.NotUTF8()}
	}
	p.lines = strings.Split(text, "\n")
	p.frontMatter()
	for p.err == nil && p.at < len(p.lines) {
		p.block()
	}
	if p.err == nil && len(p.page.Blocks) == 0 {
		p.fail(len(p.lines), say.Lesson.NoBlocks())
	}
	if p.err != nil {
		return Page{}, p.err
	}
	return p.page, nil
}

// parser goes through the lines; the first error stays.
type parser struct {
	page  Page
	lines []string
	at    int // index of the next line
	err   error
}

func (p *parser) fail(line int, reason string) {
	if p.err == nil {
		p.err = &Error{p.page.File, line, reason}
	}
}

const fence = "---"

func (p *parser) frontMatter() {
	if strings.TrimSpace(p.lines[0]) != fence {
		p.fail(1, say.Lesson.Begins(strconv.Quote(fence)))
		return
	}
	seen := map[string]bool{}
	for p.at = 1; p.at < len(p.lines); p.at++ {
		line := strings.TrimSpace(p.lines[p.at])
		if line == fence {
			p.at++
			if p.page.Title == "" {
				p.fail(p.at, say.Lesson.NoTitle())
			}
			return
		}
		key, value, ok := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); {
		case line == "":
		case !ok:
			p.fail(p.at+1, say.Lesson.NoField(strconv.Quote(line)))
		case seen[key]:
			p.fail(p.at+1, say.Lesson.Twice(key))
		default:
			seen[key] = true
			p.field(key, value)
		}
	}
	p.fail(len(p.lines), say.Lesson.NoEnd(strconv.Quote(fence)))
}

func (p *parser) field(key, value string) {
	switch key {
	case "title":
		p.page.Title = value
	case "place":
		if p.page.Place = value; !strings.HasPrefix(value, "#") {
			p.fail(p.at+1, say.Lesson.PlaceForm(strconv.Quote(value)))
		}
	case "picture":
		p.page.Picture = value
	default:
		p.fail(p.at+1, say.Lesson.UnknownKey(strconv.Quote(key)))
		return
	}
	for _, r := range value {
		if unicode.IsControl(r) {
			p.fail(p.at+1, say.Lesson.FieldControl(key, codePoint(r)))
		}
	}
}

// block reads the next block, or skips an empty line.
func (p *parser) block() {
	line, start := p.lines[p.at], p.at
	kind, rest := blockMark(line)
	if strings.TrimSpace(line) == "" {
		p.at++
		return
	}
	b := Block{Kind: kind, Line: start + 1}
	switch kind {
	case Heading:
		b.Level = strings.Index(line, " ")
		p.line(&b, rest, start+1)
		p.at++
	case Paragraph:
		p.checkOtherMarkdown(line)
		p.line(&b, p.joinLines(line), start+1)
	default:
		for again := kind; again == kind && p.err == nil; {
			at := p.at + 1
			p.line(&b, p.joinLines(rest), at)
			if again = ""; p.at < len(p.lines) {
				again, rest = blockMark(p.lines[p.at])
			}
		}
	}
	p.page.Blocks = append(p.page.Blocks, b)
}

// line appends running text to a block. It begins with {for …} where it is not for all.
func (p *parser) line(b *Block, text string, at int) {
	kind := ""
	if rest, ok := strings.CutPrefix(text, "{for "); ok {
		var closed bool
		if kind, rest, closed = strings.Cut(rest, "}"); !closed || strings.Trim(kind, lowercase) != "" || kind == "" {
			p.fail(at, say.Lesson.ForForm(beginning(text)))
		}
		text = strings.TrimLeft(rest, " \n")
		at += strings.Count(rest[:len(rest)-len(text)], "\n")
	}
	b.Lines, b.For = append(b.Lines, p.inline(text, at)), append(b.For, kind)
}

// beginning quotes as much of a text as tells which one it is.
func beginning(text string) string {
	const most = 30
	if r := []rune(text); len(r) > most {
		text = string(r[:most])
	}
	return strconv.Quote(text)
}

const lowercase = "abcdefghijklmnopqrstuvwxyz"

// blockMark returns which kind of block a line begins, and the text behind its mark.
func blockMark(line string) (BlockKind, string) {
	for _, mark := range []string{"## ", "### "} {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			return Heading, rest
		}
	}
	if rest, ok := strings.CutPrefix(line, "- "); ok {
		return List, rest
	}
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if rest, ok := strings.CutPrefix(line[digits:], ". "); ok && digits > 0 {
		return Numbered, rest
	}
	return Paragraph, line
}

// joinLines joins the current line, of which first is the text, with those that continue it. It
// keeps the line breaks, so that errors can name their line.
func (p *parser) joinLines(first string) string {
	kind, _ := blockMark(p.lines[p.at])
	text := first
	for p.at++; p.at < len(p.lines); p.at++ {
		line := p.lines[p.at]
		next, _ := blockMark(line)
		indented := strings.HasPrefix(line, "  ")
		if strings.TrimSpace(line) == "" || next != Paragraph || kind != Paragraph && !indented {
			break
		}
		text += "\n" + strings.TrimSpace(line)
	}
	return text
}

// checkOtherMarkdown fails if a line begins with Markdown that lessons do not have.
func (p *parser) checkOtherMarkdown(line string) {
	for mark, instead := range map[string]func() string{
		"# ":   say.Lesson.TitleInText,
		"####": say.Lesson.HeadingForm,
		"> ":   say.Lesson.Quotation,
		"```":  say.Lesson.CodeBlock,
		"* ":   say.Lesson.ItemForm,
		"+ ":   say.Lesson.ItemForm,
		"|":    say.Lesson.Table,
	} {
		if strings.HasPrefix(line, mark) {
			p.fail(p.at+1, instead())
		}
	}
}
