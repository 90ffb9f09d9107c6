package habits

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// own is what a link says for the reader's own text.
const own = "text"

// The properties of the link.
const inLink, byInLink = name, name + "-by"

func properties() address.Table {
	return address.Table{
		{Name: inLink, Type: "list", Placed: true, Allowed: say.Habits.LinkValues(own, "24.1"), Doc: say.Habits.LinkDoc(),
			Check: func(v string) (string, error) { _, err := parse(v); return v, err }},
		{Name: byInLink, Type: "choice", Allowed: say.Habits.ByValues(join(kinds())), Doc: say.Habits.ByDoc(), Needs: inLink,
			Check: func(v string) (string, error) { return v, checkBy(v) }},
	}
}

func join(list []By) string {
	texts := make([]string, len(list))
	for i, b := range list {
		texts[i] = string(b)
	}
	return strings.Join(texts, ", ")
}

func checkBy(v string) error {
	if v != "" && !slices.Contains(kinds(), By(v)) {
		return errors.New(say.Habits.NoOrder(join(kinds())))
	}
	return nil
}

// parse reads "text", or how many random tokens and by which seed, "24.1".
func parse(v string) (a Asked, err error) {
	if v == "" || v == own {
		return Asked{Seed: 1}, nil
	}
	half, seed, _ := strings.Cut(v, ".")
	n, err := strconv.Atoi(half)
	if err != nil || n < 2 || n > mostHalf {
		return a, errors.New(say.Habits.NoHalf(mostHalf))
	}
	a.Half, a.Seed = n, 1
	if seed != "" {
		if a.Seed, err = strconv.ParseUint(seed, 10, 64); err != nil {
			return a, errors.New(say.Habits.NoSeed())
		}
	}
	return a, nil
}

func link(s *feature.State, put func(property, value string)) {
	if s.Mode != name {
		return
	}
	h := Of(s)
	if h.Own {
		put(inLink, own)
	} else {
		put(inLink, strconv.Itoa(h.Tokens(s))+"."+strconv.FormatUint(h.Seed+1, 10))
	}
	put(byInLink, string(h.By))
}

// follow opens the heads of a link, unless something stands in the place of the model.
func follow(u *feature.Change, l address.Link) {
	if u.Mode == name {
		u.Mode = ""
	}
	v := l.Value(inLink)
	if v == "" || u.Covered() {
		return
	}
	a, _ := parse(v) // the parser of the link has checked it
	handle(u, a)
	handle(u, Sorted{By(l.Value(byInLink))})
	open(u)
}
