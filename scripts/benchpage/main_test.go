package main

import (
	"encoding/json"
	"testing"

	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

func TestNumbersHaveFourDigitsOrAllBeforeThePoint(t *testing.T) {
	for value, want := range map[number]string{0.40950001: "0.4095", 3361671: "3361671", 116.80000000000001: "116.8", 0.0001960: "0.000196", 0: "0", 1234.9: "1235"} {
		if got, err := json.Marshal(value); err != nil || string(got) != want {
			t.Errorf("%v is written as %s, %v; expected %s", float64(value), got, err, want)
		}
	}
}

func TestTheMedianIsTheMiddleOne(t *testing.T) {
	if got := median([]float64{9, 1, 5}); got != 5 {
		t.Errorf("the median of 9, 1, 5 is %v", got)
	}
}

func TestPromptsHaveTheirTokens(t *testing.T) {
	tokens, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		t.Fatal(err)
	}
	texts, err := prompts()
	if err != nil {
		t.Fatal(err)
	}
	first := map[int]bool{}
	for _, text := range texts {
		list, err := tokens.Encode(text)
		if err != nil || len(list) != promptWords || first[list[0].ID] {
			t.Errorf("%q has %d tokens, %v; expected %d, beginning with one that no other text begins with", text, len(list), err, promptWords)
		}
		first[list[0].ID] = true
	}
}
