package corpus

// Prompts returns twenty beginnings of documents, of all kinds, which the report lets the
// model go on from. The first is the page's own example.
func Prompts() []string {
	return []string{
		"How to predict",
		"How to predict the next word of a story? Look",
		"A language model is a machine that",
		"Every token has a number, and",
		"Clara had a silver whistle, and Hugo had a purple boot. Clara gave",
		"Ivan had lost a turquoise compass. He looked for it",
		"Under a willow there sat a lovely fox. \"My name is Brammere,\" it said.",
		"A kind stranger from Ostley came along with a puppy. The puppy was called",
		"Rosa met Felix at the station.\n\"My aunt gave me",
		"Nina and Theo were in the orchard on Thursday. While she washed a yellow scarf,",
		"Owen had a green torch with him. On Monday, he went",
		"Lydia wrote a list: plums, carrots, ropes and hats. Ralph",
		"Seven and five make",
		"Eva counted four pears in the cellar and three pears in a basket. That made",
		"\"Let us play opposites,\" said Victor. The opposite of early",
		"Julia wanted to see Norway and its capital,",
		"A trumpet is a kind of instrument. A tulip is",
		"A clever otter and a lazy goat lived near the house of Toby. One sunny Sunday",
		"On Friday, Gina began to make a blue cushion for Leo. For that she took",
		"It was a foggy Tuesday in October, and Albert was",
	}
}
