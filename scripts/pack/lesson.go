package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"glassbox/web/app"
	"glassbox/web/lesson"
)

// lessons adds the lessons in static/lessons/walk/*.md, in the order of their names, as text
// that can be edited in the finished page. A lesson that the page could not read, or that
// names what one of its models does not have, is an error with file and line.
func (p *packer) lessons(static string) error {
	paths, err := filepath.Glob(filepath.Join(static, "lessons", "walk", "*.md"))
	if err != nil {
		return err
	}
	shipped := func(id string) bool {
		_, err := os.Stat(filepath.Join(static, "models", id+".safetensors"))
		return err == nil
	}
	bytes := 0
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		page, err := lesson.Parse(filepath.ToSlash(path), string(b))
		if err != nil {
			return err
		}
		if err := app.CheckLesson(page); err != nil {
			return err
		}
		for _, c := range app.Shipped(shipped) {
			if err := app.CheckLessonIn(page, c); err != nil {
				return err
			}
		}
		name := "walk/" + filepath.Base(path)
		if strings.ContainsAny(name, "\"<>&") {
			return fmt.Errorf("%s: the name of a lesson holds none of \" < > &", path)
		}
		p.checkScript(name, string(b))
		fmt.Fprintf(&p.blocks, "<script type=\"text/plain\" data-lesson=\"%s\">\n%s</script>\n", name, b)
		bytes += len(b)
	}
	p.recordSize("lessons", bytes)
	return nil
}
