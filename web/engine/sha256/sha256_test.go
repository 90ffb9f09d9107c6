package sha256

import (
	standard "crypto/sha256"
	"testing"
)

func TestTheSumIsThatOfTheStandard(t *testing.T) {
	b := make([]byte, 1000)
	for i := range b {
		b[i] = byte(i * i >> 3)
	}
	for n := range b {
		if sum := Sum(b[:n]); sum != standard.Sum256(b[:n]) {
			t.Fatalf("of %d bytes it is %x; expected %x", n, sum, standard.Sum256(b[:n]))
		}
	}
}

func BenchmarkSum(b *testing.B) {
	data := make([]byte, 1<<20)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		Sum(data)
	}
}
