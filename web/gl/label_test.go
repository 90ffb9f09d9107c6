package gl

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"glassbox/web/scene/paint"
)

func TestLabelIsPackedAsTheOverlayReadsIt(t *testing.T) {
	b := &paint.Batch{Theme: paint.Dark, Paper: [3]float32{0.1, 0.2, 0.3}, Labels: []paint.Label{{
		Text: "scores", Shape: "T × T", X: 10, Y: 20, Align: -1, Size: 12, Bold: true, Dash: true,
		Ink: [4]float32{1, 2, 3, 4}, Fill: [4]float32{5, 6, 7, 8}, Edge: [4]float32{9, 10, 11, 12},
		Pad: 13, High: 14, Radius: 20, Wide: 21, Swatch: [4]float32{15, 16, 17, 18},
	}, {Text: "scores", Mono: true}}}
	_, f := drawn(t, b)
	want := []float32{
		0.1, 0.2, 0.3, 139. / 255, 146. / 255, 157. / 255, // #8b929d, the third ink of the dark theme
		1, 2, 10, 20, -1, 12, 1 + 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 20, 21, 15, 16, 17, 18,
		1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	}
	if !slices.Equal(f.labelled, want) {
		t.Errorf("got\n%v\nexpected\n%v", f.labelled, want)
	}
	if f.texts[1] != "scores" || f.texts[2] != "T × T" {
		t.Errorf("the texts are %v", f.texts)
	}
}

func TestTextIsSentOnce(t *testing.T) {
	b := &paint.Batch{Labels: []paint.Label{{Text: "query"}, {Text: "key"}, {Text: "query"}}}
	r, f := drawn(t, b)
	b.Labels[2].X = 5
	b.Labels[1].Text = "value"
	r.Draw(b)
	b.Labels = nil
	r.Draw(b)
	sent := f.take()
	for _, text := range []string{"query", "key", "value"} {
		if n := strings.Count(sent, fmt.Sprintf("text %q", text)); n != 1 {
			t.Errorf("%q was sent %d times", text, n)
		}
	}
	if n := strings.Count(sent, "labels"); n != 3 || len(f.labelled) != labelHead {
		t.Errorf("labels were drawn %d times, at last %d floats; expected 3 and an empty list", n, len(f.labelled))
	}
}

func TestTextsAreForgottenBeforeTheyPileUp(t *testing.T) {
	b := &paint.Batch{Labels: make([]paint.Label, 100)}
	r, f := drawn(t, b)
	for frame := range 300 {
		for i := range b.Labels {
			b.Labels[i].Text = fmt.Sprint(frame, i)
		}
		r.Draw(b)
		if len(f.texts) > textLimit {
			t.Fatalf("%d texts are remembered, expected at most %d", len(f.texts), textLimit)
		}
		for i := range b.Labels {
			if got := f.texts[int(f.labelled[labelHead+i*labelFloats])]; got != b.Labels[i].Text {
				t.Fatalf("frame %d: label %d says %q, expected %q", frame, i, got, b.Labels[i].Text)
			}
		}
	}
}
