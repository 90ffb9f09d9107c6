package attention

import (
	"errors"
	"fmt"
	"strings"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

func properties() address.Table {
	return address.Table{
		{Name: "attention", Type: "name", Placed: true, Allowed: say.Attention.HeadValues(), Doc: say.Attention.HeadDoc(),
			Check: func(v string) (string, error) { a, err := parse(v); return join(a), err }},
		{Name: "pair", Type: "list", Allowed: say.Attention.PairValues(), Doc: say.Attention.PairDoc(), Needs: "attention",
			Check: func(v string) (string, error) { p, err := parsePair(v); return joinPair(p), err }},
	}
}

func link(s *feature.State, put func(property, value string)) {
	put("attention", join(Of(s)))
	put("pair", joinPair(Of(s).Pair))
}

// follow opens the heads of a link, at their stage, unless something else stands in the place of
// panels.
func follow(u *feature.Change, l address.Link) {
	a, _ := parse(l.Value("attention"))
	a.Pair, _ = parsePair(l.Value("pair"))
	if u.Mode == name {
		u.Mode = ""
	}
	if a.Head == "" || u.Mode != "" {
		return
	}
	stage, ok := headThere(&u.State, a.Head)
	if !ok {
		u.AddNotice(say.Attention.NoHead(a.Head))
		return
	}
	u.Mode, u.Sheet = name, max(u.Sheet, feature.SheetHalf)
	memory.Set(&u.State, a)
	if u.Stage != stage {
		u.PutAt(stage)
	}
}

// lacks returns the head of a link, if the model has none of its name.
func lacks(s *feature.State, l address.Link) (what, name string) {
	a, _ := parse(l.Value("attention"))
	if _, ok := headThere(s, a.Head); a.Head != "" && !ok {
		return say.Attention.LackedHead(), a.Head
	}
	return "", ""
}

// parse reads what join writes: "h.1.attn.head.0", with a step behind it
// unless it is the shares.
func parse(v string) (a State, err error) {
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
		return State{}, errors.New(say.Attention.NoName(fmt.Sprintf("%.40q", v), model.HeadName(0, 0)))
	}
	return a, nil
}

// join writes it.
func join(a State) string {
	if a.Head == "" || a.Look == LookShares {
		return a.Head
	}
	return a.Head + "." + string(a.Look)
}

func parsePair(v string) (*Pair, error) {
	c, err := address.ParseCell(v)
	if c == nil {
		return nil, err
	}
	return &Pair{c.Row, c.Col}, nil
}

func joinPair(p *Pair) string {
	if p == nil {
		return ""
	}
	return address.JoinIDs([]int{p.Query, p.Key})
}
