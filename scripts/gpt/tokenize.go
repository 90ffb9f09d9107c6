package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"glassbox/tokenizer"
	"glassbox/tokenizer/r50k"
)

// tokenize prints the tokens of a text.
func tokenize(args []string, in io.Reader, out io.Writer) error {
	fs := newFlagSet("tokenize", "[TEXT]", "Shows the tokens of a text, of standard input if none is given: their ids,\nthe bytes that they stand for, and the merges that made them.", out)
	letters := fs.String("letters", "", "an `alphabet`, one token each, instead of GPT-2's vocabulary")
	jsonl := fs.Bool("jsonl", false, "read one JSON string per line, and write one JSON array of ids per line")
	special := fs.Bool("special", false, "read <|endoftext|> as one token rather than as text")
	if err := fs.Parse(args); err != nil {
		return err
	}
	words, encode, err := encoder(*letters, *special)
	if err != nil {
		return err
	}
	if *jsonl {
		return tokenizeLines(in, out, encode)
	}
	text := strings.Join(fs.Args(), " ")
	if fs.NArg() == 0 {
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
		fmt.Fprintf(out, "%4d  %6d  bytes %d–%d  %s\n", i, t.ID, t.Start, t.End-1, tokenizer.Visible([]byte(text[t.Start:t.End])))
	}
	if g, ok := words.(*tokenizer.GPT2); ok {
		return printMerges(g, text, out)
	}
	return nil
}

type encodeFunc func(text string) ([]tokenizer.Token, error)

func encoder(letters string, special bool) (tokenizer.Tokenizer, encodeFunc, error) {
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

func printMerges(g *tokenizer.GPT2, text string, out io.Writer) error {
	list, err := g.Merges(text)
	if err != nil {
		return err
	}
	show := func(from, to int) string { return tokenizer.Visible([]byte(text[from:to])) }
	for _, w := range list {
		fmt.Fprintf(out, "\n%s\n", show(w.Start, w.End))
		for _, s := range w.Steps {
			fmt.Fprintf(out, "  %s + %s → %s (%d)\n", show(s.Start, s.Mid), show(s.Mid, s.End), show(s.Start, s.End), s.ID)
		}
	}
	return nil
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
