package glassbox

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"glassbox/web/page/message"
)

// TestDocCommentsBeginWithTheName holds for functions, methods and types of all hand-written Go
// files: a renamed one does not keep the old name in its comment, and what is exported has one.
func TestDocCommentsBeginWithTheName(t *testing.T) {
	list, err := exec.Command("git", "ls-files", "-co", "--exclude-standard", "*.go").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range strings.Fields(string(list)) {
		if strings.HasSuffix(file, "_gen.go") || strings.HasSuffix(file, "_test.go") || strings.Contains(file, "testdata/") {
			continue
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, file, nil, parser.ParseComments)
		if err != nil {
			continue // deleted, or a fault that the compiler names
		}
		for _, d := range f.Decls {
			for name, doc := range documented(d) {
				words := strings.Fields(strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(doc, "A "), "An "), "The "))
				switch {
				case doc == "" && !ast.IsExported(name) || len(words) > 0 && strings.Trim(words[0], ",:.'s") == strings.Trim(name, "s"):
				case doc == "":
					t.Errorf("%v: %s has no comment", fset.Position(d.Pos()), name)
				default:
					t.Errorf("%v: the comment of %s begins with %q", fset.Position(d.Pos()), name, words[0])
				}
			}
		}
	}
}

// documented returns the functions and types of a declaration, with their comments.
func documented(d ast.Decl) map[string]string {
	docs := map[string]string{}
	switch d := d.(type) {
	case *ast.FuncDecl:
		docs[d.Name.Name] = d.Doc.Text()
		if d.Recv != nil && !ast.IsExported(receiver(d)) && d.Doc == nil {
			delete(docs, d.Name.Name)
		}
		if standard[d.Name.Name] && d.Recv != nil {
			delete(docs, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			if s, ok := s.(*ast.TypeSpec); ok && d.Tok == token.TYPE {
				doc := s.Doc.Text()
				if len(d.Specs) == 1 {
					doc = d.Doc.Text()
				} else if doc == "" { // the comment of the group is about it
					continue
				}
				docs[s.Name.Name] = doc
			}
		}
	}
	return docs
}

// standard lists the methods that need no comment: everybody knows what they are.
var standard = map[string]bool{"Error": true, "String": true, "Unwrap": true, "Compute": true, "Build": true, "Init": true}

// receiver returns the type of a method's receiver.
func receiver(d *ast.FuncDecl) string {
	t := d.Recv.List[0].Type
	if s, ok := t.(*ast.StarExpr); ok {
		t = s.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}

// TestTheGuideForHostsNamesEveryVerbAndEvent holds the tables of docs/EMBED.md to what there is, and so the element.
func TestTheGuideForHostsNamesEveryVerbAndEvent(t *testing.T) {
	guide := contents(t, "docs/EMBED.md")
	rows := func(heading string) (names []string) {
		_, table, _ := strings.Cut(guide, "\n### "+heading+"\n")
		table, _, _ = strings.Cut(table, "\n### ")
		for _, m := range regexp.MustCompile("(?m)^\\| `(\\w+)").FindAllStringSubmatch(table, -1) {
			names = append(names, m[1])
		}
		return slices.Sorted(slices.Values(names))
	}
	if got := rows("Verbs"); !slices.Equal(got, message.Verbs()) {
		t.Errorf("docs/EMBED.md has the verbs %v; there are %v", got, message.Verbs())
	}
	if got, want := rows("Events"), slices.Sorted(slices.Values(message.Events)); !slices.Equal(got, want) {
		t.Errorf("docs/EMBED.md has the events %v; there are %v", got, want)
	}
	element := contents(t, "static/glass-box.js")
	verbs := regexp.MustCompile(`verbs = "([\w ]+)"`).FindStringSubmatch(element)
	if verbs == nil || !slices.Equal(slices.Sorted(slices.Values(strings.Fields(verbs[1]))), message.Verbs()) {
		t.Errorf("static/glass-box.js has the verbs %q; there are %v", verbs, message.Verbs())
	}
	if lines := strings.Count(element, "\n"); lines > 60 {
		t.Errorf("static/glass-box.js has %d lines; docs/EMBED.md says 60", lines)
	}
	for _, name := range []string{"allow-scripts", "allow-downloads", "clipboard-write"} {
		if !strings.Contains(guide, name) || !strings.Contains(element, name) {
			t.Errorf("the element, or the guide, lacks %s", name)
		}
	}
}

// TestTheReadmeLeadsByTheHand: who only reads the first screen knows how to try it, take it and embed it.
func TestTheReadmeLeadsByTheHand(t *testing.T) {
	readme := contents(t, "README.md")
	if n := len(strings.Fields(readme)); n >= 700 {
		t.Errorf("README.md has %d words; expected fewer than 700", n)
	}
	first := strings.Join(strings.SplitN(readme, "\n", 11)[:10], "\n")
	for _, want := range []string{"**Try it**", "**Take it**", "**Embed it**", "<iframe", "./scripts/run", "./scripts/test"} {
		if !strings.Contains(first, want) {
			t.Errorf("the first ten lines of README.md lack %s", want)
		}
	}
	if n := strings.Count(readme, "!["); n != 1 {
		t.Errorf("README.md has %d pictures; expected one", n)
	}
}

// TestTheExampleOfTheReadmeIsTheOneThatRuns holds its Go and what it prints to the example of package model.
func TestTheExampleOfTheReadmeIsTheOneThatRuns(t *testing.T) {
	example := regexp.MustCompile(`\s+`).ReplaceAllString(contents(t, "model/example_test.go"), " ")
	code, prints, _ := strings.Cut(between(t, contents(t, "README.md"), "## In Go\n", "\nIn the terminal"), "prints\n")
	lines := 0
	for _, line := range append(strings.Split(code, "\n"), strings.Split(prints, "\n")...) {
		line, _, _ = strings.Cut(strings.ReplaceAll(strings.TrimSpace(line), "_ :=", "err :="), " // ")
		line = strings.ReplaceAll(line, `"static/`, `"../static/`)
		if lines++; !strings.Contains(example, line) {
			t.Errorf("README.md says %q, which model/example_test.go does not", line)
		}
	}
	if lines < 10 {
		t.Errorf("the example has %d lines", lines)
	}
}

// between returns what stands between two texts.
func between(t *testing.T, text, from, to string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, from)
	inner, _, ended := strings.Cut(rest, to)
	if !found || !ended {
		t.Fatalf("there is nothing between %q and %q", from, to)
	}
	return inner
}

// TestTheMapHasEveryRoom holds the rows of CONTRIBUTING.md to the folders that have Go in them, and both to what is there.
func TestTheMapHasEveryRoom(t *testing.T) {
	rooms, rows := map[string]bool{}, between(t, contents(t, "CONTRIBUTING.md"), "## The rooms\n", "\nOne letter each")
	for line := range strings.Lines(rows) {
		first, _, _ := strings.Cut(strings.TrimPrefix(line, "| "), " |")
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(first, -1) {
			name := strings.TrimSuffix(m[1], "/")
			rooms[name] = true
			if there, err := filepath.Glob(name); err != nil || len(there) == 0 {
				t.Errorf("CONTRIBUTING.md has the room %s, which is not there", name)
			}
		}
	}
	for folder := range sources(t) {
		room := func(name string) bool { ok, err := path.Match(name, folder); return ok && err == nil }
		switch {
		case folder == "." || strings.HasPrefix(folder, "scripts/"): // those have a row of their own
		case rooms[path.Dir(folder)] && regexp.MustCompile("[`/]"+path.Base(folder)+"/?`").MatchString(rows): // in the row of the folder above
		case !slices.ContainsFunc(slices.Collect(maps.Keys(rooms)), room):
			t.Errorf("CONTRIBUTING.md has no room for %s", folder)
		}
	}
	scripts := between(t, contents(t, "CONTRIBUTING.md"), "| `scripts/` |", "\n")
	programs, err := filepath.Glob("scripts/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range programs {
		if name := path.Base(p); name != "env" && !strings.Contains(scripts, "`"+name+"`") {
			t.Errorf("the row of scripts/ in CONTRIBUTING.md lacks %s", name)
		}
	}
}
