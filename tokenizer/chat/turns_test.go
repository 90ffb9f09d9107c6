package chat

import "testing"

func TestTurnsAreCutAtWhoSpeaks(t *testing.T) {
	turns := Turns("system: Be brief.\nHello\nuser: A\n\nB\nassistant: C\nuser:D")
	want := []string{"system Be brief.\nHello", "user A\n\nB", "assistant C", "user D"}
	if len(turns) != len(want) {
		t.Fatalf("there are %+v", turns)
	}
	for i, w := range want {
		if got := turns[i].Role + " " + turns[i].Text; got != w {
			t.Errorf("turn %d is %q; expected %q", i, got, w)
		}
	}
	if turns := Turns("just text"); len(turns) != 1 || turns[0].Role != "user" {
		t.Errorf("a text alone is %+v", turns)
	}
}
