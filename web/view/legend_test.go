package view_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/view"
)

// TestTheLegendShowsWhatCanBeThere: two sides, one where nothing can be negative, and no scale for ids.
func TestTheLegendShowsWhatCanBeThere(t *testing.T) {
	value := float32(0.75)
	for what, c := range map[string]struct {
		legend          feature.LegendInfo
		low, high, mark string
	}{
		"logits":  {feature.LegendInfo{Name: "logits", Norm: 15, Value: &value}, "−15", "+15", "52.50%"},
		"small":   {feature.LegendInfo{Name: "gain", Norm: 0.28, Value: &value}, "−0.28", "+0.28", "100.00%"},
		"smaller": {feature.LegendInfo{Name: "bias", Norm: 0.00041}, "−4.10·10⁻⁴", "+4.10·10⁻⁴", ""},
		"shares":  {feature.LegendInfo{Name: "probabilities", Norm: 1, Above: true, Value: &value}, "0", "1", "75.00%"},
	} {
		s := apptest.OpenPage(t)
		s.Root.Legend = &c.legend
		l := &view.Legend{Screen: &s.Root.Screen}
		if l.Low() != c.low || l.High() != c.high {
			t.Errorf("%s: the scale goes from %q to %q; expected %q to %q", what, l.Low(), l.High(), c.low, c.high)
		}
		if c.mark != "" && l.Mark() != c.mark {
			t.Errorf("%s: the tick stands at %s; expected %s", what, l.Mark(), c.mark)
		}
		if page := apptest.Draw(t, l); strings.Contains(page, `"scale above"`) != c.legend.Above {
			t.Errorf("%s: the scale is drawn as %s", what, page)
		}
	}
	s := apptest.OpenPage(t)
	s.Root.Legend = &feature.LegendInfo{Name: "token ids", Norm: 3e38, Plain: true, Value: &value}
	page := apptest.Draw(t, &view.Legend{Screen: &s.Root.Screen})
	if strings.Contains(page, "scale") && strings.Contains(page, `class="scale`) || strings.Contains(page, "e+") || !strings.Contains(page, "ids, without colours") {
		t.Errorf("of ids the legend says %s", page)
	}
}

func TestTheLegendOfADifferenceSaysWhatSharesItsScale(t *testing.T) {
	for name, want := range map[string]string{"": "one scale for all", "scores": "one scale for all", "attention": "its own scale"} {
		s := apptest.OpenPage(t)
		s.Root.Legend = &feature.LegendInfo{Name: name, Norm: 1, Differs: true, Alone: name == "attention"}
		html := apptest.Draw(t, &view.Legend{Screen: &s.Root.Screen})
		if !strings.Contains(html, want) || strings.Contains(html, `id="scale"`) {
			t.Errorf("the legend of %q does not say %q, or offers another scale", name, want)
		}
	}
}
