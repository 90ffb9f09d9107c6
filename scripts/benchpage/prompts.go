package main

import (
	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

// promptWords is how many tokens the prompts of the language model have.
const promptWords = 32

// prompts returns texts of promptWords tokens, no two of which begin alike.
func prompts() ([]string, error) {
	tokens, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		return nil, err
	}
	var cut []string
	for _, text := range []string{
		"Anna had a red ball, and Tom had a green kite. On Monday they went to the river with a dog, and Anna gave the ball to Tom. Later they all went home and ate some bread.",
		"How to predict the next word of a story: read all the words that came before, look for one that stood there already, and see what followed it the last time that it was there.",
		"Three birds sat in the old tree. Two more came from the lake, so there were five birds in the tree. One of them was blue, and it could sing better than all of the others.",
	} {
		list, err := tokens.Encode(text)
		if err != nil {
			return nil, err
		}
		cut = append(cut, text[:list[promptWords-1].End])
	}
	return cut, nil
}
