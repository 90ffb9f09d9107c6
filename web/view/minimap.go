package view

import (
	"strconv"
	"strings"

	"glassbox/web/feature"
)

// Minimap is the strip at the edge of the scene that shows the whole tower, and which part
// of it the camera sees. It is a slider; the page moves it with the camera, and hears what
// the reader does with it.
type Minimap struct{ Screen *feature.Screen }

// Class marks the stage where the reader is, and, if that is a whole block, all its parts.
func (c *Minimap) Class(i int) string {
	here, band := c.Screen.State.Stage, c.Screen.Map.Bands[i].Stage
	if here != "" && (here == band || strings.HasPrefix(string(band), string(here)+".")) {
		return "band this"
	}
	return "band"
}

// leastBand is how high and wide a band is at least, in hundredths of the picture.
const leastBand = 0.9

// X is where band i begins, from the left; all numbers are hundredths of the picture.
func (c *Minimap) X(i int) string { return hundredths(c.Screen.Map.Bands[i].X) }

// Y is where it begins, from the top.
func (c *Minimap) Y(i int) string { return hundredths(c.Screen.Map.Bands[i].Y) }

// Width is how wide it is.
func (c *Minimap) Width(i int) string { return hundredths(max(c.Screen.Map.Bands[i].W, 0.06)) }

// Height is how high it is; nothing for what is not there.
func (c *Minimap) Height(i int) string {
	if h := c.Screen.Map.Bands[i].H; h > 0 {
		return hundredths(max(h, leastBand/100))
	}
	return "0"
}

// hundredths writes a share.
func hundredths(share float32) string { return strconv.FormatFloat(float64(share)*100, 'f', 2, 32) }
