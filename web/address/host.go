package address

import (
	"errors"
	"slices"
	"strings"

	"glassbox/web/say"
)

// Host is what the page that embeds this one asks for, in the query of the URL:
// "?ui=embed&hide=sampling,theme". The zero value asks for nothing.
type Host struct {
	UI     Interface
	Hide   []string // names of parts, in their order, each once
	Theme  Theme    // while the reader has chosen none
	Motion Motion
	Start  Start
}

// Bare reports whether the page has no inspector: what a reader must see stands on the scene.
func (h Host) Bare() bool { return h.UI == UIStage || slices.Contains(h.Hide, "inspector") }

// Interface is how much of the page stands around the scene.
type Interface string

// The whole page; one without a title bar, for a frame in a text; the scene with its legend.
const (
	UIFull  Interface = ""
	UIEmbed Interface = "embed"
	UIStage Interface = "stage"
)

// Motion is how much moves. A reader's system that asks for less is always obeyed.
type Motion string

// Flights and transitions; cuts in place of flights; no transition at all.
const (
	MotionFull    Motion = ""
	MotionReduced Motion = "reduced"
	MotionNone    Motion = "none"
)

// Start is when the model begins to run.
type Start string

// At once, or when the reader touches the picture that stands there first.
const (
	StartRun    Start = ""
	StartPoster Start = "poster"
)

// A Setting is a row of the table from which the parser of the query and its help are made.
type Setting struct {
	Name    string
	Type    string // "choice" or "list"
	Default string // what its absence means
	Allowed string
	Doc     string

	set func(h *Host, value string) error
}

// Settings returns the table for a page of these parts. A new setting is a new row.
func Settings(parts []Part) []Setting {
	return []Setting{
		{"ui", "choice", "full", choices("full", UIEmbed, UIStage), say.Address.Interface(),
			func(h *Host, v string) error { return choose(&h.UI, v, "full", UIEmbed, UIStage) }},
		{"hide", "list", "", say.Address.HideValues(strings.Join(partNames(parts), ", ")), say.Address.Hide(),
			func(h *Host, v string) (err error) { h.Hide, err = parseParts(v, parts); return err }},
		{"theme", "choice", "system", choices("system", ThemeLight, ThemeDark, ThemeProjector), say.Address.HostTheme(),
			func(h *Host, v string) error {
				return choose(&h.Theme, v, "system", ThemeLight, ThemeDark, ThemeProjector)
			}},
		{"motion", "choice", "full", choices("full", MotionReduced, MotionNone), say.Address.Motion(),
			func(h *Host, v string) error { return choose(&h.Motion, v, "full", MotionReduced, MotionNone) }},
		{"start", "choice", "run", choices("run", StartPoster), say.Address.Start(),
			func(h *Host, v string) error { return choose(&h.Start, v, "run", StartPoster) }},
	}
}

// A Part is a piece of the page that a host can leave out.
type Part struct{ Name, Doc string }

// Parts returns those that are there whatever the page can do; features add theirs. A style sheet has a rule for each,
// web/view/style/host.css or that of the feature.
func Parts() []Part {
	return []Part{
		{"header", say.Address.PartHeader()},
		{"models", say.Address.PartModels()},
		{"theme", say.Address.PartTheme()},
		{"link", say.Address.PartLink()},
		{"stages", say.Address.PartStages()},
		{"inspector", say.Address.PartInspector()},
		{"legend", say.Address.PartLegend()},
		{"map", say.Address.PartMap()},
		{"tools", say.Address.PartTools()},
	}
}

func partNames(parts []Part) []string {
	var names []string
	for _, p := range parts {
		names = append(names, p.Name)
	}
	return names
}

// ParseQuery reads the query of a URL, with or without "?". A value that is not allowed falls back to the default,
// with a warning; so does a key that is almost one, or one of the hash, which links are. Other keys are those of
// servers. Of a list, what is allowed counts: of the parts that the page has.
func ParseQuery(query string, parts []Part, links Table) (Host, []Warning) {
	var h Host
	var warnings []Warning
	table := Settings(parts)
	for part := range strings.SplitSeq(strings.TrimPrefix(query, "?"), "&") {
		key, value, valued := strings.Cut(part, "=")
		i := slices.IndexFunc(table, func(s Setting) bool { return s.Name == key })
		if i < 0 && valued {
			if w, meant := links.unknownInQuery(key); meant {
				warnings = append(warnings, w)
			}
		}
		if i < 0 {
			continue
		}
		if err := table[i].set(&h, unescape(value)); err != nil {
			warnings = append(warnings, Warning{key, err.Error()})
		}
	}
	return h, warnings
}

// choose sets to the value if it is one of those allowed. The default has a name in the
// query, and is empty here.
func choose[T ~string](to *T, value, byDefault string, others ...T) error {
	switch {
	case value == byDefault || value == "":
		*to = ""
	case slices.Contains(others, T(value)):
		*to = T(value)
	default:
		return errors.New(say.Address.NoChoice(quoted(value), choices(T(byDefault), others...)))
	}
	return nil
}

// choices lists values as they stand in an address.
func choices[T ~string](first T, others ...T) string {
	list := string(first)
	for _, o := range others {
		list += ", " + string(o)
	}
	return list
}

// parseParts reads names of parts; those that there are count, whatever else stands there.
func parseParts(v string, parts []Part) ([]string, error) {
	names := strings.Split(v, ",")
	var list, unknown []string
	for _, name := range partNames(parts) {
		if slices.Contains(names, name) {
			list = append(list, name)
		}
	}
	for _, name := range names {
		if name != "" && !slices.Contains(list, name) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		return list, errors.New(say.Address.NoPart(quoted(unknown[0]), strings.Join(partNames(parts), ", ")))
	}
	return list, nil
}

// IsSetting reports whether a key of the query is one of Settings.
func IsSetting(key string) bool {
	return slices.ContainsFunc(Settings(nil), func(s Setting) bool { return s.Name == key })
}
