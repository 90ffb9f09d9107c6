package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestBinsRankAsASortDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, binLen - 1, binLen, binLen + 1, 3*binLen + 7, 2000} {
		for _, different := range []int{1, 5, 1 << 20} { // few: most are equal
			values, kept := make([]float32, n), make([]float32, n)
			var want, wantKept []int
			for i := range values {
				values[i], kept[i] = float32(r.IntN(different)), float32(r.IntN(3)/2)
				if want = append(want, i); kept[i] > 0 {
					wantKept = append(wantKept, i)
				}
			}
			byValue := func(a, b int) int {
				if values[a] > values[b] || values[a] == values[b] && a < b {
					return -1
				}
				return 1
			}
			slices.SortFunc(want, byValue)
			slices.SortFunc(wantKept, byValue)
			for _, c := range []struct {
				kept []float32
				want []int
			}{{nil, want}, {kept, wantKept}} {
				var got []int
				RankBins(values, c.kept, func(id int, v float32) bool {
					if v != values[id] {
						t.Fatalf("token %d is given with %v, not %v", id, v, values[id])
					}
					got = append(got, id)
					return true
				})
				if !slices.Equal(got, c.want) {
					t.Fatalf("of %d values, %d different ones, some dropped: %v: the order is %v, expected %v", n, different, c.kept != nil, got, c.want)
				}
			}
		}
	}
}
