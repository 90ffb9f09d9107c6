package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/bundle"
	"glassbox/model/checkpoint/foreign"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/pytorch"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
	"glassbox/scripts/regular"
)

// Limits of a folder that -model names.
const (
	mostFiles = 200
	mostDeep  = 3       // folders in one another, the one that is named among them
	headBytes = 1 << 16 // of a file that are read to say what it is, or more if that needs more
)

// beside are the files that programs put beside the weights of a model.
var beside = []string{"config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "tokenizer.model", "vocab.json", "merges.txt", "special_tokens_map.json", "chat_template.jinja"}

// modelFiles returns the files of a model: those of a folder, or a file and what belongs to it beside it. What takes no
// part is not read whole, and nothing is before its beginning says that it is a model, and one that takes no more than the free
// bytes of memory, if it is known how many those are.
func modelFiles(name string, free int64) ([]checkpoint.File, error) {
	f, err := findModel(name, free)
	if err != nil {
		return nil, err
	}
	return f.files, f.read(nil)
}

// A foundFiles is the files of a model of which the beginnings are there.
type foundFiles struct {
	files []checkpoint.File
	paths []string
	seen  *checkpoint.Inspection
}

// findModel returns what modelFiles reads.
func findModel(name string, free int64) (*foundFiles, error) {
	files, paths, err := beginnings(name)
	if err != nil {
		return nil, err
	}
	if err := unpickle(files, paths, free); err != nil {
		return nil, err
	}
	seen, err := checkpoint.InspectFiles(files)
	if err != nil {
		return nil, err
	}
	return &foundFiles{files, paths, seen}, checkMemory(seen, files, free)
}

// size returns how many bytes read reads.
func (f *foundFiles) size() (n int) {
	for i := range f.files {
		if f.seen.Members[i].Role != "" {
			n += int(f.files[i].Of())
		}
	}
	return n
}

// read reads what takes part in the model. tell, if it is not nil, gets how many bytes are there so far.
func (f *foundFiles) read(tell func(bytes int64)) error {
	all := int64(0)
	came := func(n int) {
		if all += int64(n); tell != nil {
			tell(all)
		}
	}
	for i, p := range f.paths {
		if f.seen.Members[i].Role == "" {
			continue
		}
		if f.files[i].Whole() {
			came(len(f.files[i].Bytes))
		}
		if err := whole(&f.files[i], p, came); err != nil {
			return err
		}
	}
	return nil
}

// mostText is the size in bytes of the largest file of a tokenizer, far above what is published.
const mostText = 256 << 20

// readingIn returns what the files of a model say of how it reads a text. Of weights only the header is read.
func readingIn(name string) (r reading, err error) {
	files, paths, err := beginnings(name)
	if err != nil {
		return r, err
	}
	seen, err := checkpoint.InspectFiles(files)
	if err != nil {
		return r, err
	}
	beside := map[foreign.Kind][]byte{}
	for i, m := range seen.Members {
		switch {
		case m.Role == "" || m.Role == foreign.Weights || m.Role == foreign.Index:
			continue
		case files[i].Of() > mostText:
			return r, fmt.Errorf("%s has %s; expected %s at most of a file that belongs to a tokenizer", safetensors.Legible(files[i].Name), fault.Bytes(files[i].Of()), fault.Bytes(mostText))
		}
		if err := whole(&files[i], paths[i], nil); err != nil {
			return r, err
		}
		beside[m.Role] = files[i].Bytes
	}
	return reading{seen.Config, seen.GGUF, checkpoint.TextsOf(beside)}, nil
}

// whole reads all of a file of which the beginning is there. tell, if it is not nil, gets how many bytes came, each time that some did.
func whole(f *checkpoint.File, path string, tell func(bytes int)) (err error) {
	if f.Whole() {
		return nil
	}
	f.Bytes, err = regular.ReadFileTelling(path, tell)
	f.Size = int64(len(f.Bytes))
	return err
}

// beginnings returns the files of a model, of each what says what it is, and where they are.
func beginnings(name string) (files []checkpoint.File, paths []string, err error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, absent(name, err)
	}
	if info.IsDir() {
		paths, err = inFolder(name)
	} else {
		paths = withSiblings(name)
	}
	if err != nil {
		return nil, nil, err
	}
	files = make([]checkpoint.File, len(paths))
	for i, p := range paths {
		if files[i], err = head(p); err != nil {
			return nil, nil, err
		}
		files[i].Name = shownName(name, p, info.IsDir())
	}
	if info.IsDir() && !slices.ContainsFunc(files, couldBeWeights) {
		return nil, nil, fmt.Errorf("%s holds no model; expected weights in safetensors or GGUF, and found %s", regular.Name(name), found(files))
	}
	return files, paths, nil
}

// shortest is the number of bytes before the header of safetensors: what has no more could be anything.
const shortest = 8

// couldBeWeights reports whether a file of a folder belongs to a model, or is called as if it did.
func couldBeWeights(f checkpoint.File) bool {
	kind, _ := foreign.Classify(f.Name, f.Bytes, f.Of())
	return kind != "" && f.Of() > shortest || published.IsGGUF(f.Bytes) || slices.Contains([]string{".safetensors", ".gguf", ".bin", ".pt", ".pth", ".ckpt"}, strings.ToLower(filepath.Ext(f.Name)))
}

// found lists the first files of a folder.
func found(files []checkpoint.File) string {
	const most = 5
	var names fault.List
	for _, f := range files[:min(len(files), most)] {
		names = append(names, safetensors.Legible(f.Base()))
	}
	if more := len(files) - most; more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return names.String()
}

// absent words why a file can't be found.
func absent(name string, err error) error {
	if to, is := os.Readlink(name); is == nil && os.IsNotExist(err) {
		return fmt.Errorf("%s is a link to %s, where there is no such file", regular.Name(name), safetensors.Legible(to))
	}
	return err
}

// checkMemory refuses a model that takes more than the free bytes of memory: its files, and what does not stay as it is there.
func checkMemory(seen *checkpoint.Inspection, files []checkpoint.File, free int64) error {
	need := seen.Beside
	for i, f := range files {
		if seen.Members[i].Role != "" {
			need += f.Of()
		}
	}
	return tooLarge(seen.Name, need, free)
}

// tooLarge returns an error if something takes more than the free bytes of memory.
func tooLarge(name string, need, free int64) error {
	if free == 0 || need <= free {
		return nil
	}
	return fmt.Errorf("%s takes %s of memory, and %s are free on this machine; expected a smaller model, or one in fewer bits", safetensors.Legible(name), fault.Bytes(need), fault.Bytes(free))
}

// unpickle puts the tensors of PyTorch's checkpoints in their place, as safetensors, if there are no other weights. Of several
// those count that have the names of a published model, for what lies beside is the state of a training.
func unpickle(files []checkpoint.File, paths []string, free int64) error {
	var list []int
	for i, f := range files {
		kind, is := foreign.Classify(f.Name, f.Bytes, f.Of())
		switch {
		case published.IsGGUF(f.Bytes), kind == foreign.Weights && strings.HasSuffix(f.Name, ".safetensors"):
			return nil
		case is != nil && is.Kind == "filePyTorch":
			list = append(list, i)
		}
	}
	if usual := slices.DeleteFunc(slices.Clone(list), func(i int) bool { return !strings.HasPrefix(files[i].Base(), "pytorch_model") }); len(list) > 1 && usual != nil {
		list = usual
	}
	need := int64(0)
	for _, i := range list {
		need += 2 * files[i].Of() // the file, and its tensors as safetensors
	}
	if list != nil {
		if err := tooLarge(files[list[0]].Name, need, free); err != nil {
			return err
		}
	}
	for _, i := range list {
		b, err := regular.ReadFile(paths[i])
		if err != nil {
			return err
		}
		f, err := pytorch.Decode(files[i].Name, b)
		if err != nil {
			return err
		}
		if b, err = safetensors.Encode(f); err != nil {
			return fmt.Errorf("%s: %w", safetensors.Legible(files[i].Name), err)
		}
		files[i].Bytes, files[i].Size = b, int64(len(b))
	}
	return nil
}

// shownName returns how a file is called in what is printed: by itself, or from the folder on that was named.
func shownName(named, p string, folder bool) string {
	if !folder {
		return regular.Name(p)
	}
	root := named
	if whole, err := filepath.Abs(named); err == nil {
		root = whole
	}
	rest, err := filepath.Rel(named, p)
	if err != nil {
		rest = filepath.Base(p)
	}
	return filepath.ToSlash(filepath.Join(filepath.Base(root), rest))
}

// head reads the beginning of a file.
func head(path string) (f checkpoint.File, err error) {
	for need := int64(headBytes); ; { // what a header lists tells how long it is only as far as it is there
		if f.Bytes, f.Size, err = regular.ReadHead(path, need); err != nil {
			return f, err
		}
		if need = checkpoint.HeadBytes(f.Bytes, f.Size); need <= int64(len(f.Bytes)) || f.Whole() {
			return f, nil
		}
	}
}

// inFolder lists the files of a folder, and of those in it. Hidden folders, such as .git, are not looked into.
func inFolder(root string) (paths []string, err error) {
	err = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		rest, _ := filepath.Rel(root, p)
		switch deep := strings.Count(rest, string(filepath.Separator)) + 1; {
		case err != nil:
			return err
		case d.IsDir() && rest != "." && (strings.HasPrefix(d.Name(), ".") || deep >= mostDeep):
			return fs.SkipDir
		case d.IsDir():
			return nil
		case len(paths) == mostFiles:
			return fmt.Errorf("%s holds more than %d files; name the folder of the model itself, or its file", regular.Name(root), mostFiles)
		}
		if info, err := os.Stat(p); err == nil && info.Mode().IsRegular() { // what a link leads to
			paths = append(paths, p)
		}
		return nil
	})
	if err == nil && len(paths) == 0 {
		err = fmt.Errorf("%s holds no files; expected those of a model", regular.Name(root))
	}
	return paths, err
}

// withSiblings returns a file and those beside it that belong to its model, as their names or an index say.
func withSiblings(name string) []string {
	dir, base := filepath.Split(name)
	list, _ := os.ReadDir(filepath.Clean(dir)) // a file may be read where its folder may not be listed
	belongs := bundle.Siblings(base, func(name string) []byte {
		f, err := head(filepath.Join(dir, name))
		if err != nil || !f.Whole() {
			return nil
		}
		return f.Bytes
	})
	paths := []string{name}
	for _, d := range list {
		if n := d.Name(); n != base && (slices.Contains(beside, n) || belongs(n)) {
			if info, err := os.Stat(filepath.Join(dir, n)); err == nil && info.Mode().IsRegular() {
				paths = append(paths, filepath.Join(dir, n))
			}
		}
	}
	return paths
}
