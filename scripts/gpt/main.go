// Command gpt runs a model in the terminal, and shows how its numbers came about.
//
//	go run ./scripts/gpt run -text CBABBC
//	go run ./scripts/gpt generate -text CBABBC -tokens 6 -greedy
//	go run ./scripts/gpt explain -text CBABBC h.0.attn.head.1.scores 5 3
//	go run ./scripts/gpt run -text CBABBC -edit off:h.1.attn.head.2
//	go run ./scripts/gpt lens -text CBABBC
//	go run ./scripts/gpt attribute -text CBABBC -token 0 -against 1
//	go run ./scripts/gpt patch -clean 2,1,0,1,1,2 -corrupt 2,1,1,1,1,2 -token 0 -against 1
//	go run ./scripts/gpt heads -half 1,2,0,1
//	go run ./scripts/gpt surprise -text CBABBC
//	go run ./scripts/gpt tokenize "How to predict"
//	go run ./scripts/gpt convert -model FOLDER -o model.gguf -type Q8_0
//	go run ./scripts/gpt bench
//	go run ./scripts/gpt random -shape llama-3.2-1b -o dist/random.gguf
//	go run ./scripts/gpt serve -model FILE
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

const usage = `gpt runs a GPT in the terminal, and shows how its numbers came about.

  gpt run       each step of a run as text: its name, formula, shape and numbers
  gpt generate  the text that the model writes on
  gpt explain   STEP ROW COL: the operation of one number, and the cells that it read
  gpt lens      what the model would say after each half of a block
  gpt attribute what each part of the network adds to the logit of a token
  gpt patch     which parts of a run of one text bring back its answer in that of another
  gpt heads     what each head looks at in a text that is repeated
  gpt surprise  how many bits each token of a text holds for the model
  gpt tokenize  the tokens of a text under GPT-2's vocabulary or a model's, and their merges
  gpt convert   the model as a file that other programs read, or in fewer bits: safetensors, GGUF
  gpt bench     the speed of this machine on a model
  gpt random    a model of a published shape that has learned nothing, to measure with
  gpt serve     the page on this machine, with the model computed by all of its cores

Each command lists its options with -h; -model and --model are the same. The model is static/models/sort.safetensors
unless -model names another file or folder: a GPT-2, also as nanoGPT and minGPT
train it, or a Llama and its kin (Mistral, SmolLM2, TinyLlama, Qwen2, Qwen3), as
safetensors, as GGUF, or as torch.save writes tensors (nothing in it is run). The
other parts of weights in several files and config.json are found beside a file.
What is left open and was assumed is printed to standard error.
`

// A command of gpt: it reads its arguments and writes to out.
type command func(args []string, in io.Reader, out io.Writer) error

var commands = map[string]command{
	"run": run, "generate": generate, "explain": explain, "tokenize": tokenize, "convert": convertModel, "bench": bench, "random": randomModel, "serve": serveModel,
	"lens": lensCommand, "attribute": attribute, "patch": patch, "heads": heads, "surprise": surprise,
}

func main() {
	out := bufio.NewWriter(os.Stdout)
	err := dispatch(os.Args[1:], os.Stdin, out)
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "gpt:", err)
		os.Exit(1)
	}
}

// parse reads the options of a command, which may stand before, between and behind its other arguments, and returns these: most at
// most. What follows "--" is no option, nor is a number below 0.
func parse(fs *flag.FlagSet, args []string, most int) (others []string, err error) {
	for len(args) > 0 {
		if negative(args[0]) {
			others, args = append(others, args[0]), args[1:]
			continue
		}
		before := len(args)
		if err := fs.Parse(args); err != nil {
			return nil, err
		}
		rest := fs.Args()
		if at := before - len(rest); at > 0 && args[at-1] == "--" {
			others = append(others, rest...)
			break
		}
		if args = rest; len(args) > 0 {
			others, args = append(others, args[0]), args[1:]
		}
	}
	if len(others) > most {
		return nil, fmt.Errorf("%q is more than gpt %s takes; options begin with -, and -h lists them", others[most], fs.Name())
	}
	return others, nil
}

// negative reports whether an argument is a number below 0, and no option.
func negative(arg string) bool {
	return len(arg) > 1 && arg[0] == '-' && '0' <= arg[1] && arg[1] <= '9'
}

// dispatch calls the command that the first argument names.
func dispatch(args []string, in io.Reader, out io.Writer) error {
	if len(args) == 0 || args[0] == "-h" || args[0] == "--help" || args[0] == "help" {
		_, err := io.WriteString(out, usage)
		return err
	}
	c, ok := commands[args[0]]
	if !ok {
		return fmt.Errorf("there is no command %q; gpt -h lists them", args[0])
	}
	return c(args[1:], in, out)
}
