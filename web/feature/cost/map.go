package cost

import (
	"strconv"
	"unicode/utf8"

	"github.com/vugu/vugu"

	"glassbox/model"
	"glassbox/web/export"
	"glassbox/web/feature"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// Map shows the costs in the place of the model: as areas, and as a table with every number.
type Map struct {
	Screen *feature.Screen

	f      State
	items  []Item
	total  model.StepCost
	areas  []Area
	labels []Label
}

// Compute runs before each build.
func (c *Map) Compute(vugu.ComputeCtx) {
	c.f, c.items = Of(c.Screen.State), Items(c.Screen.State)
	c.total = total(c.items)
	c.areas, c.labels = draw(c.items, c.f)
}

// Wide and High are the sizes that the map is laid out for. It is drawn at others in the same proportion, or higher.
const (
	Wide = 1000.0
	High = 400.0
)

// head is what the name of a group takes of its height, and gap what lies between two groups.
const head, gap = 18.0, 3.0

// An Area is an item on the map.
type Area struct {
	Item
	Box
	Class string
	Share float64
	Name  string // as long as there is room for
	Fits  string // the class of the name
}

// A Label is the name of a group.
type Label struct {
	Text string
	Box
	Class string
}

// draw lays out the map: groups beside one another, and in each its items.
func draw(list []Item, f State) (areas []Area, labels []Label) {
	var groups []string
	var sums []float64
	var of [][]int
	all := 0.0
	for i, x := range list {
		v := float64(f.Measure.of(x.StepCost))
		if n := len(groups); n == 0 || groups[n-1] != x.Group || list[i-1].Block != x.Block {
			groups, sums, of = append(groups, x.Group), append(sums, 0), append(of, nil)
		}
		n := len(groups) - 1
		sums[n], of[n], all = sums[n]+v, append(of[n], i), all+v
	}
	for n, in := range squarify(sums, Box{0, 0, Wide, High}) {
		if in.W <= 0 || in.H <= 0 {
			continue
		}
		in = Box{in.X + gap/2, in.Y + gap/2, max(0, in.W-gap), max(0, in.H-gap)}
		if class := fits(groups[n], Box{W: in.W, H: head}); len(of[n]) > 1 && in.H > 2.5*head && class != "" {
			labels = append(labels, Label{groups[n], Box{in.X, in.Y, in.W, head}, class})
			in.Y, in.H = in.Y+head, in.H-head
		}
		values := make([]float64, len(of[n]))
		for k, i := range of[n] {
			values[k] = float64(f.Measure.of(list[i].StepCost))
		}
		for k, box := range squarify(values, in) {
			if x := list[of[n][k]]; box.W > 0 && box.H > 0 {
				a := Area{Item: x, Box: box, Class: class(x.Part), Share: values[k] / all, Name: x.Title}
				if a.Fits = fits(x.Title, box); x.Brief != "" && (a.Fits == "" || a.Fits == widest) {
					a.Name, a.Fits = x.Brief, fits(x.Brief, box)
				}
				areas = append(areas, a)
			}
		}
	}
	return areas, labels
}

// class returns the class of a part, by which it is coloured.
func class(p model.Part) string {
	return map[model.Part]string{
		model.PartToken: "embedding", model.PartPosition: "embedding", model.PartRotary: "embedding", model.PartTokenize: "embedding",
		model.PartAttention: "attention", model.PartProjection: "projection", model.PartFeedForward: "forward",
		model.PartOutput: "output", model.PartSoftmax: "output",
	}[p]
}

// letter and line are how wide a letter of a label is, and how high a line, in pixels.
const letter, line = 6.6, 17.0

// widest is the class of what is read on wide maps alone.
const widest = "fits-1000"

// fits returns the class of a text that stands in a box: how wide the map must be for it to be read; "" if no map is.
func fits(text string, in Box) string {
	wide := (float64(utf8.RuneCountInString(text))*letter + 10) * Wide / max(in.W, 1)
	wide = max(wide, line*Wide/max(in.H, 1))
	switch {
	case wide <= 340:
		return "fits-340"
	case wide <= 560:
		return "fits-560"
	case wide <= 760:
		return "fits-760"
	case wide <= 1000:
		return widest
	}
	return ""
}

// Screened reports whether there is something to show; Why says why not.
func (c *Map) Screened() bool { return len(c.areas)+len(c.items) > 0 }

// Why says why there is nothing to show.
func (c *Map) Why() string {
	switch {
	case c.f.Error != "":
		return c.f.Error
	case c.Screen.State.Applied != 0 && len(c.Screen.State.Tokens) == 0:
		return say.Cost.NoText()
	}
	return say.Cost.UnderWay()
}

// Untimed reports whether times are wanted that nobody has measured.
func (c *Map) Untimed() bool { return c.f.Measure == Time && !c.f.Renewed() && c.Screened() }

// Class greys what is of a run before.
func (c *Map) Class() string {
	return "cost-scroll" + feature.Choose(c.f.known != c.Screen.State.Applied, " stale", "")
}

// Close goes back to the model.
func (c *Map) Close() { c.Screen.Send(Toggled{}) }

// Measures are those that areas and shares can be of.
func (c *Map) Measures() []Measure { return Measures() }

// MeasureName names one.
func (c *Map) MeasureName(m Measure) string { return say.Cost.Measure(string(m)) }

// MeasureKey is the id of its button.
func (c *Map) MeasureKey(m Measure) string { return "cost-" + string(m) }

// Measured reports whether it is chosen.
func (c *Map) Measured(m Measure) string { return pressed(c.f.Measure == m) }

// Measure chooses it.
func (c *Map) Measure(m Measure) { c.Screen.Send(Measured{m}) }

// Counted reports whether the last token is counted alone, or else the text.
func (c *Map) Counted(last bool) string { return pressed(c.f.Last == last) }

// Count chooses that.
func (c *Map) Count(last bool) { c.Screen.Send(Counted{last}) }

func pressed(on bool) string { return feature.Choose(on, "true", "false") }

// Opened reports whether a block is opened.
func (c *Map) Opened() bool { return c.f.Block > 0 }

// BlockName names it.
func (c *Map) BlockName() string { return run.StageName(run.BlockStage(c.f.Block - 1)) }

// Shut goes back to the whole model.
func (c *Map) Shut() {
	c.Screen.Send(Opened{})
	c.Screen.Do(feature.Focus{ID: "cost-title"})
}

// Areas and Labels are what the map consists of.
func (c *Map) Areas() []Area { return c.areas }

// Labels are the names of groups.
func (c *Map) Labels() []Label { return c.labels }

// AreaClass is the class of an area.
func (c *Map) AreaClass(a Area) string { return "area " + a.Class }

// NameClass is the class of its name.
func (c *Map) NameClass(a Area) string { return "name " + a.Fits }

// ShareClass is the class of its share, which stands below, where a name does.
func (c *Map) ShareClass(a Area) string {
	b := a.Box
	b.H /= 2
	return "share " + a.Fits + feature.Choose(a.Fits != "" && fits("00.0 %", b) != "", "", " none")
}

// LabelClass is the class of the name of a group.
func (c *Map) LabelClass(l Label) string { return "group " + l.Class }

// X is where a box begins, in percent.
func (c *Map) X(b Box) string { return view.Share(b.X / Wide) }

// Y is where it begins from the top.
func (c *Map) Y(b Box) string { return view.Share(b.Y / High) }

// W is how wide it is.
func (c *Map) W(b Box) string { return view.Share(b.W / Wide) }

// H is how high it is.
func (c *Map) H(b Box) string { return view.Share(b.H / High) }

// Percent writes a share.
func (c *Map) Percent(share float64) string { return percent(share) }

func percent(share float64) string { return say.Units.Percent(say.Fixed(100*share, 1)) }

// Tip says what an area is.
func (c *Map) Tip(a Area) string {
	return say.Cost.Tip(a.Whole(), c.f.Measure.write(c.f.Measure.of(a.StepCost)), percent(a.Share))
}

// Go leads from an item to its block, or to its panel.
func (c *Map) Go(x Item) {
	if x.Opens {
		c.Screen.Send(Opened{x.Block + 1})
		c.Screen.Do(feature.Focus{ID: "cost-title"})
		return
	}
	c.Screen.Follow(x.Panel)
}

// GoHint says where it leads.
func (c *Map) GoHint(x Item) string {
	if x.Opens {
		return say.Cost.OpensBlock(run.StageName(run.BlockStage(x.Block)))
	}
	return say.Cost.LeadsToPanel()
}

// mostRows is how many rows the table has before the reader asks for all.
const mostRows = 24

// Rows are those of the table.
func (c *Map) Rows() []Item {
	list := sorted(c.items, c.f.Sort)
	if !c.f.All && len(list) > mostRows {
		return list[:mostRows]
	}
	return list
}

// More says how many rows are not listed; "" none.
func (c *Map) More() string {
	if c.f.All || len(c.items) <= mostRows {
		return ""
	}
	return say.Cost.AllRows(len(c.items))
}

// List lists all.
func (c *Map) List() { c.Screen.Send(Listed{}) }

// Columns are those of the table that can be sorted by.
func (c *Map) Columns() []Column { return Columns()[1:] }

// ColumnName names one.
func (c *Map) ColumnName(k Column) string { return say.Cost.Column(string(k)) }

// ColumnKey is the id of its button.
func (c *Map) ColumnKey(k Column) string { return "cost-by-" + string(k) }

// Sorting says how the table is sorted by it.
func (c *Map) Sorting(k Column) string { return feature.Choose(c.f.Sort == k, "descending", "none") }

// SortBy sorts by it.
func (c *Map) SortBy(k Column) { c.Screen.Send(Sorted{k}) }

// Cell writes what stands in a column, to the last digit.
func (c *Map) Cell(k Column, x Item) string { return c.cell(k, x.StepCost) }

func (c *Map) cell(k Column, of model.StepCost) string {
	switch {
	case k == ByTime && !c.f.Renewed():
		return "–"
	case k == ByTime:
		return duration(int(of.Time))
	case k == ByParameters && of.Parameters == 0 && of.Shared > 0:
		return say.Cost.Tied(of.Shared)
	}
	return say.Count(k.of(of))
}

// ShareOf writes the share of an item.
func (c *Map) ShareOf(x Item) string {
	return percent(float64(c.f.Measure.of(x.StepCost)) / float64(max(1, c.f.Measure.of(c.total))))
}

// Width is how long the bar of an item is.
func (c *Map) Width(x Item) string {
	return view.Share(float64(c.f.Measure.of(x.StepCost)) / float64(max(1, c.f.Measure.of(c.total))))
}

// Sum writes the sum of a column.
func (c *Map) Sum(k Column) string {
	all := c.total
	all.Shared = 0
	return c.cell(k, all)
}

// Name names a row: with its block where that is not opened.
func (c *Map) Name(x Item) string { return x.Whole() }

// Number is the key of a row.
func (c *Map) Number(x Item) string { return x.Name + strconv.Itoa(x.Block) }

// Take saves the costs of all steps, or the map, as SVG or PNG.
func (c *Map) Take(format string) {
	if !c.Screened() {
		return
	}
	if format == string(export.PNG) {
		c.Screen.Do(feature.SavePicture{Name: export.FileName(c.Screen.State.FilesOf(), mode, format), SVG: c.svg()})
		return
	}
	text := csv(c.Screen.State)
	if format == string(export.SVG) {
		text = c.svg()
	}
	c.Screen.Do(feature.SaveText{Name: export.FileName(c.Screen.State.FilesOf(), mode, format), Mime: export.Format(format).Mime(), Text: text})
}
