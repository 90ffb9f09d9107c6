package quant

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAViewIsWhatIsDecodedInItsPlace(t *testing.T) {
	b, r := make([]byte, 4*33), rand.New(rand.NewPCG(1, 2))
	for i := range b {
		b[i] = byte(r.IntN(120)) // no NaN, which equals nothing
	}
	values, ok := View(b)
	want := make([]float32, 33)
	if Decode(want, F32, b); ok && !slices.Equal(values, want) {
		t.Errorf("a view has %v; decoded are %v", values, want)
	}
	if values, ok := View(b[1:129]); ok {
		t.Errorf("bytes that begin between two numbers are seen as %d", len(values))
	}
	if ok {
		values[3] = 7
		if Decode(want, F32, b); want[3] != 7 {
			t.Errorf("a change shows as %v in the bytes", want[3])
		}
	}
	if values, ok := View(nil); !ok || values != nil {
		t.Errorf("no bytes are seen as %v", values)
	}
}
