package main

import (
	"fmt"
	"io"
	"strconv"

	"glassbox/model"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/quant"
)

// explain prints how one number of a run came about.
func explain(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("explain", "STEP ROW COL", "Shows how one number came about: the operation, and the cells that it read.\nSTEP is a step or weight as gpt run names it, or a weight as its file does; rows and columns count from 0.\nOf a weight in few bits it shows the block, and the numbers of which it is made.\nThe steps sample.* are those of a draw at temperature 1 from all tokens.", out)
	in.flags(fs)
	others, err := parse(fs, args, 3)
	if err != nil {
		return err
	}
	if len(others) != 3 {
		fs.Usage()
		return fmt.Errorf("expected STEP ROW COL, got %d arguments", len(others))
	}
	row, err := strconv.Atoi(others[1])
	if err != nil {
		return fmt.Errorf("the row is %q; expected a whole number", others[1])
	}
	col, err := strconv.Atoi(others[2])
	if err != nil {
		return fmt.Errorf("the column is %q; expected a whole number", others[2])
	}
	m, _, ids, err := in.load()
	if err != nil {
		return err
	}
	tr, err := in.forward(m, ids)
	if err != nil {
		return err
	}
	if len(ids) > 0 {
		if _, err := tr.Sample(model.Sampling{Temperature: 1, Seed: 1}); err != nil {
			return err
		}
	}
	e, err := tr.Explain(ours(tr, others[0]), row, col)
	if err != nil {
		return err
	}
	printExplanation(tr, e, out)
	return nil
}

// ours returns the name of a weight that has another one in its file; any other name is returned as it is.
func ours(tr *model.Trace, name string) string {
	for _, p := range tr.Model.Parameters() {
		if p.Alias != "" && p.Alias == name && tr.Tensor(name) == nil {
			return p.Name
		}
	}
	return name
}

func printExplanation(tr *model.Trace, e model.Explanation, out io.Writer) {
	if t := tr.Tensor(e.Name); e.Masked && t.Causal && e.Col < e.Row {
		fmt.Fprintf(out, "%s (%d, %d) is masked: in this block token %d looks at %d tokens at most, itself included, and token %d is further back\n", e.Name, e.Row, e.Col, e.Row, t.Window, e.Col)
		return
	}
	if e.Masked && tr.Tensor(e.Name).Causal {
		fmt.Fprintf(out, "%s (%d, %d) is masked: token %d is later than token %d\n", e.Name, e.Row, e.Col, e.Col, e.Row)
		return
	}
	if e.Masked {
		fmt.Fprintf(out, "%s (%d, %d) is masked: a filter of sampling has dropped token %d\n", e.Name, e.Row, e.Col, e.Col)
		return
	}
	fmt.Fprintf(out, "%s (%d, %d) = %v\n%s: %s\n", e.Name, e.Row, e.Col, e.Value, e.Op, e.Op.Formula())
	printSettings(e, out)
	printPlace(tr.Tensor(e.Name), e, out)
	if p, ok := tr.Tensor(e.Name).Parts(e.Row, e.Col); ok && e.Op == model.OpWeight {
		printParts(tr.Tensor(e.Name), p, out)
	}
	for _, o := range e.Operands {
		cols := tr.Tensor(o.Tensor).Cols
		last := o.Start + (o.Count-1)*o.Stride
		fmt.Fprintf(out, "%-9s %s (%d, %d)", o.Role, o.Tensor, o.Start/cols, o.Start%cols)
		if o.Count > 1 {
			fmt.Fprintf(out, " to (%d, %d)", last/cols, last%cols)
		}
		fmt.Fprintln(out)
		values := tr.Values(o)
		for i, v := range values {
			if v != v {
				fmt.Fprintf(out, "%12s", "masked")
			} else {
				fmt.Fprintf(out, "%12.6f", v)
			}
			if i%6 == 5 || i == len(values)-1 {
				fmt.Fprintln(out)
			}
		}
	}
}

// printSettings prints the number of the formula that is no cell, where it has one.
func printSettings(e model.Explanation, out io.Writer) {
	switch e.Op {
	case model.OpScale:
		fmt.Fprintf(out, "factor = %v\n", e.Factor)
	case model.OpAngle:
		fmt.Fprintf(out, "position = %d\nfrequency = %v\n", e.Row, e.Factor)
	case model.OpRotate:
		sign := "+"
		if e.Factor < 0 {
			sign = "−"
		}
		fmt.Fprintf(out, "± is %s\n", sign)
	case model.OpRMS, model.OpStd:
		fmt.Fprintf(out, "ε = %v\n", e.Factor)
	case model.OpTemperature:
		fmt.Fprintf(out, "temperature = %v\n", e.Factor)
	case model.OpTopK:
		fmt.Fprintf(out, "k = %v\n", e.Limit)
	case model.OpTopP:
		fmt.Fprintf(out, "p = %v\n", e.Limit)
	}
}

// printPlace prints where a file has a weight, if that has another name there, or another row or column.
func printPlace(t *model.Tensor, e model.Explanation, out io.Writer) {
	switch {
	case e.Stored != nil:
		fmt.Fprintf(out, "in the file %s (%d, %d)\n", safetensors.Legible(e.Stored.Tensor), e.Stored.Row, e.Stored.Col)
	case t.Alias != "":
		fmt.Fprintf(out, "in the file %s\n", safetensors.Legible(t.Alias))
	}
}

// printParts prints how a weight is made that its file holds in few bits: which block, its numbers, and what becomes of them.
func printParts(t *model.Tensor, p quant.Parts, out io.Writer) {
	if !p.Type.Quantised() {
		fmt.Fprintf(out, "held as %s\n", p.Type)
		return
	}
	fmt.Fprintf(out, "held as %s: block %d of its row there, value %d of the block", p.Type, p.Block, p.Place)
	if form := p.Type.Form(); form == quant.SuperScaled || form == quant.SuperMin {
		fmt.Fprintf(out, ", sub-block %d", p.Sub)
	}
	fmt.Fprintln(out)
	level := fmt.Sprintf("q = %d", p.Q)
	switch {
	case p.Type.FromTable():
		level += fmt.Sprintf(", for which the table has %d", p.Level)
	case p.Less != 0:
		level += fmt.Sprintf(" − %d = %d", p.Less, p.Level)
	}
	scale := fmt.Sprintf("scale = %d", p.Scale)
	if p.ScaleLess != 0 {
		scale = fmt.Sprintf("scale = %d − %d = %d", p.ScaleBits, p.ScaleLess, p.Scale)
	}
	switch p.Type.Form() {
	case quant.Scaled:
		fmt.Fprintf(out, "d = %v, %s\nd · q = %v\n", p.D, level, p.Value())
	case quant.Shifted:
		fmt.Fprintf(out, "d = %v, m = %v, %s\nd · q + m = %v\n", p.D, p.M, level, p.Value())
	case quant.SuperScaled:
		fmt.Fprintf(out, "d = %v, %s, %s\n(d · scale) · q = %v\n", p.D, scale, level, p.Value())
	case quant.SuperMin:
		fmt.Fprintf(out, "d = %v, dmin = %v, %s, min = %d, %s\n(d · scale) · q − dmin · min = %v\n", p.D, p.M, scale, p.Min, level, p.Value())
	}
}
