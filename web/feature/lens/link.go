package lens

import (
	"errors"
	"fmt"
	"strconv"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

func properties() address.Table {
	return address.Table{
		{Name: "lens", Type: "list", Placed: true, Allowed: say.Lens.LensValues("5.3"), Doc: say.Lens.LensDoc(),
			Check: func(v string) (string, error) {
				if v == "" {
					return v, nil
				}
				step, row, err := parse(v)
				return join(step, row), err
			}},
		{Name: "lens-token", Type: "whole number", Allowed: say.Lens.TokenValues(), Doc: say.Lens.TokenDoc(), Needs: "lens",
			Check: func(v string) (string, error) {
				ids, err := address.ParseIDs(v)
				if err != nil || len(ids) > 1 {
					return "", errors.New(say.Lens.NoID(fmt.Sprintf("%.40q", v)))
				}
				return address.JoinIDs(ids), nil
			}},
	}
}

func link(s *feature.State, put func(property, value string)) {
	if s.Mode != name {
		return
	}
	l := Of(s)
	if l.Step < 0 {
		l.Step = max(len(streams(s))-1, 0)
	}
	put("lens", join(l.Step, l.Row))
	if l.Token >= 0 {
		put("lens-token", strconv.Itoa(l.Token))
	}
}

// follow opens the grid of a link, unless something else stands in the place of the model.
func follow(u *feature.Change, l address.Link) {
	v := l.Value("lens")
	if v == "" || u.Covered() {
		return
	}
	u.Cover(name)
	step, row, _ := parse(v) // the parser of the link has checked it
	to := opened(Of(&u.State).grid)
	to.Step, to.Row = step, row
	if ids, _ := address.ParseIDs(l.Value("lens-token")); len(ids) == 1 && ids[0] < u.Config.Vocab {
		to.Token = ids[0]
	}
	memory.Set(&u.State, to)
	tell(u)
}

// parse reads what join wrote: "5", a step of the stream at the last token, or "5.3", at token 3.
func parse(v string) (step, row int, err error) {
	ids, err := address.ParseIDs(v)
	switch {
	case err != nil || len(ids) == 0 || len(ids) > 2:
		return 0, -1, errors.New(say.Lens.NoPlace(fmt.Sprintf("%.40q", v)))
	case len(ids) == 1:
		return ids[0], -1, nil
	}
	return ids[0], ids[1], nil
}

// join writes it.
func join(step, row int) string {
	if row < 0 {
		return address.JoinIDs([]int{step})
	}
	return address.JoinIDs([]int{step, row})
}
