package glassbox

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// releasing is the workflow that makes what readers download.
const releasing = ".github/workflows/release.yml"

// downloads lists the files of a release that can be downloaded one by one.
func downloads() (names []string) {
	b, err := os.ReadFile(releasing)
	if err != nil {
		return nil
	}
	for _, m := range regexp.MustCompile(`(?m)gh release create .*$`).FindAllString(string(b), -1) {
		for _, word := range strings.Fields(m) {
			if name, found := strings.CutPrefix(word, "dist/"); found {
				names = append(names, name)
			}
		}
	}
	return names
}

// workflows returns the texts of the workflows, by their names.
func workflows(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	names, err := filepath.Glob(".github/workflows/*.yml")
	if err != nil || len(names) == 0 {
		t.Fatalf("there are no workflows, %v", err)
	}
	for _, name := range names {
		texts[name] = contents(t, name)
	}
	return texts
}

// TestWorkflowsUseNothingUnnamed: an action without a version is another one tomorrow.
func TestWorkflowsUseNothingUnnamed(t *testing.T) {
	pinned := regexp.MustCompile(`^actions/[a-z-]+@(v\d+|[0-9a-f]{40})$`)
	for name, text := range workflows(t) {
		for _, m := range regexp.MustCompile(`uses: *(\S+)`).FindAllStringSubmatch(text, -1) {
			if !pinned.MatchString(m[1]) {
				t.Errorf("%s uses %s; expected an action with its version", name, m[1])
			}
		}
		if strings.Contains(text, "\t") {
			t.Errorf("%s holds a tab, which indents nothing in YAML", name)
		}
	}
}

// TestWorkflowsPublishUnderTheirOwnAddress runs the step that makes a release, with the script printing what it is given: the
// address is that of the repository in which the workflow runs.
func TestWorkflowsPublishUnderTheirOwnAddress(t *testing.T) {
	step := regexp.MustCompile(`run: (\./scripts/release .*)`)
	for name, text := range workflows(t) {
		found := step.FindStringSubmatch(text)
		if found == nil {
			t.Errorf("%s makes no release", name)
			continue
		}
		c := exec.Command("sh", "-c", strings.Replace(found[1], "./scripts/release", "echo", 1))
		c.Env = []string{"GITHUB_REPOSITORY=ada/glass-box"}
		if out, err := c.CombinedOutput(); string(out) != "-url https://ada.github.io/glass-box/\n" {
			t.Errorf("%s publishes with %q, %v", name, out, err)
		}
	}
}

// TestAReleaseHasTheTagOfItsVersion runs the step that holds a tag to the version, with the newest one and with another.
func TestAReleaseHasTheTagOfItsVersion(t *testing.T) {
	step := regexp.MustCompile(`(?m)^ *(test "\$GITHUB_REF_NAME".*)$`).FindStringSubmatch(contents(t, releasing))
	if step == nil {
		t.Fatalf("%s does not look at the tag", releasing)
	}
	version := regexp.MustCompile(`\n## (\d+\.\d+\.\d+)`).FindStringSubmatch(contents(t, "CHANGELOG.md"))
	for tag, want := range map[string]bool{"v" + version[1]: true, "v" + version[1] + "9": false} {
		c := exec.Command("sh", "-c", step[1])
		c.Env = append(c.Environ(), "GITHUB_REF_NAME="+tag)
		if err := c.Run(); (err == nil) != want {
			t.Errorf("the tag %s gives %v", tag, err)
		}
	}
}

// TestTheTestsThatAWorkflowNamesExist: go test -run is content with a name that nothing has.
func TestTheTestsThatAWorkflowNamesExist(t *testing.T) {
	for name, text := range workflows(t) {
		found := regexp.MustCompile(`-run '(\w+)' \./wasm`).FindStringSubmatch(text)
		if found == nil || !strings.Contains(browserTests(t), "\nfunc "+found[1]+"(") {
			t.Errorf("%s runs %q, which no file in wasm has", name, found)
		}
	}
	if files := downloads(); !slices.Contains(files, "index.html") || !slices.Contains(files, "SHA256SUMS") {
		t.Errorf("a release has %v", files)
	}
}

// browserTests returns the tests of the page in a browser.
func browserTests(t *testing.T) (text string) {
	t.Helper()
	files, err := filepath.Glob("wasm/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text += contents(t, file)
	}
	return text
}
