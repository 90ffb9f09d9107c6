package golden

import "testing"

func TestLinesAreAlikeIfTheirWordsAreTheSameAndTheirNumbersNear(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		alike bool
	}{
		{"at 540 362.1 left", "at 540 362.2 left", true}, {"at 540 362.1 left", "at 540 362.1 right", false}, {"at 540", "at 560", false},
		{"3 rows", "4 rows", false}, {"0.004", "0", true}, {"[1.0 2.00]", "[1.001 2]", true}, {"a b", "a", false}, {"1.5", "-1.5", false},
	} {
		if alike(c.a, c.b) != c.alike {
			t.Errorf("%q and %q are alike: %v", c.a, c.b, !c.alike)
		}
	}
}

func TestTextsSayWhatAValueHolds(t *testing.T) {
	type part struct {
		Name  string
		Share float64
		next  *part
		f     func()
	}
	v := part{"a", 0.123456, &part{Name: "b"}, func() {}}
	for _, c := range []struct {
		value any
		want  string
	}{
		{v, `{Name: "a", Share: 0.1235, next: {Name: "b"}, f: }`}, {[]int{1, 2}, "2[1 2]"}, {map[string]bool{"b": true, "a": false}, `map["a": false "b": true]`},
		{[]float32{1, 2, 3, 4, 5, 6, 7}, "7[1 2 3 4 5 6 …]"}, {(*part)(nil), "none"}, {[]byte("ab"), "2 bytes " + Sum("ab")},
	} {
		if got := Text(c.value); got != c.want {
			t.Errorf("%s; expected %s", got, c.want)
		}
	}
	if got := Text(v, "Share", "f"); got != `{Name: "a", next: {Name: "b"}}` {
		t.Errorf("with fields left out: %s", got)
	}
}
