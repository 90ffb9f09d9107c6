package glossary

import (
	"glassbox/model"
	"glassbox/web/run"
)

// An Entry is a word of the field, what it means, and where it can be seen.
type Entry struct {
	ID   string       // as the URL has it: "residual-stream"
	Word string       // "Residual stream"
	Also []string     // other names under which it is looked for
	Text string       // one or two plain sentences
	Seat run.Location // where it can be seen
}

// Entries returns the words that a reader of this page meets, in the order of the alphabet.
func Entries() []Entry {
	return []Entry{
		{"activation", "Activation", []string{"hidden state"}, "A number that the model computes from your text, as opposed to a weight, which it has learned. Activations are new for every text.", run.StepOf(model.PartFeedForward, model.OpLinear)},
		{"attention", "Attention", []string{"self-attention", "attention weights", "pattern"}, "How tokens read from each other: each one takes a share of what stands at the tokens before it. It is the only step in which one column of the stream sees another.", run.StepOf(model.PartAttention, model.OpSoftmax)},
		{"bias", "Bias", []string{"offset"}, "A learned number that is added to an output, whatever the input is. It moves the result up or down.", run.ReadBy(model.PartFeedForward, model.OpLinear, "bias")},
		{"block", "Block", []string{"layer", "transformer block"}, "One round of attention and feed-forward, each adding to the stream. A model is a pile of blocks that are built alike and have learned different weights.", run.AtStage(run.BlockStage(0))},
		{"causal-mask", "Causal mask", []string{"masking", "triangle"}, "A token may look at itself and at what stands before it, never at what follows. The cells of what follows are left out, so the scores fill a triangle.", run.StepOf(model.PartAttention, model.OpScale)},
		{"context", "Context", []string{"context window", "context length"}, "The tokens that the model sees at once. Its length is fixed when the model is made; what is further back is lost to it.", run.AtStage(run.StageTokenize)},
		{"dot-product", "Dot product", []string{"inner product", "similarity"}, "Two lists of numbers are multiplied pair by pair and summed up. The result is large where both point the same way, so it measures how well they fit.", run.StepOf(model.PartAttention, model.OpScores)},
		{"embedding", "Embedding", []string{"token embedding", "vector", "wte"}, "A row of learned numbers that stands for a token. The model computes with these numbers, never with letters.", run.StepOf(model.PartToken, model.OpLookup)},
		{"feed-forward", "Feed-forward", []string{"mlp", "feed forward network", "ffn"}, "Each column is widened to four times its size, bent by GELU and narrowed again. It works on every token by itself.", run.AtStage(run.PartStage(0, model.PartFeedForward))},
		{"gelu", "GELU", []string{"activation function", "non-linearity"}, "A curve that lets large numbers pass and holds negative ones back. Without such a bend, many layers could do no more than one.", run.StepOf(model.PartFeedForward, model.OpGELU)},
		{"greedy", "Greedy decoding", []string{"argmax"}, "Always taking the most likely token: what happens at temperature 0. The same text is then always continued in the same way.", run.AtStage(run.StageSample)},
		{"head", "Head", []string{"attention head", "multi-head attention"}, "One of several attentions that run side by side in a block, each with its own queries, keys and values. Each can look for something else.", run.AtStage(run.PartStage(0, model.PartAttention))},
		{"key", "Key", nil, "What a token offers to those that look for something. A query that fits the key gives a high score.", run.ReadBy(model.PartAttention, model.OpScores, "key")},
		{"key-value-cache", "Key/value cache", []string{"kv cache"}, "Keys and values of earlier tokens never change, so they are kept. Here too, a text that only grows costs no more than its new tokens.", run.ReadBy(model.PartAttention, model.OpMix, "value")},
		{"layer-norm", "Layer norm", []string{"layernorm", "normalization", "ln"}, "Brings each column to mean 0 and spread 1, then stretches and moves it by learned numbers. It keeps the numbers of a deep model on one scale.", run.StepOf(model.PartNorm1, model.OpNorm)},
		{"logit", "Logit", []string{"logits", "score of a word"}, "How well a word would fit next, as a plain number before it becomes a probability. Only the differences between logits count.", run.StepOf(model.PartOutput, model.OpUnembed)},
		{"matrix", "Matrix multiplication", []string{"matmul", "linear layer", "projection"}, "Every output is a sum of all inputs, each times its own weight. Most of a model's work is this.", run.StepOf(model.PartProjection, model.OpLinear)},
		{"parameter", "Parameter", []string{"weight", "learned number"}, "A number that training has set and that no longer changes. They all stand in the weights, drawn in one hue.", run.ReadBy(model.PartAttention, model.OpLinear, "weight")},
		{"position-embedding", "Position embedding", []string{"positional encoding", "wpe"}, "A row of learned numbers for each place in the text, added to the token's own. Without it the model could not tell the order of the words.", run.StepOf(model.PartPosition, model.OpPosition)},
		{"probability", "Probability", []string{"distribution", "likelihood"}, "The share of certainty that a word gets; over the whole vocabulary they sum to 1. The next token is drawn from them.", run.StepOf(model.PartSoftmax, model.OpSoftmax)},
		{"query", "Query", nil, "What a token looks for. It is compared with the keys of all tokens before it.", run.ReadBy(model.PartAttention, model.OpScores, "query")},
		{"residual-stream", "Residual stream", []string{"spine", "skip connection", "residual"}, "The column of numbers that runs from the embedding to the end. Blocks read it and add to it; nothing is ever overwritten.", run.StepOf(model.PartProjection, model.OpAdd)},
		{"sampling", "Sampling", []string{"decoding", "drawing", "seed"}, "Drawing the next token by chance, the likely ones more often. The same seed draws the same tokens.", run.StepOf(model.PartSample, model.OpDraw)},
		{"scaling", "Scaled scores", []string{"scaled dot-product attention", "square root"}, "Scores are divided by the square root of the head's size. Otherwise softmax would give nearly everything to one token.", run.StepOf(model.PartAttention, model.OpScale)},
		{"softmax", "Softmax", []string{"normalised exponential"}, "Turns any numbers into shares that sum to 1: the exponential of each, over the sum of them all. A lead of a few points becomes a large share.", run.AtStage(run.StageSoftmax)},
		{"temperature", "Temperature", []string{"randomness"}, "Logits are divided by it before softmax. Above 1 it evens the probabilities out, below 1 it sharpens them.", run.StepOf(model.PartSample, model.OpTemperature)},
		{"token", "Token", []string{"subword", "token id"}, "A piece of text that has a number in the vocabulary: a word, a part of one, or a letter. It is the unit that the model reads and writes.", run.StepOf(model.PartTokenize, model.OpTokens)},
		{"tokenizer", "Tokenizer", []string{"bpe", "byte-pair encoding"}, "Cuts a text into tokens. That of GPT-2 begins with bytes and joins the pairs that are frequent.", run.AtStage(run.StageTokenize)},
		{"top-k", "Top-k", []string{"topk"}, "Only the k most likely tokens can be drawn; all others are dropped.", run.StepOf(model.PartSample, model.OpTopK)},
		{"top-p", "Top-p", []string{"nucleus sampling", "topp"}, "Only the most likely tokens that together reach the share p can be drawn. Where the model is sure these are few, elsewhere many.", run.StepOf(model.PartSample, model.OpTopP)},
		{"unembedding", "Unembedding", []string{"output projection", "lm_head", "output weights"}, "Compares the last column with a row of numbers for each word of the vocabulary. That gives the logits.", run.AtStage(run.StageOutput)},
		{"value", "Value", nil, "What a token hands over to those that look at it. Attention mixes values by its shares.", run.ReadBy(model.PartAttention, model.OpMix, "value")},
		{"vocabulary", "Vocabulary", []string{"words", "dictionary"}, "All tokens that the model knows, each with its number. It can read and write nothing else.", run.ReadBy(model.PartToken, model.OpLookup, "table")},
	}
}
