package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/scripts/regular"
	"glassbox/tokenizer"
)

// input is what a run begins with, as the options give it.
type input struct {
	file, text, ids string
	chat            string
	heads, context  int
	activation      string
	theta, epsilon  string
	tied, split     string
	alphabet        string
	edits           editList
	notes           io.Writer // where remarks about the file go; nil: to standard error

	ends []int // ids at which the files have the model stop
}

func (in *input) flags(fs *flag.FlagSet) {
	in.modelFlags(fs)
	fs.Var(&in.edits, "edit", "a change of the run, `STEP=0`, also STEP=1.5, STEP*=2, STEP=mean, STEP=from:1,2,3, STEP+=2*steer:1,2/3-4,5, each with [row] or [row,col] behind the name, WEIGHT[row,col]=1, or off:PART, such as off:h.1.attn.head.2, off:h.1.mlp, off:norm, off:mask; may be given several times, and they are made in that order")
	fs.StringVar(&in.text, "text", "", "the `text` to begin with")
	fs.StringVar(&in.ids, "ids", "", "token ids to begin with instead of a text, `2,1,0`")
	fs.StringVar(&in.chat, "chat", "", "what you `say` to a model that holds conversations, in the form of its template; lines that begin with user:, assistant: or system: are turns of theirs")
	fs.StringVar(&in.alphabet, "alphabet", "", "the `characters` that the ids stand for, for a file that does not say it")
}

// modelFlags adds the options that name the model.
func (in *input) modelFlags(fs *flag.FlagSet) {
	fs.StringVar(&in.file, "model", filepath.Join("static", "models", "sort.safetensors"), "the model: a `file` of safetensors, GGUF or PyTorch, with what belongs to it beside it, or a folder")
	in.openFlags(fs)
}

// newFlagSet returns a flag set whose -h explains the command.
func newFlagSet(name, arguments, purpose string, out io.Writer) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(out)
	fs.Usage = func() {
		fmt.Fprintf(out, "gpt %s [options] %s\n%s\n\n", name, arguments, purpose)
		fs.PrintDefaults()
	}
	return fs
}

// load reads the model and the tokens to begin with. words is nil if the model's
// vocabulary has no tokenizer; then only -ids can be given. A text begins and ends as the tokenizer of its files says.
func (in *input) load() (m *model.Model, words *words, ids []int, err error) {
	imported, err := in.read()
	if err != nil {
		return nil, nil, nil, err
	}
	m = imported.Model
	if m.Config.Alphabet == "" {
		m.Config.Alphabet = in.alphabet
	}
	if err := m.Config.Validate(); err != nil {
		return nil, nil, nil, err
	}
	if words, err = in.wordsOf(readingOf(imported)); err != nil {
		return nil, nil, nil, err
	}
	// What says by whom it was made is ours, and its tokens are those of GPT-2.
	if m.Config.Alphabet == "" && words != nil && words.own == nil && imported.Metadata["made_by"] == "" {
		in.note("The file does not say what its tokens stand for: those of GPT-2 are taken, for there are as many. -alphabet changes that.")
	}
	in.ends = imported.Texts().Ends()
	ids, err = in.tokens(words)
	return m, words, ids, err
}

// read reads the files of the model.
func (in *input) read() (*checkpoint.Imported, error) {
	files, err := modelFiles(in.file, freeMemory())
	if err != nil {
		return nil, err
	}
	return in.imported(files)
}

// imported makes a model of its files.
func (in *input) imported(files []checkpoint.File) (*checkpoint.Imported, error) {
	o, err := in.options()
	if err != nil {
		return nil, err
	}
	imported, err := checkpoint.ImportFiles(files, o)
	if err != nil {
		return nil, err
	}
	in.remark(imported.Notes)
	return imported, nil
}

// forward runs the model on ids, if memory can hold all that it computes.
func (in *input) forward(m *model.Model, ids []int) (*model.Trace, error) {
	if err := checkTrace(m.Config, len(ids), freeMemory()); err != nil {
		return nil, err
	}
	tr, err := m.Forward(ids)
	if err != nil || len(in.edits) == 0 {
		return tr, err
	}
	return in.edited(tr)
}

// note prints a remark about the file, apart from what the command writes.
func (in *input) note(sentence string) {
	if in.notes == nil {
		in.notes = os.Stderr
	}
	fmt.Fprintf(in.notes, "gpt: %s: %s\n", regular.Name(in.file), sentence)
}

// parameters states the size of a model: its distinct weights and, where tokens share
// rows of the token embedding, also those of the published shape.
func parameters(c model.Config) string {
	s := fmt.Sprintf("%d parameters", c.Parameters())
	if c.Distinct > 0 {
		s += fmt.Sprintf(" (%d with a row for each of the %d tokens, which share %d)", c.Expanded().Parameters(), c.Vocab, c.Distinct)
	}
	return s
}

func (in *input) tokens(words *words) ([]int, error) {
	switch {
	case in.ids != "" && in.text != "":
		return nil, fmt.Errorf("-text and -ids are both given; leave one out")
	case in.chat != "" && in.ids+in.text != "":
		return nil, fmt.Errorf("-chat is given beside -text or -ids; leave one out")
	case in.ids != "":
		return parseIDs(in.ids)
	case words == nil:
		return nil, errWordless
	case in.chat != "":
		return words.conversation(in.chat)
	}
	tokens, err := words.encode(in.text)
	return tokenizer.IDs(tokens), err
}

func parseIDs(list string) ([]int, error) { return parseIDsOf("ids", list) }

// parseIDsOf reads the ids of an option.
func parseIDsOf(option, list string) ([]int, error) {
	var ids []int
	for i, field := range strings.Split(list, ",") {
		id, err := strconv.Atoi(strings.TrimSpace(field))
		if err != nil {
			return nil, fmt.Errorf("id %d of -%s is %q; expected a whole number", i, option, field)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// word returns a token as it is shown: its number where it stands for no text.
func word(words *words, id int) string {
	if words == nil {
		return strconv.Itoa(id)
	}
	piece, ok := words.Piece(id)
	if !ok {
		return strconv.Itoa(id)
	}
	return tokenizer.Visible(piece)
}
