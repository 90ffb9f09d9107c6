// Package r50k carries the table of merges of GPT-2 inside the program. It is a package of its own
// so that a program which brings the table in another way (the page decodes it in its worker) does not
// carry it twice.
package r50k

import (
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"
	"strings"
)

//go:embed r50k_base.bin.gz
var packed string

// size is the length of the table in bytes.
const size = 200276

// Table returns the table of merges of r50k_base, as tokenizer.NewGPT2 reads it: 200276 bytes. It
// panics if the program was built with a damaged table.
func Table() []byte {
	r, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		panic(fmt.Sprintf("r50k_base.bin.gz: %v", err))
	}
	table := make([]byte, size)
	if _, err := io.ReadFull(r, table); err != nil {
		panic(fmt.Sprintf("r50k_base.bin.gz: %v", err))
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		panic(fmt.Sprintf("r50k_base.bin.gz: goes on after %d bytes (%v)", size, err))
	}
	return table
}

// Packed returns the table as it stands in the repository, gzipped, for programs that pack it into a page.
func Packed() []byte { return []byte(packed) }
