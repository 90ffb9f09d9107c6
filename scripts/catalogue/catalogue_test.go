package catalogue_test

import (
	"strings"
	"testing"

	"glassbox/scripts/catalogue"
)

func parse(t *testing.T, tag, text string) *catalogue.Language {
	t.Helper()
	l, err := catalogue.Parse(tag, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestWhatIsNoCatalogueIsRefusedByName(t *testing.T) {
	for text, want := range map[string]string{
		``:                               "EOF",
		`[]`:                             "expected an object",
		`{"a": 1}`:                       "expected an object",
		`{"a": {"b": 1}}`:                "a.b: ",
		`{"a": {"b": "{"}}`:              "a.b: ",
		`{"a": {}, "b": {}, "a": {}}`:    "the section a stands there twice",
		`{"boot": {"b": "{n, number}"}}`: "boot.b: before the program runs",
		`{"a": {"b": "", "b": ""}}`:      "a.b stands there twice",
		`{"A": {}}`:                      `"A" is no name`,
		`{"a": {"b c": ""}}`:             `"b c" is no name`,
		`{"a": {}} x`:                    "something stands behind",
		`{"a": {"b": "x"}`:               "unexpected end",
	} {
		if _, err := catalogue.Parse("en", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; expected %q", text, err, want)
		}
	}
}

func TestATranslationMayBePartial(t *testing.T) {
	english := parse(t, "en", `{"boot": {"z": "Z"}, "a": {"x": "one", "y": "two"}, "b": {"x": "three"}}`)
	german := parse(t, "de", `{"b": {"x": "drei", "old": "alt"}, "a": {"x": "eins"}}`)
	sources, gaps := german.Sources(english)
	if got := strings.Join(sources, ","); got != "eins,,drei" {
		t.Errorf("the texts are %q", got)
	}
	if got := strings.Join(gaps, ","); got != "boot.z,a.y" {
		t.Errorf("the gaps are %q", got)
	}
	if wrong := german.Check(english); len(wrong) != 1 || !strings.Contains(wrong[0].Error(), "b.old") {
		t.Errorf("wrong is %v", wrong)
	}
}

func TestATranslationThatDoesNotFitIsNamed(t *testing.T) {
	english := parse(t, "en", `{"a": {"x": "{n, plural, one {#} other {#}} of <key>{name}</key>"}}`)
	for text, want := range map[string]string{
		"<key>{name}</key>: {n, number}": "",
		"<key>{n, number}</key>":         "",
		"{name}":                         "the tags are",
		"<k>{name}</k>":                  "the tags are",
		"<key>{m}</key>":                 "no argument {m}",
		"<key>{n}</key>":                 "no argument {n}",
	} {
		wrong := parse(t, "de", `{"a": {"x": "`+text+`"}}`).Check(english)
		if want == "" && len(wrong) > 0 || want != "" && (len(wrong) != 1 || !strings.Contains(wrong[0].Error(), want)) {
			t.Errorf("%s: %v; expected %q", text, wrong, want)
		}
	}
}

func TestMadeUpLanguagesChangeLettersAndNothingElse(t *testing.T) {
	english := parse(t, "en", `{"about": {"direction": "ltr"}, "a": {"x": "Step {n, plural, one {# token} other {# tokens}} of GPT-2's h.0.ln_1, <key>T</key> in {names, list}: GELU doesn't '{'stop'}'"}}`)
	longer, err := catalogue.Longer().Language(english)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := longer.Texts[1].Source, "Šţéép {n, plural, one {# ţôôķééñ} other {# ţôôķééñš}} ôôf GPT-2'š h.0.ln_1, <key>T</key> îîñ {names, list}: GELU ðôôééšñ'ţ '{'stop'}'"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	reversed, err := catalogue.RightToLeft().Language(english)
	if err != nil {
		t.Fatal(err)
	}
	if got := reversed.Texts[0].Source; got != "rtl" {
		t.Errorf("the direction is %q", got)
	}
	if got := reversed.Texts[1].Source; !strings.HasPrefix(got, "קרהע {n, plural, one {# ר") {
		t.Errorf("got %s", got)
	}
}

func TestMadeUpLanguagesKnowATagFromItsSign(t *testing.T) {
	english := parse(t, "en", `{"about": {"direction": "ltr"}, "a": {"x": "less is '<', more '<'b>"}}`)
	longer, err := catalogue.Longer().Language(english)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := longer.Texts[1].Source, "ļééšš îîš '<', môôŕéé '<'b>"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := catalogue.Longer().Lesson("a < b"); got != "åå < b" {
		t.Errorf("a lesson says %q", got)
	}
}

func TestAMadeUpLessonKeepsWhatIsNoText(t *testing.T) {
	got := catalogue.Longer().Lesson("---\ntitle: The line\nplace: #stage=norm\n---\n{for letters}\nSee {tokens} in [this](#text=CBA) `code`.\n")
	if want := "---\ntitle: Ţĥéé ļîîñéé\nplace: #stage=norm\n---\n{for letters}\nŠéééé {tokens} îîñ [ţĥîîš](#text=CBA) `code`.\n"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestAPageCarriesLanguages(t *testing.T) {
	english := parse(t, "en", `{"about": {"direction": "ltr"}, "boot": {"start": "Start '<'/script>"}, "a": {"x": "one"}}`)
	page := `<html lang="en" data-languages="en:ltr"><body>` + catalogue.Words(english) + `</body>`
	arabic, err := catalogue.RightToLeft().Language(english)
	if err != nil {
		t.Fatal(err)
	}
	got, err := catalogue.Carry(page, english, arabic)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`data-languages="en:ltr ar-XB:rtl"`, `id="data-language-ar-XB"`, `"ar-XB":{"start":`} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %s:\n%s", want, got)
		}
	}
	if strings.Count(got, "</script>") != 2 {
		t.Errorf("a text ends its block:\n%s", got)
	}
	if _, err := catalogue.Carry("<html>", english); err == nil {
		t.Error("a page without languages took one")
	}
}
