// Package lesson parses the lessons of the page: text files that a teacher writes, in a
// small part of Markdown, with live numbers in them. Parse turns a file into a tree of plain
// values; it knows neither the model nor the page. Package web/feature/lessons says
// what the live numbers are, and draws the tree.
//
// # A file
//
//	---
//	title: Token embedding
//	place: #stage=token
//	---
//	There are {tokens} tokens. Each fetches a row of *the table*.
//
//	## What to try
//
//	- [Type the same letter six times](#text=AAAAAA).
//
// Between the two lines of dashes stands the front matter: one "key: value" in a line.
// title is required; place is a link to where the reader is taken, picture the name of a
// drawing that stands below the title, part the name of a part of the walk that begins here. Each can stand there for several kinds of readers, as
// "title: {for rotary} Rotary positions"; the first one that fits counts.
//
// # The part of Markdown
//
//   - A paragraph is a run of lines; an empty line ends it.
//   - "## " and "### " begin a heading of one line.
//   - "- " begins an item of a list, "1. " one of a numbered list; a line that begins
//     with two spaces belongs to the item above it.
//   - **strong**, *emphasis*, `code`, [a link](#stage=token).
//   - [a word](=h.0.attn.head.*.query) is tied to the steps and weights that it names: several are
//     parted by commas, * stands for any one part of a name. Which there are says that package as well.
//   - {words} is a live value; see package web/feature/lessons for the words.
//   - {for words} at the beginning of a paragraph, a heading or an item says that it is only
//     for readers of a kind, {for words own} only for those of both; that package says which kinds there are.
//   - \ takes the meaning away from the punctuation behind it: \* \{ \[ \` \< \\.
//
// A link is a hash of this page, "#…", or begins with https:// or http://. Nothing else is
// Markdown here. What can't be what its writer meant, such as a * without its partner, an
// image, a list within a list or a tag of HTML, is an error that names the file and the line;
// all errors of a file are reported together.
package lesson

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Page is a file.
type Page struct {
	File   string  // its name, for messages
	Fields []Field // its front matter
	Blocks []Block

	// What the front matter says: of a page For readers to these, else what stands there first.
	Title   string
	Place   string // a hash, "" none
	Picture string // the name of a drawing, "" none
	Part    string // of the walk, which begins here, "" none does
}

// A Field is a line of the front matter.
type Field struct {
	Key, Value string
	For        string // the kinds of readers that it is for, as of a block
	Line       int    // where it stands, counted from 1
}

// A Block is a heading, a paragraph or a list.
type Block struct {
	Kind  BlockKind
	Line  int      // where it begins, counted from 1
	At    []int    // where each of Lines begins
	Level int      // of a heading: 2 or 3
	Lines [][]Span // a heading and a paragraph have one, a list has one for each item
	For   []string // of each of Lines: the kinds of readers that it is for, with spaces between them, who are all of these; "" all
}

// BlockKind says what a block is.
type BlockKind string

// The kinds of blocks.
const (
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	List      BlockKind = "list"
	Numbered  BlockKind = "numbered"
)

// A Span is a piece of running text in one style.
type Span struct {
	Kind  SpanKind
	Link  string // of a link: "#…", "https://…" or "http://…"
	Tie   string // of a tie: the patterns of what the words name, parted by commas
	Parts []Part // never empty
}

// SpanKind says how a span is set.
type SpanKind string

// The kinds of spans. A Live span is a single live value outside of the other kinds.
const (
	Plain    SpanKind = "plain"
	Strong   SpanKind = "strong"
	Emphasis SpanKind = "emphasis"
	Code     SpanKind = "code"
	Link     SpanKind = "link"
	Tie      SpanKind = "tie"
	Live     SpanKind = "live"
)

// A Part is text, or a live value: either Text or Words is set.
type Part struct {
	Text  string
	Words []string // {token last} is "token", "last"
	Line  int
}

// An Error says where a file is not as it must be, and why.
type Error struct {
	File   string
	Line   int // counted from 1
	Reason string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Reason) }

// Errors are those of one or more files, in the order of their lines.
type Errors []*Error

// Error has a line for each.
func (l Errors) Error() string {
	lines := make([]string, len(l))
	for i, e := range l {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns them one by one.
func (l Errors) Unwrap() []error {
	errs := make([]error, len(l))
	for i, e := range l {
		errs[i] = e
	}
	return errs
}

// Join returns all errors of a file, which Parse and the checks of what it names have found, each once and in the order of
// their lines; nil: there are none.
func Join(errs ...error) error {
	var all Errors
	for _, err := range errs {
		list, _ := err.(Errors)
		for _, e := range list {
			if !slices.ContainsFunc(all, func(x *Error) bool { return *x == *e }) {
				all = append(all, e)
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortStableFunc(all, func(a, b *Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return all
}

// For returns the page as readers who are of all these kinds see it: without the lines that are for others,
// and without blocks that have none left.
func (p Page) For(kinds ...string) Page {
	fits := func(of string) bool {
		for kind := range strings.FieldsSeq(of) {
			if !slices.Contains(kinds, kind) {
				return false
			}
		}
		return true
	}
	p.setFields(fits)
	var blocks []Block
	for _, b := range p.Blocks {
		left := b
		left.Lines, left.For, left.At = nil, nil, nil
		for i, line := range b.Lines {
			if fits(b.For[i]) {
				left.Lines, left.For, left.At = append(left.Lines, line), append(left.For, b.For[i]), append(left.At, b.At[i])
			}
		}
		if len(left.Lines) > 0 {
			blocks = append(blocks, left)
		}
	}
	p.Blocks = blocks
	return p
}

// setFields takes what the front matter says to those whose kinds fit.
func (p *Page) setFields(fits func(kinds string) bool) {
	p.Title, p.Place, p.Picture, p.Part = "", "", "", ""
	for _, field := range p.Fields {
		to := map[string]*string{"title": &p.Title, "place": &p.Place, "picture": &p.Picture, "part": &p.Part}[field.Key]
		if to != nil && *to == "" && fits(field.For) {
			*to = field.Value
		}
	}
}

// Values calls visit for each live value of the page, in order.
func (p Page) Values(visit func(Part)) {
	p.spans(func(s Span) {
		for _, part := range s.Parts {
			if len(part.Words) > 0 {
				visit(part)
			}
		}
	})
}

// Links calls visit for each link of the page, in order, with the line where it stands.
func (p Page) Links(visit func(link string, line int)) {
	p.spans(func(s Span) {
		if s.Kind == Link {
			visit(s.Link, s.Parts[0].Line)
		}
	})
}

// Ties calls visit for each tie of the page, in order, with the line where it stands.
func (p Page) Ties(visit func(tie string, line int)) {
	p.spans(func(s Span) {
		if s.Kind == Tie {
			visit(s.Tie, s.Parts[0].Line)
		}
	})
}

func (p Page) spans(visit func(Span)) {
	for _, b := range p.Blocks {
		for _, line := range b.Lines {
			for _, s := range line {
				visit(s)
			}
		}
	}
}
