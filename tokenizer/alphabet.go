package tokenizer

import "unicode/utf8"

// Published vocabularies of byte-level encodings spell each byte as a character that can be seen: a byte of printable
// Latin-1 as itself, the others, in order, as U+0100, U+0101 and so on ("Ġ" is the space). From bytes_to_unicode in
// encoder.py of github.com/openai/gpt-2.

// plainByte reports whether the alphabet spells a byte as itself.
func plainByte(b byte) bool {
	return '!' <= b && b <= '~' || 0xA1 <= b && b <= 0xAC || 0xAE <= b
}

// spelledBytes returns the byte of each of the characters below U+0144; ok is false for what is none of the alphabet.
func spelledBytes() (bytes [singles + 68]byte, ok [singles + 68]bool) {
	shifted := singles
	for b := range singles {
		at := b
		if !plainByte(byte(b)) {
			at = shifted
			shifted++
		}
		bytes[at], ok[at] = byte(b), true
	}
	return bytes, ok
}

var alphabetBytes, inAlphabet = spelledBytes()

// appendBytes appends the bytes that spelled stands for; ok is false if it holds a character that stands for none.
func appendBytes(to []byte, spelled string) (_ []byte, ok bool) {
	for _, r := range spelled {
		if int(r) >= len(inAlphabet) || !inAlphabet[r] {
			return to, false
		}
		to = append(to, alphabetBytes[r])
	}
	return to, true
}

// lower one eighth block is how SentencePiece writes a space.
const spaceMark = '▁'

// appendSpaced appends a piece as SentencePiece spells it, with its spaces as spaces.
func appendSpaced(to []byte, spelled string) []byte {
	for _, r := range spelled {
		if r == spaceMark {
			r = ' '
		}
		to = utf8.AppendRune(to, r)
	}
	return to
}

// byteToken returns the byte that a token such as "<0x0A>" of SentencePiece stands for.
func byteToken(text string) (b byte, ok bool) {
	if len(text) != len("<0x00>") || text[:3] != "<0x" || text[5] != '>' {
		return 0, false
	}
	for _, c := range []byte(text[3:5]) {
		switch {
		case '0' <= c && c <= '9':
			b = b<<4 | (c - '0')
		case 'A' <= c && c <= 'F':
			b = b<<4 | (c - 'A' + 10)
		default:
			return 0, false
		}
	}
	return b, true
}

// IsByte reports whether a token of SentencePiece stands for one byte, as "<0x0A>" does.
func IsByte(token string) bool {
	_, ok := byteToken(token)
	return ok
}
