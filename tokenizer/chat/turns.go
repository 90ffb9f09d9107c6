package chat

import "strings"

// Turns cuts a text into the turns of a conversation: a line that begins with "user:", "assistant:" or "system:" begins one.
// A text without such a line is what the user says.
func Turns(text string) (turns []Turn) {
	for line := range strings.Lines(text) {
		role, said := roleOf(line)
		if role == "" && len(turns) > 0 {
			turns[len(turns)-1].Text += line
			continue
		}
		if role == "" {
			role, said = "user", line
		}
		turns = append(turns, Turn{Role: role, Text: said})
	}
	for i := range turns {
		turns[i].Text = strings.TrimRight(turns[i].Text, "\n")
	}
	return turns
}

// roleOf returns who speaks in a line, and what; no role: the line goes on with what stands before.
func roleOf(line string) (role, said string) {
	for _, role := range []string{"system", "user", "assistant"} {
		if said, ok := strings.CutPrefix(line, role+":"); ok {
			return role, strings.TrimPrefix(said, " ")
		}
	}
	return "", line
}
