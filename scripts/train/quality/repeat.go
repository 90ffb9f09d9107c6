package quality

// A model that is stuck says the same short thing again.
const (
	shortGram    = 4
	repeatWithin = 60 // tokens
)

// findRepeat returns the first 4-gram that stands three times within 60 tokens, or nil.
func findRepeat(ids []int) []int {
	places := map[[shortGram]int][]int{}
	for i := 0; i+shortGram <= len(ids); i++ {
		key := [shortGram]int(ids[i:])
		list := append(places[key], i)
		if n := len(list); n >= 3 && i+shortGram-list[n-3] <= repeatWithin {
			return ids[i : i+shortGram]
		}
		places[key] = list
	}
	return nil
}
