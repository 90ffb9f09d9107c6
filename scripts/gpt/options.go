package main

import (
	"flag"
	"fmt"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/model/checkpoint"
	"glassbox/model/fault"
	"glassbox/tokenizer/published"
)

// openFlags adds the options that say what the files of a model leave open.
func (in *input) openFlags(fs *flag.FlagSet) {
	fs.IntVar(&in.heads, "heads", 0, "the number of attention `heads`, which no shape tells (0: as the file says, or else so many that each has 64 numbers, in a Llama 64 or 128)")
	fs.StringVar(&in.activation, "activation", "", "the `curve` of the feed-forward networks: "+activations()+"; gelu_new is GELU in its tanh form, gelu that by erf (default: as the file says, or else gelu_new in a GPT-2, silu in a Llama)")
	fs.StringVar(&in.theta, "theta", "", "rope_theta of a Llama, a `number` above 1 by which its queries and keys turn (default: as the file says, or else 10000)")
	fs.StringVar(&in.epsilon, "epsilon", "", "the `number` between 0 and 1 that norms add before they divide (default: as the file says, or else 1e-5; 1e-6 in a Llama whose configuration leaves it out)")
	fs.IntVar(&in.context, "context", 0, "the most `tokens` that a Llama reads at once (0: as the file says, or else 2048)")
	fs.StringVar(&in.tied, "tied", "", "whether the output is the token embedding again, `yes or no` (default: as the file says, or else if it has only one of the two)")
	in.splitFlag(fs)
}

// splitFlag adds the option that says how a text is cut.
func (in *input) splitFlag(fs *flag.FlagSet) {
	fs.StringVar(&in.split, "split", "", "the `way` in which a byte-level tokenizer cuts a text into words: that of "+either(published.Splits())+" (default: as the files say, or else what its tokens tell)")
}

// activations lists the names of those that are computed here.
func activations() string {
	var names []string
	for _, a := range model.Activations() {
		names = append(names, a.Name())
	}
	return either(names)
}

// either lists several names of which one is meant.
func either(names []string) string {
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// options returns what is said about the files, which the model takes over.
func (in *input) options() (o checkpoint.Options, err error) {
	o = checkpoint.Options{Heads: in.heads, Context: in.context, Owned: true}
	if in.activation != "" {
		a, ok := model.ActivationOf(in.activation)
		if !ok {
			return o, fmt.Errorf("-activation is %q; expected %s", in.activation, activations())
		}
		o.Activation = &a
	}
	if in.theta != "" {
		if o.Theta, err = strconv.ParseFloat(in.theta, 64); err != nil || !model.ThetaFits(o.Theta) {
			return o, fmt.Errorf("-theta is %q; expected a number above 1, such as 10000", in.theta)
		}
	}
	if in.epsilon != "" {
		e, err := strconv.ParseFloat(in.epsilon, 32)
		if o.Epsilon = float32(e); err != nil || !model.EpsilonFits(o.Epsilon) {
			return o, fmt.Errorf("-epsilon is %q; expected a number above 0 and below 1, such as 1e-5", in.epsilon)
		}
	}
	switch yes := in.tied == "yes"; {
	case yes || in.tied == "no":
		o.Tied = &yes
	case in.tied != "":
		return o, fmt.Errorf("-tied is %q; expected yes or no", in.tied)
	}
	if in.context != 0 && !model.ContextFits(in.context) {
		return o, fmt.Errorf("-context is %d; expected 1 to %d", in.context, model.MaxContext)
	}
	o.Split, err = in.cut()
	return o, err
}

// cut returns the way in which a text is cut; "": as the files say.
func (in *input) cut() (split string, err error) {
	if in.split == "" {
		return "", nil
	}
	split, ok := published.SplitOf(in.split)
	if !ok {
		return "", fmt.Errorf("-split is %q; expected %s", in.split, either(published.Splits()))
	}
	return split, nil
}

// changing lists by which option each assumption is changed, by the kind of the note that says it.
var changing = map[string]string{
	"headsAssumed": "-heads", "headsAssumedLlama": "-heads", "activationAssumed": "-activation", "siluAssumed": "-activation", "thetaAssumed": "-theta",
	"epsilonAssumed": "-epsilon", "contextAssumed": "-context", "tiedAssumed": "-tied", "preAssumed": "-split",
}

// remark prints remarks about the files, and how to change what was assumed.
func (in *input) remark(notes []*fault.Fault) {
	for _, n := range notes {
		sentence := n.Sentence()
		if option, ok := changing[n.Kind]; ok {
			sentence += " " + option + " changes that."
		}
		in.note(sentence)
	}
}
