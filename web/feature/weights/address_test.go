package weights_test

import (
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/open"
	"glassbox/web/feature/weights"
)

const far = "https://example.org/models/mine.safetensors"

// comes answers the look at an address: the host says how large the file is.
func comes(r *apptest.Reader, b []byte) {
	look := apptest.LastOf[weights.Look](r)
	r.Files = map[int][]byte{9: b}
	r.Send(weights.Found{}, open.Chosen{Origin: Origin{Address: look.Address, Host: "example.org", SHA256: look.SHA256},
		Files: []File{{Number: 9, Name: "mine.safetensors", Size: len(b)}}})
}

// escaped is an address as it stands in a link.
func escaped(address string) string {
	return strings.NewReplacer(":", "%3A", "/", "%2F").Replace(address)
}

func TestAnAddressIsTakenApart(t *testing.T) {
	for text, want := range map[string]weights.At{
		far: {Address: far, Host: "example.org", File: "mine.safetensors"},
		" https://a-b.example:8443/x/m.gguf?download=true#x ": {Address: "https://a-b.example:8443/x/m.gguf?download=true#x", Host: "a-b.example:8443", File: "m.gguf"},
		"files/m.gguf": {Address: "files/m.gguf", File: "m.gguf"},
	} {
		if got, err := weights.Parse(text); err != nil || got != want {
			t.Errorf("%q is %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "ftp://a/b", "file:///etc/passwd", "javascript:alert(1)", "data:text/plain,x", "//example.org/m", "https://huggingface.co@evil.example/m.gguf",
		"https://hüggingface.co/m", "https://", "https://a b/c", "https://a/\"b"} {
		if got, err := weights.Parse(text); err == nil {
			t.Errorf("%q is taken for %+v", text, got)
		}
	}
}

func TestALinkToAFileAsksTheReaderFirst(t *testing.T) {
	r := apptest.Open(t, "#text=CBA&stage=norm&weights="+escaped(far))
	r.Expect("the model meanwhile", r.S.Model, "sort").Expect("the text meanwhile", r.S.Text, "CBABBC")
	r.Expect("times a host is asked", apptest.Count[weights.Look](r)+apptest.Count[weights.Reload](r), 0)
	html := menu(r)
	for _, want := range []string{`id="weights-card"`, "example.org would be asked for mine.safetensors", "Ask example.org", "loads anew"} {
		if !strings.Contains(html, want) {
			t.Errorf("the card lacks %q", want)
		}
	}
	r.Expect("the address", r.S.Hash(), "#weights="+escaped(far))
	r.Send(weights.Confirmed{})
	reload := apptest.LastOf[weights.Reload](r)
	r.Expect("the yes is to", reload.Address, far).Expect("and leads to", reload.Hash, "#text=CBA&stage=norm&weights="+escaped(far))

	// The page loads anew.
	r = apptest.Open(t, "")
	r.S = apptest.NewPage(t).State
	r.Send(weights.Given{Address: far}, Navigated{Hash: reload.Hash})
	r.Expect("the host is asked for", apptest.LastOf[weights.Look](r).Address, far)
	comes(r, sorter(t))
	html = menu(r)
	for _, want := range []string{`id="open-card"`, "The file comes from example.org", "Load "} {
		if !strings.Contains(html, want) {
			t.Errorf("before it is loaded the dialog lacks %q", want)
		}
	}
	r.Expect("times it was read", apptest.Count[ReadFile](r), 0)
	r.Send(open.Confirmed{}).Expect("the model", r.S.Model, "file.9").Expect("the text", r.S.Text, "CBA").Expect("the stage", string(r.S.Stage), "norm")
	r.Expect("the address", r.S.Hash(), reload.Hash)
	r.Send(ModelChosen{ID: "sort"}).Expect("the address of another model", r.S.Hash(), "")
	r.Send(Navigated{Hash: reload.Hash}).Expect("the model after back", r.S.Model, "file.9")
}

func TestAYesIsForOneAddress(t *testing.T) {
	r := apptest.Open(t, "")
	r.S = apptest.NewPage(t).State
	r.Send(weights.Given{Address: far}, Navigated{Hash: "#weights=" + escaped("https://other.example/m.gguf")})
	r.Expect("times a host is asked", apptest.Count[weights.Look](r), 0)
	if !strings.Contains(menu(r), "other.example would be asked") {
		t.Error("the reader is not asked")
	}
}

func TestALinkElsewhereClosesTheCard(t *testing.T) {
	r := apptest.Open(t, "#weights="+escaped(far))
	r.Send(Navigated{Hash: "#text=CBA"}).Expect("the card is open", weights.Of(&r.S).Open, false).Expect("the address", r.S.Hash(), "#text=CBA")
	r = apptest.Open(t, "")
	r.S = apptest.NewPage(t).State
	r.Send(weights.Given{Address: far}, Navigated{Hash: "#weights=" + escaped(far)}, Navigated{Hash: "#text=CBA"})
	r.Expect("the host is left", apptest.Count[weights.Leave](r), 1).Expect("the card is open", weights.Of(&r.S).Open, false)
}

func TestNoEndsALink(t *testing.T) {
	r := apptest.Open(t, "#text=CBA&weights="+escaped(far))
	r.Send(KeyPressed(r.S, "Escape")).Expect("the address", r.S.Hash(), "")
	r.Send(weights.Toggled{}, weights.Typed{Text: far}, weights.Failed{Reason: "It is not there."})
	if !strings.Contains(menu(r), "It is not there.") {
		t.Error("nothing says what went wrong")
	}
}

func TestACancelledLoadingLeavesTheAddress(t *testing.T) {
	r := apptest.Open(t, "")
	r.S = apptest.NewPage(t).State
	r.Send(weights.Given{Address: far}, Navigated{Hash: "#text=CBA&weights=" + escaped(far)})
	comes(r, sorter(t))
	r.Send(open.Cancelled{}).Expect("the model", r.S.Model, "sort").Expect("the address", r.S.Hash(), "")
}

func TestWhatIsKeptNeedsNoHost(t *testing.T) {
	r := apptest.Open(t, "")
	r.Send(weights.Toggled{}, weights.Stored{Kept: []weights.Kept{{Address: far, Name: "mine.safetensors", Bytes: 1000, Whole: true}, {Address: "https://b.example/h.gguf", Name: "h.gguf", Bytes: 2000}}}, weights.Typed{Text: far})
	html := menu(r)
	for _, want := range []string{"is kept in this browser. Nothing is asked for", `data-kept="` + far + `"`, "a part of", `data-forget="https://b.example/h.gguf"`} {
		if !strings.Contains(html, want) {
			t.Errorf("the card lacks %q", want)
		}
	}
	r.Send(weights.Confirmed{}).Expect("it looks at", apptest.LastOf[weights.Look](r).Address, far).Expect("times the page loads anew", apptest.Count[weights.Reload](r), 0)
	r.Send(weights.Toggled{}).Expect("it leaves", apptest.Count[weights.Leave](r), 1)
	r.Send(weights.Deleted{Address: far}).Expect("forgotten", apptest.LastOf[weights.Delete](r).Address, far)
	r.Send(weights.Toggled{}, weights.Typed{Text: "https://b.example/h.gguf"}, weights.Confirmed{}).Expect("half a file needs its host", apptest.LastOf[weights.Reload](r).Address, "https://b.example/h.gguf")
}

func TestASealedPageAsksNoHost(t *testing.T) {
	r := apptest.Open(t, "").Send(weights.Given{Sealed: true}, weights.Toggled{}, weights.Typed{Text: far})
	if html := menu(r); !strings.Contains(html, `id="weights-confirm" disabled`) {
		t.Errorf("a page that may ask no host offers to")
	}
}

func TestASumInALinkIsChecked(t *testing.T) {
	sum := strings.Repeat("0", 64)
	r := apptest.Open(t, "")
	r.S = apptest.NewPage(t).State
	r.Send(weights.Given{Address: far}, Navigated{Hash: "#sha256=" + sum + "&weights=" + escaped(far)})
	r.Expect("the sum", apptest.LastOf[weights.Look](r).SHA256, sum)
	r = apptest.Open(t, "#sha256=xyz&weights="+escaped(far))
	if !strings.Contains(r.S.Notice, "sha256") {
		t.Errorf("of a sum that is none it says %q", r.S.Notice)
	}
}
