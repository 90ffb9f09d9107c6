package page

import (
	"strings"
	"syscall/js"

	"glassbox/web/feature/lessons"
	"glassbox/web/page/browser"

	"glassbox/web/app"
	"glassbox/web/lesson"
)

// readLessons sends the lessons that stand in the page to Update.
func (p *Page) readLessons() {
	var read lessons.Read
	list := js.Global().Get("document").Call("querySelectorAll", "script[data-lesson]")
	for i := range list.Get("length").Int() {
		element := list.Index(i)
		text := strings.TrimPrefix(element.Get("textContent").String(), "\n") // the packer's
		page, err := lesson.Parse(element.Call("getAttribute", "data-lesson").String(), text)
		if err == nil {
			err = app.CheckLesson(page)
		}
		if err != nil {
			read = lessons.Read{Problem: err.Error()}
			break
		}
		read.Pages = append(read.Pages, page)
	}
	p.Send(read)
}

// watchPrint draws all stops of the walk while the page is printed.
func (p *Page) watchPrint() {
	for name, on := range map[string]bool{"beforeprint": true, "afterprint": false} {
		p.Listen(js.Global(), name, false, func(js.Value) {
			p.root.Printing = on
			p.dom.RenderNow()
		})
	}
}

// revealStop scrolls to the top when the walk has moved to another stop.
func (p *Page) revealStop() {
	stop := lessons.Of(&p.state).Walk
	if stop == p.shown.stop {
		return
	}
	p.shown.stop = stop
	for _, id := range []string{"inspector-scroll", "caption-scroll"} {
		if e := browser.Element(id); !e.IsNull() {
			e.Set("scrollTop", 0)
		}
	}
}
