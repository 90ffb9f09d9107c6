package published

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

// spell writes bytes as published vocabularies do, after bytes_to_unicode in GPT-2's encoder.py.
func spell(piece []byte) string {
	var b strings.Builder
	for _, c := range piece {
		switch r := rune(c); {
		case c <= ' ':
			b.WriteRune(0x100 + r)
		case 0x7F <= c && c <= 0xA0:
			b.WriteRune(0x121 + r - 0x7F)
		case c == 0xAD:
			b.WriteRune(0x143)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// publishedGPT2 returns the vocab.json and merges.txt of GPT-2, made of its table.
func publishedGPT2(t *testing.T) (vocab, merges []byte) {
	t.Helper()
	table := r50k.Table()
	g, err := tokenizer.NewGPT2(table)
	if err != nil {
		t.Fatal(err)
	}
	ids, spelled := map[string]int{}, make([]string, g.Vocab())
	for id := range spelled {
		piece, _ := g.Piece(id)
		spelled[id] = spell(piece)
		ids[spelled[id]] = id
	}
	n := g.Vocab() - 257
	planes, lines := table[len(table)-4*n:], []string{"#version: 0.2"}
	for i := range n {
		left, right := int(planes[i])<<8|int(planes[n+i]), int(planes[2*n+i])<<8|int(planes[3*n+i])
		lines = append(lines, spelled[left]+" "+spelled[right])
	}
	vocab, err = json.Marshal(ids)
	if err != nil {
		t.Fatal(err)
	}
	return vocab, []byte(strings.Join(lines, "\n") + "\n")
}

func TestVocabularyAndMergesOfGPT2GiveItsIDs(t *testing.T) {
	var cases []struct {
		Text    string
		IDs     []int
		Special bool
	}
	parse(t, "cases.json", &cases)
	vocab, merges := publishedGPT2(t)
	tok, err := FromVocabMerges(vocab, merges, nil)
	if err != nil || len(cases) < 800 {
		t.Fatal(err, len(cases))
	}
	for _, c := range cases {
		encode := tok.Encoding.Encode
		if c.Special {
			encode = tok.Encoding.EncodeSpecial
		}
		tokens, err := encode(c.Text)
		if got := tokenizer.IDs(tokens); err != nil || !slices.Equal(got, c.IDs) {
			t.Errorf("%.100q gives %v, %v; expected %v", c.Text, cut(got), err, cut(c.IDs))
		}
	}
}
