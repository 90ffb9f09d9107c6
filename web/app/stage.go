package app

// Stage is a place in the pipeline, as it stands in the URL: one of the constants, or a
// block, "block.0" (which is written BlockStage(0)).
type Stage string

// The stages, in the order of the pipeline; the blocks stand between Position and Norm.
const (
	StageOverview Stage = ""
	StageTokenize Stage = "tokenize"
	StageToken    Stage = "token"    // token embedding
	StagePosition Stage = "position" // position embedding
	StageNorm     Stage = "norm"     // final norm
	StageOutput   Stage = "output"   // output projection
	StageSoftmax  Stage = "softmax"
	StageSample   Stage = "sample"
)
