// Command answers writes static/answers: screenshots of the page that answer weaknesses of the best-known visualizer of
// a GPT, and README.md, which lists them. For each it opens an address of the built page from the disk, and waits until
// nothing moves. Beside that folder it writes two pictures more: that of the README, and that of the card by which a
// link to the page is shown. Without the page it writes the list alone.
//
//	go run ./scripts/answers dist/index.html static/answers
//	go run ./scripts/answers static/answers
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"

	"glassbox/scripts/browser"
)

// An answer is a weakness of the other page, what this one does instead, and where it can be seen.
type answer struct {
	name     string // of the file, without its ending
	weakness string
	instead  string
	address  string // behind #
	after    string // JavaScript that is run before the picture is taken
	dark     bool
	window   window // zero: desk
}

// A window is how wide and high a picture is, in CSS pixels.
type window struct{ width, height int64 }

var (
	desk  = window{1000, 625}
	phone = window{390, 844}
)

// The pictures are JPEG of that quality, in percent: those of the answers, and the two of the whole page.
const quality, fine = 55, 65

func main() {
	log.SetFlags(0)
	log.SetPrefix("answers: ")
	args := os.Args[1:]
	if len(args) != 1 && len(args) != 2 {
		log.Fatal("usage: answers [dist/index.html] static/answers")
	}
	folder := args[len(args)-1]
	if len(args) == 2 {
		takePictures(args[0], folder)
	}
	if err := os.WriteFile(filepath.Join(folder, "README.md"), []byte(readmeText()), 0o644); err != nil {
		log.Fatal(err)
	}
}

// takePictures takes the picture of every answer, and those of the views into the folder above.
func takePictures(page, folder string) {
	built, err := filepath.Abs(page)
	if err != nil {
		log.Fatal(err)
	}
	host := &browser.Host{}
	defer host.Close()
	tab := browser.New(host)
	save := func(name string, picture []byte) {
		if err := os.WriteFile(name, picture, 0o644); err != nil {
			host.Fatal(err)
		}
		log.Printf("%s: %d kB", filepath.Base(name), len(picture)/1000)
	}
	for _, a := range answers {
		a.visit(tab, "file://"+built)
		save(filepath.Join(folder, a.file()), tab.JPEG(quality))
	}
	for _, v := range views {
		v.visit(tab, "file://"+built)
		save(filepath.Join(folder, "..", v.file()), tab.JPEG(fine))
	}
	tab.NoErrors()
}

// readmeText is README.md: what is said of all answers.
func readmeText() string {
	var b strings.Builder
	b.WriteString(preface)
	for _, a := range answers {
		b.WriteString(a.section())
	}
	return b.String()
}

// file is the name of the picture.
func (a answer) file() string { return a.name + ".jpg" }

// hash is the address behind its #.
func (a answer) hash() string { return strings.ReplaceAll(a.address, " ", "%20") }

// section returns the answer's part of README.md.
func (a answer) section() string {
	return fmt.Sprintf("\n## %s\n\n%s `#%s`\n\n![%s](%s)\n", a.weakness, a.instead, a.hash(), a.weakness, a.file())
}

// visit opens the page at the answer's place, and waits until its picture stands.
func (a answer) visit(tab *browser.Page, file string) {
	w, scheme := a.window, "light"
	if w == (window{}) {
		w = desk
	}
	if a.dark {
		scheme = "dark"
	}
	tab.Do(chromedp.EmulateViewport(w.width, w.height))
	tab.Prefer("prefers-color-scheme", scheme)
	tab.Do(chromedp.Navigate("about:blank"), chromedp.Navigate(file+"#"+a.hash()))
	tab.WaitFor(`window.glassbox`)
	browser.Eval[bool](tab, `glassbox.ready.then(() => true)`)
	if a.after != "" {
		browser.Eval[bool](tab, a.after+`; true`)
	}
	tab.WaitFor(`new Promise((r) => setTimeout(() => r(!glassbox.state().busy && !glassbox.stats().moving), 400))`)
}
