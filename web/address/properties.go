package address

import (
	"math"
	"strconv"

	"glassbox/web/engine"
	"glassbox/web/run"
	"glassbox/web/say"
)

// Core returns the properties that a link has whatever features there are: what runs on which text,
// where the reader is, how tokens are drawn, and how it looks.
func Core() Table {
	return Table{
		{Name: "model", Type: "name", Allowed: say.Address.ModelValues(), Doc: say.Address.Model(),
			set: func(l *Link, v string) error { l.Model = v; return Identifier(v) },
			get: func(l Link) string { return l.Model }},
		{Name: "text", Type: "text", Default: say.Address.TextDefault(), Allowed: say.Address.TextValues(), Doc: say.Address.Text(),
			set: func(l *Link, v string) error { l.Typed, l.Text = true, v; return nil },
			get: func(l Link) string { return l.Text },
			has: func(l Link) bool { return l.Typed }},
		{Name: "form", Type: "choice", Allowed: choices(FormBare, FormChat), Doc: say.Address.Form(),
			set: func(l *Link, v string) error { l.Form = Form(v); return l.Form.check() },
			get: func(l Link) string { return string(l.Form) }},
		{Name: "generated", Type: "list", Allowed: say.Address.GeneratedValues("0.1.1"), Doc: say.Address.Generated(),
			set: func(l *Link, v string) (err error) { l.Generated, err = ParseIDs(v); return err },
			get: func(l Link) string { return JoinIDs(l.Generated) }},
		{Name: "stage", Type: "choice", Allowed: choices("tokenize", "token", "position", "rotary", "block.0 (block.0.attention, …)", "norm", "output", "softmax", "sample"),
			Doc: say.Address.Stage(),
			set: func(l *Link, v string) error { l.Stage = run.Stage(v); return l.Stage.Check() },
			get: func(l Link) string { return string(l.Stage) }},
		{Name: "panel", Type: "name", Allowed: say.Address.PanelValues("h.0.attn.head.1.scores"), Doc: say.Address.Panel(),
			set: func(l *Link, v string) error { l.Panel = v; return Identifier(v) },
			get: func(l Link) string { return l.Panel }},
		{Name: "cell", Type: "list", Allowed: say.Address.CellValues(), Doc: say.Address.Cell(), Needs: "panel",
			set: func(l *Link, v string) error { return l.setCell(v) },
			get: func(l Link) string { return l.cell() }},
		{Name: "trail", Type: "list", Allowed: say.Address.TrailValues(MostTrail, "probabilities-5-1~logits-5-1"),
			Doc: say.Address.Trail(), Needs: "cell",
			set: func(l *Link, v string) (err error) { l.Trail, err = parseTrail(v); return err },
			get: func(l Link) string { return joinTrail(l.Trail) }},
		{Name: "camera", Type: "list", Allowed: say.Address.CameraValues(), Doc: say.Address.Camera(),
			set: func(l *Link, v string) (err error) { l.Camera, err = parseCamera(v); return err },
			get: func(l Link) string { return joinCamera(l.Camera) }},
		{Name: "temperature", Type: "number", Default: "0", Allowed: say.Address.ZeroTo("10"), Doc: say.Address.Temperature(),
			set: func(l *Link, v string) (err error) { l.Sampling.Temperature, err = parseFloat(v, 10); return err },
			get: func(l Link) string { return formatFloat(l.Sampling.Temperature) }},
		{Name: "k", Type: "whole number", Default: "0", Allowed: say.Address.TopKValues(strconv.Itoa(run.MostTopK)), Doc: say.Address.TopK(),
			set: func(l *Link, v string) (err error) { l.Sampling.TopK, err = ParseInt(v, run.MostTopK); return err },
			get: func(l Link) string { return strconv.Itoa(l.Sampling.TopK) }},
		{Name: "p", Type: "number", Default: "1", Allowed: say.Address.ZeroTo("1"), Doc: say.Address.TopP(),
			set: func(l *Link, v string) (err error) { l.Sampling.TopP, err = parseFloat(v, 1); return err },
			get: func(l Link) string { return formatFloat(l.Sampling.TopP) }},
		{Name: "min-p", Type: "number", Default: "0", Allowed: say.Address.ZeroTo("1"), Doc: say.Address.MinP(),
			set: func(l *Link, v string) (err error) { l.Sampling.MinP, err = parseFloat(v, 1); return err },
			get: func(l Link) string { return formatFloat(l.Sampling.MinP) }},
		{Name: "seed", Type: "whole number", Default: "1", Allowed: say.Address.ZeroTo(strconv.FormatUint(math.MaxUint64, 10)), Doc: say.Address.Seed(),
			set: func(l *Link, v string) (err error) { l.Sampling.Seed, err = parseSeed(v); return err },
			get: func(l Link) string { return strconv.FormatUint(l.Sampling.Seed, 10) }},
		{Name: "edit", Type: "list", Allowed: say.Address.EditValues("off:h.0.mlp;h.1.attn.head.2.mix=0"), Doc: say.Address.Edit(),
			set: func(l *Link, v string) error { return l.setEdits(v) },
			get: func(l Link) string { return run.JoinEdits(l.Edits) }},
		{Name: "show", Type: "choice", Allowed: choices(engine.ShowBefore, engine.ShowDifference), Doc: say.Address.Show(), Needs: "edit",
			set: func(l *Link, v string) error { l.Show = engine.Show(v); return l.checkShow() },
			get: func(l Link) string { return string(l.Show) }},
		{Name: "theme", Type: "choice", Allowed: choices(ThemeLight, ThemeDark, ThemeProjector), Doc: say.Address.Theme(),
			set: func(l *Link, v string) error { l.Theme = Theme(v); return l.Theme.check() },
			get: func(l Link) string { return string(l.Theme) }},
		{Name: "language", Type: "choice", Allowed: say.Address.LanguageValues("en"), Doc: say.Address.Language(),
			set: func(l *Link, v string) error { l.Language = Language(v); return l.Language.check() },
			get: func(l Link) string { return string(l.Language) }},
		{Name: "scale", Type: "choice", Allowed: choices(ScaleShared, ScaleFixed), Doc: say.Address.Scale(),
			set: func(l *Link, v string) error { l.Scale = Scale(v); return l.Scale.check() },
			get: func(l Link) string { return string(l.Scale) }},
	}
}
