package tokenizer

import (
	"unicode/utf8"

	"glassbox/model/fault"
)

// Tokenizer turns text into tokens and back. Implementations are immutable and safe for
// concurrent use.
type Tokenizer interface {
	// Name is a short stable name, such as "letters" or "gpt2".
	Name() string
	// Vocab is V, the number of token ids: they are 0 … V-1.
	Vocab() int
	// Encode cuts text into tokens that cover it without a gap: the first starts at 0, each starts
	// where the one before ends, the last ends at len(text). It returns an [*InvalidUTF8Error]
	// or, from [Letters], an [*UnknownRuneError]. The empty text has no tokens. [BPE] may leave a gap where its
	// vocabulary has no token, and its tokens may cover less, or something spelled otherwise, than they stand for.
	Encode(text string) ([]Token, error)
	// Decode returns the bytes of ids, end to end. They need not be valid UTF-8: a token may be a
	// part of a character. It returns an [*UnknownIDError] for an id outside the vocabulary.
	Decode(ids []int) ([]byte, error)
	// Piece returns the bytes that id stands for, a copy, and whether id is in the vocabulary.
	Piece(id int) ([]byte, bool)
}

// Token is one token of a text: its id and the bytes text[Start:End] that it stands for.
type Token struct {
	ID, Start, End int
}

// IDs returns the ids of tokens, in order; never nil.
func IDs(tokens []Token) []int {
	ids := make([]int, len(tokens))
	for i, t := range tokens {
		ids[i] = t.ID
	}
	return ids
}

// InvalidUTF8Error says that a text is not valid UTF-8.
type InvalidUTF8Error struct {
	Offset int  // of the first byte that begins no character
	Value  byte // that byte
}

func (e *InvalidUTF8Error) Error() string { return e.Fault().Error() }

// Fault returns the error as one that can be worded.
func (e *InvalidUTF8Error) Fault() *fault.Fault {
	return fault.New("byteNoCharacter", "the text is not valid UTF-8: byte 0x%02X at offset %d begins no character", e.Value, e.Offset)
}

// UnknownIDError says that a sequence of ids holds one that is not in the vocabulary.
type UnknownIDError struct {
	ID    int
	Index int // of ID in the sequence, from 0
	Vocab int // the vocabulary has the ids 0 … Vocab-1
}

func (e *UnknownIDError) Error() string { return e.Fault().Error() }

// Fault returns the error as one that can be worded.
func (e *UnknownIDError) Fault() *fault.Fault {
	return fault.New("idUnknown", "id %d at index %d is not in the vocabulary, which has the ids 0 to %d", e.ID, e.Index, e.Vocab-1)
}

// checkUTF8 returns an [*InvalidUTF8Error] for the first invalid byte of text.
func checkUTF8(text string) error {
	if utf8.ValidString(text) {
		return nil
	}
	for i, r := range text {
		if r != utf8.RuneError {
			continue
		}
		if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
			return &InvalidUTF8Error{Offset: i, Value: text[i]}
		}
	}
	return nil
}
