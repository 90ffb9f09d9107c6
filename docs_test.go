package glassbox

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"strings"
	"testing"
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
