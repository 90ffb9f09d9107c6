package kernel

import "glassbox/model/quant"

// A Table holds the functions that take most of a model's time, so that a program that has faster ones for its machine can
// put them in their place. They give the bits of Go's, by the rules above.
type Table struct {
	Name    string
	Linear  func(out, x, w, bias []float32, rows, k, n, stride int)
	MatMulT func(out, x, w []float32, rows, k, n int)
	Dot     func(a, b []float32) float32
	Packed  func(out, x, scratch []float32, as quant.Type, w []byte, rows, k, n int) // MatMulPacked
}

// used is the table that Linear, MatMulT, MatMulPacked and Dot call.
var used Table

func init() { used = Go() } // not above: matMulPacked is among them, and calls one itself

// Go returns the functions of this package.
func Go() Table { return Table{name(), linear, matMulT, dot, matMulPacked} }

// Use puts the functions of a table in the place of those that were used until now. It is called before a model runs.
func Use(t Table) { used = t }
