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
	SplitTekken Split = "tekken" // tekkenPattern
	SplitGPT4o  Split = "gpt4o"  // gpt4oPattern
	SplitSpace  Split = "space"  // before each space (SentencePiece's, where they are marks)
	SplitDigit  Split = "digit"  // each number by itself, and what lies between
	SplitDigits Split = "digits" // numbers in a row, and what lies between
)

// llama3Pattern is the regular expression of Llama 3's tokenizer.json.
const llama3Pattern = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`

// cased is how the patterns of Mistral's Tekken and of GPT-4o find words: capitals, then small letters, each with what has no case.
const (
	casedFirst  = `[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+`
	casedSecond = `[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*`
	endings     = `(?i:'s|'t|'re|'ve|'m|'ll|'d)?`
	casedRest   = `| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`

	tekkenPattern = casedFirst + `|` + casedSecond + `|\p{N}` + casedRest
	gpt4oPattern  = casedFirst + endings + `|` + casedSecond + endings + `|\p{N}{1,3}` + casedRest
)

// Patterns returns the splits by the regular expression that publishes them.
func Patterns() map[string]Split {
	return map[string]Split{
		wordPattern: SplitGPT2,
		`'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`: SplitGPT2,
		llama3Pattern: SplitLlama3,
		strings.Replace(llama3Pattern, `\p{N}{1,3}`, `\p{N}`, 1): SplitQwen2,
		tekkenPattern: SplitTekken,
		gpt4oPattern:  SplitGPT4o,
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
	case SplitTekken:
		return casedWord(text, 1, false)
	case SplitGPT4o:
		return casedWord(text, 3, true)
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
		return signs(text, "\r\n")
	case first == ' ' && followed && kindOf(second) == other:
		return 1 + signs(text[1:], "\r\n")
	}
	return lines(text)
}

// casedWord returns the length of the first word of SplitTekken, or of SplitGPT4o, in which a number has more digits and a word takes an
// English ending along.
func casedWord(text string, digits int, ends bool) int {
	first, size := utf8.DecodeRuneInString(text)
	n := 0
	for _, find := range []func(string) int{capitalsFirst, capitals} {
		if n == 0 && !isNewline(first) && kindOf(first) != letter && kindOf(first) != number {
			if n = find(text[size:]); n > 0 {
				n += size
			}
		}
		if n == 0 {
			n = find(text)
		}
	}
	second, _ := utf8.DecodeRuneInString(text[size:])
	switch {
	case n > 0 && ends:
		return n + contractionInAnyCase(text[n:])
	case n > 0:
		return n
	case kindOf(first) == number:
		return atMost(digits, text)
	case kindOf(first) == other:
		return signs(text, "\r\n/")
	case first == ' ' && size < len(text) && kindOf(second) == other:
		return 1 + signs(text[1:], "\r\n/")
	}
	return lines(text)
}

// capitalsFirst returns the length of the letters that casedFirst finds at the beginning of text: capitals as far as they go, then small
// letters, of which there must be one. Where none follows, the last character that is both ends the word.
func capitalsFirst(text string) int {
	upper, both := 0, 0 // where the capitals end, and the last of them that may be a small letter
	for i, r := range text {
		if !isCapital(r) {
			break
		}
		upper = i + utf8.RuneLen(r)
		if isSmall(r) {
			both = upper
		}
	}
	if n := smallLetters(text[upper:]); n > 0 {
		return upper + n
	}
	return both
}

// capitals returns the length of the letters that casedSecond finds at the beginning of text: one capital or more, then small letters.
func capitals(text string) int {
	n := strings.IndexFunc(text, func(r rune) bool { return !isCapital(r) })
	if n < 0 {
		n = len(text)
	}
	if n == 0 {
		return 0
	}
	return n + smallLetters(text[n:])
}

// smallLetters returns the length of the small letters that text begins with.
func smallLetters(text string) int {
	if n := strings.IndexFunc(text, func(r rune) bool { return !isSmall(r) }); n >= 0 {
		return n
	}
	return len(text)
}

// isCapital reports whether a character is a capital, or a letter or mark without case.
func isCapital(r rune) bool { return unicode.In(r, unicode.Lu, unicode.Lt) || isUncased(r) }

// isSmall reports whether a character is a small letter, or a letter or mark without case.
func isSmall(r rune) bool { return unicode.Is(unicode.Ll, r) || isUncased(r) }

func isUncased(r rune) bool { return unicode.In(r, unicode.Lm, unicode.Lo, unicode.M) }

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

// signs returns the length of the signs that text begins with, and of the characters behind them, each of one byte, that they take along.
func signs(text, along string) int {
	n := run(text, other)
	for n < len(text) && strings.IndexByte(along, text[n]) >= 0 {
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
