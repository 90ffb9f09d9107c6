package export

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

func TestALineReadsBackAsItWas(t *testing.T) {
	want := []string{"0", `say "ball", twice`, "", "two\nlines", "·red"}
	got, err := csv.NewReader(strings.NewReader(Line(want...))).Read()
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q reads back as %q, %v", want, got, err)
	}
}
