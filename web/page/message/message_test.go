package message

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
)

func parse(t *testing.T, message string) (Call, bool, error) {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(message), &v); err != nil {
		t.Fatal(err)
	}
	return ParseCall(v)
}

func TestCallsAreHeard(t *testing.T) {
	for _, m := range []string{
		`{"glassbox":1,"id":7,"verb":"setPrompt","args":["CBABBC"]}`,
		`{"glassbox":1,"id":"a","verb":"state"}`,
		`{"glassbox":1,"id":0,"verb":"step","args":[]}`,
		`{"glassbox":1,"id":-1.5,"verb":"tensor","args":["ln_f",{"rows":[0,2]}]}`,
		`{"glassbox":1,"id":1,"verb":"tensor","args":["ln_f",null]}`,
		`{"glassbox":1,"id":1,"verb":"explain","args":["ln_f",0,3],"more":true}`,
		`{"glassbox":1,"id":1,"verb":"export","args":["ln_f","npy"]}`,
		`{"glassbox":1,"id":1,"verb":"goto","args":["#model=sort"]}`,
		`{"glassbox":1,"id":1,"verb":"sampling"}`,
		`{"glassbox":1,"id":1,"verb":"sampling","args":[{"temperature":0.8,"k":5,"p":0.9,"seed":3}]}`,
		`{"glassbox":1,"id":1,"verb":"walk","args":[3]}`,
		`{"glassbox":1,"id":1,"verb":"play"}`,
		`{"glassbox":1,"id":1,"verb":"play","args":[false]}`,
	} {
		if c, heard, err := parse(t, m); !heard || err != nil || c.Verb == "" || c.ID == nil {
			t.Errorf("%s: %+v, heard %t, %v", m, c, heard, err)
		}
	}
}

func TestWhatIsNoCallIsNotAnswered(t *testing.T) {
	for _, m := range []string{
		`null`, `7`, `"slide:start"`, `[]`, `{}`, `{"glassbox":"1","id":1,"verb":"state"}`,
		`{"glassbox":2,"id":1,"verb":"state"}`, `{"glassbox":1,"verb":"state"}`, `{"glassbox":1,"id":{},"verb":"state"}`,
		`{"glassbox":1,"id":1,"verb":["state"]}`, `{"glassbox":1,"id":1}`, `{"glassbox":1,"event":"ready"}`,
		`{"glassbox":1,"id":"` + strings.Repeat("x", maxID+1) + `","verb":"state"}`,
	} {
		if _, heard, _ := parse(t, m); heard {
			t.Errorf("%s was heard", m)
		}
	}
	if _, heard, _ := ParseCall(map[string]any{"glassbox": 1.0, "id": math.NaN(), "verb": "state"}); heard {
		t.Error("NaN is an id")
	}
	for _, id := range []any{math.Inf(1), math.Inf(-1), nil, true} {
		if _, heard, _ := ParseCall(map[string]any{"glassbox": 1.0, "id": id, "verb": "state"}); heard {
			t.Errorf("%v is an id", id)
		}
	}
}

func TestAWrongCallSaysWhatIsWrong(t *testing.T) {
	for m, want := range map[string]string{
		`{"glassbox":1,"id":1,"verb":"constructor"}`:                                                 "setPrompt",
		`{"glassbox":1,"id":1,"verb":"setPrompt"}`:                                                   "not a text",
		`{"glassbox":1,"id":1,"verb":"setPrompt","args":[7]}`:                                        "not a text",
		`{"glassbox":1,"id":1,"verb":"setPrompt","args":{"0":"A"}}`:                                  "not a list",
		`{"glassbox":1,"id":1,"verb":"state","args":[1]}`:                                            "takes 0 arguments",
		`{"glassbox":1,"id":1,"verb":"explain","args":["ln_f",0.5,3]}`:                               "argument 2",
		`{"glassbox":1,"id":1,"verb":"explain","args":["ln_f",0,-1]}`:                                "argument 3",
		`{"glassbox":1,"id":1,"verb":"tensor","args":["ln_f",{"rows":["0"]}]}`:                       "rows",
		`{"glassbox":1,"id":1,"verb":"sampling","args":[0.8]}`:                                       "not an object",
		`{"glassbox":1,"id":1,"verb":"sampling","args":[{"topK":5}]}`:                                "temperature, k, p, seed",
		`{"glassbox":1,"id":1,"verb":"sampling","args":[{"k":"5"}]}`:                                 "not a number",
		`{"glassbox":1,"id":1,"verb":"play","args":["yes"]}`:                                         "neither true nor false",
		`{"glassbox":1,"id":1,"verb":"walk","args":["3"]}`:                                           "whole number",
		`{"glassbox":1,"id":1,"verb":"setPrompt","args":["` + strings.Repeat("A", MaxText+1) + `"]}`: "at most",
	} {
		if _, heard, err := parse(t, m); !heard || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s: heard %t, %v; expected %q", m, heard, err, want)
		}
	}
}

// TestWhatACallMayHoldAtMostIsHeard: the largest of each is taken, and the next one is not.
func TestWhatACallMayHoldAtMostIsHeard(t *testing.T) {
	call := func(id any, verb string, args ...any) (bool, error) {
		_, heard, err := ParseCall(map[string]any{"glassbox": 1.0, "id": id, "verb": verb, "args": args})
		return heard, err
	}
	if heard, err := call(strings.Repeat("x", maxID), "state"); !heard || err != nil {
		t.Errorf("an id of %d bytes: heard %t, %v", maxID, heard, err)
	}
	const most = float64(math.MaxInt32)
	rows := func(list ...any) any { return map[string]any{"rows": list} }
	for _, c := range []struct {
		verb  string
		args  []any
		taken bool
	}{
		{"setPrompt", []any{strings.Repeat("A", MaxText)}, true},
		{"setPrompt", []any{strings.Repeat("A", MaxText+1)}, false},
		{"setPrompt", []any{""}, true},
		{"setPrompt", []any{"A", "B"}, false},
		{"explain", []any{"ln_f", most, 0.0}, true},
		{"explain", []any{"ln_f", 0.0, most}, true},
		{"explain", []any{"ln_f", most + 1, 0.0}, false},
		{"explain", []any{"ln_f", 0.0, most + 1}, false},
		{"explain", []any{"ln_f", math.Inf(1), 0.0}, false},
		{"explain", []any{"ln_f", 0.0, 0.0, 0.0}, false},
		{"tensor", []any{"ln_f", rows(0.0, most)}, true},
		{"tensor", []any{"ln_f", rows(0.0, most+1)}, false},
		{"tensor", []any{"ln_f", rows(0.0, "1")}, false},
		{"tensor", []any{"ln_f", rows(0.0)}, false},
		{"tensor", []any{"ln_f", rows(0.0, 1.0, 2.0)}, false},
		{"export", []any{"ln_f", "npy", nil}, false},
	} {
		if heard, err := call(1.0, c.verb, c.args...); !heard || (err == nil) != c.taken {
			t.Errorf("%s %.60q: heard %t, %v", c.verb, c.args, heard, err)
		}
	}
}

func TestAnswersGoToWhereTheQuestionCameFrom(t *testing.T) {
	for origin, want := range map[string]string{
		"https://school.example": "https://school.example", "http://localhost:8080": "http://localhost:8080",
		"null": "*", "": "*", "file://": "*",
	} {
		if got := TargetOrigin(origin); got != want {
			t.Errorf("from %q it goes to %q", origin, got)
		}
	}
}

// FuzzParseCall holds that whatever comes is refused or is a call that can be carried out.
func FuzzParseCall(f *testing.F) {
	f.Add(`{"glassbox":1,"id":7,"verb":"setPrompt","args":["CBABBC"]}`)
	f.Add(`{"glassbox":1,"id":"x","verb":"tensor","args":["ln_f",{"rows":[0,2]}]}`)
	f.Add(`{"glassbox":1,"id":null,"verb":"__proto__","args":[[[[]]]]}`)
	f.Fuzz(func(t *testing.T, message string) {
		var v any
		if json.Unmarshal([]byte(message), &v) != nil {
			return
		}
		c, heard, err := ParseCall(v)
		if !heard {
			if err != nil || c.Verb != "" {
				t.Errorf("%s is not heard, but gives %+v, %v", message, c, err)
			}
			return
		}
		if !validID(c.ID) {
			t.Errorf("%s has the id %v", message, c.ID)
		}
		if err == nil && (!slices.Contains(Verbs(), c.Verb) || len(c.Args) > MaxArgs) {
			t.Errorf("%s is accepted as %+v", message, c)
		}
	})
}
