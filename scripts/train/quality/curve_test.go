package quality

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
)

// texts returns the texts of an SVG image, and fails unless it is well-formed XML without numbers that are none.
func texts(t *testing.T, svg []byte) (list []string) {
	t.Helper()
	if bytes.Contains(svg, []byte("NaN")) || bytes.Contains(svg, []byte("Inf")) {
		t.Errorf("a coordinate is no number: %s", svg)
	}
	d, in := xml.NewDecoder(bytes.NewReader(svg)), ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			in = token.Name.Local
		case xml.CharData:
			if in == "text" && strings.TrimSpace(string(token)) != "" {
				list = append(list, string(token))
			}
		}
	}
}

func TestTheCurveNamesItsLines(t *testing.T) {
	var points []Point
	for i := range 2000 {
		points = append(points, Point{Step: i, Tokens: i * 4096, Train: 10 * math.Exp(-float64(i)/800)})
		if i%100 == 0 {
			points[i].HeldOut = points[i].Train + 0.1
		}
	}
	svg := Curve(points, Mark{"ln V", 10.82}, Mark{"a<b & c", 2.04})
	all := "|" + strings.Join(texts(t, svg), "|") + "|"
	for _, want := range []string{"|ln V 10.82|", "|a<b & c 2.04|", "|training 0.82|", "|held-out 1.03|", "|tokens|", "|8 M|", "|nats per token|", "|2|"} {
		if !strings.Contains(all, want) {
			t.Errorf("the picture lacks %q: %s", want, all)
		}
	}
	if len(svg) > 20000 {
		t.Errorf("the picture of 2000 points has %d bytes; expected that they are averaged", len(svg))
	}
}

func TestTheCurveIsHigherWhereTheLossIs(t *testing.T) {
	c := newCurve([]Point{{Step: 1, Train: 9}, {Step: 2, Train: 1, HeldOut: 3}}, nil)
	if !(c.y(9) < c.y(3) && c.y(3) < c.y(1) && c.y(9) >= plotTop && c.y(1) <= plotBottom && c.x(1) < c.x(2) && c.unit == "steps") {
		t.Errorf("9, 3, 1 stand at %v, %v, %v", c.y(9), c.y(3), c.y(1))
	}
	if d := c.y(9) - 2*c.y(3) + c.y(1); math.Abs(d) > 1e-9 {
		t.Errorf("the axis is not logarithmic: %v", d)
	}
}

func TestLabelsDoNotCoverEachOther(t *testing.T) {
	c := newCurve([]Point{{Step: 1, Train: 9}, {Step: 2, Train: 2, HeldOut: 2.01}}, []Mark{{"x", 2.02}, {"y", 2}})
	list := c.ends()
	for i := range list[1:] {
		if list[i+1].y-list[i].y < lineHeight {
			t.Errorf("%q covers %q", list[i+1].text, list[i].text)
		}
	}
	if last := list[len(list)-1]; last.y > curveHeight-lineHeight {
		t.Errorf("%q stands at %v, below the picture", last.text, last.y)
	}
}

func TestACurveOfNothingIsAPicture(t *testing.T) {
	for _, points := range [][]Point{nil, {{}}, {{Step: 1, Train: math.NaN(), HeldOut: math.Inf(1)}}, {{Step: 1, Train: 2}}} {
		texts(t, Curve(points, Mark{"none", math.NaN()}))
	}
}
