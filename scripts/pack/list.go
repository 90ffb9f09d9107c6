package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// How the page names what lies beside it.
var (
	listed  = regexp.MustCompile(`<script type="application/json" id="beside">.*?</script>\n`)
	framing = "; frame-src file:"
)

// relist writes the lists of all models that lie beside a page into it, and returns their names. The policy of a page with such
// models lets frames show files, in which the parts stand; that of one without does not.
func relist(page string) (names []string, err error) {
	b, err := os.ReadFile(page)
	if err != nil {
		return nil, err
	}
	lists, err := filepath.Glob(filepath.Join(filepath.Dir(page), "models", "*", "model.json"))
	if err != nil {
		return nil, err
	}
	var models []packed
	for _, list := range lists {
		m, err := readList(list)
		if err != nil {
			return nil, err
		}
		models, names = append(models, m), append(names, m.Name)
	}
	text, err := withList(string(b), models)
	if err != nil || text == string(b) {
		return names, err
	}
	return names, os.WriteFile(page, []byte(text), 0o644)
}

// readList reads what packFiles wrote.
func readList(path string) (m packed, err error) {
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, &m)
	}
	if err == nil && m.Folder != filepath.Base(filepath.Dir(path)) {
		err = fs.ErrInvalid
	}
	if err != nil {
		return m, fmt.Errorf("%s: %w; remove its folder, or pack the model again", path, err)
	}
	return m, nil
}

// withList returns the text of a page with a list of models, in the stead of the one that stands there.
func withList(page string, models []packed) (string, error) {
	page = listed.ReplaceAllString(page, "")
	rules := policy.FindString(page)
	if rules == "" || strings.Count(page, "</body>") != 1 {
		return "", errors.New("this is no page that scripts/pack wrote: it has no policy, or no end")
	}
	page = strings.Replace(page, rules, strings.Replace(rules, framing, "", 1), 1)
	if len(models) == 0 {
		return page, nil
	}
	slices.SortFunc(models, func(a, b packed) int { return strings.Compare(a.Folder, b.Folder) })
	list, err := json.Marshal(models) // which writes no <
	if err != nil {
		return "", err
	}
	page = policy.ReplaceAllStringFunc(page, func(rules string) string { return strings.TrimSuffix(rules, `">`) + framing + `">` })
	return strings.Replace(page, "</body>", `<script type="application/json" id="beside">`+string(list)+"</script>\n</body>", 1), nil
}
