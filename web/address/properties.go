package address

import (
	"strconv"

	"glassbox/web/run"
)

// Core returns the properties that a link has whatever features there are: what runs on which text,
// where the reader is, how tokens are drawn, and how it looks.
func Core() Table {
	return Table{
		{Name: "model", Type: "name", Allowed: "an entry of the menu of models", Doc: "Which model runs.",
			set: func(l *Link, v string) error { l.Model = v; return Identifier(v) },
			get: func(l Link) string { return l.Model }},
		{Name: "text", Type: "text", Default: "the model's example", Allowed: "any text", Doc: "What is typed.",
			set: func(l *Link, v string) error { l.Typed, l.Text = true, v; return nil },
			get: func(l Link) string { return l.Text },
			has: func(l Link) bool { return l.Typed }},
		{Name: "generated", Type: "list", Allowed: "ids with dots between them: 0.1.1", Doc: "What the model wrote after the text.",
			set: func(l *Link, v string) (err error) { l.Generated, err = ParseIDs(v); return err },
			get: func(l Link) string { return JoinIDs(l.Generated) }},
		{Name: "stage", Type: "choice", Allowed: "tokenize, token, position, block.0 (block.0.attention, …), norm, output, softmax, sample",
			Doc: "The stage that is shown; none: the whole model.",
			set: func(l *Link, v string) error { l.Stage = run.Stage(v); return l.Stage.Check() },
			get: func(l Link) string { return string(l.Stage) }},
		{Name: "panel", Type: "name", Allowed: "the name of a step or weight: h.0.attn.head.1.scores", Doc: "The step or weight that is selected.",
			set: func(l *Link, v string) error { l.Panel = v; return Identifier(v) },
			get: func(l Link) string { return l.Panel }},
		{Name: "cell", Type: "list", Allowed: "row.column, counted from 0, of the panel", Doc: "The number that is selected.", Needs: "panel",
			set: func(l *Link, v string) (err error) { l.Cell, err = ParseCell(v); return err },
			get: func(l Link) string { return JoinCell(l.Cell) }},
		{Name: "trail", Type: "list", Allowed: "name-row-column of up to 200 numbers with ~ between them: probabilities-5-1~logits-5-1",
			Doc: "The way to the selected number, from the one where the reader began; each was made from the next.", Needs: "cell",
			set: func(l *Link, v string) (err error) { l.Trail, err = parseTrail(v); return err },
			get: func(l Link) string { return joinTrail(l.Trail) }},
		{Name: "camera", Type: "list", Allowed: "x_y_z_height_azimuth_elevation_spread, in cells and degrees",
			Doc: "Where the camera stands; none: what is shown fills the scene.",
			set: func(l *Link, v string) (err error) { l.Camera, err = parseCamera(v); return err },
			get: func(l Link) string { return joinCamera(l.Camera) }},
		{Name: "temperature", Type: "number", Default: "0", Allowed: "0 to 10",
			Doc: "Above 1 evens the probabilities out, below 1 sharpens them; 0 always takes the most likely token.",
			set: func(l *Link, v string) (err error) { l.Sampling.Temperature, err = parseFloat(v, 10); return err },
			get: func(l Link) string { return formatFloat(l.Sampling.Temperature) }},
		{Name: "k", Type: "whole number", Default: "0", Allowed: "0 (all) to 1000000", Doc: "Only the k most likely tokens can be drawn.",
			set: func(l *Link, v string) (err error) { l.Sampling.TopK, err = ParseInt(v, run.MostTopK); return err },
			get: func(l Link) string { return strconv.Itoa(l.Sampling.TopK) }},
		{Name: "p", Type: "number", Default: "1", Allowed: "0 to 1", Doc: "Only the most likely tokens that together reach p can be drawn; 0 and 1: all.",
			set: func(l *Link, v string) (err error) { l.Sampling.TopP, err = parseFloat(v, 1); return err },
			get: func(l Link) string { return formatFloat(l.Sampling.TopP) }},
		{Name: "seed", Type: "whole number", Default: "1", Allowed: "0 to 18446744073709551615", Doc: "Of the random numbers: the same seed draws the same tokens.",
			set: func(l *Link, v string) (err error) { l.Sampling.Seed, err = parseSeed(v); return err },
			get: func(l Link) string { return strconv.FormatUint(l.Sampling.Seed, 10) }},
		{Name: "theme", Type: "choice", Allowed: "light, dark, projector", Doc: "The colours; none: as the system.",
			set: func(l *Link, v string) error { l.Theme = Theme(v); return l.Theme.check() },
			get: func(l Link) string { return string(l.Theme) }},
		{Name: "scale", Type: "choice", Allowed: "shared, fixed",
			Doc: "What colours are measured by: shared by all panels of a kind, or fixed from −1 to 1; none: each panel by its own values.",
			set: func(l *Link, v string) error { l.Scale = Scale(v); return l.Scale.check() },
			get: func(l Link) string { return string(l.Scale) }},
	}
}
