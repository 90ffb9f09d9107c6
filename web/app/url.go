package app

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"glassbox/web/run"
	"glassbox/web/scene/camera"
)

// A Link is what the hash of the URL says: all that a reader needs to see the same.
type Link struct {
	Model     string // "": the first one
	Typed     bool   // the text is in the link; otherwise the model's example stands there
	Text      string
	Generated []int // what the model wrote
	Stage     run.Stage
	Panel     string        // the selected step or weight
	Cell      *run.Cell     // of Panel
	Attention Attention     // the view of the heads of a block; without a head it is closed
	Trail     []run.Cell    // the way to Cell: each number was made from the next, the last from Cell
	Camera    *camera.State // nil: Panel, or else Stage, is in view
	Tokenizer string        // of the Tokenize stage; "": the model's own
	Probed    bool          // Probe is in the link; otherwise the page has a text to try
	Probe     string
	Sampling  run.Sampling
	Theme     ThemeChoice
	Scale     ScaleChoice
	Rank      int     // the table of all tokens begins there, counted from 1; 0: it is closed
	Find      string  // what is looked for in it
	Word      string  // of the glossary, by its ID; "": none is open
	Walk      int     // the stop of the walk, counted from 1; 0: none
	Sizes     string  // what is looked at in the comparison of sizes; "": it is closed
	Flow      string  // how far the computation is watched, as flowLink writes it; "": it is not
	Pace      float64 // how fast; 0 stands for 1
	Own       string  // the configuration typed there, as Own.join writes it; "": none
}

// A Warning says which property of a hash was left at its default, and why.
type Warning struct{ Name, Reason string }

func (w Warning) String() string { return w.Name + ": " + w.Reason }

// A Property is a row of the table from which parser, writer and help are made.
type Property struct {
	Name    string
	Type    string // "text", "number", "whole number", "list", "choice", "name"
	Default string // as it stands in the hash; "" is left out
	Allowed string
	Doc     string

	set func(l *Link, value string) error
	get func(l Link) string
	has func(l Link) bool // whether the link says it; nil: unless it is the default
}

// Properties returns the table. A new property is a new row.
func Properties() []Property {
	return slices.Concat(textProperties(), placeProperties(), drawProperties(), viewProperties(), flowProperties())
}

// newLink is the link of an empty hash.
func newLink() Link { return Link{Sampling: defaultSampling()} }

// ParseHash reads the hash of a URL, with or without "#". Unknown keys are ignored; a
// value that is not allowed falls back to the default, with a warning.
func ParseHash(hash string) (Link, []Warning) {
	l, table := newLink(), Properties()
	var warnings []Warning
	for part := range strings.SplitSeq(strings.TrimPrefix(hash, "#"), "&") {
		key, value, _ := strings.Cut(part, "=")
		i := slices.IndexFunc(table, func(p Property) bool { return p.Name == key })
		if i < 0 {
			continue
		}
		before := l
		value = unescape(value)
		err := table[i].set(&l, value)
		if !utf8.ValidString(value) {
			err = errors.New("is not valid UTF-8")
		}
		if err != nil {
			l = before
			warnings = append(warnings, Warning{key, err.Error()})
		}
	}
	if l.Cell != nil {
		if l.Cell.Name = l.Panel; l.Panel == "" {
			l.Cell = nil
			warnings = append(warnings, Warning{"cell", "needs a panel"})
		}
	}
	if l.Attention.Head == "" && l.Attention.Pair != nil {
		l.Attention.Pair = nil
		warnings = append(warnings, Warning{"pair", "needs attention"})
	}
	if l.Cell == nil && l.Trail != nil {
		l.Trail = nil
		warnings = append(warnings, Warning{"trail", "needs a cell"})
	}
	return l, warnings
}

// Hash writes the link as the hash of a URL, "#model=sort&text=CBA". What has its default
// value is left out; an empty hash is "".
func (l Link) Hash() string {
	var parts []string
	for _, p := range Properties() {
		value := p.get(l)
		if p.has != nil && p.has(l) || p.has == nil && value != p.Default {
			parts = append(parts, p.Name+"="+escape(value))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "#" + strings.Join(parts, "&")
}

// identifier accepts what can be the name of a model, a step or a weight.
func identifier(v string) error {
	if len(v) > 200 {
		return fmt.Errorf("has %d characters; expected 200 at most", len(v))
	}
	for i := range len(v) {
		if c := v[i]; !plain(c) {
			return fmt.Errorf("%.40q is no name: expected letters, digits, dots, dashes and underscores", v)
		}
	}
	return nil
}

// mostIDs is the longest list of ids in a link: the largest context of a model.
const mostIDs = 1 << 16

func parseIDs(v string) ([]int, error) {
	if v == "" {
		return nil, nil
	}
	var ids []int
	for part := range strings.SplitSeq(v, ".") {
		id, err := parseInt(part, run.MostTopK)
		if err != nil {
			return nil, err
		}
		if ids = append(ids, id); len(ids) > mostIDs {
			return nil, fmt.Errorf("has more than %d ids", mostIDs)
		}
	}
	return ids, nil
}

func joinIDs(ids []int) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = strconv.Itoa(id)
	}
	return strings.Join(parts, ".")
}

func parseCell(v string) (*run.Cell, error) {
	ids, err := parseIDs(v)
	switch {
	case err != nil:
		return nil, err
	case v == "":
		return nil, nil
	case len(ids) != 2:
		return nil, fmt.Errorf("%.40q is no cell; expected row.column", v)
	}
	return &run.Cell{Row: ids[0], Col: ids[1]}, nil
}

func joinCell(c *run.Cell) string {
	if c == nil {
		return ""
	}
	return joinIDs([]int{c.Row, c.Col})
}

// parseInt reads a whole number from 0 to most.
func parseInt(v string, most int) (int, error) {
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 || n > most {
		return 0, fmt.Errorf("%.40q; expected a whole number from 0 to %d", v, most)
	}
	return n, nil
}

func parseSeed(v string) (uint64, error) {
	n, err := strconv.ParseUint(v, 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%.40q; expected a whole number from 0 to %d", v, uint64(math.MaxUint64))
	}
	return n, nil
}

// parseFloat reads a number from 0 to most.
func parseFloat(v string, most float64) (float32, error) {
	x, err := strconv.ParseFloat(v, 32)
	if err != nil || !(x >= 0 && x <= most) {
		return 0, fmt.Errorf("%.40q; expected a number from 0 to %v", v, most)
	}
	return max(0, float32(x)), nil // max makes −0 a 0
}

func formatFloat(x float32) string { return strconv.FormatFloat(float64(x), 'f', -1, 32) }

func (t ThemeChoice) check() error {
	switch t {
	case ThemeSystem, ThemeLight, ThemeDark, ThemeProjector:
		return nil
	}
	return fmt.Errorf("%.40q is no theme; expected light, dark or projector", string(t))
}
