package say

// A step is what a step or weight of the model is called.
type step struct {
	title func() string // in plain words, where it stands by itself: "Attention result"
	label func() string // the same on the scene, and in the middle of a sentence: "attention result"
	term  func() string // what papers and programs call it, "output projection, W_O"; nil: nothing
	one   func() string // what one of its numbers is called in the formula of a step that reads it: "score"; nil: as its role
}

// steps has one for each step and weight, by its name within its block and head, and for the parts of a layer that makes
// several steps.
var steps = map[string]step{
	"tokens":         {Steps.TokenIds, Steps.TokenIdsLabel, Steps.InputIdsTerm, nil},
	"embed.token":    {Steps.TokenEmbedding, Steps.TokenEmbeddingLabel, symbol("x·W_E"), Steps.NameTokenEmbedding},
	"embed.position": {Steps.PositionEmbedding, Steps.PositionEmbeddingLabel, symbol("W_P"), Steps.NamePositionEmbedding},
	"embed.sum":      {Steps.StreamAtStart, Steps.StreamAtStartLabel, Steps.StreamTerm, Steps.NameStream},

	"rotary.angle":     {Steps.Angle, Steps.AngleLabel, Steps.AngleTerm, nil},
	"norm_1.rms":       {Steps.Rms, Steps.RmsLabel, symbol("rms"), nil},
	"norm_1":           {Steps.Norm1, Steps.Norm1Label, Steps.RmsNorm1Term, Steps.NameNormalized},
	"query.normed.rms": {Steps.Rms, Steps.RmsLabel, symbol("rms"), nil},
	"query.normed":     {Steps.QueryNormed, Steps.QueryNormedLabel, Steps.HeadNormTerm, Steps.NameNormalized},
	"query.rotated":    {Steps.QueryTurned, Steps.QueryTurnedLabel, Steps.AngleTerm, Steps.NameTurned},
	"key.normed.rms":   {Steps.Rms, Steps.RmsLabel, symbol("rms"), nil},
	"key.normed":       {Steps.KeyNormed, Steps.KeyNormedLabel, Steps.HeadNormTerm, Steps.NameNormalized},
	"key.rotated":      {Steps.KeyTurned, Steps.KeyTurnedLabel, Steps.AngleTerm, Steps.NameTurned},
	"norm_2.rms":       {Steps.Rms, Steps.RmsLabel, symbol("rms"), nil},
	"norm_2":           {Steps.Norm2, Steps.Norm2Label, Steps.RmsNorm2Term, Steps.NameNormalized},
	"mlp.gate":         {Steps.Gate, Steps.GateLabel, Steps.GateTerm, Steps.NameWidenedGate},
	"mlp.gated":        {Steps.Gated, Steps.GatedLabel, Steps.GatedTerm, Steps.NameGated},
	"norm_f.rms":       {Steps.Rms, Steps.RmsLabel, symbol("rms"), nil},
	"norm_f":           {Steps.FinalNorm, Steps.FinalNormLabel, Steps.RmsFinalNormTerm, Steps.NameNormalized},

	"ln_1.mean":     {Steps.Mean, Steps.MeanLabel, symbol("μ"), nil},
	"ln_1.std":      {Steps.Spread, Steps.SpreadLabel, Steps.SpreadTerm, nil},
	"ln_1":          {Steps.Norm1, Steps.Norm1Label, Steps.Norm1Term, Steps.NameNormalized},
	"query":         {Steps.Query, Steps.QueryLabel, symbol("Q"), role("query")},
	"key":           {Steps.Key, Steps.KeyLabel, symbol("K"), role("key")},
	"value":         {Steps.Value, Steps.ValueLabel, symbol("V"), nil},
	"scores":        {Steps.Scores, Steps.ScoresLabel, symbol("Q·Kᵀ"), Steps.NameScore},
	"scaled":        {Steps.ScaledScores, Steps.ScaledScoresLabel, symbol("Q·Kᵀ/√A"), Steps.NameScaledScore},
	"attention.max": {Steps.Maximum, Steps.MaximumLabel, symbol("max"), nil},
	"attention.sum": {Steps.SumOfExp, Steps.SumOfExpLabel, symbol("Σ exp"), nil},
	"attention":     {Steps.Attention, Steps.AttentionLabel, symbol("softmax(Q·Kᵀ/√A)"), nil},
	"mix":           {Steps.MixedValues, Steps.MixedValuesLabel, Steps.AttentionOfValuesTerm, Steps.NameMixed},
	"attn.concat":   {Steps.HeadsJoined, Steps.HeadsJoinedLabel, Steps.HeadsJoinedTerm, Steps.NameJoined},
	"attn.proj":     {Steps.AttentionResult, Steps.AttentionResultLabel, Steps.AttentionResultTerm, Steps.NameAttentionResult},
	"residual_1":    {Steps.StreamAfterAttention, Steps.StreamAfterAttentionLabel, Steps.StreamTerm, Steps.NameStream},
	"ln_2.mean":     {Steps.Mean, Steps.MeanLabel, symbol("μ"), nil},
	"ln_2.std":      {Steps.Spread, Steps.SpreadLabel, Steps.SpreadTerm, nil},
	"ln_2":          {Steps.Norm2, Steps.Norm2Label, Steps.Norm2Term, Steps.NameNormalized},
	"mlp.up":        {Steps.Widened, Steps.WidenedLabel, Steps.WidenedTerm, Steps.NameWidened},
	"mlp.gelu":      {Steps.Gelu, Steps.GeluLabel, Steps.GeluTerm, Steps.NameBent},
	"mlp.relu":      {symbol("ReLU"), symbol("ReLU"), Steps.GeluTerm, after("ReLU")},
	"mlp.silu":      {symbol("SiLU"), symbol("SiLU"), Steps.GeluTerm, after("SiLU")},
	"mlp.down":      {Steps.FeedForwardResult, Steps.FeedForwardResultLabel, Steps.FeedForwardResultTerm, Steps.NameFeedForwardResult},
	"residual_2":    {Steps.StreamAfterFeedForward, Steps.StreamAfterFeedForwardLabel, Steps.StreamTerm, Steps.NameStream},
	"ln_f.mean":     {Steps.Mean, Steps.MeanLabel, symbol("μ"), nil},
	"ln_f.std":      {Steps.Spread, Steps.SpreadLabel, Steps.SpreadTerm, nil},
	"ln_f":          {Steps.FinalNorm, Steps.FinalNormLabel, Steps.FinalNormTerm, Steps.NameNormalized},
	"logits":        {Steps.Logits, Steps.LogitsLabel, Steps.LogitsTerm, Steps.NameLogit},
	"probabilities": {Steps.Probabilities, Steps.ProbabilitiesLabel, symbol("softmax"), nil},

	"probabilities.max": {Steps.Maximum, Steps.MaximumLabel, symbol("max"), nil},
	"probabilities.sum": {Steps.SumOfExp, Steps.SumOfExpLabel, symbol("Σ exp"), nil},

	"sample.temperature":       {Steps.Temperature, Steps.TemperatureLabel, Steps.TemperatureTerm, Steps.NameScaledLogit},
	"sample.top_k":             {Steps.TopK, Steps.TopKLabel, Steps.TopKTerm, Steps.NameKeptLogit},
	"sample.softmax.max":       {Steps.Maximum, Steps.MaximumLabel, symbol("max"), nil},
	"sample.softmax.sum":       {Steps.SumOfExp, Steps.SumOfExpLabel, symbol("Σ exp"), nil},
	"sample.softmax":           {Steps.Softmax, Steps.SoftmaxLabel, symbol("softmax"), Steps.NameProbability},
	"sample.top_p":             {Steps.TopP, Steps.TopPLabel, Steps.TopPTerm, Steps.NameKept},
	"sample.min_p":             {Steps.MinP, Steps.MinPLabel, Steps.MinPTerm, Steps.NameKept},
	"sample.probabilities.sum": {Steps.Sum, Steps.SumLabel, symbol("Σ"), nil},
	"sample.probabilities":     {Steps.Chances, Steps.ChancesLabel, Steps.ChancesTerm, Steps.NameChance},
	"sample.random":            {Steps.RandomNumber, Steps.RandomNumberLabel, symbol("u"), nil},
	"sample.token":             {Steps.DrawnToken, Steps.DrawnTokenLabel, Steps.DrawnTokenTerm, nil},

	"wte.weight":                      {Steps.TokenTable, Steps.TokenTableLabel, symbol("W_E, wte"), nil},
	"wpe.weight":                      {Steps.PositionTable, Steps.PositionTableLabel, symbol("W_P, wpe"), nil},
	"ln_1.weight":                     {Steps.Norm1Gain, Steps.Norm1GainLabel, symbol("γ"), nil},
	"ln_1.bias":                       {Steps.Norm1Bias, Steps.Norm1BiasLabel, symbol("β"), nil},
	"attn.c_attn.weight":              {Steps.QueryKeyValueWeights, Steps.QueryKeyValueWeightsLabel, symbol("W_Q, W_K, W_V"), nil},
	"attn.c_attn.bias":                {Steps.QueryKeyValueBias, Steps.QueryKeyValueBiasLabel, symbol("b_Q, b_K, b_V"), nil},
	"query.weight":                    {Steps.QueryWeights, Steps.QueryWeightsLabel, nil, nil},
	"query.bias":                      {Steps.QueryBias, Steps.QueryBiasLabel, nil, nil},
	"key.weight":                      {Steps.KeyWeights, Steps.KeyWeightsLabel, nil, nil},
	"key.bias":                        {Steps.KeyBias, Steps.KeyBiasLabel, nil, nil},
	"value.weight":                    {Steps.ValueWeights, Steps.ValueWeightsLabel, nil, nil},
	"value.bias":                      {Steps.ValueBias, Steps.ValueBiasLabel, nil, nil},
	"attn.c_proj.weight":              {Steps.ProjectionWeights, Steps.ProjectionWeightsLabel, symbol("W_O"), nil},
	"attn.c_proj.bias":                {Steps.ProjectionBias, Steps.ProjectionBiasLabel, symbol("b_O"), nil},
	"ln_2.weight":                     {Steps.Norm2Gain, Steps.Norm2GainLabel, symbol("γ"), nil},
	"ln_2.bias":                       {Steps.Norm2Bias, Steps.Norm2BiasLabel, symbol("β"), nil},
	"mlp.c_fc.weight":                 {Steps.WideningWeights, Steps.WideningWeightsLabel, symbol("c_fc, W_in"), nil},
	"mlp.c_fc.bias":                   {Steps.WideningBias, Steps.WideningBiasLabel, symbol("b_in"), nil},
	"mlp.c_proj.weight":               {Steps.NarrowingWeights, Steps.NarrowingWeightsLabel, symbol("c_proj, W_out"), nil},
	"mlp.c_proj.bias":                 {Steps.NarrowingBias, Steps.NarrowingBiasLabel, symbol("b_out"), nil},
	"ln_f.weight":                     {Steps.FinalNormGain, Steps.FinalNormGainLabel, symbol("γ"), nil},
	"ln_f.bias":                       {Steps.FinalNormBias, Steps.FinalNormBiasLabel, symbol("β"), nil},
	"model.embed_tokens.weight":       {Steps.TokenTable, Steps.TokenTableLabel, symbol("W_E, embed_tokens"), nil},
	"rope_freqs.weight":               {Steps.Slower, Steps.SlowerLabel, symbol("rope_freqs"), nil},
	"input_layernorm.weight":          {Steps.Norm1Gain, Steps.Norm1GainLabel, symbol("γ"), nil},
	"self_attn.q_proj.weight":         {Steps.QueryWeights, Steps.QueryWeightsLabel, symbol("W_Q, q_proj"), nil},
	"self_attn.q_proj.bias":           {Steps.QueryBias, Steps.QueryBiasLabel, symbol("b_Q"), nil},
	"self_attn.k_proj.weight":         {Steps.KeyWeights, Steps.KeyWeightsLabel, symbol("W_K, k_proj"), nil},
	"self_attn.k_proj.bias":           {Steps.KeyBias, Steps.KeyBiasLabel, symbol("b_K"), nil},
	"self_attn.v_proj.weight":         {Steps.ValueWeights, Steps.ValueWeightsLabel, symbol("W_V, v_proj"), nil},
	"self_attn.v_proj.bias":           {Steps.ValueBias, Steps.ValueBiasLabel, symbol("b_V"), nil},
	"self_attn.q_norm.weight":         {Steps.QueryNormGain, Steps.QueryNormGainLabel, symbol("γ"), nil},
	"self_attn.k_norm.weight":         {Steps.KeyNormGain, Steps.KeyNormGainLabel, symbol("γ"), nil},
	"self_attn.o_proj.weight":         {Steps.ProjectionWeights, Steps.ProjectionWeightsLabel, symbol("W_O, o_proj"), nil},
	"self_attn.o_proj.bias":           {Steps.ProjectionBias, Steps.ProjectionBiasLabel, symbol("b_O"), nil},
	"post_attention_layernorm.weight": {Steps.Norm2Gain, Steps.Norm2GainLabel, symbol("γ"), nil},
	"mlp.gate_proj.weight":            {Steps.GateWeights, Steps.GateWeightsLabel, symbol("gate_proj, W_gate"), nil},
	"mlp.gate_proj.bias":              {Steps.GateBias, Steps.GateBiasLabel, symbol("b_gate"), nil},
	"mlp.up_proj.weight":              {Steps.WideningWeights, Steps.WideningWeightsLabel, symbol("up_proj, W_up"), nil},
	"mlp.up_proj.bias":                {Steps.WideningBias, Steps.WideningBiasLabel, symbol("b_up"), nil},
	"mlp.down_proj.weight":            {Steps.NarrowingWeights, Steps.NarrowingWeightsLabel, symbol("down_proj, W_down"), nil},
	"mlp.down_proj.bias":              {Steps.NarrowingBias, Steps.NarrowingBiasLabel, symbol("b_down"), nil},
	"model.norm.weight":               {Steps.FinalNormGain, Steps.FinalNormGainLabel, symbol("γ"), nil},
	"lm_head.weight":                  {Steps.OutputTable, Steps.OutputTableLabel, symbol("W_U, lm_head"), nil},
}

// symbol is a term that is the same in every language.
func symbol(s string) func() string { return func() string { return s } }

// role is what a number is called by what it is for the steps that read it.
func role(name string) func() string { return func() string { return Explain.Symbol(name) } }

// after is what a number behind an activation is called.
func after(activation string) func() string {
	return func() string { return Steps.NameAfter(activation) }
}

// Title names a step or weight in plain words, by its model.Info.Base or BaseFor: "Attention result".
func Title(base string) string { return called(steps[base].title) }

// Label is the title on the scene and in the middle of a sentence: "attention result".
func Label(base string) string { return called(steps[base].label) }

// Term is what papers and programs call a step or weight: "output projection, W_O".
func Term(base string) string { return called(steps[base].term) }

// Operand is what one number of a step is called in the formula of a step that reads it, "score"; "": as its role there.
func Operand(base string) string { return called(steps[base].one) }

// called is what a text says, "" of none.
func called(text func() string) string {
	if text == nil {
		return ""
	}
	return text()
}
