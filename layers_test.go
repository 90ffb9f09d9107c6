// Package glassbox holds the tests of the whole repository: who may import whom, how large a folder may be, what names
// and comments are, that generated files are fresh, and where links lead.
package glassbox

import (
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// layers says what each package may import besides the standard library. It is the map of the rooms: a row changes only
// when the map does, and what it allows is used. A package's tests are free. A * stands for any one name: what holds for
// a feature holds for each, and none knows another; a row of its own adds to that.
var layers = map[string][]string{
	"model":                        {math32, "model/fault", "model/kernel", "model/quant"},
	"model/checkpoint":             {"model", "model/fault", "model/quant", "model/checkpoint/bundle", "model/checkpoint/foreign", "model/checkpoint/gguf", "model/checkpoint/published", "model/checkpoint/safetensors", "tokenizer/published"},
	"model/checkpoint/bundle":      {"model/fault", "model/checkpoint/foreign", "model/checkpoint/safetensors"},
	"model/checkpoint/convert":     {"model", "model/checkpoint", "model/checkpoint/gguf", "model/checkpoint/published", "model/checkpoint/safetensors", "model/quant"}, // for the command alone: the page writes no models
	"model/checkpoint/foreign":     {"model/fault"},
	"model/checkpoint/gguf":        {"model/fault", "model/quant"},
	"model/checkpoint/published":   {"model", "model/fault", "model/quant", "model/checkpoint/gguf", "model/checkpoint/safetensors"},
	"model/checkpoint/pytorch":     {"model/checkpoint/safetensors"}, // for the command alone: the page would grow by 134 kB
	"model/checkpoint/safetensors": {"model/fault", "model/jsontext", "model/quant"},
	"model/fault":                  {},
	"model/jsontext":               {"model/fault"},
	"model/kernel":                 {"model/kernel/fused", "model/quant"},
	"model/kernel/fused":           {"model/quant"},
	"model/lab":                    {"model", "model/fault"},
	"model/quant":                  {"model/fault"},
	"model/train":                  {math32, "model", "model/checkpoint", "model/checkpoint/safetensors", "model/kernel"},
	"tokenizer":                    {tiktoken, "model/fault"},
	"tokenizer/chat":               {},
	"tokenizer/published":          {"model/fault", "model/jsontext", "tokenizer", "tokenizer/chat"},
	"tokenizer/r50k":               {},
	"web/address":                  {"model/fault", "web/engine", "web/run", "web/say", "web/scene/camera", "web/scene/paint"},
	"web/app":                      {"model", "web/say", "web/address", "web/feature", "web/feature/*", "web/lesson"},
	"web/app/apptest":              {vugu, "model", "model/checkpoint", "tokenizer/r50k", "web/app", "web/engine", "web/feature", "web/feature/*", "web/golden", "web/view"}, // for tests alone: nobody else may import it
	"web/feature":                  {vugu, "model", "model/fault", "web/address", "web/engine", "web/explain", "web/run", "web/say", "web/scene", "web/scene/camera", "web/scene/paint"},
	"web/fuzz":                     {},
	"web/golden":                   {}, // for tests alone
	"web/engine":                   {"model", "model/checkpoint", "model/checkpoint/foreign", "model/fault", "model/lab", "model/quant", "tokenizer", "tokenizer/published", "web/engine/sha256", "web/export"},
	"web/engine/sha256":            {},
	"web/export":                   {},
	"web/lesson":                   {"web/say"},
	"web/scene":                    {"model", "web/say", "web/scene/camera", "web/scene/flow", "web/scene/label", "web/scene/layout", "web/scene/linked", "web/scene/paint", "web/scene/sizes"},
	"web/scene/camera":             {},
	"web/scene/flow":               {"model", "web/scene/camera", "web/scene/layout"},
	"web/scene/label":              {"model", "web/say", "web/scene/camera", "web/scene/layout"},
	"web/scene/layout":             {"model", "web/scene/camera"},
	"web/scene/linked":             {"model", "web/scene/camera", "web/scene/layout"},
	"web/scene/paint":              {"model", "web/scene/layout"},
	"web/scene/scenetest":          {"model"}, // for tests alone: nobody else may import it
	"web/scene/sizes":              {"model", "web/say", "web/scene/camera", "web/scene/layout"},
	"web/say":                      {"model/fault", "web/say/message"},
	"web/say/message":              {},
	"web/run":                      {"model", "web/engine", "web/say"},
	"web/explain":                  {"model", "model/quant", "web/engine", "web/run", "web/say"},
	"web/feature/*":                {vugu, vjson, "model", "web/address", "web/engine", "web/explain", "web/export", "web/feature", "web/run", "web/say", "web/view"},
	"web/feature/attention":        {"web/scene/paint"},
	"web/feature/edits":            {"model/fault"},
	"web/feature/flow":             {"web/scene/flow"},
	"web/feature/habits":           {"model/lab"},
	"web/feature/lessons":          {"web/lesson"},
	"web/feature/open":             {"model/fault"},
	"web/feature/patching":         {"model/lab", "web/scene/paint"},
	"web/feature/sizes":            {"web/scene/sizes"},
	"web/feature/take":             {"web/scene/paint"},
	"web/view":                     {vugu, vjson, "web/address", "web/engine", "web/feature", "web/explain", "web/run", "web/say"},
	"web/dom":                      {vugu},
	"web/gl":                       {"web/scene/paint"},
	"web/page":                     {"model", "web/address", "web/app", "web/feature", "web/feature/*", "web/fuzz", "web/page/browser", "web/page/elsewhere", "web/page/message", "web/page/second", "web/dom", "web/engine", "web/export", "web/gl", "web/lesson", "web/run", "web/say", "web/scene", "web/scene/camera", "web/scene/paint", "web/view"},
	"web/page/elsewhere":           {"web/engine", "web/feature", "web/feature/*", "web/page/browser", "web/say"},
	"web/page/browser":             {"web/say", "web/scene/camera"},
	"web/page/message":             {},
	"web/page/second":              {"web/engine", "web/gl", "web/page/browser", "web/run", "web/say", "web/scene", "web/scene/paint"},
	"wasm":                         {"wasm/twin", "web/engine", "web/page"},
	"wasm/twin":                    {"model/kernel", "model/quant"},
}

const (
	math32   = "github.com/chewxy/math32"
	tiktoken = "github.com/pkoukk/tiktoken-go"
	vugu     = "github.com/vugu/vugu"
	vjson    = "github.com/vugu/vjson"
)

// browser lists the packages that may call JavaScript.
var browser = []string{"web/dom", "web/gl", "web/page", "web/page/browser", "web/page/elsewhere", "web/page/second", "wasm", "wasm/twin"}

// heavy lists what would cost the page megabytes, or reach for a network.
var heavy = []string{"net/http", "net", "encoding/json", "regexp", "text/template", "html/template", "encoding/gob", "log/slog"}

// sources returns the folders of Go files outside testdata, and their files.
func sources(t *testing.T) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "dist" || strings.HasPrefix(d.Name(), ".") && p != ".") {
			return fs.SkipDir
		}
		if strings.HasSuffix(p, ".go") {
			folder := path.Dir(filepath.ToSlash(p))
			files[folder] = append(files[folder], p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestPackagesImportOnlyWhatTheirLayerMay(t *testing.T) {
	used := map[string]bool{} // "row imported"
	for folder, files := range sources(t) {
		allowed, page := layer(folder)
		for _, file := range files {
			if !page || strings.HasSuffix(file, "_test.go") {
				continue
			}
			for _, imported := range imports(t, file) {
				if problem := judge(folder, imported, allowed); problem != "" {
					t.Errorf("%s imports %s: %s", file, imported, problem)
				}
				for row, allowed := range layers {
					for _, a := range allowed {
						if matches(folder)(row) && (matches(strings.TrimPrefix(imported, "glassbox/"))(a) || imported == a || strings.HasPrefix(imported, a+"/")) {
							used[row+" "+a] = true
						}
					}
				}
			}
		}
		if !page && folder != "." && !strings.HasPrefix(folder, "scripts/") && folder != "web/vjson" {
			t.Errorf("%s is in no layer", folder)
		}
	}
	for row, allowed := range layers {
		for _, a := range allowed {
			if !used[row+" "+a] {
				t.Errorf("%s may import %s, and does not", row, a)
			}
		}
	}
}

// layer returns what a folder may import: its own row, and that of the pattern that it matches.
func layer(folder string) (allowed []string, found bool) {
	for row, more := range layers {
		if matches(folder)(row) {
			allowed, found = append(allowed, more...), true
		}
	}
	return allowed, found
}

// matches returns whether a pattern of the table means a folder.
func matches(folder string) func(pattern string) bool {
	return func(pattern string) bool {
		ok, err := path.Match(pattern, folder)
		return ok && err == nil
	}
}

// judge returns what is wrong with an import, or "".
func judge(folder, imported string, allowed []string) string {
	own, ours := strings.CutPrefix(imported, "glassbox/")
	switch {
	case ours && !slices.ContainsFunc(allowed, matches(own)):
		return "its layer may not"
	case !ours && strings.Contains(strings.Split(imported, "/")[0], "."):
		if !slices.ContainsFunc(allowed, func(a string) bool { return imported == a || strings.HasPrefix(imported, a+"/") }) {
			return "its layer may not"
		}
	case imported == "syscall/js" && !slices.Contains(browser, folder):
		return "only " + strings.Join(browser, ", ") + " may call JavaScript"
	case slices.Contains(heavy, imported):
		return "the page would grow by megabytes, or reach for a network"
	}
	return ""
}

// TestNoFeatureKnowsAnother holds what the rows with a * say.
func TestNoFeatureKnowsAnother(t *testing.T) {
	for folder, may := range map[string]map[string]bool{
		"web/feature/finder": {"web/feature": true, "web/view": true, "web/scene/paint": false, "web/feature/flow": false, "web/app": false, "web/page": false, "web/scene/scenetest": false},
		"web/feature/take":   {"web/view": true, "web/scene/paint": true, "web/lesson": false},
		"web/feature":        {"web/run": true, "web/feature/finder": false, "web/view": false, "web/page": false},
		"web/view":           {"web/feature": true, "web/feature/finder": false},
		"web/app":            {"web/feature": true, "web/feature/finder": true},
		"web/page":           {"web/feature/finder": true},
		"web/scene":          {"web/feature": false, "web/feature/finder": false},
	} {
		allowed, found := layer(folder)
		if !found {
			t.Errorf("%s is in no layer", folder)
		}
		for imported, want := range may {
			if problem := judge(folder, "glassbox/"+imported, allowed); (problem == "") != want {
				t.Errorf("%s may import %s: %v; expected %v", folder, imported, problem == "", want)
			}
		}
	}
}

func imports(t *testing.T, file string) (list []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range f.Imports {
		list = append(list, strings.Trim(s.Path.Value, `"`))
	}
	return list
}

func TestOnlyTheBrowserPackagesUseWasmImports(t *testing.T) {
	for folder, files := range sources(t) {
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(b), "\n//go:"+"wasmimport ") && !slices.Contains(browser, folder) {
				t.Errorf("%s uses go:wasmimport", file)
			}
		}
	}
}

func TestFilesThatCallJavaScriptAreBuiltForTheBrowserOnly(t *testing.T) {
	for _, files := range sources(t) {
		for _, file := range files {
			if slices.Contains(imports(t, file), "syscall/js") && !forJS(t, file) {
				t.Errorf("%s would be built natively", file)
			}
		}
	}
}

// forJS reports whether a file is built for GOOS=js alone, by its name or its tag.
func forJS(t *testing.T, file string) bool {
	t.Helper()
	if base := strings.TrimSuffix(file, ".go"); strings.HasSuffix(base, "_js") || strings.HasSuffix(base, "_js_test") {
		return true
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(b), "\n") {
		if expr, err := constraint.Parse(line); err == nil {
			return !expr.Eval(func(tag string) bool { return tag != "js" })
		}
	}
	return false
}

func TestTheTableNamesOnlyWhatExists(t *testing.T) {
	for folder := range layers {
		if found, err := filepath.Glob(filepath.FromSlash(folder)); err != nil || len(found) == 0 {
			t.Errorf("the table has %s, which is not there", folder)
		}
	}
}

// mostFiles is how many hand-written files a folder holds at most: as many as one takes in at a glance.
const mostFiles = 22

func TestNoFolderHoldsMoreFilesThanOneTakesInAtAGlance(t *testing.T) {
	for folder, files := range sources(t) {
		n := 0
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") && !strings.HasSuffix(file, "_gen.go") {
				n++
			}
		}
		if n > mostFiles {
			t.Errorf("%s holds %d hand-written files; %d are the most: cut it into rooms", folder, n, mostFiles)
		}
	}
}

// top lists what stands at the top of the repository. What is new finds a room below one of these.
var top = []string{
	".ci", ".github", ".gitignore", "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "README.md",
	"docs", "go.mod", "go.sum", "model", "scripts", "static", "tokenizer", "wasm", "web",
}

// TestNothingNewStandsAtTheTop holds the top level to its list; tests of the whole repository may stand there, too.
func TestNothingNewStandsAtTheTop(t *testing.T) {
	list, err := exec.Command("git", "ls-files", "-co", "--exclude-standard").Output()
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, name := range strings.Split(strings.TrimSpace(string(list)), "\n") {
		first, _, _ := strings.Cut(name, "/")
		there[first] = true
		if !slices.Contains(top, first) && !strings.HasSuffix(name, "_test.go") {
			t.Errorf("%s stands at the top; it belongs into a room", first)
		}
	}
	for _, name := range top {
		if !there[name] {
			t.Errorf("%s is missing", name)
		}
	}
}
