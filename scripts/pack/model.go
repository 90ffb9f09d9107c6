package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"glassbox/model/checkpoint"
	"glassbox/model/fault"
	"glassbox/scripts/regular"
	"glassbox/web/engine"
)

// packed is a model that lies beside the page. It stands in a folder of its own, models/NAME, as parts that a browser loads from a disk
// without asking the reader for them, and a list of these, model.json. The page itself holds the lists of all, so that it looks
// for nothing that may not be there.
type packed struct {
	Name    string       `json:"name"`    // as the reader sees it
	Folder  string       `json:"folder"`  // below models/
	Licence string       `json:"licence"` // as its files name it; "" if they don't
	Files   []packedFile `json:"files"`
}

// A packedFile is a file of the model.
type packedFile struct {
	Name  string       `json:"name"`
	Size  int64        `json:"size"`
	Parts []packedPart `json:"parts"`
}

// A packedPart is a piece of a file.
type packedPart struct {
	Name   string `json:"name"` // of its own file, in the folder
	Bytes  int    `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// partBytes is how much of a file a part holds. In base 85, with what stands around it, that is less than 16 MB.
const partBytes = 12 << 20

// packModel is the command "pack model".
func packModel(args []string) error {
	flags := flag.NewFlagSet("pack model", flag.ExitOnError)
	page := flags.String("page", filepath.Join("dist", "index.html"), "the `file` of the page beside which the model is to lie")
	name := flags.String("name", "", "what the page calls the model (default: the name of the file)")
	licence := flags.String("licence", "", "its licence (default: what its files say)")
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "usage: pack model [flags] FILE\nPuts a model, a GGUF or safetensors file or a folder, beside the page.")
		flags.PrintDefaults()
	}
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		flags.Usage()
		return errors.New("expected one file or folder")
	}
	if _, err := os.Stat(*page); err != nil {
		return fmt.Errorf("%s is not there; run ./scripts/build first", *page)
	}
	m, err := packFiles(flags.Arg(0), filepath.Dir(*page), *name, *licence)
	if err != nil {
		return err
	}
	if _, err := relist(*page); err != nil {
		return err
	}
	fmt.Println(m.summary(*page))
	return nil
}

// summary says what was written.
func (m *packed) summary(page string) string {
	parts, size, licence := 0, int64(0), m.Licence
	for _, f := range m.Files {
		parts += len(f.Parts)
		size += f.Size
	}
	if licence == "" {
		licence = "not stated in its files; -licence says it"
	}
	return fmt.Sprintf("%s: %s in %s, licence: %s", filepath.Join(filepath.Dir(page), "models", m.Folder), fault.Bytes(size), plural(parts, "part"), licence)
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// packFiles writes the parts of a model and their list below a folder. What was there of a model of that name goes first.
func packFiles(from, to, name, licence string) (*packed, error) {
	files, paths, err := modelFiles(from)
	if err != nil {
		return nil, err
	}
	if name == "" {
		name = strings.TrimSuffix(strings.TrimSuffix(filepath.Base(filepath.Clean(from)), ".gguf"), ".safetensors")
	}
	m := &packed{Name: name, Folder: folderName(name), Licence: licence}
	if m.Folder == "" {
		return nil, fmt.Errorf("%q holds no letter or digit that the name of a folder may have; -name says another one", name)
	}
	if m.Licence == "" {
		m.Licence = licenceOf(files, paths)
	}
	folder := filepath.Join(to, "models", m.Folder)
	if err := errors.Join(os.RemoveAll(folder), os.MkdirAll(folder, 0o755)); err != nil {
		return nil, err
	}
	for i, path := range paths {
		f, err := writeParts(folder, path, files[i].Base(), i+1, partBytes)
		if err != nil {
			return nil, err
		}
		m.Files = append(m.Files, f)
	}
	list, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return nil, err
	}
	return m, os.WriteFile(filepath.Join(folder, "model.json"), append(list, '\n'), 0o644)
}

var strange = regexp.MustCompile(`[^a-z0-9._]+`)

// folderName returns a name as it may stand in an address and on any disk.
func folderName(name string) string {
	return strings.Trim(strange.ReplaceAllString(strings.ToLower(name), "-"), "-.")
}

// modelFiles returns the files of a model that take part in it, of each its beginning, and where they are. It refuses what the
// page would refuse.
func modelFiles(from string) (files []checkpoint.File, paths []string, err error) {
	info, err := os.Stat(from)
	if err != nil {
		return nil, nil, err
	}
	all := []string{from}
	if info.IsDir() {
		if all, err = filesIn(from); err != nil {
			return nil, nil, err
		}
	}
	heads := make([]checkpoint.File, len(all))
	for i, p := range all {
		if heads[i], err = beginning(p); err != nil {
			return nil, nil, err
		}
	}
	seen, err := checkpoint.InspectFiles(heads)
	if err != nil {
		return nil, nil, err
	}
	if seen.Weightless || len(seen.Missing) > 0 {
		return nil, nil, fmt.Errorf("%s is not whole: %s", regular.Name(from), lacking(seen))
	}
	total := int64(0)
	for i, m := range seen.Members {
		if m.Role != "" || len(all) == 1 {
			files, paths = append(files, heads[i]), append(paths, all[i])
			total += heads[i].Of()
		}
	}
	if total += seen.Beside; total > engine.PageMemory {
		return nil, nil, fmt.Errorf("%s takes %s of memory; the page has room for %s", regular.Name(from), fault.Bytes(total), fault.Bytes(engine.PageMemory))
	}
	return files, paths, nil
}

// lacking says which weights are missing.
func lacking(seen *checkpoint.Inspection) string {
	if seen.Weightless {
		return "it has no weights"
	}
	return strings.Join(seen.Missing, ", ") + " missing"
}

// filesIn lists the files of a folder, but for hidden ones.
func filesIn(folder string) (paths []string, err error) {
	list, err := os.ReadDir(folder)
	for _, d := range list {
		path := filepath.Join(folder, d.Name())
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() && !strings.HasPrefix(d.Name(), ".") {
			paths = append(paths, path)
		}
	}
	if err == nil && len(paths) == 0 {
		err = fmt.Errorf("%s holds no files; expected those of a model", regular.Name(folder))
	}
	return paths, err
}

// beginning reads as much of a file as says what it is.
func beginning(path string) (f checkpoint.File, err error) {
	f.Name = filepath.Base(path)
	for need := int64(1 << 16); ; {
		if f.Bytes, f.Size, err = regular.ReadHead(path, need); err != nil {
			return f, err
		}
		if need = checkpoint.HeadBytes(f.Bytes, f.Size); need <= int64(len(f.Bytes)) || f.Whole() {
			return f, nil
		}
	}
}

// stated finds the licence in the head of a README of Hugging Face.
var stated = regexp.MustCompile(`(?m)\A---\n(?:.*\n)*?license: *["']?([\w. +-]+)`)

// licenceOf returns the licence that the files of a model name, or a README beside them; "" if they don't.
func licenceOf(files []checkpoint.File, paths []string) string {
	if seen, err := checkpoint.InspectFiles(files); err == nil {
		if seen.GGUF != nil {
			for _, key := range []string{"general.license.name", "general.license"} {
				if v, err := seen.GGUF.Text(key); err == nil && v != "" {
					return v
				}
			}
		}
		for _, key := range []string{"license", "licence"} {
			if v := seen.Metadata[key]; v != "" {
				return v
			}
		}
	}
	readme, err := os.ReadFile(filepath.Join(filepath.Dir(paths[0]), "README.md"))
	if found := stated.FindSubmatch(bytes.ReplaceAll(readme, []byte("\r"), nil)); err == nil && found != nil {
		return strings.TrimSpace(string(found[1]))
	}
	return ""
}

// writeParts cuts the n-th file of a model into parts of so many bytes at most.
func writeParts(folder, path, name string, n, most int) (f packedFile, err error) {
	in, err := os.Open(path)
	if err != nil {
		return f, err
	}
	defer in.Close()
	f.Name = name
	for piece := make([]byte, most); ; {
		k, err := io.ReadFull(in, piece)
		if k == 0 && err == io.EOF {
			return f, nil
		}
		if err != nil && err != io.ErrUnexpectedEOF {
			return f, err
		}
		sum := sha256.Sum256(piece[:k])
		p := packedPart{fmt.Sprintf("%d-%03d.html", n, len(f.Parts)+1), k, hex.EncodeToString(sum[:])}
		if err := os.WriteFile(filepath.Join(folder, p.Name), part(piece[:k]), 0o644); err != nil {
			return f, err
		}
		f.Size += int64(k)
		f.Parts = append(f.Parts, p)
	}
}

// hand is the script of a part: it gives what stands there to the page around it.
const hand = `parent.postMessage({part:document.querySelector("[type]").textContent},"*")`

// part returns the file of a part: data in a page of its own, which a browser loads from a disk into a frame that is shut off
// from the page around it. Its policy lets nothing else run in it, and nothing be fetched.
func part(b []byte) []byte {
	return fmt.Appendf(nil, "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src %s\">"+
		"<script type=\"text/plain\">%s</script><script>%s</script>\n", hash(hand), base85(string(b)), hand)
}
