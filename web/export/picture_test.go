package export

import (
	"encoding/xml"
	"math"
	"strings"
	"testing"
)

// grey is a scale from black to white.
func grey() (c [256][4]byte) {
	for i := range c {
		c[i] = [4]byte{byte(i), byte(i), byte(i), 255}
	}
	return c
}

func masked() float32 { return float32(math.NaN()) }

func small() *Picture {
	return &Picture{Title: "Scores", Caption: []string{"Text: <B&A>\x00\n", "seed 1"}, W: 2, H: 1, Data: []float32{-3, masked()},
		XNames: []string{"0 B", "1 A"}, Norm: 2, Colours: grey(), Low: "−2", High: "+2", Ink: "#000000", InkFaint: "#444444"}
}

func TestAPictureHasASquareForEachCell(t *testing.T) {
	s := string(small().SVG())
	for _, want := range []string{"<title>Scores</title>", `fill="#000000" d="M24 85h27v27h-27z"`, "M65 98h2v2h-2z", ">0 B</text>",
		"Text: &lt;B&amp;A&gt;\uFFFD&#10;", ">−2</text>", ">+2</text>", ">seed 1</text>"} {
		if !strings.Contains(s, want) {
			t.Errorf("%s is missing in\n%s", want, s)
		}
	}
}

func TestAPictureIsWellFormed(t *testing.T) {
	p := small()
	p.Caption = append(p.Caption, "\xff\ufffe]]>\u202e\"'")
	var any struct{}
	if err := xml.Unmarshal(p.SVG(), &any); err != nil {
		t.Error(err)
	}
}

func TestManyCellsAreAveraged(t *testing.T) {
	for _, size := range [][2]int{{6, 6}, {100, 200}, {101, 200}, {128, 50257}, {50257, 128}, {1, 50257}, {3, 0}, {20001, 1}} {
		high, wide := Blocks(size[0], size[1])
		h, w := Shown(size[0], high), Shown(size[1], wide)
		if h*w > maxCells || h > maxSide || w > maxSide {
			t.Errorf("%v is shown as %d × %d", size, h, w)
		}
		if averaged := high*wide > 1; averaged != (size[0]*size[1] > maxCells || max(size[0], size[1]) > maxSide) {
			t.Errorf("%v is shown in blocks of %d × %d", size, high, wide)
		}
	}
	m := NewMean(5, 2)
	for c, v := range []float32{1, 3, 5, 7} {
		m.Add(c, v)
	}
	if got := m.Take(nil); got[0] != 2 || got[1] != 6 || got[2] == got[2] {
		t.Errorf("the means are %v", got)
	}
}
