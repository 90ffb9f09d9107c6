package sampling_test

import (
	"testing"

	"glassbox/web/app/apptest"
	"glassbox/web/feature"
	"glassbox/web/feature/sampling"
	"glassbox/web/run"
)

// TestSamplingIsControlledAsBefore: the golden file tells message by message what becomes of the page, of what the feature shows,
// and of what its controls send.
func TestSamplingIsControlledAsBefore(t *testing.T) {
	page := apptest.NewPage(t)
	apptest.Tell(t, "story", sampling.Feature(), page, append([]feature.Msg{
		feature.Navigated{Hash: "#text=CBABBC&stage=sample"},
		feature.SamplingChanged{Sampling: run.Sampling{Temperature: 0, TopK: 2, TopP: 0.5, Seed: 7}},
		feature.SamplingChanged{Sampling: run.Sampling{Temperature: 1.3, TopK: 0, TopP: 1, Seed: 1 << 40}},
		feature.StepPressed{},
		feature.StepPressed{},
		feature.PromptChanged{Text: "CBABBCABBBC"},
		feature.StepPressed{},
		feature.PromptChanged{Text: ""},
		feature.StageChosen{Stage: run.StageSoftmax},
	}, apptest.AnyFrom(1, 16)...)...)
}
