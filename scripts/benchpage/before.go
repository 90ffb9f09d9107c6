package main

import (
	"fmt"
	"log"

	"glassbox/scripts/browser"
)

// A beside is two measurements of each kind in turn: of this page, and of an earlier one.
type beside map[string]*[2][]float64

func (b beside) note(name string, which int, millis float64) {
	if b[name] == nil {
		b[name] = &[2][]float64{}
	}
	b[name][which] = append(b[name][which], millis)
}

// print prints the medians, in the order of names.
func (b beside) print(names []string, note string) {
	for _, name := range names {
		now, before := median(b[name][0]), median(b[name][1])
		printFigure(name, now, "ms", now/before, fmt.Sprintf("%s; the earlier page: %.0f ms", note, before))
	}
}

// compareStarts measures start and keystroke of two pages in turn.
func compareStarts(path, before string) {
	words, err := prompts()
	if err != nil {
		log.Fatal(err)
	}
	for _, c := range []struct {
		model string
		texts []string
	}{{"sort", texts[:]}, {"language", words}} {
		loads, keys := beside{}, beside{}
		name := func(what string) string { return "beside." + c.model + "." + what }
		const rounds = 7
		for range rounds {
			for which, page := range []string{path, before} {
				t := open(page, c.model)
				loads.note(name("firstFrame.fresh"), which, t.stats().FirstFrame)
				loads.note(name("ready.fresh"), which, t.stats().Ready)
				t.load()
				loads.note(name("firstFrame"), which, t.stats().FirstFrame)
				loads.note(name("ready"), which, t.stats().Ready)
				t.host.Close()
			}
		}
		loads.print([]string{name("firstFrame.fresh"), name("ready.fresh"), name("firstFrame"), name("ready")}, "from opening the page")
		var tabs [2]*tab
		for which, page := range []string{path, before} {
			tabs[which] = open(page, c.model)
			tabs[which].prepare(cubes)
		}
		for k := range 15 {
			for which, t := range tabs {
				for n, what := range []string{"tokens", "pixels"} {
					text := c.texts[(2*k+n+1)%len(c.texts)]
					keys.note(name("keystroke."+what), which, browser.Eval[float64](t.Page, fmt.Sprintf("bench.%s(%q)", what, text)))
				}
			}
		}
		keys.print([]string{name("keystroke.tokens"), name("keystroke.pixels")}, "from the changed text to its tokens and the next ones, or to the pixels of all numbers")
		for _, t := range tabs {
			t.host.Close()
		}
	}
}
