package glassbox

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint/convert"
	"glassbox/model/checkpoint/published"
	"glassbox/model/quant"
	"glassbox/web/address"
	"glassbox/web/app"
	"glassbox/web/golden"
	"glassbox/web/say"
)

// A marker stands before a table of docs/REFERENCE.md that is made, and one after it.
var marker = regexp.MustCompile(`(?s)<!-- made: ([a-z]+) -->\n.*?<!-- end -->\n`)

// TestTheReferenceIsWhatTheTablesSay makes each table of docs/REFERENCE.md again from the table of the program, and compares;
// go test . -update writes them anew.
func TestTheReferenceIsWhatTheTablesSay(t *testing.T) {
	const name = "docs/REFERENCE.md"
	is, made := contents(t, name), map[string]bool{}
	want := marker.ReplaceAllStringFunc(is, func(found string) string {
		table := marker.FindStringSubmatch(found)[1]
		makes := reference[table]
		if makes == nil {
			t.Errorf("%s asks for the table %s, which nobody makes", name, table)
			return found
		}
		made[table] = true
		return fmt.Sprintf("<!-- made: %s -->\n%s<!-- end -->\n", table, makes(t))
	})
	for table := range reference {
		if !made[table] {
			t.Errorf("%s lacks the table %s", name, table)
		}
	}
	if *golden.Update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if is != want {
		t.Errorf("%s is not what the tables say; go test . -update writes it anew. The first difference:\n%s", name, firstDifference(is, want))
	}
}

// firstDifference returns the first line of is that is not that of want, and what it should be.
func firstDifference(is, want string) string {
	a, b := strings.Split(is, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "is   " + a[i] + "\nwant " + b[i]
		}
	}
	return "one has more lines"
}

// reference makes the tables, by their names.
var reference = map[string]func(t *testing.T) string{
	"hash": func(*testing.T) string {
		rows := [][]string{{"in the address", "what it says", "values"}}
		for _, p := range app.Properties() {
			rows = append(rows, []string{code(p.Name), p.Doc, values(p.Allowed, p.Default)})
		}
		return table(rows)
	},
	"query": func(*testing.T) string {
		rows := [][]string{{"in the address", "what it says", "values"}}
		for _, s := range address.Settings(app.Parts()) {
			rows = append(rows, []string{code(s.Name), s.Doc, values(s.Allowed, s.Default)})
		}
		return table(rows)
	},
	"parts": func(*testing.T) string {
		rows := [][]string{{"part", "what it is"}}
		for _, p := range app.Parts() {
			rows = append(rows, []string{code(p.Name), p.Doc})
		}
		return table(rows)
	},
	"keys": func(*testing.T) string {
		s, rows := app.New(nil), [][]string{{"key", "what it does"}}
		for _, k := range s.Keys() {
			if k.Label != "" { // one without is another way to say the one before
				rows = append(rows, []string{k.Label, k.Does})
			}
		}
		return table(rows)
	},
	"gpt": func(t *testing.T) string {
		return steps(t, model.Config{Vocab: 9, Context: 4, Width: 8, Heads: 1, Blocks: 1})
	},
	"llama": func(t *testing.T) string {
		return steps(t, model.Config{Family: model.FamilyLlama, Vocab: 9, Context: 4, Width: 8, Heads: 1, Blocks: 1, Inner: 12, Activation: model.SiLU, Tied: true, HeadNorms: true, Rotary: model.Rotary{Theta: 10000}})
	},
	"sampling": func(t *testing.T) string {
		list, err := model.OutlineSampling(model.Config{Vocab: 9, Context: 4, Width: 8, Heads: 1, Blocks: 1})
		return outline(t, list, err)
	},
	"files": func(*testing.T) string {
		list := func(names []string) string { return strings.Join(names, ", ") }
		var read, written, activations []string
		for _, typ := range quant.Types() {
			read = append(read, typ.String())
		}
		for _, typ := range convert.Types {
			written = append(written, typ.String())
		}
		for _, a := range model.Activations() {
			activations = append(activations, a.Name())
		}
		return table([][]string{
			{"of a file", "what is read"},
			{"families, by `model_type`", list(append([]string{model.FamilyGPT2.Name()}, published.Kin()...))},
			{"types of numbers in GGUF", list(read)},
			{"types that `gpt convert` writes", list(written)},
			{"activations of GPT-2's family", list(activations)},
		})
	},
}

// table writes rows as a table of Markdown, the first as its head.
func table(rows [][]string) string {
	var b strings.Builder
	for n, row := range rows {
		for _, cell := range row {
			b.WriteString("| " + strings.ReplaceAll(cell, "|", `\|`) + " ")
		}
		b.WriteString("|\n")
		if n == 0 {
			b.WriteString(strings.Repeat("|---", len(row)) + "|\n")
		}
	}
	return b.String()
}

func code(name string) string { return "`" + name + "`" }

// values says which values there are, and which one holds if none stands there.
func values(allowed, byDefault string) string {
	allowed = strings.NewReplacer("<", "&lt;", "_", `\_`).Replace(allowed)
	if byDefault == "" {
		return allowed
	}
	return fmt.Sprintf("%s; without it: %s", allowed, byDefault)
}

// steps lists the steps of a model of one block with one head, whose names stand for those of all.
func steps(t *testing.T, c model.Config) string {
	t.Helper()
	list, err := model.Outline(c, 3)
	return outline(t, list, err)
}

func outline(t *testing.T, list []model.Info, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{{"step", "title", "shape", "each number"}}
	for _, i := range list {
		if i.Kind == model.KindWeight {
			continue
		}
		name := strings.NewReplacer("h.0.", "h.N.", "head.0.", "head.H.", "group.0.", "group.K.").Replace(i.Name)
		wide := i.ColAxis.Letter()
		if i.ColAxis == model.AxisInner { // which has no letter
			wide = "inner"
		}
		shape := fmt.Sprintf("(%s, %s)", i.RowAxis.Letter(), wide)
		rows = append(rows, []string{code(name), say.Title(i.Base()), shape, i.Op.Formula()})
	}
	return table(rows)
}
