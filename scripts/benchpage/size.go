package main

import (
	"log"
	"os"
	"regexp"
)

// partPattern finds what pack has put into the page, by id.
var partPattern = regexp.MustCompile(`(?s)<script[^>]* id="((?:script|data)-[^"]+)">(.*?)</script>|<style>(.*?)</style>`)

// measureFile prints how large the page is, whole and by part, in bytes of the file.
func measureFile(path string) {
	b, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	whole := float64(len(b))
	printFigure("size", whole, "bytes", 0, "the one file of the page")
	rest, style := whole, 0.0
	for _, m := range partPattern.FindAllSubmatch(b, -1) {
		rest -= float64(len(m[2]) + len(m[3]))
		if style += float64(len(m[3])); m[1] == nil {
			continue
		}
		printFigure("size."+string(m[1]), float64(len(m[2])), "bytes", float64(len(m[2]))/whole, "in the file; data is gzipped, then base 85 or base64; ratio: to the whole")
	}
	printFigure("size.style", style, "bytes", style/whole, "")
	printFigure("size.markup", rest, "bytes", rest/whole, "what stands around the parts")
}
