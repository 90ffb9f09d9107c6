package engine

import (
	"slices"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/fault"
	"glassbox/tokenizer"
	"glassbox/tokenizer/published"
)

// longAxis is the most rows or columns of a tensor whose values are sent unasked; a
// tensor over the vocabulary of GPT-2 is longer.
const longAxis = 4096

// maxLoadedValues is the most values of weights that are sent when a model is loaded: 4 MB.
const maxLoadedValues = 1 << 20

// load loads a model, the GPT-2 tokenizer, or both. If one of them can't be loaded, the engine
// stays as it was.
func (e *Engine) load(l *Load) (*Loaded, error) {
	if l.Same {
		return e.loadSame(l)
	}
	if len(l.File) == 0 && len(l.Table) == 0 && !l.Held {
		if l.Name == "" {
			return nil, fault.New("modelEmpty", "the model is an empty file; expected a model in safetensors or GGUF")
		}
		return nil, fault.New("fileEmpty", "%s is an empty file; expected a model in safetensors or GGUF", l.Name)
	}
	gpt2 := e.gpt2
	if len(l.Table) > 0 {
		var err error
		if gpt2, err = tokenizer.NewGPT2(l.Table); err != nil {
			return nil, fault.New("inTokenizerTable", "the table of the GPT-2 tokenizer: %w", err)
		}
	}
	loaded := &Loaded{Name: l.Name}
	if len(l.File) > 0 || l.Held {
		if err := e.loadModel(l, loaded); err != nil {
			return nil, err
		}
	}
	e.gpt2 = gpt2
	loaded.Tokenizers = e.tokenizers()
	return loaded, nil
}

// loadModel reads a model, which replaces the one before.
func (e *Engine) loadModel(l *Load, loaded *Loaded) error {
	if err := e.roomBeside(int64(len(l.File))); err != nil {
		return err
	}
	i, err := e.imported(l)
	if err != nil {
		return err
	}
	m := i.Model
	own, notes := ownOf(i)
	notes = slices.Concat(i.Notes, notes)
	words, letters, err := vocabulary(l, &m.Config, own != nil)
	if err != nil {
		return fault.New("inFile", "%s: %w", displayName(l.Name), err)
	}
	loaded.Notes = notes
	e.words, e.letters, e.own, e.stops, e.metadata = words, letters, own, i.Texts().Ends(), i.Metadata
	e.take(l.Name, m, loaded)
	return nil
}

// take makes m the model that runs, and describes it. What its ids stand for is known already.
func (e *Engine) take(name string, m *model.Model, loaded *Loaded) {
	loaded.Config, loaded.Metadata, loaded.Words = m.Config, e.metadata, e.words
	if e.words == "own" {
		loaded.Cutter = e.own.Encoding.Name()
		loaded.Frames = len(e.own.Specials.Frame(nil, 0)) > 0
		if loaded.Template = e.own.Template != ""; e.own.Chats {
			loaded.Chat = e.own.Chat.Name()
		}
	}
	loaded.Stored = stored(m)
	room := maxLoadedValues
	for _, w := range m.Parameters() {
		if w.Alias != "" {
			if loaded.Aliases == nil {
				loaded.Aliases = map[string]string{}
			}
			loaded.Aliases[w.Name] = w.Alias
		}
		if n := w.Rows * w.Cols; w.Rows <= longAxis && w.Cols <= longAxis && n <= room {
			loaded.Weights = append(loaded.Weights, values(w, 0, w.Rows))
			room -= n
		}
	}
	e.name, e.base, e.edited, e.last = name, model.NewTrace(m), nil, lastRun{}
	e.trace, e.writing = e.base, nil
	e.models++
	e.beside = nil
	collectEarly(m.Bytes() + e.takenBeside())
}

// imported returns the model that is asked for: the one that is held, or that of the files.
func (e *Engine) imported(l *Load) (*checkpoint.Imported, error) {
	if l.Held {
		if e.held == nil {
			return nil, errNoModel
		}
		return e.held, nil
	}
	o, err := l.options()
	if err != nil {
		return nil, err
	}
	files, err := l.files()
	if err != nil {
		return nil, err
	}
	return checkpoint.ImportFiles(files, o)
}

// options returns what is said about the files.
func (l *Load) options() (checkpoint.Options, error) {
	o := checkpoint.Options{Heads: l.Heads, Theta: l.Theta, Epsilon: l.Epsilon, Context: l.Context, Split: l.Split, Owned: true}
	if l.Activation != "" {
		a, ok := model.ActivationOf(l.Activation)
		if !ok {
			return o, fault.New("activationName", "there is no activation called %.20q here", l.Activation)
		}
		o.Activation = &a
	}
	if l.Tied != "" {
		yes := l.Tied == "yes"
		o.Tied = &yes
	}
	return o, nil
}

// Splits lists the ways in which a text can be cut into words.
func Splits() []string { return published.Splits() }

// stored lists the types in which a model's file holds its weights, that of most numbers first.
func stored(m *model.Model) (types []string) {
	count := map[string]int{}
	for _, w := range m.Parameters() {
		name := w.Type().String()
		if count[name] == 0 {
			types = append(types, name)
		}
		count[name] += w.Rows * w.Cols
	}
	slices.SortStableFunc(types, func(a, b string) int { return count[b] - count[a] })
	return types
}

// tokenizers returns the names of the tokenizers that are ready.
func (e *Engine) tokenizers() (names []string) {
	if e.letters != nil {
		names = append(names, e.letters.Name())
	}
	if e.own != nil {
		names = append(names, "own")
	}
	if e.gpt2 != nil {
		names = append(names, e.gpt2.Name())
	}
	return names
}

// displayName returns the name of a file, or "the model" for a file without a name.
func displayName(name string) string {
	if name == "" {
		return "the model"
	}
	return name
}
