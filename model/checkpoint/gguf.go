package checkpoint

import (
	"strings"

	"glassbox/model/checkpoint/bundle"
	"glassbox/model/checkpoint/foreign"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/published"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
	words "glassbox/tokenizer/published"
)

// A model in a GGUF file: its names, layouts and keys as llama.cpp writes them, turned into the published ones.

// ggufsOf returns the files of GGUF among those that a reader has; none, if there are weights in safetensors too.
func ggufsOf(files []File) (list []File) {
	for _, file := range files {
		if published.IsGGUF(file.Bytes) {
			list = append(list, file)
		} else if kind, _ := foreign.Classify(file.Name, file.Bytes, file.Of()); kind == foreign.Weights && len(files) > 1 {
			return nil
		}
	}
	return list
}

// joined returns the files of a model in GGUF as one: the only one, or the parts into which llama.cpp has split it, of which
// the first has the metadata. missing names the parts that are not there. Several models are refused.
func joined(files []File, decode func(File) (*gguf.File, error)) (f *gguf.File, missing []string, err error) {
	parts := map[int]*gguf.File{}
	count := 0
	for _, file := range files {
		part, err := decode(file)
		if err != nil {
			return nil, nil, err
		}
		no, of := partOf(part)
		if _, twice := parts[no]; twice || of != count && count != 0 || no >= of {
			return nil, nil, severalGGUF(files)
		}
		parts[no], count = part, of
	}
	for no := range count {
		if parts[no] == nil {
			missing = append(missing, bundle.NameOfPart(files[0].Base(), no+1, count))
		}
	}
	if missing != nil {
		return nil, missing, nil
	}
	f = parts[0]
	for no := 1; no < count; no++ {
		f.Tensors = append(f.Tensors, parts[no].Tensors...)
	}
	return f, nil, nil
}

// mostParts is how many parts a model in GGUF has at most, as in the names of files.
const mostParts = 1000

// partOf returns which part of how many a file is, counted from 0; 0 of 1: it is the whole.
func partOf(f *gguf.File) (no, of int) {
	count, err := f.Uint("split.count")
	if err != nil || count < 2 || count > mostParts {
		return 0, 1
	}
	n, err := f.Uint("split.no")
	if err != nil {
		return 0, int(count)
	}
	return int(min(n, mostParts)), int(count)
}

// severalGGUF is the error about several models.
func severalGGUF(files []File) error {
	var names fault.List
	for _, file := range files {
		names = append(names, safetensors.Legible(file.Name))
	}
	return fault.New("ggufSeveral", "these are several models in GGUF: %s; open one of them", names)
}

// besideGGUF notes the files that lie beside those of GGUF, which have all that belongs to their model.
func besideGGUF(files []File) (notes []*fault.Fault) {
	var others fault.List
	for _, f := range files {
		if !published.IsGGUF(f.Bytes) {
			others = append(others, safetensors.Legible(f.Name))
		}
	}
	if others != nil {
		notes = append(notes, fault.New("filesLeftOut", "Files that take no part in the model were left out: %s.", others))
	}
	return notes
}

// importGGUFOf reads a model from its files of GGUF, some of several.
func importGGUFOf(ggufs, files []File, o Options) (*Imported, error) {
	f, missing, err := joined(ggufs, func(file File) (*gguf.File, error) { return gguf.Decode(file.Name, file.Bytes) })
	if err != nil {
		return nil, err
	}
	if missing != nil {
		return nil, fault.New("partsMissing", "of the model's weights these files are missing: %s; expected them beside the others", fault.List(missing))
	}
	s, metadata, err := ofGGUF(f, ggufs[0].Name)
	if err != nil {
		return nil, err
	}
	i, err := s.imported(metadata, o)
	if err != nil {
		return nil, err
	}
	i.GGUF, i.Notes = f, append(i.Notes, besideGGUF(files)...)
	return i, nil
}

// inspectGGUFOf reads what importGGUFOf would read, from the first bytes of the files.
func inspectGGUFOf(ggufs, files []File) (i *Inspection, err error) {
	f, missing, err := joined(ggufs, func(file File) (*gguf.File, error) { return gguf.DecodeHead(file.Name, file.Bytes, file.Of()) })
	if err != nil {
		return nil, err
	}
	if i = (&Inspection{Missing: missing}); missing == nil {
		s, metadata, err := ofGGUF(f, ggufs[0].Name)
		if err != nil {
			return nil, err
		}
		if i, err = s.inspected(metadata); err != nil {
			return nil, err
		}
		i.Split = words.AssumedSplit(f)
	}
	i.GGUF, i.Notes = f, append(i.Notes, besideGGUF(files)...)
	for _, other := range files {
		m := Member{Role: foreign.Weights}
		if !published.IsGGUF(other.Bytes) {
			_, is := foreign.Classify(other.Name, other.Bytes, other.Of())
			m = Member{Is: is}
		}
		i.Members = append(i.Members, m)
	}
	i.Name = strings.TrimSuffix(ggufs[0].Base(), ".gguf")
	return i, nil
}

// ofGGUF returns the model in a file of GGUF, to be read, and what the file says of where it comes from.
func ofGGUF(f *gguf.File, file string) (s *source, metadata map[string]string, err error) {
	g, err := published.ReadGGUF(f, file)
	if err != nil {
		return nil, nil, err
	}
	of := llamaFiles
	if g.Arch == "gpt2" {
		of = gpt2Files
	}
	if s, err = newSource(file, g.Tensors, []saying{{from: inMetadata(), fields: g.Fields}}, of); err != nil {
		return nil, nil, err
	}
	if s.gguf = g; g.Unread != nil {
		s.note(fault.New("settingsUnknown", "It has settings that are unknown here, and were left out: %s.", published.Summary(g.Unread)))
	}
	return s, g.Metadata(), nil
}
