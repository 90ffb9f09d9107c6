package main

import (
	"strconv"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/js"
)

// State is all that the page shows.
type State struct {
	Name    string
	Editing bool
	Blurs   int
	Height  int
	Choice  string
	Rows    []string
	Many    []int
	Created int
	Problem string

	Invalidate func()
}

func newState() *State {
	return &State{Height: 2, Choice: "two", Rows: []string{"a", "b", "c"}}
}

// Page is the root component.
type Page struct{ State *State }

// Bar is a component whose root is an SVG element.
type Bar struct{ Height int }

// Row is a component with an input that nobody controls.
type Row struct{ Name string }

func (c *Page) Typed(event vugu.DOMEvent) { c.State.Name = event.PropString("target", "value") }
func (c *Page) Long() bool                { return len(c.State.Name) > 3 }
func (c *Page) Edit()                     { c.State.Editing = true }
func (c *Page) Key(event vugu.DOMEvent) {
	if event.PropString("key") == "Enter" {
		event.PreventDefault()
		c.State.Editing = false
	}
}
func (c *Page) Blur()            { c.State.Blurs++ }
func (c *Page) BlurText() string { return strconv.Itoa(c.State.Blurs) }
func (c *Page) Grow()            { c.State.Height += 3 }
func (c *Page) Panic()           { panic("on purpose") }
func (c *Page) Width() string    { return "width:" + strconv.Itoa(10*c.State.Height) + "px" }
func (c *Page) Options() []string {
	return []string{"one", "two", "three"}
}
func (c *Page) Chosen(option string) bool { return option == c.State.Choice }
func (c *Page) Choose(event vugu.DOMEvent) {
	c.State.Choice = event.PropString("currentTarget", "value")
}
func (c *Page) Rotate() {
	rows := c.State.Rows
	c.State.Rows = append([]string{rows[len(rows)-1]}, rows[:len(rows)-1]...)
}
func (c *Page) Class(n int) string { return "cell value-" + strconv.Itoa(n) }
func (c *Page) Text(n int) string  { return strconv.Itoa(n) }
func (c *Page) Pick()              {}

// Own puts something of our own into an element that the renderer leaves alone.
func (c *Page) Own(element js.Value) {
	c.State.Created++
	element.Set("textContent", "own")
	element.Set("title", c.State.Created)
}

func (c *Bar) HeightText() string { return strconv.Itoa(c.Height) }
