package feature

import (
	"strings"

	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/say"
)

// Link returns the link to what the page shows.
func (s State) Link() address.Link {
	l := address.Link{Model: s.Model, Generated: s.Generated, Form: address.Form(s.Form), Stage: s.Stage, Panel: s.Panel, Camera: s.Camera,
		Sampling: s.Sampling, Theme: s.Theme, Language: s.Language, Scale: s.Scale}
	if len(s.Edits) > 0 {
		l.Edits = s.Edits
	}
	if len(s.Edits) > 0 && s.Show != engine.ShowBeside {
		l.Show = s.Show
	}
	source := s.Choice().Source
	if len(s.Models) > 0 && s.Model == s.Models[0].ID || source != nil && source.Address != "" {
		l.Model = ""
	}
	if s.Text != s.Choice().Example {
		l.Typed, l.Text = true, s.Text
	}
	if s.Last != nil && s.Choice().Letters > 0 {
		l.Generated = append(l.Generated[:len(l.Generated):len(l.Generated)], s.Last.ID)
	}
	if c := s.Cell; c != nil && c.Name == s.Panel {
		l.Cell, l.AtLast, l.Trail = c, s.lastPin != nil, cellsOf(s.Trail)
	}
	return s.withFeatures(l)
}

// Hash returns that link as the hash of the URL.
func (s State) Hash() string { return s.Properties().Hash(s.Link()) }

// Properties returns the table of all that a link can say.
func (l List) Properties() address.Table {
	table := address.Core()
	for _, f := range l {
		table = append(table, f.Properties...)
	}
	return table
}

// Properties returns the table of all that a link can say.
func (s State) Properties() address.Table { return s.list().Properties() }

func (s State) withFeatures(l address.Link) address.Link {
	table := s.Properties()
	put := func(property, value string) { l = table.With(l, property, value) }
	for _, f := range s.list() {
		if f.Link != nil {
			f.Link(&s, put)
		}
	}
	return l
}

// FullLink returns the link to what the page shows, from the address of the page: what a
// host asks for in the query goes, for who opens the link has the page for themselves;
// the rest of the query stays, for servers may need it.
func (s State) FullLink(page string) string {
	page, _, _ = strings.Cut(page, "#")
	page, query, _ := strings.Cut(page, "?")
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		if key, _, _ := strings.Cut(part, "="); part != "" && !address.IsSetting(key) {
			kept = append(kept, part)
		}
	}
	if len(kept) > 0 {
		page += "?" + strings.Join(kept, "&")
	}
	return page + s.Hash()
}

// copied says what became of the link that the reader asked for.
func (u *Change) copied(link string, ok bool) {
	switch {
	case link == "":
		u.Notice = say.Feature.LinkNone()
	case ok && u.Choice().Source != nil && u.Choice().Source.Address == "":
		u.Notice = say.Feature.LinkWithoutModel(u.Choice().Source.Name)
	case ok && u.Cell != nil:
		u.Notice = say.Feature.LinkToCell()
	case ok:
		u.Notice = say.Feature.LinkToView()
	default:
		u.LinkText = link
		u.Notice = say.Feature.LinkShown()
	}
}

// host takes over what the embedding page asks for.
func (u *Change) host(query string) {
	var warnings []address.Warning
	u.Host, warnings = address.ParseQuery(query, u.Parts(), u.Properties())
	u.Warn(warnings)
}

// ThemeShown returns the reader's theme, or else the host's; address.ThemeSystem: as the system.
func (s State) ThemeShown() address.Theme {
	if s.Theme != address.ThemeSystem {
		return s.Theme
	}
	return s.Host.Theme
}
