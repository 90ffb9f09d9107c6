package glassbox

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"glassbox/scripts/catalogue"
)

// What readers read stands in static/language. These tests look for words elsewhere: in Go two words in a row, or one with
// a capital; in markup any. A word that stands alone in Go and has no capital may be a name of the program's, so they can't
// tell it; the made-up languages in the tests of the page do.
var (
	wordsInGo = regexp.MustCompile(`\p{L}{2,}[’',;:.]? +\p{L}{2,}|^\p{Lu}\p{Ll}{2,}[ .…:]*$|^[,;:.]? +\p{L}{2,}|\p{L}{2,}[,;:]? +$|\p{L}{2,}: ?$|\p{L} %[sdvq]|%[sdvq] \p{L}{2,}`)
	wordIn    = regexp.MustCompile(`\p{L}{2,}`)
)

// noProse lists what no reader of the page sees, with the reason.
var noProse = map[string]string{
	"web/fuzz":                 "plays a reader; for developers",
	"web/vjson":                "vugu's, in place of encoding/json; for developers",
	"web/dom":                  "says what a component did wrong; for developers",
	"web/app/apptest":          "for tests",
	"web/golden":               "for tests",
	"web/scene/scenetest":      "for tests",
	"web/say":                  "holds the texts",
	"web/say/message":          "says what is wrong with a text of the catalogue; for translators",
	"web/page/fuzz_js.go":      "plays a reader; for developers",
	"web/page/message":         "tells a program around the page what is wrong with its question",
	"web/page/api_js.go":       "tells a program in the page what is wrong with its question",
	"web/page/api_verbs_js.go": "tells a program in the page what is wrong with its question",
	"web/gl":                   "says what is wrong with a shader, or with the page itself; for developers",
	"web/export/picture.go":    "writes SVG; its words come from the page",
	"web/engine/wire.go":       "decodes what another half of the program wrote; for developers",
	"web/feature/check.go":     "says what is wrong with the page's state; for developers",
}

// noProseIn lists single texts that look like prose, with the reason.
var noProseIn = map[string]string{
	"How to predict":                                       "a text for the model",
	"Once upon a time, there was a little":                 "a text for the model",
	"Anna has a red ball. The ball is":                     "a text for the model",
	"Anna has a blue ball. The ball is":                    "a text for the model",
	"The capital of France is":                             "a text for the model",
	"The opposite of hot is":                               "a text for the model",
	"Anna gives the ball to Ben. Now the ball is with":     "a text for the model",
	"Anna had two apples and got three more. Then she had": "a text for the model",
	"The capital of Japan is":                              "a text for the model",
	" ball":                                                "a token that tests look for",
	"{for ":                                                "notation of lessons",
	"table page":                                           "the purpose of a request",
	"own ":                                                 "the id of a step of undo",
	"own tied":                                             "the id of a step of undo",
	"the model":                                            "the name of a file that has none",
	"more than %d faults stand in one another":             "decodes what another half of the program wrote; for developers",
	"nobody computes %d places of the map":                 "says what is wrong with the page's state; for developers",
	"there is no size %s":                                  "says what is wrong with the page's state; for developers",
	"%d nodes":                                             "says what is wrong with the page's state; for developers",
	"%v without a node":                                    "says what is wrong with the page's state; for developers",
	"it is at %v of %v":                                    "says what is wrong with the page's state; for developers",
	"the formats are csv, json, npy, svg and png":          "tells a program what is wrong with its question",
	"allocation failed":                                    "what browsers say",
	"too many questions at once; wait for the answers":     "tells a program what is wrong with its question",
	"(prefers-color-scheme: dark)":                         "CSS",
	"(prefers-reduced-motion: reduce)":                     "CSS",
}

// names lists words that are no prose: keys of a keyboard, types of JavaScript, protocols, formats.
var names = strings.Fields("Arrow Array ArrayBuffer ArrowDown ArrowLeft ArrowRight ArrowUp Backspace Blob Delete Enter Escape " +
	"End Float32Array GLSL Glassbox Home Infinity Object Page PageDown PageUp Promise Space Tab UTF-8 Uint8Array Uint8ClampedArray file: http: https:")

func TestNoProseStandsInGo(t *testing.T) {
	for folder, files := range sources(t) {
		if !strings.HasPrefix(folder, "web/") && folder != "wasm" || noProse[folder] != "" || strings.Contains(folder, "testdata") {
			continue
		}
		for _, file := range files {
			if noProse[filepath.ToSlash(file)] != "" || strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_gen.go") {
				continue
			}
			for line, text := range proseOf(t, file) {
				t.Errorf("%s: %q belongs into static/language", line, text)
			}
		}
	}
}

// proseOf returns the texts of a Go file that look like prose, by their places.
func proseOf(t *testing.T, file string) map[string]string {
	t.Helper()
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.CallExpr:
			return !forPrograms(n)
		case *ast.FuncDecl:
			return !namesClasses(n.Name.Name)
		case *ast.KeyValueExpr:
			_, text := n.Value.(*ast.BasicLit)
			return !text || !isName(n.Key, "Part", "Spot", "Name", "ID", "Op", "Type")
		case *ast.BasicLit:
			text, err := strconv.Unquote(n.Value)
			if err == nil && n.Kind == token.STRING && wordsInGo.MatchString(text) && !slices.Contains(names, text) && noProseIn[text] == "" && !strings.HasPrefix(text, "<") {
				found[set.Position(n.Pos()).String()] = text
			}
		}
		return true
	})
	return found
}

// forPrograms returns whether a call's texts are for programs or programmers: a panic, a name of JavaScript's, an error that
// is a value, the name of a callback in a stack.
func forPrograms(c *ast.CallExpr) bool {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name == "panic"
	case *ast.SelectorExpr:
		return isName(f.X, "fault") && f.Sel.Name == "New" || slices.Contains([]string{"Get", "Set", "Call", "Try", "Function"}, f.Sel.Name)
	}
	return false
}

func isName(e ast.Expr, names ...string) bool {
	id, ok := e.(*ast.Ident)
	return ok && slices.Contains(names, id.Name)
}

// namesClasses returns whether a function returns classes of CSS, by its name.
func namesClasses(name string) bool {
	return strings.HasSuffix(name, "Class") || strings.HasSuffix(name, "class")
}

var (
	comment     = regexp.MustCompile(`(?s)<!--.*?-->|<script.*?</script>`)
	element     = regexp.MustCompile(`(?s)<[^>]*>`)
	worded      = regexp.MustCompile(`\s(?:aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt)="([^"]*)"`)
	quotedInTag = regexp.MustCompile(`'[^']*'`)
)

func TestNoProseStandsInMarkup(t *testing.T) {
	components, err := filepath.Glob("web/*/*.vugu")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("web/*/*/*.vugu")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(components, more...) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		markup := comment.ReplaceAllString(string(b), "")
		for _, m := range worded.FindAllStringSubmatch(markup, -1) {
			if wordIn.MatchString(m[1]) {
				t.Errorf("%s: %q belongs into static/language", file, m[1])
			}
		}
		for _, expression := range quotedInTag.FindAllString(markup, -1) {
			for _, text := range regexp.MustCompile(`"([^"]*)"`).FindAllStringSubmatch(expression, -1) {
				if wordsInGo.MatchString(text[1]) {
					t.Errorf("%s: %q belongs into static/language", file, text[1])
				}
			}
		}
		for line := range strings.SplitSeq(element.ReplaceAllString(quotedInTag.ReplaceAllString(markup, ""), "\n"), "\n") {
			if line = strings.TrimSpace(line); wordIn.MatchString(line) && !slices.Contains(append(names, "GPT-2"), line) && !strings.HasPrefix(line, "&") {
				t.Errorf("%s: %q belongs into static/language", path.Clean(file), line)
			}
		}
	}
}

// What of a script is no text that its reader sees.
var (
	scriptComment = regexp.MustCompile(`(?s)/\*.*?\*/|(?m)(?:^|\s)//.*$`)
	scriptText    = regexp.MustCompile(`"([^"\n]*)"`)
	saidByScript  = regexp.MustCompile(`\bsay\("(\w+)"|data-say(?:-[a-z-]+)?="(\w+)"`)
	styleText     = regexp.MustCompile(`content: *"([^"]*)"`)
)

// scripts lists those of the page, and what in them looks like prose and is none.
var scripts = map[string][]string{
	"boot.js":   {"use strict", "the texts of the language ", " are damaged: "}, // the console
	"early.js":  {"use strict"},
	"embed.js":  {"use strict"},
	"host.js":   {"use strict"},
	"unpack.js": {"use strict"},
	"worker.js": {"use strict"},
}

func TestNoProseStandsInScriptsAndStyle(t *testing.T) {
	for name, none := range scripts {
		for _, m := range scriptText.FindAllStringSubmatch(scriptComment.ReplaceAllString(contents(t, "static/"+name), ""), -1) {
			if wordsInGo.MatchString(m[1]) && !slices.Contains(none, m[1]) && !slices.Contains(names, m[1]) {
				t.Errorf("static/%s: %q belongs into static/language", name, m[1])
			}
		}
	}
	walk(t, "web", func(path string) {
		if filepath.Ext(path) != ".css" {
			return
		}
		for _, m := range styleText.FindAllStringSubmatch(contents(t, path), -1) {
			if wordIn.MatchString(m[1]) {
				t.Errorf("%s: %q belongs into static/language", path, m[1])
			}
		}
	})
}

// TestWhatIndexAndBootSayStandsInTheCatalogue holds index.html to it, but for what the program draws again, which
// TestFirstPicture holds equal.
func TestWhatIndexAndBootSayStandsInTheCatalogue(t *testing.T) {
	english, err := catalogue.Read(filepath.Join("static", "language", catalogue.English))
	if err != nil {
		t.Fatal(err)
	}
	index := contents(t, "static/index.html")
	before, rest, _ := strings.Cut(index, `<div id="app">`)
	_, after, _ := strings.Cut(rest, "<!-- The canvases")
	index = before + "<!--" + after
	for _, line := range strings.Split(element.ReplaceAllString(comment.ReplaceAllString(index, ""), "\n"), "\n") {
		if wordIn.MatchString(line) {
			t.Errorf("static/index.html: %q belongs into static/language", strings.TrimSpace(line))
		}
	}
	for _, m := range worded.FindAllStringSubmatch(index, -1) {
		if wordIn.MatchString(m[1]) {
			t.Errorf("static/index.html: %q belongs into static/language", m[1])
		}
	}
	said := map[string]bool{}
	for _, m := range saidByScript.FindAllStringSubmatch(index+contents(t, "static/boot.js")+contents(t, "static/early.js")+contents(t, "scripts/gpt/serve/served.js"), -1) {
		key := m[1] + m[2]
		said[key] = true
		if _, ok := english.Say(key); !ok {
			t.Errorf("static/language has no text %s.%s", catalogue.Boot, key)
		}
	}
	for _, text := range english.Texts {
		if text.Section == catalogue.Boot && !said[text.Key] {
			t.Errorf("nothing says %s", text.Name())
		}
	}
}

var (
	sectionOf = regexp.MustCompile(`\bsay\.([A-Z]\w+)`)
	methodOf  = regexp.MustCompile(`\.([A-Z]\w+)`)
)

// TestEveryTextIsSaid finds what is left behind in the catalogue: texts that no file says which says some of their section.
func TestEveryTextIsSaid(t *testing.T) {
	english, err := catalogue.Read(filepath.Join("static", "language", catalogue.English))
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{"About.Name": true, "About.Direction": true} // for the page that carries a language
	walk(t, "web", func(path string) {
		if ext := filepath.Ext(path); ext != ".go" && ext != ".vugu" || strings.HasSuffix(path, "_gen.go") || strings.HasSuffix(path, "_test.go") {
			return
		}
		text := contents(t, path)
		sections := sectionOf.FindAllStringSubmatch(text, -1)
		if filepath.Dir(path) == filepath.Join("web", "say") {
			sections = [][]string{{"", "Units"}, {"", "Steps"}}
		}
		for _, section := range sections {
			for _, method := range methodOf.FindAllStringSubmatch(text, -1) {
				said[section[1]+"."+method[1]] = true
			}
		}
	})
	exported := func(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
	for _, text := range english.Program() {
		if text.Section != catalogue.Faults && !said[exported(text.Section)+"."+exported(text.Key)] {
			t.Errorf("nothing says %s", text.Name())
		}
	}
}
