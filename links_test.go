package glassbox

import (
	"bytes"
	"fmt"
	"html"
	"image"
	_ "image/jpeg"
	"image/png"
	"io/fs"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"glassbox/model"
	"glassbox/scripts/markdown"
	"glassbox/web/address"
	"glassbox/web/app"
	"glassbox/web/feature"
	"glassbox/web/lesson"
)

// TestEveryLinkLeadsSomewhere opens every link and every picture of every Markdown file here, and every address of the
// page that stands in one as code. Of the web it judges the spelling alone: it makes no request.
func TestEveryLinkLeadsSomewhere(t *testing.T) {
	r := explore(t, os.DirFS("."))
	for _, file := range r.markdown() {
		for _, p := range r.problems(t, file) {
			t.Error(p)
		}
	}
}

// A repository is what links can lead to. Its links lead to files of a checkout, not to what is built in one.
type repository struct {
	fs.FS
	names []string // files and folders, "." for the root
}

func explore(t *testing.T, files fs.FS) repository {
	t.Helper()
	r := repository{FS: files}
	err := fs.WalkDir(files, ".", func(p string, d fs.DirEntry, err error) error {
		if slices.Contains([]string{".git", ".cache", "dist"}, p) { // .git is a file in a second working tree
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		r.names = append(r.names, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (r repository) markdown() (list []string) {
	for _, name := range r.names {
		if ext := strings.ToLower(path.Ext(name)); ext == ".md" || ext == ".markdown" {
			list = append(list, name)
		}
	}
	return list
}

// read returns the text of a file, or "" for a folder.
func (r repository) read(t *testing.T, name string) string {
	t.Helper()
	if d, err := fs.Stat(r, name); err == nil && d.IsDir() {
		return ""
	}
	b, err := fs.ReadFile(r, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// problems says what is wrong with the links of a file, with their lines.
func (r repository) problems(t *testing.T, file string) (list []string) {
	t.Helper()
	if path.Dir(file) == lessons {
		return r.lesson(t, file)
	}
	doc := markdown.Read(r.read(t, file))
	for _, l := range doc.Links {
		if problem := r.judge(t, file, l); problem != "" {
			list = append(list, fmt.Sprintf("%s:%d: %q %s", file, l.Line, l.Target, problem))
		}
	}
	for _, c := range doc.Code {
		for _, found := range pageAddress.FindAllStringSubmatch(c.Text, -1) {
			query, hash := html.UnescapeString(found[1]), html.UnescapeString(found[2])
			if problem := r.page(query, hash, path.Dir(lessons) == path.Dir(file)); problem != "" {
				list = append(list, fmt.Sprintf("%s:%d: the page's %q %s", file, c.Line, query+hash, problem))
			}
		}
	}
	return list
}

// lessons holds Markdown with links of its own; package lesson knows which.
const lessons = "static/lessons/walk"

// lesson says what is wrong with a lesson, whose links lead to places in the page. Whether a model has the place is
// tested in web/feature/lessons.
func (r repository) lesson(t *testing.T, file string) (list []string) {
	t.Helper()
	p, err := lesson.Parse(file, r.read(t, file))
	if err = lesson.Join(err, app.CheckLesson(p, r.stops())); err != nil {
		return []string{err.Error()}
	}
	p.Links(func(link string, line int) {
		if problem := web(link); !strings.HasPrefix(link, "#") && problem != "" {
			list = append(list, fmt.Sprintf("%s:%d: %q %s", file, line, link, problem))
		}
	})
	return list
}

// stops is how many stops the walk has.
func (r repository) stops() int {
	list, _ := fs.Glob(r, lessons+"/*.md")
	return len(list)
}

// judge returns what is wrong with a link of a file, or "".
func (r repository) judge(t *testing.T, file string, l markdown.Link) string {
	t.Helper()
	if l.Fault != "" {
		return l.Fault
	}
	u, err := url.Parse(l.Target)
	switch {
	case err != nil:
		return "is no address: " + err.Error()
	case l.Target == "":
		return "leads nowhere"
	case u.Scheme != "" || u.Host != "":
		return web(l.Target)
	case strings.HasPrefix(u.Path, "/"):
		return "begins at no folder of the repository; expected a path from the file's own"
	}
	to := path.Join(path.Dir(file), u.Path)
	if u.Path == "" {
		to = file
	}
	if there, found := strings.CutPrefix(to, "../../"); found {
		return forge(there)
	}
	if !slices.Contains(r.names, to) {
		return "leads to " + to + ", which is not there"
	}
	text := r.read(t, to)
	if l.Picture && !drawn(to, text) {
		return "is no picture"
	}
	if path.Base(to) == "index.html" {
		query := u.RawQuery
		if query != "" {
			query = "?" + query
		}
		_, hash, found := strings.Cut(l.Target, "#")
		if found {
			hash = "#" + hash
		}
		return r.page(query, hash, false)
	}
	if !strings.Contains(l.Target, "#") {
		return ""
	}
	return place(to, text, u.Fragment)
}

// forge returns what is wrong with a link to a page that the forge has beside the files of a repository. They stand two folders
// above its root, whose own address ends in the name of a branch: blob/main/../../releases. So no document has to know where
// the repository is.
func forge(page string) string {
	file, download := strings.CutPrefix(page, "releases/latest/download/")
	switch {
	case download && slices.Contains(downloads(), file), page == "releases", page == "releases/latest", page == "deployments":
		return ""
	case download:
		return "leads to a file that .github/workflows/release.yml does not publish"
	}
	return "leads out of the repository"
}

// web returns what is wrong with an address outside of the repository.
func web(target string) string {
	u, err := url.Parse(target)
	switch {
	case err != nil:
		return "is no address: " + err.Error()
	case u.Scheme != "http" && u.Scheme != "https":
		return "is neither a path nor begins with https:// or http://"
	case !hostName.MatchString(u.Hostname()):
		return "has no name of a host"
	case strings.ContainsAny(target, " \t\n\"<>\\^`{|}"):
		return "holds a character that must be written as %XX"
	}
	return ""
}

var hostName = regexp.MustCompile(`^(?i:localhost|\[?[0-9a-f:]+\]?|[\pL\d]([\pL\d-]*[\pL\d])?(\.[\pL\d]([\pL\d-]*[\pL\d])?)+)$`)

// drawn reports whether a file can be shown as a picture.
func drawn(name, text string) bool {
	if path.Ext(name) == ".svg" {
		return strings.Contains(text, "<svg")
	}
	_, _, err := image.DecodeConfig(strings.NewReader(text))
	return err == nil
}

// place returns what is wrong with the part of a link behind #, in a file: the name of a heading, the id of an element,
// or lines as GitHub writes them, "L12" and "L12-L20".
func place(file, text, name string) string {
	var has bool
	switch path.Ext(file) {
	case ".md":
		has = slices.Contains(markdown.Read(text).Anchors, name)
	case ".html":
		has = strings.Contains(text, ` id="`+name+`"`)
	default:
		from, to, _ := strings.Cut(strings.TrimPrefix(name, "L"), "-L")
		first, err := strconv.Atoi(from)
		last := first
		if err == nil && to != "" {
			last, err = strconv.Atoi(to)
		}
		has = err == nil && name[0] == 'L' && 1 <= first && first <= last && last <= strings.Count(text, "\n")
	}
	if !has {
		return "leads to a place that " + file + " does not have"
	}
	return ""
}

// pageAddress finds the addresses of the page in code: `#panel=ln_f`, src="../index.html?ui=embed#model=sort", and the
// links of a lesson, [text](#text=AAAAAA). Its groups are the query with ? and the hash with #.
var pageAddress = regexp.MustCompile(`(?:^|index\.html|\]\()(\?[a-z]+=[^\s#"')]*)?(#[a-z]+=[^\s"')]*)?`)

// page returns what is wrong with an address of the page, or "": a key or a value that it does not know, a panel or a
// cell that the model does not have. An address in a lesson may say "last" and do something.
func (r repository) page(query, hash string, inLesson bool) string {
	known := map[string]bool{}
	for _, s := range address.Settings(nil) {
		known[s.Name] = true
	}
	for part := range strings.SplitSeq(strings.TrimPrefix(query, "?"), "&") {
		if key, _, _ := strings.Cut(part, "="); query != "" && !known[key] {
			return fmt.Sprintf("asks for %q, which the page does not know", part)
		}
	}
	if _, warnings := address.ParseQuery(query, app.Parts(), app.Properties()); len(warnings) > 0 {
		return fmt.Sprint("is not what the page expects: ", warnings)
	}
	if hash == "" {
		return ""
	}
	if err := app.CheckLesson(lesson.Page{Fields: []lesson.Field{{Key: "place", Value: hash}}}, r.stops()); err != nil {
		return "is not what the page expects: " + err.(lesson.Errors)[0].Reason
	}
	s := app.New(app.Shipped(func(id string) bool { return slices.Contains(r.names, "static/models/"+app.ModelFile(id)) }))
	if inLesson {
		hash = app.Properties().Hash(s.Patched(hash))
	}
	l, _ := app.Properties().Parse(hash)
	s, _ = feature.Update(s, feature.Navigated{Hash: hash})
	panel, _ := s.Info(l.Panel)
	full := longest(s.Config, panel)
	flow, _ := s.Info(l.Value("flow")[:max(0, strings.LastIndex(l.Value("flow"), "_"))])
	switch {
	case s.Notice != "":
		return "makes the page say: " + s.Notice
	case l.Panel != "" && panel.Name == "":
		return "leads to the panel " + l.Panel + ", which the model does not have"
	case l.Cell != nil && (l.Cell.Row >= full.Rows || l.Cell.Col >= full.Cols):
		return fmt.Sprintf("leads to cell %d.%d of %s, which has %d rows of %d at most", l.Cell.Row, l.Cell.Col, l.Panel, full.Rows, full.Cols)
	case l.Value("flow") != "" && flow.Name == "":
		return "leads to the moment " + l.Value("flow") + ", which the computation does not have"
	}
	return ""
}

// longest returns a panel as it is when the text fills the model's context.
func longest(c model.Config, panel model.Info) model.Info {
	outline, _ := model.Outline(c, c.Context)
	if i := slices.IndexFunc(outline, func(i model.Info) bool { return i.Name == panel.Name }); i >= 0 {
		return outline[i]
	}
	return panel
}

func TestABrokenLinkIsFound(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{
		"a.png": {Data: picture.Bytes()}, "b.svg": {Data: []byte("<svg/>")}, "c.png": {Data: []byte("no picture")},
		"go.go": {Data: []byte("package a\n\nvar b int\n")}, "x/a.html": {Data: []byte(`<p id="here">`)},
		"x/deep.md": {Data: []byte("# Deep `code`\n")}, "static/index.html": {}, "static/models/sort.safetensors": {},
		"dist/index.html": {}, ".git/config": {},
	}
	for _, c := range []struct{ text, problem string }{
		{"![a](a.png) ![b](b.svg) [c](c.png) [d](./x) [e](x/) [f](x/deep.md#deep-code) [g](#top) [h](x/../go.go)", ""},
		{"[a](go.go#L3) [b](go.go#L1-L3) [c](x/a.html#here) [d](https://go.dev/dl/?a=b#c) [e](http://localhost:8080)", ""},
		{"[a](a.md)", "not there"},
		{"[a](A.PNG)", "not there"},
		{"[a](../up.md)", "not there"},
		{"[a](../../releases) [b](../../releases/latest/download/index.html)", ""},
		{"[a](../../releases/latest/download/README.md)", "does not publish"},
		{"[a](../../up.md)", "out of the repository"},
		{"[a](dist/index.html)", "not there"},
		{"[a](.git/config)", "not there"},
		{"[a](/go.go)", "no folder"},
		{"![a](c.png)", "no picture"},
		{"![a](x)", "no picture"},
		{"![a](a b.png)", "no link"},
		{"[a]()", "nowhere"},
		{"[a][b]", "defined nowhere"},
		{"[a](%zz)", "no address"},
		{"[a](#no-heading)", "place"},
		{"[a](x/deep.md#Deep-code)", "place"},
		{"[a](x/a.html#there)", "place"},
		{"[a](go.go#L4)", "place"},
		{"[a](go.go#b)", "place"},
		{"[a](htps://go.dev)", "neither"},
		{"[a](//go.dev)", "neither"},
		{"[a](https:go.dev)", "host"},
		{"[a](https://go,dev)", "host"},
		{"see https://-.dev", "host"},
		{"`[a](a.md)` and\n\n    [b](b.md)\n\n```\n[c](c.md)\n```", ""},
		{"[a](static/index.html?ui=embed#model=sort&panel=ln_f&cell=5.47) `#sizes=gpt3` `#walk=0` `#` `#include`", ""},
		{"`<iframe src=\"index.html?ui=embed&amp;theme=dark#model=sort&amp;text=A\">`", ""},
		{"[a](static/index.html#modle=sort)", "modle"},
		{"[a](static/index.html?iu=embed)", "iu=embed"},
		{"    <iframe src=\"../index.html?ui=tiny#model=sort\">", "ui"},
		{"`#model=sort&temperature=-1`", "temperature"},
		{"`#model=tort`", "no model tort"},
		{"`#model=sort&stage=block.3`", "no stage"},
		{"`#model=sort&word=foo`", "no word"},
		{"`#model=sort&panel=h.3.ln_1`", "panel h.3.ln_1"},
		{"`#model=sort&panel=ln_f&cell=0.48`", "cell 0.48"},
		{"`#model=sort&panel=ln_f&cell=11.0`", "cell 11.0"},
		{"`#model=sort&flow=h.3.ln_1_4`", "moment"},
		{"`#model=sort&panel=ln_f&cell=last.47`", ""},
		{"`#model=sort&panel=ln_f&cell=last.48`", "cell 0.48"},
		{"`#model=sort&panel=h.last.ln_1`", "panel h.last.ln_1"},
		{"`#walk=1`", "stop 1"},
	} {
		files["README.md"] = &fstest.MapFile{Data: []byte("# Top\n\n" + c.text + "\n")}
		got := strings.Join(explore(t, files).problems(t, "README.md"), "; ")
		if c.problem == "" && got != "" || !strings.Contains(got, c.problem) {
			t.Errorf("%s gives %q; expected %q", c.text, got, c.problem)
		}
	}
}

func TestALessonHasLinksOfItsOwn(t *testing.T) {
	const file = lessons + "/01-line.md"
	for _, c := range []struct{ text, problem string }{
		{"[a](#step) [b](#panel=h.last.ln_1&cell=last.0) [c](https://go.dev) `[d](d.md)`", ""},
		{"[a](#stpe)", "stpe"},
		{"[a](https://go,dev)", "host"},
		{"[a](../README.md)", "nowhere"},
	} {
		files := fstest.MapFS{file: {Data: []byte("---\ntitle: A\n---\n" + c.text + "\n")}}
		got := strings.Join(explore(t, files).problems(t, file), "; ")
		if c.problem == "" && got != "" || !strings.Contains(got, c.problem) {
			t.Errorf("%s gives %q; expected %q", c.text, got, c.problem)
		}
	}
}
