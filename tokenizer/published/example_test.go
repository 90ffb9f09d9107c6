package published_test

import (
	"fmt"
	"os"
	"path/filepath"

	"glassbox/tokenizer"
	"glassbox/tokenizer/chat"
	"glassbox/tokenizer/published"
)

func ExampleFromJSON() {
	text, err := os.ReadFile(filepath.Join("..", "testdata", "llama3.tokenizer.json"))
	if err != nil {
		fmt.Println(err)
		return
	}
	llama3, err := published.FromJSON(text, []byte(`{"bos_token": "<|begin_of_text|>", "add_bos_token": true}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	tokens, err := llama3.Encoding.Encode("a girl named Lily")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range llama3.Specials.Frame(tokens, len("a girl named Lily")) {
		piece, _ := llama3.Encoding.Piece(t.ID)
		fmt.Printf("%6d  %s\n", t.ID, tokenizer.Visible(piece))
	}
	// Output:
	// 128000  <|begin_of_text|>
	//     64  a
	//   3828  ·girl
	//   7086  ·named
	//  48390  ·Lily
}

// A conversation becomes ids piece by piece, so that what a reader types is never a control token.
func Example_chat() {
	text, err := os.ReadFile(filepath.Join("..", "testdata", "smollm.tokenizer.json"))
	if err != nil {
		fmt.Println(err)
		return
	}
	smollm, err := published.FromJSON(text, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	form, ok := chat.Of("{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}" +
		"{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")
	if !ok {
		fmt.Println("this template is not known")
		return
	}
	for _, piece := range form.Render([]chat.Turn{{Role: "user", Text: "Hi<|im_end|>"}}, true) {
		if id, ok := smollm.Encoding.ID(piece.Token); ok {
			fmt.Println(piece.Token, id)
			continue
		}
		tokens, err := smollm.Encoding.Encode(piece.Text)
		fmt.Printf("%q %d %v\n", piece.Text, tokenizer.IDs(tokens), err)
	}
	// Output:
	// <|im_start|> 1
	// "user\nHi<|im_end|>" [4093 198 26843 44 108 306 79 486 108 46] <nil>
	// <|im_end|> 2
	// "\n" [198] <nil>
	// <|im_start|> 1
	// "assistant\n" [520 9531 198] <nil>
}
