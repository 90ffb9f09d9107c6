package tokenizer_test

import (
	"fmt"

	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

func ExampleGPT2_Encode() {
	gpt2, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		fmt.Println(err)
		return
	}
	text := "How to predict"
	tokens, err := gpt2.Encode(text)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range tokens {
		fmt.Printf("%5d  %s\n", t.ID, tokenizer.Visible([]byte(text[t.Start:t.End])))
	}
	// Output:
	//  2437  How
	//   284  ·to
	//  4331  ·predict
}

func ExampleGPT2_Merges() {
	gpt2, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		fmt.Println(err)
		return
	}
	text := " here"
	words, err := gpt2.Merges(text)
	if err != nil {
		fmt.Println(err)
		return
	}
	for n := range len(words[0].Steps) + 1 {
		for _, t := range words[0].After(n) {
			fmt.Printf("[%s %d]", tokenizer.Visible([]byte(text[t.Start:t.End])), t.ID)
		}
		fmt.Println()
	}
	// Output:
	// [· 220][h 71][e 68][r 81][e 68]
	// [· 220][he 258][r 81][e 68]
	// [· 220][he 258][re 260]
	// [·he 339][re 260]
	// [·here 994]
}

func ExampleLetters_Encode() {
	letters, err := tokenizer.NewLetters("ABC")
	if err != nil {
		fmt.Println(err)
		return
	}
	tokens, err := letters.Encode("CAB")
	fmt.Println(tokenizer.IDs(tokens), err)
	_, err = letters.Encode("CAx")
	fmt.Println(err)
	// Output:
	// [2 0 1] <nil>
	// this model knows only the letters A, B and C; "x" (character 3) is not one of them
}

func ExampleVisible() {
	fmt.Println(tokenizer.Visible([]byte(" two\n")))
	fmt.Println(tokenizer.Visible([]byte{' ', 0xF0, 0x9F}))
	// Output:
	// ·two↵
	// ·<0xF0><0x9F>
}
