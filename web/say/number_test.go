package say_test

import (
	"math"
	"strings"
	"testing"

	"glassbox/web/say"
)

func TestAmountsHaveThreeDigits(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1.00\u00a0k", 85_728: "85.7\u00a0k", 999_499: "999\u00a0k", 999_500: "1.00\u00a0M",
		124_439_808: "124\u00a0M", 1_557_611_200: "1.56\u00a0B", 174_604_259_328: "175\u00a0B", 9_999_000_000_000: "10.0\u00a0T"} {
		if got := say.Amount(n, ""); got != want {
			t.Errorf("%d is %q; expected %q", n, got, want)
		}
	}
	if got := say.Amount(698_417_037_312, "B"); got != "698\u00a0GB" {
		t.Errorf("bytes are %q", got)
	}
}

func TestSizesOfFilesAreRoundedUpToWholeKilobytes(t *testing.T) {
	for n, want := range map[int]string{0: "0 kB", 1: "1 kB", 1000: "1 kB", 1001: "2 kB", 999_000: "999 kB", 1e6 - 1: "1,000 kB", 1e6: "1.0 MB",
		1_500_000: "1.5 MB", 98_400_000: "98.4 MB", 1e9 - 1: "1000.0 MB", 1e9: "1.0 GB", 2_500_000_000: "2.5 GB"} {
		if got := say.Bytes(n); got != strings.ReplaceAll(want, " ", "\u00a0") {
			t.Errorf("%d bytes are %q; expected %q", n, got, want)
		}
	}
}

func TestNumbersHaveFourDecimalsOrAnExponent(t *testing.T) {
	for x, want := range map[float64]string{0: "0.0000", 1: "1.0000", -1.23456: "−1.2346", 0.00005: "0.0001", 0.0000499: "4.990·10⁻⁵", -4.059e-06: "−4.059·10⁻⁶",
		9999999: "9999999.0000", 1e7: "1.000·10⁷", -2.5e12: "−2.500·10¹²", math.Inf(1): "∞", math.Inf(-1): "−∞"} {
		if got := say.Number(x); got != want {
			t.Errorf("%v is %q; expected %q", x, got, want)
		}
	}
	if got := say.Number(math.NaN()); got != "masked" {
		t.Errorf("what is no number is %q", got)
	}
	if got := say.Exact(0.1); got != "0.1" {
		t.Errorf("with all digits 0.1 is %q", got)
	}
	for x, want := range map[float32]string{0.1: "0.1", 2: "2", -0.25: "−0.25", 0.00001: "0.00001"} {
		if got := say.Short(x); got != want {
			t.Errorf("%v is %q in short; expected %q", x, got, want)
		}
	}
}

func TestCountsHaveMarksOrLetters(t *testing.T) {
	for n, want := range map[int][2]string{0: {"0", "0"}, 999: {"999", "999"}, 1000: {"1,000", "1k"}, 1499: {"1,499", "1k"}, 1500: {"1,500", "2k"},
		999_499: {"999,499", "999k"}, 999_500: {"999,500", "1.0M"}, 10_840_000: {"10,840,000", "10.8M"}, 99_949_999: {"99,949,999", "99.9M"},
		99_950_000: {"99,950,000", "100M"}, 124_439_808: {"124,439,808", "124M"}, -1234567: {"−1,234,567", "-1234567"}} {
		if whole, short := say.Count(n), say.ShortCount(n); whole != want[0] || short != want[1] && n >= 0 {
			t.Errorf("%d is %q and %q; expected %q", n, whole, short, want)
		}
	}
}

func TestNumbersHaveAsManyDigitsAsAReaderCanUse(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1: "1", 31234: "31234", 0.9996: "1.00", 12.5309: "12.5", 141.7724: "142", -0.4094: "−0.409", 0.0307: "0.0307",
		1234.5: "1234", 0.0004: "4.00·10⁻⁴", -1.234e-5: "−1.23·10⁻⁵", 123456: "1.23·10⁵", 99999.9: "100000", math.Inf(1): "∞"} {
		if got := say.Brief(v); got != want {
			t.Errorf("in a sentence %v is %q; expected %q", v, got, want)
		}
	}
	for v, want := range map[float64]string{0: "0.000", 12.5309: "12.531", 0.0005: "0.001", 0.00049: "5·10⁻⁴", -1.2e-10: "−1·10⁻¹⁰", 123456: "1.2·10⁵"} {
		if got := say.Rounded(v); got != want {
			t.Errorf("in a table %v is %q; expected %q", v, got, want)
		}
	}
}

// TestASumThatIsShownIsOrIsCalledRounded: what does not add up in the last digit is found.
func TestASumThatIsShownIsOrIsCalledRounded(t *testing.T) {
	for _, c := range []struct {
		decimals int
		sum      float64
		parts    []float64
		misses   bool
	}{
		{4, 0.3, []float64{0.1, 0.2}, false},
		{4, 0.00008, []float64{0.00004, 0.00004}, false}, // 4.000·10⁻⁵ twice
		{4, 0.30008, []float64{0.10004, 0.20004}, true},  // 0.1000 + 0.2000 = 0.3001
		{3, 0.30008, []float64{0.10004, 0.20004}, false}, // 0.100 + 0.200 = 0.300
		{3, -1.0008, []float64{-0.5004, -0.5004}, true},  // −0.500 − 0.500 = −1.001
		{4, 0.5, []float64{0.125, 0.125, 0.125, 0.125}, false},
		{4, math.NaN(), []float64{1}, true},
	} {
		if got := say.Misses(c.decimals, c.sum, c.parts...); got != c.misses {
			t.Errorf("%v = %v in %d decimals: %t", c.parts, c.sum, c.decimals, got)
		}
	}
}

// TestOneRuleForAllOrNothing: a softmax makes nothing certain, even where float32 says 0 or 1; what is counted can be.
func TestOneRuleForAllOrNothing(t *testing.T) {
	for p, want := range map[float32]string{0: "< 0.1\u00a0%", 0.0004: "< 0.1\u00a0%", 0.0005: "0.1\u00a0%", 0.9994: "99.9\u00a0%", 0.9996: "> 99.9\u00a0%", 1: "> 99.9\u00a0%"} {
		if got := say.Percent(p); got != want {
			t.Errorf("%v is %q; expected %q", p, got, want)
		}
	}
	for p, want := range map[float32]string{0: "0\u00a0%", 1: "100\u00a0%", 0.9999: "> 99.9\u00a0%", 0.5: "50.0\u00a0%"} {
		if got := say.Exactly(p); got != want {
			t.Errorf("exactly %v is %q; expected %q", p, got, want)
		}
	}
}

// TestAPercentageWithoutItsSignIsTheSameNumber, also where it is rounded to less than all and more than nothing.
func TestAPercentageWithoutItsSignIsTheSameNumber(t *testing.T) {
	for _, p := range []float32{0, 1e-6, 0.0004, 0.01, 0.974, 0.9994, 0.9996, 1} {
		if whole := say.Percent(p); whole != say.PercentNumber(p)+"\u00a0%" {
			t.Errorf("%v is %q, and without its sign %q", p, whole, say.PercentNumber(p))
		}
	}
}
