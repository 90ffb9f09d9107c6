// Package markdown finds the links and pictures of a Markdown file, the headings that links can lead to, and code, in
// which nothing is a link. The tests use it to open every link. It follows CommonMark and GitHub's tables and heading
// names, as far as they matter for links.
package markdown

import "strings"

// A Document is what one file holds.
type Document struct {
	Links   []Link
	Code    []Code
	Anchors []string // of headings, as GitHub names them, and the ids of HTML
}

// A Link leads from a line of the file to a target.
type Link struct {
	Line    int    // counted from 1
	Target  string // without escapes: "web/address/link.go", "#use-it", "https://go.dev"
	Picture bool
	Fault   string // why a reader of Markdown sees no link here; "" for a link
}

// Code is a block of code, or code in a line.
type Code struct {
	Line  int // where it begins, counted from 1
	Text  string
	Block bool // it does not stand within a line
}

// Read reads a file. It can't fail: every text is Markdown.
func Read(text string) Document {
	b := blocks{definitions: map[string]bool{}}
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	for i, line := range strings.Split(text, "\n") {
		b.line(i+1, expand(line))
	}
	b.end()
	doc := Document{Links: b.links}
	for _, block := range b.list {
		if block.kind == code {
			doc.Code = append(doc.Code, Code{block.line, block.text, true})
			continue
		}
		in := inline{doc: &doc, definitions: b.definitions, text: block.text, first: block.line}
		in.read()
		if block.kind == heading {
			doc.Anchors = append(doc.Anchors, uniqueName(doc.Anchors, slug(in.plain.String())))
		}
	}
	return doc
}

// expand replaces the tabs that indent a line by spaces, with tab stops every 4 columns.
func expand(line string) string {
	for i := 0; i < len(line) && (line[i] == ' ' || line[i] == '\t'); i++ {
		if line[i] == '\t' {
			line = line[:i] + strings.Repeat(" ", 4-i%4) + line[i+1:]
		}
	}
	return line
}
