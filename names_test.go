package glassbox

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"glassbox/model"
)

// unnamed returns the folders whose code knows no step and no weight by its name, all of the page's
// and that of one command: what it has to know of them it asks model.
func unnamed(t *testing.T) (list []string) {
	for folder := range sources(t) {
		if strings.HasPrefix(folder, "web/") || folder == "wasm" || folder == "scripts/gpt" {
			list = append(list, folder)
		}
	}
	return list
}

// typed lists the files of addresses as a reader may type them: what the fuzz of the page throws at it, and the help of a command.
var typed = []string{"web/fuzz/fuzz.go", "web/feature/check.go", "scripts/gpt/export.go"}

// called is the dictionary: what each step and weight is called.
const called = "web/say/step.go"

// words are names of steps that are words of every day, or of the web, as well: roles of a formula,
// keys and properties of the browser, names of live values. They are names where something is
// looked up by them.
var words = []string{"tokens", "query", "key", "value", "scores", "scaled", "attention", "mix", "logits", " tokens.", "lm_head"}

// lookups returns the strings by which steps and weights are looked up in a file.
func lookups(f *ast.File) map[ast.Node]bool {
	found := map[ast.Node]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if s, ok := n.Fun.(*ast.SelectorExpr); ok && len(n.Args) > 0 &&
				slices.Contains([]string{"Step", "Tensor", "Info", "Values", "Held", "At", "Explain", "Names", "HasSuffix", "HasPrefix", "step"}, s.Sel.Name) {
				for _, a := range n.Args {
					found[a] = true
				}
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Name" {
				found[n.Value] = true
			}
		case *ast.CompositeLit:
			if isProperty(n) {
				return false
			}
		}
		return true
	})
	return found
}

// isProperty reports whether a literal is a row of the table of properties, which gives examples of
// what a reader may type; a test of web/feature follows them.
func isProperty(n *ast.CompositeLit) bool {
	return slices.ContainsFunc(n.Elts, func(e ast.Expr) bool {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return false
		}
		key, ok := pair.Key.(*ast.Ident)
		return ok && key.Name == "Allowed"
	})
}

func TestOnlyModelKnowsStepsAndWeightsByName(t *testing.T) {
	names := stepNames(t)
	for _, folder := range unnamed(t) {
		files, err := filepath.Glob(path.Join(folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s has no files: %v", folder, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_gen.go") || slices.Contains(typed, filepath.ToSlash(file)) || filepath.ToSlash(file) == called {
				continue
			}
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			looked := lookups(f)
			ast.Inspect(f, func(n ast.Node) bool {
				if row, ok := n.(*ast.CompositeLit); ok && isProperty(row) {
					return false
				}
				if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
					text, err := strconv.Unquote(l.Value)
					if name := named(text, names); err == nil && name != "" && (looked[l] || !slices.Contains(words, text)) {
						t.Errorf("%v: %s holds the name of %s; ask model.Info instead", fset.Position(l.Pos()), l.Value, name)
					}
				}
				_, imports := n.(*ast.ImportSpec)
				return !imports
			})
		}
	}
}

// stepNames returns the names of all steps and weights of small models, those of sampling
// included, with and without the block and head before them.
func stepNames(t *testing.T) (names []string) {
	t.Helper()
	small := model.Config{Vocab: 3, Context: 2, Width: 2, Heads: 1, Blocks: 1}
	tied, llama := small, small
	tied.Tied = true
	llama.Family, llama.Activation, llama.Rotary, llama.HeadNorms = model.FamilyLlama, model.SiLU, model.Rotary{Theta: 1e4, Listed: true}, true
	llama.Biases = model.BiasQKV | model.BiasProj | model.BiasMLP
	for _, c := range []model.Config{small, tied, llama} {
		m, err := model.New(c)
		if err != nil {
			t.Fatal(err)
		}
		m.Randomize(1)
		tr, err := m.Forward([]int{0})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tr.Sample(model.Sampling{Temperature: 1}); err != nil {
			t.Fatal(err)
		}
		infos := tr.Weights()
		for _, s := range slices.Concat(tr.Steps, tr.Drawn) {
			infos = append(infos, s.Info())
		}
		for _, i := range infos {
			names = append(names, i.Name)
			if _, _, rest, ok := model.ParseHeadName(i.Name); ok {
				names = append(names, rest)
			} else if i.Block >= 0 {
				names = append(names, strings.SplitN(i.Name, ".", 3)[2])
			}
		}
	}
	return names
}

// named returns a name that a text holds, or "": it is one, "logits", or there is one in it that
// no sentence has, "ln_1", or a piece of one, "sample." or "c_attn", with which it is taken apart.
func named(text string, names []string) string {
	if slices.Contains(names, text) {
		return text
	}
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !separator(r)
	})
	for _, word := range words {
		if len(words) > 1 {
			word = strings.Trim(word, ".") // the end of a sentence
		}
		if strings.ContainsFunc(word, separator) && strings.ContainsFunc(word, unicode.IsLetter) {
			for _, name := range names {
				if isPiece(word, name) {
					return name
				}
			}
		}
	}
	return ""
}

// separator reports whether a rune stands between the pieces of a name.
func separator(r rune) bool { return r == '.' || r == '_' }

// isPiece reports whether a word is one or several pieces of a name, "c_attn", ".weight" or
// "ln_", or has all of the name among its own, as "h.3.mlp.up" has.
func isPiece(word, name string) bool {
	whole := func(text, part string) bool { return strings.Contains("."+text+".", "."+part+".") }
	flat := strings.NewReplacer("_", ".").Replace
	return whole(flat(name), strings.Trim(flat(word), ".")) || whole(word, name)
}

func TestANameIsFoundInAText(t *testing.T) {
	names := []string{"ln_1", "attn.c_attn.weight", "mlp.up", "sample.top_p", "wte.weight", "logits", "key"}
	for _, text := range []string{"logits", "ln_1", "ln_", "sample.", "c_attn", ".weight", "mlp.", "h.3.mlp.up", "the bias of ln_1", "reads wte.weight."} {
		if named(text, names) == "" {
			t.Errorf("there is no name in %q", text)
		}
	}
	for _, text := range []string{"", ".", "_", "key to the colours", "no weight.", "Σ exp", "up", "go.mod", "top"} {
		if name := named(text, names); name != "" {
			t.Errorf("%q is said to hold %s", text, name)
		}
	}
}
