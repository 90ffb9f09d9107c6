package app

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"glassbox/web/scene"
)

// A Link is what the hash of the URL says: all that a reader needs to see the same.
type Link struct {
	Model     string // "": the first one
	Typed     bool   // the text is in the link; otherwise the model's example stands there
	Text      string
	Generated []int // what the model wrote
	Stage     Stage
	Panel     string             // the selected step or weight
	Cell      *Cell              // of Panel
	Attention Attention          // the view of the heads of a block; without a head it is closed
	Trail     []Cell             // the way to Cell: each number was made from the next, the last from Cell
	Camera    *scene.CameraState // nil: Panel, or else Stage, is in view
	Tokenizer string             // of the Tokenize stage; "": the model's own
	Probed    bool               // Probe is in the link; otherwise the page has a text to try
	Probe     string
	Sampling  Sampling
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
	return append([]Property{
		{"model", "name", "", "an entry of the model switch", "Which model runs.",
			func(l *Link, v string) error { l.Model = v; return identifier(v) },
			func(l Link) string { return l.Model }, nil},
		{"text", "text", "the model's example", "any text", "What is typed.",
			func(l *Link, v string) error { l.Typed, l.Text = true, v; return nil },
			func(l Link) string { return l.Text },
			func(l Link) bool { return l.Typed }},
		{"generated", "list", "", "ids with dots between them: 0.1.1", "What the model wrote after the text.",
			func(l *Link, v string) (err error) { l.Generated, err = parseIDs(v); return err },
			func(l Link) string { return joinIDs(l.Generated) }, nil},
		{"stage", "choice", "", "tokenize, token, position, block.0 (block.0.attention, …), norm, output, softmax, sample",
			"The stage that is shown; none: the whole model.",
			func(l *Link, v string) error { l.Stage = Stage(v); return l.Stage.check() },
			func(l Link) string { return string(l.Stage) }, nil},
		{"panel", "name", "", "the name of a step or weight: h.0.attn.head.1.scores", "The step or weight that is selected.",
			func(l *Link, v string) error { l.Panel = v; return identifier(v) },
			func(l Link) string { return l.Panel }, nil},
		{"cell", "list", "", "row.column, counted from 0, of the panel", "The number that is selected.",
			func(l *Link, v string) (err error) { l.Cell, err = parseCell(v); return err },
			func(l Link) string { return joinCell(l.Cell) }, nil},
		{"trail", "list", "", "name-row-column of up to 200 numbers with ~ between them: probabilities-5-1~logits-5-1",
			"The way to the selected number, from the one where the reader began; each was made from the next.",
			func(l *Link, v string) (err error) { l.Trail, err = parseTrail(v); return err },
			func(l Link) string { return joinTrail(l.Trail) }, nil},
		{"attention", "name", "", "h.0.attn.head.0, and .scores, .scaled, .masked or .mix behind it",
			"The heads of a block stand side by side, this one large, at this step; none behind it: after the softmax.",
			func(l *Link, v string) error {
				a, err := parseAttention(v)
				a.Pair = l.Attention.Pair
				l.Attention = a
				return err
			},
			func(l Link) string { return joinAttention(l.Attention) }, nil},
		{"pair", "list", "", "query.key, counted from 0", "The two tokens that the view of attention is about; none: the last, and the one that it looks at most.",
			func(l *Link, v string) (err error) { l.Attention.Pair, err = parsePair(v); return err },
			func(l Link) string { return joinPair(l.Attention.Pair) }, nil},
		{"camera", "list", "", "x_y_z_height_azimuth_elevation_spread, in cells and degrees",
			"Where the camera stands; none: what is shown fills the scene.",
			func(l *Link, v string) (err error) { l.Camera, err = parseCamera(v); return err },
			func(l Link) string { return joinCamera(l.Camera) }, nil},
		{"tokenizer", "choice", "", "letters, gpt2", "The tokenizer of the Tokenize stage; none: that of the model.",
			func(l *Link, v string) error { l.Tokenizer = v; return checkTokenizer(v) },
			func(l Link) string { return l.Tokenizer }, nil},
		{"probe", "text", "the text, or an example", "any text", "The text that is tried at the Tokenize stage.",
			func(l *Link, v string) error { l.Probed, l.Probe = true, v; return nil },
			func(l Link) string { return l.Probe },
			func(l Link) bool { return l.Probed }},
		{"temperature", "number", "0", "0 to 10", "Above 1 evens the probabilities out, below 1 sharpens them; 0 always takes the most likely token.",
			func(l *Link, v string) (err error) { l.Sampling.Temperature, err = parseFloat(v, 10); return err },
			func(l Link) string { return formatFloat(l.Sampling.Temperature) }, nil},
		{"k", "whole number", "0", "0 (all) to 1000000", "Only the k most likely tokens can be drawn.",
			func(l *Link, v string) (err error) { l.Sampling.TopK, err = parseInt(v, mostTopK); return err },
			func(l Link) string { return strconv.Itoa(l.Sampling.TopK) }, nil},
		{"p", "number", "1", "0 to 1", "Only the most likely tokens that together reach p can be drawn; 0 and 1: all.",
			func(l *Link, v string) (err error) { l.Sampling.TopP, err = parseFloat(v, 1); return err },
			func(l Link) string { return formatFloat(l.Sampling.TopP) }, nil},
		{"seed", "whole number", "1", "0 to 18446744073709551615", "Of the random numbers: the same seed draws the same tokens.",
			func(l *Link, v string) (err error) { l.Sampling.Seed, err = parseSeed(v); return err },
			func(l Link) string { return strconv.FormatUint(l.Sampling.Seed, 10) }, nil},
		{"rank", "whole number", "0", "0 to 1000000", "The first rank of the table of all tokens, counted from 1; 0: it is closed.",
			func(l *Link, v string) (err error) { l.Rank, err = parseInt(v, mostTopK); return err },
			func(l Link) string { return strconv.Itoa(l.Rank) }, nil},
		{"find", "text", "", "any text", "What is looked for in that table: a token, with or without the space before it, or an id.",
			func(l *Link, v string) error { l.Find = v; return nil },
			func(l Link) string { return l.Find }, nil},
		{"sizes", "name", "", "all, gpt2, gpt2-medium, gpt2-large, gpt2-xl, gpt3, own, or an entry of the model switch",
			"The comparison of sizes is open, at that one; none: it is closed.",
			func(l *Link, v string) error { l.Sizes = v; return identifier(v) },
			func(l Link) string { return l.Sizes }, nil},
		{"own", "list", "", "V.T.C.H.L.tied or V.T.C.H.L.untied: 50257.1024.768.12.12.tied", "The configuration that is typed there.",
			func(l *Link, v string) error {
				o, err := parseOwn(v)
				l.Own = o.join()
				return err
			},
			func(l Link) string { return l.Own }, nil},
		{"theme", "choice", "", "light, dark, projector", "The colours; none: as the system.",
			func(l *Link, v string) error { l.Theme = ThemeChoice(v); return l.Theme.check() },
			func(l Link) string { return string(l.Theme) }, nil},
		{"scale", "choice", "", "shared, fixed", "What colours are measured by: shared by all panels of a kind, or fixed from −1 to 1; none: each panel by its own values.",
			func(l *Link, v string) error { l.Scale = ScaleChoice(v); return l.Scale.check() },
			func(l Link) string { return string(l.Scale) }, nil},
		{"word", "name", "", "a word of the glossary, with dashes: residual-stream", "The word of the glossary that is open; none: it is closed.",
			func(l *Link, v string) error { l.Word = v; return identifier(v) },
			func(l Link) string { return l.Word }, nil},
		{"walk", "whole number", "0", "0 to 99", "The stop of the walk that is open, counted from 1; 0: none.",
			func(l *Link, v string) (err error) { l.Walk, err = parseInt(v, 99); return err },
			func(l Link) string { return strconv.Itoa(l.Walk) }, nil},
	}, flowProperties()...)
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

// mostTopK is the largest vocabulary of a model.
const mostTopK = 1000000

func parseIDs(v string) ([]int, error) {
	if v == "" {
		return nil, nil
	}
	var ids []int
	for part := range strings.SplitSeq(v, ".") {
		id, err := parseInt(part, mostTopK)
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

func parseCell(v string) (*Cell, error) {
	ids, err := parseIDs(v)
	switch {
	case err != nil:
		return nil, err
	case v == "":
		return nil, nil
	case len(ids) != 2:
		return nil, fmt.Errorf("%.40q is no cell; expected row.column", v)
	}
	return &Cell{Row: ids[0], Col: ids[1]}, nil
}

func joinCell(c *Cell) string {
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

// clamped returns the settings with each in its range.
func (s Sampling) clamped() Sampling {
	if !(s.Temperature >= 0) {
		s.Temperature = 0
	}
	if !(s.TopP >= 0) {
		s.TopP = 0
	}
	s.Temperature, s.TopP = min(s.Temperature, 10), min(s.TopP, 1)
	s.TopK = min(max(s.TopK, 0), mostTopK)
	return s
}
