//go:build goexperiment.simd && !js

package kernel

import (
	"fmt"
	"os"
	"os/exec"
	"simd"
	"testing"
)

// The width of the vectors is fixed when a program starts, by the machine or by GODEBUG. This test
// runs all tests again for each narrower width, and for none (0), and there it only looks at its own.
func TestOtherVectorWidthsPassToo(t *testing.T) {
	const want = "GLASSBOX_KERNEL_TWIN"
	if name := os.Getenv(want); name != "" {
		if Name() != name {
			t.Errorf("this run uses %q, want %q", Name(), name)
		}
		return
	}
	twins := map[int]string{0: "plain"}
	for bits := 128; bits < simd.VectorBitSize(); bits *= 2 {
		twins[bits] = fmt.Sprintf("simd %d×float32", bits/32)
	}
	for bits, name := range twins {
		t.Run(name, func(t *testing.T) {
			c := exec.Command(os.Args[0], "-test.run=^Test")
			c.Env = append(os.Environ(), fmt.Sprintf("GODEBUG=simd=%d", bits), want+"="+name)
			if out, err := c.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
