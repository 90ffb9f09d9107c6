// Package export writes a tensor as a file: as CSV, JSON and NPY with every number, and as a
// picture in SVG. It writes to memory, piece by piece, so that nobody has to wait for a tensor
// of millions of numbers.
//
// Numbers are written with the fewest digits that read back as the same float32. Masked cells,
// which have no number, are empty in CSV, null in JSON and NaN in NPY. What is no finite number
// without being masked is NaN, Infinity or -Infinity, in JSON as a text.
package export

import (
	"math"
	"strconv"
)

// A Format is a kind of file.
type Format string

// The formats of numbers.
const (
	CSV  Format = "csv"  // RFC 4180, without a header: a line for each row
	JSON Format = "json" // RFC 8259: model, text, ids, tensor, shape, and data as a list of rows
	NPY  Format = "npy"  // NumPy's format, version 1.0: '<f4', in C order
)

// The formats of pictures.
const (
	SVG Format = "svg" // SVG 1.1
	PNG Format = "png"
)

// Picture reports whether f is a format of pictures.
func (f Format) Picture() bool { return f == SVG || f == PNG }

// Formats returns the formats of numbers, in the order in which they are offered.
func Formats() []Format { return []Format{CSV, JSON, NPY} }

// Known reports whether f is one of Formats.
func (f Format) Known() bool { return f == CSV || f == JSON || f == NPY }

// Mime returns the media type of a file of the format.
func (f Format) Mime() string {
	switch f {
	case CSV:
		return "text/csv;charset=utf-8"
	case JSON:
		return "application/json"
	case SVG:
		return "image/svg+xml"
	case PNG:
		return "image/png"
	}
	return "application/octet-stream"
}

// Text reports whether a file of the format is text, which a clipboard can hold.
func (f Format) Text() bool { return f != NPY && f != PNG }

// A Table says what the numbers are.
type Table struct {
	Model      string // its name
	Text       string // that the model read; "" for a weight
	IDs        []int  // its tokens, and those that the model wrote; nil for a weight
	Name       string // of the step or weight
	Rows, Cols int
}

// Rows are some rows of a table.
type Rows struct {
	From   int       // the first one
	Data   []float32 // row-major, whole rows
	Masked func(row, col int) bool
}

// Append appends a piece of the file to b: the given rows, before the first ones the file's
// head, behind the last ones its end. The pieces of all rows, in order, make the file; that of
// a table without rows is one piece.
func (f Format) Append(b []byte, t Table, r Rows) []byte {
	if r.Masked == nil {
		r.Masked = func(int, int) bool { return false }
	}
	switch f {
	case CSV:
		return r.csv(b, t)
	case JSON:
		return r.json(b, t)
	}
	return r.npy(b, t)
}

// count returns how many rows there are.
func (r Rows) count(t Table) int {
	if t.Cols == 0 {
		return t.Rows - r.From
	}
	return len(r.Data) / t.Cols
}

// pieceSize is how many numbers a piece has, if a row has not more.
const pieceSize = 1 << 16

// Next returns where the piece that begins at row from ends.
func (t Table) Next(from int) (to int) { return min(from+max(1, pieceSize/max(t.Cols, 1)), t.Rows) }

// FileName returns the name of the file: model, tensor, ending. Characters that a file system
// might refuse become "-".
func FileName(model, name string, ending string) string {
	return safeName(model) + "-" + safeName(name) + "." + ending
}

// safeName returns s with "-" for all but ASCII letters, digits, underscores and, after the first
// byte, full stops.
func safeName(s string) string {
	b := []byte(s)
	for i, c := range b {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '.' && i > 0) {
			b[i] = '-'
		}
	}
	return string(b)
}

// appendNumber appends a number with the fewest digits that read back as the same float32.
func appendNumber(b []byte, v float32) []byte {
	switch x := float64(v); {
	case x != x:
		return append(b, "NaN"...)
	case math.IsInf(x, 1):
		return append(b, "Infinity"...)
	case math.IsInf(x, -1):
		return append(b, "-Infinity"...)
	default:
		return strconv.AppendFloat(b, x, 'g', -1, 32)
	}
}
