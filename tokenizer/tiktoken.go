//go:build !js

package tokenizer

import (
	"github.com/pkoukk/tiktoken-go"

	"glassbox/model/fault"
)

// longWord is the length in bytes above which a word is left to our own merges: the time of
// tiktoken-go grows with the square of it, and at 256 bytes the two take about the same time.
const longWord = 256

// newCore returns tiktoken-go's encoder of plain text over ranks. This file is the only one that imports
// it, for the import alone links the start-up code of net/http and crypto: a megabyte of the page
// (README.md has the sizes). The page goes without; see tiktoken_js.go.
func newCore(ranks map[string]int) (encode func(text string) []int, err error) {
	special := map[string]int{EndOfText: len(ranks)}
	core, err := tiktoken.NewCoreBPE(ranks, special, wordPattern)
	if err != nil {
		return nil, fault.New("inBytePairs", "byte-pair encoding: %w", err)
	}
	return tiktoken.NewTiktoken(core, nil, nil).EncodeOrdinary, nil
}
