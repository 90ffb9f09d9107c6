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
	for in.rest != "" && p.err == nil {
		in.next()
	}
	in.flush()
	if len(in.spans) == 0 {
		p.fail(line, say.Lesson.NoText())
	}
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

// next reads one character, or a whole span.
func (in *inline) next() {
	switch {
	case strings.HasPrefix(in.rest, "!["):
		in.fail(in.line, say.Lesson.Image())
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
	default:
		in.plain.WriteString(in.readCharacter())
	}
}

// readCharacter takes one character of text: the one behind a backslash, a space for the end
// of a line.
func (in *inline) readCharacter() string {
	if len(in.rest) > 1 && in.rest[0] == '\\' && strings.IndexByte("\\`*_{}[]()#+-.!<>|", in.rest[1]) >= 0 {
		in.rest = in.rest[1:]
	}
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
	start := in.line
	in.rest = in.rest[len(mark):]
	parts := in.readParts(mark)
	if parts == nil {
		in.fail(start, say.Lesson.StyleOpen(mark))
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
	for in.rest != "" && in.err == nil {
		switch {
		case strings.HasPrefix(in.rest, mark):
			in.rest = in.rest[len(mark):]
			flush()
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

// readCode reads `code`, in which no character is special.
func (in *inline) readCode() {
	in.flush()
	text, rest, ok := strings.Cut(in.rest[1:], "`")
	if !ok || text == "" {
		in.fail(in.line, say.Lesson.CodeOpen())
		return
	}
	part := Part{Line: in.line}
	for in.rest = text; in.rest != "" && in.err == nil; {
		if in.rest[0] == '\\' {
			part.Text += "\\"
			in.rest = in.rest[1:]
			continue
		}
		part.Text += in.readCharacter()
	}
	in.rest = rest
	in.spans = append(in.spans, Span{Kind: Code, Parts: []Part{part}})
}

// readLink reads [text](target).
func (in *inline) readLink() {
	in.flush()
	start := in.line
	in.rest = in.rest[1:]
	parts := in.readParts("]")
	target, rest, ok := strings.Cut(strings.TrimPrefix(in.rest, "("), ")")
	if in.err != nil {
		return
	}
	if parts == nil || !strings.HasPrefix(in.rest, "(") || !ok {
		in.fail(start, say.Lesson.LinkForm())
		return
	}
	if reason := checkLink(target); reason != "" {
		in.fail(start, reason)
		return
	}
	in.rest = rest
	in.spans = append(in.spans, Span{Kind: Link, Link: target, Parts: parts})
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
		return Part{}, false
	}
	for _, r := range words {
		if unicode.IsControl(r) {
			in.fail(in.line, say.Lesson.ValueControl(codePoint(r)))
			return Part{}, false
		}
	}
	in.rest = rest
	return Part{Words: list, Line: in.line}, true
}

// codePoint names a character that can't be shown: U+202E.
func codePoint(r rune) string { return fmt.Sprintf("%U", r) }
