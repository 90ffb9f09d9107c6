package weights_test

import (
	"os"
	"strings"
	"testing"

	"glassbox/web/app/apptest"
	. "glassbox/web/feature"
	"glassbox/web/feature/open"
	"glassbox/web/feature/weights"
	"glassbox/web/say"
)

// sorter returns the file of a model that sorts letters.
func sorter(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("../../../model/testdata/nano-sort/weights.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const address = BesidePrefix + "mine"

// beside returns a reader of a page beside which a model lies.
func beside(t testing.TB) *apptest.Reader {
	t.Helper()
	o := weights.Offer{Name: "Mine\u202e", Bytes: 345_000}
	o.Address, o.Licence = address, "MIT"
	return apptest.Open(t, "").Send(weights.Listed{Offers: []weights.Offer{o}})
}

// arrives hands over the files that the page was asked for.
func arrives(r *apptest.Reader, b []byte) {
	r.Files = map[int][]byte{7: b}
	r.Send(open.Chosen{Folder: "Mine", Origin: Origin{Address: apptest.LastOf[weights.Fetch](r).Address, Licence: "MIT"},
		Files: []File{{Number: 7, Name: "mine.safetensors", Size: len(b)}}})
}

// menu returns the page of a reader.
func menu(r *apptest.Reader) string {
	p := apptest.NewPage(r.T)
	p.State = r.S
	return p.HTML()
}

func TestAModelBesideThePageIsListedWithSizeAndLicence(t *testing.T) {
	html := menu(beside(t))
	for _, want := range []string{`data-beside="` + address + `"`, "<b>Mine", say.Bytes(345_000) + ", MIT"} {
		if !strings.Contains(html, want) {
			t.Errorf("the menu lacks %q", want)
		}
	}
	if strings.Contains(html, "\u202e") {
		t.Error("a name turns the line around")
	}
	if strings.Contains(menu(apptest.Open(t, "")), "data-beside") {
		t.Error("a page by itself lists something")
	}
}

func TestAModelBesideThePageOpensAndStaysInTheMenuOnce(t *testing.T) {
	r := beside(t)
	r.Send(weights.Wanted{Address: address})
	arrives(r, sorter(t))
	r.Expect("the model", r.S.Model, "file.7").Expect("its label", r.S.Choice().Label, "Mine")
	r.Expect("what it does", r.S.Choice().Does, "Lies beside this page. Its licence: MIT.")
	if strings.Contains(r.S.Notice, "this device") {
		t.Errorf("it says %q of what came from elsewhere", r.S.Notice)
	}
	if strings.Contains(menu(r), "data-beside") {
		t.Error("it stands in the menu twice")
	}
	r.Send(ModelChosen{ID: "sort"}, weights.Wanted{Address: address}).Expect("the model", r.S.Model, "file.7")
	r.Expect("times it was asked for", apptest.Count[weights.Fetch](r), 1)
}

func TestAnAddressThatIsNotListedIsNotAskedFor(t *testing.T) {
	r := beside(t).Send(weights.Wanted{Address: BesidePrefix + "other"})
	r.Expect("times something was asked for", apptest.Count[weights.Fetch](r), 0)
}

func TestAModelFromElsewhereBelongsToNothingThatIsThere(t *testing.T) {
	r := beside(t)
	r.Files = map[int][]byte{1: []byte(`{"model_type": "gpt2", "n_head": 3}`)}
	r.Send(open.Chosen{Files: []File{{Number: 1, Name: "config.json", Size: len(r.Files[1])}}})
	r.Send(weights.Wanted{Address: address})
	arrives(r, sorter(t))
	r.Expect("its files", len(r.S.Choice().Source.Files), 1)
}
