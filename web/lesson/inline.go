package lesson

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"glassbox/web/say"
)

// inline reads running text that begins at a line of the file.
func (p *parser) inline(text string, line int) []Span {
	in := &inline{parser: p, rest: strings.TrimRight(text, " \t\n"), line: line}
	if in.rest == "" {
		p.fail(line, say.Lesson.NoText())
	}
	for in.rest != "" && !p.full() {
		in.next()
	}
	in.flush()
	return in.spans
}

// inline goes through running text.
type inline struct {
	*parser
	rest  string
	line  int
	plain strings.Builder
	spans []Span
}

// next reads one character, or a whole span. What is wrong is read as plain text, to find what else is.
func (in *inline) next() {
	switch {
	case strings.HasPrefix(in.rest, "!["):
		in.fail(in.line, say.Lesson.Image())
		in.rest = in.rest[1:] // what it leads to is a picture, and no error of its own
		if _, rest, ok := strings.Cut(in.rest, "]("); ok {
			if _, rest, ok = strings.Cut(rest, ")"); ok {
				in.skip(rest)
				return
			}
		}
		in.rest = in.rest[1:]
	case strings.HasPrefix(in.rest, "**"):
		in.readStyled(Strong, "**")
	case in.rest[0] == '*':
		in.readStyled(Emphasis, "*")
	case in.rest[0] == '`':
		in.readCode()
	case in.rest[0] == '[':
		in.readLink()
	case in.rest[0] == '{':
		in.flush()
		if part, ok := in.readValue(); ok {
			in.spans = append(in.spans, Span{Kind: Live, Parts: []Part{part}})
		}
	case in.rest[0] == '}' || in.rest[0] == ']':
		in.fail(in.line, say.Lesson.EndAlone(strconv.QuoteRune(rune(in.rest[0])), "\\"+in.rest[:1]))
		in.rest = in.rest[1:]
	default:
		in.plain.WriteString(in.readCharacter())
	}
}

// skip goes on behind what was wrong.
func (in *inline) skip(rest string) {
	in.line += strings.Count(in.rest[:len(in.rest)-len(rest)], "\n")
	in.rest = rest
}

// readCharacter takes one character of text: the one behind a backslash, a space for the end
// of a line.
func (in *inline) readCharacter() string {
	if len(in.rest) > 1 && in.rest[0] == '\\' && strings.IndexByte("\\`*_{}[]()#+-.!<>|&~", in.rest[1]) >= 0 {
		in.rest = in.rest[1:]
	} else {
		in.checkOtherMarks()
	}
	return in.readRune()
}

// readRune takes the next character, whatever it means.
func (in *inline) readRune() string {
	r, size := utf8.DecodeRuneInString(in.rest)
	in.rest = in.rest[size:]
	switch {
	case r == '\n':
		in.line++
		return " "
	case r == '\t':
		return " "
	case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
		in.fail(in.line, say.Lesson.Control(codePoint(r)))
		return ""
	}
	return string(r)
}

// checkOtherMarks fails where Markdown would read what lessons do not have.
func (in *inline) checkOtherMarks() {
	if tag := htmlTag(in.rest); tag != "" {
		in.fail(in.line, say.Lesson.Tag(tag))
	}
	if name := htmlEntity(in.rest); name != "" {
		in.fail(in.line, say.Lesson.Entity(name))
	}
	if strings.HasPrefix(in.rest, "~~") {
		in.fail(in.line, say.Lesson.Struck())
	}
}

// htmlTag returns what of HTML a text begins with: "<b", "</b", "<!--", or the beginning of an address, "<https:"; "" none.
func htmlTag(s string) string {
	if strings.HasPrefix(s, "<!--") {
		return s[:4]
	}
	name, ok := strings.CutPrefix(s, "<")
	name = strings.TrimPrefix(name, "/")
	n := len(name) - len(strings.TrimLeft(name, letters+digits+":"))
	if !ok || n == 0 || !strings.ContainsRune(letters, rune(name[0])) {
		return ""
	}
	return s[:len(s)-len(name)+n]
}

// htmlEntity returns the name of a character in HTML that a text begins with: "&amp;", "&#38;"; "" none.
func htmlEntity(s string) string {
	name, end, ok := strings.Cut(s, ";")
	if of := strings.TrimPrefix(strings.TrimPrefix(name, "&"), "#"); !ok || s[0] != '&' || of == "" || strings.Trim(of, letters+digits) != "" {
		return ""
	}
	return s[:len(s)-len(end)]
}

// flush ends the plain text before a span.
func (in *inline) flush() {
	if in.plain.Len() > 0 {
		in.spans = append(in.spans, Span{Kind: Plain, Parts: []Part{{Text: in.plain.String(), Line: in.line}}})
		in.plain.Reset()
	}
}

// readStyled reads a span between two marks.
func (in *inline) readStyled(kind SpanKind, mark string) {
	in.flush()
	start, behind := in.line, in.rest[len(mark):]
	in.rest = behind
	parts := in.readParts(mark)
	if parts == nil {
		in.fail(start, say.Lesson.StyleOpen(mark))
		in.rest, in.line = behind, start
		return
	}
	in.spans = append(in.spans, Span{Kind: kind, Parts: parts})
}

// readParts reads text and live values up to the mark, and the mark; nil if there is none, or
// nothing before it.
func (in *inline) readParts(mark string) (list []Part) {
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			list = append(list, Part{Text: text.String(), Line: in.line})
			text.Reset()
		}
	}
	var nested Errors
	for in.rest != "" && !in.full() {
		switch other := otherMark(in.rest, mark); {
		case other != "":
			nested = append(nested, &Error{Line: in.line, Reason: say.Lesson.Nested(other, "\\"+other[:1])})
			text.WriteString(other)
			in.rest = in.rest[len(other):]
		case strings.HasPrefix(in.rest, mark):
			in.rest = in.rest[len(mark):]
			flush()
			for _, e := range nested {
				in.fail(e.Line, e.Reason)
			}
			return list
		case in.rest[0] == '{':
			flush()
			if part, ok := in.readValue(); ok {
				list = append(list, part)
			}
		default:
			text.WriteString(in.readCharacter())
		}
	}
	return nil
}

// otherMark returns the mark of a style within another one, or "". Without the end of that it may be no mark.
func otherMark(rest, within string) string {
	for _, mark := range []string{"**", "*", "`", "["} {
		if strings.HasPrefix(rest, mark) {
			if mark == within {
				return ""
			}
			return mark
		}
	}
	return ""
}

// readCode reads `code`, in which no character is special.
func (in *inline) readCode() {
	in.flush()
	text, rest, ok := strings.Cut(in.rest[1:], "`")
	if !ok || text == "" {
		in.fail(in.line, say.Lesson.CodeOpen())
		in.rest = in.rest[1:]
		return
	}
	part := Part{Line: in.line}
	for in.rest = text; in.rest != ""; {
		if in.rest[0] == '\\' {
			part.Text += "\\"
			in.rest = in.rest[1:]
			continue
		}
		part.Text += in.readRune()
	}
	in.rest = rest
	in.spans = append(in.spans, Span{Kind: Code, Parts: []Part{part}})
}

// readLink reads [text](target), and [text](=names).
func (in *inline) readLink() {
	in.flush()
	start, behind := in.line, in.rest[1:]
	in.rest = behind
	parts := in.readParts("]")
	target, rest, ok := strings.Cut(strings.TrimPrefix(in.rest, "("), ")")
	if parts == nil || !strings.HasPrefix(in.rest, "(") || !ok {
		in.fail(start, say.Lesson.LinkForm())
		if parts == nil {
			in.rest, in.line = behind, start
		}
		return
	}
	if tie, ok := strings.CutPrefix(target, "="); ok && isTie(tie) {
		in.rest = rest
		in.spans = append(in.spans, Span{Kind: Tie, Tie: tie, Parts: parts})
		return
	} else if ok {
		in.fail(start, say.Lesson.TieForm(strconv.Quote(target)))
		in.skip(rest)
		return
	}
	if reason := checkLink(target); reason != "" {
		in.fail(start, reason)
		in.skip(rest)
		return
	}
	in.rest = rest
	in.spans = append(in.spans, Span{Kind: Link, Link: target, Parts: parts})
}

// isTie reports whether a text lists patterns of names.
func isTie(s string) bool {
	for name := range strings.SplitSeq(s, ",") {
		if name == "" || strings.Trim(name, letters+digits+"._*") != "" {
			return false
		}
	}
	return true
}

// checkLink returns what is wrong with a link, or "".
func checkLink(target string) string {
	own := len(target) > 1 && target[0] == '#'
	web := false
	for _, scheme := range []string{"https://", "http://"} {
		web = web || strings.HasPrefix(target, scheme) && len(target) > len(scheme)
	}
	if !own && !web {
		return say.Lesson.LinkLeadsNowhere(strconv.Quote(target))
	}
	for _, r := range target {
		if unicode.IsControl(r) || unicode.IsSpace(r) || strings.ContainsRune("\"'<>\\`", r) {
			return say.Lesson.LinkCharacter(strconv.Quote(target))
		}
	}
	return ""
}

// readValue reads {words}.
func (in *inline) readValue() (Part, bool) {
	words, rest, ok := strings.Cut(in.rest[1:], "}")
	list := strings.Fields(words)
	if !ok || len(list) == 0 || strings.ContainsAny(words, "{\n") {
		in.fail(in.line, say.Lesson.ValueForm())
		in.rest = in.rest[1:]
		return Part{}, false
	}
	for _, r := range words {
		if unicode.IsControl(r) {
			in.fail(in.line, say.Lesson.ValueControl(codePoint(r)))
			in.rest = rest
			return Part{}, false
		}
	}
	in.rest = rest
	return Part{Words: list, Line: in.line}, true
}

// codePoint names a character that can't be shown: U+202E.
func codePoint(r rune) string { return fmt.Sprintf("%U", r) }
