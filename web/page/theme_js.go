package page

import (
	"syscall/js"

	"glassbox/web/address"
	"glassbox/web/scene/paint"
)

// watchTheme follows the system's theme and its wish for less motion.
func (p *Page) watchTheme() {
	for _, query := range []string{"(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)"} {
		p.listen(media(query), "change", false, func(js.Value) { p.applyTheme() })
	}
	p.applyTheme()
}

func media(query string) js.Value { return js.Global().Call("matchMedia", query) }

// applyTheme gives page and scene the theme that the reader chose, or that of the system.
func (p *Page) applyTheme() {
	theme := map[address.Theme]paint.Theme{address.ThemeLight: paint.Light, address.ThemeDark: paint.Dark, address.ThemeProjector: paint.Projector}
	choice := p.state.ThemeShown()
	shown, chosen := theme[choice]
	if !chosen && media("(prefers-color-scheme: dark)").Get("matches").Bool() {
		shown = paint.Dark
	}
	html := js.Global().Get("document").Get("documentElement")
	if chosen {
		html.Call("setAttribute", "data-theme", string(choice))
	} else {
		html.Call("removeAttribute", "data-theme")
	}
	p.scene.SetTheme(shown)
	p.scene.SetMotion(p.state.Host.Motion == address.MotionFull && !media("(prefers-reduced-motion: reduce)").Get("matches").Bool())
	p.root.Theme = shown
	if p.dom != nil {
		p.dom.Invalidate()
	}
	p.clock.wake()
}
