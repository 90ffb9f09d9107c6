package app

import (
	"strconv"

	"glassbox/web/run"
)

// textProperties are those that say what runs on which text.
func textProperties() []Property {
	return []Property{
		{"model", "name", "", "an entry of the model switch", "Which model runs.",
			func(l *Link, v string) error { l.Model = v; return identifier(v) },
			func(l Link) string { return l.Model }, nil},
		{"text", "text", "the model's example", "any text", "What is typed.",
			func(l *Link, v string) error { l.Typed, l.Text = true, v; return nil },
			func(l Link) string { return l.Text },
			func(l Link) bool { return l.Typed }},
		{"generated", "list", "", "ids with dots between them: 0.1.1", "What the model wrote after the text.",
			func(l *Link, v string) (err error) { l.Generated, err = parseIDs(v); return err },
			func(l Link) string { return joinIDs(l.Generated) }, nil},
	}
}

// placeProperties are those that say where the reader is.
func placeProperties() []Property {
	return []Property{
		{"stage", "choice", "", "tokenize, token, position, block.0 (block.0.attention, …), norm, output, softmax, sample",
			"The stage that is shown; none: the whole model.",
			func(l *Link, v string) error { l.Stage = run.Stage(v); return l.Stage.Check() },
			func(l Link) string { return string(l.Stage) }, nil},
		{"panel", "name", "", "the name of a step or weight: h.0.attn.head.1.scores", "The step or weight that is selected.",
			func(l *Link, v string) error { l.Panel = v; return identifier(v) },
			func(l Link) string { return l.Panel }, nil},
		{"cell", "list", "", "row.column, counted from 0, of the panel", "The number that is selected.",
			func(l *Link, v string) (err error) { l.Cell, err = parseCell(v); return err },
			func(l Link) string { return joinCell(l.Cell) }, nil},
		{"trail", "list", "", "name-row-column of up to 200 numbers with ~ between them: probabilities-5-1~logits-5-1",
			"The way to the selected number, from the one where the reader began; each was made from the next.",
			func(l *Link, v string) (err error) { l.Trail, err = parseTrail(v); return err },
			func(l Link) string { return joinTrail(l.Trail) }, nil},
		{"attention", "name", "", "h.0.attn.head.0, and .scores, .scaled, .masked or .mix behind it",
			"The heads of a block stand side by side, this one large, at this step; none behind it: after the softmax.",
			func(l *Link, v string) error {
				a, err := parseAttention(v)
				a.Pair = l.Attention.Pair
				l.Attention = a
				return err
			},
			func(l Link) string { return joinAttention(l.Attention) }, nil},
		{"pair", "list", "", "query.key, counted from 0", "The two tokens that the view of attention is about; none: the last, and the one that it looks at most.",
			func(l *Link, v string) (err error) { l.Attention.Pair, err = parsePair(v); return err },
			func(l Link) string { return joinPair(l.Attention.Pair) }, nil},
		{"camera", "list", "", "x_y_z_height_azimuth_elevation_spread, in cells and degrees",
			"Where the camera stands; none: what is shown fills the scene.",
			func(l *Link, v string) (err error) { l.Camera, err = parseCamera(v); return err },
			func(l Link) string { return joinCamera(l.Camera) }, nil},
	}
}

// drawProperties are those that say how texts are cut and tokens drawn.
func drawProperties() []Property {
	return []Property{
		{"tokenizer", "choice", "", "letters, gpt2", "The tokenizer of the Tokenize stage; none: that of the model.",
			func(l *Link, v string) error { l.Tokenizer = v; return checkTokenizer(v) },
			func(l Link) string { return l.Tokenizer }, nil},
		{"probe", "text", "the text, or an example", "any text", "The text that is tried at the Tokenize stage.",
			func(l *Link, v string) error { l.Probed, l.Probe = true, v; return nil },
			func(l Link) string { return l.Probe },
			func(l Link) bool { return l.Probed }},
		{"temperature", "number", "0", "0 to 10", "Above 1 evens the probabilities out, below 1 sharpens them; 0 always takes the most likely token.",
			func(l *Link, v string) (err error) { l.Sampling.Temperature, err = parseFloat(v, 10); return err },
			func(l Link) string { return formatFloat(l.Sampling.Temperature) }, nil},
		{"k", "whole number", "0", "0 (all) to 1000000", "Only the k most likely tokens can be drawn.",
			func(l *Link, v string) (err error) { l.Sampling.TopK, err = parseInt(v, run.MostTopK); return err },
			func(l Link) string { return strconv.Itoa(l.Sampling.TopK) }, nil},
		{"p", "number", "1", "0 to 1", "Only the most likely tokens that together reach p can be drawn; 0 and 1: all.",
			func(l *Link, v string) (err error) { l.Sampling.TopP, err = parseFloat(v, 1); return err },
			func(l Link) string { return formatFloat(l.Sampling.TopP) }, nil},
		{"seed", "whole number", "1", "0 to 18446744073709551615", "Of the random numbers: the same seed draws the same tokens.",
			func(l *Link, v string) (err error) { l.Sampling.Seed, err = parseSeed(v); return err },
			func(l Link) string { return strconv.FormatUint(l.Sampling.Seed, 10) }, nil},
	}
}

// viewProperties are those that say what stands open, and how it looks.
func viewProperties() []Property {
	return []Property{
		{"rank", "whole number", "0", "0 to 1000000", "The first rank of the table of all tokens, counted from 1; 0: it is closed.",
			func(l *Link, v string) (err error) { l.Rank, err = parseInt(v, run.MostTopK); return err },
			func(l Link) string { return strconv.Itoa(l.Rank) }, nil},
		{"find", "text", "", "any text", "What is looked for in that table: a token, with or without the space before it, or an id.",
			func(l *Link, v string) error { l.Find = v; return nil },
			func(l Link) string { return l.Find }, nil},
		{"sizes", "name", "", "all, gpt2, gpt2-medium, gpt2-large, gpt2-xl, gpt3, own, or an entry of the model switch",
			"The comparison of sizes is open, at that one; none: it is closed.",
			func(l *Link, v string) error { l.Sizes = v; return identifier(v) },
			func(l Link) string { return l.Sizes }, nil},
		{"own", "list", "", "V.T.C.H.L.tied or V.T.C.H.L.untied: 50257.1024.768.12.12.tied", "The configuration that is typed there.",
			func(l *Link, v string) error {
				o, err := parseOwn(v)
				l.Own = o.join()
				return err
			},
			func(l Link) string { return l.Own }, nil},
		{"theme", "choice", "", "light, dark, projector", "The colours; none: as the system.",
			func(l *Link, v string) error { l.Theme = ThemeChoice(v); return l.Theme.check() },
			func(l Link) string { return string(l.Theme) }, nil},
		{"scale", "choice", "", "shared, fixed", "What colours are measured by: shared by all panels of a kind, or fixed from −1 to 1; none: each panel by its own values.",
			func(l *Link, v string) error { l.Scale = ScaleChoice(v); return l.Scale.check() },
			func(l Link) string { return string(l.Scale) }, nil},
		{"word", "name", "", "a word of the glossary, with dashes: residual-stream", "The word of the glossary that is open; none: it is closed.",
			func(l *Link, v string) error { l.Word = v; return identifier(v) },
			func(l Link) string { return l.Word }, nil},
		{"walk", "whole number", "0", "0 to 99", "The stop of the walk that is open, counted from 1; 0: none.",
			func(l *Link, v string) (err error) { l.Walk, err = parseInt(v, 99); return err },
			func(l Link) string { return strconv.Itoa(l.Walk) }, nil},
	}
}
