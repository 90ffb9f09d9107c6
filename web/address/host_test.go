package address

import (
	"reflect"
	"strings"
	"testing"
)

// every are the parts of a page with two features.
var every = append(Parts(), Part{"help", "Keys and help."}, Part{"strip", "The text."})

func TestAHostAsksInTheQuery(t *testing.T) {
	for query, want := range map[string]Host{
		"":                             {},
		"?":                            {},
		"?ui=full&motion=full":         {},
		"?utm_source=a&v=2&ui=embed&x": {UI: UIEmbed},
		"ui=stage&start=poster":        {UI: UIStage, Start: StartPoster},
		"?hide=legend,header,legend":   {Hide: []string{"header", "legend"}},
		"?hide=&theme=system":          {},
		"?hide=strip%2Cstages":         {Hide: []string{"stages", "strip"}},
		"?theme=projector&motion=none": {Theme: ThemeProjector, Motion: MotionNone},
	} {
		if got, warnings := ParseQuery(query, every, Core()); !reflect.DeepEqual(got, want) || len(warnings) > 0 {
			t.Errorf("%q reads as %+v with %v; expected %+v", query, got, warnings, want)
		}
	}
}

func TestWhatAHostAsksWronglyFallsBackAndIsSaid(t *testing.T) {
	for query, want := range map[string]Host{
		"?ui=tiny":               {},
		"?ui=embed&theme=pink":   {UI: UIEmbed},
		"?motion=<b>":            {},
		"?start=%FF":             {},
		"?hide=legend,moon,help": {Hide: []string{"legend", "help"}},
	} {
		got, warnings := ParseQuery(query, every, Core())
		if !reflect.DeepEqual(got, want) || len(warnings) != 1 || !strings.Contains(warnings[0].Reason, "expected") {
			t.Errorf("%q reads as %+v with %v; expected %+v and one warning", query, got, warnings, want)
		}
	}
}

func TestTheTableOfSettingsIsComplete(t *testing.T) {
	for _, s := range Settings(every) {
		if s.Name == "" || s.Type == "" || s.Allowed == "" || s.Doc == "" || s.set == nil {
			t.Errorf("the row %+v lacks something", s)
		}
		for value := range strings.SplitSeq(strings.TrimPrefix(s.Allowed, "names with commas between them: "), ", ") {
			if _, warnings := ParseQuery(s.Name+"="+value, every, Core()); len(warnings) > 0 {
				t.Errorf("the table allows %s; the parser says %v", value, warnings)
			}
		}
	}
}

func FuzzQuery(f *testing.F) {
	f.Add("?ui=embed&hide=header,legend&theme=dark&motion=none&start=poster")
	f.Add("ui=%&hide=,,%2c&&=&theme")
	f.Fuzz(func(t *testing.T, query string) {
		h, _ := ParseQuery(query, every, Core())
		again, warnings := ParseQuery("ui="+string(h.UI)+"&hide="+strings.Join(h.Hide, ",")+"&theme="+string(h.Theme)+
			"&motion="+string(h.Motion)+"&start="+string(h.Start), every, Core())
		if len(warnings) > 0 || !reflect.DeepEqual(again, h) {
			t.Errorf("%q reads as %+v, that as %+v with %v", query, h, again, warnings)
		}
	})
}
