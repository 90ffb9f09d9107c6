package engine

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"slices"
)

// The wire form of a message is one byte for the version, then the fields in the order of
// wire_message.go:
//
//	int             zigzag varint, as in encoding/binary
//	uint64          varint
//	bool            one byte, 0 or 1
//	float32, 64     IEEE 754 bits, little endian
//	string, bytes   length, bytes
//	list            length, elements; a list or map that is nil has the length −1
//	map             list of pairs, sorted by key
//	pointer         bool, then what it points to
//
// It is no format for files: both ends are built of the same tree. Where they are two programs, [Build] tells whether they are.

const wireVersion = 1

// EncodeRequest returns the wire form of a request.
func EncodeRequest(q Request) []byte { return encode(&q, (*codec).request) }

// DecodeRequest reads the wire form of a request. What it returns shares the bytes of b.
func DecodeRequest(b []byte) (Request, error) { return decode(b, "request", (*codec).request) }

// EncodeReply returns the wire form of a reply.
func EncodeReply(r Reply) []byte { return encode(&r, (*codec).reply) }

// DecodeReply reads the wire form of a reply.
func DecodeReply(b []byte) (Reply, error) { return decode(b, "reply", (*codec).reply) }

// Build is a number that differs where messages have other fields: a hash of their kinds, in their order.
func Build() uint64 {
	h := fnv.New64a()
	_, _ = h.Write(append(fieldKinds(), wireVersion)) // a hash takes everything
	return h.Sum64()
}

// fieldKinds returns the kinds of all fields that messages have.
func fieldKinds() []byte {
	c := &codec{describing: true}
	c.request(&Request{})
	c.reply(&Reply{})
	c.news(&News{})
	return c.b
}

func encode[T any](v *T, fields func(*codec, *T)) []byte {
	c := &codec{b: []byte{wireVersion}}
	fields(c, v)
	return c.b
}

func decode[T any](b []byte, what string, fields func(*codec, *T)) (T, error) {
	var v, none T
	c := &codec{b: b, decoding: true}
	if len(b) == 0 || b[0] != wireVersion {
		return none, fmt.Errorf("%s: expected version %d as the first byte", what, wireVersion)
	}
	c.at = 1
	fields(c, &v)
	if c.err == nil && c.at < len(b) {
		c.fail("%d bytes are left over", len(b)-c.at)
	}
	if c.err != nil {
		return none, fmt.Errorf("%s, byte %d: %w", what, c.at, c.err)
	}
	return v, nil
}

// A codec writes values to b or reads them from it, so that each kind of message is
// described once for both directions. After an error it reads zeros. A third direction writes a letter for each
// value: what kind it is.
type codec struct {
	b          []byte
	decoding   bool
	describing bool
	at         int // where reading goes on
	err        error
}

// describes writes the kind of a value where that is all that is wanted.
func (c *codec) describes(kind string) bool {
	if c.describing {
		c.b = append(c.b, kind...)
	}
	return c.describing
}

func (c *codec) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format, args...)
	}
}

var errShort = errors.New("the message ends in the middle of a value")

// take returns the next n bytes, or nil if there are no more.
func (c *codec) take(n int) []byte {
	if c.err == nil && (n < 0 || n > len(c.b)-c.at) {
		c.err = errShort
	}
	if c.err != nil {
		return nil
	}
	c.at += n
	return c.b[c.at-n : c.at : c.at]
}

func (c *codec) int(v *int) {
	if c.describes("i") {
		return
	}
	if !c.decoding {
		c.b = binary.AppendVarint(c.b, int64(*v))
		return
	}
	x, n := binary.Varint(c.b[c.at:])
	c.varint(n)
	if c.err == nil {
		*v = int(x)
	}
}

func (c *codec) uint64(v *uint64) {
	if c.describes("u") {
		return
	}
	if !c.decoding {
		c.b = binary.AppendUvarint(c.b, *v)
		return
	}
	x, n := binary.Uvarint(c.b[c.at:])
	c.varint(n)
	if c.err == nil {
		*v = x
	}
}

// varint steps over a varint of n bytes; n ≤ 0 says that there was none.
func (c *codec) varint(n int) {
	switch {
	case c.err != nil:
	case n <= 0:
		c.err = errShort
	default:
		c.at += n
	}
}

func (c *codec) bool(v *bool) {
	if c.describes("b") {
		return
	}
	if !c.decoding {
		x := byte(0)
		if *v {
			x = 1
		}
		c.b = append(c.b, x)
		return
	}
	if x := c.take(1); x != nil {
		if x[0] > 1 {
			c.fail("%d is neither true nor false", x[0])
		}
		*v = x[0] == 1
	}
}

func (c *codec) float32(v *float32) {
	if c.describes("f") {
		return
	}
	if !c.decoding {
		c.b = binary.LittleEndian.AppendUint32(c.b, math.Float32bits(*v))
	} else if x := c.take(4); x != nil {
		*v = math.Float32frombits(binary.LittleEndian.Uint32(x))
	}
}

func (c *codec) float64(v *float64) {
	if c.describes("d") {
		return
	}
	if !c.decoding {
		c.b = binary.LittleEndian.AppendUint64(c.b, math.Float64bits(*v))
	} else if x := c.take(8); x != nil {
		*v = math.Float64frombits(binary.LittleEndian.Uint64(x))
	}
}

// text encodes or decodes a string of any named type.
func text[S ~string](c *codec, v *S) {
	if c.describes("t") {
		return
	}
	n := len(*v)
	c.int(&n)
	if !c.decoding {
		c.b = append(c.b, *v...)
		return
	}
	*v = S(c.take(n))
}

// length encodes or decodes the length of a list whose elements take at least size bytes
// each. ok is false for a nil list, and after an error.
func (c *codec) length(n int, isNil bool, size int) (length int, ok bool) {
	if isNil {
		n = -1
	}
	c.int(&n)
	if c.decoding && c.err == nil && (n < -1 || n > (len(c.b)-c.at)/size) {
		c.fail("a list of %d does not fit into the %d bytes that are left", n, len(c.b)-c.at)
	}
	return n, c.err == nil && n >= 0
}

func (c *codec) bytes(v *[]byte) {
	if c.describes("B") {
		return
	}
	n, ok := c.length(len(*v), *v == nil, 1)
	if !ok {
		return
	}
	if !c.decoding {
		c.b = append(c.b, *v...)
		return
	}
	*v = c.take(n)
}

// floats encodes or decodes a list of float32 in one go: most of what is sent.
func (c *codec) floats(v *[]float32) {
	if c.describes("F") {
		return
	}
	n, ok := c.length(len(*v), *v == nil, 4)
	if !ok {
		return
	}
	if !c.decoding {
		at := len(c.b)
		c.b = slices.Grow(c.b, 4*n)[:at+4*n]
		out := c.b[at:]
		for _, x := range *v {
			binary.LittleEndian.PutUint32(out, math.Float32bits(x))
			out = out[4:]
		}
		return
	}
	in, out := c.take(4*n), make([]float32, n)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(in))
		in = in[4:]
	}
	*v = out
}

// list encodes or decodes a list of values, each of which takes at least one byte.
func list[T any](c *codec, v *[]T, each func(*codec, *T)) {
	if c.describes("[") {
		each(c, new(T))
		c.describes("]")
		return
	}
	n, ok := c.length(len(*v), *v == nil, 1)
	if !ok {
		return
	}
	if !c.decoding {
		for i := range *v {
			each(c, &(*v)[i])
		}
		return
	}
	out := []T{} // not sized by n, which a damaged message may exaggerate
	for range n {
		var x T
		if each(c, &x); c.err != nil {
			return
		}
		out = append(out, x)
	}
	*v = out
}

func optional[T any](c *codec, v **T, each func(*codec, *T)) {
	if c.describes("(") {
		each(c, new(T))
		c.describes(")")
		return
	}
	there := *v != nil
	if c.bool(&there); !there || c.err != nil {
		return
	}
	if c.decoding {
		*v = new(T)
	}
	each(c, *v)
}

func (c *codec) texts(v *map[string]string) {
	type pair struct{ key, value string }
	var pairs []pair
	if !c.decoding && *v != nil {
		pairs = []pair{}
		for _, k := range slices.Sorted(maps.Keys(*v)) {
			pairs = append(pairs, pair{k, (*v)[k]})
		}
	}
	list(c, &pairs, func(c *codec, p *pair) { text(c, &p.key); text(c, &p.value) })
	if !c.decoding || pairs == nil {
		return
	}
	*v = map[string]string{}
	for _, p := range pairs {
		(*v)[p.key] = p.value
	}
}
