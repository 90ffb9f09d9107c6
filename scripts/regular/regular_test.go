package regular

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestWhatHasNoEndIsRefusedAtOnce(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(folder, "link.safetensors")
	if err := os.Symlink("/dev/zero", link); err != nil {
		t.Fatal(err)
	}
	for name, is := range map[string]string{"/dev/zero": "a device", "/dev/urandom": "a device", link: "a device", pipe: "a pipe", folder: "a folder"} {
		if _, err := ReadFile(name); err == nil || !strings.Contains(err.Error(), is) {
			t.Errorf("%s: %v; expected that it is %s", name, err, is)
		}
	}
	if b, err := ReadFile("regular.go"); err != nil || len(b) == 0 {
		t.Errorf("a file has %d bytes: %v", len(b), err)
	}
	if _, err := ReadFile(filepath.Join(folder, "none")); !os.IsNotExist(err) {
		t.Errorf("what is not there: %v", err)
	}
}

func TestANameThatWouldTurnTheLineAroundIsQuoted(t *testing.T) {
	if is := Name("folder/model\u202esrosnetefas.\x1b[2J"); strings.ContainsAny(is, "\u202e\x1b") || !strings.Contains(is, `\u202e`) {
		t.Errorf("the name is printed as %q", is)
	}
}
