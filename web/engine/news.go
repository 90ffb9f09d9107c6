package engine

import (
	"encoding/binary"

	"glassbox/model/fault"
)

// News are what an engine that is a program of its own says unasked: who it is, first of all, and then that it is at work, so that
// nobody takes it for dead.
type News struct {
	Hello   *Hello
	Reading *Reading // nil: it computes
}

// A Hello says which model the engine holds, or will once it is read, and what computes it.
type Hello struct {
	Name      string // of its file or folder
	Size      int    // of what is read of them, in bytes
	Inspected Inspected
	Kernel    string // the instructions, "AVX2"
	Cores     int    // of this machine
}

// Reading says how many bytes of the model have been read.
type Reading struct{ Bytes, Of int }

// ErrOtherBuild says that news come from a program that was not built of the same tree.
var ErrOtherBuild = fault.New("otherBuild", "the program on this machine was built of another version than this page; run ./scripts/build, "+
	"start the program again, and open the address that it prints")

// buildBytes is the size of what stands before news: Build, little endian.
const buildBytes = 8

// EncodeNews returns the wire form of news, behind what tells of which build it is.
func EncodeNews(n News) []byte {
	return append(binary.LittleEndian.AppendUint64(nil, Build()), encode(&n, (*codec).news)...)
}

// DecodeNews reads the wire form of news. It returns ErrOtherBuild where the rest would be read wrongly.
func DecodeNews(b []byte) (News, error) {
	if len(b) < buildBytes || binary.LittleEndian.Uint64(b) != Build() {
		return News{}, ErrOtherBuild
	}
	return decode(b[buildBytes:], "news", (*codec).news)
}
