package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"glassbox/model"
	"glassbox/model/lab"
)

// What the lab asks of a run. Each command writes a table, or with -json one object; tokens are ids.

// lensCommand prints what the model would say after each half of a block.
func lensCommand(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("lens", "", "Shows what the model would say after each token if it ended at each step of its residual stream: the most likely token\nand its probability, by the model's own final norm and output projection (the logit lens).", out)
	in.flags(fs)
	token := fs.Int("token", -1, "an `id`, of which probability and rank are shown as well; rank 0 is the most likely")
	asJSON := fs.Bool("json", false, `write {"lens": [{"stream", "top", "probability"}]}, with -token 7 also "of_token_7" and "rank_of_token_7"`)
	tr, words, err := in.labRun(fs, args)
	if err != nil {
		return err
	}
	if V := tr.Model.Config.Vocab; given(fs, "token") && (*token < 0 || *token >= V) {
		return fmt.Errorf("-token is %d; expected 0 to %d", *token, V-1)
	}
	var rows []map[string]any
	for _, l := range lab.Lenses(tr) {
		row := lensRow(l, len(tr.IDs()), *token)
		rows = append(rows, row)
		if !*asJSON {
			printLens(out, words, row, *token)
		}
	}
	if *asJSON {
		return encode(out, map[string]any{"lens": rows})
	}
	return nil
}

var errNoToken = errors.New("-token is missing; expected an id")

// encode writes what programs read. An edit can make numbers that are none, for which JSON has no words.
func encode(out io.Writer, v any) error {
	var unsupported *json.UnsupportedValueError
	err := json.NewEncoder(out).Encode(v)
	if errors.As(err, &unsupported) {
		return fmt.Errorf("a number is %s, which JSON can't hold; without -json it is shown", unsupported.Str)
	}
	return err
}

// lensRow returns what a lens sees after each of T tokens, by the names of the JSON.
func lensRow(l lab.Lens, T, token int) map[string]any {
	top, probability, of, rank := make([]int, T), make([]float64, T), make([]float64, T), make([]int, T)
	for t := range T {
		top[t] = l.Top(t, 1)[0]
		probability[t] = l.Probability(t, top[t])
		if token >= 0 {
			of[t], rank[t] = l.Probability(t, token), l.Rank(t, token)
		}
	}
	row := map[string]any{"stream": l.Stream, "top": top, "probability": probability}
	if token >= 0 {
		row["of_token_"+strconv.Itoa(token)], row["rank_of_token_"+strconv.Itoa(token)] = of, rank
	}
	return row
}

// printLens writes a line for each token.
func printLens(out io.Writer, words *words, row map[string]any, token int) {
	fmt.Fprintf(out, "%s\n", row["stream"])
	for t, id := range row["top"].([]int) {
		fmt.Fprintf(out, "  token %d  %s  id %d  %.4f", t, word(words, id), id, row["probability"].([]float64)[t])
		if token >= 0 {
			of, rank := row["of_token_"+strconv.Itoa(token)].([]float64), row["rank_of_token_"+strconv.Itoa(token)].([]int)
			fmt.Fprintf(out, "    id %d  %.4f  rank %d", token, of[t], rank[t])
		}
		fmt.Fprintln(out)
	}
}

// attribute prints what each part of the network adds to a logit.
func attribute(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("attribute", "", "Shows what each head, bias and feed-forward network adds to the logit of a token after the last one, or to its difference\nfrom that of another: the scale of the final norm is held, and the parts sum to the logit.", out)
	in.flags(fs)
	token := fs.Int("token", -1, "the `id` of which the logit is taken apart")
	against := fs.Int("against", -1, "an `id` whose logit is taken off (none: the logit itself)")
	asJSON := fs.Bool("json", false, `write {"token", "against", "parts": [{"name", "logit"}], "logit"}`)
	tr, words, err := in.labRun(fs, args)
	if err != nil {
		return err
	}
	if !given(fs, "token") {
		return errNoToken
	}
	if given(fs, "against") && *against < 0 {
		return fmt.Errorf("-against is %d; expected an id", *against)
	}
	a, err := lab.Attribute(tr, len(tr.IDs())-1, *token, *against)
	if err != nil {
		return err
	}
	if *asJSON {
		return encode(out, attributionOf(a))
	}
	fmt.Fprintf(out, "logit of %s", word(words, *token))
	if *against >= 0 {
		fmt.Fprintf(out, " − logit of %s", word(words, *against))
	}
	fmt.Fprintf(out, " = %.4f after token %d\n", a.Logit, a.Row)
	for _, p := range a.Parts {
		fmt.Fprintf(out, "  %9.4f  %s\n", p.Logit, p.Name)
	}
	fmt.Fprintf(out, "  %9.4f  the sum\n", a.Sum())
	return nil
}

// A part is what a part of the network adds, as programs read it.
type part struct {
	Name  string  `json:"name"`
	Logit float64 `json:"logit"`
}

// attributionOf returns what programs read of an attribution.
func attributionOf(a lab.Attribution) map[string]any {
	parts := make([]part, len(a.Parts))
	for i, p := range a.Parts {
		parts[i] = part{p.Name, p.Logit}
	}
	j := map[string]any{"token": a.Token, "against": nil, "parts": parts, "logit": a.Logit}
	if a.Against >= 0 {
		j["against"] = a.Against
	}
	return j
}

// patch prints which parts of a run bring an answer back.
func patch(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("patch", "", "Runs a corrupt text with one thing of a clean one: a row of the residual stream before a block, of what its attention or its\nfeed-forward network adds, or what a head gathers. It shows how much of the answer that brings back, 0: nothing, 1: all.", out)
	in.modelFlags(fs)
	clean := fs.String("clean", "", "the `ids` of the clean text")
	corrupt := fs.String("corrupt", "", "the `ids` of the corrupt text, as many")
	token := fs.Int("token", -1, "the `id` of the answer to the clean text")
	against := fs.Int("against", -1, "the `id` of another answer: the difference of their logits tells how much is brought back")
	asJSON := fs.Bool("json", false, `write {"clean", "corrupt", "token", "against", "clean_difference", "corrupt_difference", "resid_pre", "attn_out", "mlp_out", "head_mix"}`)
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	for _, o := range [][2]string{{"clean", *clean}, {"corrupt", *corrupt}} {
		if _, err := parseList(o[0], o[1]); err != nil {
			return err
		}
	}
	switch {
	case !given(fs, "token"):
		return errNoToken
	case !given(fs, "against"):
		return fmt.Errorf("-against is missing; expected an id")
	}
	m, err := in.model()
	if err != nil {
		return err
	}
	a, err := in.runOf(m, "clean", *clean)
	if err != nil {
		return err
	}
	b, err := in.runOf(m, "corrupt", *corrupt)
	if err != nil {
		return err
	}
	p, err := lab.Patch(a, b, *token, *against)
	if err != nil {
		return err
	}
	scores, err := allScores(p)
	if err != nil {
		return err
	}
	if *asJSON {
		j := map[string]any{"clean": a.IDs(), "corrupt": b.IDs(), "token": *token, "against": *against,
			"clean_difference": p.CleanDifference, "corrupt_difference": p.CorruptDifference}
		for site, rows := range scores {
			j[string(site)] = rows
		}
		return encode(out, j)
	}
	fmt.Fprintf(out, "logit of %d − logit of %d: clean %.4f, corrupt %.4f\n", *token, *against, p.CleanDifference, p.CorruptDifference)
	for _, site := range lab.Sites() {
		fmt.Fprintf(out, "\n%s\n", site)
		for l, row := range scores[site] {
			fmt.Fprintf(out, "  block %d ", l)
			for _, v := range row {
				fmt.Fprintf(out, " %7.4f", v)
			}
			fmt.Fprintln(out)
		}
	}
	return nil
}

// allScores returns the scores of every site: (blocks, tokens or heads). Where that takes long it says how far it is.
func allScores(p *lab.Patching) (map[lab.Site][][]float64, error) {
	scores := map[lab.Site][][]float64{}
	blocks, done, all := p.Corrupt.Model.Config.Blocks, 0, 0
	for _, site := range lab.Sites() {
		all += blocks * p.Cells(site)
	}
	said := time.Now()
	for _, site := range lab.Sites() {
		for l := range blocks {
			row := make([]float64, p.Cells(site))
			for i := range row {
				v, err := p.Score(site, l, i)
				if err != nil {
					return nil, err
				}
				row[i] = v
				if done++; time.Since(said) > 5*time.Second {
					said = time.Now()
					fmt.Fprintf(os.Stderr, "gpt: %d of %d runs\n", done, all)
				}
			}
			scores[site] = append(scores[site], row)
		}
	}
	return scores, nil
}

// heads prints what each head looks at in a text that is repeated.
func heads(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("heads", "", "Shows how much of its attention each head gives, in a text of any tokens twice, to the token before, to the same one in the first\nhalf, to the one behind that, and to the first of all.", out)
	in.modelFlags(fs)
	half := fs.String("half", "", "the `ids` of the text that is repeated; what the model saw in training, in random order, tells most")
	asJSON := fs.Bool("json", false, `write {"half", "scores": [{"head", "previous", "duplicate", "induction", "sink"}]}`)
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	m, err := in.model()
	if err != nil {
		return err
	}
	ids, err := parseList("half", *half)
	if err != nil {
		return err
	}
	if err := checkTrace(m.Config, 2*len(ids), freeMemory()); err != nil {
		return err
	}
	scores, err := lab.Repeated(m, ids)
	if err != nil {
		return err
	}
	if *asJSON {
		return encode(out, headsJSON{ids, scores})
	}
	fmt.Fprintln(out, "previous  duplicate  induction  sink")
	for _, s := range scores {
		fmt.Fprintf(out, "%8.4f  %9.4f  %9.4f  %.4f  %s\n", s.Previous, s.Duplicate, s.Induction, s.Sink, s.Head)
	}
	return nil
}

// headsJSON is what programs read of heads.
type headsJSON struct {
	Half   []int           `json:"half"`
	Scores []lab.HeadScore `json:"scores"`
}

// surprise prints how much each token of a text surprises the model.
func surprise(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("surprise", "", "Shows how many bits each token of a text but the first one holds for the model, and their mean as loss and perplexity.", out)
	in.flags(fs)
	asJSON := fs.Bool("json", false, `write {"surprise_bits"}: a number for each token but the first one`)
	tr, words, err := in.labRun(fs, args)
	if err != nil {
		return err
	}
	bits := lab.Surprise(tr)
	if *asJSON {
		return encode(out, map[string][]float64{"surprise_bits": bits})
	}
	ids := tr.IDs()
	if len(bits) == 0 {
		fmt.Fprintf(out, "%s  id %d is the first token, and the only one: it is guessed from nothing, and holds no bits\n", word(words, ids[0]), ids[0])
		return nil
	}
	for t, b := range bits {
		fmt.Fprintf(out, "%9.4f bits  token %d  %s  id %d\n", b, t+1, word(words, ids[t+1]), ids[t+1])
	}
	nats, perplexity := lab.Loss(bits)
	fmt.Fprintf(out, "loss %.4f nats, perplexity %.2f\n", nats, perplexity)
	return nil
}

// labRun reads the arguments of a command, and runs the model on its text, with the edits that are given. An empty text is refused.
func (in *input) labRun(fs *flag.FlagSet, args []string) (*model.Trace, *words, error) {
	if _, err := parse(fs, args, 0); err != nil {
		return nil, nil, err
	}
	m, words, ids, err := in.load()
	if err != nil {
		return nil, nil, err
	}
	if len(ids) == 0 {
		return nil, nil, fmt.Errorf("the text is empty; give -ids or -text")
	}
	tr, err := in.forward(m, ids)
	return tr, words, err
}

// model reads the model alone.
func (in *input) model() (*model.Model, error) {
	imported, err := in.read()
	if err != nil {
		return nil, err
	}
	return imported.Model, imported.Model.Config.Validate()
}

// runOf runs the model on the ids of an option.
func (in *input) runOf(m *model.Model, option, list string) (*model.Trace, error) {
	ids, err := parseList(option, list)
	if err != nil {
		return nil, err
	}
	return in.forward(m, ids)
}

// parseList reads the ids of an option that must be given.
func parseList(option, list string) ([]int, error) {
	if list == "" {
		return nil, fmt.Errorf("-%s is missing; expected ids, 2,1,0", option)
	}
	return parseIDsOf(option, list)
}
