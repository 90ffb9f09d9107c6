// Report measures a model that writes stories, and writes what it found beside the weights: FILE.md for
// FILE.gguf or FILE.safetensors. Run it with -h for its flags.
package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"glassbox/model/checkpoint"
	"glassbox/model/train"
	"glassbox/scripts/regular"
	"glassbox/scripts/train/language"
	"glassbox/scripts/train/quality"
	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run does what the arguments ask and returns the exit status: 0, 1 after an error or for a model that does not
// reach what it must, 2 for arguments that make no sense.
func run(args []string, out, problems io.Writer) int {
	o, err := parse(args, problems)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		return 2 // the flag package has said why
	}
	passed, err := o.report(out, problems)
	switch {
	case err != nil:
		fmt.Fprintln(problems, "report:", err)
		return 1
	case !passed:
		fmt.Fprintln(problems, "report: the model does not reach what it must yet")
		return 1
	}
	return 0
}

// options are the flags of the command.
type options struct {
	model, out string
	seed       uint64
	documents  int
	quick      bool
	given      map[string]bool
}

const help = `Report measures a model that writes stories: its loss on held-out documents, its answers to
probes, and what it writes after fixed prompts.

	go run ./scripts/train/report -model static/models/stories.safetensors

Flags:

`

func parse(args []string, problems io.Writer) (*options, error) {
	o := &options{given: map[string]bool{}}
	f := flag.NewFlagSet("report", flag.ContinueOnError)
	f.SetOutput(problems)
	f.StringVar(&o.model, "model", "", "`file` of the weights, safetensors or GGUF; must be given")
	f.StringVar(&o.out, "out", "", "`folder` for the report (default: that of the model)")
	f.Uint64Var(&o.seed, "seed", 1, "`number` that the corpus was written from (default: what the file says)")
	f.IntVar(&o.documents, "documents", language.Documents, "`number` of training documents (default: what the file says)")
	f.BoolVar(&o.quick, "quick", false, "measure less, in half a minute, and write the report to the terminal alone")
	f.Usage = func() {
		fmt.Fprint(problems, help)
		f.PrintDefaults()
	}
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	f.Visit(func(given *flag.Flag) { o.given[given.Name] = true })
	err := o.complete(f.Args())
	if err != nil {
		fmt.Fprintf(problems, "report: %v; see -h\n", err)
	}
	return o, err
}

// complete refuses what makes no sense, and fills in where the report goes.
func (o *options) complete(rest []string) error {
	switch {
	case len(rest) > 0:
		return fmt.Errorf("%q is no flag", rest[0])
	case o.model == "":
		return fmt.Errorf("-model is missing")
	case o.documents < 1:
		return fmt.Errorf("-documents is %d; expected 1 or more", o.documents)
	}
	if o.out == "" {
		o.out = filepath.Dir(o.model)
	}
	return nil
}

// report measures the model and writes the report.
func (o *options) report(out, problems io.Writer) (passed bool, err error) {
	b, err := regular.ReadFile(o.model)
	if err != nil {
		return false, err
	}
	m, metadata, err := checkpoint.Load(filepath.Base(o.model), b)
	if err != nil {
		return false, err
	}
	if err := o.useMetadata(metadata); err != nil {
		return false, err
	}
	words, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		return false, err
	}
	result, err := quality.Measure(m, words, quality.Options{Seed: o.seed, Documents: o.documents, Quick: o.quick,
		Training: language.Texts(o.seed, o.documents), Unrounded: unrounded(metadata), About: about(filepath.Base(o.model), b, metadata), Curve: o.curve(), Progress: problems})
	if err != nil {
		return false, err
	}
	return result.Passed(), o.write(out, result)
}

// curve returns the name of the picture that the training left beside the model, "" if there is none.
func (o *options) curve() string {
	name := strings.TrimSuffix(o.model, filepath.Ext(o.model)) + ".svg"
	if _, err := os.Stat(name); err != nil || filepath.Dir(o.model) != filepath.Clean(o.out) {
		return ""
	}
	return filepath.Base(name)
}

// write writes the report into its file, or a quick one to out.
func (o *options) write(out io.Writer, result quality.Result) error {
	if o.quick {
		return quality.Write(out, result)
	}
	var b bytes.Buffer
	if err := quality.Write(&b, result); err != nil {
		return err
	}
	base := filepath.Base(o.model)
	name := filepath.Join(o.out, strings.TrimSuffix(base, filepath.Ext(base))+".md")
	for _, f := range result.Facts() {
		fmt.Fprintf(out, "%-20s %s\n", f.Name, f.Value)
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	fmt.Fprintf(out, "Wrote %s.\n", name)
	return os.WriteFile(name, b.Bytes(), 0o644)
}

// useMetadata takes seed and documents from the metadata of the file, unless they were typed.
func (o *options) useMetadata(metadata map[string]string) (err error) {
	if text, known := metadata["seed"]; known && !o.given["seed"] {
		if o.seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			return fmt.Errorf("the file's metadata has the seed %q; expected a number", text)
		}
	}
	if text, known := metadata["documents"]; known && !o.given["documents"] {
		if o.documents, err = strconv.Atoi(text); err != nil || o.documents < 1 {
			return fmt.Errorf("the file's metadata says %q documents; expected a number", text)
		}
	}
	return nil
}

// unrounded returns what was measured before the weights were rounded, by the names of facts.
func unrounded(metadata map[string]string) map[string]string {
	list := map[string]string{}
	for key, value := range metadata {
		if name, before := strings.CutPrefix(key, quality.Unrounded); before {
			list[name] = value
		}
	}
	return list
}

// about returns what the report says of the file: its name, size, checksum, and its metadata, but for what the report
// itself measures and says better.
func about(name string, b []byte, metadata map[string]string) []train.Fact {
	facts := []train.Fact{
		{Name: "file", Value: fmt.Sprintf("%s, %d bytes", name, len(b))},
		{Name: "SHA-256", Value: fmt.Sprintf("%x", sha256.Sum256(b))},
	}
	said := []string{"config", "seed", "documents"}
	for _, key := range slices.Sorted(maps.Keys(metadata)) {
		if !slices.Contains(said, key) && !quality.Measured(key) && !strings.HasPrefix(key, quality.Unrounded) {
			facts = append(facts, train.Fact{Name: strings.ReplaceAll(key, "_", " "), Value: metadata[key]})
		}
	}
	return facts
}
