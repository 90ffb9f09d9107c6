//go:build !goexperiment.simd || !amd64

package fused

import "glassbox/model/quant"

// For reports that this build multiplies with no packed rows.
func For(quant.Type) Dots { return nil }
