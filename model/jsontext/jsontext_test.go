package jsontext

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// tree reads a text that is one value.
func tree(text string) (any, error) {
	r, err := New([]byte(text))
	if err != nil {
		return nil, err
	}
	v, err := r.Tree("text")
	if err != nil {
		return nil, err
	}
	return v, r.End()
}

func TestATreeHoldsAllThatAValueHolds(t *testing.T) {
	got, err := tree(` {"a": [1, "b\n", {"c": null}], "d": {}, "e": [], "f": true} `)
	want := map[string]any{"a": []any{1.0, "b\n", map[string]any{"c": nil}}, "d": map[string]any{}, "e": []any{}, "f": true}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read as %v (%v), expected %v", got, err, want)
	}
}

func TestErrorsSayWhatIsWrongAndWhere(t *testing.T) {
	for text, want := range map[string]string{
		``:               `text is ""; expected a string, a number, true, false or null (at byte 0)`,
		`[1 2]`:          `expected ',' or ']' in text, found '2' (at byte 3)`,
		`{"a":[}`:        `a is ""; expected a string, a number, true, false or null (at byte 6)`,
		`{"a":{},"a":1}`: `the object has the key a twice (at byte 8)`,
		`1 2`:            `'2' follows the object (at byte 2)`,
		"\"\xff\"":       `the text is not UTF-8, found the byte 0xFF (at byte 1)`,
		strings.Repeat("[", 33) + strings.Repeat("]", 33): `text holds lists or objects more than 32 deep (at byte 32)`,
	} {
		_, err := tree(text)
		if _, ok := errors.AsType[*Error](err); !ok || err.Error() != want {
			t.Errorf("%q is refused with\n  %v\nexpected\n  %s", text, err, want)
		}
	}
}

func TestMembersMayStandTwice(t *testing.T) {
	r, err := New([]byte(`{"a":1,"b":2,"a":3}`))
	if err != nil {
		t.Fatal(err)
	}
	var got []any
	err = r.Members(InObject, func(at int, key string) error {
		n, err := r.Integer(key)
		got = append(got, key, at, n)
		return err
	})
	if want := []any{"a", 1, int64(1), "b", 7, int64(2), "a", 13, int64(3)}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read as %v (%v), expected %v", got, err, want)
	}
}

func TestSkipStepsOverAValueOfAnyKind(t *testing.T) {
	for _, value := range []string{`"a\"]"`, `[[1], "]"]`, `{"a":{"}":1}}`, `-1.5e3`, `null`} {
		r, err := New([]byte("  " + value + " ,"))
		if err != nil {
			t.Fatal(err)
		}
		start, err := r.Skip("value")
		if err != nil || start != 2 || r.Pos != 2+len(value) {
			t.Errorf("%s is skipped from byte %d to byte %d (%v)", value, start, r.Pos, err)
		}
	}
}

// FuzzTree holds that a tree is what encoding/json reads, and that a step over the value ends where the tree does.
func FuzzTree(f *testing.F) {
	for _, text := range []string{`{"a":[1,{"b":"\ud83d\ude42"}]}`, `[[],{},"x",-0.5e+7,true,null]`, `[01]`, `{"a":1,}`, `"\u12"`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := tree(text)
		if err != nil {
			if _, ok := errors.AsType[*Error](err); !ok {
				t.Fatalf("%v is no *Error", err)
			}
			return
		}
		var want any
		if err := json.Unmarshal([]byte(text), &want); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q is read as %v, encoding/json reads %v (%v)", text, got, want, err)
		}
		r, _ := New([]byte(text))
		if _, err := r.Skip("text"); err != nil || r.End() != nil {
			t.Fatalf("a step over %q fails (%v)", text, err)
		}
	})
}
