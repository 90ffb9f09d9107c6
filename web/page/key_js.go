package page

import (
	"strings"
	"syscall/js"

	"glassbox/web/feature"
	"glassbox/web/page/browser"
	"glassbox/web/run"
	"glassbox/web/scene"
)

// keyDown handles a key by the table of keys. What nothing here uses is for the page around this one: a slide deck.
func (in *input) keyDown(event js.Value) {
	if event.Get("defaultPrevented").Bool() || event.Get("altKey").Bool() || event.Get("isComposing").Bool() {
		return
	}
	control := event.Get("ctrlKey").Bool() || event.Get("metaKey").Bool()
	switch used, prevent := in.useKey(event, control); {
	case prevent:
		event.Call("preventDefault")
		in.page.clock.Wake()
	case !used && !control:
		in.page.host.passKey(event)
	}
}

// useKey lets the page use a key, and reports whether it did, and whether the browser must not. Text fields, sliders and
// buttons keep the keys that they use.
func (in *input) useKey(event js.Value, control bool) (used, prevent bool) {
	key, shift, target := event.Get("key").String(), event.Get("shiftKey").Bool(), event.Get("target")
	if ownsKey(target, key) && !in.page.state.InFields(keyName(key, control, shift)) {
		return true, false
	}
	if _, on := in.page.minimap.hit(event); on && !control && !shift && in.page.minimap.key(key) {
		return true, true
	}
	s, onScene := in.page.state, target.Equal(browser.Element("gl"))
	if onScene {
		s.LettersOff = false // letters are keys of the scene while it has the focus
	} else if scrollsWith(target, key) {
		return true, false
	}
	if in.page.embed.in {
		switch {
		case key == "Escape" && !s.Closes():
			in.page.host.leave()
			return true, true
		case strings.HasPrefix(key, "Page"), strings.HasPrefix(key, "Arrow") && !onScene:
			return false, false
		}
	}
	if m := feature.KeyPressed(s, keyName(key, control, shift)); m != nil {
		in.page.Send(m)
		return true, true
	}
	used = !control && s.Obeys(key) && in.cameraKey(key, shift)
	return used, used
}

// keyName is the key as the table writes it.
func keyName(key string, control, shift bool) string {
	if len(key) == 1 && 'A' <= key[0] && key[0] <= 'Z' {
		key = string(key[0] + 'a' - 'A')
	}
	switch {
	case control && shift:
		return "Ctrl+Shift+" + key
	case control:
		return "Ctrl+" + key
	}
	return key
}

// ownsKey reports whether the element that has the focus needs the key itself.
func ownsKey(target js.Value, key string) bool {
	tag := target.Get("tagName")
	if tag.Type() != js.TypeString {
		return false
	}
	switch tag.String() {
	case "INPUT", "TEXTAREA", "SELECT":
		return key != "Escape"
	case "BUTTON", "A", "SUMMARY":
		return key == "Enter" || key == " "
	}
	return false
}

// scrollsWith reports whether the key scrolls what has the focus: texts that are longer than
// their place.
func scrollsWith(target js.Value, key string) bool {
	if target.Get("closest").Type() != js.TypeFunction || target.Call("closest", "#inspector, #help-card, .code").IsNull() {
		return false
	}
	return strings.HasPrefix(key, "Arrow") || strings.HasPrefix(key, "Page") || key == "Home" || key == "End"
}

// arrows are the directions on the screen, x to the right and y down.
var arrows = map[string]point{"ArrowLeft": {-1, 0}, "ArrowRight": {1, 0}, "ArrowUp": {0, -1}, "ArrowDown": {0, 1}}

// cameraKey handles the keys that move the pinned cell or the camera, and reports whether key is
// one.
func (in *input) cameraKey(key string, shift bool) bool {
	if d, ok := arrows[key]; ok {
		in.arrowKey(d, shift)
		return true
	}
	switch key {
	case "+", "=":
		in.page.perform(feature.Zoom{By: 1.4})
	case "-", "_":
		in.page.perform(feature.Zoom{By: 1 / 1.4})
	case "f", "F", "0":
		in.page.perform(feature.Fit{})
	case "PageUp":
		in.page.scene.Pan(0, 200)
	case "PageDown":
		in.page.scene.Pan(0, -200)
	default:
		return false
	}
	return true
}

func (in *input) arrowKey(d point, shift bool) {
	p := in.page
	switch c := p.state.Cell; {
	case shift:
		p.scene.Orbit(float32(d.x*20), float32(d.y*20))
	case c == nil:
		p.scene.Pan(float32(-d.x*60), float32(-d.y*60))
	default:
		if next, ok := p.scene.Neighbour(scene.Cell{Name: c.Name, Row: c.Row, Col: c.Col}, int(d.x), int(d.y)); ok {
			p.Send(feature.CellMoved{Cell: &run.Cell{Name: next.Name, Row: next.Row, Col: next.Col}})
		}
	}
}
