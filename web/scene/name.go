package scene

import (
	"strconv"
	"strings"

	"glassbox/model"
)

// Title returns what a tensor is called in the scene: "scores", "q weights", "ln_1".
// reader is the step that reads a weight, for the tied table is called after its use.
func Title(name, reader string) string {
	last := name[strings.LastIndexByte(name, '.')+1:]
	if last == "weight" || last == "bias" {
		return weightTitle(name, reader, last)
	}
	if t, ok := map[string]string{
		"embed.token": "token vectors", "embed.position": "position vectors", "embed.sum": "sum",
		"sample.top_k": "top k", "sample.top_p": "top p", "sample.probabilities": "chances", "sample.token": "drawn",
	}[name]; ok {
		return t
	}
	for end, t := range map[string]string{
		".mean": "mean", ".std": "std", ".max": "max", ".sum": "Σ exp", "attn.concat": "heads joined", "attn.proj": "attn out",
		"mlp.up": "fc", "mlp.gelu": "gelu", "mlp.down": "mlp out", "residual_1": "residual", "residual_2": "residual",
	} {
		if strings.HasSuffix(name, end) {
			if name == "sample.probabilities.sum" {
				return "Σ"
			}
			return t
		}
	}
	return last
}

// weightTitle returns what a weight is called.
func weightTitle(name, reader, last string) string {
	switch {
	case name == "wpe.weight":
		return "position embedding"
	case name == "wte.weight" && reader != "logits":
		return "token embedding"
	case name == "wte.weight" || name == "lm_head.weight":
		return "output weights"
	}
	parts := strings.Split(name, ".")
	layer := parts[max(len(parts)-2, 0)]
	what := map[string]string{"weight": "weights", "bias": "bias"}[last]
	switch {
	case strings.HasPrefix(layer, "ln_"):
		return layer + map[string]string{"weight": " gain", "bias": " bias"}[last]
	case layer == "c_attn" && reader != "":
		return reader[strings.LastIndexByte(reader, '.')+1:][:1] + " " + what
	case layer == "c_fc":
		return "fc " + what
	case layer == "c_proj" && strings.Contains(name, ".mlp."):
		return "mlp " + what
	}
	return "proj " + what
}

// shape returns the sizes of what a panel's stack shows, in the letters of the legend:
// "T × C". A reader of a weight sees in × out.
func shape(p part, s *model.Info, c model.Config) string {
	if s.Op == model.OpWeight {
		return symbol(p.rows, p, s, c, true) + " × " + symbol(p.cols, p, s, c, false)
	}
	rows := "T"
	if strings.HasPrefix(s.Name, "sample.") {
		rows = "1"
	}
	return rows + " × " + symbol(s.Cols, p, s, c, false)
}

// symbol returns the letter for one size of a tensor.
func symbol(n int, p part, s *model.Info, c model.Config, rows bool) string {
	vocabulary := p.block < 0 && (s.Op != model.OpWeight || s.Name == "wte.weight" || s.Name == "lm_head.weight")
	switch {
	case s.Causal:
		return "T"
	case n == 1:
		return "1"
	case rows && vocabulary:
		return "V"
	case rows && s.Name == "wpe.weight":
		return strconv.Itoa(s.Rows)
	case !rows && (s.Head >= 0 || s.Op == model.OpWeight && p.cols < s.Cols && p.block >= 0):
		return "A"
	case !rows && vocabulary && s.Op != model.OpWeight && s.Cols == c.Vocab && s.Op != model.OpNorm && s.Op != model.OpAdd && s.Op != model.OpLookup && s.Op != model.OpPosition:
		return "V"
	case n == c.Width:
		return "C"
	case n == 4*c.Width:
		return "4C"
	}
	return strconv.Itoa(n)
}

// numeral returns a small number as a word that begins a sentence.
func numeral(n int) string {
	words := []string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}
