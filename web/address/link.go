// Package address is the codec of the page's URL: the hash, which says what is shown, and the query,
// by which a page that embeds this one says how. Parsers, writers and the help are made from tables.
package address

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/scene/camera"
)

// A Link is what the hash of the URL says: all that a reader needs to see the same.
type Link struct {
	Model     string // "": the first one
	Typed     bool   // the text is in the link; otherwise the model's example stands there
	Text      string
	Generated []int // what the model wrote
	Form      Form  // in which the text is read
	Stage     run.Stage
	Panel     string        // the selected step or weight
	Cell      *run.Cell     // of Panel
	AtLast    bool          // Cell is in the last row, whichever that is; what Row says counts for nothing
	Trail     []run.Cell    // the way to Cell: each number was made from the next, the last from Cell
	Camera    *camera.State // nil: Panel, or else Stage, is in view
	Sampling  run.Sampling
	Edits     []run.Edit
	Show      engine.Show
	Theme     Theme
	Language  Language
	Scale     Scale

	more map[string]string // what features say, by the names of their properties; nil: nothing
}

// New returns the link of an empty hash.
func New() Link { return Link{Sampling: run.DefaultSampling()} }

// Value returns what the link says for a property of a feature, "" nothing.
func (l Link) Value(property string) string { return l.more[property] }

// Says reports whether the link says it, be it "".
func (l Link) Says(property string) bool { _, ok := l.more[property]; return ok }

// With returns the link with a value for a property of a feature.
func (l Link) With(property, value string) Link {
	more := map[string]string{property: value}
	for k, v := range l.more {
		if k != property {
			more[k] = v
		}
	}
	l.more = more
	return l
}

// Without returns the link without what it says for a property of a feature.
func (l Link) Without(property string) Link {
	if _, ok := l.more[property]; ok {
		l.more = maps.Clone(l.more)
		if delete(l.more, property); len(l.more) == 0 {
			l.more = nil
		}
	}
	return l
}

// A Warning says which property of an address was left at its default, and why.
type Warning struct{ Name, Reason string }

func (w Warning) String() string { return say.Address.Warning(w.Name, w.Reason) }

// A Property is a row of the table from which parser, writer and help are made.
type Property struct {
	Name    string
	Type    string // "text", "number", "whole number", "list", "choice", "name"
	Default string // as it stands in the hash; "" is left out
	Allowed string
	Doc     string
	Needs   string // the property without which it means nothing; "" none

	// Check is given by features: it returns a value as it is written in links, or what is wrong
	// with it. nil: any text is right.
	Check func(value string) (string, error)
	// Placed is set if the value says where the reader is: a link that leads elsewhere drops it.
	Placed bool
	// Reveals is given by features: the id of the element that shows the value. A link within the page that says it
	// brings that into view; "" nothing.
	Reveals string
	// Missing is given by features: it says what a value names that is nowhere, in whatever model; "" it is there. nil:
	// a value names nothing, or a model has to be asked.
	Missing func(value string) string
	// Kept is given by features: the link says the value whatever it is, for Default only describes
	// what stands there otherwise.
	Kept bool

	set func(l *Link, value string) error // of a property of Link's own; nil: of a feature
	get func(l Link) string
	has func(l Link) bool // whether the link says it; nil: unless it is the default
}

// read puts a value into a link.
func (p Property) read(l *Link, value string) (err error) {
	switch {
	case !utf8.ValidString(value):
		return errors.New(say.Address.NotText())
	case p.set != nil:
		return p.set(l, value)
	case p.Check != nil:
		if value, err = p.Check(value); err != nil {
			return err
		}
	}
	if value == p.Default && !p.Kept {
		*l = l.Without(p.Name)
	} else {
		*l = l.With(p.Name, value)
	}
	return nil
}

// said returns the value that a link says, and whether it says any.
func (p Property) said(l Link) (value string, ok bool) {
	if p.get == nil {
		return l.Value(p.Name), l.Says(p.Name)
	}
	value = p.get(l)
	if p.has != nil {
		return value, p.has(l)
	}
	return value, value != p.Default
}

// clear takes what a link says back.
func (p Property) clear(l *Link) {
	if p.set == nil {
		*l = l.Without(p.Name)
	} else {
		p.set(l, p.Default) // which is always right
	}
}

// A Table holds all properties, in the order in which they stand in links.
type Table []Property

// Find returns the property of a name.
func (t Table) Find(name string) (Property, bool) {
	i := slices.IndexFunc(t, func(p Property) bool { return p.Name == name })
	if i < 0 {
		return Property{}, false
	}
	return t[i], true
}

// Parse reads the hash of a URL, with or without "#". A value that is not allowed falls back to the default, with a
// warning; so does a key that there is not.
func (t Table) Parse(hash string) (Link, []Warning) {
	l := New()
	var warnings []Warning
	for part := range strings.SplitSeq(strings.TrimPrefix(hash, "#"), "&") {
		key, value, valued := strings.Cut(part, "=")
		p, ok := t.Find(key)
		if !ok && valued {
			warnings = append(warnings, t.unknownInHash(key))
		}
		if !ok {
			continue
		}
		before := l
		if err := p.read(&l, unescape(value)); err != nil {
			l = before
			warnings = append(warnings, Warning{key, err.Error()})
		}
	}
	for _, p := range t {
		if _, says := p.said(l); !says || p.Needs == "" {
			continue
		}
		needed, _ := t.Find(p.Needs)
		if _, says := needed.said(l); !says {
			p.clear(&l)
			warnings = append(warnings, Warning{p.Name, say.Address.Needs(p.Needs)})
		}
	}
	if l.Cell != nil {
		l.Cell.Name = l.Panel
	}
	return l, warnings
}

// With returns the link with a value for a property of a feature, which it leaves out if that is
// the default.
func (t Table) With(l Link, property, value string) Link {
	if p, ok := t.Find(property); ok && value == p.Default && !p.Kept {
		return l.Without(property)
	}
	return l.With(property, value)
}

// Hash writes a link as the hash of a URL, "#model=sort&text=CBA". What has its default value
// is left out; an empty hash is "".
func (t Table) Hash(l Link) string {
	var parts []string
	for _, p := range t {
		if value, says := p.said(l); says {
			parts = append(parts, p.Name+"="+escape(value))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "#" + strings.Join(parts, "&")
}
