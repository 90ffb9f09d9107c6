package compare

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/engine"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
)

// With is what the run on the page is compared with. The zero value is nothing.
type With struct {
	Kind  Kind
	Value string // the other text, the ID of the other model, or the type of numbers; "" of the last two: none is chosen yet
	Text  string // that the other model reads; "": the one on the page, or, if its tokens are others, the example of that model
}

// A Kind is a kind of what can be compared.
type Kind string

// The kinds.
const (
	KindText  Kind = "text"
	KindModel Kind = "model"
	KindType  Kind = "type"
)

func kinds() []Kind { return []Kind{KindText, KindModel, KindType} }

const (
	withName = name + ".with"
	weight   = model.KindWeight
)

var with = feature.MemoryOf[With](withName)

// withOf returns it.
func withOf(s *feature.State) With { return with.Get(s) }

// nothing reports whether there is nothing to compare with yet: nothing is chosen, or it is the text of the page.
func (w With) nothing(s *feature.State) bool {
	return w.Kind == "" || w.Kind == KindText && w.Value == s.Ran.Text && len(s.Ran.Generated) == 0 || w.Kind == KindText && w.Value == "" || w.Value == ""
}

// model returns the key of the model that the second engine needs.
func (w With) model() string {
	if w.Kind == KindText {
		return string(KindText)
	}
	return string(w.Kind) + ":" + w.Value
}

// modelOf returns a model of the menu that is not the one on the page.
func modelOf(s *feature.State, id string) (feature.Choice, bool) {
	for _, c := range s.Models {
		if c.ID == id && id != s.Model {
			return c, true
		}
	}
	return feature.Choice{}, false
}

// input returns what the second engine runs: what the page has run, but for what is compared.
func (w With) input(s *feature.State) run.Input {
	in := s.Ran
	if in.Show == engine.ShowBefore {
		in.Edits = nil
	}
	in.Edits = slices.DeleteFunc(slices.Clone(in.Edits), func(e run.Edit) bool { return e.Paused })
	in.Show, in.Beside = engine.ShowAfter, 0
	switch w.Kind {
	case KindText:
		in.Text, in.Generated = w.Value, nil
	case KindModel:
		in.Text, in.Generated, in.Form, in.Edits = w.reads(s), nil, "", nil
	}
	return in
}

// reads returns the text that the other model reads.
func (w With) reads(s *feature.State) string {
	c, _ := modelOf(s, w.Value)
	switch {
	case w.Text != "":
		return w.Text
	case c.Config.Alphabet != s.Config.Alphabet:
		return c.Example
	}
	text := s.Ran.Text
	for _, t := range s.Tokens {
		if t.Generated && !t.Control {
			text += run.Plain(t.Text)
		}
	}
	return text
}

// names returns what both runs are called.
func names(s *feature.State) (first, second string) {
	switch w := withOf(s); w.Kind {
	case KindText:
		return say.Compare.ThisText(), say.Compare.OtherText()
	case KindModel:
		c, _ := modelOf(s, w.Value)
		return s.Choice().Label, c.Label
	case KindType:
		return s.Choice().Label, say.Compare.InType(s.Choice().Label, w.Value)
	}
	return "", ""
}

func properties() address.Table {
	return address.Table{
		{Name: "with", Type: "text", Allowed: say.Compare.WithValues([]string{"text:…", "model:sort", "type:Q4_0"}), Doc: say.Compare.WithDoc(), Check: checkWith},
		{Name: "with-text", Type: "text", Needs: "with", Allowed: say.Compare.TextValues(), Doc: say.Compare.TextDoc()},
		{Name: "with-show", Type: "choice", Needs: "with", Allowed: string(ViewSide) + ", " + string(ViewDiff), Doc: say.Compare.ShowDoc(), Check: checkView},
		{Name: name, Type: "choice", Placed: true, Allowed: opened, Doc: say.Compare.OpenDoc(), Reveals: name,
			Check: func(v string) (string, error) { return feature.Choose(v == "" || v == opened, v, opened), nil }},
	}
}

// opened is the value of the property that opens the card.
const opened = "open"

// parse reads what a link says; ok is false if it is nothing that can be compared.
func parse(v string) (w With, ok bool) {
	kind, value, found := strings.Cut(v, ":")
	w = With{Kind: Kind(kind), Value: value}
	ok = found && slices.Contains(kinds(), w.Kind) && (w.Kind != KindType || value == "" || slices.Contains(engine.RoundedTypes(), value))
	return w, ok
}

func checkWith(v string) (string, error) {
	if _, ok := parse(v); v != "" && !ok {
		return "", errors.New(say.Compare.NoWith(fmt.Sprintf("%.40q", v), engine.RoundedTypes()))
	}
	return v, nil
}

func checkView(v string) (string, error) {
	if v != "" && v != string(ViewSide) && v != string(ViewDiff) {
		return "", errors.New(say.Compare.NoView(fmt.Sprintf("%.40q", v), string(ViewSide), string(ViewDiff)))
	}
	return v, nil
}

func link(s *feature.State, put func(property, value string)) {
	put(name, feature.Choose(s.Mode == name, opened, ""))
	w := withOf(s)
	if w.Kind == "" || w.Kind == KindText && w.Value == s.Text {
		return
	}
	put("with", string(w.Kind)+":"+w.Value)
	put("with-text", w.Text)
	put("with-show", string(Of(s).View))
}

// follow compares with what a link says, and opens the card where it says so.
func follow(u *feature.Change, l address.Link) {
	if u.Mode == name {
		u.Mode = ""
	}
	w, ok := parse(l.Value("with"))
	if !ok {
		w = With{}
	}
	if w.Kind == KindModel && w.Value != "" {
		if _, there := modelOf(&u.State, w.Value); !there {
			u.AddNotice(say.Compare.NoModel(w.Value))
			w.Value = ""
		}
	}
	if w.Text = feature.Valid(l.Value("with-text")); w.Kind != KindModel {
		w.Text = ""
	}
	if w.Kind == KindText {
		w.Value = feature.Valid(u.Fit(w.Value))
	}
	with.Set(&u.State, w)
	memory.Change(&u.State, func(c *State) { c.View = View(l.Value("with-show")) })
	if l.Value(name) == opened && !u.Covered() {
		open(u)
	}
}
