package tokenizer

// longWord has no meaning without tiktoken-go.
const longWord = 0

// newCore returns nil: the page encodes by our own merges, which the tests hold equal to
// tiktoken-go on the fixtures, on every Unicode character and on random texts.
func newCore(map[string]int) (encode func(text string) []int, err error) { return nil, nil }
