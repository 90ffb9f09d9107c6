package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"

	"glassbox/scripts/sheets"
)

// A packer replaces the references of index.html by what they refer to, one by one. The
// first error stays; finish returns it.
type packer struct {
	page    string
	blocks  strings.Builder // data, before boot.js and behind it
	scripts []string        // hashes for the policy
	styles  []string
	parts   []string // the name and size of each part
	bytes   int      // of the data, by which early.js tells how much of it has arrived
	err     error
}

// How index.html refers to a script; package sheets knows how to a style sheet.
var scriptLink = regexp.MustCompile(`<script src="([^"]+)"></script>`)

// scriptNames lists the scripts that the page refers to, in its order.
func (p *packer) scriptNames() (names []string) {
	for _, m := range scriptLink.FindAllStringSubmatch(p.page, -1) {
		names = append(names, m[1])
	}
	return names
}

// style puts the style sheet in the place of its link.
func (p *packer) style(name, text string) {
	if strings.Contains(strings.ToLower(text), "</style") {
		p.fail("%s contains </style", name)
	}
	text = bareStyle(text)
	p.styles = append(p.styles, hash(text))
	p.replace(sheets.Link(name), "<style>"+text+"</style>")
}

// script puts a script in the place of its reference. Its text is found again by id:
// the worker is made of it.
func (p *packer) script(name, text string) {
	p.checkScript(name, text)
	text = bareScript(text)
	p.scripts = append(p.scripts, hash(text))
	p.recordSize(name, len(text))
	id := strings.TrimSuffix(name, ".js")
	block := fmt.Sprintf("<script id=\"script-%s\">%s</script>", id, text)
	if name == "boot.js" {
		block = p.blocks.String() + block + behind
		p.blocks.Reset()
	}
	p.replace(`<script src="`+name+`"></script>`, block)
}

// What of style sheets and scripts only their readers need. A comment behind code stays, and so does what a text of several
// lines could hold.
var (
	styleComment  = regexp.MustCompile(`(?s)/\*.*?\*/`)
	scriptComment = regexp.MustCompile(`(?m)^[\t ]*//.*\n`)
	indentation   = regexp.MustCompile(`(?m)^[\t ]+|\n+$`)
)

// bareStyle returns a style sheet without comments and indentation.
func bareStyle(text string) string {
	return indentation.ReplaceAllString(styleComment.ReplaceAllString(text, ""), "")
}

// bareScript returns a script without the lines that are comments, and without indentation, if no text in it goes on from
// line to line.
func bareScript(text string) string {
	for line := range strings.Lines(scriptComment.ReplaceAllString(text, "")) {
		if strings.Count(line, "`")%2 != 0 {
			return text
		}
	}
	return indentation.ReplaceAllString(scriptComment.ReplaceAllString(text, ""), "")
}

// behind is where what is added after boot.js will stand.
const behind = "<!-- behind -->"

// text adds a script that the page does not run: that of the worker, the notices.
func (p *packer) text(id, text string) {
	p.checkScript(id, text)
	if id == "worker" {
		text = bareScript(text)
	}
	fmt.Fprintf(&p.blocks, "<script type=\"text/plain\" id=\"script-%s\">%s</script>\n", id, text)
}

// data adds gzipped bytes: in base 85 what is large, in base64 what is not.
func (p *packer) data(id, gzipped string) {
	encoded := base64.StdEncoding.EncodeToString([]byte(gzipped))
	if strings.HasPrefix(id, "model-") || strings.HasPrefix(id, "table-") || id == "wasm" {
		encoded = base85(gzipped)
	}
	p.recordSize(id, len(encoded))
	p.bytes += len(encoded)
	fmt.Fprintf(&p.blocks, "<script type=\"application/octet-stream\" id=\"data-%s\">%s</script>\n", id, encoded)
}

func (p *packer) recordSize(name string, bytes int) {
	p.parts = append(p.parts, fmt.Sprintf("%s %d kB", name, (bytes+500)/1000))
}

func (p *packer) checkScript(name, text string) {
	lower := strings.ToLower(text)
	if strings.Contains(lower, "</script") || strings.Contains(lower, "<!--") {
		p.fail("%s contains </script or <!--, which would end it early", name)
	}
}

// replace puts text in the place of the one occurrence of reference.
func (p *packer) replace(reference, text string) {
	if n := strings.Count(p.page, reference); n != 1 {
		p.fail("index.html contains %s %d times; expected once", reference, n)
		return
	}
	p.page = strings.Replace(p.page, reference, text, 1)
}

func (p *packer) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

var policy = regexp.MustCompile(`(<meta http-equiv="Content-Security-Policy" content=")[^"]*(">)`)

// finish writes the policy: nothing but this file's own scripts and style may run. What may be fetched policy.js narrows, the
// first of them, to nothing, unless the reader wants a model from a host.
func (p *packer) finish() (string, error) {
	rules := fmt.Sprintf("default-src 'none'; script-src %s 'wasm-unsafe-eval'; worker-src blob:; style-src %s; img-src data:; connect-src 'self' https:; base-uri 'none'; form-action 'none'",
		strings.Join(p.scripts, " "), strings.Join(p.styles, " "))
	if n := len(policy.FindAllString(p.page, -1)); n != 1 {
		p.fail("index.html has %d Content-Security-Policy elements; expected one", n)
	}
	p.replace(behind, "\n"+p.blocks.String())
	p.replace("<body>", fmt.Sprintf("<body data-bytes=\"%d\">", p.bytes))
	return policy.ReplaceAllString(p.page, "${1}"+rules+"${2}"), p.err
}

// hash is the source expression of an inline script or style.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// compress returns text gzipped as small as gzip can.
func compress(text string) string {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	if _, err := w.Write([]byte(text)); err != nil {
		panic(err) // a buffer takes everything
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}
