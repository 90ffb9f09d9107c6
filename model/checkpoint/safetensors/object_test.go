package safetensors

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestParseObjectReadsFlatObjects(t *testing.T) {
	got, err := ParseObject(` {"n": 48, "x": -1.5e-3, "zero": 0, "tied": true, "bias": false, "none": null, "abc": "A\u0042C"} `)
	want := map[string]any{"n": 48.0, "x": -1.5e-3, "zero": 0.0, "tied": true, "bias": false, "none": nil, "abc": "ABC"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read as %v (%v), expected %v", got, err, want)
	}
}

func TestParseObjectStepsOverListsAndObjects(t *testing.T) {
	got, err := ParseObject(`{"a": ["GPT2", {"b": "]"}], "n": 4, "c": {"d": [1, [2]]}}`)
	want := map[string]any{"a": Nested(`["GPT2", {"b": "]"}]`), "n": 4.0, "c": Nested(`{"d": [1, [2]]}`)}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read as %v (%v), expected %v", got, err, want)
	}
}

func TestParseObjectSaysWhatIsWrongAndWhere(t *testing.T) {
	for text, want := range map[string]string{
		``:                 `safetensors: expected '{' to begin the object, found the end (at byte 0)`,
		`[1]`:              `safetensors: expected '{' to begin the object, found '[' (at byte 0)`,
		`{"n":1} x`:        `safetensors: 'x' follows the object (at byte 8)`,
		`{"n":1,"n":2}`:    `safetensors: the object has the key n twice (at byte 7)`,
		`{"n":[1`:          `safetensors: expected ']' or '}' behind a list or an object, found the end (at byte 7)`,
		`{"n":{"a":"]}`:    `safetensors: a string does not end (at byte 13)`,
		`{"n":}`:           `safetensors: n is ""; expected a string, a number, true, false or null (at byte 5)`,
		`{"n":1e999}`:      `safetensors: n is "1e999"; expected a string, a number, true, false or null (at byte 5)`,
		`{"n":"a`:          `safetensors: a string does not end (at byte 7)`,
		"{\"n\":\"\xff\"}": `safetensors: the text is not UTF-8, found the byte 0xFF (at byte 6)`,
	} {
		_, err := ParseObject(text)
		if judge(t, err, ""); err.Error() != want {
			t.Errorf("%q is refused with\n  %v\nexpected\n  %s", text, err, want)
		}
	}
}

func TestParseObjectKeepsOutWhatOnlyStrconvCallsANumber(t *testing.T) {
	for _, word := range strings.Fields("+1 .5 -.5 1. -1.e3 01 -01 00 0x10 1_000 Inf -inf NaN nan - e 1e 1e+ 1.5.2 --1 True nul") {
		if got, err := ParseObject(`{"n":` + word + `}`); err == nil {
			t.Errorf("%s is read as %v, expected an error", word, got["n"])
		}
	}
}

// FuzzParseObject holds that ParseObject and encoding/json agree about every flat object, and about what stands beside
// the lists and objects in one that is not flat.
func FuzzParseObject(f *testing.F) {
	for _, text := range []string{`{}`, `{"a":1,"b":-0.5e+7,"c":"\ud83d\ude42"}`, `{"a":true,"b":[]}`, `{"a":01}`, `{"a":1.}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseObject(text)
		var want map[string]any
		oracleErr := json.Unmarshal([]byte(text), &want)
		nested := false
		for key, v := range got {
			if _, is := v.(Nested); is {
				nested = true
				delete(got, key)
				delete(want, key)
			}
		}
		switch {
		case nested && oracleErr != nil: // what is in them may be no JSON
		case err == nil && (oracleErr != nil || !reflect.DeepEqual(got, want)):
			t.Fatalf("%q is read as %v, encoding/json reads %v (%v)", text, got, want, oracleErr)
		case err != nil:
			judge(t, err, "")
		}
	})
}
