package quality

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Write writes the report as Markdown. It holds nothing of the time and of the machine, so the same
// result gives the same bytes.
func Write(w io.Writer, r Result) error {
	var b bytes.Buffer
	b.WriteString("# What the model has learned\n\n")
	about(&b, r)
	verdict(&b, r)
	rounding(&b, r)
	losses(&b, r)
	picture(&b, r)
	probes(&b, r)
	wrongAnswers(&b, r)
	writings(&b, r)
	_, err := w.Write(b.Bytes())
	return err
}

func about(b *bytes.Buffer, r Result) {
	c := r.Config
	b.WriteString("All numbers here are measured on the weights, and texts are as the model wrote them.\n\n| | |\n|---|---|\n")
	row(b, "model", fmt.Sprintf("V=%d, T=%d, C=%d, %d blocks of %d heads", c.Vocab, c.Context, c.Width, c.Blocks, c.Heads))
	if row(b, "weights", fmt.Sprint(c.Parameters())); c.Distinct > 0 {
		row(b, "tokens that occur", fmt.Sprintf("%d; all others share one row, %d weights without that", c.Distinct-1, c.Expanded().Parameters()))
	}
	for _, f := range r.Options.About {
		row(b, escape(f.Name), escape(f.Value))
	}
	row(b, "corpus", fmt.Sprintf("seed %d, %d training documents", r.Options.Seed, r.Options.Documents))
	if r.Counted < r.Options.Documents {
		row(b, "baselines, 12-grams", fmt.Sprintf("from %d of the training documents alone: a quick look", r.Counted))
	}
}

func verdict(b *bytes.Buffer, r Result) {
	b.WriteString("\n## What it must reach\n\n| demand | found | |\n|---|---|---|\n")
	for _, d := range r.demands() {
		held := "holds"
		if !d.held {
			held = "**fails**"
		}
		row(b, d.what, escape(d.found), held)
	}
}

// rounding compares with what was measured before the weights were rounded.
func rounding(b *bytes.Buffer, r Result) {
	if len(r.Options.Unrounded) == 0 {
		return
	}
	b.WriteString("\n## What rounding has changed\n\nThe weights were rounded for the file after the training had measured them.\n\n| measured | before | now |\n|---|--:|--:|\n")
	for _, f := range r.Facts() {
		if before, known := r.Options.Unrounded[f.Name]; known && !strings.HasSuffix(f.Name, "gram_loss") { // those are not the model's
			row(b, escape(strings.ReplaceAll(f.Name, "_", " ")), escape(before), escape(f.Value))
		}
	}
}

func losses(b *bytes.Buffer, r Result) {
	fmt.Fprintf(b, `
## Loss on held-out documents

%d tokens of documents, each with a combination that no training document holds. The documents are joined by
`+"`<|endoftext|>`"+` and cut to the context; no predictor sees what stands before its window. The bigram and the
trigram model are counted on %d training documents, with interpolated Kneser–Ney smoothing (Chen and Goodman,
TR-10-98, Harvard 1998) that rests on 1/V.

| predictor | nats per token | perplexity |
|---|--:|--:|
`, r.Loss.Tokens, r.Counted)
	row(b, "uniform guess, ln V", fmt.Sprintf("%.4f", r.Uniform), fmt.Sprint(r.Config.Vocab))
	for _, l := range []struct {
		name string
		Loss
	}{{"bigram", r.Bigram}, {"trigram", r.Trigram}, {"**the model**", r.Loss}} {
		row(b, l.name, fmt.Sprintf("%.4f ± %.4f", l.Mean(), l.Error()), fmt.Sprintf("%.2f", l.Perplexity()))
	}
}

// picture shows the picture of the losses.
func picture(b *bytes.Buffer, r Result) {
	if r.Options.Curve != "" {
		fmt.Fprintf(b, "\nOn the way, in training and on held-out texts:\n\n![The losses during the training](%s)\n", r.Options.Curve)
	}
}

func probes(b *bytes.Buffer, r Result) {
	b.WriteString(`
## Probes

Beginnings of held-out documents after which one word alone is right. An answer is the token with the
largest logit, and counts if it is the first of that word.

| kind | probes | model | bigram | trigram |
|---|--:|--:|--:|--:|
`)
	for _, p := range r.Probes {
		cells := []string{p.Kind, fmt.Sprint(p.Model.All)}
		for _, s := range []Share{p.Model, p.Bigram, p.Trigram} {
			cells = append(cells, fmt.Sprintf("%.1f %%", 100*s.Of()))
		}
		row(b, cells...)
	}
}

func wrongAnswers(b *bytes.Buffer, r Result) {
	title := "\nThe first wrong answers of each kind:\n\n"
	for _, p := range r.Probes {
		for _, w := range p.Wrong {
			fmt.Fprintf(b, "%s- %s: %s → %s (%.1f %%), but the model says %s\n", title, p.Kind, escape(w.Prompt),
				escape(w.Expected), 100*w.Probability, escape(w.Got))
			title = ""
		}
	}
}

func writings(b *bytes.Buffer, r Result) {
	fmt.Fprintf(b, `
## What it writes

After each prompt (in bold) the model goes on, once with the most likely token each time, once with tokens drawn at
temperature %v, top-p %v, seed %d. It stops where it ends the document (∎), or with the sentence
after %d tokens.

Sentences accepted: %v. They are judged by a grammar and a dictionary that share nothing but a list of words with
what writes the training documents.

%d-grams verbatim from training: %v. Counted are those of GPT-2's tokens that end in the
continuation; of held-out documents, which the same generator wrote, it is %v.
`, r.Sampling.Temperature, r.Sampling.TopP, r.Sampling.Seed, minTokens, r.Sentences(), longGram, r.Verbatim, r.Natural)
	for i, w := range r.Writings {
		if i == 0 || w.Prompt != r.Writings[i-1].Prompt {
			fmt.Fprintf(b, "\n### %s\n", escape(w.Prompt))
		}
		writing(b, w)
	}
}

// writing shows a text, and what is wrong with it.
func writing(b *bytes.Buffer, w Writing) {
	how, end := "Most likely", ""
	if w.Sampled {
		how = "Drawn"
	}
	if w.Ended {
		end = " ∎"
	}
	fmt.Fprintf(b, "\n%s, %d tokens:\n\n> **%s**%s%s\n", how, w.Tokens, quoted(w.Prompt), quoted(w.Text), end)
	var faults []string
	for _, s := range w.Sentences {
		if !s.OK {
			faults = append(faults, fmt.Sprintf("refused, %s: %s", escape(s.Reason), escape(s.Text)))
		}
	}
	if w.Again != "" {
		faults = append(faults, "three times:"+escape(w.Again))
	}
	for i, f := range faults {
		if i == 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(b, "- %s\n", f)
	}
}

func row(b *bytes.Buffer, cells ...string) {
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

// escape returns text on one line, with what Markdown would read as its own behind a backslash.
func escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune("\\`*_{}[]<>#|~&", r) {
			b.WriteByte('\\')
		}
		if r == '\n' {
			r = ' '
		}
		b.WriteRune(r)
	}
	return b.String()
}

// quoted is escape with the lines of a text in a quotation.
func quoted(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = escape(lines[i])
	}
	return strings.Join(lines, "\\\n> ")
}

// readable returns bytes as text, with those that are no character as "<0xE4>".
func readable(text []byte) string {
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&b, "<0x%02X>", text[0])
		} else {
			b.Write(text[:size])
		}
		text = text[size:]
	}
	return b.String()
}
