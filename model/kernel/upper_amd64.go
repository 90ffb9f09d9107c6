//go:build goexperiment.simd

package kernel

import "simd/archsimd"

// clearUpper ends a stretch of vector code. Scalar instructions keep what vectors left in the upper
// part of their registers, and wait for it: without this, plain Go that runs later takes up to four
// times as long. No vector may be alive when it is called.
func clearUpper() { archsimd.ClearAVXUpperBits() }
