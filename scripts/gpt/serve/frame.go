package serve

import (
	"encoding/binary"
	"fmt"
)

// A message on the socket is one byte that says what it is, and its body. From the page:
//
//	1  a request         in its wire form
//	2  a file            that the next request loads, unpacked
//	3  a piece of one    two uint64, little endian: the byte at which it stands, and how many the file has; then its bytes
//
// To the page:
//
//	1  a reply           in its wire form
//	2  news              of which the first is a Hello
const (
	kindRequest = 1
	kindFile    = 2
	kindPiece   = 3

	kindReply = 1
	kindNews  = 2
)

// A frame is a message from the page.
type frame struct {
	kind   byte
	body   []byte
	at, of uint64 // of a piece
}

// parse reads a message from the page. Of a piece it is sure that it lies in its file.
func parse(b []byte) (f frame, err error) {
	if len(b) == 0 {
		return f, fmt.Errorf("the message is empty; expected a byte that says what it is")
	}
	f.kind, f.body = b[0], b[1:]
	switch {
	case f.kind == kindRequest || f.kind == kindFile:
		return f, nil
	case f.kind != kindPiece:
		return f, fmt.Errorf("the message is of the kind %d; expected %d to %d", f.kind, kindRequest, kindPiece)
	case len(f.body) < 16:
		return f, fmt.Errorf("a piece of a file has %d bytes; expected 16 before its content", len(f.body))
	}
	f.at, f.of, f.body = binary.LittleEndian.Uint64(f.body), binary.LittleEndian.Uint64(f.body[8:]), f.body[16:]
	if n := uint64(len(f.body)); f.at > f.of || n > f.of-f.at {
		return f, fmt.Errorf("a piece of %d bytes at %d does not lie in its file of %d bytes", n, f.at, f.of)
	}
	return f, nil
}

// mostBytes is how large a file may be that a page sends: as large as the page itself opens.
const mostBytes = 1 << 30

// A collection is the file that a page sends, in pieces.
type collection struct{ file []byte }

// add takes a piece, which follows the one before. A file of no bytes drops what is there.
func (c *collection) add(f frame) error {
	if f.at == 0 {
		c.file = nil // before the new one is made: both may not fit
	}
	switch {
	case f.of > mostBytes:
		return fmt.Errorf("the page sends a file of %d bytes; expected %d at most: start gpt serve with it instead", f.of, mostBytes)
	case f.at != uint64(len(c.file)):
		return fmt.Errorf("a piece of a file stands at byte %d; expected the one at %d", f.at, len(c.file))
	case f.at == 0:
		c.file = make([]byte, 0, f.of)
	}
	c.file = append(c.file, f.body...)
	return nil
}

// take returns the file, and forgets it.
func (c *collection) take() []byte {
	b := c.file
	c.file = nil
	return b
}
