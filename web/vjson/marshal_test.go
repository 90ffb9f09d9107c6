package vjson

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"
	"testing/quick"
)

type (
	name  string
	level uint8
	ratio float32
	on    bool
)

// same reports whether Marshal and encoding/json agree about v: their texts read back alike.
func same(t *testing.T, v any) {
	t.Helper()
	got, err := Marshal(v)
	if err != nil {
		t.Fatalf("Marshal(%#v): %v", v, err)
	}
	want, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var gotValue, wantValue any
	if err := json.Unmarshal(got, &gotValue); err != nil {
		t.Fatalf("Marshal(%#v) = %s, which is no JSON: %v", v, got, err)
	}
	if err := json.Unmarshal(want, &wantValue); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(gotValue, wantValue) {
		t.Errorf("Marshal(%#v) = %s, encoding/json writes %s", v, got, want)
	}
}

func TestMarshalAgreesWithEncodingJSON(t *testing.T) {
	for _, v := range []any{
		nil, true, false, on(true), 0, -7, int8(-128), int64(math.MinInt64), uint64(math.MaxUint64), level(255),
		0.0, 0.1, 1e300, -1e-300, 1e21, float32(0.1), ratio(2.5), math.MaxFloat64, math.SmallestNonzeroFloat64,
		"", "plain", `"quoted" \ back`, "\x00\n\t\r\x1f\x7f", "µ – 語 😀", "\u2028</script>&", "bad \xff\xc3 bytes", name("named"),
	} {
		same(t, v)
	}
	if err := quick.Check(func(s string, b []byte, f float64, g float32, i int64, u uint32) bool {
		for _, v := range []any{s, string(b), f, g, i, u} {
			same(t, v)
		}
		return !t.Failed()
	}, nil); err != nil {
		t.Error(err)
	}
}

func TestMarshalPassesRawMessagesOn(t *testing.T) {
	got, err := Marshal(RawMessage(`{"a": 1}`))
	if err != nil || string(got) != `{"a": 1}` {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestMarshalRefusesWhatIsNoProperty(t *testing.T) {
	for want, v := range map[string]any{
		"[]int":  []int{1},
		"struct": struct{ A int }{1},
		"*int":   new(int),
		"NaN":    math.NaN(),
		"+Inf":   math.Inf(1),
	} {
		if _, err := Marshal(v); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Marshal(%v): error %v does not name %q", v, err, want)
		}
	}
}
