package quality

// prompts returns the beginnings that the model goes on from.
func prompts() []string {
	return []string{
		"How to predict",
		"Once upon a time",
		"A language model reads",
		"The next word",
		"Ada had a red kite",
		"Ben gave his friend",
		"\"Where is my",
		"On Monday, Clara",
		"The capital of France",
		"The opposite of hot",
		"Three plus four",
		"It was raining, so",
		"In the garden there",
		"David was sad because",
		"\"What is your name?\"",
		"A dog is",
		"Every morning, the baker",
		"She packed a bag with",
		"The old man wanted",
		"At last they",
	}
}
