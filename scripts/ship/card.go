package main

import (
	"errors"
	"fmt"
	"html"
	"image/jpeg"
	"net/url"
	"os"
	"regexp"
	"strings"
)

// What the page says of itself, from which its card is made.
var (
	titleTag       = regexp.MustCompile(`<title[^>]*>([^<]+)</title>`)
	descriptionTag = regexp.MustCompile(`<meta name="description"[^>]* content="([^"]+)">\n`)
	cardTags       = regexp.MustCompile(`(?m)^<meta (?:property="og:|name="twitter:).*>\n`)
)

// card gives a page the elements by which programs show a link to it (The Open Graph protocol, ogp.me). The page itself
// asks for none of what they name. base is the address of its folder, with a slash behind it, or "". A card from before goes.
func card(page, base, picture string) (string, error) {
	page = cardTags.ReplaceAllString(page, "")
	title, description := titleTag.FindStringSubmatch(page), descriptionTag.FindStringSubmatch(page)
	if title == nil || description == nil {
		return "", errors.New("index.html has no title or no description; expected the page that scripts/build makes")
	}
	var b strings.Builder
	put := func(kind, name, value string) {
		fmt.Fprintf(&b, "<meta %s=\"%s\" content=\"%s\">\n", kind, name, html.EscapeString(html.UnescapeString(value)))
	}
	put("property", "og:type", "website")
	put("property", "og:title", title[1])
	put("property", "og:description", description[1])
	if base == "" {
		return strings.Replace(page, description[0], description[0]+b.String(), 1), nil
	}
	width, height, err := size(picture)
	if err != nil {
		return "", err
	}
	put("property", "og:url", base)
	put("property", "og:image", base+cardName)
	put("property", "og:image:width", fmt.Sprint(width))
	put("property", "og:image:height", fmt.Sprint(height))
	put("property", "og:image:alt", title[1])
	put("name", "twitter:card", "summary_large_image")
	return strings.Replace(page, description[0], description[0]+b.String(), 1), nil
}

// absolute returns an address that files can be appended to.
func absolute(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("-url is %q; expected the whole address of a folder: https://example.org/glassbox/", address)
	}
	return strings.TrimSuffix(strings.TrimSuffix(u.String(), "/index.html"), "/") + "/", nil
}

// size returns the width and height of a JPEG file.
func size(name string) (width, height int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	c, err := jpeg.DecodeConfig(f)
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w", name, err)
	}
	return c.Width, c.Height, nil
}
