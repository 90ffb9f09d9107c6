// Package engine answers the page's requests: it holds the model, the trace of its last run
// and the tokenizers. Requests and replies are plain values, so a test can replay a session
// without a browser. In the page the engine runs in a worker; wire.go encodes the values as
// bytes.
package engine

import (
	"glassbox/model"
	"glassbox/model/fault"
	"glassbox/web/export"
)

// A Request asks the engine for one thing. Exactly one of the pointers is set.
type Request struct {
	ID       int  // echoed in the reply
	Beside   bool // it goes to the second engine, which has a model and a run to compare with; echoed, too
	Inspect  *Inspect
	Load     *Load
	Run      *Run
	Tensor   *Tensor
	Read     *Read
	Explain  *Explain
	Tokenize *Tokenize
	Rank     *Rank
	Export   *Export
	Average  *Average
	Lab      *Lab
}

// Inspect asks what files hold, before the whole of them is read.
type Inspect struct {
	Files []FileHead

	// Held is how many of the first ones were there before the others came. If all of them are no one model, these are
	// looked at apart. Open says that they are a model that the reader has open: weights that come then are another one.
	Held int
	Open bool
}

// A FileHead is the beginning of a file.
type FileHead struct {
	Name string // with its folders, as far as they are known
	Head []byte // its first bytes, as many as HeadBytes asks for
	Size int    // of the file, in bytes
}

// Load makes the engine ready for a model, or makes the GPT-2 tokenizer ready, or both.
type Load struct {
	Name  string
	File  []byte // a safetensors file, as shipped, or Files behind one another; empty: the model stays as it is
	Files []FilePiece
	Table []byte // the GPT-2 rank table, when the tokenizer is to be made ready; otherwise nil

	// What the file leaves open.
	Heads      int     // H; 0: as the file says, or C/64
	Activation string  // its name; "": as the file says, or GPT-2's
	Theta      float64 // rope_theta; 0: as the file says, or 10000
	Epsilon    float32 // of the norms; 0: as the file says, or what is usual
	Context    int     // the most tokens; 0: as the file says, or 2048
	Tied       string  // whether the output is the token embedding again, "yes" or "no"; "": as the file says, or shows
	Split      string  // how the file's tokenizer cuts a text, as Splits lists the ways; "": as it says, or its tokens tell
	Words      string  // what the ids stand for: "letters", "gpt2" or "numbers"; "own": the file's tokenizer; "": as the file says
	Alphabet   string  // of the letters, V characters in the order of their ids

	Held bool // it is the model that the engine holds, by [Engine.Hold]; no bytes come with it

	// Of the second engine: it is the model of the first one, with its weights, or with matrices rounded to the type of numbers As,
	// one of RoundedTypes; "": as they are. No bytes come with it.
	Same bool
	As   string
}

// A FilePiece is a file of a model of several ones.
type FilePiece struct {
	Name  string
	Size  int // of the file, in bytes
	Bytes int // that are here: less than Size of a file that takes no part
	Sums  []Sum
}

// A Sum is what the bytes of a part of a file must come to. Those of a file stand one behind the other, from its first byte on.
type Sum struct {
	Name   string // of the part, as a reader finds it
	Bytes  int
	SHA256 string // in hexadecimal digits
}

// Run computes the trace of Text followed by the ids Generated, then samples.
type Run struct {
	Text      string
	Generated []int
	Form      string // in which Text is read, where the model brings its tokenizer: FormText, FormBare or FormChat
	Sampling  model.Sampling
	Want      []string // names of tensors whose values the page shows; nil: all but those over a long vocabulary
	Edits     []string // what is changed in the run, as model.ParseEdit reads it; one that can't be made is left out, and said
	Show      Show     // which numbers the page shows of a run with edits
	Top       int      // how many of the most likely next tokens to list; a vocabulary up to 64 is listed whole

	// Since is the ID of the last run whose reply the page has taken over, 0: none. If that
	// is also the last run of the engine, the reply holds the new rows only.
	Since int
}

// Tensor asks for the rows From … To−1 of a step or weight, of each the columns Col …
// Col+Cols−1; Cols 0: all columns.
type Tensor struct {
	Name      string
	From, To  int
	Col, Cols int
}

// Read asks for rows of several tensors at once, and for averages of others: of blocks of Side × Side cells.
type Read struct {
	Rows   []Tensor
	Coarse []string
	Side   int
}

// Coarse is what a whole tensor looks like from afar: of each block of Side × Side cells, row by row, the mean and the mean
// magnitude; NaN where all cells are masked, infinite where one is no number. Masked cells count as zeros.
type Coarse struct {
	Name             string
	Rows, Cols, Side int
	Blocks           []float32
	Norm             float32 // the 96th percentile of the magnitudes, of some cells spread over all
}

// Explain asks how a number came about.
type Explain struct {
	Name     string
	Row, Col int
	All      bool // with all values of its operands, however many there are
}

// Tokenize asks for the tokens of a text under a tokenizer ("letters" or "gpt2").
type Tokenize struct {
	Tokenizer string
	Text      string
	Special   bool   // <|endoftext|> is one token rather than text
	Alphabet  string // of "letters"; empty: that of the loaded model
}

// Rank asks which tokens can follow the last one: those of the ranks From … To−1, counted from
// 0, the most likely first. Find also searches the vocabulary for a token by its text, with or
// without the space before it, or by its id; "" searches for nothing. Back asks for those that follow an earlier token, so
// many before the last: nothing is drawn there, so that none is cut.
type Rank struct {
	From, To int
	Find     string
	Back     int
}

// Export asks for a piece of a file that holds a step or weight: the rows From … To−1, and
// what stands before the first and behind the last one.
type Export struct {
	Name     string
	Format   export.Format
	Model    string // as the file says it
	From, To int
	// Of is Exported.Of of the piece before, 0 for the first one. A piece of a step is refused if
	// another run came between, a piece of a weight if another model did.
	Of int
}

// Average asks for rows From … To−1 of a step or weight, each value of the answer the mean of a block of High
// rows and Wide columns; masked cells count for nothing. A block begins at row From, and ends before To or with the tensor. The
// rows of a large model have to be computed again, so that a whole tensor is asked for piece by piece.
type Average struct {
	Name       string
	High, Wide int
	From, To   int
	Of         int // as in Export
}

// A Reply answers the request of the same ID. Error is in plain English, and Fault the same
// for other languages; if there is one the engine is as it was before the request.
type Reply struct {
	ID        int
	Beside    bool // as in the request
	Error     string
	Fault     *fault.Fault
	Inspected *Inspected
	Loaded    *Loaded
	Ran       *Ran
	Values    *Values
	Read      []Values // as many as were asked for, in that order
	Coarse    []Coarse // and likewise
	Explained *Explained
	Tokenized *Tokenized
	Ranking   *Ranking
	Exported  *Exported
	Lab       *LabAnswer
	// Words are the texts of the token ids that the reply mentions: of an explained cell and
	// its largest terms, of the rows or columns of Values.
	Words []TokenText
}

// Exported is a piece of a file.
type Exported struct {
	Bytes []byte
	Of    int // the run, or for a weight the model, whose numbers they are
}

// A TokenText is how a token of the vocabulary is shown.
type TokenText struct {
	ID   int
	Text string
}

// Inspected describes a file whose weights have not been read yet.
type Inspected struct {
	Config    model.Config   // Heads is 0 if nothing tells it
	Asserted  bool           // the file says how many heads there are; otherwise they are a guess
	Activates bool           // it says which activation there is
	Split     string         // how its tokenizer is assumed to cut a text, as in Load; "": it says that, or has none that cuts
	Words     string         // what the ids stand for, "own", "letters" or "gpt2", as far as that is certain
	Notes     []*fault.Fault // what was inferred

	Beside     int    // bytes of memory that the weights take beside the files
	Name       string // of the model
	Members    []Member
	Missing    []string // files with weights that are not there; the Config is then zero
	Weightless bool     // no file has weights

	// Of files that came to others.
	Took    Took
	Refused *fault.Fault // why the new ones were not taken
}

// A Member is what one of several files is to their model.
type Member struct {
	Role string // as in model.Role; "": it takes no part
	Is   *fault.Fault
}

// Took says which files an Inspected is about.
type Took string

// All of them, those that were there before the others came, or those that came.
const (
	TookAll  Took = ""
	TookHeld Took = "held"
	TookNew  Took = "new"
)

// Loaded describes what was loaded. After a Load without a File the Config is zero: only
// the tokenizer is new.
type Loaded struct {
	Name     string
	Config   model.Config
	Metadata map[string]string // provenance
	// Weights holds the weights with at most 4096 rows and columns, in their order, until
	// they make up a million values; the page asks for rows of others with Tensor.
	Weights    []Values
	Tokenizers []string          // that are ready now: "letters", "own", "gpt2"
	Words      string            // what the ids stand for, as in Load.Words, or "own"
	Aliases    map[string]string // what the file calls weights, where those have other names here
	Frames     bool              // the file puts tokens before or behind a text
	Chat       string            // the form of its conversations, "ChatML"; "": none that is known
	Template   bool              // it has a template for them
	Stored     []string          // the types in which the file holds weights, "Q4_1", that of most numbers first
	Cutter     string            // the name of the tokenizer that the files bring, "smollm"; "" none
	Notes      []*fault.Fault    // what was inferred from the file or filled in
	Millis     float64
}

// A Token is a token of the text, with its bytes.
type Token struct {
	ID         int
	Start, End int    // bytes of the text; for a generated token, Start = End = len(text)
	Text       string // how it is shown: space as ·, newline as ↵, part of a character as <0xE4>
	Generated  bool
	Control    bool // it is no text, but begins or ends one, or a turn
	Unseen     bool // it was in no text that the model was trained on, and shares its row of the table
}

// Added reports whether the token is none of the text, nor of what the model wrote: the tokenizer or the template of a
// conversation puts it there.
func (t Token) Added() bool { return !t.Generated && t.Start == t.End }

// Ran is a finished run.
type Ran struct {
	Tokens     []Token
	Steps      []model.Info // the network's steps, then those of sampling
	Values     []Values
	Candidates []Candidate // the most likely next tokens, best first
	Next       Candidate   // the token that was drawn; zero if there are no Tokens
	Ends       bool        // the model stops with Next
	Edits      []Edited    // those of the request, in their order
	Compared   *Compared   // with the run without edits; nil: none is made
	Computed   int         // rows that were computed; the others stood in the cache
	Millis     float64
	Holds      Holds
}

// Holds is what an engine holds after a run, in bytes.
type Holds struct {
	Weights int
	Rows    int // of the steps: those that last as long as the text
	Again   int // and those that could be computed again
	Program int // all memory that the program has taken
}

// A Candidate is a possible next token.
type Candidate struct {
	ID          int
	Text        string
	Logit       float32
	Probability float32 // softmax of the logits, before any setting
	Sampled     float32 // the probability with which it was drawn; 0: cut off
	Unseen      bool    // as of a Token
}

// A Ranking is a part of the vocabulary by rank: the largest logit first, equal ones by id.
type Ranking struct {
	Total   int // V
	From    int // the first rank of Rows
	Rows    []Ranked
	Found   []Ranked // what the search found, the best match first, at most 12
	Matches int      // how many it found
}

// Ranked is a token with its rank, counted from 0.
type Ranked struct {
	Candidate
	Rank       int
	Cumulative float32  // the probabilities up to this rank, summed
	Dropped    model.Op // the filter that leaves it out, "top_k" or "top_p"; "" none
}

// Values is some rows of a tensor, row by row. Masked cells are NaN.
//
// In the reply to a run, a tensor has From + Rows rows now. From is not 0 only if the rows
// before it are those of the run that the request named in Since; a tensor of which no row
// is new is left out then. A causal tensor that grew has more columns as well, so all its
// rows are sent.
type Values struct {
	Name           string
	From           int // first row
	Col            int // first column; not 0 only where some columns were asked for
	Rows, Cols     int // of Data
	Data           []float32
	Min, Max, Mean float32 // over the cells of these rows that are not masked
}

// Explained is an explanation with the values of its operands.
type Explained struct {
	model.Explanation
	// Values are those of each operand of the explanation, in its order; masked ones are
	// NaN. Of an operand of more than 4096 cells they are the 64 largest ones, or, of two that are
	// multiplied number by number, those of the 64 largest products, unless all were asked for.
	Values [][]float32
	// Places holds for each operand which of its cells Values are, by their number in the
	// operand; nil: all of them, in order.
	Places [][]int
}

// Tokenized is a text in tokens and how each came about.
type Tokenized struct {
	Tokenizer string
	Tokens    []Token
	Merges    [][]Merge // for each token, the merges from single bytes up to it; nil for letters
}

// A Merge joins two neighbouring parts of a token.
type Merge struct {
	Left, Right string // shown like Token.Text
	Rank        int    // the lower, the earlier
	ID          int    // of the joined part
}
