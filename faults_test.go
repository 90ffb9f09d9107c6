package glassbox

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"glassbox/model/fault"
	"glassbox/scripts/catalogue"
	"glassbox/web/say"
	"glassbox/web/say/message"
)

// faulty lists the packages whose errors reach readers of the page: it words them by the section "faults" of the
// catalogue.
var faulty = []string{"model", "model/checkpoint", "model/checkpoint/bundle", "model/checkpoint/foreign", "model/checkpoint/gguf", "model/checkpoint/published", "model/checkpoint/safetensors", "model/jsontext", "model/lab", "model/quant", "tokenizer", "tokenizer/chat", "tokenizer/published", "web/engine"}

// englishErrors lists what makes errors without a kind in these packages, with the reason.
var englishErrors = map[string]string{
	"web/engine/wire.go": "two halves of one program understand each other; for developers",
}

// beyondInt lists the arguments of %d that may be too large for a number of the catalogue.
var beyondInt = []string{"headerTooLong bytes", "valueTooLarge value", "tensorsTooMany tensors", "keysTooMany keys", "nameTooLong bytes",
	"textTooLarge bytes", "itemsTooMany items", "offsetTooLarge byte"}

// A faultCall is a call of fault.New.
type faultCall struct {
	place, kind, format string
	args                []ast.Expr
}

// callsOf returns the calls of a function of a package in a file.
func callsOf(t *testing.T, set *token.FileSet, file, pkg string, names ...string) (calls []*ast.CallExpr) {
	t.Helper()
	tree, err := parser.ParseFile(set, file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			f, ok := call.Fun.(*ast.SelectorExpr)
			if ok && slices.Contains(names, f.Sel.Name) && fmt.Sprint(f.X) == pkg {
				calls = append(calls, call)
			}
		}
		return true
	})
	return calls
}

// faultCalls returns the calls of fault.New outside of tests.
func faultCalls(t *testing.T) (list []faultCall) {
	t.Helper()
	for _, files := range sources(t) {
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			for _, call := range callsOf(t, set, file, "fault", "New") {
				c := faultCall{place: set.Position(call.Pos()).String(), args: call.Args[2:]}
				kind, isKind := literal(call.Args[0])
				format, isFormat := literal(call.Args[1])
				if !isKind || !isFormat {
					t.Errorf("%s: expected a kind and a format that stand there", c.place)
					continue
				}
				c.kind, c.format = kind, format
				list = append(list, c)
			}
		}
	}
	return list
}

// literal returns the text of an expression of literals.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil
	case *ast.BinaryExpr:
		x, first := literal(e.X)
		y, second := literal(e.Y)
		return x + y, first && second && e.Op == token.ADD
	}
	return "", false
}

var verb = regexp.MustCompile(`%[0-9.]*[a-zA-Z]`)

func TestEveryFaultHasATextThatReadsLikeIt(t *testing.T) {
	english, err := catalogue.Read(filepath.Join("static", "language", catalogue.English))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]*message.Message{}
	for _, text := range english.Texts {
		if text.Section == catalogue.Faults {
			texts[text.Key] = text.Message
		}
	}
	formats := map[string]string{}
	for _, c := range faultCalls(t) {
		text := texts[c.kind]
		if text == nil {
			t.Errorf("%s: the catalogue has no text for %s", c.place, c.kind)
			continue
		}
		if format, used := formats[c.kind]; used && format != c.format {
			t.Errorf("%s: %s reads %q, and elsewhere %q", c.place, c.kind, c.format, format)
		}
		formats[c.kind] = c.format
		for _, problem := range c.compare(text) {
			t.Errorf("%s: %s %s", c.place, c.kind, problem)
		}
	}
	for kind := range texts {
		if formats[kind] == "" {
			t.Errorf("the catalogue has a text for %s, which no error is", kind)
		}
	}
}

// compare returns what is wrong with the text of a call's kind.
func (c faultCall) compare(text *message.Message) (problems []string) {
	verbs, params := verb.FindAllString(c.format, -1), text.Params()
	if len(verbs) != len(c.args) || len(verbs) != len(params) {
		return []string{fmt.Sprintf("has %d verbs, %d arguments, and %d in the catalogue", len(verbs), len(c.args), len(params))}
	}
	for i, v := range verbs {
		want := message.Text
		if v == "%d" && !slices.Contains(beyondInt, c.kind+" "+params[i].Name) {
			want = message.Number
		}
		if p := params[i]; p.Type != want && !(p.Type == message.List && v == "%s") {
			problems = append(problems, fmt.Sprintf("takes for %s what is of another type than {%s}", v, p.Name))
		}
	}
	for _, one := range []bool{false, true} {
		var args []any
		for i, v := range verbs {
			args = append(args, sample(v, params[i], i))
			if _, number := args[i].(int); one && number && params[i].Type == message.Number {
				args[i] = 1 // whose nouns are others
			}
		}
		f := fault.New(c.kind, c.format, args...)
		var values []message.Value
		for _, a := range f.Args {
			values = append(values, message.Value{Text: a.Text, Number: a.Number, List: a.List})
		}
		if got := text.Fill(message.Filling{Locale: say.EnglishLocale{}, Params: params, Values: values}); got != f.Error() {
			problems = append(problems, fmt.Sprintf("reads %q in the catalogue, and %q in Go", got, f))
		}
	}
	return problems
}

// sample returns an argument for a verb, another one for each i.
func sample(verb string, p message.Param, i int) any {
	switch {
	case p.Type == message.List:
		return fault.List{"A", "B", "C"}
	case verb == "%w":
		return errors.New("problem " + strconv.Itoa(i))
	case verb == "%t":
		return true
	case strings.HasSuffix(verb, "d") || strings.HasSuffix(verb, "X"):
		return 1234 + i
	}
	return "thing " + strconv.Itoa(i)
}

func TestEveryErrorThatReachesAReaderHasAKind(t *testing.T) {
	files := sources(t)
	for _, folder := range faulty {
		for _, file := range files[folder] {
			if strings.HasSuffix(file, "_test.go") || englishErrors[filepath.ToSlash(file)] != "" {
				continue
			}
			set := token.NewFileSet()
			for _, call := range append(callsOf(t, set, file, "fmt", "Errorf"), callsOf(t, set, file, "errors", "New")...) {
				t.Errorf("%s: this error has no kind; expected fault.New", set.Position(call.Pos()))
			}
		}
	}
	for file := range englishErrors {
		if !slices.Contains(files[filepath.ToSlash(filepath.Dir(file))], filepath.FromSlash(file)) {
			t.Errorf("%s is not there", file)
		}
	}
}
