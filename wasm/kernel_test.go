//go:build !js

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"glassbox/scripts/browser"
)

func TestTheKernelsWrittenByHandHaveTheBitsOfGo(t *testing.T) {
	t.Parallel()
	runner := filepath.Join(t.TempDir(), "wasmexec")
	build := exec.Command("go", "build", "-o", runner, "./scripts/wasmexec")
	run := exec.Command("go", "test", "-vet=off", "-count=1", "-exec="+runner, "./wasm/twin")
	run.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=simd,nojsonv2")
	for _, c := range []*exec.Cmd{build, run} {
		c.Dir = ".."
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", c.Args, err, out)
		}
	}
}

// written is what the page writes behind a text, token by token.
const written = `(async () => {
	let state = await glassbox.setPrompt("CBABBC");
	for (let i = 0; i < 6; i++) state = await glassbox.step();
	return [...state.tokens.slice(6), state.last].map((token) => token.text).join("");
})()`

func TestTheEngineComputesWithTheKernelsWrittenByHandWhereItCan(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]struct {
		address string
		byHand  bool
	}{
		"http":               {addresses()["http"], true},
		"file":               {addresses()["file"], true},
		"their data flipped": {damaged(t, "data-kernel", flip), false},
		"their data gone":    {damaged(t, "data-kernel", func(string) string { return "" }), false},
	} {
		t.Run(name, func(t *testing.T) {
			page := load(t, at.address, unpainted)
			page.WaitFor(`window.glassbox`)
			if got := browser.Eval[string](page, written); got != "ABBBCC" {
				t.Errorf("the model writes %q; expected ABBBCC", got)
			}
			if got := browser.Eval[bool](page, `glassboxBoot.byHand`); got != at.byHand {
				t.Errorf("the engine computes with the kernels written by hand: %v; expected %v", got, at.byHand)
			}
			page.NoErrors()
		})
	}
}
