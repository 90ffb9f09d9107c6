package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/scripts/gpt/serve"
)

// defaultPage is where scripts/build puts the page.
var defaultPage = filepath.Join("dist", "index.html")

// serveModel serves the page on this machine, with the model computed here.
func serveModel(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("serve", "", "Serves the page on this machine, with the model computed by this program: all cores work, and the model may be larger\n"+
		"than a tab of a browser holds. Only this machine can open the address, with the key in it, in one page at a time.\nCtrl-C ends it.", out)
	in.modelFlags(fs)
	fs.StringVar(&in.alphabet, "alphabet", "", "the `characters` that the ids stand for, for a file that does not say it")
	port := fs.Int("port", 8080, "the first `port` to try; the next free one is taken; 0: any")
	page := fs.String("page", defaultPage, "the `file` of the page; dist/index.html is built if it is missing")
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	index, err := readPage(*page)
	if err != nil {
		return err
	}
	m, err := in.served()
	if err != nil {
		return err
	}
	l, err := serve.Listen(*port)
	if err != nil {
		return err
	}
	s, err := serve.New(index, l, m)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s is at %s (Ctrl-C ends it)\n", safetensors.Legible(m.Hello.Name), s.Address(l))
	if f, ok := out.(interface{ Flush() error }); ok {
		if err := f.Flush(); err != nil {
			return err
		}
	}
	return s.Serve(l)
}

// readPage reads the page; the default one is built if nothing stands in its place.
func readPage(name string) (string, error) {
	b, err := os.ReadFile(name)
	if !errors.Is(err, fs.ErrNotExist) || name != defaultPage {
		return string(b), err
	}
	fmt.Fprintln(os.Stderr, "gpt: there is no", name, "yet; ./scripts/build makes it, which takes a few minutes the first time.")
	build := exec.Command("sh", filepath.Join("scripts", "build"))
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		return "", fmt.Errorf("building the page: %w", err)
	}
	b, err = os.ReadFile(name)
	return string(b), err
}

// served looks at the beginnings of the model's files, and returns what is known by them, and how to read the rest.
func (in *input) served() (*serve.Model, error) {
	f, err := findModel(in.file, freeMemory())
	if err != nil {
		return nil, err
	}
	hello, err := serve.Describe(f.files)
	if err != nil {
		return nil, err
	}
	hello.Size = f.size()
	if known := &hello.Inspected; known.Config.Alphabet == "" && in.alphabet != "" {
		known.Config.Alphabet, known.Words = in.alphabet, "letters"
	}
	return &serve.Model{Hello: hello, Read: func(tell func(bytes int64)) (*checkpoint.Imported, error) {
		i, err := in.readFound(f, tell)
		if err != nil {
			fmt.Fprintln(os.Stderr, "gpt:", err) // the page says it, too
		}
		return i, err
	}}, nil
}

// readFound reads files of which the beginnings are there, and makes a model of them.
func (in *input) readFound(f *foundFiles, tell func(bytes int64)) (*checkpoint.Imported, error) {
	if err := f.read(tell); err != nil {
		return nil, err
	}
	i, err := in.imported(f.files)
	if err != nil {
		return nil, err
	}
	if i.Model.Config.Alphabet == "" {
		i.Model.Config.Alphabet = in.alphabet
	}
	return i, i.Model.Config.Validate()
}
