package lesson

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"glassbox/web/say"
)

// maxBytes is the longest file. A lesson is read in minutes; this is an hour.
const maxBytes = 64 << 10

// mostErrors is how many errors of a file are reported: who sees so many knows that it is no lesson.
const mostErrors = 100

// Parse reads a file. Its errors are of type Errors, all that there are; the page then holds what could be read.
func Parse(file, text string) (Page, error) {
	p := &parser{page: Page{File: file}}
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\ufeff")
	switch {
	case len(text) > maxBytes:
		return p.page, Errors{{file, 1, say.Lesson.TooLong(len(text), maxBytes)}}
	case !utf8.ValidString(text):
		return p.page, Errors{{file, 1, say.Lesson.NotUTF8()}}
	}
	p.lines = strings.Split(text, "\n")
	p.frontMatter()
	for p.at < len(p.lines) && !p.full() {
		p.block()
	}
	if len(p.errs) == 0 && len(p.page.Blocks) == 0 {
		p.fail(len(p.lines), say.Lesson.NoBlocks())
	}
	p.page.setFields(func(string) bool { return true })
	return p.page, Join(p.errs)
}

// parser goes through the lines.
type parser struct {
	page   Page
	lines  []string
	at     int  // index of the next line
	titled bool // a heading of the second level has come
	errs   Errors
}

// fail notes an error, and each only once: what could not be read as it was meant is read again as plain text.
func (p *parser) fail(line int, reason string) {
	e := &Error{p.page.File, line, reason}
	if !p.full() && !slices.ContainsFunc(p.errs, func(x *Error) bool { return *x == *e }) {
		p.errs = append(p.errs, e)
	}
}

func (p *parser) full() bool { return len(p.errs) == mostErrors }

const fence = "---"

func (p *parser) frontMatter() {
	if strings.TrimSpace(p.lines[0]) != fence {
		p.fail(1, say.Lesson.Begins(strconv.Quote(fence)))
		p.at = len(p.lines) // without it, nothing tells the text from the rest
		return
	}
	seen := map[string]bool{} // fields, each with the kind of readers that it is for
	for p.at = 1; p.at < len(p.lines); p.at++ {
		line := strings.TrimSpace(p.lines[p.at])
		if line == fence {
			p.at++
			if p.page.Title == "" && !slices.ContainsFunc(p.page.Fields, func(f Field) bool { return f.Key == "title" }) {
				p.fail(p.at, say.Lesson.NoTitle())
			}
			return
		}
		key, value, ok := strings.Cut(line, ":")
		f := Field{Key: strings.TrimSpace(key), Line: p.at + 1}
		f.For, f.Value = p.readFor(strings.TrimSpace(value), p.at+1)
		switch of := f.Key + " " + f.For; {
		case line == "":
		case !ok:
			p.fail(p.at+1, say.Lesson.NoField(strconv.Quote(line)))
		case seen[of]:
			p.fail(p.at+1, say.Lesson.Twice(f.Key))
		default:
			seen[of] = true
			p.field(f)
		}
	}
	p.fail(len(p.lines), say.Lesson.NoEnd(strconv.Quote(fence)))
}

func (p *parser) field(f Field) {
	wrong := ""
	switch {
	case !slices.Contains([]string{"title", "place", "picture", "part"}, f.Key):
		p.fail(f.Line, say.Lesson.UnknownKey(strconv.Quote(f.Key)))
		return
	case f.Key == "title" && f.Value == "":
		wrong = say.Lesson.NoTitle()
	case f.Key == "place" && !strings.HasPrefix(f.Value, "#"):
		wrong = say.Lesson.PlaceForm(strconv.Quote(f.Value))
	case f.Key == "part" && f.Value == "":
		wrong = say.Lesson.PartForm()
	case f.Key == "picture" && f.Value == "":
		wrong = say.Lesson.PictureForm()
	}
	if p.page.Fields = append(p.page.Fields, f); wrong != "" {
		p.fail(f.Line, wrong)
	}
	for _, r := range f.Value {
		if unicode.IsControl(r) {
			p.fail(f.Line, say.Lesson.FieldControl(f.Key, codePoint(r)))
		}
	}
}

// readFor takes {for …} from the beginning of a text, and what parts it from the rest.
func (p *parser) readFor(text string, at int) (kinds, rest string) {
	rest, ok := strings.CutPrefix(text, "{for ")
	if !ok {
		return "", text
	}
	kinds, rest, closed := strings.Cut(rest, "}")
	list := strings.Fields(kinds)
	if !closed || len(list) == 0 || strings.Join(list, " ") != kinds || strings.Trim(kinds, lowercase+" ") != "" {
		p.fail(at, say.Lesson.ForForm(beginning(text)))
	}
	return kinds, strings.TrimLeft(rest, " \n")
}

// block reads the next block, or skips an empty line.
func (p *parser) block() {
	line, start := p.lines[p.at], p.at
	if strings.TrimSpace(line) == "" {
		p.at++
		return
	}
	kind, rest := blockMark(line)
	b := Block{Kind: kind, Line: start + 1}
	switch kind {
	case Heading:
		b.Level = strings.Index(line, " ")
		if p.titled = p.titled || b.Level == 2; !p.titled {
			p.fail(start+1, say.Lesson.HeadingLevel())
		}
		p.line(&b, rest, start+1)
		p.at++
	case Paragraph:
		if indented(line) {
			p.fail(start+1, say.Lesson.Indented())
		}
		p.checkOtherMarkdown(start)
		p.line(&b, p.joinLines(line), start+1)
	default:
		for again := kind; again == kind && !p.full(); {
			at := p.at + 1
			p.line(&b, p.joinLines(rest), at)
			if again = ""; p.at < len(p.lines) {
				again, rest = blockMark(p.lines[p.at])
			}
		}
	}
	if len(b.Lines) > 0 {
		p.page.Blocks = append(p.page.Blocks, b)
	}
}

// line appends running text to a block. It begins with {for …} where it is not for all.
func (p *parser) line(b *Block, text string, at int) {
	kinds, rest := p.readFor(text, at)
	at += strings.Count(text[:len(text)-len(rest)], "\n")
	if spans := p.inline(rest, at); len(spans) > 0 {
		b.Lines, b.For, b.At = append(b.Lines, spans), append(b.For, kinds), append(b.At, at)
	}
}

// beginning quotes as much of a text as tells which one it is.
func beginning(text string) string {
	const most = 30
	if r := []rune(text); len(r) > most {
		text = string(r[:most])
	}
	return strconv.Quote(text)
}

const (
	lowercase = "abcdefghijklmnopqrstuvwxyz"
	letters   = lowercase + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits    = "0123456789"
)

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
	numbered := strings.TrimLeft(line, digits)
	if rest, ok := strings.CutPrefix(numbered, ". "); ok && numbered != line {
		return Numbered, rest
	}
	return Paragraph, line
}

// indented reports whether a line begins as one that belongs to an item of a list, or to a block of code.
func indented(line string) bool {
	return strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t")
}

// joinLines joins the current line, of which first is the text, with those that continue it. It
// keeps the line breaks, so that errors can name their line.
func (p *parser) joinLines(first string) string {
	kind, _ := blockMark(p.lines[p.at])
	text := first
	for p.at++; p.at < len(p.lines); p.at++ {
		line := p.lines[p.at]
		next, _ := blockMark(line)
		if strings.TrimSpace(line) == "" || next != Paragraph || kind != Paragraph && !indented(line) {
			break
		}
		p.checkOtherMarkdown(p.at)
		text += "\n" + strings.TrimSpace(line)
	}
	return text
}

// checkOtherMarkdown fails if a line of text begins as something that Markdown has and lessons do not have.
func (p *parser) checkOtherMarkdown(at int) {
	line := strings.TrimSpace(p.lines[at])
	switch kind, _ := blockMark(line); {
	case kind == List || kind == Numbered:
		p.fail(at+1, say.Lesson.NestedList())
	case strings.HasPrefix(line, "# "):
		p.fail(at+1, say.Lesson.TitleInText())
	case kind == Heading || strings.HasPrefix(line, "##"):
		p.fail(at+1, say.Lesson.HeadingForm())
	case strings.HasPrefix(line, ">"):
		p.fail(at+1, say.Lesson.Quotation())
	case strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~"):
		p.fail(at+1, say.Lesson.CodeBlock())
	case strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "+ ") || numberedInParentheses(line):
		p.fail(at+1, say.Lesson.ItemForm())
	case strings.HasPrefix(line, "|") || isTableRule(line):
		p.fail(at+1, say.Lesson.Table())
	case isRule(line):
		p.fail(at+1, say.Lesson.Rule())
	}
}

// numberedInParentheses reports whether a line begins with "1) ".
func numberedInParentheses(line string) bool {
	rest := strings.TrimLeft(line, digits)
	return rest != line && strings.HasPrefix(rest, ") ")
}

// isTableRule reports whether a line is one below the head of a table: "--- | :--:".
func isTableRule(line string) bool {
	return strings.Contains(line, "|") && strings.Contains(line, "-") && strings.Trim(line, "-:| ") == ""
}

// isRule reports whether a line is one across the page, or one below a heading: "---", "* * *", "===".
func isRule(line string) bool {
	line = strings.ReplaceAll(line, " ", "")
	mark := line[:1]
	least := map[string]int{"=": 1, "-": 2, "*": 3, "_": 3}[mark]
	return least > 0 && len(line) >= least && strings.Trim(line, mark) == ""
}
