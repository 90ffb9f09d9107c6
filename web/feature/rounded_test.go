package feature_test

import (
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/explain"
	. "glassbox/web/feature"
	"glassbox/web/feature/open"
	"glassbox/web/run"
	"glassbox/web/say"
	"glassbox/web/view"
)

// asRead returns a number as one reads it from the page.
func asRead(t *testing.T, text string) float64 {
	t.Helper()
	digits, exponent, _ := strings.Cut(text, "·10")
	plain := strings.NewReplacer("⁻", "-", "⁰", "0", "¹", "1", "²", "2", "³", "3", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9")
	v, err := strconv.ParseFloat(strings.Replace(digits, "−", "-", 1), 64)
	if err != nil {
		t.Fatalf("%q is no number", text)
	}
	n, _ := strconv.Atoi("0" + plain.Replace(exponent))
	if strings.HasPrefix(exponent, "⁻") {
		n, _ = strconv.Atoi(plain.Replace(exponent))
	}
	return v * math.Pow10(n)
}

// shipped opens a model that the page carries.
func shipped(t *testing.T, file string) *apptest.Reader {
	t.Helper()
	b, err := os.ReadFile("../../static/models/" + file)
	if err != nil {
		t.Fatal(err)
	}
	r := apptest.Open(t, "")
	r.Files = map[int][]byte{1: b}
	r.Send(open.Chosen{Files: []File{File{Number: 1, Name: file, Size: len(b)}}})
	if r.S.Problem != nil || len(r.S.Tokens) == 0 {
		t.Fatalf("%s does not open: %+v", file, r.S.Problem)
	}
	return r
}

// sumOf is a formula that is a sum of two or three numbers.
var sumOf = regexp.MustCompile(`^−?[\d.]+(·10[⁰-⁹⁻¹²³]+)?( [+−] [\d.]+(·10[⁰-⁹⁻¹²³]+)?)+$`)

// TestWhatIsShownAddsUpOrIsCalledRounded adds the numbers as they stand on the page, of many cells of the models that it carries.
func TestWhatIsShownAddsUpOrIsCalledRounded(t *testing.T) {
	for _, file := range []string{"sort.safetensors", "language.gguf"} {
		r, random := shipped(t, file), rand.New(rand.NewPCG(7, 8))
		formulas, tables, rounded := 0, 0, 0
		for _, i := range r.S.Steps {
			for range 4 {
				r.Send(CellHovered{Cell: &run.Cell{Name: i.Name, Row: random.IntN(i.Rows), Col: random.IntN(i.Cols)}})
				c, ok := r.S.View().Calculation()
				if !ok || c.Masked {
					continue
				}
				if live := explain.Inline(c.Live); sumOf.MatchString(live) {
					formulas++
					sum := 0.0
					for n := range strings.SplitSeq(strings.NewReplacer(" + ", "|", " − ", "|−").Replace(live), "|") {
						sum += asRead(t, n)
					}
					if misses := math.Abs(sum-asRead(t, c.Result)) > 0.5e-4; misses != c.Rounded {
						t.Errorf("%s: %s, and it is called rounded: %t", i.Name, explain.Inline(c.Live), c.Rounded)
					}
				}
				table := &view.TermTable{Screen: &Screen{State: &r.S}, Of: &c}
				if len(c.Terms) == 0 || !table.Adds() {
					continue
				}
				tables++
				sum := asRead(t, table.Number(c.RestSum)) + asRead(t, table.Number(table.Bias()))
				for _, term := range c.Terms {
					sum += asRead(t, table.Number(term.Product))
				}
				misses := math.Abs(sum-asRead(t, table.Number(table.Total()))) > 0.5e-3
				if misses != (table.SumText() == say.View.SumRounded()) {
					t.Errorf("%s: the terms come to %v, the sum is %s, and says %s", i.Name, sum, table.Number(table.Total()), table.SumText())
				}
				if misses {
					rounded++
				}
			}
		}
		if formulas < 20 || tables < 50 || rounded == 0 {
			t.Errorf("%s: %d formulas and %d tables were added up, %d of them rounded", file, formulas, tables, rounded)
		}
	}
}

// TestOperandsAreNamedByWhatTheyAre: papers write x, a and b.
func TestOperandsAreNamedByWhatTheyAre(t *testing.T) {
	r := apptest.Open(t, "#temperature=0.7&k=2&p=0.9")
	for name, want := range map[string]string{
		"embed.sum": "token embedding + position embedding", "h.0.residual_1": "stream before + attention result", "h.1.residual_2": "stream before + feed-forward result",
		"h.0.ln_1": "(stream − mean) / std · gain + bias", "h.0.attn.head.1.scaled": "score / √A", "h.0.attn.head.1.attention": "exp(scaled score − max) / sum",
		"h.0.attn.head.1.query": "Σ normalized·weight + bias", "h.0.attn.proj": "Σ joined heads·weight + bias", "h.0.mlp.down": "Σ after GELU·weight + bias",
		"probabilities": "exp(logit − max) / sum", "sample.temperature": "logit / temperature", "sample.probabilities": "kept probability / sum",
	} {
		i, _ := r.S.Info(name)
		r.Send(CellChosen{&run.Cell{Name: name, Row: i.Rows - 1, Col: 0}})
		c, _ := r.S.View().Calculation()
		r.Expect("the formula of "+name, explain.Inline(c.Symbols), want)
	}
	for _, i := range r.S.Steps {
		for _, in := range i.Inputs {
			if role := i.Role(in.Name); role != "x" && role != "a" && role != "b" {
				continue
			}
			r.Send(CellChosen{&run.Cell{Name: i.Name, Row: i.Rows - 1, Col: 0}})
			c, _ := r.S.View().Calculation()
			for _, o := range c.Operands {
				if o.Name == "x" || o.Name == "a" || o.Name == "b" {
					t.Errorf("%s reads %s, which it calls %s", i.Name, o.Tensor, o.Name)
				}
			}
		}
		if f := " " + strings.NewReplacer("(", " ", ")", " ", ",", " ").Replace(explain.Aloud(explain.StepFormula(i))) + " "; strings.Contains(f, " x ") || strings.Contains(f, " a ") || strings.Contains(f, " b ") {
			t.Errorf("%s is watched as %s", i.Name, f)
		}
	}
}

// TestIDsAreWholeNumbers wherever they are read.
func TestIDsAreWholeNumbers(t *testing.T) {
	r := apptest.Open(t, "").Send(CellChosen{&run.Cell{Name: "tokens", Row: 0, Col: 0}})
	c, _ := r.S.View().Calculation()
	_, place := Spoken(r.S)
	if c.Result != "2" || !strings.HasSuffix(place, ": 2.") && !strings.Contains(place, ": 2. ") {
		t.Errorf("the id is %s, and aloud %q", c.Result, place)
	}
	r.Send(CellChosen{&run.Cell{Name: "embed.token", Row: 0, Col: 0}})
	if told := r.S.View().InWords(); !strings.Contains(told, "Id is 2, from Token ids") {
		t.Errorf("in words it is %q", told)
	}
}
