package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

// labFixture is what PyTorch computed of a model, by the names of the JSON that the commands write.
func labFixture(t *testing.T, folder string) map[string]any {
	t.Helper()
	text, err := os.ReadFile("../../model/testdata/" + folder + "/lab.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	return want
}

// list writes ids as the options take them.
func list(ids any) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(ids), " ", ","), "[]")
}

// holds compares what a command wrote with what it should hold, number by number; it may hold more.
func holds(t *testing.T, place string, got, want any) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		for key, v := range want {
			holds(t, place+"."+key, got.(map[string]any)[key], v)
		}
	case []any:
		if len(got.([]any)) != len(want) {
			t.Fatalf("%s has %d elements; expected %d", place, len(got.([]any)), len(want))
		}
		for i, v := range want {
			holds(t, fmt.Sprint(place, "[", i, "]"), got.([]any)[i], v)
		}
	case float64:
		if v, ok := got.(float64); !ok || !(math.Abs(v-want) <= 1e-4*max(1, math.Abs(want))) {
			t.Errorf("%s is %v; expected %v", place, got, want)
		}
	default:
		if got != want {
			t.Errorf("%s is %v; expected %v", place, got, want)
		}
	}
}

// written is what a command writes as JSON.
func written(t *testing.T, args ...string) map[string]any {
	t.Helper()
	out, err := gpt(t, "", append(args, "--json")...)
	if err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	return got
}

func TestTheLabWritesWhatTheReferenceHas(t *testing.T) {
	for _, folder := range []string{"tiny-gpt2", "nano-sort"} {
		want := labFixture(t, folder)
		file, ids := "../../model/testdata/"+folder+"/weights.safetensors", list(want["ids"])
		token := fmt.Sprint(7 % int(want["config"].(map[string]any)["vocab_size"].(float64)))
		lenses := written(t, "lens", "--model", file, "--ids", ids, "--token", token)
		for _, l := range lenses["lens"].([]any) {
			l.(map[string]any)["of_token_7"] = l.(map[string]any)["of_token_"+token]
		}
		holds(t, "lens", lenses["lens"], want["lens"])
		for _, a := range want["attribution"].([]any) {
			a := a.(map[string]any)
			args := []string{"attribute", "--model", file, "--ids", ids, "--token", fmt.Sprint(a["token"])}
			if a["against"] != nil {
				args = append(args, "--against", fmt.Sprint(a["against"]))
			}
			holds(t, "attribution", written(t, args...), a)
		}
		p := want["patching"].(map[string]any)
		holds(t, "patching", written(t, "patch", "--model", file, "--clean", list(p["clean"]), "--corrupt", list(p["corrupt"]),
			"--token", fmt.Sprint(p["token"]), "--against", fmt.Sprint(p["against"])), p)
		h := want["heads"].(map[string]any)
		holds(t, "heads", written(t, "heads", "--model", file, "--half", list(h["half"])), h)
		holds(t, "surprise", written(t, "surprise", "--model", file, "--ids", ids)["surprise_bits"], want["surprise_bits"])
		for _, e := range want["edits"].([]any) {
			e := e.(map[string]any)
			for _, s := range written(t, "run", "--model", file, "--ids", ids, "--edit", e["edit"].(string))["steps"].([]any) {
				if s := s.(map[string]any); s["name"] == "logits" {
					all, last := s["values"].([]any), e["logits_last"].([]any)
					holds(t, e["edit"].(string), all[len(all)-len(last):], last)
				}
			}
		}
	}
}

func TestTheLabSaysWhatIsMissing(t *testing.T) {
	for want, args := range map[string][]string{
		"there is none at place 7":            {"run", "-model", nano, "-ids", "2,1,0", "-edit", "h.0.ln_1[7]=0"},
		"is no edit":                          {"run", "-model", nano, "-ids", "2,1,0", "-edit", "h.0.ln_1"},
		"no step or weight named":             {"run", "-model", nano, "-ids", "2,1,0", "-edit", "off:mask", "-edit", "x=0"},
		"the text is empty":                   {"lens", "-model", nano},
		"-token is 3; expected 0 to 2":        {"lens", "-model", nano, "-ids", "2,1", "-token", "3"},
		"-token is missing":                   {"attribute", "-model", nano, "-ids", "2,1"},
		"no token 3":                          {"attribute", "-model", nano, "-ids", "2,1", "-token", "3"},
		"-against is missing":                 {"patch", "-model", nano, "-clean", "1,2", "-corrupt", "1,0", "-token", "0"},
		"there is none at place 9":            {"run", "-model", nano, "-ids", "2,1,0", "-edit", "h.last.ln_1[9]=0"},
		"-edit x=0: there is":                 {"run", "-model", nano, "-ids", "2,1,0", "-edit", "off:mask", "-edit", "x=0"},
		"-clean is missing":                   {"patch", "-model", nano, "-corrupt", "1,2"},
		"id 1 of -corrupt is \"x\"":           {"patch", "-model", nano, "-clean", "1,2", "-corrupt", "1,x"},
		"the clean text has 2 tokens":         {"patch", "-model", nano, "-clean", "1,2", "-corrupt", "1", "-token", "0", "-against", "1"},
		"a number is +Inf":                    {"surprise", "-model", nano, "-ids", "2,1,0", "-edit", "probabilities=0", "-json"},
		"-half is missing":                    {"heads", "-model", nano},
		"14 tokens, and this model holds 11":  {"heads", "-model", nano, "-half", "1,2,0,1,2,0,1"},
		"flag provided but not defined: -ids": {"heads", "-model", nano, "-ids", "1,2"},
	} {
		if _, err := gpt(t, "", args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v; expected %q", args, err, want)
		}
	}
}

func TestTheLabWritesTablesForPeople(t *testing.T) {
	for want, args := range map[string][]string{
		"h.0.residual_1":   {"lens", "-model", nano, "-ids", "2,1,0", "-token", "1"},
		"  the sum":        {"attribute", "-model", nano, "-ids", "2,1,0", "-token", "0", "-against", "1"},
		"head_mix":         {"patch", "-model", nano, "-clean", "2,1,0,1,1,2", "-corrupt", "2,1,1,1,1,2", "-token", "0", "-against", "1"},
		"h.2.attn.head.2":  {"heads", "-model", nano, "-half", "2,1,0"},
		"the only one":     {"surprise", "-model", nano, "-ids", "2"},
		"nats, perplexity": {"surprise", "-model", nano, "-ids", "2,1,0"},
	} {
		out, err := gpt(t, "", args...)
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("%v writes %s, %v; expected %q", args, out, err, want)
		}
	}
}
