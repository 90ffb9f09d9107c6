package say

// A step is what a step or weight of the model is called.
type step struct {
	title func() string // in plain words, where it stands by itself: "Attention result"
	label func() string // the same on the scene, and in the middle of a sentence: "attention result"
	term  func() string // what papers and programs call it, "output projection, W_O"; nil: nothing
}

// steps has one for each step and weight, by its name within its block and head, and for the parts of a layer that makes
// several steps.
var steps = map[string]step{
	"tokens":         {Steps.TokenIds, Steps.TokenIdsLabel, Steps.InputIdsTerm},
	"embed.token":    {Steps.TokenEmbedding, Steps.TokenEmbeddingLabel, symbol("x·W_E")},
	"embed.position": {Steps.PositionEmbedding, Steps.PositionEmbeddingLabel, symbol("W_P")},
	"embed.sum":      {Steps.StreamAtStart, Steps.StreamAtStartLabel, Steps.StreamTerm},

	"ln_1.mean":     {Steps.Mean, Steps.MeanLabel, symbol("μ")},
	"ln_1.std":      {Steps.Spread, Steps.SpreadLabel, Steps.SpreadTerm},
	"ln_1":          {Steps.Norm1, Steps.Norm1Label, Steps.Norm1Term},
	"query":         {Steps.Query, Steps.QueryLabel, symbol("Q")},
	"key":           {Steps.Key, Steps.KeyLabel, symbol("K")},
	"value":         {Steps.Value, Steps.ValueLabel, symbol("V")},
	"scores":        {Steps.Scores, Steps.ScoresLabel, symbol("Q·Kᵀ")},
	"scaled":        {Steps.ScaledScores, Steps.ScaledScoresLabel, symbol("Q·Kᵀ/√A")},
	"attention.max": {Steps.Maximum, Steps.MaximumLabel, symbol("max")},
	"attention.sum": {Steps.SumOfExp, Steps.SumOfExpLabel, symbol("Σ exp")},
	"attention":     {Steps.Attention, Steps.AttentionLabel, symbol("softmax(Q·Kᵀ/√A)")},
	"mix":           {Steps.MixedValues, Steps.MixedValuesLabel, Steps.AttentionOfValuesTerm},
	"attn.concat":   {Steps.HeadsJoined, Steps.HeadsJoinedLabel, Steps.HeadsJoinedTerm},
	"attn.proj":     {Steps.AttentionResult, Steps.AttentionResultLabel, Steps.AttentionResultTerm},
	"residual_1":    {Steps.StreamAfterAttention, Steps.StreamAfterAttentionLabel, Steps.StreamTerm},
	"ln_2.mean":     {Steps.Mean, Steps.MeanLabel, symbol("μ")},
	"ln_2.std":      {Steps.Spread, Steps.SpreadLabel, Steps.SpreadTerm},
	"ln_2":          {Steps.Norm2, Steps.Norm2Label, Steps.Norm2Term},
	"mlp.up":        {Steps.Widened, Steps.WidenedLabel, Steps.WidenedTerm},
	"mlp.gelu":      {Steps.Gelu, Steps.GeluLabel, Steps.GeluTerm},
	"mlp.down":      {Steps.FeedForwardResult, Steps.FeedForwardResultLabel, Steps.FeedForwardResultTerm},
	"residual_2":    {Steps.StreamAfterFeedForward, Steps.StreamAfterFeedForwardLabel, Steps.StreamTerm},
	"ln_f.mean":     {Steps.Mean, Steps.MeanLabel, symbol("μ")},
	"ln_f.std":      {Steps.Spread, Steps.SpreadLabel, Steps.SpreadTerm},
	"ln_f":          {Steps.FinalNorm, Steps.FinalNormLabel, Steps.FinalNormTerm},
	"logits":        {Steps.Logits, Steps.LogitsLabel, Steps.LogitsTerm},
	"probabilities": {Steps.Probabilities, Steps.ProbabilitiesLabel, symbol("softmax")},

	"probabilities.max": {Steps.Maximum, Steps.MaximumLabel, symbol("max")},
	"probabilities.sum": {Steps.SumOfExp, Steps.SumOfExpLabel, symbol("Σ exp")},

	"sample.temperature":       {Steps.Temperature, Steps.TemperatureLabel, Steps.TemperatureTerm},
	"sample.top_k":             {Steps.TopK, Steps.TopKLabel, Steps.TopKTerm},
	"sample.softmax.max":       {Steps.Maximum, Steps.MaximumLabel, symbol("max")},
	"sample.softmax.sum":       {Steps.SumOfExp, Steps.SumOfExpLabel, symbol("Σ exp")},
	"sample.softmax":           {Steps.Softmax, Steps.SoftmaxLabel, symbol("softmax")},
	"sample.top_p":             {Steps.TopP, Steps.TopPLabel, Steps.TopPTerm},
	"sample.probabilities.sum": {Steps.Sum, Steps.SumLabel, symbol("Σ")},
	"sample.probabilities":     {Steps.Chances, Steps.ChancesLabel, Steps.ChancesTerm},
	"sample.random":            {Steps.RandomNumber, Steps.RandomNumberLabel, symbol("u")},
	"sample.token":             {Steps.DrawnToken, Steps.DrawnTokenLabel, Steps.DrawnTokenTerm},

	"wte.weight":         {Steps.TokenTable, Steps.TokenTableLabel, symbol("W_E, wte")},
	"wpe.weight":         {Steps.PositionTable, Steps.PositionTableLabel, symbol("W_P, wpe")},
	"ln_1.weight":        {Steps.Norm1Gain, Steps.Norm1GainLabel, symbol("γ")},
	"ln_1.bias":          {Steps.Norm1Bias, Steps.Norm1BiasLabel, symbol("β")},
	"attn.c_attn.weight": {Steps.QueryKeyValueWeights, Steps.QueryKeyValueWeightsLabel, symbol("W_Q, W_K, W_V")},
	"attn.c_attn.bias":   {Steps.QueryKeyValueBias, Steps.QueryKeyValueBiasLabel, symbol("b_Q, b_K, b_V")},
	"query.weight":       {Steps.QueryWeights, Steps.QueryWeightsLabel, nil},
	"query.bias":         {Steps.QueryBias, Steps.QueryBiasLabel, nil},
	"key.weight":         {Steps.KeyWeights, Steps.KeyWeightsLabel, nil},
	"key.bias":           {Steps.KeyBias, Steps.KeyBiasLabel, nil},
	"value.weight":       {Steps.ValueWeights, Steps.ValueWeightsLabel, nil},
	"value.bias":         {Steps.ValueBias, Steps.ValueBiasLabel, nil},
	"attn.c_proj.weight": {Steps.ProjectionWeights, Steps.ProjectionWeightsLabel, symbol("W_O")},
	"attn.c_proj.bias":   {Steps.ProjectionBias, Steps.ProjectionBiasLabel, symbol("b_O")},
	"ln_2.weight":        {Steps.Norm2Gain, Steps.Norm2GainLabel, symbol("γ")},
	"ln_2.bias":          {Steps.Norm2Bias, Steps.Norm2BiasLabel, symbol("β")},
	"mlp.c_fc.weight":    {Steps.WideningWeights, Steps.WideningWeightsLabel, symbol("c_fc, W_in")},
	"mlp.c_fc.bias":      {Steps.WideningBias, Steps.WideningBiasLabel, symbol("b_in")},
	"mlp.c_proj.weight":  {Steps.NarrowingWeights, Steps.NarrowingWeightsLabel, symbol("c_proj, W_out")},
	"mlp.c_proj.bias":    {Steps.NarrowingBias, Steps.NarrowingBiasLabel, symbol("b_out")},
	"ln_f.weight":        {Steps.FinalNormGain, Steps.FinalNormGainLabel, symbol("γ")},
	"ln_f.bias":          {Steps.FinalNormBias, Steps.FinalNormBiasLabel, symbol("β")},
	"lm_head.weight":     {Steps.OutputTable, Steps.OutputTableLabel, symbol("W_U, lm_head")},
}

// symbol is a term that is the same in every language.
func symbol(s string) func() string { return func() string { return s } }

// Title names a step or weight in plain words, by its model.Info.Base or BaseFor: "Attention result".
func Title(base string) string { return called(steps[base].title) }

// Label is the title on the scene and in the middle of a sentence: "attention result".
func Label(base string) string { return called(steps[base].label) }

// Term is what papers and programs call a step or weight: "output projection, W_O".
func Term(base string) string { return called(steps[base].term) }

// called is what a text says, "" of none.
func called(text func() string) string {
	if text == nil {
		return ""
	}
	return text()
}
