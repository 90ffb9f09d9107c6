// Package golden compares what tests tell with text files in testdata. It is for tests alone. go test -update writes the
// files anew; git diff then shows what is told otherwise, to be read before it is believed.
package golden

import (
	"flag"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Update is set to write golden files anew.
var Update = flag.Bool("update", false, "write the golden files and the first picture of index.html")

// Compare compares a text with testdata/name.txt: words exactly, numbers to half a percent, for sums of many may differ a
// little between processors. It shows the first lines that are others, each with the last line before it that begins with ==.
func Compare(t testing.TB, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *Update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	is, want := strings.Split(text, "\n"), strings.Split(string(b), "\n")
	after, wrong := "", 0
	for i := range min(len(is), len(want)) {
		if strings.HasPrefix(want[i], "== ") {
			after = want[i]
		}
		if !alike(is[i], want[i]) {
			t.Errorf("%s, line %d, after %s:\n  is   %s\n  want %s\n(go test -update writes it anew)", path, i+1, after, is[i], want[i])
			if wrong++; wrong == 3 {
				return
			}
		}
	}
	if len(is) != len(want) {
		t.Errorf("%s has %d lines; expected %d", path, len(is), len(want))
	}
}

// alike reports whether two lines have the same words, and nearly the same numbers.
func alike(a, b string) bool {
	if a == b {
		return true
	}
	split := func(s string) []string {
		return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" []{}/:,", r) })
	}
	x, y := split(a), split(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		p, errX := strconv.ParseFloat(x[i], 64)
		q, errY := strconv.ParseFloat(y[i], 64)
		if errX != nil || errY != nil {
			if x[i] != y[i] {
				return false
			}
		} else if math.Abs(p-q) > 0.005*max(math.Abs(p), math.Abs(q))+0.01 || isWhole(x[i]) && isWhole(y[i]) && p != q && math.Abs(p) < 100 {
			return false
		}
	}
	return true
}

// isWhole reports whether a number is written without a fraction: as counts are.
func isWhole(s string) bool { return !strings.ContainsAny(s, ".e") }

// Text writes any value: through pointers, without functions, with zero fields left out, numbers to four digits, and of
// many float32 the first. Fields with the names skipped are left out.
func Text(v any, skipped ...string) string { return Of(reflect.ValueOf(v), skipped...) }

// Of is Text of what may be unexported.
func Of(v reflect.Value, skipped ...string) string {
	switch v.Kind() {
	case reflect.Invalid, reflect.Func, reflect.Chan:
		return ""
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return "none"
		}
		return Of(v.Elem(), skipped...)
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', 4, 32)
	case reflect.String:
		return strconv.Quote(v.String())
	case reflect.Struct:
		var list []string
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; !slices.Contains(skipped, name) && !v.Field(i).IsZero() {
				list = append(list, name+": "+Of(v.Field(i), skipped...))
			}
		}
		return "{" + strings.Join(list, ", ") + "}"
	case reflect.Slice, reflect.Array:
		return list(v, skipped)
	case reflect.Map:
		var list []string
		for _, k := range v.MapKeys() {
			list = append(list, Of(k, skipped...)+": "+Of(v.MapIndex(k), skipped...))
		}
		slices.Sort(list)
		return "map[" + strings.Join(list, " ") + "]"
	}
	return fmt.Sprint(v)
}

// few is how many float32 of a list are written.
const few = 6

func list(v reflect.Value, skipped []string) string {
	kind := v.Type().Elem().Kind()
	if v.Kind() == reflect.Slice && kind == reflect.Uint8 {
		return fmt.Sprintf("%d bytes %s", v.Len(), Sum(string(v.Bytes())))
	}
	var list []string
	for i := range v.Len() {
		if i == few && kind == reflect.Float32 {
			list = append(list, "…")
			break
		}
		list = append(list, Of(v.Index(i), skipped...))
	}
	return strconv.Itoa(v.Len()) + "[" + strings.Join(list, " ") + "]"
}

// Short cuts a long line, and adds a checksum of all of it.
func Short(line string) string {
	if r := []rune(line); len(r) > 170 {
		return string(r[:150]) + "… " + Sum(line)
	}
	return line
}

// Sum returns a checksum.
func Sum(s string) string {
	h := fnv.New32a()
	h.Write([]byte(s))
	return fmt.Sprintf("#%08x", h.Sum32())
}
