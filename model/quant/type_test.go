package quant

import (
	"math"
	"strings"
	"testing"
)

func TestATypeKnowsTheSizeOfItsBlocks(t *testing.T) {
	for typ, want := range map[Type][2]int{
		F32: {1, 4}, F16: {1, 2}, BF16: {1, 2}, F64: {1, 8},
		Q4_0: {32, 18}, Q4_1: {32, 20}, Q5_0: {32, 22}, Q5_1: {32, 24}, Q8_0: {32, 34}, IQ4_NL: {32, 18},
		Q2_K: {256, 84}, Q3_K: {256, 110}, Q4_K: {256, 144}, Q5_K: {256, 176}, Q6_K: {256, 210}, IQ4_XS: {256, 136},
		9: {0, 0}, 16: {0, 0}, 26: {0, 0}, 39: {0, 0}, 1000: {0, 0}, math.MaxUint32: {0, 0},
	} {
		if got := [2]int{typ.BlockLen(), typ.BlockBytes()}; got != want {
			t.Errorf("a block of %s has %d values and %d bytes, expected %d and %d", typ, got[0], got[1], want[0], want[1])
		}
		if typ.Known() != (want[0] > 0) || typ.Quantised() != (want[0] > 1) || (typ.Check() == nil) != typ.Known() {
			t.Errorf("%s: known %v, quantised %v", typ, typ.Known(), typ.Quantised())
		}
	}
}

func TestTypesHaveTheNamesOfGGML(t *testing.T) {
	for typ, want := range map[Type]string{0: "F32", 9: "Q8_1", 12: "Q4_K", 16: "IQ2_XXS", 23: "IQ4_XS", 30: "BF16", 39: "MXFP4",
		42: "Q2_0", 43: "43", math.MaxUint32: "4294967295"} {
		if typ.String() != want {
			t.Errorf("type %d is called %s, expected %s", uint32(typ), typ, want)
		}
	}
	for _, typ := range Types() {
		for _, name := range []string{typ.String(), strings.ToLower(typ.String())} {
			if got, ok := Parse(name); !ok || got != typ {
				t.Errorf("%s is the type %d (%v), expected %d", name, got, ok, typ)
			}
		}
	}
	for _, name := range []string{"", "Q8_1", "IQ2_XXS", "Q4_K_M", "0"} {
		if got, ok := Parse(name); ok {
			t.Errorf("%q is said to be %s", name, got)
		}
	}
}

func TestARowIsWholeBlocks(t *testing.T) {
	for _, c := range []struct {
		typ  Type
		cols int
		want int
		says string
	}{
		{F32, 3, 12, ""}, {Q8_0, 0, 0, ""}, {Q8_0, 64, 68, ""}, {Q6_K, 512, 420, ""},
		{Q8_0, 33, 0, "a row has 33 values, expected a multiple of 32, for Q8_0 has so many in a block"},
		{Q4_K, 1, 0, "a row has 1 value, expected a multiple of 256, for Q4_K has so many in a block"},
		{F16, -1, 0, "a row has -1 values, expected a multiple of 1, for F16 has so many in a block"},
		{F64, math.MaxInt / 8 * 2, 0, "a row of 2305843009213693950 values of F64 is too long to count its bytes"},
		{16, 256, 0, "the element type IQ2_XXS is not computed here; computed are F32, F16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS, F64 and BF16"},
	} {
		if got, err := c.typ.RowBytes(c.cols); got != c.want || text(err) != c.says {
			t.Errorf("a row of %d in %s has %d bytes (%v), expected %d (%s)", c.cols, c.typ, got, err, c.want, c.says)
		}
	}
}
