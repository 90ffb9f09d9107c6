//go:build !js

package tokenizer

import (
	"fmt"

	"github.com/pkoukk/tiktoken-go"
)

// longWord is the length in bytes from which a word is too long for tiktoken-go, whose time grows
// with its square: at 256 bytes the two encoders take about the same time.
const longWord = 256

// newCore returns tiktoken-go's encoder of plain text over ranks. This file is the only one that imports
// it, for the import alone links the start-up code of net/http and crypto: a megabyte of the page
// (README.md has the sizes). The page goes without; see tiktoken_js.go.
func newCore(ranks map[string]int) (encode func(text string) []int, err error) {
	special := map[string]int{EndOfText: len(ranks)}
	core, err := tiktoken.NewCoreBPE(ranks, special, wordPattern)
	if err != nil {
		return nil, fmt.Errorf("byte-pair encoding: %w", err)
	}
	return tiktoken.NewTiktoken(core, nil, nil).EncodeOrdinary, nil
}
