package corpus_test

import (
	"fmt"

	"glassbox/scripts/train/corpus"
)

func ExampleCheck() {
	for _, s := range corpus.Check("Ada had a red kite. Ada had kite red a. Three and four make eight. The dogs barks.") {
		fmt.Printf("%s (%s)\n", s.Text, s.Reason)
	}
	// Output:
	// Ada had a red kite. ()
	// Ada had kite red a. (it breaks off)
	// Three and four make eight. (the sum is wrong)
	// The dogs barks. (the order of its words is none that the grammar knows)
}

func ExampleProbes() {
	for _, p := range corpus.Probes("opposite", 1, 100) {
		if text := p.Prompt + " " + p.Answer; len(text) < 130 {
			fmt.Println(p.Prompt, "→", p.Answer)
			break
		}
	}
	// Output:
	// "Let us play opposites," said Jenny calmly. "What is the opposite of minimum?" asked Oliver proudly. It is → maximum
}
