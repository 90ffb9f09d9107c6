package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"glassbox/model"
)

// run prints every step of a run.
func run(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("run", "", "Shows each step of a run. A step is two lines: its name, its shape as (ROWS, COLUMNS), a row for each token, and its formula;\nthen the first 8 numbers of its last row, and from which to which the others go.", out)
	in.flags(fs)
	asJSON := fs.Bool("json", false, `write {"ids", "steps": [{"name", "op", "inputs", "shape", "values"}]} with all values, masked ones null`)
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	m, words, ids, err := in.load()
	if err != nil {
		return err
	}
	tr, err := in.forward(m, ids)
	if err != nil {
		return err
	}
	if f := tr.Overflow(); f != nil {
		in.note(f.Sentence())
	}
	if *asJSON {
		return writeRun(tr, out)
	}
	fmt.Fprintf(out, "%s, %d blocks of %d heads, width %d, vocabulary %d; %s\n",
		parameters(m.Config), m.Config.Blocks, m.Config.Heads, m.Config.Width, m.Config.Vocab, kernelName())
	for t, id := range ids {
		unseen := ""
		if m.Unseen(id) {
			unseen = "  (not seen in training)"
		}
		fmt.Fprintf(out, "token %d  %s  id %d%s\n", t, word(words, id), id, unseen)
	}
	for _, s := range tr.Steps {
		fmt.Fprintf(out, "\n%s  (%d, %d)  %s\n  %s\n", s.Name, s.Rows, s.Cols, s.Op.Formula(), lastRow(s))
	}
	return nil
}

// lastRow shows the first values of a step's last row, and how they range.
func lastRow(s *model.Step) string {
	if s.Rows == 0 {
		return "no rows yet"
	}
	row := s.Row(s.Rows - 1)
	low, high := row[0], row[0]
	var b strings.Builder
	for i, v := range row {
		low, high = min(low, v), max(high, v)
		if i < 8 {
			fmt.Fprintf(&b, "%9.4f", v)
		}
	}
	if len(row) > 8 {
		fmt.Fprintf(&b, "  … %d more, %.4f to %.4f", len(row)-8, low, high)
	}
	return b.String()
}

// stepJSON is a step as programs read it, without its values, which follow.
type stepJSON struct {
	Name   string   `json:"name"`
	Op     model.Op `json:"op"`
	Inputs []string `json:"inputs"`
	Shape  [2]int   `json:"shape"`
}

// writeRun writes the trace as JSON, value by value: the text of a whole trace would take
// many times the memory of the trace.
func writeRun(tr *model.Trace, out io.Writer) error {
	ids, err := json.Marshal(append([]int{}, tr.IDs()...))
	if err != nil {
		return err
	}
	fmt.Fprintf(out, `{"ids":%s,"steps":[`, ids)
	for i, s := range tr.Steps {
		j := stepJSON{s.Name, s.Op, []string{}, [2]int{s.Rows, s.Cols}}
		for _, in := range s.Inputs {
			j.Inputs = append(j.Inputs, in.Name)
		}
		head, err := json.Marshal(j)
		if err != nil {
			return err
		}
		if i > 0 {
			io.WriteString(out, ",\n")
		}
		fmt.Fprintf(out, `%s,"values":[`, head[:len(head)-1])
		if err := writeValues(s, out); err != nil {
			return err
		}
		io.WriteString(out, "]}")
	}
	_, err = io.WriteString(out, "]}\n")
	return err
}

// writeValues writes the values of a step, row by row, with commas between. A masked
// cell is null, and so is what JSON has no number for: NaN and the infinities.
func writeValues(s *model.Step, out io.Writer) error {
	var line []byte
	for r := range s.Rows {
		line = line[:0]
		for c := range s.Cols {
			if r+c > 0 {
				line = append(line, ',')
			}
			v, ok := s.At(r, c)
			if f := float64(v); !ok || math.IsNaN(f) || math.IsInf(f, 0) {
				line = append(line, "null"...)
			} else {
				line = strconv.AppendFloat(line, f, 'g', -1, 32)
			}
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return nil
}
