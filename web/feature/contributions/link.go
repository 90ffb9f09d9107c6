package contributions

import (
	"errors"
	"fmt"
	"strconv"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// byChance is what a link says for the most likely token, and the next after it.
const byChance = "next"

func properties() address.Table {
	return address.Table{
		{Name: "why", Type: "list", Placed: true, Allowed: say.Contributions.WhyValues(byChance, "2266.4171"), Doc: say.Contributions.WhyDoc(),
			Check: func(v string) (string, error) {
				if v == "" || v == byChance {
					return v, nil
				}
				ids, err := address.ParseIDs(v)
				if err != nil || len(ids) > 2 {
					return "", errors.New(say.Contributions.NoTokens(fmt.Sprintf("%.40q", v)))
				}
				return address.JoinIDs(ids), nil
			}},
		{Name: "why-after", Type: "whole number", Allowed: say.Contributions.AfterValues(), Doc: say.Contributions.AfterDoc(), Needs: "why", Check: index},
		{Name: "why-order", Type: "choice", Allowed: say.Contributions.OrderValues(bySize), Doc: say.Contributions.OrderDoc(), Needs: "why",
			Check: func(v string) (string, error) {
				if v != "" && v != bySize {
					return "", errors.New(say.Contributions.NoOrder(fmt.Sprintf("%.40q", v), bySize))
				}
				return v, nil
			}},
		{Name: "why-part", Type: "name", Allowed: say.Contributions.PartValues(), Doc: say.Contributions.PartDoc(), Needs: "why",
			Check: func(v string) (string, error) { return v, address.Identifier(v) }},
	}
}

// bySize is what a link says of parts that are sorted.
const bySize = "size"

// index is the check of a token's place.
func index(v string) (string, error) {
	ids, err := address.ParseIDs(v)
	if err != nil || len(ids) > 1 {
		return "", errors.New(say.Contributions.NoPlace(fmt.Sprintf("%.40q", v)))
	}
	return address.JoinIDs(ids), nil
}

func link(s *feature.State, put func(property, value string)) {
	if !Shown(s) {
		return
	}
	w := Of(s)
	why := byChance
	if w.Token >= 0 || w.Against >= 0 || w.Alone {
		if a, b := pair(s); a >= 0 && b >= 0 {
			why = address.JoinIDs([]int{a, b})
		} else if a >= 0 {
			why = strconv.Itoa(a)
		}
	}
	put("why", why)
	if w.Row >= 0 && s.Mode == name {
		put("why-after", strconv.Itoa(w.Row))
	}
	if w.Sorted {
		put("why-order", bySize)
	}
	put("why-part", w.Part)
}

// follow opens the parts of a link: below what it has put in the place of the model, or in that place.
func follow(u *feature.Change, l address.Link) {
	v := l.Value("why")
	change(u, func(w *State) { w.On = false })
	if v == "" || u.Covered() && !u.Beside() {
		return
	}
	if !u.Beside() {
		u.Cover(name)
		change(u, func(w *State) { w.Row, w.step = -1, "" })
	}
	to := Of(&u.State)
	to.On, to.Token, to.Against, to.Alone, to.Part, to.Block, to.Sorted = true, -1, -1, false, l.Value("why-part"), -1, l.Value("why-order") == bySize
	if after, _ := address.ParseIDs(l.Value("why-after")); len(after) == 1 && u.Mode == name {
		to.Row = after[0]
	}
	if ids, err := address.ParseIDs(v); err == nil && v != byChance {
		to.Token, to.Alone = ids[0], len(ids) == 1
		if len(ids) == 2 {
			to.Against = ids[1]
		}
	}
	if max(to.Token, to.Against) >= u.Config.Vocab {
		to.Token, to.Against, to.Alone = -1, -1, false
	}
	memory.Set(&u.State, to)
}
