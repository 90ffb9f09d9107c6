package scene

import (
	"strings"
	"testing"

	"glassbox/web/scene/paint"
)

// TestADifferenceIsMeasuredByOneScaleAndSharesBySigns: what is unchanged is pale, and a share that fell has a minus, one that
// rose a plus.
func TestADifferenceIsMeasuredByOneScaleAndSharesBySigns(t *testing.T) {
	s := reading(t, 9, 1200, 800)
	const shares = "h.0.attn.head.0.attention"
	if s.share(0.25) != "25%" {
		t.Errorf("a share is written %q", s.share(0.25))
	}
	s.SetScale(paint.Fixed)
	s.SetEdits([]Edit{{Name: "h.0.attn.head.1.mix", Row: -1, Col: -1, Off: true, Text: "off"}}, map[string]bool{shares: true, "h.0.ln_2": true})
	if up, down := s.share(0.25), s.share(-0.25); up != "+25%" || down != "−25%" {
		t.Errorf("differences are written %q and %q", up, down)
	}
	if s.edits.pale(shares) || !s.edits.pale("h.0.ln_1") {
		t.Error("what is unchanged is not pale, or what is changed is")
	}
	if l := s.Legend(); !l.Differs || s.store.Scale != paint.Differences {
		t.Errorf("the legend is %+v, the scale %v", l, s.store.Scale)
	}
	if s.store.Differs(shares) || !s.store.Differs("h.0.ln_2") {
		t.Error("shares are measured by the differences of all steps, or a norm is not")
	}
	s.SetEdits(nil, nil)
	if s.store.Scale != paint.Fixed {
		t.Errorf("without a difference the scale is %v; the reader chose another", s.store.Scale)
	}
}

// TestThePlaceOfAnEditHasATag, which goes with the edit.
func TestThePlaceOfAnEditHasATag(t *testing.T) {
	s := reading(t, 9, 1200, 800)
	tags := func() (n int) {
		s.Frame(1)
		b, _ := s.Frame(2)
		for _, k := range b.Labels {
			if strings.Contains(k.Text, "other text") {
				n++
			}
		}
		return n
	}
	s.SetEdits([]Edit{{Name: "h.0.mlp.down", Row: -1, Col: -1, Text: "other text"}}, nil)
	if n := tags(); n != 1 {
		t.Errorf("there are %d tags; expected one", n)
	}
	s.SetEdits(nil, nil)
	if n := tags(); n != 0 {
		t.Errorf("there are %d tags without edits", n)
	}
}
