package view

// Root is the component that the page mounts; all others stand inside it.
type Root struct{}

// Title returns the name at the top of the page.
func (c *Root) Title() string { return "Glassbox" }
