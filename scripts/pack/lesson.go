package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"glassbox/scripts/catalogue"
	"glassbox/web/app"
	"glassbox/web/feature"
	"glassbox/web/lesson"
)

// lessons adds the lessons in static/lessons/walk/*.md, in the order of their names, as text
// that can be edited in the finished page, and behind them those of other languages, in
// static/lessons/TAG/walk/*.md. A lesson that the page could not read, or that names what one
// of its models does not have, is an error with file and line.
func (p *packer) lessons(static string) error {
	languages, err := lessonLanguages(static)
	if err != nil {
		return err
	}
	models := app.Shipped(func(id string) bool {
		_, err := os.Stat(filepath.Join(static, "models", id+".safetensors"))
		return err == nil
	})
	bytes := 0
	for _, tag := range append([]string{""}, languages...) {
		paths, err := filepath.Glob(filepath.Join(static, "lessons", tag, "walk", "*.md"))
		if err != nil {
			return err
		}
		for _, path := range paths {
			n, err := p.lesson(path, tag, models)
			if err != nil {
				return err
			}
			bytes += n
		}
	}
	p.recordSize("lessons", bytes)
	return nil
}

// lessonLanguages returns the tags of the languages other than English that have lessons. Each must
// be one of the page's.
func lessonLanguages(static string) (tags []string, err error) {
	folders, err := filepath.Glob(filepath.Join(static, "lessons", "*", "walk"))
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		tag := filepath.Base(filepath.Dir(folder))
		texts := filepath.Join(static, "language", tag+".json")
		if _, err := os.Stat(texts); err != nil || tag+".json" == catalogue.English {
			return nil, fmt.Errorf("%s: %q is no language besides English of which %s has the texts", filepath.ToSlash(folder), tag, filepath.ToSlash(filepath.Dir(texts)))
		}
		tags = append(tags, tag)
	}
	return tags, nil
}

// lesson checks and adds one, and returns its size. tag is its language; "": English.
func (p *packer) lesson(path, tag string, models []feature.Choice) (bytes int, err error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0, err
	}
	page, err := lesson.Parse(filepath.ToSlash(path), string(b))
	if err != nil {
		return 0, err
	}
	if err := app.CheckLesson(page); err != nil {
		return 0, err
	}
	for _, c := range models {
		if err := app.CheckLessonIn(page, c); err != nil {
			return 0, err
		}
	}
	name := "walk/" + filepath.Base(path)
	if strings.ContainsAny(name+tag, "\"<>&") {
		return 0, fmt.Errorf("%s: the name of a lesson holds none of \" < > &", path)
	}
	language := ""
	if tag != "" {
		language = fmt.Sprintf(" data-language=\"%s\"", tag)
	}
	p.checkScript(filepath.ToSlash(path), string(b))
	fmt.Fprintf(&p.blocks, "<script type=\"text/plain\" data-lesson=\"%s\"%s>\n%s</script>\n", name, language, b)
	return len(b), nil
}
