package model

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"glassbox/model/fault"
)

// An Edit is a change that somebody makes in a run: of what a step has computed, of a weight, or of the network itself, a part
// of which is switched off. It is written as
//
//	STEP=0  STEP=1.5         all numbers of a step
//	STEP*=2                  each times a factor
//	STEP=mean                each row is the mean of the rows, as they are without edits
//	STEP=from:1,2,3          each row is that of a run of these ids, as many as the text has
//	STEP+=2*steer:1,2/3-4,5  plus twice a direction: the mean of the last rows that the runs of the ids 1, 2 and of 3 have, less the
//	                         mean of those of the texts behind the hyphen
//	STEP[row]=…              the same for the row of one token
//	STEP[row,col]=…          the same for one number
//	WEIGHT=0  WEIGHT[row,col]=1.5  WEIGHT*=2
//	off:h.1.attn             what the heads of a block add to the residual stream; off:h.1.mlp, what its feed-forward network adds
//	off:h.1.attn.head.2      what a head gathers
//	off:residual             the residual connections, around attention and feed-forward; off:h.1.residual_1, one of them
//	off:norm                 all norms; off:h.1.ln_1, one
//	off:positions            where a token stands
//	off:scale                the division of the scores by √A; off:h.1.attn.head.2.scaled, that of one head
//	off:mask                 tokens see later ones
//
// What is taken from a run, with mean and from, is taken when the edit is made, and stays as it is when the text grows. A link
// says with how many tokens that was: STEP=mean@9.
type Edit struct {
	Name     string
	Row, Col int // −1: all
	Do       Act
	Value    float32 // of ActSet and ActScale
	From     []int   // of ActFrom: the ids
	To, Away [][]int // of ActSteer: the ids of the texts to which the direction leads, and of those from which
	Made     int     // of ActMean and ActFrom: with the first so many tokens; 0: with all of the text
}

// An Act is what an edit does.
type Act uint8

// The acts.
const (
	ActSet   Act = iota // a number instead of what was computed
	ActScale            // times a factor
	ActMean             // the mean of the rows
	ActFrom             // what the same step of another run has
	ActOff              // a part of the network does nothing
	ActSteer            // plus a direction, times Value: a difference of means (Rimsky et al., arXiv:2312.06681)
)

const (
	offPrefix = "off:"
	fromIDs   = "from:"
	theMean   = "mean"
	steering  = "*steer:"
)

// ParseEdit reads an edit as it is written above.
func ParseEdit(spec string) (Edit, error) {
	e := Edit{Row: -1, Col: -1}
	spec = strings.TrimSpace(spec)
	if name, ok := strings.CutPrefix(spec, offPrefix); ok && strings.TrimSpace(name) != "" {
		e.Name, e.Do = strings.TrimSpace(name), ActOff
		return e, nil
	}
	at, what, ok := strings.Cut(spec, "=")
	at, times := strings.CutSuffix(at, "*")
	at, plus := strings.CutSuffix(at, "+")
	at = strings.TrimSpace(at)
	if ok = ok && e.parsePlace(at); plus && !times {
		ok = ok && e.parseSteering(what)
	} else {
		ok = ok && !plus && e.parseAct(what, times)
	}
	if !ok {
		return Edit{}, fault.New("editUnreadable", "%q is no edit; expected STEP=0, STEP*=2, STEP=mean, STEP=from:1,2,3, STEP+=2*steer:1,2/3-4,5, each also with [row] "+
			"or [row,col] behind the name, or off:PART", spec)
	}
	return e, nil
}

// ParseEdits reads a list of edits with semicolons between. None is a list of its own.
func ParseEdits(list string) (edits []Edit, err error) {
	for spec := range strings.SplitSeq(list, ";") {
		if strings.TrimSpace(spec) == "" {
			continue
		}
		e, err := ParseEdit(spec)
		if err != nil {
			return nil, err
		}
		edits = append(edits, e)
	}
	return edits, nil
}

// parsePlace reads what stands before the equals sign; false if it is no name with a row or a cell.
func (e *Edit) parsePlace(at string) bool {
	name, cell, inside := strings.Cut(at, "[")
	if e.Name = strings.TrimSpace(name); e.Name == "" {
		return false
	}
	if !inside {
		return true
	}
	cell, closed := strings.CutSuffix(cell, "]")
	row, col, both := strings.Cut(cell, ",")
	ok := closed && number(strings.TrimSpace(row), &e.Row)
	if both {
		ok = ok && number(strings.TrimSpace(col), &e.Col)
	}
	return ok
}

// parseAct reads what stands behind the equals sign; false if it is none of the acts.
func (e *Edit) parseAct(what string, times bool) bool {
	what = strings.TrimSpace(what)
	if times {
		e.Do = ActScale
		return e.parseValue(what)
	}
	taken, made, counted := strings.Cut(what, "@")
	ids, from := strings.CutPrefix(taken, fromIDs)
	switch {
	case taken == theMean:
		e.Do = ActMean
	case from:
		e.Do = ActFrom
		if e.From = idList(ids); e.From == nil {
			return false
		}
	default:
		e.Do = ActSet
		return e.parseValue(what)
	}
	return !counted || number(made, &e.Made) && e.Made > 0
}

// parseSteering reads a factor and the texts of a direction; false if they are none.
func (e *Edit) parseSteering(what string) bool {
	factor, texts, ok := strings.Cut(strings.TrimSpace(what), steering)
	to, away, both := strings.Cut(texts, "-")
	e.Do, e.To, e.Away = ActSteer, idLists(to), idLists(away)
	return ok && both && e.parseValue(factor) && e.To != nil && e.Away != nil
}

// idLists reads lists of ids with slashes between; nil if one is none.
func idLists(text string) (all [][]int) {
	for ids := range strings.SplitSeq(text, "/") {
		list := idList(ids)
		if list == nil {
			return nil
		}
		all = append(all, list)
	}
	return all
}

// idList reads a list of ids; nil if it is none.
func idList(text string) (list []int) {
	for id := range strings.SplitSeq(text, ",") {
		list = append(list, 0)
		if !number(strings.TrimSpace(id), &list[len(list)-1]) {
			return nil
		}
	}
	return list
}

// parseValue reads a finite number.
func (e *Edit) parseValue(text string) bool {
	v, err := strconv.ParseFloat(text, 32)
	e.Value = float32(v)
	return err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}

// number reads a whole number that is not negative.
func number(text string, n *int) bool {
	v, err := strconv.Atoi(text)
	*n = v
	return err == nil && v >= 0
}

// String returns the edit as it is written.
func (e Edit) String() string {
	if e.Do == ActOff {
		return offPrefix + e.Name
	}
	b := []byte(e.Name)
	if e.Row >= 0 {
		b = strconv.AppendInt(append(b, '['), int64(e.Row), 10)
		if e.Col >= 0 {
			b = strconv.AppendInt(append(b, ','), int64(e.Col), 10)
		}
		b = append(b, ']')
	}
	switch e.Do {
	case ActScale:
		b = append(b, '*')
		fallthrough
	case ActSet:
		return string(strconv.AppendFloat(append(b, '='), float64(e.Value), 'g', -1, 32))
	case ActMean:
		b = append(b, "="+theMean...)
	case ActFrom:
		b = appendNumbers(append(b, "="+fromIDs...), e.From)
	case ActSteer:
		b = append(strconv.AppendFloat(append(b, "+="...), float64(e.Value), 'g', -1, 32), steering...)
		return string(appendLists(append(appendLists(b, e.To), '-'), e.Away))
	}
	if e.Made > 0 {
		b = strconv.AppendInt(append(b, '@'), int64(e.Made), 10)
	}
	return string(b)
}

// appendLists writes lists of ids.
func appendLists(b []byte, all [][]int) []byte {
	for i, list := range all {
		if i > 0 {
			b = append(b, '/')
		}
		b = appendNumbers(b, list)
	}
	return b
}

// appendNumbers writes a list of ids.
func appendNumbers(b []byte, list []int) []byte {
	for i, id := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(id), 10)
	}
	return b
}

// FormatEdits writes a list as ParseEdits reads it.
func FormatEdits(edits []Edit) string {
	specs := make([]string, len(edits))
	for i, e := range edits {
		specs[i] = e.String()
	}
	return strings.Join(specs, ";")
}

// An OffKind is a kind of part that can be switched off in all places at once; it is what stands behind off:.
type OffKind string

// The kinds.
const (
	OffResidual  OffKind = "residual"  // the residual connections, around attention and feed-forward
	OffNorm      OffKind = "norm"      // all norms
	OffPositions OffKind = "positions" // where a token stands
	OffScale     OffKind = "scale"     // the division of the scores by √A
	OffMask      OffKind = "mask"      // that no token sees later ones
)

// OffKinds returns the kinds, those first that a model misses most.
func OffKinds() []OffKind { return []OffKind{OffResidual, OffNorm, OffPositions, OffScale, OffMask} }

// An Off is what an edit switches off: a kind of part, everywhere or in one step, or what a block or a head adds.
type Off struct {
	Kind        OffKind // "" what a block or a head adds
	Step        string  // of a kind: the only one; "" all
	Block, Head int     // of what is added; −1
	Part        Part    // PartAttention, or PartFeedForward, of a block
}

// Off returns what the edit switches off, and whether it does; info describes steps, and is asked for one.
func (e Edit) Off(info func(name string) (Info, bool)) (o Off, ok bool) {
	if e.Do != ActOff {
		return o, false
	}
	if kind := OffKind(e.Name); slices.Contains(OffKinds(), kind) {
		return kind.off(""), true
	}
	if l, h, rest, is := ParseHeadName(e.Name); is && rest == "" {
		return Off{Block: l, Head: h, Part: PartAttention}, true
	}
	for _, part := range []Part{PartAttention, PartFeedForward} {
		if l, _, is := ParseBlockName(e.Name); is && e.Name == halfName(l, part) {
			return Off{Block: l, Head: -1, Part: part}, true
		}
	}
	if i, is := info(e.Name); is && kindOff(i.Op, i.Block) != "" {
		return kindOff(i.Op, i.Block).off(i.Name), true
	}
	return o, false
}

// off is the kind as an Off, in one step, or everywhere.
func (k OffKind) off(step string) Off { return Off{Kind: k, Step: step, Block: -1, Head: -1} }

// Adds returns what is the same as the step as an Off: switching that off sets the step to 0. ok is false of most steps.
func (i Info) Adds() (o Off, ok bool) {
	switch half := addedHalf(i.Op, i.Part, i.Block, i.ColAxis); {
	case half != "":
		return Off{Block: i.Block, Head: -1, Part: half}, true
	case i.Op == OpMix && i.Head >= 0:
		return Off{Block: i.Block, Head: i.Head, Part: PartAttention}, true
	}
	return Off{}, false
}

// Spec returns the edit that switches it off.
func (o Off) Spec() string {
	name := o.Step
	switch {
	case name != "":
	case o.Kind != "":
		name = string(o.Kind)
	case o.Head >= 0:
		name = HeadName(o.Block, o.Head)
	default:
		name = halfName(o.Block, o.Part)
	}
	return offPrefix + name
}

// Offs returns what can be switched off of which a step is a part, the smallest first.
func (i Info) Offs() (list []Off) {
	if i.Kind == KindWeight {
		return nil
	}
	switch kind := kindOff(i.Op, i.Block); kind {
	case "":
	case OffPositions:
		list = append(list, kind.off(""))
	default:
		list = append(list, kind.off(i.Name), kind.off(""))
	}
	if i.ColAxis == AxisKey {
		list = append(list, OffMask.off(""))
	}
	for h := i.Head; i.Head >= 0 && h < i.Head+max(i.Sharing, 1); h++ {
		list = append(list, Off{Block: i.Block, Head: h, Part: PartAttention})
	}
	if i.Block < 0 || i.Op == OpAdd {
		return list
	}
	switch i.Part {
	case PartNorm1, PartAttention, PartProjection:
		list = append(list, Off{Block: i.Block, Head: -1, Part: PartAttention})
	case PartNorm2, PartFeedForward:
		list = append(list, Off{Block: i.Block, Head: -1, Part: PartFeedForward})
	}
	return list
}

// kindOff returns of which kind a step is; "" of none.
func kindOff(op Op, block int) OffKind {
	switch {
	case op == OpAdd && block >= 0:
		return OffResidual
	case op == OpNorm || op == OpRMSNorm:
		return OffNorm
	case op == OpPosition || op == OpAngle:
		return OffPositions
	case op == OpScale:
		return OffScale
	}
	return ""
}

// kind returns of which kind of part the step is that can be switched off as a whole; "" if it is of none.
func (s *Step) kind() OffKind { return kindOff(s.Op, s.Block) }

// adds returns the half of a block whose result the step is, which is added to the residual stream: "h.1.attn"; else "".
func (s *Step) adds() string {
	if half := addedHalf(s.Op, s.Part, s.Block, s.ColAxis); half != "" {
		return halfName(s.Block, half)
	}
	return ""
}

// addedHalf returns the part whose result such a step is: PartAttention, PartFeedForward, or "".
func addedHalf(op Op, part Part, block int, cols Axis) Part {
	switch {
	case op != OpLinear || block < 0:
	case part == PartProjection:
		return PartAttention
	case part == PartFeedForward && cols == AxisChannel:
		return PartFeedForward
	}
	return ""
}

// halfName returns what stands behind off: for what a part of a block adds.
func halfName(block int, part Part) string {
	if part == PartFeedForward {
		return BlockName(block) + "mlp"
	}
	return BlockName(block) + "attn"
}

// A change is what an edit does to the numbers of one tensor.
type change struct {
	edit     int // its place in the list
	row, col int // −1: all; col counts what is held, where tokens share values
	do       Act
	value    float32
	given    [][]float32 // of ActMean one row, of ActFrom one for each token: what stands instead; of ActSteer one, which is added
	input    *Step       // of ActOff: whose numbers pass as they are
}

// apply changes row r of a tensor, of which first is the first column that is not masked.
func (c *change) apply(r, first int, row []float32) {
	if c.row >= 0 && c.row != r {
		return
	}
	from, to := first, len(row)
	if c.col >= 0 {
		from, to = min(c.col, to), min(c.col+1, to)
	}
	switch part := row[from:to]; c.do {
	case ActSet:
		for i := range part {
			part[i] = c.value
		}
	case ActScale:
		for i := range part {
			part[i] *= c.value
		}
	case ActMean:
		copy(part, c.given[0][from:])
	case ActFrom:
		if r < len(c.given) {
			copy(part, c.given[r][from:])
		}
	case ActOff:
		copy(part, c.input.Row(r)[from:])
	case ActSteer:
		for i, v := range c.given[0][from:to] {
			part[i] += c.value * v
		}
	}
}
