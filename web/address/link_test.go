package address

import "testing"

func TestTheTableIsComplete(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range Core() {
		if p.Name == "" || p.Type == "" || p.Allowed == "" || p.Doc == "" || p.set == nil || p.get == nil || seen[p.Name] {
			t.Errorf("the row %+v lacks something, or is there twice", p)
		}
		seen[p.Name] = true
		if got := p.get(New()); p.has == nil && got != p.Default {
			t.Errorf("%s has the default %q; the table says %q", p.Name, got, p.Default)
		}
		if _, says := p.said(New()); says {
			t.Errorf("the empty link says %s", p.Name)
		}
	}
}
