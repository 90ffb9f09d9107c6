package checkpoint

import (
	"glassbox/model"
	"glassbox/model/checkpoint/bundle"
	"glassbox/model/checkpoint/gguf"
	"glassbox/model/checkpoint/published"
	"glassbox/model/fault"
)

// An Inspection is what the header of a file says about its model.
type Inspection struct {
	Config    model.Config // Heads is 0 if the file does not say and C is no multiple of 64
	Asserted  bool         // the file says how many heads there are
	Activates bool         // the file says which activation there is
	Split     string       // in which its tokenizer cuts a text, where that is assumed; "": the files say it, or are not read that far
	Metadata  map[string]string
	Notes     []*fault.Fault

	// Of several files.
	Name       string   // what the model is called, as their names say
	Members    []Member // what each of them is, in their order
	Missing    []string // files with weights that are not there; the Config is then zero
	Weightless bool     // there are no weights at all

	Beside int64      // bytes of memory that the weights take beside the files, if Options.Owned
	GGUF   *gguf.File // the header, whose metadata hold a tokenizer; nil for other formats
}

// Inspect reads what Import would read, from the header alone: head holds the first bytes
// of a file of size bytes, the header among them; see [HeadBytes]. It refuses what
// Import would refuse before it looks at values. Whether an lm_head.weight equals wte.weight can't be told
// yet; it is taken for a matrix of its own.
func Inspect(name string, head []byte, size int64) (*Inspection, error) {
	files := []File{{Name: name, Bytes: head, Size: size}}
	if published.IsGGUF(head) {
		return InspectFiles(files)
	}
	if _, err := gather(files); err != nil {
		return nil, err
	}
	return InspectFiles(files)
}

// InspectFiles reads what ImportFiles would read, from the first bytes of each file, at least as many as [HeadBytes]
// asks for. What is not all there yet is no error: it is named in Missing, and the Config is zero.
func InspectFiles(files []File) (*Inspection, error) {
	if ggufs := ggufsOf(files); ggufs != nil {
		return inspectGGUFOf(ggufs, files)
	}
	b, err := bundle.Gather(files, canonical)
	if err != nil {
		return nil, err
	}
	i := &Inspection{}
	if len(b.Missing) == 0 {
		f := b.Weights()
		s, err := ofSafetensors(b.FileName(), f, b.Config())
		if err != nil {
			return nil, err
		}
		if i, err = s.inspected(f.Metadata); err != nil {
			return nil, err
		}
	}
	i.Name, i.Members, i.Missing, i.Weightless = b.Title(), b.Members, b.Missing, b.Weightless()
	i.Notes = append(i.Notes, b.Notes...)
	return i, nil
}

// inspected reads from the header of a file what imported would read.
func (s *source) inspected(metadata map[string]string) (*Inspection, error) {
	c, err := s.config(Options{})
	if err != nil {
		return nil, err
	}
	with := c
	with.Heads = max(c.Heads, 1)
	if _, err := s.identify(with); err != nil {
		return nil, err
	}
	return &Inspection{Config: c, Asserted: s.asserted, Activates: s.activates, Beside: s.beside(), Metadata: metadata, Notes: s.notes}, nil
}

// HeadBytes returns how many of the first bytes of a file of size bytes Inspect and InspectFiles need, of which head are some: as
// many as there are, or more if the header is longer, and the whole of a configuration or an index.
func HeadBytes(head []byte, size int64) int64 {
	if published.IsGGUF(head) {
		return max(gguf.HeadBytes(head, size), int64(len(head)))
	}
	return bundle.HeadBytes(head, size)
}
