//go:build goexperiment.simd && !amd64

package kernel

// clearUpper has nothing to do where scalar instructions do not share registers with wide vectors.
func clearUpper() {}
