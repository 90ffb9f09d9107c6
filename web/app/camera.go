package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"glassbox/web/scene/camera"
)

// frame flies to where the panel, or else the stage, is in view.
func (u *update) frame() {
	u.syncSizes()
	u.Camera, u.camera, u.flown = nil, nil, u.framed()
	u.do(Fly{u.flown})
}

// aim puts the camera where a link says, or else frames what it shows. A run may still
// change the places of the panels; after it the camera takes its place again.
func (u *update) aim(c *camera.State) {
	if c == nil {
		u.frame()
		return
	}
	u.syncSizes()
	u.Camera, u.camera = c, c
	if u.applied != 0 && u.Ran.Equal(u.input()) {
		u.camera = nil // no run will come
	}
	u.do(SetCamera{*c, u.applied != 0})
}

// restoreCamera is called when a run has come. The first one may bring the panels that a link
// shows: those of sampling, or of a longer text.
func (u *update) restoreCamera(first bool) {
	switch {
	case u.camera != nil:
		u.do(SetCamera{*u.camera, !first})
		u.camera = nil
	case first && u.Camera == nil && !slices.Equal(u.flown, u.framed()):
		u.frame()
	}
}

// rest takes over where the reader moved the camera.
func (u *update) rest(c *camera.State) {
	if u.camera != nil {
		return // it is not yet where the link wants it
	}
	u.Camera = nil
	if c == nil {
		return
	}
	if at := shortened(*c); at.Valid() {
		u.Camera = &at
	}
}

// decimals is how many digits behind the point each number of a camera has in a link: a
// hundredth of a cell, a tenth of a degree.
var decimals = [7]int{2, 2, 2, 2, 1, 1, 2}

// mostCamera is the largest number of a camera in a link, in units or degrees.
const mostCamera = 1e7

// joinCamera writes a camera as it stands in a link: "0_-12.5_0_48_-17_9_1".
func joinCamera(c *camera.State) string {
	if c == nil {
		return ""
	}
	var parts [7]string
	for i, v := range c {
		parts[i] = shortNumber(v, decimals[i])
	}
	return strings.Join(parts[:], "_")
}

// shortNumber writes a number with some digits behind the point, less the zeros that end it.
func shortNumber(v float32, digits int) string {
	s := strconv.FormatFloat(float64(v), 'f', digits, 32)
	if s = strings.TrimRight(strings.TrimRight(s, "0"), "."); s == "-0" {
		return "0"
	}
	return s
}

// shortened returns a camera as it reads back from a link.
func shortened(c camera.State) camera.State {
	for i, v := range c {
		x, err := strconv.ParseFloat(shortNumber(v, decimals[i]), 32)
		if err != nil {
			return camera.State{} // not a number, or endless: no place
		}
		c[i] = float32(x)
	}
	return c
}

// parseCamera reads what joinCamera wrote.
func parseCamera(v string) (*camera.State, error) {
	if v == "" {
		return nil, nil
	}
	parts := strings.Split(v, "_")
	if len(parts) != 7 {
		return nil, fmt.Errorf("has %d numbers; expected 7", len(parts))
	}
	var c camera.State
	for i, part := range parts {
		x, err := strconv.ParseFloat(part, 32)
		if err != nil || !(x >= -mostCamera && x <= mostCamera) {
			return nil, fmt.Errorf("%.40q; expected a number from -10000000 to 10000000", part)
		}
		c[i] = float32(x)
	}
	if c = shortened(c); !c.Valid() {
		return nil, fmt.Errorf("the fourth number is %.40q; expected a height above 0", parts[3])
	}
	return &c, nil
}
