package feature

// What the tests of the whole page, which stand outside of the package, see of its inside.

var (
	SpokenPlace, SpokenText = spokenPlace, spokenText
	Spelled, ReadsCell      = spelled, readsCell
	Longer                  = longer
)

const Patience = patience

func (s State) TurnOfPlay() int    { return s.turn }
func (s State) Cards() []Card      { return s.cards() }
func (s State) EscapeMessage() Msg { return s.escape() }

func (s *State) PlayAs(turn int) { s.Playing, s.turn = true, turn }
