package lessons

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vugu/vugu"

	"glassbox/web/feature"
	"glassbox/web/say"
)

// Line is the picture of the whole as a production line: text enters at the top, each
// station does one job, the next word leaves at the bottom and joins the text.
type Line struct {
	Screen   *feature.Screen
	stations []Station // of this build
	text     string
}

// The measures of the picture, in units of its viewBox, which are CSS pixels at its usual
// width.
const (
	lineTop   = 30 // height of the chips at both ends
	linePitch = 44 // from station to station
	lineGap   = 14 // from a chip to the first station
	lineLeft  = 24 // of the belt
	lineBelt  = 32 // its width
)

// Compute asks once for what the methods below read.
func (c *Line) Compute(vugu.ComputeCtx) {
	c.stations, c.text = Stations(c.Screen.State), entering(c.Screen.State)
}

// mostEntering is how many characters of the text have room at the top of the picture.
const mostEntering = 16

// entering is the end of the text, in whole tokens; ids are parted, and of one long token the end stands alone.
func entering(s *feature.State) (text string) {
	between := feature.Choose(readsIDs(s), " ", "")
	for i := len(s.Tokens) - 1; i >= 0; i-- {
		more := s.Tokens[i].Text + feature.Choose(text == "", "", between) + text
		room := mostEntering - len(feature.Choose(i > 0, ".", "")) // for the mark of what is left out
		if r := []rune(more); len(r) > room {
			if text == "" {
				text = string(r[len(r)-room+1:])
			}
			return "…" + text
		}
		text = more
	}
	return text
}

func (c *Line) bottom() int { return lineTop + 2*lineGap + linePitch*len(c.stations) }

// ViewBox is as high as the stations need.
func (c *Line) ViewBox() string { return "0 0 320 " + strconv.Itoa(c.bottom()+lineTop+1) }

// Name describes the picture.
func (c *Line) Name() string {
	var names []string
	for _, s := range c.stations {
		names = append(names, say.Lessons.StationDoes(s.Label, s.Job))
	}
	return say.Lessons.Line(c.text, strings.Join(names, "; "), c.Next())
}

// Next is the word that leaves.
func (c *Line) Next() string {
	if next := drawn(c.Screen.State); next != "" {
		return next
	}
	return "…"
}

// Belt is where the belt runs.
func (c *Line) Belt() string {
	return "M" + strconv.Itoa(lineLeft) + " " + strconv.Itoa(lineTop) + "h" + strconv.Itoa(lineBelt) + "V" + strconv.Itoa(c.bottom()) + "h-" + strconv.Itoa(lineBelt) + "z"
}

// Threads are one line along the belt for each token, at most eleven.
func (c *Line) Threads() string {
	var d strings.Builder
	n := min(len(c.Screen.State.Tokens), 11)
	for i := range n {
		x := lineLeft + lineBelt*(2*float64(i)+1)/float64(2*n)
		d.WriteString("M" + strconv.FormatFloat(x, 'f', 1, 64) + " " + strconv.Itoa(lineTop) + "V" + strconv.Itoa(c.bottom()))
	}
	return d.String()
}

// Return is the way of the new word back into the text.
func (c *Line) Return() string {
	y := strconv.Itoa(c.bottom() + lineTop/2)
	return "M" + strconv.Itoa(lineLeft-4) + " " + y + "H14a8 8 0 0 1 -8 -8V23a8 8 0 0 1 8 -8H" + strconv.Itoa(lineLeft-8)
}

// Place moves station i to where it stands.
func (c *Line) Place(i int) string {
	return "translate(0 " + strconv.Itoa(lineTop+lineGap+linePitch*i) + ")"
}

// Class tells stations with learned numbers from the others.
func (c *Line) Class(i int) string {
	return feature.Choose(c.stations[i].Learned, "station learned", "station")
}

// Number counts the stations from 1.
func (c *Line) Number(i int) string { return strconv.Itoa(i + 1) }

// OutY is where the next word stands.
func (c *Line) OutY() string { return "translate(0 " + strconv.Itoa(c.bottom()) + ")" }

// TextWidth is the width of the chip around the text.
func (c *Line) TextWidth() string { return chipWidth(c.text) }

// NextWidth is the width of the chip around the next word.
func (c *Line) NextWidth() string { return chipWidth(c.Next()) }

// CaptionX is where the words beside a chip begin.
func (c *Line) CaptionX(text string) string {
	w, _ := strconv.Atoi(chipWidth(text))
	return strconv.Itoa(lineLeft - 4 + w + 12)
}

// chipWidth is room for the text at 14 px, in capitals at the widest.
func chipWidth(text string) string {
	return strconv.Itoa(max(lineBelt+8, 20+11*utf8.RuneCountInString(text)))
}
