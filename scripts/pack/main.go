// Command pack puts the page into one HTML file: the markup, the style, the scripts, the
// program and the models, so that it opens by double-click, without a server or a network.
//
//	go run ./scripts/pack -wasm dist/glassbox.wasm -out dist/index.html
//
// It also puts a model beside the page, which is then in its menu, from a disk too:
//
//	go run ./scripts/pack model FILE-OR-FOLDER
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"glassbox/scripts/catalogue"
	"glassbox/scripts/sheets"
	"glassbox/scripts/wat"
	"glassbox/tokenizer/r50k"
	"glassbox/wasm/twin"
	"glassbox/web/gl"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) > 1 && os.Args[1] == "model" {
		if err := packModel(os.Args[2:]); err != nil {
			log.Fatal("pack model: ", err)
		}
		return
	}
	wasm := flag.String("wasm", filepath.Join("dist", "glassbox.wasm"), "the program, a wasm `file`")
	static := flag.String("static", "static", "the `folder` of index.html, which says where its style is, of the scripts and of models/")
	out := flag.String("out", filepath.Join("dist", "index.html"), "the `file` to write")
	flag.Parse()
	page, parts, err := assemble(*static, *wasm)
	if err != nil {
		log.Fatal("pack: ", err)
	}
	if err := os.WriteFile(*out, []byte(page), 0o644); err != nil {
		log.Fatal("pack: ", err)
	}
	fmt.Printf("%s: %.2f MB (%s)\n", *out, float64(len(page))/1e6, parts)
	beside, err := relist(*out)
	if err != nil {
		log.Fatal("pack: ", err)
	}
	if beside != nil {
		fmt.Printf("beside it: %s\n", strings.Join(beside, ", "))
	}
}

// assemble reads the files of the page, and returns the whole page and the sizes of its parts.
func assemble(static, wasm string) (page, parts string, err error) {
	runtime, err := wasmExec()
	if err != nil {
		return "", "", err
	}
	read := func(path string) string {
		b, readErr := os.ReadFile(path)
		if readErr != nil && err == nil {
			err = readErr
		}
		return string(b)
	}
	index, sheetErr := sheets.Expand(read(filepath.Join(static, "index.html")), static)
	if sheetErr != nil {
		return "", "", sheetErr
	}
	p := &packer{page: index}
	for _, name := range sheets.Names(p.page) {
		p.style(name, read(filepath.Join(static, name)))
	}
	for _, name := range p.scriptNames() {
		switch name {
		case "wasm_exec.js":
			p.script(name, runtime)
		case "kernel.js":
			p.script(name, twin.Script)
		case "boot.js": // behind what it needs at once
		default:
			p.script(name, read(filepath.Join(static, name)))
		}
	}
	shaders, jsonErr := json.Marshal(gl.Shaders())
	if jsonErr != nil {
		return "", "", jsonErr
	}
	p.data("shaders", compress(string(shaders)))
	english, others, languageErr := languages(static)
	if languageErr != nil {
		return "", "", languageErr
	}
	p.words(english)
	p.text("worker", read(filepath.Join(static, "worker.js")))
	kernels, watErr := wat.Assemble(twin.Text)
	if watErr != nil {
		return "", "", fmt.Errorf("kernel.wat: %w", watErr)
	}
	p.data("kernel", compress(string(kernels)))
	p.data("wasm", compress(read(wasm)))
	p.script("boot.js", read(filepath.Join(static, "boot.js"))) // it begins while the browser reads what follows
	for _, m := range shipped(static) {
		p.data("model-"+m.ID, compress(read(modelPath(static, m.ID))))
	}
	if lessonErr := p.lessons(static); lessonErr != nil {
		return "", "", lessonErr
	}
	p.data("table-gpt2", string(r50k.Packed()))
	p.text("notices", read(filepath.Join(static, "notices.txt")))
	if err != nil {
		return "", "", err
	}
	if page, err = p.finish(); err == nil {
		page, err = catalogue.Carry(page, english, others...)
	}
	return page, strings.Join(p.parts, ", "), err
}

// wasmExec returns wasm_exec.js of the toolchain that builds the program; they must match.
func wasmExec() (string, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOROOT: %w", err)
	}
	b, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	return string(b), err
}
