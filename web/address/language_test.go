package address

import "testing"

func TestALanguageIsMetByOneThatIsNear(t *testing.T) {
	for wish, want := range map[Language]bool{"": true, "en": true, "EN-gb": true, "pt": true, "pt-PT": true, "de-AT": true, "de": true,
		"d": false, "fr": false, "e": false, "zh-Hant-TW": false} {
		if got := wish.In([]string{"en", "de-DE", "pt-BR"}); got != want {
			t.Errorf("%q: %v; expected %v", wish, got, want)
		}
	}
}

func TestALanguageIsATag(t *testing.T) {
	for _, wrong := range []Language{"de_DE", "d e", "<b>", "ä", "abcdefghijklmnopqrstuvwxyz-1234567890"} {
		if wrong.check() == nil {
			t.Errorf("%q was taken", wrong)
		}
	}
}
