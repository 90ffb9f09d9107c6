package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"unicode/utf8"

	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

// tokenize prints the tokens of a text.
func tokenize(args []string, in io.Reader, out io.Writer) error {
	var of input
	fs := newFlagSet("tokenize", "[TEXT]", "Shows the tokens of a text, of standard input if none is given; one that begins with - stands behind --. Shown are their ids,\nthe bytes that they stand for, and the merges that made them.", out)
	fs.StringVar(&of.file, "model", "", "a model, a `file` or a folder, whose tokenizer is taken instead of GPT-2's vocabulary")
	of.splitFlag(fs)
	letters := fs.String("letters", "", "an `alphabet`, one token each, instead of GPT-2's vocabulary")
	jsonl := fs.Bool("jsonl", false, "read one JSON string per line, and write one JSON array of ids per line")
	special := fs.Bool("special", false, "read <|endoftext|> as one token rather than as text")
	others, err := parse(fs, args, math.MaxInt)
	if err != nil {
		return err
	}
	words, encode, err := of.encoder(*letters, *special)
	if err != nil {
		return err
	}
	if *jsonl {
		return tokenizeLines(in, out, encode)
	}
	text := strings.Join(others, " ")
	if len(others) == 0 {
		b, err := io.ReadAll(in)
		if err != nil {
			return err
		}
		text = string(b)
	}
	tokens, err := encode(text)
	if err != nil {
		return err
	}
	for i, t := range tokens {
		fmt.Fprintf(out, "%4d  %6d  bytes %d–%d  %s\n", i, t.ID, t.Start, t.End-1, spelled(words, t.ID, text[t.Start:t.End]))
	}
	if g, ok := words.(merging); ok {
		return printMerges(g, text, out)
	}
	return nil
}

// merging is a tokenizer that says by which merges its tokens come about.
type merging interface {
	Merges(text string) ([]tokenizer.Word, error)
}

type encodeFunc func(text string) ([]tokenizer.Token, error)

// encoder returns the tokenizer that is asked for: of letters, of a model, or that of GPT-2.
func (in *input) encoder(letters string, special bool) (tokenizer.Tokenizer, encodeFunc, error) {
	if in.file != "" {
		if letters != "" {
			return nil, nil, fmt.Errorf("-model and -letters are both given; leave one out")
		}
		return in.modelEncoder(special)
	}
	if letters != "" {
		l, err := tokenizer.NewLetters(letters)
		if err != nil {
			return nil, nil, err
		}
		return l, l.Encode, nil
	}
	g, err := tokenizer.NewGPT2(r50k.Table())
	if err != nil {
		return nil, nil, err
	}
	if special {
		return g, g.EncodeSpecial, nil
	}
	return g, g.Encode, nil
}

// modelEncoder returns the tokenizer of a model, of which no weights are read, and need not be there. Its tokens are those of the
// text alone, without start and end.
func (in *input) modelEncoder(special bool) (tokenizer.Tokenizer, encodeFunc, error) {
	r, err := readingIn(in.file)
	if err == nil {
		r.files.Split, err = in.cut()
	}
	if err != nil {
		return nil, nil, err
	}
	w, err := in.wordsOf(r)
	switch {
	case err != nil:
		return nil, nil, err
	case w == nil:
		return nil, nil, fmt.Errorf("this model brings no tokenizer that is read here; -letters takes an alphabet")
	}
	if s, ok := w.Tokenizer.(interface {
		EncodeSpecial(text string) ([]tokenizer.Token, error)
	}); ok && special {
		return w.Tokenizer, s.EncodeSpecial, nil
	}
	return w.Tokenizer, w.Encode, nil
}

func printMerges(g merging, text string, out io.Writer) error {
	list, err := g.Merges(text)
	if err != nil {
		return err
	}
	for _, w := range list {
		fmt.Fprintf(out, "\n%s\n", tokenizer.Visible([]byte(text[w.Start:w.End])))
		for _, s := range w.Steps {
			fmt.Fprintf(out, "  %s + %s → %s (%d)\n", spelled(g, s.Left, text[s.Start:s.Mid]), spelled(g, s.Right, text[s.Mid:s.End]), spelled(g, s.ID, text[s.Start:s.End]), s.ID)
		}
	}
	return nil
}

// spelled returns how a token is shown that covers a part of a text: by what it stands for, if that may be more, as of the
// space that SentencePiece puts before a text.
func spelled(words any, id int, covered string) string {
	if b, ok := words.(*tokenizer.BPE); ok && id >= 0 {
		if piece, ok := b.Piece(id); ok {
			return tokenizer.Visible(piece)
		}
	}
	return tokenizer.Visible([]byte(covered))
}

func tokenizeLines(in io.Reader, out io.Writer, encode encodeFunc) error {
	lines := bufio.NewReader(in)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			var text string
			if err := json.Unmarshal(line, &text); err != nil {
				return fmt.Errorf("line %d: expected a JSON string: %v", n, err)
			}
			if err := checkLossless(line, text); err != nil {
				return fmt.Errorf("line %d: %v", n, err)
			}
			tokens, err := encode(text)
			if err != nil {
				return fmt.Errorf("line %d: %v", n, err)
			}
			if err := json.NewEncoder(out).Encode(tokenizer.IDs(tokens)); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// checkLossless returns an error if decoding the JSON string replaced a lone surrogate, or a
// byte that is not UTF-8, by U+FFFD.
func checkLossless(line []byte, text string) error {
	if !utf8.Valid(line) {
		return fmt.Errorf("the line is not valid UTF-8")
	}
	written := strings.Count(string(line), "\uFFFD")
	for _, escape := range escapes.FindAllString(string(line), -1) {
		if strings.EqualFold(escape, `\ufffd`) {
			written++
		}
	}
	if strings.Count(text, "\uFFFD") > written {
		return fmt.Errorf("the string has a lone surrogate, which is no character")
	}
	return nil
}

// escapes matches the characters that are written as \uXXXX.
var escapes = regexp.MustCompile(`\\u[0-9a-fA-F]{4}`)
