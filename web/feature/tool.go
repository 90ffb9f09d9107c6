package feature

// A Tool is an entry in the menu of the lab.
type Tool struct {
	Title, Hint string
	Order       int
	Go          Msg
	On          bool // it is open
}
