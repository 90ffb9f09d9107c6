package app

import (
	"fmt"

	"glassbox/model"
	"glassbox/web/run"
)

// PanelText names a step or weight: its title, the path to it ("Block 1", "Attention",
// "Head 1"), and the question that its numbers answer, about the cell that the reader
// points at if it is one of them.
func PanelText(info model.Info, s State) (title string, path []string, question string) {
	return info.Title(), s.path(info), panelQuestion(info, s)
}

// path names the stage, its part and the head.
func (s State) path(info model.Info) (path []string) {
	stage := s.StageOf(info.Name)
	l, name, isBlock := stage.Block()
	for _, g := range Stages(s) {
		if g.ID == stage || isBlock && g.ID == run.BlockStage(l) {
			path = append(path, g.Label)
		}
	}
	if p, ok := run.LabelOf(name); ok && isBlock {
		path = append(path, p.Label)
	}
	if info.Head >= 0 {
		path = append(path, fmt.Sprintf("Head %d", info.Head+1))
	}
	return path
}

// panelQuestion is about the cell that the reader points at, or about all of them.
func panelQuestion(info model.Info, s State) string {
	c := s.pointed()
	if c == nil || c.Name != info.Name {
		return generalQuestion(info, s)
	}
	rows, cols := info.RowAxis, info.ColAxis
	at := s.TokenName(c.Row)
	if rows == model.AxisOne {
		at = s.TokenName(len(s.Tokens) - 1)
	}
	switch {
	case rows == model.AxisOne && cols == model.AxisOne:
		return generalQuestion(info, s)
	case info.Causal && c.Col > c.Row:
		return "Masked: a token cannot look at later ones."
	case info.Kind == model.KindWeight:
		return weightQuestion(info, s)
	case cols == model.AxisKey:
		return keyQuestion(info.Op, c.Row, c.Col)
	case cols == model.AxisWord:
		return wordQuestion(info, s, at, s.WordText(c.Col))
	}
	return cellQuestion(info, s, at, c.Col)
}

// keyQuestion is about one token looking at another.
func keyQuestion(op model.Op, query, key int) string {
	switch op {
	case model.OpScores:
		return fmt.Sprintf("How strongly token %d looks at token %d.", query, key)
	case model.OpScale:
		return fmt.Sprintf("How strongly token %d looks at token %d, whatever the size of a head.", query, key)
	}
	return fmt.Sprintf("Which share of its attention token %d gives to token %d.", query, key)
}

// wordQuestion is about a word of the vocabulary that can follow.
func wordQuestion(info model.Info, s State, at, word string) string {
	switch info.Op {
	case model.OpUnembed:
		return fmt.Sprintf("How well %s fits after %s.", word, at)
	case model.OpTemperature:
		return fmt.Sprintf("How well %s fits, once temperature has evened or sharpened the logits.", word)
	case model.OpTopK:
		return fmt.Sprintf("Whether %s is one of the most likely tokens.", word)
	case model.OpTopP:
		return fmt.Sprintf("Whether %s is among the most likely tokens that together reach p.", word)
	case model.OpShare:
		return fmt.Sprintf("With which probability %s is drawn.", word)
	}
	if info.Part == model.PartSample {
		return fmt.Sprintf("How likely %s is under the settings.", word)
	}
	return fmt.Sprintf("How likely %s is to follow %s.", word, at)
}

// cellQuestion is about one number of a token.
func cellQuestion(info model.Info, s State, at string, col int) string {
	switch info.Op {
	case model.OpTokens:
		return fmt.Sprintf("Which number stands for %s.", at)
	case model.OpLookup:
		return fmt.Sprintf("What number %d of the table says about %s.", col, at)
	case model.OpPosition:
		return fmt.Sprintf("What number %d of the table says about the place of %s.", col, at)
	case model.OpAdd:
		return fmt.Sprintf("What number %d of the stream is for %s.", col, at)
	case model.OpMean:
		return fmt.Sprintf("Around which value the column of %s lies.", at)
	case model.OpStd:
		return fmt.Sprintf("How far the column of %s spreads.", at)
	case model.OpNorm:
		return fmt.Sprintf("Number %d of %s, on the scale that all tokens share.", col, at)
	case model.OpMix:
		return fmt.Sprintf("What %s gathers as number %d from the tokens it looks at.", at, col)
	case model.OpConcat:
		return fmt.Sprintf("What head %d gathered for %s.", col/max(1, s.Config.HeadSize())+1, at)
	case model.OpGELU:
		return fmt.Sprintf("How much of number %d of %s passes.", col, at)
	case model.OpMax:
		return fmt.Sprintf("The largest value of %s, taken away so that exp stays small.", at)
	case model.OpSumExp, model.OpSum:
		return "What all are divided by, so that they sum to 1."
	case model.OpRandom:
		return "Where the seeded generator points, between 0 and 1."
	case model.OpDraw:
		return "Which token follows."
	}
	return linearQuestion(s.Use(info), at, col)
}

func linearQuestion(use, at string, col int) string {
	switch use {
	case "query":
		return fmt.Sprintf("What %s looks for, number %d.", at, col)
	case "key":
		return fmt.Sprintf("What %s offers to those that look, number %d.", at, col)
	case "value":
		return fmt.Sprintf("What %s hands over if it is looked at, number %d.", at, col)
	case "feature":
		return fmt.Sprintf("How strongly %s answers to feature %d.", at, col)
	}
	return fmt.Sprintf("What is added to number %d of the stream for %s.", col, at)
}

// weightQuestion is the same for all cells of a weight.
func weightQuestion(info model.Info, s State) string {
	switch s.Reader(info.Name).Op {
	case model.OpLookup:
		return "What the model has learned about each token: one row each."
	case model.OpPosition:
		return "What the model has learned about each place: one row each."
	case model.OpUnembed:
		return "What a column must look like for a word to follow: one row each."
	case model.OpNorm:
		if info.RowAxis == model.AxisOne && s.Role(info) == "bias" {
			return "How far each number is moved once it is on the common scale."
		}
		return "How far each number is stretched once it is on the common scale."
	}
	if info.RowAxis == model.AxisOne && s.Role(info) == "bias" {
		return "What is added to each output, whatever the input."
	}
	return "How much of each input goes into each output."
}

// generalQuestion is asked while the reader points at no cell of the panel.
func generalQuestion(info model.Info, s State) string {
	switch info.Op {
	case model.OpWeight:
		return weightQuestion(info, s)
	case model.OpTokens:
		return "Which numbers stand for the tokens."
	case model.OpLookup:
		return "What the token table says about each token."
	case model.OpPosition:
		return "What the position table says about each place."
	case model.OpAdd:
		return "The residual stream: one column for each token."
	case model.OpMean:
		return "Around which value each column lies."
	case model.OpStd:
		return "How far each column spreads."
	case model.OpNorm:
		return "Every column on one scale."
	case model.OpScores, model.OpScale:
		return "How strongly each token looks at itself and those before it."
	case model.OpMix:
		return "What each token gathers from those it looks at."
	case model.OpConcat:
		return "What all heads gathered, side by side."
	case model.OpGELU:
		return "Large numbers pass, negative ones are held back."
	case model.OpUnembed:
		return "How well each word of the vocabulary fits next."
	case model.OpMax:
		return "The largest of each, taken away so that exp stays small."
	case model.OpSoftmax:
		if info.Head >= 0 {
			return "Which share of its attention each token gives to which; each row sums to 1."
		}
		return "How likely each word is to follow; each row sums to 1."
	}
	return generalOther(info, s)
}

func generalOther(info model.Info, s State) string {
	switch info.Op {
	case model.OpSumExp, model.OpSum:
		return "What all are divided by, so that they sum to 1."
	case model.OpTemperature:
		return "Logits over temperature: above 1 evens out, below 1 sharpens."
	case model.OpTopK:
		return "Only the k most likely words stay."
	case model.OpTopP:
		return "Only the most likely words that together reach p stay."
	case model.OpShare:
		return "With which probability each word is drawn."
	case model.OpRandom:
		return "Where the seeded generator points, between 0 and 1."
	case model.OpDraw:
		return "Which token follows."
	}
	switch s.Use(info) {
	case "query":
		return "What each token looks for."
	case "key":
		return "What each token offers to those that look."
	case "value":
		return "What each token hands over if it is looked at."
	case "feature":
		return "How strongly each token answers to each feature."
	}
	return "What is added to the stream."
}
