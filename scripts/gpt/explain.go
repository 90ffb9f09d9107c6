package main

import (
	"fmt"
	"io"
	"strconv"

	"glassbox/model"
)

// explain prints how one number of a run came about.
func explain(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("explain", "STEP ROW COL", "Shows how one number came about: the operation, and the cells that it read.\nSTEP is a step or weight as gpt run names it; rows and columns count from 0.\nThe steps sample.* are those of a draw at temperature 1 from all tokens.", out)
	in.flags(fs)
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() != 3 {
		fs.Usage()
		return fmt.Errorf("expected STEP ROW COL, got %d arguments", fs.NArg())
	}
	row, err := strconv.Atoi(fs.Arg(1))
	if err != nil {
		return fmt.Errorf("the row is %q; expected a whole number", fs.Arg(1))
	}
	col, err := strconv.Atoi(fs.Arg(2))
	if err != nil {
		return fmt.Errorf("the column is %q; expected a whole number", fs.Arg(2))
	}
	m, _, ids, err := in.load()
	if err != nil {
		return err
	}
	tr, err := m.Forward(ids)
	if err != nil {
		return err
	}
	if len(ids) > 0 {
		if _, err := tr.Sample(model.Sampling{Temperature: 1, Seed: 1}); err != nil {
			return err
		}
	}
	e, err := tr.Explain(fs.Arg(0), row, col)
	if err != nil {
		return err
	}
	printExplanation(tr, e, out)
	return nil
}

func printExplanation(tr *model.Trace, e model.Explanation, out io.Writer) {
	if e.Masked && tr.Tensor(e.Name).Causal {
		fmt.Fprintf(out, "%s (%d, %d) is masked: token %d is later than token %d\n", e.Name, e.Row, e.Col, e.Col, e.Row)
		return
	}
	if e.Masked {
		fmt.Fprintf(out, "%s (%d, %d) is masked: a filter of sampling has dropped token %d\n", e.Name, e.Row, e.Col, e.Col)
		return
	}
	fmt.Fprintf(out, "%s (%d, %d) = %v\n%s: %s\n", e.Name, e.Row, e.Col, e.Value, e.Op, e.Op.Formula())
	if e.Op == model.OpScale {
		fmt.Fprintf(out, "factor = %v\n", e.Factor)
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
