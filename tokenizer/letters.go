package tokenizer

import (
	"unicode"
	"unicode/utf8"

	"glassbox/model/fault"
)

// Letters has one token per character (Unicode code point) of a fixed alphabet; the id of a
// character is its place there, counted from 0.
type Letters struct {
	alphabet []rune
	ids      map[rune]int
}

// NewLetters returns the tokenizer whose ids are the characters of alphabet, in order. It refuses an
// alphabet that is empty, not valid UTF-8, or has a character twice.
func NewLetters(alphabet string) (*Letters, error) {
	if alphabet == "" {
		return nil, fault.New("alphabetEmpty", "the alphabet is empty: a tokenizer needs at least one character")
	}
	if err := checkUTF8(alphabet); err != nil {
		return nil, fault.New("inAlphabet", "alphabet: %w", err)
	}
	l := &Letters{alphabet: []rune(alphabet), ids: make(map[rune]int)}
	for id, r := range l.alphabet {
		if first, ok := l.ids[r]; ok {
			return nil, fault.New("alphabetTwice", "the alphabet has %s twice, as characters %d and %d", quoted(r), first+1, id+1)
		}
		l.ids[r] = id
	}
	return l, nil
}

// Name returns "letters".
func (l *Letters) Name() string { return "letters" }

// Vocab returns the number of characters of the alphabet.
func (l *Letters) Vocab() int { return len(l.alphabet) }

// Alphabet returns the characters in the order of their ids.
func (l *Letters) Alphabet() string { return string(l.alphabet) }

// Encode returns one token per character. A character outside the alphabet gives an [*UnknownRuneError],
// bytes that are no character an [*InvalidUTF8Error].
func (l *Letters) Encode(text string) ([]Token, error) {
	if err := checkUTF8(text); err != nil {
		return nil, err
	}
	tokens := make([]Token, 0, len(text))
	for at, r := range text {
		id, ok := l.ids[r]
		if !ok {
			return nil, &UnknownRuneError{Rune: r, Offset: at, Index: len(tokens), Alphabet: l.Alphabet()}
		}
		tokens = append(tokens, Token{ID: id, Start: at, End: at + utf8.RuneLen(r)})
	}
	return tokens, nil
}

// Decode returns the characters of ids as UTF-8, or an [*UnknownIDError].
func (l *Letters) Decode(ids []int) ([]byte, error) {
	text := make([]byte, 0, len(ids))
	for i, id := range ids {
		if id < 0 || id >= len(l.alphabet) {
			return nil, &UnknownIDError{ID: id, Index: i, Vocab: len(l.alphabet)}
		}
		text = utf8.AppendRune(text, l.alphabet[id])
	}
	return text, nil
}

// Piece returns the character id as UTF-8, and whether the alphabet has it.
func (l *Letters) Piece(id int) ([]byte, bool) {
	if id < 0 || id >= len(l.alphabet) {
		return nil, false
	}
	return utf8.AppendRune(nil, l.alphabet[id]), true
}

// UnknownRuneError says that a text holds a character that the alphabet lacks. Its text is meant
// for the reader who typed the character.
type UnknownRuneError struct {
	Rune     rune
	Offset   int    // of the character in the text, in bytes from 0
	Index    int    // of the character in the text, in characters from 0
	Alphabet string // the characters that are known
}

func (e *UnknownRuneError) Error() string { return e.Fault().Error() }

// longestList is how many characters an error lists before it only counts them.
const longestList = 12

// Fault returns the error as one that can be worded.
func (e *UnknownRuneError) Fault() *fault.Fault {
	known, letters := visibleAlphabet(e.Alphabet)
	char, number := quoted(e.Rune), e.Index+1
	switch n := len(known); {
	case n == 0:
		return fault.New("knowsNothing", "this model knows only the empty text; %s (character %d) is not one of them", char, number)
	case n == 1 && letters:
		return fault.New("knowsLetter", "this model knows only the letter %s; %s (character %d) is not one of them", known[0], char, number)
	case n == 1:
		return fault.New("knowsCharacter", "this model knows only the character %s; %s (character %d) is not one of them", known[0], char, number)
	case n > longestList && letters:
		return fault.New("knowsManyLetters", "this model knows only the %d letter(s) of its alphabet; %s (character %d) is not one of them", n, char, number)
	case n > longestList:
		return fault.New("knowsManyCharacters", "this model knows only the %d character(s) of its alphabet; %s (character %d) is not one of them", n, char, number)
	case letters:
		return fault.New("knowsLetters", "this model knows only the letters %s; %s (character %d) is not one of them", known, char, number)
	}
	return fault.New("knowsCharacters", "this model knows only the characters %s; %s (character %d) is not one of them", known, char, number)
}

// visibleAlphabet returns the characters of an alphabet as they are shown, and whether all are letters.
func visibleAlphabet(alphabet string) (list fault.List, letters bool) {
	letters = true
	for _, r := range alphabet {
		letters = letters && unicode.IsLetter(r)
		list = append(list, Visible([]byte(string(r))))
	}
	return list, letters
}

// quoted shows a character between quotes; a space stays a space there, for the quotes show it.
func quoted(r rune) string {
	if r == ' ' {
		return `" "`
	}
	return `"` + Visible([]byte(string(r))) + `"`
}
