package tokenizer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split names the way in which a text is cut into words before its pairs are joined. Each is a regular expression of a
// published tokenizer, written by hand: package regexp has no lookahead, and is a megabyte.
type Split string

const (
	SplitNone   Split = ""       // the text is one word
	SplitGPT2   Split = "gpt2"   // wordPattern
	SplitSmolLM Split = "smollm" // each digit by itself, then what lies between by wordPattern
	SplitLlama3 Split = "llama3" // llama3Pattern
	SplitQwen2  Split = "qwen2"  // llama3Pattern with \p{N} for \p{N}{1,3}
	SplitSpace  Split = "space"  // before each space (SentencePiece's, where they are marks)
	SplitDigit  Split = "digit"  // each number by itself, and what lies between
	SplitDigits Split = "digits" // numbers in a row, and what lies between
)

// llama3Pattern is the regular expression of Llama 3's tokenizer.json.
const llama3Pattern = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`

// Patterns returns the splits by the regular expression that publishes them.
func Patterns() map[string]Split {
	return map[string]Split{
		wordPattern: SplitGPT2,
		`'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`: SplitGPT2,
		llama3Pattern: SplitLlama3,
		strings.Replace(llama3Pattern, `\p{N}{1,3}`, `\p{N}`, 1): SplitQwen2,
	}
}

// next returns the length in bytes of the first word of text, which is valid UTF-8 and not empty. It reads each
// character a bounded number of times.
func (s Split) next(text string) int {
	switch s {
	case SplitGPT2:
		return nextWord(text)
	case SplitSmolLM:
		return smolLMWord(text)
	case SplitLlama3:
		return llama3Word(text, 3)
	case SplitQwen2:
		return llama3Word(text, 1)
	case SplitDigit:
		return numbers(1, text)
	case SplitDigits:
		return numbers(len(text), text)
	case SplitSpace:
		if n := strings.IndexByte(text[1:], ' '); n >= 0 {
			return 1 + n
		}
	}
	return len(text)
}

// eachWord calls each with the words of a text that begins at byte at: the words of split, each of which is cut as if it were alone
// by the first of those within, and so on.
func eachWord(text string, at int, split Split, within []Split, each func(word string, at int)) {
	for from := 0; from < len(text); {
		n := split.next(text[from:])
		if len(within) == 0 {
			each(text[from:from+n], at+from)
		} else {
			eachWord(text[from:from+n], at+from, within[0], within[1:], each)
		}
		from += n
	}
}

// numbers returns the length of the numbers that text begins with, most at most, or of what stands before the first one.
func numbers(most int, text string) int {
	if n := atMost(most, text); n > 0 {
		return n
	}
	if n := strings.IndexFunc(text, unicode.IsNumber); n >= 0 {
		return n
	}
	return len(text)
}

// smolLMWord returns the length of the first word of SplitSmolLM.
func smolLMWord(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	switch kindOf(r) {
	case number:
		return size
	case space:
		n := run(text, space)
		if after, _ := utf8.DecodeRuneInString(text[n:]); n < len(text) && kindOf(after) == number {
			return n // a digit takes no space along, and ends the text before it
		}
	}
	return nextWord(text)
}

// llama3Word returns the length of the first word of SplitLlama3, in which a number has at most that many digits.
func llama3Word(text string, digits int) int {
	if n := contractionInAnyCase(text); n > 0 {
		return n
	}
	first, size := utf8.DecodeRuneInString(text)
	second, _ := utf8.DecodeRuneInString(text[size:])
	followed := size < len(text)
	switch k := kindOf(first); {
	case k == letter:
		return run(text, letter)
	case k == number:
		return atMost(digits, text)
	case !isNewline(first) && followed && kindOf(second) == letter:
		return size + run(text[size:], letter)
	case k == other:
		return signs(text)
	case first == ' ' && followed && kindOf(second) == other:
		return 1 + signs(text[1:])
	}
	return lines(text)
}

// isNewline reports whether r is one of [\r\n].
func isNewline(r rune) bool { return r == '\r' || r == '\n' }

// contractionInAnyCase returns the length of the English ending that text begins with, or 0. The long s is an s.
func contractionInAnyCase(text string) int {
	if !strings.HasPrefix(text, "'") {
		return 0
	}
	for _, ending := range [...]string{"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"} {
		if len(text) >= len(ending) && strings.EqualFold(text[:len(ending)], ending) {
			return len(ending)
		}
	}
	if long := "'ſ"; strings.HasPrefix(text, long) {
		return len(long)
	}
	return 0
}

// atMost returns the length of the numbers that text begins with, n characters at most.
func atMost(n int, text string) int {
	for i, r := range text {
		if n == 0 || kindOf(r) != number {
			return i
		}
		n--
	}
	return len(text)
}

// signs returns the length of the signs that text begins with, and of the newlines behind them.
func signs(text string) int {
	n := run(text, other)
	for n < len(text) && (text[n] == '\r' || text[n] == '\n') {
		n++
	}
	return n
}

// lines returns the length of the word of spaces that text begins with: up to the last newline among them, or else
// what spaces says.
func lines(text string) int {
	if n := strings.LastIndexAny(text[:run(text, space)], "\r\n"); n >= 0 {
		return n + 1
	}
	return spaces(text)
}
