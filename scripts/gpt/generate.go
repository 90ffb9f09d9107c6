package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"slices"

	"glassbox/model"
)

// longAnswer is how many tokens an answer has at most, unless -tokens says otherwise.
const longAnswer = 256

// generate prints a text and, one by one, the tokens that the model adds to it.
func generate(args []string, _ io.Reader, out io.Writer) error {
	var in input
	w := writing{out: out}
	fs := newFlagSet("generate", "", "Writes on from a text, or answers with -chat, until a token comes that ends a text or a turn. The last token is\ndrawn without being fed back, so a context of n tokens holds a text of n and one more.", out)
	in.flags(fs)
	set := samplingFlags(fs)
	tokens := fs.Int("tokens", 6, fmt.Sprintf("how many tokens to write at most; with -chat %d, or what the context holds, unless it is given", longAnswer))
	fs.BoolVar(&w.past, "past-end", false, "go on behind a token that ends a text or a turn")
	fs.BoolVar(&w.asJSON, "json", false, `write {"ids"}: all ids, given and written`)
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	m, words, ids, err := in.load()
	if err != nil {
		return err
	}
	if in.chat != "" && !given(fs, "tokens") {
		*tokens = max(0, min(longAnswer, m.Config.Context+1-len(ids)))
	}
	if err := checkRoom(m.Config, len(ids), *tokens); err != nil {
		return err
	}
	if err := checkTrace(m.Config, min(len(ids)+*tokens, m.Config.Context), freeMemory()); err != nil {
		return err
	}
	if err := set().Validate(); err != nil { // before anything is written
		return err
	}
	w.words, w.stops, w.silent = words, in.ends, in.chat != ""
	if err := w.begin(in.text, ids); err != nil {
		return err
	}
	return w.goOn(model.NewTrace(m), ids, *tokens, set())
}

// samplingFlags adds the options of how tokens are drawn, and returns what gives their values.
func samplingFlags(fs *flag.FlagSet) func() model.Sampling {
	greedy := fs.Bool("greedy", false, "always take the most likely token: temperature 0")
	temperature := fs.Float64("temperature", 1, "above 1 evens the probabilities out, below 1 sharpens them, 0 is -greedy")
	topK := fs.Int("top-k", 0, "draw from the k most likely tokens; 0: all")
	minP := fs.Float64("min-p", 0, "draw from the tokens that are at least so many times as likely as the most likely one; 0: all")
	topP := fs.Float64("top-p", 1, "draw from the most likely tokens that together reach p; 0 or 1: all")
	seed := fs.Uint64("seed", 1, "of the random numbers")
	return func() model.Sampling {
		set := model.Sampling{Temperature: float32(*temperature), TopK: *topK, TopP: float32(*topP), MinP: float32(*minP), Seed: *seed}
		if *greedy {
			set.Temperature = 0
		}
		return set
	}
}

// given reports whether an option stands in the command line.
func given(fs *flag.FlagSet, name string) (is bool) {
	fs.Visit(func(f *flag.Flag) { is = is || f.Name == name })
	return is
}

// checkRoom returns an error if the context has no room for n tokens after those that are given.
func checkRoom(c model.Config, given, n int) error {
	if n < 0 {
		return fmt.Errorf("-tokens is %d; expected 0 or more", n)
	}
	if given > c.Context {
		return &model.ContextError{Tokens: given, Context: c.Context}
	}
	if most := c.Context + 1 - given; n > most {
		return fmt.Errorf("%d tokens follow at most: the context holds %d and the text has %d", most, c.Context, given)
	}
	return nil
}

// writing is a text that is written token by token, so that who waits for the next sees those before.
type writing struct {
	out    io.Writer
	words  *words // nil: tokens are written as ids
	stops  []int  // ids at which the model's settings have it stop
	past   bool   // it goes on there
	asJSON bool   // all ids are written at the end
	silent bool   // what was given is not written
}

// begin writes what was given: the text as it stands there.
func (w *writing) begin(text string, ids []int) error {
	switch {
	case w.silent || w.asJSON:
		return nil
	case text != "":
		_, err := io.WriteString(w.out, text)
		return err
	}
	for _, id := range ids {
		if err := w.write(id); err != nil {
			return err
		}
	}
	return nil
}

// goOn writes at most n tokens that follow ids, and a newline.
func (w *writing) goOn(tr *model.Trace, ids []int, n int, set model.Sampling) error {
	if err := tr.Run(ids); err != nil {
		return err
	}
	for set.Draw = range n {
		id, err := tr.Sample(set)
		if err != nil {
			return err
		}
		ids = append(ids, id)
		if err := w.write(id); err != nil {
			return err
		}
		if w.ends(id) && !w.past || set.Draw == n-1 {
			break
		}
		if err := tr.Run(ids); err != nil { // the new row alone
			return err
		}
	}
	if w.asJSON {
		return json.NewEncoder(w.out).Encode(map[string][]int{"ids": ids})
	}
	_, err := fmt.Fprintln(w.out)
	return err
}

// ends reports whether the model ends with a token.
func (w *writing) ends(id int) bool {
	return slices.Contains(w.stops, id) || w.words != nil && w.words.ends(id)
}

// write writes a token as soon as it is there, in bytes that may be a part of a character. One that ends a text or begins a
// turn is no part of what is said.
func (w *writing) write(id int) (err error) {
	switch {
	case w.asJSON:
		return nil
	case w.words == nil:
		_, err = fmt.Fprint(w.out, id, " ")
	case !w.words.control(id):
		piece, ok := w.words.Piece(id)
		if !ok { // padding, which stands for nothing
			piece = fmt.Appendf(nil, "<%d>", id)
		}
		_, err = w.out.Write(piece)
	}
	if f, ok := w.out.(interface{ Flush() error }); ok && err == nil {
		err = f.Flush()
	}
	return err
}
