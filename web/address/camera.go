package address

import (
	"errors"
	"strconv"
	"strings"

	"glassbox/web/say"
	"glassbox/web/scene/camera"
)

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

// Shortened returns a camera as it reads back from a link.
func Shortened(c camera.State) camera.State {
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
	var c camera.State
	if len(parts) != len(c) {
		return nil, errors.New(say.Address.CameraCount(len(parts), len(c)))
	}
	for i, part := range parts {
		x, err := strconv.ParseFloat(part, 32)
		if err != nil || !(x >= -mostCamera && x <= mostCamera) {
			return nil, errors.New(say.Address.Range(quoted(part), strconv.Itoa(-mostCamera), strconv.Itoa(mostCamera)))
		}
		c[i] = float32(x)
	}
	if c = Shortened(c); !c.Valid() {
		return nil, errors.New(say.Address.CameraHeight(quoted(parts[3])))
	}
	return &c, nil
}
