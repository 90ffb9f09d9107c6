package corpus

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestCardsSayWhatWasSaid reads the shortest exercises with patterns of its own.
func TestCardsSayWhatWasSaid(t *testing.T) {
	facts := regexp.MustCompile(`(?:\b(\w+) had )?\b[Aa]n? (\w+) (\w+)\.`)
	questions := regexp.MustCompile(`(?:The|This is) (\w+): (?:(s?he), )?(\w+)\.|(\w+): (\w+)\.`)
	reader := newReader()
	asked := map[string]int{}
	for g := New(4, Training, "cards"); asked["The"] < 1000 || asked["This is"] < 300 || asked["name"] < 300; {
		text := g.Next()
		known := map[[2]string]bool{} // of what, what
		title, _, _ := strings.Cut(text, ".")
		she, he := reader.first(`\b(`+reader.she+`)\b`, text), reader.first(`\b(`+reader.he+`)\b`, text)
		for _, m := range facts.FindAllStringSubmatch(text, -1) {
			owner, colour, noun := m[1], m[2], m[3]
			known[[2]string{noun, colour}], known[[2]string{colour, noun}] = title == "Colors", true
			switch owner {
			case "She":
				known[[2]string{noun, "she " + she}] = true
			case "He":
				known[[2]string{noun, "he " + he}] = true
			default:
				known[[2]string{noun, owner}], known[[2]string{owner, noun}] = true, true
			}
		}
		for _, m := range questions.FindAllStringSubmatch(text, -1) {
			of, answer := m[1], m[3]
			if m[2] != "" {
				answer = m[2] + " " + answer
			}
			if m[4] != "" {
				of, answer = m[4], m[5]
			}
			if !known[[2]string{of, answer}] {
				t.Fatalf("it says %q, in: %s", m[0], text)
			}
			switch {
			case strings.HasPrefix(m[0], "The "):
				asked["The"]++
			case strings.HasPrefix(m[0], "This is "):
				asked["This is"]++
			default:
				asked["name"]++
			}
		}
	}
}

// TestRowsSayWhatWasSaid does the same with the simplest ones.
func TestRowsSayWhatWasSaid(t *testing.T) {
	facts := regexp.MustCompile(`(?:\b(\w+) had )?\b[Aa]n? (\w+) (\w+)\.`)
	lists := regexp.MustCompile(`(In a row|And back): ([^.]+)\.`)
	for g, asked := New(4, Training, "rows"), 0; asked < 1000; {
		text := g.Next()
		known := map[string]bool{}
		for _, m := range facts.FindAllStringSubmatch(text, -1) {
			of := m[1]
			if of == "" {
				of = m[2]
			}
			known["In a row "+m[3]+" "+of], known["And back "+of+" "+m[3]] = true, true
		}
		for _, m := range lists.FindAllStringSubmatch(text, -1) {
			for _, pair := range strings.Split(m[2], ", ") {
				if asked++; !known[m[1]+" "+pair] {
					t.Fatalf("%q in %q, in: %s", pair, m[0], text)
				}
			}
		}
	}
}

// TestQuizzesSayWhatWasSaid looks at each answer: it must belong to the thing that was spoken of last.
func TestQuizzesSayWhatWasSaid(t *testing.T) {
	facts := regexp.MustCompile(`(\w+ \w+ )?\b[Aa]n? (\w+) (\w+)( belonged to (\w+))?\.`)
	reader := newReader()
	for g, asked := New(4, Training, "quick"), 0; asked < 3000; {
		text, places := g.NextWithAnswers()
		she, he := reader.first(`\b(`+reader.she+`)\b`, text), reader.first(`\b(`+reader.he+`)\b`, text)
		of := map[string][]string{} // of a thing
		for _, m := range facts.FindAllStringSubmatch(text, -1) {
			of[m[3]] = []string{m[2], m[5]}
			switch owner, _, _ := strings.Cut(m[1], " "); owner {
			case "She":
				of[m[3]] = append(of[m[3]], "she", "her", she)
			case "He":
				of[m[3]] = append(of[m[3]], "he", "him", he)
			default:
				of[m[3]] = append(of[m[3]], owner)
			}
		}
		for _, p := range places {
			asked++
			answer := text[p.From:p.To]
			said := strings.FieldsFunc(text[:p.From], func(r rune) bool { return strings.ContainsRune(" .,:?", r) })
			thing := answer
			if of[thing] == nil {
				for i := len(said) - 1; of[thing] == nil; i-- {
					thing = said[i]
				}
			} else if answer = said[len(said)-1]; answer == "the" {
				answer = said[len(said)-3]
			}
			if !slices.ContainsFunc(of[thing], func(s string) bool { return strings.EqualFold(s, answer) }) {
				t.Fatalf("of the %s it says %q behind %q; expected one of %q", thing, answer, text[:p.From], of[thing])
			}
		}
	}
}

// TestExercisesContradictNothing lets the checker's story follow them.
func TestExercisesContradictNothing(t *testing.T) {
	g := New(4, HeldOut, "memory", "turns", "trades")
	answers := 0
	for range 300 {
		text, places := g.NextWithAnswers()
		answers += len(places)
		told := newStory()
		for _, s := range sentences(text) {
			if problem := told.read(s); problem != "" {
				t.Fatalf("%s: %s, in: %s", s, problem, text)
			}
		}
		for _, p := range places {
			word := text[p.From:p.To]
			if !slices.Contains([]string{"she", "her", "he", "him"}, strings.ToLower(word)) && !slices.Contains(strings.FieldsFunc(text[:p.From], func(r rune) bool { return strings.ContainsRune(" .,:?!\"", r) }), word) {
				t.Errorf("the answer %q was not said before, in: %s", word, text)
			}
		}
	}
	if answers < 300*5 {
		t.Errorf("300 exercises ask %d questions", answers)
	}
}
