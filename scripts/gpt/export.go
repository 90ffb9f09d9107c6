package main

import (
	"fmt"
	"io"
	"os"

	"glassbox/model/safetensors"
)

// export writes the model in the shape of the published GPT-2 checkpoints.
func export(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("export", "", "Writes the model as a safetensors file of the published shape: GPT-2's names, linear weights\n"+
		"stored (in, out), and a row of wte.weight for each token, (V, C). A model whose tokens share\n"+
		"rows holds fewer, and the index wte.index, which other programs don't know.", out)
	in.modelFlags(fs)
	to := fs.String("out", "", "the `file` to write")
	half := fs.Bool("half", false, "write matrices as F16, half the size, rather than F32; a weight keeps 11 bits")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *to == "" {
		return fmt.Errorf("-out is missing; expected the file to write")
	}
	imported, err := in.read()
	if err != nil {
		return err
	}
	if imported.Model.GPT2 == nil {
		return fmt.Errorf("this is a %s, and no GPT-2; gpt convert writes it", imported.Model.Config.Family.Name())
	}
	m, dtype := imported.Model.Expanded(), safetensors.F32
	if *half {
		dtype = safetensors.F16
	}
	b, err := m.SaveAs(dtype, imported.Metadata)
	if err != nil {
		return err
	}
	if err := os.WriteFile(*to, b, 0o666); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s: %d parameters, %d of them distinct; wte.weight (%d, %d), %s, %d bytes\n",
		*to, m.Config.Parameters(), imported.Model.Config.Parameters(), m.WTE.Rows, m.WTE.Cols, dtype, len(b))
	return err
}
