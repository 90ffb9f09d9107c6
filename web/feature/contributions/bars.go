package contributions

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"glassbox/model"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// A Kind is what a bar stands for.
type Kind string

// The kinds of bars. Of a large model a bar may stand for the attention of a block, or for many parts.
const (
	KindToken       Kind = "token"
	KindPosition    Kind = "position"
	KindHead        Kind = "head"
	KindBias        Kind = "bias"
	KindFeedForward Kind = "feed-forward"
	KindNorm        Kind = "norm"
	KindAttention   Kind = "attention"
	KindRest        Kind = "rest"
	KindEdit        Kind = "edit" // what edits of a step add
)

// A Bar is a part of the network, and what it adds.
type Bar struct {
	Name  string
	Step  string // to which it leads
	Kind  Kind
	Block int // −1: none
	Head  int
	Count int // how many parts it stands for
	Value float64
	From  float64 // what those before it sum to; 0 if the bars are sorted

	Look  string // the token at which a head looks most; "" not known
	Share float32
}

// To is where the bar ends.
func (b Bar) To() float64 { return b.From + b.Value }

// The most bars that stand side by side one by one: of more parts, the heads of a block stand together, or the smallest do.
const (
	mostSingle = 60
	mostSorted = 40
)

// barsOf returns the bars that are shown, from the left to the right.
func barsOf(s *feature.State) []Bar {
	w := Of(s)
	if w.parts == nil {
		return nil
	}
	bars := singles(s)
	switch {
	case w.Sorted:
		return sorted(bars)
	case len(bars) > mostSingle:
		bars = folded(s, bars)
	}
	sum := 0.0
	for i := range bars {
		bars[i].From = sum
		sum += bars[i].Value
	}
	return bars
}

// singles returns a bar for each part.
func singles(s *feature.State) (bars []Bar) {
	infos := map[string]model.Info{}
	for _, i := range s.Steps {
		infos[i.Name] = i
	}
	shares := looks(s)
	for _, p := range Of(s).parts.Parts {
		info := infos[p.Step]
		b := Bar{Name: p.Name, Step: p.Step, Block: info.Block, Head: info.Head, Kind: kindOf(info, p.Name), Count: 1, Value: p.Logit}
		if b.Kind == KindHead {
			b.Look, b.Share = look(s, shares[[2]int{b.Block, b.Head}])
		}
		bars = append(bars, b)
	}
	return bars
}

// kindOf tells what a part is by the step that it belongs to.
func kindOf(info model.Info, name string) Kind {
	switch {
	case info.Op == model.OpAdd || info.Part == model.PartProjection && info.Name == name:
		return KindEdit
	case info.Part == model.PartNorm:
		return KindNorm
	case info.Block < 0 && info.Part == model.PartPosition:
		return KindPosition
	case info.Block < 0:
		return KindToken
	case info.Part == model.PartFeedForward:
		return KindFeedForward
	case info.Head >= 0:
		return KindHead
	}
	return KindBias
}

// looks returns the steps that hold the shares of each head, by block and head; none while the page has by how much they differ.
func looks(s *feature.State) map[[2]int]model.Info {
	steps := map[[2]int]model.Info{}
	if s.Compared != nil && s.Ran.Show == engine.ShowDifference {
		return steps
	}
	for _, i := range s.Steps {
		if i.Op == model.OpSoftmax && i.Head >= 0 {
			steps[[2]int{i.Block, i.Head}] = i
		}
	}
	return steps
}

// look returns at which token a head looks most, after the token of the parts, if its shares are here.
func look(s *feature.State, info model.Info) (text string, share float32) {
	row, best := rowOf(s), -1
	for t := 0; t <= row && info.Name != ""; t++ {
		if v, ok := s.At(info.Name, row, t); ok && (best < 0 || v > share) {
			best, share = t, v
		}
	}
	if best < 0 {
		return "", 0
	}
	return s.Tokens[best].Text, share
}

// sorted puts the largest first, and those behind mostSorted into one.
func sorted(bars []Bar) []Bar {
	slices.SortStableFunc(bars, func(a, b Bar) int { return cmp.Compare(math.Abs(b.Value), math.Abs(a.Value)) })
	if len(bars) <= mostSorted+1 {
		return bars
	}
	rest := Bar{Kind: KindRest, Block: -1, Head: -1}
	for _, b := range bars[mostSorted:] {
		rest.Count++
		rest.Value += b.Value
	}
	return append(bars[:mostSorted:mostSorted], rest)
}

// folded puts heads and bias of each block together, but those of the open one.
func folded(s *feature.State, bars []Bar) (out []Bar) {
	open := openBlock(s, bars)
	for _, b := range bars {
		if b.Kind != KindHead && b.Kind != KindBias || b.Block == open {
			out = append(out, b)
			continue
		}
		if n := len(out) - 1; n >= 0 && out[n].Kind == KindAttention && out[n].Block == b.Block {
			out[n].Value += b.Value
			out[n].Count++
			continue
		}
		out = append(out, Bar{Kind: KindAttention, Block: b.Block, Head: -1, Count: 1, Value: b.Value})
	}
	return out
}

// openBlock returns the block whose heads stand apart: the one that the reader opened, or that of the part at which they look, or else
// the one whose attention adds most.
func openBlock(s *feature.State, bars []Bar) int {
	w := Of(s)
	sums := map[int]float64{}
	for _, b := range bars {
		if b.Name == w.Part && b.Kind == KindHead {
			return b.Block
		}
		if b.Kind == KindHead || b.Kind == KindBias {
			sums[b.Block] += b.Value
		}
	}
	if w.Block >= 0 {
		return w.Block
	}
	if info, _ := s.Info(w.step); w.step != "" && info.Op == model.OpAdd && info.Block >= 0 && info.Part != model.PartFeedForward {
		return info.Block
	}
	best := 0
	for l := range s.Config.Blocks {
		if math.Abs(sums[l]) > math.Abs(sums[best]) {
			best = l
		}
	}
	return best
}

// label is what stands below a bar.
func (b Bar) label() string {
	switch b.Kind {
	case KindToken:
		return say.Contributions.Token()
	case KindPosition:
		return say.Contributions.Position()
	case KindHead:
		return say.Contributions.Head(b.Head + 1)
	case KindFeedForward:
		return say.Contributions.FeedForward()
	case KindAttention:
		return say.Contributions.Attention()
	case KindEdit:
		return say.Contributions.Edit()
	case KindRest:
		return "+" + strconv.Itoa(b.Count)
	}
	return say.Contributions.Bias()
}

// title names a part in a sentence: "head 3 of block 2".
func (b Bar) title() string {
	switch b.Kind {
	case KindToken:
		return say.Contributions.TitleToken()
	case KindPosition:
		return say.Contributions.TitlePosition()
	case KindHead:
		return say.Contributions.TitleHead(b.Head+1, b.Block+1)
	case KindFeedForward:
		return say.Contributions.TitleFeedForward(b.Block + 1)
	case KindAttention:
		return say.Contributions.TitleAttention(b.Block + 1)
	case KindNorm:
		return say.Contributions.TitleNorm()
	case KindRest:
		return say.Contributions.TitleRest(b.Count)
	case KindEdit:
		return say.Contributions.TitleEdit(b.Block + 1)
	}
	return say.Contributions.TitleBias(b.Block + 1)
}

// group is what a bar belongs to, as it stands below several: "Block 2".
func (b Bar) group() string {
	switch {
	case b.Kind == KindRest:
		return ""
	case b.Kind == KindNorm:
		label, _ := run.LabelOf(model.PartNorm)
		return label.Brief
	case b.Block < 0:
		return say.Contributions.Input()
	}
	return say.Run.Block(b.Block + 1)
}

// signed writes a contribution.
func signed(v float64, digits int) string {
	text := say.Minus(say.Fixed(v, digits))
	if v > 0 {
		text = "+" + text
	}
	return say.LeftToRight(text)
}

// told says what all parts come to, and which speaks most for it and against it; "" while that is not known.
func told(s *feature.State) string {
	w := Of(s)
	if !Shown(s) || w.parts == nil || w.partsOf != wantParts(s) {
		return ""
	}
	bars := singles(s)
	most, least := bars[0], bars[0]
	for _, b := range bars {
		if b.Value > most.Value {
			most = b
		}
		if b.Value < least.Value {
			least = b
		}
	}
	a, b := pair(s)
	if b < 0 {
		return say.Contributions.Told(len(bars), signed(w.parts.Sum, 2), word(s, a), most.title(), signed(most.Value, 2), least.title(), signed(least.Value, 2))
	}
	return say.Contributions.ToldRather(len(bars), signed(w.parts.Sum, 2), word(s, a), word(s, b), most.title(), signed(most.Value, 2), least.title(), signed(least.Value, 2))
}
