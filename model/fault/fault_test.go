package fault

import (
	"errors"
	"io"
	"reflect"
	"testing"
)

func TestAFaultIsItsEnglishAndItsArguments(t *testing.T) {
	f := New("sample", "%s has %d of %v, 0x%02X and %.3q: 100%%", "A", 3, List{"x", "y", "z"}, byte(10), "abcde")
	if want := `A has 3 of x, y and z, 0x0A and "abc": 100%`; f.Error() != want || f.Kind != "sample" {
		t.Errorf("the fault %q reads %q; expected %q", f.Kind, f, want)
	}
	want := []Arg{{Text: "A"}, {Text: "3", Number: 3}, {Text: "x, y and z", List: []string{"x", "y", "z"}},
		{Text: "0A", Number: 10}, {Text: `"abc"`}}
	if !reflect.DeepEqual(f.Args, want) {
		t.Errorf("its arguments are %+v; expected %+v", f.Args, want)
	}
}

// placed is an error that says by a method which fault it is.
type placed struct{ reason *Fault }

func (p placed) Error() string { return p.Fault().Error() }
func (p placed) Fault() *Fault { return New("placed", "there: %w", p.reason) }

func TestAFaultKeepsTheErrorsThatItHolds(t *testing.T) {
	inner := placed{New("inner", "%d is bad", 7)}
	f := New("outer", "%w; %v", inner, io.EOF)
	if !errors.Is(f, inner) || f.Error() != "there: 7 is bad; EOF" {
		t.Errorf("%q does not wrap %q", f, inner)
	}
	if got := f.Args[0].Fault; got == nil || got.Kind != "placed" || got.Args[0].Fault.Kind != "inner" || got.Args[0].Fault.Args[0].Number != 7 {
		t.Errorf("the first argument is the fault %+v", got)
	}
	if got := f.Args[1].Fault; got.Kind != "" || got.Error() != "EOF" || !errors.Is(got, io.EOF) {
		t.Errorf("an error of another kind is the fault %+v", got)
	}
	if Of(f) != f {
		t.Error("a fault is another one than itself")
	}
}

func TestASentenceBeginsWithACapitalButForTheNameOfAFile(t *testing.T) {
	for want, f := range map[string]*Fault{
		"Ünit is bad.":      New("bad", "ünit is bad"),
		"It is. All of it.": New("bad", "It is. All of it."),
		"a.bin: it is bad.": New("inFile", "%s: %w", "a.bin", New("bad", "it is bad")),
		".":                 New("empty", ""),
		"Safetensors: bad.": New("inSafetensors", "safetensors: %w", New("bad", "bad")),
	} {
		if got := f.Sentence(); got != want {
			t.Errorf("%q is the sentence %q; expected %q", f, got, want)
		}
	}
}

func TestAListReadsAsInEnglish(t *testing.T) {
	for want, l := range map[string]List{"": nil, "A": {"A"}, "A and B": {"A", "B"}, "A, B and C": {"A", "B", "C"}} {
		if got := l.String(); got != want {
			t.Errorf("%#v reads %q; expected %q", l, got, want)
		}
	}
}

func TestBytesAreWrittenInTheUnitThatFits(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 1: "1 B", 1023: "1023 B", 1024: "1.0 kB", 999 << 10: "999.0 kB", 1 << 20: "1.0 MB",
		548105171: "522.7 MB", 3 << 29: "1.5 GB", 1 << 40: "1.0 TB", 1<<63 - 1: "8388608.0 TB"} {
		if got := Bytes(n); got != want {
			t.Errorf("%d bytes are %q; expected %q", n, got, want)
		}
	}
}

func TestANounIsInTheFormOfItsNumber(t *testing.T) {
	for want, f := range map[string]*Fault{
		"w has 1 row, 2 columns (in a file)": New("k", "%s has %d row(s), %d column(s) (in a file)", "w", 1, 2),
		"0 bytes of 1":                       New("k", "%d byte(s) of %d", uint64(0), 1),
		"no number(s)":                       New("k", "no number(s)"),
	} {
		if f.Error() != want {
			t.Errorf("%q; expected %q", f, want)
		}
	}
}

func TestNamesAndNumbersStandInOneLine(t *testing.T) {
	for want, name := range map[string]string{`""`: "", "h.0": "h.0", `"a b"`: "a b", `"a:b"`: "a:b", `"\n"`: "\n", `"\xff"`: "\xff", "ß": "ß"} {
		if got := Legible(name); got != want {
			t.Errorf("%q is written %s, expected %s", name, got, want)
		}
	}
	if got := Legible(string(make([]byte, 5000))); len(got) > 500 {
		t.Errorf("a long name is written in %d bytes", len(got))
	}
	if got := Numbers([]int{3, -48}) + Numbers([]uint64{1<<64 - 1}) + Numbers[int](nil); got != "[3, -48][18446744073709551615][]" {
		t.Errorf("numbers are written %s", got)
	}
}

func TestTwoSizesThatDifferAreNotWrittenAlike(t *testing.T) {
	for _, c := range []struct {
		n, m int64
		want string
	}{{9300, 9301, "9300 B and 9301 B"}, {9300, 9300, "9.1 kB and 9.1 kB"}, {12, 13, "12 B and 13 B"}, {1 << 20, 1 << 30, "1.0 MB and 1.0 GB"}} {
		a, b := BytesApart(c.n, c.m)
		if got := a + " and " + b; got != c.want {
			t.Errorf("%d and %d are %s; expected %s", c.n, c.m, got, c.want)
		}
	}
}
