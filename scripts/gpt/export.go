package main

import (
	"fmt"
	"io"
	"os"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/checkpoint/convert"
	"glassbox/model/checkpoint/safetensors"
	"glassbox/scripts/train/quality"
)

// export writes the model in the shape of the published GPT-2 checkpoints.
func export(args []string, _ io.Reader, out io.Writer) error {
	var in input
	fs := newFlagSet("export", "", "Writes the model as a safetensors file of the published shape: GPT-2's names, linear weights\n"+
		"stored (in, out), and a row of wte.weight for each token, (V, C); or as a file of GGUF, with -gguf.\n"+
		"A model whose tokens share rows holds fewer, and says which, as other programs don't know: see -shared.", out)
	in.modelFlags(fs)
	to := fs.String("out", "", "the `file` to write")
	half := fs.Bool("half", false, "write matrices as F16, half the size, rather than F32; a weight keeps 11 bits")
	blocks := fs.String("gguf", "", "write GGUF, its matrices in this `type`: F32, F16, BF16, Q8_0, Q4_1 or Q4_0")
	shared := fs.Bool("shared", false, "write rows that tokens share once, for this program and the page alone")
	if _, err := parse(fs, args, 0); err != nil {
		return err
	}
	switch {
	case *to == "":
		return fmt.Errorf("-out is missing; expected the file to write")
	case *half && *blocks != "":
		return fmt.Errorf("-half and -gguf are both given; leave one out")
	}
	imported, err := in.read()
	if err != nil {
		return err
	}
	if imported.Model.GPT2 == nil {
		return fmt.Errorf("this is a %s, and no GPT-2; gpt convert writes it", imported.Model.Config.Family.Name())
	}
	m := imported.Model
	if !*shared {
		m = m.Expanded()
	}
	b, typ, err := encoded(m, *blocks, *half, imported.Metadata)
	if err != nil {
		return err
	}
	if err := os.WriteFile(*to, b, 0o666); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s: %d parameters, %d of them distinct; wte.weight (%d, %d), %s, %d bytes\n",
		*to, m.Config.Expanded().Parameters(), imported.Model.Config.Parameters(), m.Config.Rows(), m.WTE.Cols, typ, len(b))
	return err
}

// encoded returns the file of a model, and the type of its matrices: that of blocks in GGUF, or else in safetensors F16
// or F32.
func encoded(m *model.Model, blocks string, half bool, metadata map[string]string) (b []byte, typ string, err error) {
	typ = safetensors.F32
	if half {
		typ = safetensors.F16
	}
	if blocks == "" {
		b, err = checkpoint.SaveAs(m, typ, metadata)
		return b, typ, err
	}
	as, err := typeOf("-gguf", blocks)
	if err != nil {
		return nil, "", err
	}
	flags := "-gguf " + as.String()
	if m.Sharing != nil {
		flags += " -shared"
	}
	if m.Config.Alphabet != "" {
		return nil, "", fmt.Errorf("GGUF has no word for an alphabet; leave out -gguf, or write it with gpt convert, which leaves out the alphabet")
	}
	w, err := convert.GGUF(&checkpoint.Imported{Model: m, Metadata: rounded(metadata, flags)}, as, "", nil)
	if err != nil {
		return nil, "", err
	}
	return w.Bytes, as.String(), nil
}

// rounded returns the metadata of a model whose weights have been rounded by export with these flags: what was measured is what was
// measured before.
func rounded(metadata map[string]string, flags string) map[string]string {
	list := map[string]string{}
	for key, value := range metadata {
		if quality.Measured(key) {
			key = quality.Unrounded + key
		}
		list[key] = value
	}
	if by := list["made_by"]; by != "" {
		list["made_by"] = by + ", then go run ./scripts/gpt export " + flags
	}
	return list
}
