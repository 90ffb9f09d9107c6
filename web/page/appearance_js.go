package page

import (
	"strings"
	"syscall/js"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/page/browser"
	"glassbox/web/scene/paint"
)

// watchTheme follows the system's theme and its wish for less motion.
func (p *Page) watchTheme() {
	for _, query := range []string{"(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)"} {
		p.Listen(browser.Media(query), "change", false, func(js.Value) { p.applyTheme() })
	}
	p.applyTheme()
}

// applyTheme gives page and scene the theme that the reader chose, or that of the system.
func (p *Page) applyTheme() {
	theme := map[address.Theme]paint.Theme{address.ThemeLight: paint.Light, address.ThemeDark: paint.Dark, address.ThemeProjector: paint.Projector}
	choice := p.state.ThemeShown()
	shown, chosen := theme[choice]
	if !chosen && browser.Media("(prefers-color-scheme: dark)").Get("matches").Bool() {
		shown = paint.Dark
	}
	html := js.Global().Get("document").Get("documentElement")
	if chosen {
		html.Call("setAttribute", "data-theme", string(choice))
	} else {
		html.Call("removeAttribute", "data-theme")
	}
	p.scene.SetTheme(shown)
	p.scene.SetMotion(p.state.Host.Motion == address.MotionFull && !browser.Media("(prefers-reduced-motion: reduce)").Get("matches").Bool())
	p.root.Theme = shown
	if p.dom != nil {
		p.dom.Invalidate()
	}
	p.clock.Wake()
}

// applyHost reads the query of the URL, and sets the attributes of the root element that the
// style sheet uses. host.js did the same before the first picture, unchecked.
func (p *Page) applyHost() {
	p.Send(feature.Hosted{Query: js.Global().Get("location").Get("search").String()})
	p.applyTheme()
	h := p.state.Host
	html := js.Global().Get("document").Get("documentElement")
	for name, value := range map[string]string{"data-ui": string(h.UI), "data-motion": string(h.Motion), "data-hide": strings.Join(h.Hide, " ")} {
		if value == "" {
			html.Call("removeAttribute", name)
		} else {
			html.Call("setAttribute", name, value)
		}
	}
}

// watchReducedMotion follows the system's wish for less motion.
func (p *Page) watchReducedMotion() {
	const query = "(prefers-reduced-motion: reduce)"
	tell := func() {
		if still := browser.Media(query).Get("matches").Bool(); still != p.reducedMotion {
			p.reducedMotion = still
			p.Send(feature.StillnessChanged{Still: still})
		}
	}
	p.Listen(browser.Media(query), "change", false, func(js.Value) { tell() })
	tell()
}
