package model

import (
	"strconv"
	"strings"
)

// A title is the name of a tensor in plain words, and the term or symbol of the papers.
type title struct{ plain, term string }

// titles has one for each step and weight, by its name within its block and head.
var titles = map[string]title{
	"tokens":         {"Token ids", "input ids"},
	"embed.token":    {"Token embedding", "x·W_E"},
	"embed.position": {"Position embedding", "W_P"},
	"embed.sum":      {"Stream at the start", "residual stream"},

	"ln_1.mean":     {"Mean", "μ"},
	"ln_1.std":      {"Spread", "standard deviation, σ"},
	"ln_1":          {"Norm 1", "layer norm, ln_1"},
	"query":         {"Query", "Q"},
	"key":           {"Key", "K"},
	"value":         {"Value", "V"},
	"scores":        {"Scores", "Q·Kᵀ"},
	"scaled":        {"Scaled scores", "Q·Kᵀ/√A"},
	"attention.max": {"Maximum", "max"},
	"attention.sum": {"Sum of exp", "Σ exp"},
	"attention":     {"Attention", "softmax(Q·Kᵀ/√A)"},
	"mix":           {"Mixed values", "attention·V"},
	"attn.concat":   {"Heads joined", "heads side by side, concat"},
	"attn.proj":     {"Attention result", "output projection, W_O"},
	"residual_1":    {"Stream after attention", "residual stream"},
	"ln_2.mean":     {"Mean", "μ"},
	"ln_2.std":      {"Spread", "standard deviation, σ"},
	"ln_2":          {"Norm 2", "layer norm, ln_2"},
	"mlp.up":        {"Widened", "MLP hidden layer, c_fc"},
	"mlp.gelu":      {"GELU", "activation function"},
	"mlp.down":      {"Feed-forward result", "MLP output, c_proj"},
	"residual_2":    {"Stream after feed-forward", "residual stream"},
	"ln_f.mean":     {"Mean", "μ"},
	"ln_f.std":      {"Spread", "standard deviation, σ"},
	"ln_f":          {"Final norm", "layer norm, ln_f"},
	"logits":        {"Logits", "unembedding"},
	"probabilities": {"Probabilities", "softmax"},

	"probabilities.max": {"Maximum", "max"},
	"probabilities.sum": {"Sum of exp", "Σ exp"},

	"sample.temperature":       {"Temperature", "logits/T"},
	"sample.top_k":             {"Top-k", "k largest logits"},
	"sample.softmax.max":       {"Maximum", "max"},
	"sample.softmax.sum":       {"Sum of exp", "Σ exp"},
	"sample.softmax":           {"Softmax", "softmax"},
	"sample.top_p":             {"Top-p", "nucleus"},
	"sample.probabilities.sum": {"Sum", "Σ"},
	"sample.probabilities":     {"Chances", "renormalized probabilities"},
	"sample.random":            {"Random number", "u"},
	"sample.token":             {"Drawn token", "sample"},

	"wte.weight":         {"Token table", "W_E, wte"},
	"wpe.weight":         {"Position table", "W_P, wpe"},
	"ln_1.weight":        {"Norm 1 gain", "γ"},
	"ln_1.bias":          {"Norm 1 bias", "β"},
	"attn.c_attn.weight": {"Query, key and value weights", "W_Q, W_K, W_V"},
	"attn.c_attn.bias":   {"Query, key and value bias", "b_Q, b_K, b_V"},
	"attn.c_proj.weight": {"Projection weights", "W_O"},
	"attn.c_proj.bias":   {"Projection bias", "b_O"},
	"ln_2.weight":        {"Norm 2 gain", "γ"},
	"ln_2.bias":          {"Norm 2 bias", "β"},
	"mlp.c_fc.weight":    {"Widening weights", "c_fc, W_in"},
	"mlp.c_fc.bias":      {"Widening bias", "b_in"},
	"mlp.c_proj.weight":  {"Narrowing weights", "c_proj, W_out"},
	"mlp.c_proj.bias":    {"Narrowing bias", "b_out"},
	"ln_f.weight":        {"Final norm gain", "γ"},
	"ln_f.bias":          {"Final norm bias", "β"},
	"lm_head.weight":     {"Output table", "W_U, lm_head"},
}

// Title names a step or weight in plain words: "Attention result".
func (i Info) Title() string { return titles[baseName(i.Name)].plain }

// Term is what papers and programs call it: "output projection, W_O".
func (i Info) Term() string { return titles[baseName(i.Name)].term }

// TitleFor names a weight where a step reads it: of a layer that makes several steps, "Query
// weights" is the part that makes this one.
func (i Info) TitleFor(reader Info) string {
	for _, in := range reader.Inputs {
		if in.Name == i.Name && in.Cols < i.Cols {
			if i.RowAxis == AxisOne {
				return reader.Title() + " bias"
			}
			return reader.Title() + " weights"
		}
	}
	return i.Title()
}

// blockName begins the names of what stands in block l.
func blockName(l int) string { return "h." + strconv.Itoa(l) + "." }

// InLastBlock returns a name in which "h.last." stands for the last block with that block's
// number. Other names are returned as they are.
func (c Config) InLastBlock(name string) string {
	if rest, ok := strings.CutPrefix(name, "h.last."); ok {
		return blockName(max(0, c.Blocks-1)) + rest
	}
	return name
}

// HeadName returns the name of head h of block l, with which those of its steps begin:
// "h.1.attn.head.2".
func HeadName(l, h int) string { return blockName(l) + "attn.head." + strconv.Itoa(h) }

// ParseHeadName takes apart a name that begins with HeadName: block, head, and what stands
// behind the next dot, if anything does.
func ParseHeadName(name string) (l, h int, rest string, ok bool) {
	l, rest, ok = parseBlockName(name)
	number, rest, _ := strings.Cut(strings.TrimPrefix(rest, "attn.head."), ".")
	h, err := strconv.Atoi(number)
	head := HeadName(l, h)
	if !ok || err != nil || h < 0 || name != head && !strings.HasPrefix(name, head+".") {
		return 0, 0, "", false
	}
	return l, h, rest, true
}

// baseName returns a name without its block and head: "scores" of "h.1.attn.head.2.scores".
func baseName(name string) string {
	if _, _, rest, ok := ParseHeadName(name); ok {
		return rest
	}
	if _, rest, ok := parseBlockName(name); ok {
		return rest
	}
	return name
}
