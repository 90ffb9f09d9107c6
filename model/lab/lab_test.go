package lab

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"glassbox/model"
	"glassbox/model/checkpoint"
)

// A fixture holds what PyTorch computed in float64.
type fixture struct {
	IDs    []int
	Config struct {
		Vocab int `json:"vocab_size"`
	}
	Lens []struct {
		Stream      string
		Top         []int
		Probability []float64
		OfToken     []float64 `json:"of_token_7"`
	} `json:"lens"`
	Attribution []struct {
		Token   int
		Against *int
		Logit   float64
		Parts   []struct {
			Name  string
			Logit float64
		}
	}
	Patching struct {
		Clean, Corrupt []int
		Token, Against int
		Before         float64     `json:"clean_difference"`
		After          float64     `json:"corrupt_difference"`
		Stream         [][]float64 `json:"resid_pre"`
		Attention      [][]float64 `json:"attn_out"`
		MLP            [][]float64 `json:"mlp_out"`
		Head           [][]float64 `json:"head_mix"`
	}
	Heads struct {
		Half   []int
		Scores []struct {
			Head                                 string
			Previous, Duplicate, Induction, Sink float64
		}
	}
	Surprise []float64 `json:"surprise_bits"`
}

// open reads a model from testdata.
func open(t *testing.T, path string) *model.Model {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := []checkpoint.File{{Name: filepath.Base(path), Bytes: data}}
	if config, err := os.ReadFile(filepath.Join(filepath.Dir(path), "config.json")); err == nil {
		files = append(files, checkpoint.File{Name: "config.json", Bytes: config})
	}
	imported, err := checkpoint.ImportFiles(files, checkpoint.Options{Owned: true})
	if err != nil {
		t.Fatal(err)
	}
	return imported.Model
}

// fixtures calls f with each model that has numbers of PyTorch.
func fixtures(t *testing.T, f func(t *testing.T, m *model.Model, want fixture)) {
	t.Helper()
	for _, folder := range []string{"tiny-gpt2", "nano-sort"} {
		t.Run(folder, func(t *testing.T) {
			text, err := os.ReadFile("../testdata/" + folder + "/lab.json")
			if err != nil {
				t.Fatal(err)
			}
			var want fixture
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			f(t, open(t, "../testdata/"+folder+"/weights.safetensors"), want)
		})
	}
}

// models calls f with a run of a model of each family and kind.
func models(t *testing.T, f func(t *testing.T, tr *model.Trace)) {
	t.Helper()
	for _, path := range []string{"tiny-gpt2/weights.safetensors", "nano-sort/weights.safetensors", "tiny-llama/model.safetensors", "tiny-llama-untied/model.safetensors",
		"tiny-qwen2/model.safetensors", "tiny-qwen3/model.safetensors", "tiny-mistral/model.safetensors", "tiny-llama3/model.gguf",
		"../../static/models/language.gguf"} {
		t.Run(filepath.Dir(path), func(t *testing.T) {
			f(t, forward(t, open(t, "../testdata/"+path), 9, 1))
		})
	}
}

// forward runs a model on n ids.
func forward(t *testing.T, m *model.Model, n, by int) *model.Trace {
	t.Helper()
	ids := make([]int, min(n, m.Config.Context))
	for i := range ids {
		ids[i] = (i*i*by + 3*i + 1) % m.Config.Vocab
	}
	tr, err := m.Forward(ids)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// near compares two numbers.
func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-4*max(1, math.Abs(want))) {
		t.Errorf("%s is %v; expected %v", what, got, want)
	}
}

func TestLensesSeeWhatTheReferenceSees(t *testing.T) {
	fixtures(t, func(t *testing.T, m *model.Model, want fixture) {
		tr, err := m.Forward(want.IDs)
		if err != nil {
			t.Fatal(err)
		}
		lenses := Lenses(tr)
		if len(lenses) != len(want.Lens) {
			t.Fatalf("there are %d lenses; expected %d", len(lenses), len(want.Lens))
		}
		for i, w := range want.Lens {
			if lenses[i].Stream != w.Stream {
				t.Errorf("lens %d is at %s; expected %s", i, lenses[i].Stream, w.Stream)
			}
			for r, top := range w.Top {
				name := fmt.Sprintf("%s, token %d:", w.Stream, r)
				if got := lenses[i].Top(r, 3)[0]; got != top {
					t.Errorf("%s the top is %d; expected %d", name, got, top)
				}
				near(t, name+" chance", lenses[i].Probability(r, top), w.Probability[r])
				near(t, name+" chance of 7", lenses[i].Probability(r, 7%want.Config.Vocab), w.OfToken[r])
				if lenses[i].Rank(r, top) != 0 {
					t.Errorf("%s the top has rank %d", name, lenses[i].Rank(r, top))
				}
			}
		}
	})
}

func TestTheLastLensSeesWhatTheModelSays(t *testing.T) {
	models(t, func(t *testing.T, tr *model.Trace) {
		lenses := Lenses(tr)
		if len(lenses) != 2*tr.Model.Config.Blocks+1 {
			t.Errorf("there are %d lenses", len(lenses))
		}
		last := lenses[len(lenses)-1].Trace()
		for _, name := range []string{"logits", "probabilities"} {
			for _, r := range []int{7, 3} {
				want := tr.Step(name).Row(r)
				for i, v := range last.Step(name).Row(r) {
					if v != want[i] {
						t.Fatalf("%s (%d, %d) is %v; the model says %v", name, r, i, v, want[i])
					}
				}
			}
		}
		if e, err := lenses[0].Trace().Explain("logits", 5, 1); err != nil || len(e.Operands) != 2 {
			t.Errorf("a number of a lens has %d operands, %v", len(e.Operands), err)
		}
	})
}

func TestAttributionIsThatOfTheReference(t *testing.T) {
	fixtures(t, func(t *testing.T, m *model.Model, want fixture) {
		tr, err := m.Forward(want.IDs)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want.Attribution {
			against := -1
			if w.Against != nil {
				against = *w.Against
			}
			a, err := Attribute(tr, len(want.IDs)-1, w.Token, against)
			if err != nil || len(a.Parts) != len(w.Parts) {
				t.Fatalf("there are %d parts, %v; expected %d", len(a.Parts), err, len(w.Parts))
			}
			near(t, "the logit", a.Logit, w.Logit)
			for i, p := range w.Parts {
				if a.Parts[i].Name != p.Name {
					t.Errorf("part %d is %s; expected %s", i, a.Parts[i].Name, p.Name)
				}
				near(t, p.Name, a.Parts[i].Logit, p.Logit)
			}
		}
	})
}

func TestContributionsSumToTheLogit(t *testing.T) {
	models(t, func(t *testing.T, tr *model.Trace) {
		for _, against := range []int{-1, 2} {
			for _, row := range []int{8, 0} {
				a, err := Attribute(tr, row, 1, against)
				if err != nil {
					t.Fatal(err)
				}
				near(t, "the sum", a.Sum(), a.Logit)
				for _, p := range a.Parts {
					l, rest, ok := model.OfBlock(p.Name)
					if !ok || rest != "mlp" {
						continue
					}
					neurons, behind, err := Neurons(tr, l, row, 1, against)
					if err != nil || len(neurons) != tr.Model.Config.Wide() {
						t.Fatalf("%s has %d neurons, %v", p.Name, len(neurons), err)
					}
					sum := Attribution{Parts: behind}.Sum()
					for _, v := range neurons {
						sum += v
					}
					near(t, "the sum of the neurons of "+p.Name, sum, p.Logit)
				}
			}
		}
	})
}

// What edits add has a part of its own; where they leave nothing of a sum, its parts are worth nothing.
func TestContributionsOfARunWithEditsSumToItsLogit(t *testing.T) {
	models(t, func(t *testing.T, tr *model.Trace) {
		if tr.Model.Config.Blocks < 2 {
			return
		}
		for list, of := range map[string]string{"off:h.1.attn": "", "h.1.attn.proj=0": "", "h.1.attn.proj*=2": "h.1.attn.proj", "h.1.attn.proj[3]=1": "", "h.0.attn.concat[8]=0.5": "", "off:residual": "h.1.residual_1",
			"h.0.residual_2[8]*=2": "h.0.residual_2", "h.1.residual_1=mean": "h.1.residual_1", "h.1.mlp.down[8,1]=2": "", "off:h.1.mlp": "", "h.1.attn.head.0.mix=0": "", "h.1.residual_2+=2*steer:1,2-0": "h.1.residual_2"} {
			edits, err := model.ParseEdits(list)
			if err != nil {
				t.Fatal(err)
			}
			ed, err := tr.Edited(edits)
			if err != nil {
				t.Fatal(err)
			}
			a, err := Attribute(ed, 8, 1, 2)
			if err != nil {
				t.Fatal(err)
			}
			size, found := 0.0, of == ""
			for _, p := range a.Parts {
				size += math.Abs(p.Logit)
				found = found || p.Name == of
				if l, rest, ok := model.OfBlock(p.Name); ok && l == 1 && strings.HasPrefix(rest, "attn.") && list[len(list)-4:] == "attn" && p.Logit != 0 {
					t.Errorf("with %s, %s adds %v", list, p.Name, p.Logit)
				}
			}
			if math.Abs(a.Sum()-a.Logit) > 2e-5*max(1, size) || !found {
				t.Errorf("%s: the parts sum to %v, the logit is %v; %q is one of them: %t", list, a.Sum(), a.Logit, of, found)
			}
			neurons, behind, err := Neurons(ed, 1, 8, 1, 2)
			sum := Attribution{Parts: behind}.Sum()
			for _, v := range neurons {
				sum += v
			}
			for _, p := range a.Parts {
				if p.Name == "h.1.mlp" && (err != nil || math.Abs(sum-p.Logit) > 2e-5*max(1, size)) {
					t.Errorf("%s: the neurons sum to %v, %v; expected %v", list, sum, err, p.Logit)
				}
			}
		}
	})
}

func TestPatchingBringsBackWhatTheReferenceDoes(t *testing.T) {
	fixtures(t, func(t *testing.T, m *model.Model, want fixture) {
		w := want.Patching
		p := patching(t, m, w.Clean, w.Corrupt, w.Token, w.Against)
		near(t, "the clean difference", p.CleanDifference, w.Before)
		near(t, "the corrupt difference", p.CorruptDifference, w.After)
		for site, scores := range map[Site][][]float64{SiteStream: w.Stream, SiteAttention: w.Attention, SiteMLP: w.MLP, SiteHead: w.Head} {
			if len(scores) != m.Config.Blocks || len(scores[0]) != p.Cells(site) {
				t.Fatalf("%s has %d × %d scores", site, len(scores), p.Cells(site))
			}
			for l, row := range scores {
				for i, v := range row {
					got, err := p.Score(site, l, i)
					if err != nil {
						t.Fatal(err)
					}
					near(t, fmt.Sprintf("%s %d %d", site, l, i), got, v)
				}
			}
		}
	})
}

func patching(t *testing.T, m *model.Model, clean, corrupt []int, token, against int) *Patching {
	t.Helper()
	a, err := m.Forward(clean)
	if err != nil {
		t.Fatal(err)
	}
	b, err := m.Forward(corrupt)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Patch(a, b, token, against)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPatchingEverythingGivesTheCleanRun(t *testing.T) {
	models(t, func(t *testing.T, clean *model.Trace) {
		p := patching(t, clean.Model, clean.IDs(), forward(t, clean.Model, 9, 2).IDs(), 1, 2)
		step, _, err := p.Place(SiteStream, 0, 0)
		if err != nil {
			t.Fatal(err)
		}
		run, err := p.Corrupt.Patched(clean, map[string][]int{step: nil})
		if err != nil {
			t.Fatal(err)
		}
		if score := p.ScoreOf(run); score != 1 {
			t.Errorf("with all of the clean stream the score is %v", score)
		}
	})
}

func TestHeadsLookWhereTheReferenceSaysThatTheyLook(t *testing.T) {
	fixtures(t, func(t *testing.T, m *model.Model, want fixture) {
		scores, err := Repeated(m, want.Heads.Half)
		if err != nil || len(scores) != len(want.Heads.Scores) {
			t.Fatalf("there are %d heads, %v", len(scores), err)
		}
		for i, w := range want.Heads.Scores {
			got := scores[i]
			if got.Head != w.Head {
				t.Errorf("head %d is %s; expected %s", i, got.Head, w.Head)
			}
			near(t, w.Head+" previous", got.Previous, w.Previous)
			near(t, w.Head+" duplicate", got.Duplicate, w.Duplicate)
			near(t, w.Head+" induction", got.Induction, w.Induction)
			near(t, w.Head+" sink", got.Sink, w.Sink)
		}
	})
}

// On a text of different tokens, twice, both definitions are one.
func TestARepeatedTextIsAlsoSomebodysOwn(t *testing.T) {
	m := open(t, "../testdata/tiny-llama/model.safetensors")
	half := []int{5, 9, 2, 30, 11}
	tr, err := m.Forward(append(append([]int{}, half...), half...))
	if err != nil {
		t.Fatal(err)
	}
	want, err := Repeated(m, half)
	if err != nil {
		t.Fatal(err)
	}
	for i, got := range Heads(tr) {
		if got != want[i] {
			t.Errorf("%+v; expected %+v", got, want[i])
		}
	}
}

func TestSurpriseIsThatOfTheReference(t *testing.T) {
	fixtures(t, func(t *testing.T, m *model.Model, want fixture) {
		tr, err := m.Forward(want.IDs)
		if err != nil {
			t.Fatal(err)
		}
		bits := Surprise(tr)
		if len(bits) != len(want.Surprise) {
			t.Fatalf("there are %d; expected %d", len(bits), len(want.Surprise))
		}
		sum := 0.0
		for i, b := range want.Surprise {
			near(t, "bits", bits[i], b)
			sum += b
		}
		nats, perplexity := Loss(bits)
		near(t, "the loss", nats, sum*math.Ln2/float64(len(bits)))
		near(t, "the perplexity", perplexity, math.Exp(nats))
	})
}

func TestWhatIsNotThereIsSaidInWords(t *testing.T) {
	m := open(t, "../testdata/tiny-gpt2/weights.safetensors")
	tr := forward(t, m, 9, 1)
	_, noRow := Attribute(tr, 9, 1, -1)
	_, noID := Attribute(tr, 8, 65, -1)
	_, noOther := Attribute(tr, 8, 1, 99)
	_, _, noBlock := Neurons(tr, 2, 8, 1, -1)
	_, lengths := Patch(tr, forward(t, m, 8, 1), 1, 2)
	_, same := Patch(tr, forward(t, m, 9, 1), 1, 2)
	_, patchID := Patch(tr, forward(t, m, 9, 2), 65, 2)
	_, half := Repeated(m, []int{1})
	p, err := Patch(tr, forward(t, m, 9, 2), 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	_, noPatchBlock := p.Score(SiteStream, 2, 0)
	_, noHead := p.Score(SiteHead, 1, 4)
	for want, err := range map[string]error{"none at place 9": noRow, "no token 65": noID, "no token 99": noOther, "no block 2": noBlock,
		"9 tokens, the corrupt one 8": lengths, "nothing to bring back": same, "no token 65; expected 0 to 64": patchID, "1 token; expected two": half,
		"there is no block 2": noPatchBlock, "none at 4": noHead} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; expected %q", err, want)
		}
	}
}

func TestTheDivergenceIsThatOfTheProbabilities(t *testing.T) {
	models(t, func(t *testing.T, tr *model.Trace) {
		for _, list := range []string{"off:h.0.mlp", "logits[8,1]=3", "probabilities[8,0]*=0.5"} {
			edits, err := model.ParseEdits(list)
			if err != nil {
				t.Fatal(err)
			}
			ed, err := tr.Edited(edits)
			if err != nil {
				continue // tokens that share a number
			}
			want := 0.0
			q := ed.Step("probabilities").Row(8)
			for i, p := range tr.Step("probabilities").Row(8) {
				if p > 0 && q[i] > 0 {
					want += float64(p) * math.Log2(float64(p)/float64(q[i]))
				}
			}
			near(t, list, Divergence(tr, ed, 8), max(want, 0))
		}
		if same := Divergence(tr, tr, 8); same != 0 {
			t.Errorf("a run diverges from itself by %v", same)
		}
	})
}

func TestASearchMeasuresWhatHeadsAreGoodFor(t *testing.T) {
	models(t, func(t *testing.T, tr *model.Trace) {
		prompts := []Prompt{{tr.IDs(), 1}, {tr.IDs()[:4], 2}}
		s, err := NewSearch(tr.Model, prompts)
		if err != nil || len(s.Heads()) != tr.Model.Config.Blocks*tr.Model.Config.Heads {
			t.Fatalf("there are %d heads, %v", len(s.Heads()), err)
		}
		for _, off := range [][]string{nil, s.Heads()[:1], s.Heads()[:2]} {
			got, err := s.Without(off...)
			if err != nil {
				t.Fatal(err)
			}
			want := 0.0
			for _, p := range prompts {
				run, err := tr.Model.Forward(p.IDs)
				if err != nil {
					t.Fatal(err)
				}
				var edits []model.Edit
				for _, head := range off {
					edits = append(edits, model.Edit{Name: head + ".mix", Row: -1, Col: -1})
				}
				if run, err = run.Edited(edits); err != nil {
					t.Fatal(err)
				}
				want += float64(run.Step("probabilities").Row(len(p.IDs) - 1)[p.Answer]) / 2
			}
			near(t, fmt.Sprint("without ", off), got, want)
		}
	})
	for want, prompts := range map[string][]Prompt{"no texts": nil, "is empty": {{nil, 1}}} {
		if _, err := NewSearch(open(t, "../testdata/tiny-gpt2/weights.safetensors"), prompts); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; expected %q", err, want)
		}
	}
}

// Also of a run with edits: what they change behind the stream, a lens changes too.
func TestTheLastLensOfARunWithEditsSeesWhatThatSays(t *testing.T) {
	models(t, func(t *testing.T, tr *model.Trace) {
		for _, list := range []string{"off:norm", "ln_f*=2", "ln_f[8]=mean", "logits*=0.5", "off:h.0.mlp;probabilities[8]*=0.5"} {
			edits, err := model.ParseEdits(list)
			if err != nil {
				t.Fatal(err)
			}
			ed, err := tr.Edited(edits)
			if err != nil {
				t.Fatal(err)
			}
			lenses := Lenses(ed)
			last := lenses[len(lenses)-1]
			for i, want := range ed.Step("probabilities").Row(8) {
				if got := last.Probability(8, i); float32(got) != want {
					t.Fatalf("%s: the last lens gives token %d %v; the model says %v", list, i, got, want)
				}
			}
		}
	})
}

// What an edit leaves of a probability is what surprises, and it is there in the bits.
func TestSurpriseIsThatOfEditedProbabilities(t *testing.T) {
	tr := forward(t, open(t, "../testdata/tiny-gpt2/weights.safetensors"), 9, 1)
	edits, err := model.ParseEdits("probabilities*=0.5")
	if err != nil {
		t.Fatal(err)
	}
	ed, err := tr.Edited(edits)
	if err != nil {
		t.Fatal(err)
	}
	was := Surprise(tr)
	for i, bits := range Surprise(ed) {
		near(t, "bits", bits, was[i]+1)
	}
}
