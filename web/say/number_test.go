package say_test

import (
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
