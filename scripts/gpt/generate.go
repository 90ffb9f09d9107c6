package main

import (
	"encoding/json"
	"fmt"
	"io"

	"glassbox/model"
)

// generate prints a text and the tokens that the model adds to it.
func generate(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("generate", "", "Writes on from a text. The last token is drawn without being fed back,\nso a context of n tokens holds a text of n and one more.", out)
	in.flags(fs)
	tokens := fs.Int("tokens", 6, "how many tokens to write")
	greedy := fs.Bool("greedy", false, "always take the most likely token: temperature 0")
	temperature := fs.Float64("temperature", 1, "above 1 evens the probabilities out, below 1 sharpens them, 0 is -greedy")
	topK := fs.Int("top-k", 0, "draw from the k most likely tokens; 0: all")
	topP := fs.Float64("top-p", 1, "draw from the most likely tokens that together reach p; 0 or 1: all")
	seed := fs.Uint64("seed", 1, "of the random numbers")
	asJSON := fs.Bool("json", false, `write {"ids"}: all ids, given and written`)
	if err := fs.Parse(args); err != nil {
		return err
	}
	m, words, ids, err := in.load()
	if err != nil {
		return err
	}
	if err := checkRoom(m, ids, *tokens); err != nil {
		return err
	}
	set := model.Sampling{Temperature: float32(*temperature), TopK: *topK, TopP: float32(*topP), Seed: *seed}
	if *greedy {
		set.Temperature = 0
	}
	all, err := writeOn(model.NewTrace(m), ids, *tokens, set)
	if err != nil {
		return err
	}
	if *asJSON {
		return json.NewEncoder(out).Encode(map[string][]int{"ids": all})
	}
	for _, id := range all {
		if words == nil {
			fmt.Fprint(out, id, " ")
			continue
		}
		if !words.control(id) {
			piece, _ := words.Piece(id)
			fmt.Fprintf(out, "%s", piece)
		}
	}
	_, err = fmt.Fprintln(out)
	return err
}

// checkRoom returns an error if the context has no room for n tokens after ids.
func checkRoom(m *model.Model, ids []int, n int) error {
	if n < 0 {
		return fmt.Errorf("-tokens is %d; expected 0 or more", n)
	}
	if err := model.NewTrace(m).Run(ids); err != nil {
		return err
	}
	if most := m.Config.Context + 1 - len(ids); n > most {
		return fmt.Errorf("%d tokens follow at most: the context holds %d and the text has %d", most, m.Config.Context, len(ids))
	}
	return nil
}

// writeOn returns ids and the n tokens that follow them.
func writeOn(tr *model.Trace, ids []int, n int, set model.Sampling) ([]int, error) {
	for set.Draw = range n {
		if err := tr.Run(ids); err != nil {
			return nil, err
		}
		id, err := tr.Sample(set)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}
