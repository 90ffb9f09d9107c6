package page

import (
	"strings"
	"syscall/js"

	"glassbox/web/address"
	"glassbox/web/feature"
	"glassbox/web/page/browser"
	"glassbox/web/say"
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

// A spoken language is what the page speaks, and what the link asked for then.
type spoken struct {
	tag   string
	asked address.Language
}

// shownLanguage is the one for which boot.js has laid the page out.
func shownLanguage() string {
	return js.Global().Get("document").Get("documentElement").Get("lang").String()
}

// speakFirst takes over the language that host.js chose and boot.js unpacked, before anything is worded.
func speakFirst() spoken {
	tag := shownLanguage()
	say.Speak(browser.Language(tag, js.Global().Get("glassboxBoot").Get("texts")))
	return spoken{tag: tag, asked: "?"} // what the link asks for has not been read yet
}

// speak changes to the language that the link asks for, else to the one that the browser's reader prefers.
func (p *Page) speak() {
	if p.state.Phase == feature.Starting || p.state.Language == p.spoken.asked {
		return
	}
	p.spoken.asked = p.state.Language
	tag := js.Global().Get("glassboxLanguage").Call("choose", string(p.state.Language)).String()
	if tag == p.spoken.tag {
		return
	}
	p.spoken.tag = tag
	var take js.Func
	take = p.Function("taking over a language", func(args []js.Value) {
		take.Release()
		if tag != p.spoken.tag { // another one was chosen meanwhile
			return
		}
		p.spoken.tag = shownLanguage()
		say.Speak(browser.Language(p.spoken.tag, args[0]))
		p.readLessons()
		p.Send(feature.LanguageChanged{Lost: js.Global().Get("glassboxBoot").Get("lost").String()})
	})
	js.Global().Get("glassboxBoot").Call("speak", tag).Call("then", take)
}
