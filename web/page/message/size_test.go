package message

import "testing"

func TestTheBestHeightIsThatOfWhatIsThere(t *testing.T) {
	all := Parts{true, true, true, true}
	for _, c := range []struct {
		frame Frame
		want  int
	}{
		{Frame{Width: 960, Rem: 16, UI: "embed", Parts: all}, 515},                               // 40 + 72 + 0.6 · 672
		{Frame{Width: 960, Rem: 16, Parts: all}, 564},                                            // a title bar, but a narrower scene
		{Frame{Width: 2400, Rem: 16, UI: "embed", Parts: all}, 672},                              // the scene grows no more
		{Frame{Width: 960, Rem: 16, UI: "embed", Parts: all, Reads: true}, 576},                  // room to read
		{Frame{Width: 960, Rem: 16, UI: "embed", Parts: all, Sheet: true}, 515},                  // there is no sheet
		{Frame{Width: 960, Rem: 16, UI: "embed", Parts: Parts{Stages: true, Text: true}}, 672},   // no inspector
		{Frame{Width: 600, Rem: 16, UI: "embed", Parts: all}, 604},                               // 44 + 136 + 64 + 360
		{Frame{Width: 600, Rem: 16, UI: "embed", Parts: all, Sheet: true}, 764},                  // the sheet is drawn up
		{Frame{Width: 600, Rem: 16, UI: "embed", Parts: all, Reads: true}, 604},                  // the sheet is not
		{Frame{Width: 320, Rem: 16, UI: "embed", Parts: all}, 521},                               // never so low that another layout takes its place
		{Frame{Width: 320, Rem: 21.6, UI: "embed", Parts: all}, 569},                             // larger type
		{Frame{Width: 320, Rem: 16, UI: "stage", Parts: all}, 240},                               // the scene alone
		{Frame{Width: 700, Rem: 16, UI: "stage", Parts: Parts{}, Sheet: true, Reads: true}, 420}, // whatever else is there
	} {
		if got := c.frame.Height(); got != c.want {
			t.Errorf("%+v is best %d high; expected %d", c.frame, got, c.want)
		}
	}
}

func TestAWiderFrameIsNeverMadeLowerThanItsLayoutStands(t *testing.T) {
	all := Parts{true, true, true, true}
	for width := 280.0; width <= 900; width++ {
		for _, parts := range []Parts{all, {Stages: true, Text: true}, {}} {
			if h := (Frame{Width: width, Rem: 16, UI: "embed", Parts: parts}).Height(); h < 521 || width/float64(h) > 1.2 {
				t.Errorf("at %v it is best %d high, where its parts stand side by side", width, h)
			}
		}
	}
}
