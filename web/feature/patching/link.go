package patching

import (
	"errors"
	"fmt"
	"slices"

	"glassbox/model/lab"
	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

func properties() address.Table {
	return address.Table{
		{Name: "patch", Type: "choice", Placed: true, Allowed: siteNames(), Doc: say.Patching.PatchDoc(), Check: checkSite},
		{Name: "patch-text", Type: "text", Needs: "patch", Kept: true, Default: say.Patching.TextDefault(), Allowed: say.Patching.TextValues(), Doc: say.Patching.TextDoc()},
		{Name: "patch-cell", Type: "list", Needs: "patch", Allowed: say.Patching.CellValues("1.3"), Doc: say.Patching.CellDoc(), Check: checkPair},
		{Name: "patch-answers", Type: "list", Needs: "patch", Allowed: say.Patching.AnswersValues(), Doc: say.Patching.AnswersDoc(), Check: checkPair},
		{Name: "patch-clean", Type: "text", Needs: "patch", Allowed: say.Patching.TextValues(), Doc: say.Patching.CleanDoc()},
	}
}

func siteNames() (text string) {
	for i, site := range lab.Sites() {
		text += feature.Choose(i > 0, ", ", "") + string(site)
	}
	return text
}

func checkSite(v string) (string, error) {
	if v != "" && !slices.Contains(lab.Sites(), lab.Site(v)) {
		return "", errors.New(say.Patching.NoSite(fmt.Sprintf("%.40q", v), siteNames()))
	}
	return v, nil
}

// checkPair reads two whole numbers with a point between.
func checkPair(v string) (string, error) {
	if v == "" {
		return v, nil
	}
	pair, err := address.ParseIDs(v)
	if err != nil || len(pair) != 2 {
		return "", errors.New(say.Patching.NoPair(fmt.Sprintf("%.40q", v)))
	}
	return address.JoinIDs(pair), nil
}

func link(s *feature.State, put func(property, value string)) {
	if s.Mode != name {
		return
	}
	f := Of(s)
	put("patch", string(f.Site))
	if f.typed || f.Made != nil {
		put("patch-text", f.Text)
	}
	if f.Answers != nil {
		put("patch-answers", address.JoinIDs(f.Answers[:]))
	}
	if at := f.At; at != nil {
		put("patch-cell", address.JoinIDs([]int{at.Block, at.Cell}))
	}
	if f.Made != nil {
		put("patch-clean", f.Made.Clean)
	}
}

// follow opens the map of a link, unless something else stands in the place of the model.
func follow(u *feature.Change, l address.Link) {
	site := lab.Site(l.Value("patch"))
	if site == "" || u.Covered() {
		return
	}
	was := Of(&u.State)
	f := State{Site: site, chart: was.chart}
	if l.Says("patch-text") {
		f.Text, f.typed = u.Spelled(l.Value("patch-text")), true
	}
	if pair, _ := address.ParseIDs(l.Value("patch-answers")); len(pair) == 2 && max(pair[0], pair[1]) < u.Config.Vocab {
		f.Answers = &[2]int{pair[0], pair[1]}
	}
	if pair, _ := address.ParseIDs(l.Value("patch-cell")); len(pair) == 2 {
		f.At = &Spot{pair[0], pair[1]}
	}
	if clean := feature.Valid(u.Fit(l.Value("patch-clean"))); clean != "" {
		if f.Made = madeOfLink(clean); was.Made != nil && was.Made.Clean == clean {
			f.Made = was.Made
		}
	}
	memory.Set(&u.State, f)
	u.Cover(name)
}
