package corpus

import "strings"

// enrich returns an adjective with a space, or nothing, for the slot of a noun that comes after an
// article or, in the plural, after any plain word. It is what keeps one sentence from standing in
// many documents alike: nearly every noun of a template may have an adjective of its class.
func (p *page) enrich(before, slot string) string {
	class, form, _ := strings.Cut(strings.TrimPrefix(slot, "#"), " ")
	if slot[0] != '#' || form != "" && form != "s" || p.chance(4) {
		return ""
	}
	if form == "" && !afterArticle(before) && !(isMass(class) && afterWord(before)) || form == "s" && !afterWord(before) {
		return ""
	}
	adjectives := adjectivesOf(class)
	if adjectives == nil {
		return ""
	}
	return p.pick("*"+p.one(adjectives...)).base + " "
}

// adjectivesOf returns the classes of adjectives that suit a class of nouns, or nil.
func adjectivesOf(class string) []string {
	switch class {
	case "job":
		return []string{"person"}
	case "animal", "pet", "bird", "insect":
		return []string{"person", "size", "lovely"}
	case "furniture", "container", "garment", "tool", "part", "device", "vehicle", "instrument", "thing", "machine":
		return []string{"look"}
	case "building", "nature", "land", "tree", "flower":
		return []string{"lovely"}
	case "fruit", "vegetable", "dish", "food", "drink":
		return []string{"taste"}
	case "noise", "small", "shape":
		return []string{"size"}
	}
	return nil
}

func isMass(class string) bool { return class == "food" || class == "drink" }

// voices lets a template's "said" be another verb of saying, and what was said be said in some manner.
func voices(t string) string {
	t = strings.ReplaceAll(t, ",\" said {", ",\" [said|said|whispered|replied|called|mumbled|explained|announced|murmured|declared] {")
	for _, name := range []string{"{a}", "{b}", "{n}", "{f}", "the {#job}"} {
		for _, verb := range []string{"said ", "asked ", "declared] "} {
			t = strings.ReplaceAll(t, verb+name+".", verb+name+"[| {*spoken}| {*spoken}].")
		}
	}
	return t
}

// afterArticle reports whether a text ends with an article.
func afterArticle(s string) bool {
	for _, end := range []string{"a ", "A ", "the ", "The "} {
		rest, ok := strings.CutSuffix(s, end)
		if ok && (rest == "" || strings.HasSuffix(rest, " ") || strings.HasSuffix(rest, "\"")) {
			return true
		}
	}
	return false
}

// afterWord reports whether a text ends with a word after which a plural may begin.
func afterWord(s string) bool {
	for _, end := range []string{" of ", " and ", " the ", " about ", " in ", " for ", " like ", " by ", " with "} {
		if strings.HasSuffix(s, end) {
			return true
		}
	}
	return false
}
