package glassbox

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"glassbox/scripts/markdown"
)

// A trial says how a command that stands in a document is run. All are run in a copy of the repository, in this order, with the
// environment of scripts/env.
type trial struct {
	command string
	as      string // what is run in its stead: with files that are there, or with fewer steps; "" the command itself
	prints  string // a part of what it prints
	// who runs it instead, if it takes too long here or needs what is not here: a file, and a text that stands in it
	file, text string
}

// trials has a row for every command of every document.
var trials = []trial{
	// The scripts.
	{command: "./scripts/release -url https://example.org/glassbox/", prints: "has the sums of all files"},
	{command: "./scripts/release", as: "grep -q 'exec go run ./scripts/ship \"$@\" dist' ./scripts/release"}, // the same without an argument
	{command: "./scripts/build", as: "ls dist/index.html dist/glass-box.js dist/samples/article.html && grep './scripts/build' scripts/release"},
	{command: "sha256sum -c --ignore-missing SHA256SUMS", as: "cd dist && if command -v sha256sum; then sha256sum -c --ignore-missing SHA256SUMS; else shasum -a 256 -c --ignore-missing SHA256SUMS; fi", prints: "index.html: OK"},
	{command: "shasum -a 256 -c --ignore-missing SHA256SUMS", as: "cd dist && if command -v shasum; then shasum -a 256 -c --ignore-missing SHA256SUMS; else sha256sum -c --ignore-missing SHA256SUMS; fi", prints: "index.html: OK"},
	{command: "certutil -hashfile index.html SHA256", file: "docs/HOST.md", text: "on Windows"}, // which is not here
	{command: "./scripts/run", as: "sh -n ./scripts/run && grep -q './scripts/build' scripts/run", file: "commands_test.go", text: "func testServing"},
	{command: "./scripts/generate", file: "generated_test.go", text: `exec.Command("scripts/generate"`},
	{command: "./scripts/test", as: "sh -n ./scripts/test", file: ".ci/run", text: "./scripts/test"},
	{command: ".ci/run", as: "sh -n .ci/run", file: ".ci/run", text: "exec ./scripts/test"},
	{command: "./scripts/bench", as: "sh -n ./scripts/bench && go run ./scripts/benchpage -h 2>&1", prints: "-before"},
	{command: "./scripts/fuzz", as: "sh -n ./scripts/fuzz && git grep -l '^func Fuzz' -- '*_test.go'", prints: "model/checkpoint/gguf"},
	{command: "./scripts/fuzz-page", as: "sh -n ./scripts/fuzz-page", file: "wasm/fuzz_test.go", text: "func TestThePageSurvivesWhateverIsDoneToIt("},
	{command: ". scripts/env", as: ". scripts/env && go version", prints: "go1."},
	{command: "./scripts/build && go run ./scripts/answers dist/index.html static/answers", as: "go run ./scripts/answers static/answers && git diff --no-index --stat static/answers/README.md \"$REPOSITORY/static/answers/README.md\""},
	{command: "go run ./scripts/say"},

	// The tests, which scripts/test runs with all others.
	{command: "go test ./web/feature/...", file: "scripts/test", text: "go list ./..."},
	{command: "go test .", file: "scripts/test", text: "go list ./..."},
	{command: "go test ./model ./web/explain ./web/say .", as: "go list ./model ./web/explain ./web/say .", file: "scripts/test", text: "go list ./..."},
	{command: "go test ./web/view ./web/feature/lessons ./web/scene/... ./web/gl . -update", as: "for p in view feature/lessons scene gl; do grep -lr 'glassbox/web/\\(golden\\|app/apptest\\)\"' web/$p; done; grep -l web/golden *_test.go", prints: "reference_test.go"},
	{command: "go test -bench . ./tokenizer", as: "grep -h '^func Benchmark' tokenizer/*_test.go", prints: "Benchmark"},
	{command: "go doc glassbox/tokenizer", prints: "package tokenizer"},
	{command: "git grep -n Llama -- 'model/*.go' ':!*_test.go'", prints: "func (m *Llama) forward("},

	// The program for the terminal.
	{command: "go run ./scripts/gpt -h", prints: "gpt explain"},
	{command: "go run ./scripts/gpt run -text CBABBC", prints: "h.0.attn.head.1.scores"},
	{command: "go run ./scripts/gpt generate -text CBABBC -tokens 6 -greedy", prints: "ABBBCC"},
	{command: "go run ./scripts/gpt explain -text CBABBC h.0.attn.head.1.scores 5 3", prints: "5.6066"},
	{command: `go run ./scripts/gpt tokenize "How to predict"`, prints: "4331"},
	{command: `go run ./scripts/gpt run -text CBABBC -edit off:h.1.attn.head.2 -edit "h.0.mlp.down*=0.5"`, prints: "h.1.attn.head.2.mix"},
	{command: "go run ./scripts/gpt lens -text CBABBC", prints: "h.2.residual_2"},
	{command: "go run ./scripts/gpt attribute -text CBABBC -token 0 -against 1", prints: "the sum"},
	{command: "go run ./scripts/gpt patch -clean 2,1,0,1,1,2 -corrupt 2,1,1,1,1,2 -token 0 -against 1", prints: "head_mix"},
	{command: "go run ./scripts/gpt heads -half 1,2,0,1", prints: "induction"},
	{command: "go run ./scripts/gpt surprise -text CBABBC", prints: "perplexity"},
	{command: "go run ./scripts/gpt bench", prints: "a further token"},
	{command: "go run ./scripts/gpt explain -activation", as: "go run ./scripts/gpt explain -h", prints: "-activation"},
	{command: "go run ./scripts/gpt explain -model model/testdata/nano-sort -activation relu -text CBABBC h.0.mlp.relu 5 3", prints: "max(0, x)"},
	{command: "go run ./scripts/gpt run -model FILE-OR-FOLDER", as: "go run ./scripts/gpt run -model model/testdata/tiny-llama -ids 1,2 | head -40", prints: "norm_1"},
	{command: "go run ./scripts/gpt convert -model ckpt.pt -o model.safetensors", as: "go run ./scripts/gpt convert -model model/checkpoint/pytorch/testdata/ckpt.pt -o dist/model.safetensors", prints: "16 tensors"},
	{command: "go run ./scripts/gpt serve -model FILE", as: "go build -o dist/gpt ./scripts/gpt && { ./dist/gpt serve -model model/testdata/tiny-llama -port 0 >dist/address & } && " +
		"for i in 1 2 3 4 5 6 7 8 9 10; do sleep 1; [ -s dist/address ] && break; done; kill $!; cat dist/address", prints: "tiny-llama is at http://127.0.0.1:"},
	{command: "go run ./scripts/gpt random -shape llama-3.2-1b -o dist/random.gguf", as: "go run ./scripts/gpt random -shape gpt2-124m -o dist/random.gguf && rm dist/random.gguf", prints: "124439808 parameters"},
	{command: "go run ./scripts/gpt convert -model FOLDER -o model.gguf -type Q8_0", as: "go run ./scripts/gpt convert -model model/testdata/nano-sort -o dist/model.gguf -type Q8_0", prints: "Q8_0 × "},

	{command: "go run ./scripts/pack model FILE-OR-FOLDER", as: "go run ./scripts/pack model -licence MIT model/testdata/nano-sort/weights.safetensors && grep -c 'id=\"beside\"' dist/index.html && rm -r dist/models", prints: "1 part, licence: MIT"},

	// Training, with two steps: what it learns in all of them is in the files that the page has.
	{command: "GOEXPERIMENT=simd go run ./scripts/train -task sort -out static/models/sort.safetensors", as: "GOEXPERIMENT=simd go run ./scripts/train -task sort -steps 2 -out dist/sort.safetensors; ls dist/sort.safetensors", prints: "Wrote dist/sort.safetensors"},
	{command: "go run ./scripts/train -task language -text FILE -steps 2000 -out dist/mine.safetensors", as: "go run ./scripts/train -task language -text static/models/language.md -steps 1 -out dist/mine.safetensors; ls dist/mine.safetensors", prints: "Wrote dist/mine.safetensors"},
	{command: "GOEXPERIMENT=simd go run ./scripts/train -task language -steps 16900 -out dist/language.safetensors", as: "go run ./scripts/train -h 2>&1", prints: "-steps", file: "static/models/language.md", text: "go run ./scripts/train -task language -seed 1 -steps 16900 -out language.safetensors"},
	{command: "GOEXPERIMENT=simd go run ./scripts/gpt convert -model dist/language.safetensors -type Q8_0 -shared -o static/models/language.gguf -f", as: "GOEXPERIMENT=simd go run ./scripts/gpt convert -model static/models/language.gguf -type Q8_0 -shared -o dist/language.gguf -f && cmp static/models/language.gguf dist/language.gguf && ls -l dist/language.gguf", prints: "1533600"},
	{command: "cp dist/language.svg static/models/ && GOEXPERIMENT=simd go run ./scripts/train/report -model static/models/language.gguf", as: "go run ./scripts/train/report -h 2>&1", prints: "-model"},

	// A model that is too large for the repository.
	{command: "python3 scripts/real/reference.py MODEL.gguf REFERENCE.safetensors", as: "! command -v python3 || python3 -c 'import ast; ast.parse(open(\"scripts/real/reference.py\").read())'", file: "scripts/real/reference.py", text: "sys.argv"},
	{command: "go run ./scripts/real -model MODEL.gguf -reference REFERENCE.safetensors", as: "go run ./scripts/real -h 2>&1", prints: "-reference", file: "scripts/real/main_test.go", text: "compare("},
}

// program begins a command.
var program = regexp.MustCompile(`^(?:[A-Z]+=\S+ )*(?:\./scripts/[a-z-]+|\. scripts/env|(?:go|git|cp|cd|python3?|pip|sh|bash|curl|wget|make|npm|npx|docker|sudo|apt(?:-get)?|brew|sha256sum|shasum|certutil|unzip|\.ci/run)\b)(?: |$)`)

// noCommand tells by its first line what else a block of code in a document is.
var noCommand = map[string]*regexp.Regexp{
	"HTML, and what holds it":                   regexp.MustCompile("^(<|```\\{=html\\}|---$)"),
	"a program in Go":                           regexp.MustCompile(`^b, _ := os\.ReadFile`),
	"what that prints":                          regexp.MustCompile(`^next: A`),
	"a program in Python":                       regexp.MustCompile(`^(import json|from IPython)`),
	"a program in JavaScript":                   regexp.MustCompile(`^const frame`),
	"a header of HTTP":                          regexp.MustCompile(`^Content-Security-Policy: `),
	"a part of a lesson":                        regexp.MustCompile(`^- \{for `),
	"a format":                                  regexp.MustCompile(`^16 bytes`),
	"what a model wrote, in a report":           regexp.MustCompile(`^(Loss|Ben|Anna|The|A |One|It|tokens|[A-Z][a-z]+ )`),
	"a curve, or a table, that a report prints": regexp.MustCompile(`^ *[0-9]`),
}

// said is a command, and where it stands.
type said struct{ command, at string }

// commands lists those of all documents; a line of a block that is neither a command nor another text that is known is an error.
func commands(t *testing.T) (list []said) {
	t.Helper()
	for _, file := range explore(t, os.DirFS(".")).markdown() {
		if path.Dir(file) == lessons {
			continue
		}
		for _, c := range markdown.Read(contents(t, file)).Code {
			lines := strings.Split(strings.TrimSpace(c.Text), "\n")
			other := !program.MatchString(lines[0])
			if other && c.Block && !known(lines[0]) {
				t.Errorf("%s:%d: %q begins neither a command nor a text that is known", file, c.Line, lines[0])
			}
			for n, line := range lines {
				line, _, _ = strings.Cut(line, " #")
				if line = strings.TrimSpace(line); other || line == "" {
					continue
				}
				list = append(list, said{line, fmt.Sprintf("%s:%d", file, c.Line+n)})
			}
		}
	}
	return list
}

func known(line string) bool {
	for _, is := range noCommand {
		if is.MatchString(line) {
			return true
		}
	}
	return false
}

// TestEveryCommandOfADocumentIsInTheTable, and the table has no other.
func TestEveryCommandOfADocumentIsInTheTable(t *testing.T) {
	found := map[string]bool{}
	for _, s := range commands(t) {
		found[s.command] = true
		if !slices.ContainsFunc(trials, func(tr trial) bool { return tr.command == s.command }) {
			t.Errorf("%s: nothing runs the command %q; it needs a row in commands_test.go", s.at, s.command)
		}
	}
	for _, tr := range trials {
		if !found[tr.command] {
			t.Errorf("no document has the command %q", tr.command)
		}
		for _, flag := range regexp.MustCompile(` -[a-z]+`).FindAllString(tr.command, -1) {
			if strings.Contains(tr.command, "go run") && tr.as != "" && !strings.Contains(tr.as, "-h") && !strings.Contains(tr.as, flag+" ") {
				t.Errorf("%q is run without%s", tr.command, flag)
			}
		}
		if tr.file != "" && !strings.Contains(contents(t, tr.file), tr.text) {
			t.Errorf("%q: %s does not have %q", tr.command, tr.file, tr.text)
		}
	}
}

// TestEveryCommandOfADocumentRuns runs them in a copy of the repository.
func TestEveryCommandOfADocumentRuns(t *testing.T) {
	folder := copyOfTheRepository(t)
	for _, tr := range trials {
		if tr.as == "" && tr.file != "" {
			continue
		}
		command := tr.as
		if command == "" {
			command = tr.command
		}
		out, err := shell(t, folder, command).CombinedOutput()
		if err != nil || !strings.Contains(string(out), tr.prints) {
			t.Errorf("%s\n(run as %s) gives %v; expected %q in\n%s", tr.command, command, err, tr.prints, out)
		}
	}
	t.Run("served", func(t *testing.T) { testServing(t, folder) })
}

// shell returns a command of a shell in a folder, with the environment of scripts/env.
func shell(t *testing.T, folder, command string) *exec.Cmd {
	t.Helper()
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("sh", "-c", ". ./scripts/env; "+command)
	c.Dir = folder
	c.Env = append(os.Environ(), "REPOSITORY="+here)
	return c
}

// copyOfTheRepository copies its files, without what is built in it, into a repository of their own.
func copyOfTheRepository(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	list, err := exec.Command("git", "ls-files", "-co", "--exclude-standard").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Split(strings.TrimSpace(string(list)), "\n") {
		b, err := os.ReadFile(name)
		if os.IsNotExist(err) {
			continue // removed, and not yet committed
		}
		mode := os.FileMode(0o644)
		if info, statErr := os.Stat(name); statErr == nil {
			mode = info.Mode()
		}
		to := filepath.Join(folder, filepath.FromSlash(name))
		if err == nil {
			err = os.MkdirAll(filepath.Dir(to), 0o755)
		}
		if err == nil {
			err = os.WriteFile(to, b, mode)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if out, err := shell(t, folder, "git init -q && git add -A").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return folder
}

// testServing runs what scripts/run ends with, and asks it for the page.
func testServing(t *testing.T, folder string) {
	program := filepath.Join(t.TempDir(), "serve")
	if out, err := shell(t, folder, "go build -o "+program+" ./scripts/serve").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	c := exec.Command(program, "-quiet", filepath.Join(folder, "dist"))
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Wait() }()
	defer func() { _ = c.Process.Kill() }()
	line, err := bufio.NewReader(out).ReadString('\n')
	address := regexp.MustCompile(`http://\S+`).FindString(line)
	if err != nil || address == "" {
		t.Fatalf("it prints %q, %v", line, err)
	}
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if b, err := io.ReadAll(answer.Body); err != nil || !strings.Contains(string(b), `property="og:title"`) {
		t.Errorf("at %s stands no page, %v", address, err)
	}
}

// TestThePythonOfTheDocumentsRuns runs the program of docs/MODELS.md with torch and safetensors played by a few lines: they say
// which tensors it would write, and with what configuration.
func TestThePythonOfTheDocumentsRuns(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not here")
	}
	_, program, _ := strings.Cut(contents(t, "docs/MODELS.md"), "```python\n")
	program, _, _ = strings.Cut(program, "```\n")
	folder := t.TempDir()
	for name, text := range map[string]string{
		"torch.py": "class T:\n    def clone(self):\n        return 'tensor'\n\ndef load(name, map_location):\n    assert name == 'ckpt.pt'\n" +
			"    return {'model': {'_orig_mod.transformer.wte.weight': T(), 'lm_head.weight': T()}, 'model_args': {'n_head': 6, 'n_layer': 2}}\n",
		"safetensors/__init__.py": "",
		"safetensors/torch.py":    "import json\n\ndef save_file(tensors, name, metadata):\n    print(json.dumps({'tensors': tensors, 'name': name, 'metadata': metadata}))\n",
		"program.py":              program,
	} {
		name = filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := exec.Command(python, "program.py")
	c.Dir = folder
	out, err := c.CombinedOutput()
	var wrote struct {
		Tensors  map[string]string
		Name     string
		Metadata map[string]string
	}
	if err != nil || json.Unmarshal(out, &wrote) != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := `{"n_head": 6, "activation_function": "gelu"}`
	if wrote.Name != "model.safetensors" || wrote.Metadata["config"] != want || len(wrote.Tensors) != 2 || wrote.Tensors["transformer.wte.weight"] != "tensor" {
		t.Errorf("it writes %+v", wrote)
	}
}
