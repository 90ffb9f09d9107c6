package engine

import (
	"strings"
	"testing"
)

func TestADamagedFileIsNamedWithAWayOn(t *testing.T) {
	for name, want := range map[string]string{"sort": "The model sort", "": "GPT-2 tokenizer"} {
		r := DamagedReply(Request{ID: 7, Load: &Load{Name: name}})
		if r.ID != 7 || !strings.Contains(r.Error, want) || !strings.Contains(r.Error, "new copy") {
			t.Errorf("%q: the reply is %+v", name, r)
		}
	}
}
