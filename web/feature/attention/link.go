package attention

import (
	"fmt"
	"strings"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/feature"
)

func properties() address.Table {
	return address.Table{
		{Name: "attention", Type: "name", Placed: true, Allowed: "h.0.attn.head.0, and .scores, .scaled, .masked or .mix behind it",
			Doc:   "The heads of a block stand side by side, this one large, at this step; none behind it: after the softmax.",
			Check: func(v string) (string, error) { a, err := parse(v); return join(a), err }},
		{Name: "pair", Type: "list", Allowed: "query.key, counted from 0", Needs: "attention",
			Doc:   "The two tokens that the view of attention is about; none: the last, and the one that it looks at most.",
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
		u.AddNotice("This model has no head " + a.Head + ".")
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
		return "head", a.Head
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
		return State{}, fmt.Errorf("%.40q is no head; expected %s, and scores, scaled, masked or mix behind it", v, model.HeadName(0, 0))
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
