package sizes

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/say"
)

// Own is the configuration that the reader types: five numbers as they stand in their
// fields, right or wrong. The zero value is none.
type Own struct {
	Fields [5]string // V, T, C, H, L
	Tied   bool
}

// An OwnField is one of them.
type OwnField struct {
	Letter string
	Does   func() string
	Most   int
}

// ownFields are generous for all that was ever published, and small enough to be drawn.
var ownFields = [5]OwnField{
	{"V", say.Sizes.VocabularyDoes, 1 << 20},
	{"T", say.Sizes.ContextDoes, 1 << 16},
	{"C", say.Sizes.WidthDoes, 1 << 15},
	{"H", say.Sizes.HeadsDoes, 1 << 10},
	{"L", say.Sizes.BlocksDoes, 1 << 8},
}

// OwnFields returns the fields in the order of Own.Fields.
func OwnFields() []OwnField { return ownFields[:] }

// mostOwn is how many bytes of a field are kept.
const mostOwn = 12

// errNoOwn says that nothing was typed yet.
var errNoOwn error = noOwn{}

type noOwn struct{}

func (noOwn) Error() string { return say.Sizes.NothingTyped() }

// Config returns the configuration, or what is wrong with it, in words for the reader.
func (o Own) Config() (model.Config, error) {
	if o == (Own{}) {
		return model.Config{}, errNoOwn
	}
	var n [5]int
	for i, f := range ownFields {
		v, err := say.ParseWhole(o.Fields[i])
		switch {
		case strings.TrimSpace(o.Fields[i]) == "":
			return model.Config{}, errors.New(say.Sizes.FieldEmpty(f.Letter, f.Most))
		case err != nil || v < 1 || v > f.Most:
			return model.Config{}, errors.New(say.Sizes.FieldWrong(f.Letter, strconv.Quote(o.Fields[i]), f.Most))
		}
		n[i] = v
	}
	if n[2]%n[3] != 0 {
		return model.Config{}, errors.New(say.Sizes.HeadsLeaveOver(n[2], n[3], n[2]%n[3]))
	}
	return model.Config{Vocab: n[0], Context: n[1], Width: n[2], Heads: n[3], Blocks: n[4], Tied: o.Tied}, nil
}

// Problem says what is wrong with it; "" nothing, or nothing is typed.
func (o Own) Problem() string {
	if _, err := o.Config(); err != nil && !errors.Is(err, errNoOwn) {
		return say.Sentence(err.Error())
	}
	return ""
}

// ownOf writes a configuration into the fields.
func ownOf(c model.Config) (o Own) {
	for i, v := range []int{c.Vocab, c.Context, c.Width, c.Heads, c.Blocks} {
		o.Fields[i] = strconv.Itoa(v)
	}
	o.Tied = c.Tied
	return o
}

// ownName is where it is kept, apart from the rest, for undo brings it back.
const ownName = mode + ".own"

var typed = feature.MemoryOf[Own](ownName)

// OwnOf returns what the reader typed.
func OwnOf(s *feature.State) Own { return typed.Get(s) }

// OwnShown is what stands in the fields: what was typed, or else the size that the reader
// looks at, to begin with.
func OwnShown(s *feature.State) Own {
	if own := OwnOf(s); own != (Own{}) {
		return own
	}
	return ownOf(Shown(s).Config)
}

// write handles what the reader types.
func write(u *feature.Change, m feature.Msg) {
	own := OwnShown(&u.State)
	switch m := m.(type) {
	case OwnTyped:
		if m.Field >= 0 && m.Field < len(own.Fields) {
			own.Fields[m.Field] = feature.UpTo(feature.Valid(m.Text), mostOwn)
			replace(u, own, "own "+ownFields[m.Field].Letter)
		}
	case OwnTied:
		own.Tied = m.On
		replace(u, own, "own tied")
	case OwnRemoved:
		replace(u, Own{}, "")
	}
}

// replace takes over what the reader typed. While it is a model, the scene shows it.
func replace(u *feature.Change, own Own, kind string) {
	if own == OwnOf(&u.State) {
		return
	}
	u.Remember(kind)
	typed.Set(&u.State, own)
	was := Of(&u.State).At
	_, err := own.Config()
	switch {
	case err != nil && was == Yours:
		look(u, All)
	case err == nil && was != "":
		look(u, Yours)
	}
	if at := Of(&u.State).At; at != was || was == Yours {
		u.Frame()
	}
}

// join writes what was typed as it stands in a link, "50257.1024.768.12.12.tied"; "" if it is
// no model.
func (o Own) join() string {
	c, err := o.Config()
	if err != nil {
		return ""
	}
	tied := "untied"
	if c.Tied {
		tied = "tied"
	}
	return address.JoinIDs([]int{c.Vocab, c.Context, c.Width, c.Heads, c.Blocks}) + "." + tied
}

// parseOwn reads what join wrote.
func parseOwn(v string) (Own, error) {
	if v == "" {
		return Own{}, nil
	}
	parts := strings.Split(v, ".")
	if len(parts) != 6 || parts[5] != "tied" && parts[5] != "untied" {
		return Own{}, errors.New(say.Sizes.OwnForm(fmt.Sprintf("%.60q", v)))
	}
	o := Own{Tied: parts[5] == "tied"}
	copy(o.Fields[:], parts)
	c, err := o.Config()
	if err != nil {
		return Own{}, err
	}
	return ownOf(c), nil
}
