package tokenizer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordPattern is the regular expression by which GPT-2 cuts a text into words, from encoder.py of
// github.com/openai/gpt-2 in the wording of github.com/openai/tiktoken. nextWord is the same by hand.
const wordPattern = `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`

// kind is the class of a character in wordPattern.
type kind int

const (
	letter kind = iota // \p{L}
	number             // \p{N}
	space              // \s
	other
)

// kindOf returns the kind of a character.
func kindOf(r rune) kind {
	switch {
	case unicode.IsLetter(r):
		return letter
	case unicode.IsNumber(r):
		return number
	case unicode.IsSpace(r):
		return space
	}
	return other
}

// nextWord returns the length in bytes of the first word of text, at least 1 where text, valid
// UTF-8, is not empty. It reads each character at most twice.
func nextWord(text string) int {
	if n := contraction(text); n > 0 {
		return n
	}
	start := 0
	if strings.HasPrefix(text, " ") {
		start = 1
	}
	if r, size := utf8.DecodeRuneInString(text[start:]); size > 0 {
		if k := kindOf(r); k != space {
			return start + run(text[start:], k)
		}
	}
	return spaces(text)
}

// contraction returns the length of the English ending that text begins with, or 0.
func contraction(text string) int {
	if !strings.HasPrefix(text, "'") {
		return 0
	}
	for _, ending := range [...]string{"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"} {
		if strings.HasPrefix(text, ending) {
			return len(ending)
		}
	}
	return 0
}

// run returns the length of the characters of kind k that text begins with.
func run(text string, k kind) int {
	for i, r := range text {
		if kindOf(r) != k {
			return i
		}
	}
	return len(text)
}

// spaces returns the length of the word of spaces that text begins with: all of them at the end of
// a text, otherwise all but the last, which belongs to the next word if it is " ", unless it is alone.
func spaces(text string) int {
	n := run(text, space)
	if n == len(text) {
		return n
	}
	if _, last := utf8.DecodeLastRuneInString(text[:n]); last < n {
		return n - last
	}
	return n
}

// longestWord returns the length in bytes of the longest word of text.
func longestWord(text string) int {
	longest := 0
	for len(text) > 0 {
		n := nextWord(text)
		longest = max(longest, n)
		text = text[n:]
	}
	return longest
}
