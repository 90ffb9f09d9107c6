// Package model is a GPT in float32 that keeps every number it computes: its sizes and
// weights, the steps of a run, sampling, and the explanation of each number.
//
// Sizes have one letter each, in every comment of this repository:
//
//	T  tokens in the context        H  heads               A  size of one head, C/H
//	C  width of the residual stream L  transformer blocks  V  words in the vocabulary
//
// and one more where tokens of the vocabulary share rows of the token embedding (see
// [Sharing]): D, the rows that differ. Shapes are those of V all the same.
//
// Begin with [GPT2.forward] in gpt2.go, or with [Llama.forward] in llama.go: each is a whole network, once, in the order
// of the papers. It records a [Trace], the list of [Step]s with their operations, inputs
// and shapes. [Trace.Run] then fills the steps with numbers, and [Trace.Explain] says of
// any number which others it was made from.
//
// The first family is GPT-2 (Radford et al., "Language Models are Unsupervised
// Multitask Learners", 2019): learned positions, layer norm before each sublayer, causal
// attention (Vaswani et al., "Attention Is All You Need", 2017), the tanh form of GELU
// (Hendrycks and Gimpel, arXiv:1606.08415). Weights carry the tensor names of the
// published checkpoints, and linear weights are stored (in, out), as there. The second is Llama, with its kin; what
// differs stands above its forward.
package model
