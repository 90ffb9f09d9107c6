package view

// Icon is a picture of 16 by 16 in the colour of the text around it. It is never the only
// name of a control.
type Icon struct{ Name string }

// Class tells the filled ones from those drawn in lines.
func (c *Icon) Class() string {
	if c.Name == "play" || c.Name == "pause" {
		return "icon solid"
	}
	return "icon"
}

// Path returns what is drawn.
func (c *Icon) Path() string {
	return map[string]string{
		"system":    "M2.5 3.5h11v7.5h-11zM6 13.5h4M8 11v2.5",
		"light":     "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7",
		"dark":      "M13.2 9.6A5.6 5.6 0 1 1 6.4 2.8a4.6 4.6 0 0 0 6.8 6.8z",
		"projector": "M2 3h12M3 3v6.5h10V3M8 9.5v2M8 11.5l-3 3M8 11.5l3 3",
		"link":      "M6.6 9.4a2.6 2.6 0 0 0 3.7 0l2.4-2.4a2.6 2.6 0 0 0-3.7-3.7l-.9.9M9.4 6.6a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7l.9-.9",
		"help":      "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM6.2 6.3a1.9 1.9 0 1 1 2.7 1.9c-.6.3-.9.6-.9 1.2M8 11.4v.1",
		"find":      "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.2 3.2",
		"open":      "M2 12.5v-9h4l1.5 2H14v7z",
		"undo":      "M5.5 3L2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H7",
		"redo":      "M10.5 3l3 3-3 3M13.5 6H6a3.5 3.5 0 0 0 0 7h3",
		"copy":      "M5.5 5.5h7v8h-7zM3.5 10.5v-8h7",
		"reset":     "M3.5 3.5v9M12.5 3.5L6 8l6.5 4.5z",
		"step":      "M12.5 3.5v9M3.5 3.5L10 8l-6.5 4.5z",
		"play":      "M5 3.2L12.5 8 5 12.8z",
		"pause":     "M5 3.5h1.5v9H5zM9.5 3.5H11v9H9.5z",
		"plus":      "M8 3.5v9M3.5 8h9",
		"minus":     "M3.5 8h9",
		"fit":       "M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3",
		"move":      "M8 1.8v12.4M1.8 8h12.4M6 3.8l2-2 2 2M6 12.2l2 2 2-2M3.8 6l-2 2 2 2M12.2 6l2 2-2 2",
		"left":      "M10 3.5L5.5 8l4.5 4.5",
		"right":     "M6 3.5L10.5 8 6 12.5",
		"up":        "M3.5 10L8 5.5l4.5 4.5",
		"down":      "M3.5 6L8 10.5 12.5 6",
		"close":     "M4 4l8 8M12 4l-8 8",
	}[c.Name]
}
