package main

const preface = `# What others leave open, and how it looks here

The best-known visualizer of a GPT is Brendan Bycroft's (bbycroft.net/llm). It set the measure for this page; these are
its weaknesses, measured in it or seen on its screen, and what this page does about each. The address behind each
answer opens it here. The pictures are made by

    ./scripts/build && go run ./scripts/answers dist/index.html static/answers

Licence: MIT, as all else here.
`

// answers lists what to show.
var answers = []answer{
	{name: "text", weakness: "Its input cannot be changed",
		instead: "Any text, and the model goes on from it, one token or many at a time.",
		address: "model=language&text=How to predict&stage=softmax"},
	{name: "sizes", weakness: "GPT-2 and GPT-3 are shapes without a name",
		instead: "All stand at one scale, with their parts, parameters, operations and memory; what has no weights here says so.",
		address: "model=sort&sizes=gpt3"},
	{name: "flow", weakness: "Four of ten chapters do not move",
		instead: "Watch plays the whole computation in its real order, forwards, backwards and step by step.",
		address: "model=sort&text=CBABBC&flow=h.0.attn.head.0.scores_40"},
	{name: "weights", weakness: "Weights cannot be read, and other numbers have two decimals",
		instead: "Each cell of each weight has a card with its value as the float32 that it is.",
		address: "model=language&text=How to predict&panel=wte.weight&cell=4331.3"},
	{name: "sums", weakness: "Numbers on the screen are wrong: maximum and sum of the softmax are swapped",
		instead: "Every number is explained from those that it was made of, and a test holds that the explanation gives the same number.",
		address: "model=sort&text=CBABBC&panel=probabilities&cell=5.0"},
	{name: "phone", weakness: "A tap shows nothing, two fingers do not turn, and on a phone the tower is cut off",
		instead: "A tap shows the card of a cell, two fingers zoom and turn, and the panel fits the screen.",
		address: "model=sort&text=CBABBC&panel=h.0.attn.head.1.scores&cell=4.2", window: phone},
	{name: "dark", weakness: "No dark mode, no keys, no address, nothing for a screen reader",
		instead: "Light and dark, everything by keyboard and in the address, the whole scene as text beside it, and movement only where it is wanted.",
		address: "model=sort&text=CBABBC&stage=block.0.attention", dark: true},
	{name: "close", weakness: "Close up the canvas goes blank",
		instead: "Close up each cell has its number printed in it.",
		address: "model=sort&text=CBABBC&panel=h.0.mlp.gelu&cell=2.5", after: press("g")},
	{name: "columns", weakness: "Models of many columns have their residual stream in the first alone, four to eight times",
		instead: "Each block stands on the stream where it belongs; a test lets no two things overlap in any configuration.",
		address: "model=sort&sizes=gpt2-xl"},
	{name: "first", weakness: "The first view: a seventh of the canvas, texts of three pixels, no legend, no hint",
		instead: "The model fills the scene; a legend says what colours mean, and a line what to do.",
		address: "model=sort&text=CBABBC"},
	{name: "heads", weakness: "Labels of heads lie on top of each other",
		instead: "Labels keep apart, and fewer stand where there is less room. All heads stand side by side, one of them large.",
		address: "model=language&text=The red kite and the blue kite&attention=h.1.attn.head.0"},
	{name: "card", weakness: "The card covers what it is about, and says t: 2, t: 5",
		instead: "It keeps away from the cell and its operands, and says which token looks at which.",
		address: "model=sort&text=CBABBC&panel=h.0.attn.head.0.scores&cell=5.2"},
	{name: "gelu", weakness: "GELU has no numbers",
		instead: "The value stands on the curve, with what goes in and what comes out.",
		address: "model=sort&text=CBABBC&panel=h.1.mlp.gelu&cell=4.100"},
	{name: "walk", weakness: "A button covers the next paragraph, and the lesson begins below the fold",
		instead: "The walk stands beside the scene and covers nothing; its numbers are those of the reader's text.",
		address: "model=sort&text=CBABBC&walk=3"},
	{name: "sorted", weakness: "The sorted letters look wrong",
		instead: "The letters are written one by one, and whether they are sorted is said.",
		address: "model=sort&text=CBABBC&generated=0.1.1.1.2.2"},
}

// views lists what the README and the card of a link show: the page as a reader finds it.
var views = []answer{
	{name: "glassbox", window: window{1440, 900}},
	{name: "card", window: window{1200, 630}}, // what programs that show links expect
}

// press is JavaScript that presses a key.
func press(key string) string {
	return `document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "` + key + `", bubbles: true }))`
}
