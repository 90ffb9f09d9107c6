package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/convert"
	"glassbox/model/fault"
	"glassbox/model/quant"
	"glassbox/scripts/regular"
	"glassbox/scripts/train/quality"
)

// convertModel writes a model in another format or in other types of numbers.
func convertModel(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("convert", "", "Writes the model in another format, or in numbers of fewer bits. The ending of the file says which:\n"+
		".safetensors, with the published names and the configuration in its metadata, or .gguf, with the names,\n"+
		"keys and layouts of llama.cpp, and the tokenizer of a GGUF, or a byte-level tokenizer.json. Weights that have the type\n"+
		"already keep their bits. Vectors stay F32; all matrices become the type, as llama-quantize --pure does it.\n"+
		"A model whose tokens share rows gets one for each, as other programs expect it: see -shared.\n"+
		"Nothing in the source is run, not even in a checkpoint of PyTorch.", out)
	in.modelFlags(fs)
	to := fs.String("o", "", "the `file` to write, .safetensors or .gguf")
	name := fs.String("type", "", "the `type` of the matrices: F32, F16, BF16, and in GGUF also Q8_0, Q4_0, Q4_1 (default: as the source has each; F32 for those in blocks that go into safetensors)")
	shared := fs.Bool("shared", false, "write rows that tokens share once, for this program and the page alone")
	force := fs.Bool("f", false, "write over a file that is there")
	if err := fs.Parse(args); err != nil {
		return err
	}
	ending := strings.ToLower(filepath.Ext(*to))
	if fs.NArg() > 0 {
		return fmt.Errorf("%q is more than is needed; the model stands behind -model, the file to write behind -o", fs.Arg(0))
	}
	if ending != ".safetensors" && ending != ".gguf" {
		return fmt.Errorf("-o is %q; expected a name that ends in .safetensors or .gguf", *to)
	}
	as, err := typeOf("-type", *name)
	if err != nil {
		return err
	}
	if err := mayWrite(*to, *force); err != nil {
		return err
	}
	imported, err := in.read()
	if err != nil {
		return err
	}
	if !*shared {
		imported.Model = imported.Model.Expanded()
	}
	imported.Metadata = rounded(imported, as)
	w, err := in.convert(imported, as, ending)
	if err != nil {
		return fmt.Errorf("%s: %w", regular.Name(in.file), err)
	}
	if err := write(*to, w.Bytes); err != nil {
		return err
	}
	for _, n := range w.Notes {
		in.note(n)
	}
	_, err = fmt.Fprintf(out, "%s: %d tensors (%s), %d parameters, %d bytes\n", *to, w.Tensors, w.Types, w.Parameters, len(w.Bytes))
	return err
}

// convert returns the model as the bytes of a file.
func (in *input) convert(imported *checkpoint.Imported, as *quant.Type, ending string) (*convert.Written, error) {
	if ending == ".safetensors" {
		w, err := convert.Safetensors(imported, as)
		if err == nil && len(imported.Beside) > 0 {
			w.Notes = append(w.Notes, leftBeside(imported)+" is not written into safetensors: copy it beside the file.")
		}
		return w, err
	}
	base := filepath.Base(filepath.Clean(in.file))
	words, left := wordsToWrite(imported)
	w, err := convert.GGUF(imported, as, strings.TrimSuffix(base, filepath.Ext(base)), words)
	if err == nil && left != "" {
		w.Notes = append(w.Notes, leftBeside(imported)+" is left out: "+left+".")
	}
	return w, err
}

// rounded returns the metadata of a model whose matrices are written in a type; nil: as the source has them. Where that rounds them,
// what was measured is what was measured before.
func rounded(i *checkpoint.Imported, as *quant.Type) map[string]string {
	if as == nil || *as == quant.F32 || i.Model.Types()[0] == *as {
		return i.Metadata
	}
	list := map[string]string{}
	for key, value := range i.Metadata {
		if quality.Measured(key) {
			key = quality.Unrounded + key
		}
		list[key] = value
	}
	if by := list["made_by"]; by != "" {
		by += ", then go run ./scripts/gpt convert -type " + as.String()
		if i.Model.Sharing != nil {
			by += " -shared"
		}
		list["made_by"] = by
	}
	return list
}

// leftBeside names the files that belong to a model and are no weights.
func leftBeside(imported *checkpoint.Imported) string {
	var list fault.List
	for _, c := range imported.Beside {
		list = append(list, regular.Name(c.File.Name))
	}
	return "What is in " + list.String()
}

// typeOf reads an option that names a type; nil: none is asked for.
func typeOf(option, name string) (*quant.Type, error) {
	if name == "" {
		return nil, nil
	}
	t, known := quant.Parse(name)
	if !known || !slices.Contains(convert.Types, t) {
		var list fault.List
		for _, t := range convert.Types {
			list = append(list, t.String())
		}
		return nil, fmt.Errorf("%s is %q, which is not written here; written are %s", option, name, list)
	}
	return &t, nil
}

// mayWrite returns an error if something stands in the place of a file that is not to be written over.
func mayWrite(name string, force bool) error {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is no file; expected the name of one to write", regular.Name(name))
	case !force:
		return fmt.Errorf("%s is there already; -f writes over it", regular.Name(name))
	}
	return nil
}

// write writes the bytes of a file as writeAs does.
func write(name string, b []byte) error {
	return writeAs(name, func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
}

// writeAs writes a file under another name beside it, and then gives it its own: what is there is whole, or what was there
// before.
func writeAs(name string, content func(w io.Writer) error) error {
	part := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d", filepath.Base(name), os.Getpid()))
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	if err = content(w); err == nil {
		err = w.Flush()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return nil
}
