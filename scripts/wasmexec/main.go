//go:build !js

// Command wasmexec runs a program that was compiled to wasm in a headless Chromium, for `go test -exec` where there is
// no Node.js, or where it wants the kernels that are written by hand. The program's files are those of this machine, to be read only, and temporary ones that it makes; what it
// prints is printed, and its exit status is passed on.
//
//	GOOS=js GOARCH=wasm go test -exec=/path/to/wasmexec ./model
package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
	"glassbox/scripts/wat"
	"glassbox/wasm/twin"
)

// shell runs the program in the page: it is the half of a process that the browser lacks.
//
//go:embed shell.js
var shell string

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: wasmexec PROGRAM [ARGUMENT]...")
		os.Exit(2)
	}
	status, err := run(os.Args[1:], os.Stdout, os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "wasmexec:", err)
		os.Exit(1)
	}
	os.Exit(status)
}

// run runs a program with its name and arguments until it exits, and returns its status.
func run(args []string, stdout, stderr io.Writer) (int, error) {
	glue, err := glue()
	if err != nil {
		return 0, err
	}
	kernel, err := wat.Assemble(twin.Text)
	if err != nil {
		return 0, err
	}
	m := &machine{args: args, glue: glue, kernel: kernel, out: []io.Writer{io.Discard, stdout, stderr}, exit: make(chan int, 1)}
	server := httptest.NewServer(m.handler())
	defer server.Close()
	chromium, err := browser.Start()
	if err != nil {
		return 0, err
	}
	defer chromium.Close()
	host := &browser.Host{}
	defer host.Close()
	page := chromium.Page(host)
	page.Do(chromedp.Navigate(server.URL))
	select {
	case status := <-m.exit:
		return status, nil
	case <-page.Context.Done():
		return 0, fmt.Errorf("the browser ended: %w", page.Context.Err())
	}
}

// glue is the toolchain's script that runs Go in a page.
func glue() ([]byte, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env GOROOT: %w", err)
	}
	return os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
}

// A machine is what the program sees of this one, over http.
type machine struct {
	args   []string
	glue   []byte
	kernel []byte      // the kernels that are written by hand
	out    []io.Writer // by descriptor
	exit   chan int
}

func (m *machine) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", m.page)
	mux.HandleFunc("GET /program", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, m.args[0]) })
	mux.HandleFunc("GET /kernel", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(m.kernel) })
	mux.HandleFunc("GET /file", m.file)
	mux.HandleFunc("POST /write", m.write)
	mux.HandleFunc("POST /exit", func(_ http.ResponseWriter, r *http.Request) {
		status, err := strconv.Atoi(r.FormValue("status"))
		if err != nil {
			status = 1
		}
		m.exit <- status
	})
	return mux
}

// page is the document in which the program runs.
func (m *machine) page(w http.ResponseWriter, _ *http.Request) {
	folder, err := os.Getwd()
	var start []byte
	if err == nil {
		start, err = json.Marshal(map[string]any{"args": m.args, "env": environment(), "folder": folder})
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var b bytes.Buffer
	fmt.Fprintf(&b, `<!doctype html><link rel="icon" href="data:,"><script>const start = %s;%s</script><script>%s</script><script>%s</script><script>launch()</script>`, start, shell, m.glue, twin.Script)
	_, _ = b.WriteTo(w) // nobody is there to hear of an error
}

// environment is what of this one's environment a program may want.
func environment() map[string]string {
	env := map[string]string{"TMPDIR": os.TempDir()}
	for _, pair := range os.Environ() {
		if name, value, _ := strings.Cut(pair, "="); name == "GOMAXPROCS" || strings.HasPrefix(name, "GODEBUG") {
			env[name] = value
		}
	}
	return env
}

// file answers with the contents of a file, or with the names in a folder.
func (m *machine) file(w http.ResponseWriter, r *http.Request) {
	path := r.FormValue("path")
	info, err := os.Stat(path)
	switch {
	case os.IsNotExist(err):
		http.Error(w, "ENOENT", http.StatusNotFound)
	case err != nil:
		http.Error(w, "EIO", http.StatusInternalServerError)
	case info.IsDir():
		m.folder(w, path)
	default:
		http.ServeFile(w, r, path)
	}
}

func (m *machine) folder(w http.ResponseWriter, path string) {
	entries, err := os.ReadDir(path)
	if err != nil {
		http.Error(w, "EIO", http.StatusInternalServerError)
		return
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	w.Header().Set("X-Folder", "yes")
	_ = json.NewEncoder(w).Encode(names)
}

// write prints what the program has printed.
func (m *machine) write(w http.ResponseWriter, r *http.Request) {
	fd, err := strconv.Atoi(r.FormValue("fd"))
	if err != nil || fd < 0 || fd >= len(m.out) {
		http.Error(w, "EBADF", http.StatusBadRequest)
		return
	}
	if _, err := io.Copy(m.out[fd], r.Body); err != nil {
		http.Error(w, "EIO", http.StatusInternalServerError)
	}
}
