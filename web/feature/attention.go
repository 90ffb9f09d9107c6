package feature

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/explain"
	"glassbox/web/run"
	"glassbox/web/say"
)

// Attention is what the reader looks at in the view of attention: the heads of a block side
// by side, one of them large.
type Attention struct {
	Head string // "h.1.attn.head.0"; "" the view is closed
	Look Look
	Pair *TokenPair // nil: the last token, and the one that it looks at most
}

// A TokenPair is a token that looks, and one that it looks at.
type TokenPair struct{ Query, Key int }

// A Look is one of the steps from scores to what a head gathers.
type Look string

// The steps; LookShares, after the softmax, is the first that is seen.
const (
	LookShares Look = ""
	LookScores Look = "scores"
	LookScaled Look = "scaled"
	LookMasked Look = "masked"
	LookMix    Look = "mix"
)

// Looks returns the steps in their order.
func Looks() []Look { return []Look{LookScores, LookScaled, LookMasked, LookShares, LookMix} }

// What the reader does with the view of attention.
type (
	// AttentionToggled opens the view at the head, or the block, where the reader is, and
	// closes it.
	AttentionToggled struct{}
	// HeadChosen opens it at a head.
	HeadChosen struct{ Head string }
	// LookChosen shows another step of it.
	LookChosen struct{ Look Look }
	// CellVisited pins a cell and flies to its panel.
	CellVisited struct{ Cell run.Cell }
)

// label names a step; op is the operation that makes the numbers that it shows.
func (l Look) label() (label string, op model.Op) {
	switch l {
	case LookScores:
		return "Scores", model.OpScores
	case LookScaled:
		return "Scaled", model.OpScale
	case LookMasked:
		return "Masked", model.OpScale
	case LookMix:
		return "Mixed", model.OpMix
	}
	return "Softmax", model.OpSoftmax
}

// Label names the step.
func (l Look) Label() string {
	label, _ := l.label()
	return label
}

// LookStep returns the step of a head that holds the numbers of a look.
func (s State) LookStep(head string, l Look) model.Info {
	_, op := l.label()
	return s.InHead(head, op)
}

// Text says what happens in the step, of T tokens and A numbers of a head.
func (l Look) Text(T, A int) string {
	switch l {
	case LookScores:
		return fmt.Sprintf("Query · key: the sum of %d products for each pair. The larger, the better what a token looks for fits what the other offers.", A)
	case LookScaled:
		return fmt.Sprintf("Each score divided by √%d, so that it is of the same size whatever the size of a head.", A)
	case LookMasked:
		return fmt.Sprintf("%s of the %s pairs are left out: a token cannot look at later ones.", say.Count(T*(T-1)/2), say.Count(T*T))
	case LookMix:
		return fmt.Sprintf("What each token gathers: the values of the tokens, mixed in the shares of its row. %d numbers for each.", A)
	}
	return "Each row becomes shares that sum to 1: how much of its attention a token gives to which."
}

// parseHead reads the name of a head, "h.1.attn.head.0".
func parseHead(name string) (block, head int, ok bool) {
	block, head, rest, ok := model.ParseHeadName(name)
	return block, head, ok && rest == ""
}

// HeadsOf returns the names of the heads of the block that the view shows.
func HeadsOf(s State) (names []string) {
	block, _, ok := parseHead(s.Attention.Head)
	for h := range s.Config.Heads {
		if ok {
			names = append(names, model.HeadName(block, h))
		}
	}
	return names
}

// HeadPlace returns the block and the number of the head that is shown, counted from 1.
func (a Attention) HeadPlace() (block, head int) {
	block, head, _ = parseHead(a.Head)
	return block + 1, head + 1
}

// handleAttention handles the messages of the view.
func (u *Change) handleAttention(m Msg) {
	switch m := m.(type) {
	case AttentionToggled:
		if u.Attention.Head != "" {
			u.Attention = Attention{}
			return
		}
		u.openHead(u.headHere())
	case HeadChosen:
		u.openHead(m.Head)
	case LookChosen:
		if slices.Contains(Looks(), m.Look) {
			u.Attention.Look = m.Look
		}
	case CellVisited:
		u.PinCell(m.Cell, u.continued(&m.Cell))
	}
}

// headHere is the head of the selected panel, or else the first of the block.
func (s State) headHere() string {
	block, _, _ := s.Stage.Block()
	if i, ok := s.Info(s.Panel); ok && i.Head >= 0 {
		return model.HeadName(i.Block, i.Head)
	}
	return model.HeadName(block, 0)
}

// headThere reports whether the model has a head, and to which stage it belongs.
func (s State) headThere(name string) (stage run.Stage, ok bool) {
	block, head, ok := parseHead(name)
	return run.PartStage(block, model.PartAttention), ok && block < s.Config.Blocks && head < s.Config.Heads
}

// openHead shows a head, at its stage.
func (u *Change) openHead(name string) {
	stage, ok := u.headThere(name)
	if !ok {
		return
	}
	if u.Stage != stage || u.Covered() {
		u.GoTo(stage)
	}
	u.Attention.Head = name
	u.Sheet = max(u.Sheet, SheetHalf)
}

// syncAttention keeps the view in step with where the reader is: it closes when they leave its
// stage, and takes the pair of a number that they pin.
func (u *Change) syncAttention() {
	if u.Attention.Head == "" {
		u.Attention = Attention{}
		return
	}
	if stage, ok := u.headThere(u.Attention.Head); !ok || u.Stage != stage || u.Covered() {
		u.Attention = Attention{}
		return
	}
	if head, pair, ok := u.pairOf(u.Cell); ok {
		u.Attention.Head, u.Attention.Pair = head, &pair
	}
	if p := u.Attention.Pair; p != nil && u.Applied != 0 && (p.Query >= len(u.Tokens) || p.Key >= len(u.Tokens)) {
		u.Attention.Pair = nil
	}
}

// pairOf returns the head and the pair that a cell is about, if it is about one.
func (s State) pairOf(c *run.Cell) (head string, pair TokenPair, ok bool) {
	if c == nil {
		return "", pair, false
	}
	i, found := s.Info(c.Name)
	if !found || i.Head < 0 || !i.Causal {
		return "", pair, false
	}
	return model.HeadName(i.Block, i.Head), TokenPair{c.Row, c.Col}, true
}

// PairShown returns the pair that the view is about: that under the pointer, or else the
// pinned one, or else the last token and what it looks at most; ok is false without tokens.
func PairShown(s State) (p TokenPair, ok bool) {
	last := len(s.Tokens) - 1
	if last < 0 || s.Attention.Head == "" {
		return p, false
	}
	if head, pair, found := s.pairOf(s.Hover); found && head == s.Attention.Head {
		return pair, true
	}
	if q := s.Attention.Pair; q != nil && q.Query <= last && q.Key <= last {
		return *q, true
	}
	x := explain.ViewAt(s.View(), last)
	key, _, found := x.LooksAt(s.LookStep(s.Attention.Head, LookShares).Name)
	if !found {
		key = last
	}
	return TokenPair{last, key}, true
}

// Numbers are those of a step, row by row.
type Numbers = engine.Values

// LookValues returns the numbers of a step of a head, once they are here.
func LookValues(s State, head string, l Look) (Numbers, bool) {
	return s.Values(s.LookStep(head, l).Name)
}

// A Channel is a number of a query, that of a key, and their product.
type Channel struct {
	Index               int
	Query, Key, Product float64
	Share               float64 // of the product in the largest one, −1 to 1
}

// A PairDetail is how a pair comes by its share, number by number.
type PairDetail struct {
	TokenPair
	Masked                            bool
	Channels                          []Channel // in their order; nil: the numbers are not here yet
	Sum                               float64   // of the products, in float64
	Score, Scaled, Max, SumExp, Share float64   // from the trace; NaN: not here
}

// PairDetail returns how the shown pair comes by its share.
func (s State) PairDetail() (w PairDetail, ok bool) {
	if w.TokenPair, ok = PairShown(s); !ok {
		return w, false
	}
	scores, scaled := s.LookStep(s.Attention.Head, LookScores), s.LookStep(s.Attention.Head, LookScaled)
	shares, largest := s.LookStep(s.Attention.Head, LookShares), 0.0
	w.Masked = w.Key > w.Query
	for c := range s.Config.HeadSize() {
		a, okA := s.At(run.InputOf(scores, "query"), w.Query, c)
		b, okB := s.At(run.InputOf(scores, "key"), w.Key, c)
		if !okA || !okB {
			w.Channels = nil
			break
		}
		p := Channel{Index: c, Query: float64(a), Key: float64(b), Product: float64(a) * float64(b)}
		w.Channels, w.Sum, largest = append(w.Channels, p), w.Sum+p.Product, max(largest, p.Product, -p.Product)
	}
	for i := range w.Channels {
		if largest > 0 {
			w.Channels[i].Share = w.Channels[i].Product / largest
		}
	}
	w.Score, w.Scaled = s.numberAt(scores.Name, w.Query, w.Key), s.numberAt(scaled.Name, w.Query, w.Key)
	w.Max, w.SumExp = s.numberAt(run.InputOf(shares, "max"), w.Query, 0), s.numberAt(run.InputOf(shares, "sum"), w.Query, 0)
	w.Share = s.numberAt(shares.Name, w.Query, w.Key)
	return w, true
}

// numberAt returns a number of the trace, or NaN.
func (s State) numberAt(name string, row, col int) float64 {
	if v, ok := s.At(name, row, col); ok {
		return float64(v)
	}
	return math.NaN()
}

// HasHeads reports whether a panel belongs to a head, so that there is a view of its heads.
func HasHeads(i model.Info) bool { return i.Head >= 0 && i.Kind != model.KindWeight }

// parseAttention reads what joinAttention writes: "h.1.attn.head.0", with a step behind it
// unless it is the shares.
func parseAttention(v string) (a Attention, err error) {
	if v == "" {
		return a, nil
	}
	a.Head = v
	for _, l := range Looks() {
		if head, found := strings.CutSuffix(v, "."+string(l)); found && l != LookShares {
			a.Head, a.Look = head, l
		}
	}
	if _, _, ok := parseHead(a.Head); !ok {
		return Attention{}, fmt.Errorf("%.40q is no head; expected %s, and scores, scaled, masked or mix behind it", v, model.HeadName(0, 0))
	}
	return a, nil
}

// joinAttention writes it.
func joinAttention(a Attention) string {
	if a.Head == "" || a.Look == LookShares {
		return a.Head
	}
	return a.Head + "." + string(a.Look)
}

func parsePair(v string) (*TokenPair, error) {
	c, err := address.ParseCell(v)
	if c == nil {
		return nil, err
	}
	return &TokenPair{c.Row, c.Col}, nil
}

func joinPair(p *TokenPair) string {
	if p == nil {
		return ""
	}
	return address.JoinIDs([]int{p.Query, p.Key})
}

// followAttention opens the view of a link, at its stage.
func (u *Change) followAttention(l address.Link) {
	a, _ := parseAttention(l.Value("attention"))
	a.Pair, _ = parsePair(l.Value("pair"))
	u.Attention = Attention{}
	if a.Head == "" {
		return
	}
	stage, ok := u.headThere(a.Head)
	if !ok {
		u.AddNotice("This model has no head " + a.Head + ".")
		return
	}
	u.Attention = a
	u.Sheet = max(u.Sheet, SheetHalf)
	if u.Stage != stage {
		u.Stage, u.Panel, u.cell, u.Trail = stage, "", nil, nil
	}
}

// spokenAttention says what the view shows.
func spokenAttention(s State) string {
	block, head := s.Attention.HeadPlace()
	text := fmt.Sprintf("Attention of block %d, %s side by side, head %d large, %s.", block, say.Plural(s.Config.Heads, "head"), head, say.Lower(s.Attention.Look.Label()))
	return text
}
