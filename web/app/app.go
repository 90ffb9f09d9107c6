// Package app puts the page together: the list of its features, the models that it carries, and the check of lessons.
package app

import (
	"strings"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/feature/attention"
	"glassbox/web/feature/compare"
	"glassbox/web/feature/consent"
	"glassbox/web/feature/contributions"
	"glassbox/web/feature/cost"
	"glassbox/web/feature/draws"
	"glassbox/web/feature/edits"
	"glassbox/web/feature/finder"
	"glassbox/web/feature/flow"
	"glassbox/web/feature/glossary"
	"glassbox/web/feature/habits"
	"glassbox/web/feature/help"
	"glassbox/web/feature/history"
	"glassbox/web/feature/lab"
	"glassbox/web/feature/lens"
	"glassbox/web/feature/lessons"
	"glassbox/web/feature/number"
	"glassbox/web/feature/open"
	"glassbox/web/feature/outline"
	"glassbox/web/feature/patching"
	"glassbox/web/feature/ranking"
	"glassbox/web/feature/reading"
	"glassbox/web/feature/sampling"
	"glassbox/web/feature/search"
	"glassbox/web/feature/served"
	"glassbox/web/feature/sizes"
	"glassbox/web/feature/steering"
	"glassbox/web/feature/surprise"
	"glassbox/web/feature/take"
	"glassbox/web/feature/text"
	"glassbox/web/feature/tokenize"
	"glassbox/web/feature/weights"
	"glassbox/web/lesson"
)

// features is the list: what the page can do besides running a model and showing it. The order is that in which they
// are asked, in which their properties stand in links, and their keys in the help, but for those of every day. It
// matters in three places: the walk follows a link after the comparison of sizes, in whose place it stands, the heads
// after both, and after what leads to them.
var features = feature.NewFeatures(func() feature.List {
	return feature.List{
		sampling.Feature(),
		ranking.Feature(),
		sizes.Feature(),
		patching.Feature(),
		compare.Feature(),
		lens.Feature(),
		contributions.Feature(),
		lessons.Feature(),
		text.Feature(),
		finder.Feature(),
		glossary.Feature(),
		flow.Feature(),
		habits.Feature(),
		surprise.Feature(),
		draws.Feature(),
		history.Feature(),
		attention.Feature(),
		number.Feature(),
		reading.Feature(),
		outline.Feature(),
		take.Feature(),
		tokenize.Feature(),
		search.Feature(),
		steering.Feature(),
		cost.Feature(),
		open.Feature(),
		weights.Feature(),
		edits.Feature(),
		served.Feature(),
		lab.Feature(),
		consent.Feature(),
		help.Feature(),
	}
})

// New returns the state of a page that offers these models: nothing is loaded, but the structure of
// the first one is known.
func New(models []feature.Choice) feature.State { return feature.New(models, features) }

// Parts returns the table of what a host can leave out.
func Parts() []address.Part { s := New(nil); return s.Parts() }

// Properties returns the table of all that a link can say.
func Properties() address.Table { return features.List().Properties() }

// Begins returns the link to a model as lessons are held to it: if it can read conversations, reading one.
func Begins(c feature.Choice) string {
	return "#model=" + c.ID + feature.Choose(c.Chat != "", "&form=chat", "")
}

// CheckLesson returns all that the page would not understand in a lesson of a walk with so many stops, and all that the lesson
// names and one of these models, which the page carries or a reader opens, does not have. The error is of type lesson.Errors.
func CheckLesson(p lesson.Page, stops int, models ...feature.Choice) error {
	found := []error{lessons.Check(p, Properties(), stops)}
	told := map[lesson.Error]bool{} // without the model's name: what one lacks is not said again of each that a reader opens
	for _, c := range models {
		s, _ := feature.Update(New(models), feature.Navigated{Hash: Begins(c)})
		in, _ := lessons.CheckIn(p, s).(lesson.Errors)
		for _, e := range in {
			mistake := lesson.Error{Line: e.Line, Reason: strings.ReplaceAll(e.Reason, c.ID, "")}
			if c.Source == nil || !told[mistake] {
				found = append(found, lesson.Errors{e})
			}
			told[mistake] = true
		}
	}
	return lesson.Join(found...)
}
