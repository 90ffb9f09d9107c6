package fused

// Dots returns the products of a row of numbers with two packed rows. x is as Spread writes it; w and u are whole blocks, one for each
// numbers that a block has.
type Dots func(x []float32, w, u []byte) (float32, float32)

// Spread writes x so that Dots can read it: of each 16 numbers those for a0, twice, then those for a1, a2 and a3. dst is twice as long as
// x, whose length is a multiple of 16.
func Spread(dst, x []float32) {
	for len(x) >= 16 && len(dst) >= 32 {
		for p := range 4 {
			for k := range 4 {
				dst[8*p+k], dst[8*p+4+k] = x[4*k+p], x[4*k+p]
			}
		}
		x, dst = x[16:], dst[32:]
	}
}
