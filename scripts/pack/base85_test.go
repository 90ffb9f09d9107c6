package main

import (
	"math/big"
	"strings"
	"testing"
)

// from85 reads it as unpack.js does: what the last group lacks is the largest sign.
func from85(t *testing.T, text string) string {
	t.Helper()
	text, found := strings.CutPrefix(text, "~")
	if !found {
		t.Fatalf("%q does not begin with ~", text)
	}
	var out []byte
	for len(text) > 0 {
		group := text[:min(5, len(text))]
		text = text[len(group):]
		v := new(big.Int)
		for k := range 5 {
			sign := int64(84)
			if k < len(group) {
				sign = int64(strings.IndexByte(signs, group[k]))
			}
			v.Add(v.Mul(v, big.NewInt(85)), big.NewInt(sign))
		}
		four := make([]byte, 4)
		v.FillBytes(four)
		out = append(out, four[:len(group)-1]...)
	}
	return string(out)
}

func TestBase85GivesBackEveryByte(t *testing.T) {
	if len(signs) != 85 || strings.ContainsAny(signs, "<>&\"'\\`-") {
		t.Errorf("%q are %d signs, or some that markup needs", signs, len(signs))
	}
	for _, want := range []string{"", "\x00", "\xff", "\xff\xff", "\x00\x00\x01", "abcd", "\xff\xff\xff\xff", "\x00\x00\x00\x00\x80", strings.Repeat("gzip\x00\xfe", 50)} {
		if got := from85(t, base85(want)); got != want {
			t.Errorf("%q comes back as %q", want, got)
		}
	}
}
