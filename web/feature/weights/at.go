package weights

import (
	"errors"
	"strings"

	"glassbox/web/say"
)

// An At is an address, taken apart for the reader's eye.
type At struct {
	Address string
	Host    string // "" the server of the page
	File    string // the last part of the path
}

// Parse takes an address apart. It may be one of https, or one below the folder of the page. A host is one that can be told
// from others at a glance: letters of ASCII, without a name before an @.
func Parse(text string) (a At, err error) {
	a.Address = strings.TrimSpace(text)
	path := a.Address
	scheme, rest, absolute := strings.Cut(a.Address, "://")
	switch {
	case a.Address == "":
		return a, errors.New(say.Weights.NoAddress())
	case strings.ContainsAny(a.Address, " \t\r\n\"'<>\\"):
		return a, errors.New(say.Weights.NotAnAddress())
	case absolute && scheme != "https" && scheme != "http":
		return a, errors.New(say.Weights.NotHTTPS())
	case absolute:
		a.Host, path, _ = strings.Cut(rest, "/")
		if !plainHost(a.Host) {
			return a, errors.New(say.Weights.StrangeHost())
		}
	case strings.Contains(strings.SplitN(path, "/", 2)[0], ":") || strings.HasPrefix(path, "//"):
		return a, errors.New(say.Weights.NotHTTPS())
	}
	path, _, _ = strings.Cut(path, "#")
	path, _, _ = strings.Cut(path, "?")
	a.File = path[strings.LastIndexByte(path, '/')+1:]
	return a, nil
}

// plainHost reports whether a host is a name or a number with nothing around it but a port.
func plainHost(host string) bool {
	for i := range len(host) {
		c := host[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-.:[]", c) >= 0) {
			return false
		}
	}
	return host != ""
}

// checked is Parse for links.
func checked(value string) (string, error) {
	a, err := Parse(value)
	return a.Address, err
}

// checkedSum returns a SHA-256 in small letters, or what is wrong with it.
func checkedSum(value string) (string, error) {
	value = strings.ToLower(strings.TrimSpace(value))
	if len(value) != 64 && value != "" || strings.Trim(value, "0123456789abcdef") != "" {
		return "", errors.New(say.Weights.NotASum())
	}
	return value, nil
}
