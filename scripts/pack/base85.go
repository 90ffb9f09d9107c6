package main

import "encoding/binary"

// signs are the digits of base 85: what ASCII has, but for what could end the block, or be taken for markup.
const signs = "!#$%()*+,./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}"

// base85 writes five signs for every four bytes, behind a ~, by which unpack.js tells it from base64: a quarter more than
// the bytes, where base64 adds a third. The last group has one sign more than bytes; what it lacks is all ones.
func base85(b string) string {
	out := make([]byte, 1, 1+(len(b)+3)/4*5)
	out[0] = '~'
	for len(b) > 0 {
		group := [4]byte{}
		n := copy(group[:], b)
		b = b[n:]
		v := binary.BigEndian.Uint32(group[:])
		var five [5]byte
		for k := 4; k >= 0; k-- {
			five[k] = signs[v%85]
			v /= 85
		}
		out = append(out, five[:n+1]...)
	}
	return string(out)
}
