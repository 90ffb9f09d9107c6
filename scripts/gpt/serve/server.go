// Package serve serves the page on this machine with the engine as a program of its own, in the stead of the worker: all cores work,
// and the model may be larger than a tab. Page and engine speak over a WebSocket.
//
// Only this machine may ask: the server listens on a loopback address. Other pages in the same browser, and other users of the machine,
// are kept out by three checks. The Host of every request has to be the address itself, so that no name of another site leads here (DNS
// rebinding). The Origin of the socket has to be the same. And the page has to know a key, which is made anew at each start, is printed
// behind the # of the address, and so is in no request and in no log.
package serve

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	_ "embed"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

//go:embed served.js
var script string

// policy finds the policy of the page, and its rule for scripts.
var policy = regexp.MustCompile(`(<meta http-equiv="Content-Security-Policy" content="[^"]*?script-src )([^;"]*;)([^"]*)(">)`)

// connects is the rule of that policy that the server replaces: the page it hands out asks for no models of other hosts.
var connects = regexp.MustCompile(` ?connect-src [^;"]*;?`)

// A Server serves one page and one engine.
type Server struct {
	page    string // index.html
	token   string
	port    string
	machine *machine
	at      occupancy
}

// New returns a server of a page, which is the content of index.html, for a listener on this machine.
func New(index string, l net.Listener, m *Model) (*Server, error) {
	host, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		return nil, err
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("the server would listen on %s; expected an address of this machine alone, 127.0.0.1 or [::1]", host)
	}
	if n := len(policy.FindAllString(index, -1)); n != 1 {
		return nil, fmt.Errorf("the page has %d policies with a rule for scripts; expected one: ./scripts/build makes the page anew", n)
	}
	return &Server{page: index, token: rand.Text(), port: port, machine: newMachine(m)}, nil
}

// Listen listens on a port of this machine, the first one that is free from the given one on, out of 20; of 0 the system chooses one.
func Listen(port int) (l net.Listener, err error) {
	for p := port; p < port+20; p++ {
		for _, host := range []string{"127.0.0.1", "::1"} {
			if l, err = net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(p))); err == nil {
				return l, nil
			}
		}
	}
	return nil, fmt.Errorf("no free port from %d on: %w", port, err)
}

// Address returns the address of the page at a listener, with the key.
func (s *Server) Address(l net.Listener) string {
	return "http://" + l.Addr().String() + "/#token=" + s.token
}

// Serve answers until the listener is closed.
func (s *Server) Serve(l net.Listener) error {
	return (&http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}).Serve(l)
}

// ServeHTTP checks who asks and for what, then sends the page, or opens the socket.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for name, value := range map[string]string{
		"Content-Security-Policy":      "frame-ancestors 'none'",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Referrer-Policy":              "no-referrer",
		"X-Content-Type-Options":       "nosniff",
		"Cache-Control":                "no-store",
	} {
		w.Header().Set(name, value)
	}
	switch origin := r.Header.Get("Origin"); {
	case !slices.Contains(s.hosts(), strings.ToLower(r.Host)):
		http.Error(w, "This address leads to a program that serves one machine alone. Open it as gpt serve printed it.", http.StatusMisdirectedRequest)
	case origin != "" && !strings.EqualFold(origin, "http://"+r.Host):
		http.Error(w, "Another page asks; this program answers its own alone.", http.StatusForbidden)
	case r.URL.Path == "/engine" && origin == "":
		http.Error(w, "A socket without an Origin is not opened.", http.StatusForbidden)
	case r.URL.Path == "/engine":
		s.open(w, r)
	case r.URL.Path != "/":
		http.NotFound(w, r)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		http.Error(w, "The page can be read, and nothing else.", http.StatusMethodNotAllowed)
	default:
		http.ServeContent(w, r, "index.html", time.Time{}, strings.NewReader(s.pageFor(r.Host)))
	}
}

// hosts are the names of this machine under which the page may be asked for.
func (s *Server) hosts() []string {
	return []string{"127.0.0.1:" + s.port, "[::1]:" + s.port, "localhost:" + s.port}
}

// pageFor returns the page that speaks with a socket at a host: its policy allows that one connection, and its first script is the one
// that makes it.
func (s *Server) pageFor(host string) string {
	sum := sha256.Sum256([]byte(script))
	hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "' "
	socket := "ws://" + host
	if strings.HasPrefix(host, "[") { // of which a policy knows no form
		socket = "'self'"
	}
	return policy.ReplaceAllStringFunc(s.page, func(meta string) string {
		p := policy.FindStringSubmatch(meta)
		return p[1] + hash + p[2] + connects.ReplaceAllString(p[3], "") + "; connect-src " + socket + p[4] + "\n<script>" + script + "</script>"
	})
}

// knows reports whether a page that asks for these protocols has the key.
func (s *Server) knows(protocols []string) bool {
	known := 0
	for _, p := range protocols {
		known |= subtle.ConstantTimeCompare([]byte(p), []byte(s.token))
	}
	return known == 1
}
