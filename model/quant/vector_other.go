//go:build !goexperiment.simd || !amd64

package quant

// byVectors reports that this build has no decoders in vectors.
func byVectors([]float32, Type, []byte) bool { return false }
