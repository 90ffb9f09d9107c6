package address

import (
	"errors"

	"glassbox/web/say"
)

// Theme is the reader's: as the system, or one of the themes.
type Theme string

// The choices of theme, as they stand in the URL.
const (
	ThemeSystem    Theme = ""
	ThemeLight     Theme = "light"
	ThemeDark      Theme = "dark"
	ThemeProjector Theme = "projector"
)

// Next returns the theme that follows in the circle.
func (t Theme) Next() Theme {
	switch t {
	case ThemeSystem:
		return ThemeLight
	case ThemeLight:
		return ThemeDark
	case ThemeDark:
		return ThemeProjector
	}
	return ThemeSystem
}

func (t Theme) check() error {
	switch t {
	case ThemeSystem, ThemeLight, ThemeDark, ThemeProjector:
		return nil
	}
	return errors.New(say.Address.NoTheme(quoted(string(t)), string(ThemeLight), string(ThemeDark), string(ThemeProjector)))
}
