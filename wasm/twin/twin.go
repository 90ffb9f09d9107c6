// Package twin holds a third twin of package kernel's products, written by hand in WebAssembly: what Go makes of its own
// loops for the browser keeps too few numbers in registers. kernel.wat is the text of the module, which package wat
// assembles; it works on the memory of the program, and kernel.js brings both together. Where that can't be done, Go's own
// twin computes.
//
// The sums run in the order that package kernel lays down for both of its twins, so all three give the same bits; the tests,
// compiled for the browser and run in one, hold them equal.
package twin
