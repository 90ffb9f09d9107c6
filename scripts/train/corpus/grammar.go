package corpus

import (
	"math/bits"
	"strings"
)

// english is the grammar of the micro-world's English, a line for each rule: alternatives
// between bars, "?" after what may be missing and "*" after what may repeat. Rules begin
// with a capital, parts of speech are all capitals, and the rest are words. Subject
// and verb agree because the rules that end in S are singular, those in P plural.
const english = `
Unit = Text End | Text : Text End | Speech
End = . | ? | !
Text = once more , so that Clause : Items | Lead* Main Joined* | DET SUP ADJ? N VD NP , but NP Pred0 | how to Bare , step by step , is NP | only if Clause | DET token is DET word or DET part of DET word , like QuoteWord or QuoteWord | no , not NP , only NP | so to Bare BeS to Bare | Question | Order | Cry | List | Cond
Lead = Conj | Conj , | Adverbial , | Adverbial | Sub , | Intro , | to Bare ,
Joined = , Conj Lead* Pred0 | Conj Lead* Main | , Conj Lead* Main | , Main | Conj Pred0 | , Tag | , Question | , NP | , but NP
Pred0 = FinS | FinP
Intro = no | yes | oh | goodbye | please | for that | of course | for example | after all that | if not | step by step | layer by layer
Adj = ADJ
PLUS = plus | minus | and
Conj = and | but | so | or | for | then | because | while | yet
Main = that is why There | that is why Clause | that is how Clause | that is how to Bare | it BeS not NP Rel? who BeS ADJ but NP | Clause | There | Front
Clause = each FinS | not every N FinS | this one did | NUM and NUM V NUM | NUM PLUS NUM is NUM | NUM PLUS NUM is ADJ | nobody can | SubjS FinS | SubjP FinP | SubjI FinI | Between FinP
Front = Where there? VD SubjAny | Where Motion SubjAny | Where stood SubjAny | there Clause
Between = each of them
Where = PP
Motion = sat | lay | came | stood | hung
FinAny = FinS | FinP
There = there BeS not? Adverb* NPs Tail* | there BeP not? Adverb* NPp Tail* | there BeP NUM | there has Adverb* been NPs Tail* | there NPs BeS | there it BeS Commas? | there came NPs | there BeS Tail* NPs
Commas = , AdjList
BeS = is | was
BeP = are | were
SubjS = NPs Rel? | NPs | VG Comp | PP2
SubjP = NPp Rel?
SubjI = i
PP2 = what Clause
SubjAny = SubjS | SubjP | SubjI
Rel = who FinS | who FinP | that FinAny | that Clause | Clause | called Any | named Any | PP | PP PP | , who FinAny | , NP | VG Comp | where Clause | alone | , which FinAny
Any = NAME | RARE | N | NS
FinS = Adverb* VS Comp | Adverb* VD Comp | MODAL not? Adverb* Bare | Adverb* is not? Be | Adverb* was not? Be | has not? Perf | had not? Perf | does not? Bare | did not? Bare | FinS1 More
FinS1 = VS Comp | VD Comp | is Be | was Be | MODAL Bare
FinP = Adverb* V Comp | Adverb* VD Comp | MODAL not? Adverb* Bare | Adverb* are not? Be | Adverb* were not? Be | have not? Perf | had not? Perf | do not? Bare | did not? Bare | FinP1 More
FinP1 = V Comp | VD Comp | are Be | were Be | MODAL Bare
FinI = V Comp | VD Comp | MODAL not? Bare | am not? Be | was not? Be | have not? Perf | had not? Perf | do not Bare | did not? Bare
More = and Pred0 | , and Pred0 | , Pred0 | but Pred0 | or Pred0 | , Pred0 More
Bare = V Comp | be Be | have Perf | V and V Comp | V Comp and V Comp | V Comp or V Comp
Perf = Adverb* VN Comp | Adverb* been Be | VN and VN Comp
Be = Adverb* BeX Tail*
BeX = AdjP | KIND of N | DEG ADJ | NP Rel? | PP | VG Comp | VG and VG | VN Comp | to Bare | QuoteWord | Adverb | Clause | that Clause | AdjList | Compare | in the hands of NP | over | gone | NUM NOUNAGE? | how to Bare
KIND = DET kind
NOUNAGE = years old | years ADJ
AdjList = ADJ , ADJ Last | ADJ and ADJ
Last = and ADJ | , and ADJ
Compare = as ADJ as NP | ADJR than NP | better than NP | the most ADJ | like NP | ADJ as NP | most ADJ | more ADJ
Comp = Part? Obj? Obj? Tail*
Obj = only NPo | thank you | NPo Rel? | QuoteWord
Tail = PP | Adverb | to Bare | AdjP | that Clause | Clause | Wh | Sub | VG Comp | VG and VG | , PP | and PP | , like NP | , as ADJ as NP | , but not PP | , not even NP | than the last | , not magic | , mostly PP | , ADV PP | , ADV | again | plus NUM | there too | there too , PP | , even NP | , of course | Compare | as if Clause | as if SubjAny were Be | , Sub | and VN Comp | Part | in order | as well | for ADJ | , VG Comp | VN PP | , MANNER | PP PP | not NP | once more | so Clause | than Clause | , which FinAny | so ADJ
Part = up | down | on | off | away | out | along | over | in | out PP | by | back | at all | together
AdjP = DEG? ADJ | DEG? DEG ADJ | ADJR | ADJ and ADJ | DEG ADJ and DEG? ADJ | ADJ of NP | ADJ to Bare | ADJ enough | DEG ADJR
Adverb = ADV | MANNER | TIME | no longer | any more | TIMEP | DEG MANNER
Adverbial = TIMEP | PP | MANNER | ADV | TIME | PP PP | PP TIMEP
TIMEP = on DAY | in MONTH | every DAY | one DAY | last DAY | early on DAY TIMEN | one ADJ DAY | one TIMEN | every TIMEN | that TIMEN | that DAY | on DAY TIMEN | one ADJ TIMEN | on that DAY | after DAY | the next TIMEN | the next DAY | next time | this time | all the time | every time | in the TIMEN | in the end | at the end | at last | at home | at once | one day | all day | all the way | one word at a time | one TIME TIMEN | since then | from then on | after that | for NUM TIMENS | last SEASON | in SEASON | last MONTH | another day | last time | on a ADJ TIMEN | on a ADJ DAY | on a DAY again? | NUM times | days | before | at DAYTIME | late | early | at NUM | on DAY again | a little | most | for lunch | for supper | once more | far away | not far away | all through MONTH | through MONTH | at first | by evening | after TIMEN | in ADJ TIMENS | this DAY | next DAY | on ADJ SEASON days | every SEASON | a lot
Sub = because Clause | when Clause | while Clause | until Clause | if Clause | if Clause , Clause | before Clause | after Clause | as Clause | so that Clause | when VG Comp | where Clause | for Clause | because There
Cond = if Clause , then? Main | when Clause , Main | while Clause , Main | because Clause , Main | before Clause , Main | as Clause , Main | if There , Main | after Clause , Main
Wh = who FinAny | what Clause | where Clause | how to Bare | how Clause | what FinAny | what to Bare | that There | how ADJ Clause | how many NS Clause | which FinAny | , who FinAny | why Clause | what Clause
PP = PREP NPo Rel? | PREP VG Comp | PREP PREP NPo | PREP Wh | out of NPo | PREP QuoteWord | because of NPo | PREP here | PREP there | instead of NPo | PREP now | up to NPo | next to NPo
NP = NPs | NPp
NPo = NPs | NPp | him | her | them | me | us | DET NUM NS | himself | herself | itself | themselves | each other
NPs = Simple | Simple and? Poss | Simple of NPo | the N N | Simple , NAME | Simple , Rare
Rare = RARE
Poss = nothing else
Simple = the word Word | NAME | RARE | he | she | it | this | that | nobody | everybody | everyone | somebody | something | nothing else? | anything | everything | everything but NPo | DET DEG? Adjs N | DET DEG? Adjs N N | a lot of NPo | MASS | Adjs MASS | DET Adjs MASS | DAY | MONTH | COUNTRY | CITY | Own Adjs N | Own Adjs MASS | some MASS | all of it | DET one | each of NPo | one of NPo | none of NPo | one | another | another N | each Adjs N | every N | each other | DET SUP N | the SUP one | DET ADJ one | enough MASS | much MASS | Own N N | which | NUM of NPo | the other | the same | all | DET Adjs N 's? N | N music | ADJ TIMEN | DET ADJ DAY | POSS N NAME | nothing but NPo | DET Adjs N QuoteWord | DET N like QuoteWord or NPs | ADJ DAY | ADJ SEASON days | QuoteWord | QuoteWord or QuoteWord | NP0 or NPs | DET N of NPo | no NS | no N | no Adjs MASS | my | mine | what | everything | everything but NPo | DET Adjs N of DET? SEASON | SEASON | not a N of MASS | whoever FinS | part of NPo | nothing Tail? | PAIRW | one N | how to Bare | such DET Adjs N | the SUP | the most ADJ N | none | one more | a NUM | no | both | it all | TIMEN | DET TIMEN | DET ADJ TIMEN | DET whole TIMEN | the SUP DAY | the SUP DAY of the whole? TIMEN | the SUP DAY of the SEASON | half | DAY TIMEN | N or N | the day after DAY
NP0 = DET N
Own = NAME 's | DET Adjs N 's | POSS | RARE 's
Adjs = ADJ* | ADJ and ADJ | ADJ ADJ*
NPp = Plural | so many NS | Plural of NPo | Items | the others | the two | NPone or NPo | all the NS
NPone = ADJ SEASON days | NPs | Plural | NUM
Plural = the words Word and Word | they all | they | we | you | NUM? Adjs NS | DET NUM? Adjs NS | Own NUM? Adjs NS | NUM | these | both | some Adjs NS | many Adjs NS | most Adjs NS | other Adjs NS | all the Adjs NS | NUM of NPo | the same NS | both of NPo | others | people | DET others | NUM more | the NUM NS | POSS Adjs NS | no Adjs NS | all Adjs NS | DET ADJ NS | small NS | NUM TIMENS | such Adjs NS
Items = NPone and NPo | NPone , NPone , NPone , NPone and NPone | NPone , NPone , NPone and NPone | NPone , NPone and NPone
List = Items | NPone and NPone | NP Rel? | PP
Question = where AUX SubjAny Bare from | what AUX SubjAny Bare for | who FinS | what is NPs Rel? | what BeS NPs Rel? | what BeS NPs called | where BeS NPs Tail* | where BeP NPp | what N BeS NPs | what FinS | AUX SubjAny Bare | have you VN Comp | how many NS BeP Tail* | how MANY BeS NP | what AUX SubjAny Bare | where AUX SubjAny Bare | when AUX SubjAny Bare | whom AUX SubjAny Bare | how AUX SubjAny Bare | BeS NPs BeX | how to Bare | why not | and NP | what about NP | how many NS Pred0 | how MANY BeS NUM plus NUM | BeP NPp BeX | who AUX NP Bare | what BeP NPp | how much is NUM plus NUM | can SubjAny Bare | and The NPs | and where BeS NPs | and who VS NP | Lead Question | what AUX NP V all day
The = then
Order = Lead Order | please? V Comp | do not V Comp | let us V Comp Tail* | V Comp , or Clause | V Comp | V Comp Joined* | V this Comp | V Comp and V Comp
Cry = what DET ADJ N BeClause? | how ADJ | goodbye , NAMES | thank you , NAMES | no | yes | thank you | DET Adjs N | NAMES | of course | good morning
BeClause = it BeS | SubjS BeS
NAMES = NAME | RARE
Speech = Quote Tag , Quote | Quote Tag , Conj Quote | Quote Tag Tags* End | Quote | Quote , ?
Quote = " Inner "
Inner = Lead? TIMEP , | Text , | Text Stop | Text Stop Inner | Lead* Text ,
Stop = . | ? | !
Tag = SAID SubjAny Tail* WhoTail? | SubjAny SAID Tail* WhoTail? | SubjAny SAID to NPo | SAID SubjAny to NPo | thought NPs | SubjS Adverb* SAID Tail* | SAID SubjAny , who FinAny
WhoTail = , who FinAny
Tags = , Quote | , and Pred0 | , and Main | , but Main | , Sub | , or Main
QuoteWord = " QW "
QW = the N PP | Word Word Word Word | Word Word Word | Word Word | Word
Word = N | NS | ADJ | NAME | V | VD | the | and | DET | PREP | it | MASS | was | he | she
`

// A grammar is the rules with numbered symbols; terminals are categories or words.
type grammar struct {
	rules map[string][][]part
}

type part struct {
	symbol       string
	maybe, again bool // "?", "*"
	rule         bool
}

// readGrammar reads lines "Name = a b? C* | …".
func readGrammar(text string) *grammar {
	g := &grammar{rules: map[string][][]part{}}
	for line := range strings.Lines(text) {
		name, body, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if !ok {
			continue
		}
		for alternative := range strings.SplitSeq(body, " | ") {
			var parts []part
			for word := range strings.FieldsSeq(alternative) {
				p := part{symbol: word}
				if len(word) > 1 {
					p.maybe, p.again = strings.HasSuffix(word, "?"), strings.HasSuffix(word, "*")
					p.symbol = strings.TrimRight(word, "?*")
				}
				parts = append(parts, p)
			}
			g.rules[name] = append(g.rules[name], parts)
		}
	}
	for _, alternatives := range g.rules {
		for _, parts := range alternatives {
			for i := range parts {
				_, parts[i].rule = g.rules[parts[i].symbol]
			}
		}
	}
	return g
}

// A reading is the recognition of one sentence of less than 64 tokens. The bit i of a
// set stands for "before token i".
type reading struct {
	grammar *grammar
	tokens  []token
	memo    map[spot]uint64
}

type spot struct {
	symbol string
	at     int
}

// accepts reports whether the tokens, all of them, are one Unit.
func (g *grammar) accepts(tokens []token) bool {
	if len(tokens) > 62 {
		return false
	}
	r := &reading{g, tokens, map[spot]uint64{}}
	return r.ends("Unit", 0)>>len(tokens)&1 == 1
}

// ends returns where a rule that begins at a token can end.
func (r *reading) ends(rule string, at int) uint64 {
	key := spot{rule, at}
	if set, done := r.memo[key]; done {
		return set
	}
	r.memo[key] = 0
	var all uint64
	for _, parts := range r.grammar.rules[rule] {
		set := uint64(1) << at
		for _, p := range parts {
			if set = r.step(p, set); set == 0 {
				break
			}
		}
		all |= set
	}
	r.memo[key] = all
	return all
}

// step returns where one part can end that begins at any of a set of places.
func (r *reading) step(p part, from uint64) uint64 {
	var out uint64
	if p.maybe || p.again {
		out = from
	}
	done := uint64(0)
	for todo := from; todo != 0; {
		at := bits.TrailingZeros64(todo)
		todo &^= 1 << at
		done |= 1 << at
		var set uint64
		if p.rule {
			set = r.ends(p.symbol, at)
		} else if at < len(r.tokens) && r.tokens[at].is(p.symbol) {
			set = 1 << (at + 1)
		}
		out |= set
		if p.again {
			todo |= set &^ done
		}
	}
	return out
}
