//go:build !js

package twin

import _ "embed" // the texts

// Text is the module, as package wat assembles it.
//
//go:embed kernel.wat
var Text string

// Script is what hands the module to the program: see kernel.js.
//
//go:embed kernel.js
var Script string
