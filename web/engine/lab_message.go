package engine

import (
	"glassbox/model"
	"glassbox/model/lab"
)

// Lab asks what is behind the run that the page shows. Exactly one of the pointers is set. Rows count the tokens of the text.
type Lab struct {
	Lens      *Lens
	Attribute *Attribute
	Patch     *Patch
	Heads     *Heads
	Surprise  *Surprise
	Search    *Search
	Texts     *Texts
	Draws     *Draws
	Cost      *Cost
	Compare   *Compare
}

// Compare asks how the run of the second engine differs from that on the page, piece by piece: Of says of what, From where the piece
// before ended.
type Compare struct {
	Of   Aspect
	From int
	Top  int // how many tokens of each are listed
}

// An Aspect is what is compared of two runs.
type Aspect string

// The aspects.
const (
	AspectNext    Aspect = "next"    // what both say after their last token; counted as one
	AspectBits    Aspect = "bits"    // how many bits of what the first says the second loses, after each token that both have
	AspectSteps   Aspect = "steps"   // how far the numbers of each step lie apart
	AspectWeights Aspect = "weights" // and of each weight
	AspectWriting Aspect = "writing" // what each writes on, the most likely token each time
)

// Draws asks for what leads to the draw of the next token, and how often each token comes in N draws.
type Draws struct{ N int }

// Cost asks what each step of the run costs, and has the run computed anew, without anything that is kept of it, up to row Anew: to
// be asked for piece by piece, so that nobody waits long for an answer.
type Cost struct{ Anew int }

// Texts asks for the ids of texts, each as it would be run by itself.
type Texts struct{ Texts []string }

// Search asks for the mean probability of the answers to some texts, with heads switched off: the first token of each answer decides,
// with a space before it if the text is of words.
type Search struct {
	Texts, Answers []string // as many
	Off            []string // heads: "h.1.attn.head.2"
}

// Lens asks for what the model would say after the tokens Row … To−1 at step Step … Last−1 of its residual stream.
type Lens struct {
	Step, Last int
	Row, To    int
	Top        int // how many tokens of each
	Token      int // of which chance and rank are wanted; −1: none
}

// Attribute asks for what each part of the network adds to the logit of a token, or to the difference of two.
type Attribute struct {
	Row     int
	Token   int
	Against int // −1: none
	Block   int // whose neurons are asked for instead; −1: all parts
}

// Patch asks for the scores of cells From … To−1 of a site, those of the first block first. The text that has run is the clean one.
type Patch struct {
	Corrupt  string // the text that is patched; it should have as many tokens
	Form     string // in which it is read, as in Run
	Token    int    // the answer to the clean text; −1: what the model says to it
	Against  int    // the other answer; −1: what it says to the corrupt text
	Site     lab.Site
	From, To int
}

// Heads asks for the scores of all heads, on a text of Half random tokens twice, or, if it is 0, on the text that has run.
type Heads struct {
	Half int
	Seed uint64
}

// Surprise asks how many bits each token of the text holds, and, of a run with edits, how many are lost after each.
type Surprise struct{}

// LabAnswer answers a Lab.
type LabAnswer struct {
	Lens      *Lenses
	Attribute *Attribution
	Patch     *Patched
	Heads     *HeadScores
	Surprise  *Surprised
	Search    *Searched
	IDs       [][]int // of Texts
	Draws     *Drawing
	Cost      *Costs
	Compare   *Comparison
}

// A Comparison is a piece of one. Words says whether a token is the same in both: if not, there are no chances that could be compared,
// and no bits.
type Comparison struct {
	To, All     int // the piece ends before To, of so many
	Words       bool
	Next        []Pair           // the most likely tokens by either, by their chance in the first, which is Before; After is that in the second
	First       []Candidate      // those of each, where Next is empty
	Second      []Candidate      //
	Lost        float64          // bits that the second loses of what the first says last
	Bits        []float64        // after each token of the piece
	Differences []lab.Difference // of the steps, or weights, that have one shape in both; a step over a long vocabulary by its last row
	Written     Written          // by the first
	Other       Written          // and by the second
}

// Written are the tokens with which a run went on by itself. Ends says that it stopped: the model did, or its context is full.
type Written struct {
	Tokens []TokenText
	Ends   bool
}

// Drawing is how the next token is drawn.
type Drawing struct {
	Tokens []DrawnToken // the likeliest ones by the model, and the one that is drawn
	Drawn  int          // which of them that is
	Left   int          // how many others can be drawn
	Random float32      // the random number of the draw
	Bars   []Bar        // on the way to it
}

// A DrawnToken is a token and how often it came.
type DrawnToken struct {
	Candidate
	Count int
}

// A Bar shows the chances of all tokens side by side, in the order of their ids, as they are behind a step.
type Bar struct {
	Step    string
	Setting float32 // the temperature or limit of the step; 0: it has none
	Left    int     // how many tokens are not cut
	Parts   []BarPart
}

// A BarPart is the chance of a token, or of several that stand side by side.
type BarPart struct {
	Token int // which of Drawing.Tokens; others are −1, those that are cut −2
	Share float64
}

// Costs are what the steps of the network cost, in their order: for the last token alone, with the keys and values that are kept of
// those before, and for all tokens. They have times, those of a run without edits, once all rows have been computed anew.
type Costs struct {
	Last, All []model.StepCost
	Keeps     bool // rows before can be kept at all; not in a run in which tokens look ahead
	Anew      int  // so many rows were computed anew
	Same      Same // once all were
}

// Same says how many of the logits of the last token are the same bit for bit, kept and computed anew.
type Same struct{ Equal, Of int }

// Searched is the mean probability of the answers, and the heads that are not switched off.
type Searched struct {
	Chance float64
	Left   []string
}

// Lenses are what the model would say: Cells of the first step, one for each row, then those of the next.
type Lenses struct {
	Streams []string // the names of all steps of the stream
	Cells   []LensCell
}

// A LensCell is what the model would say in one place, and by which numbers it comes to that.
type LensCell struct {
	Top    []Candidate // the most likely first; Sampled is 0
	Logit  float32     // of the token that was asked for
	Chance float32     // of it
	Rank   int         // how many are more likely than it
	Mean   float32     // of the row of the stream; 0 of one that is scaled by its root mean square
	Scale  float32     // the standard deviation of the row, or its root mean square: what the final norm divides by
	Sum    float64     // the natural logarithm of Σ exp(logit): exp(Logit − Sum) is the chance
}

// Attribution is what each part adds. Neurons are those of a block, if they were asked for: then Parts is the bias behind them.
type Attribution struct {
	Parts   []lab.Contribution
	Neurons []float64
	Logit   float64 // what they sum to
	Sum     float64 // what the numbers here sum to
}

// Patched is what patching begins with, and scores. If the texts are not of one length, it has only Tokens.
type Patched struct {
	Token, Against Candidate   // as they are after the clean text
	Clean, Corrupt float64     // the difference of their logits
	CleanNext      []Candidate // what may follow the clean text, the most likely first, with both answers; Sampled is 0
	CorruptNext    []Candidate // the same tokens after the corrupt text
	Tokens         []Token     // of the corrupt text
	Cells          int         // that a block has of the site; 0: the texts are not of one length
	Scores         []float64
	Places         []Place // of which each score is
}

// A Place is where rows of one run are put into another: at a step, the row of a token, or −1, all rows.
type Place struct {
	Step string
	Row  int
}

// HeadScores are those of all heads, and the tokens that were repeated.
type HeadScores struct {
	Half    []TokenText
	Written string // the text of which the tokenizer makes these tokens, twice; "" there is none
	Scores  []lab.HeadScore
}

// Surprised is how many bits each token but the first holds.
type Surprised struct {
	Bits             []float64
	Loss, Perplexity float64
	Lost             []float64 // of a run with edits: how many bits of what the model said are lost by them, after each token
}
