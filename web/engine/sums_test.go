package engine

import (
	standard "crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"glassbox/model/fault"
)

// sumOf returns the sum of a part.
func sumOf(name string, b []byte) Sum {
	sum := standard.Sum256(b)
	return Sum{Name: name, Bytes: len(b), SHA256: hex.EncodeToString(sum[:])}
}

func TestAChangedPartIsNamedAndNothingIsMadeOfIt(t *testing.T) {
	b := weights(t)
	half := len(b) / 2
	load := func(change int) *Load {
		b := append([]byte(nil), b...)
		if change >= 0 {
			b[change] ^= 1
		}
		return &Load{Name: "sorter", File: b, Files: []FilePiece{{Name: "sorter", Size: len(b), Bytes: len(b),
			Sums: []Sum{sumOf("001.html", weights(t)[:half]), sumOf("002.html", weights(t)[half:])}}}}
	}
	e := New()
	if r := e.Handle(Request{ID: 1, Load: load(-1)}); r.Error != "" {
		t.Fatalf("the parts as they were are refused: %s", r.Error)
	}
	for part, at := range map[string]int{"001.html": half - 1, "002.html": len(b) - 1} {
		r := e.Handle(Request{ID: 2, Load: load(at)})
		if r.Fault == nil || r.Fault.Kind != "sumDiffers" || !strings.HasPrefix(r.Error, part+" is not what it was") {
			t.Errorf("with a changed %s it says %q", part, r.Error)
		}
	}
	if e.name != "sorter" {
		t.Errorf("the model before is gone: %q", e.name)
	}
}

func TestSumsOfWhatIsNotAllHereSayNothing(t *testing.T) {
	f := FilePiece{Name: "README", Size: 10, Bytes: 3, Sums: []Sum{sumOf("1", []byte("0123456789"))}}
	if err := f.check([]byte("012")); err != nil {
		t.Error(err)
	}
	f.Sums[0].Bytes = -1
	if err := f.check([]byte("012")); err != nil {
		t.Error(fault.Of(err))
	}
}
