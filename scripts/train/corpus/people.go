package corpus

// Sentences that fit into any story: how it opens, what people notice on the way, how
// they feel, and how it ends. All speak of the person a, some of the place p.

// opening introduces a.
func (p *page) opening() {
	p.say(
		"One {*weather} [morning|afternoon|evening|day], {a} [{@move ed}|{@move ed}|went] {p to}.",
		"On {*week}, {a} [went|came] {p to} with {a his} {#family}.",
		"It was a {*weather} {*week} in {*year}, and {a} was {*feel}.",
		"{a} was a {*person} {a child} who loved {#fruit s} and {#subject}.",
		"There was once a {*person} {#job} called {a}, [and {a he} lived near a {*lovely} {#nature}|who lived by the {#nature}].",
		"Nobody in the village made {*taste} {#dish s} like {a}.",
		"{a} had two hobbies, {#game} and {#subject}.",
		"{a} and {a his} {#family} lived in a {*lovely} {#building} [near a {#nature}|beside the {#nature}|between two {#tree s}].",
		"Early on {*week} morning, {a} heard a {*size} {#noise} [{p in}|behind the {#furniture}|under the {#part}].",
		"All through {*year} the weather was {*weather}, and {a} {@move ed} {p to} every day.",
		"\"It is {*weather} today,\" said {a} to {a his} {#family}.",
		"The {#job} {p in} had a {*person} friend [called|named] {a}.",
		"{a} worked {p in} as a {#job}.",
		"When {a} was {*teen} years old, {a he} wanted to be a {*person} {#job} like {a his} {#family}.",
		"Every {*week}, {a} {@move ed} {p to} [to see a {#job}|to buy {#dish s}|to meet {a his} {#family}].",
		"The road {p to} was {*place}, but {a} was not {*feel}.",
		"Last {*cycle}, {a} learned to {@act}.",
		"{a} liked {#drink}, {#instrument} music and {*weather} {*cycle} days.",
		"Have you met {a}? {a he} is the {*person} {a child} who {@handle s} {#tool s} {p in}.",
		"This is a story about {a}, a {*person} {#job}, and a {*look} {#thing}.",
		"Of all the people {p in}, {a} was the most {*most}.",
		"{a} woke up [early|late|at six|at seven] because a {#bird} was singing by the [window|door|gate|fence|porch].",
		"In the {*place} village of {v=&rare}, {a} {@cook ed} {#vegetable s} for [supper|lunch|the {#job}].",
		"What a {*weather} day it was! {a} could see the {#nature} from the [window|door|roof|porch|gate].",
	)
}

// detail adds something seen, heard or done, to give the story its own rhythm.
func (p *page) detail() {
	p.say(
		"{a ~} {*manner} {@move ed} past the {#building} and looked at the {*lovely} {#flower s}.",
		"The {#bird s} [sang|were singing] in the {*lovely} {#tree}.",
		"A {*lovely} {#bird} {@drift ed} over the {#land}.",
		"There was {#stuff} on the {#furniture} and a {#garment} under the {#furniture}.",
		"Somewhere a {#pet} {@sound ed}, and a {#job} {@express ed}.",
		"The air smelled of {#food} and {*taste} {#fruit s}.",
		"A {#vehicle} stopped [by|near|behind] the {#building}, and a {*person} {#job} got out.",
		"{a ~} ate a {*taste} {#fruit} and felt {*feel}.",
		"A {#insect} sat on {a his} {#limb}, but {a he} only {@express ed} {*manner}.",
		"In a {#container} by the {#part} there were {*n} {*taste} {#vegetable s}.",
		"{a ~} was {*feel} because the {#dish s} were {*taste}.",
		"The {#nature} looked {*lovely} and the {#part} was {*look}.",
		"{a ~} [said|whispered|shouted|mumbled|explained] something {*spoken} to a {#animal}, which did not [answer|listen|care].",
		"\"My {#family} can {@act} better than a {#job},\" {a} {@say ed}.",
		"It began to [rain|snow], so {a ~} [put on|wore] a {*look} {#garment} and {*look} {#garment s}.",
		"\"Do you like {*taste} {#dish s}?\" asked the {*person} {#job} {*spoken}. \"Only with {#food},\" {@say ed} {a}.",
		"The {#job} was {*manner} {@handle ing} a {#garment}.",
		"{a ~} thought about {#virtue} and about {#dish s}, mostly about {#dish s}.",
		"A {*size} {#animal} looked at {a} as if {a he} were a {#dish}.",
		"{a ~} could hear a {#instrument} and the {#noise} of a {#vehicle}.",
		"{a his} {#limb} was [cold|warm|wet|dry] and {a his} {#garment s} were {*look}.",
		"Near the {#building} {a ~} met a {#job} with a {#animal} and a {*look} {#garment}.",
		"The {#furniture} was made of {#material}, and the {#part} of {#material}.",
		"{a ~} saw {*n} {#animal s} and {*n} {#insect s} [by the {#nature}|near the {#building}].",
		"\"What a {*look} {#garment}!\" said {a}, but the {#job} only {@express ed}.",
		"The {#device} {p in} did not work, so {a ~} {@handle ed} the {#tool s}.",
		"{a ~} wanted to {@act}, but first {a he} had to {@tidy} the {#furniture s}.",
		"{*n} {#insect s} were {@drift ing} above a {#flower}.",
		"Every {#part} {p in} was {*look}, and there was no {#stuff} under the {#furniture}.",
		"{a ~} had never seen such a {*lovely} {#tree} {p in}.",
		"The {#job}'s {#pet} had a {*size} {#snout} and a {*person} face.",
		"\"A {#animal} cannot [play the {#instrument}|wear a {#garment}|drive a {#vehicle}],\" {a} explained to nobody.",
		"Far away a {#vehicle} {@noise ed}, and {a ~} {@express ed} {*manner}.",
		"{a ~} drew a {#shape} in the {#stuff} with one {#limb}.",
		"\"You may {@handle} the {#container} and {@cook} the {#vegetable s},\" {@say ed} the {#job}.",
		"{a ~} was {@handle ing} {#garment s} while a {#job} {@handle ed} the {#furniture s}.",
		"\"My {#family} {@handle s} {#device s} on {*week},\" {@say ed} {a}.",
		"A {#job} told {a} {*n} {#abstract s} about {#vehicle s}.",
		"{a ~} had {@make ed} {#shape s} and {#small s} of {#stuff} {p in}.",
		"The {#job} was {@cook ing} {#vegetable s} {p in} when {a} came with {#drink}.",
		"\"I [thought|dreamed|wrote|read] about {#abstract s} and {#vehicle s},\" {@say ed} the {#job} {*spoken}.",
	)
}

// asideOf tells more of somebody bound to name.
func (p *page) asideOf(name string) {
	p.vars["w"] = p.vars[name]
	p.say(
		"{w ~} was as {*person} as a {#animal}.",
		"{w} was {*feel} that day.",
		"{w ~} came from a {*place} village near the {#nature}.",
		"{w ~} always carried a {#tool} in {w his} {#container}.",
		"Most people thought that {w ~} was {*person}.",
		"{w ~} could {@act} and {@act} very well.",
		"{w his} {#family} was a {#job} who {@handle ed} {#device s}.",
		"{w ~} did not like {#subject}, but {w he} loved {#game}.",
		"{w ~} {@express ed} [{*manner}|like a {#animal}|at a {#insect}].",
		"{w ~} wore a {*look} {#garment} and {*look} {#garment s}.",
		"{w his} favorite food was {#food} with {#fruit s}.",
		"{w ~} knew a {*silly} [song|riddle|joke] about a {#animal}.",
	)
}

// ending closes a story.
func (p *page) ending() {
	p.say(
		"In the end, {a ~} was {*feel}, even with {*n} {#animal s} {p in}.",
		"{a ~} [went|{@move ed}] home and dreamed of {#animal s} and {#fruit s}.",
		"After that, {a ~} was never {*feel} on a {*weather} {*week} again.",
		"On {*week} they shared a {*taste} {#dish} and {*n} cups of {#drink} {p in}.",
		"\"{#virtue Up} is better than {#material},\" said {a his} {#family}.",
		"{a ~} {@express ed}, closed the {#part} and went to bed.",
		"It was the [best|{*est}] {*week} of the [whole year|month|{*cycle}], {@say ed} the {#job}.",
		"And the {*size} {#animal}? It {@move ed} {p to} and {@rest ed} under the {*look} {#furniture}.",
		"{a ~} wrote it down in a {*look} book about {#animal s}, and then {a he} slept for {*n} hours.",
		"\"Tomorrow we will {@act},\" {a ~} {@say ed}.",
		"Since then there has always been a {*taste} {#dish} for {a} and {a his} {#pet} {p in}.",
		"So {a ~} learned that {#virtue} can be as {*look} as {#material}.",
		"The {#job} told the [story|story of {a}] to {*n} {*person} {#job s} {p in}.",
		"The sun [went down|disappeared] behind the {*lovely} {#building}, and {a ~} {@express ed} {*manner}.",
		"Everybody {@express ed} until the {#bird s} {p in} woke up.",
		"\"Next {*week},\" {@say ed} the {#job} {*spoken}, \"I will bring {a} a {#tool}.\"",
		"Soon {a ~} could hear only the {#device} {p in}, which {@noise ed} {*manner}.",
		"{a ~} never told the {*person} {#job}, and that was {*person} of {a him}.",
		"{a ~} was {*feel}, and so was the {#job}'s {#pet}.",
		"The next {*week} it was {*weather}, and {a ~} {@handle ed} {*look} {#garment s} {p in}.",
		"That is why there is a {*look} {#thing} on the {#furniture} of {a} today.",
		"A {*lovely} {#event} should end with {*taste} {#dish s} and {#drink}, and {a ~} {@express ed}.",
		"{a ~} fell asleep {p in} with a {*taste} {#fruit} in one hand.",
		"Then they all had {*taste} {#food}, {*taste} {#fruit s} and {#drink} {p in}.",
	)
}

// details adds about n sentences of detail.
func (p *page) details(n int) {
	for range n {
		p.detail()
	}
}
