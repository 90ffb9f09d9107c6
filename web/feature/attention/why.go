package attention

import (
	"glassbox/model"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// Why says where in the text the next token stands already, and which head looks at it most: what a reader can check.
type Why struct{ Screen *feature.Screen }

// A Glance is the share of its attention that the last token gives to another one, in a head.
type Glance struct {
	Step        string // the shares
	Block, Head int
	From, To    int // tokens
	Share       float32
}

// leastGlance is the least share that is worth a sentence.
const leastGlance = 0.25

// AtNext returns the largest share that the last token gives, in any head, to one before it that is the next token too; ok
// is false where there is none that large. Of a large model it sees the shares that are here.
func AtNext(s *feature.State) (best Glance, ok bool) {
	if s.Next == nil || s.Muted || s.Config.Alphabet != "" || s.Ran.Show.Differs() { // what sorts letters does not repeat them because they were there
		return best, false
	}
	last := len(s.Tokens) - 1
	for i := range s.Steps {
		t := &s.Steps[i]
		if t.Head < 0 || !t.Op.IsShare() || t.ColAxis != model.AxisKey || t.Rows != last+1 {
			continue
		}
		for k := range last {
			if s.Tokens[k].ID != s.Next.ID {
				continue
			}
			if share, here := s.At(t.Name, last, k); here && share >= leastGlance && share > best.Share {
				best, ok = Glance{t.Name, t.Block, t.Head, last, k, share}, true
			}
		}
	}
	return best, ok
}

func explained(c *feature.Screen) bool {
	_, ok := AtNext(c.State)
	return ok && (c.State.Stage == run.StageOverview || c.State.Stage == run.StageSample) && c.State.Panel == ""
}

// Asks is the question.
func (c *Why) Asks() string { return say.Attention.Why(run.Quoted(c.Screen.State.Next.Text)) }

// Says is what can be seen.
func (c *Why) Says() string {
	g, ok := AtNext(c.Screen.State)
	if !ok {
		return ""
	}
	tokens := c.Screen.State.Tokens
	return say.Attention.Because(g.Block+1, g.Head+1, run.Quoted(tokens[g.From].Text), say.Percent(g.Share), run.Quoted(tokens[g.To].Text))
}

// Show goes to that share.
func (c *Why) Show() {
	if g, ok := AtNext(c.Screen.State); ok {
		c.Screen.Send(feature.PanelChosen{Name: g.Step})
		c.Screen.Send(feature.CellChosen{Cell: &run.Cell{Name: g.Step, Row: g.From, Col: g.To}})
	}
}
