package glossary

import (
	"cmp"
	"slices"
	"strings"

	"glassbox/model"
	"glassbox/web/run"
	"glassbox/web/say"
)

// An Entry is a word of the field, what it means, and where it can be seen.
type Entry struct {
	ID   string       // as the URL has it, in every language: "residual-stream"
	Word string       // "Residual stream"
	Also string       // other names under which it is looked for, with commas between them; "" none
	Text string       // one or two plain sentences
	Seat run.Location // where it can be seen
}

// Entries returns the words that a reader of this page meets, in the order of the alphabet.
func Entries() (list []Entry) {
	for _, r := range rows() {
		list = append(list, r.entry())
	}
	slices.SortStableFunc(list, func(a, b Entry) int { return cmp.Compare(strings.ToLower(a.Word), strings.ToLower(b.Word)) })
	return list
}

// wordOf returns the word with an ID.
func wordOf(id string) (Entry, bool) {
	for _, r := range rows() {
		if r.id == id {
			return r.entry(), true
		}
	}
	return Entry{}, false
}

// Names returns the other names of a word. A language writes its own commas between them.
func (g Entry) Names() (names []string) {
	for _, name := range strings.FieldsFunc(g.Also, func(r rune) bool { return strings.ContainsRune(",،、，", r) }) {
		names = append(names, strings.TrimSpace(name))
	}
	return names
}

// A row is an entry in no language yet.
type row struct {
	id               string
	word, also, text func() string
	seat             run.Location
}

func (r row) entry() Entry {
	g := Entry{ID: r.id, Word: r.word(), Text: r.text(), Seat: r.seat}
	if r.also != nil {
		g.Also = r.also()
	}
	return g
}

func rows() []row {
	t := say.Glossary
	return []row{
		{"activation", t.Activation, t.ActivationAlso, t.ActivationText, run.StepOf(model.PartFeedForward, model.OpLinear)},
		{"attention", t.Attention, t.AttentionAlso, t.AttentionText, run.StepOf(model.PartAttention, model.OpSoftmax)},
		{"attention-sink", t.AttentionSink, t.AttentionSinkAlso, t.AttentionSinkText, run.StepOf(model.PartAttention, model.OpSoftmax)},
		{"bias", t.Bias, t.BiasAlso, t.BiasText, run.ReadBy(model.PartFeedForward, model.OpLinear, "bias")},
		{"block", t.Block, t.BlockAlso, t.BlockText, run.AtStage(run.BlockStage(0))},
		{"causal-mask", t.CausalMask, t.CausalMaskAlso, t.CausalMaskText, run.StepOf(model.PartAttention, model.OpScale)},
		{"chat-template", t.ChatTemplate, t.ChatTemplateAlso, t.ChatTemplateText, run.AtStage(run.StageTokenize)},
		{"context", t.Context, t.ContextAlso, t.ContextText, run.AtStage(run.StageTokenize)},
		{"dot-product", t.DotProduct, t.DotProductAlso, t.DotProductText, run.StepOf(model.PartAttention, model.OpScores)},
		{"embedding", t.Embedding, t.EmbeddingAlso, t.EmbeddingText, run.StepOf(model.PartToken, model.OpLookup)},
		{"end-token", t.EndToken, t.EndTokenAlso, t.EndTokenText, run.AtStage(run.StageSample)},
		{"feed-forward", t.FeedForward, t.FeedForwardAlso, t.FeedForwardText, run.AtStage(run.PartStage(0, model.PartFeedForward))},
		{"gate", t.Gate, t.GateAlso, t.GateText, run.StepOf(model.PartFeedForward, model.OpMultiply)},
		{"gelu", t.Gelu, t.GeluAlso, t.GeluText, run.StepOf(model.PartFeedForward, model.OpGELU)},
		{"greedy", t.Greedy, t.GreedyAlso, t.GreedyText, run.AtStage(run.StageSample)},
		{"grouped-query-attention", t.GroupedQuery, t.GroupedQueryAlso, t.GroupedQueryText, run.ReadBy(model.PartAttention, model.OpScores, "key")},
		{"head", t.Head, t.HeadAlso, t.HeadText, run.AtStage(run.PartStage(0, model.PartAttention))},
		{"induction-head", t.InductionHead, t.InductionHeadAlso, t.InductionHeadText, run.StepOf(model.PartAttention, model.OpSoftmax)},
		{"key", t.Key, nil, t.KeyText, run.ReadBy(model.PartAttention, model.OpScores, "key")},
		{"key-value-cache", t.KeyValueCache, t.KeyValueCacheAlso, t.KeyValueCacheText, run.ReadBy(model.PartAttention, model.OpMix, "value")},
		{"layer-norm", t.LayerNorm, t.LayerNormAlso, t.LayerNormText, run.StepOf(model.PartNorm1, model.OpNorm)},
		{"logit", t.Logit, t.LogitAlso, t.LogitText, run.StepOf(model.PartOutput, model.OpUnembed)},
		{"matrix", t.Matrix, t.MatrixAlso, t.MatrixText, run.StepOf(model.PartProjection, model.OpLinear)},
		{"min-p", t.MinP, t.MinPAlso, t.MinPText, run.AtStage(run.StageSample)},
		{"operation", t.Operation, t.OperationAlso, t.OperationText, run.StepOf(model.PartFeedForward, model.OpLinear)},
		{"parameter", t.Parameter, t.ParameterAlso, t.ParameterText, run.ReadBy(model.PartAttention, model.OpLinear, "weight")},
		{"patching", t.Patching, t.PatchingAlso, t.PatchingText, run.AtStage(run.PartStage(0, model.PartAttention))},
		{"perplexity", t.Perplexity, t.PerplexityAlso, t.PerplexityText, run.StepOf(model.PartSoftmax, model.OpSoftmax)},
		{"position-embedding", t.PositionEmbedding, t.PositionEmbeddingAlso, t.PositionEmbeddingText, run.StepOf(model.PartPosition, model.OpPosition)},
		{"probability", t.Probability, t.ProbabilityAlso, t.ProbabilityText, run.StepOf(model.PartSoftmax, model.OpSoftmax)},
		{"quantization", t.Quantization, t.QuantizationAlso, t.QuantizationText, run.ReadBy(model.PartFeedForward, model.OpLinear, "weight")},
		{"query", t.Query, nil, t.QueryText, run.ReadBy(model.PartAttention, model.OpScores, "query")},
		{"residual-stream", t.ResidualStream, t.ResidualStreamAlso, t.ResidualStreamText, run.StepOf(model.PartProjection, model.OpAdd)},
		{"rms-norm", t.RmsNorm, t.RmsNormAlso, t.RmsNormText, run.StepOf(model.PartNorm1, model.OpRMSNorm)},
		{"rotary-positions", t.Rotary, t.RotaryAlso, t.RotaryText, run.StepOf(model.PartAttention, model.OpRotate)},
		{"sampling", t.Sampling, t.SamplingAlso, t.SamplingText, run.StepOf(model.PartSample, model.OpDraw)},
		{"scaling", t.Scaling, t.ScalingAlso, t.ScalingText, run.StepOf(model.PartAttention, model.OpScale)},
		{"silu", t.Silu, t.SiluAlso, t.SiluText, run.StepOf(model.PartFeedForward, model.OpSiLU)},
		{"softmax", t.Softmax, t.SoftmaxAlso, t.SoftmaxText, run.AtStage(run.StageSoftmax)},
		{"surprise", t.Surprise, t.SurpriseAlso, t.SurpriseText, run.StepOf(model.PartSoftmax, model.OpSoftmax)},
		{"temperature", t.Temperature, t.TemperatureAlso, t.TemperatureText, run.StepOf(model.PartSample, model.OpTemperature)},
		{"token", t.Token, t.TokenAlso, t.TokenText, run.StepOf(model.PartTokenize, model.OpTokens)},
		{"tokenizer", t.Tokenizer, t.TokenizerAlso, t.TokenizerText, run.AtStage(run.StageTokenize)},
		{"top-k", t.TopK, t.TopKAlso, t.TopKText, run.StepOf(model.PartSample, model.OpTopK)},
		{"top-p", t.TopP, t.TopPAlso, t.TopPText, run.StepOf(model.PartSample, model.OpTopP)},
		{"unembedding", t.Unembedding, t.UnembeddingAlso, t.UnembeddingText, run.AtStage(run.StageOutput)},
		{"value", t.Value, nil, t.ValueText, run.ReadBy(model.PartAttention, model.OpMix, "value")},
		{"vocabulary", t.Vocabulary, t.VocabularyAlso, t.VocabularyText, run.ReadBy(model.PartToken, model.OpLookup, "table")},
	}
}
