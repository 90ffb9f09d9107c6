package main

import (
	"errors"
	"regexp"
	"strings"
)

// A change is a section of CHANGELOG.md.
type change struct{ version, notes string }

// A heading is that of a version: "## 1.2.0, 2026-11-30".
var heading = regexp.MustCompile(`(?m)^## (\d+\.\d+\.\d+), \d{4}-\d\d-\d\d$`)

// newest returns the first section of a changelog.
func newest(text string) (change, error) {
	at := heading.FindAllStringSubmatchIndex(text, 2)
	if len(at) == 0 {
		return change{}, errors.New(`CHANGELOG.md has no version; expected a heading such as "## 1.2.0, 2026-11-30"`)
	}
	end := len(text)
	if len(at) > 1 {
		end = at[1][0]
	}
	return change{text[at[0][2]:at[0][3]], strings.TrimSpace(text[at[0][1]:end])}, nil
}
