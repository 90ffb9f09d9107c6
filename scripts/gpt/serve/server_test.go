package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"glassbox/model/checkpoint"
	"glassbox/web/engine"
)

// index is a page with a policy like that of the real one.
const index = `<!doctype html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-x' 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self' https:; base-uri 'none'"><script>page()</script></head>`

// sorter is the model that sorts letters, which is read once the channel is closed; nil: at once.
func sorter(t *testing.T, open <-chan struct{}, fails error) *Model {
	t.Helper()
	b, err := os.ReadFile("../../../model/testdata/nano-sort/weights.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	files := []checkpoint.File{{Name: "weights.safetensors", Bytes: b}}
	hello, err := Describe(files)
	if err != nil {
		t.Fatal(err)
	}
	return &Model{Hello: hello, Read: func(tell func(int64)) (*checkpoint.Imported, error) {
		tell(int64(len(b) / 2))
		if open != nil {
			<-open
		}
		if fails != nil {
			return nil, fails
		}
		return checkpoint.ImportFiles(files, checkpoint.Options{})
	}}
}

// started returns a server that runs, and its address.
func started(t *testing.T, m *Model) (s *Server, host string) {
	t.Helper()
	l, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	if s, err = New(index, l, m); err != nil {
		t.Fatal(err)
	}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { l.Close() })
	return s, l.Addr().String()
}

// A page is the end of a socket at which the page is.
type page struct {
	t    *testing.T
	conn *websocket.Conn
	news []engine.News
}

// dial opens a socket as the page does. code is that of an answer that refuses it.
func dial(t *testing.T, host, key string, change func(o *websocket.DialOptions)) (p *page, code int) {
	t.Helper()
	o := &websocket.DialOptions{Subprotocols: []string{"glassbox", key}, HTTPHeader: http.Header{"Origin": {"http://" + host}}}
	if change != nil {
		change(o)
	}
	c, answer, err := websocket.Dial(t.Context(), "ws://"+host+"/engine", o)
	if err != nil {
		return nil, answer.StatusCode
	}
	c.SetReadLimit(-1)
	t.Cleanup(func() { _ = c.CloseNow() })
	return &page{t: t, conn: c}, answer.StatusCode
}

// read returns the next message; or why the socket is closed.
func (p *page) read() (kind byte, body []byte, closed websocket.StatusCode) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 20*time.Second)
	defer cancel()
	_, b, err := p.conn.Read(ctx)
	if err != nil {
		return 0, nil, websocket.CloseStatus(err)
	}
	return b[0], b[1:], 0
}

// reply returns the next reply, and keeps the news before it.
func (p *page) reply() engine.Reply {
	p.t.Helper()
	for {
		kind, body, closed := p.read()
		switch {
		case closed != 0:
			p.t.Fatalf("the socket is closed with %v", closed)
		case kind == kindReply:
			r, err := engine.DecodeReply(body)
			if err != nil {
				p.t.Fatal(err)
			}
			return r
		default:
			n, err := engine.DecodeNews(body)
			if err != nil {
				p.t.Fatal(err)
			}
			p.news = append(p.news, n)
		}
	}
}

func (p *page) write(b []byte) {
	p.t.Helper()
	if err := p.conn.Write(p.t.Context(), websocket.MessageBinary, b); err != nil {
		p.t.Fatal(err)
	}
}

// ask sends a request and returns the reply.
func (p *page) ask(q engine.Request) engine.Reply {
	p.t.Helper()
	p.write(append([]byte{kindRequest}, engine.EncodeRequest(q)...))
	return p.reply()
}

var (
	load = engine.Request{ID: 7, Load: &engine.Load{Name: "weights.safetensors", Held: true}}
	run  = engine.Request{ID: 8, Run: &engine.Run{Text: "CBABBC"}}
)

func TestThePageIsServedWithItsSocketInItsPolicy(t *testing.T) {
	_, host := started(t, sorter(t, nil, nil))
	_, port, _ := net.SplitHostPort(host)
	for name, socket := range map[string]string{"127.0.0.1": "ws://127.0.0.1:" + port, "localhost": "ws://localhost:" + port, "[::1]": "'self'"} {
		q, _ := http.NewRequest("GET", "http://"+host+"/", nil)
		q.Host = name + ":" + port
		answer, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		html := string(b)
		at := strings.Index(html, "<script>")
		if !strings.Contains(html, "connect-src "+socket+"\">") || strings.Contains(html, "https:") || !strings.Contains(html, "script-src 'sha256-") || !strings.HasPrefix(html[at:], "<script>"+script) || !strings.Contains(html, "<script>page()") {
			t.Errorf("as %s it is %.300s", q.Host, html)
		}
		if strings.Contains(html, "token=") && strings.Contains(html, host+"/#") {
			t.Error("the page has the key in it")
		}
		if h := answer.Header; h.Get("Content-Security-Policy") != "frame-ancestors 'none'" || h.Get("Cross-Origin-Opener-Policy") != "same-origin" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("its header is %v", h)
		}
	}
}

func TestOnlyTheAddressItselfIsAnswered(t *testing.T) {
	s, host := started(t, sorter(t, nil, nil))
	for _, c := range []struct {
		name, host, origin, path, method string
		code                             int
	}{
		{"another name for this machine", "evil.example:" + s.port, "", "/", "GET", 421},
		{"another port", "127.0.0.1:1", "", "/", "GET", 421},
		{"no port", "127.0.0.1", "", "/", "GET", 421},
		{"another site", host, "https://evil.example", "/", "GET", 403},
		{"a site on another port of this machine", host, "http://127.0.0.1:1", "/", "GET", 403},
		{"a page without an origin", host, "null", "/", "GET", 403},
		{"a socket without an origin", host, "", "/engine", "GET", 403},
		{"another path", host, "", "/index.html", "GET", 404},
		{"a path above", host, "", "/../../etc/passwd", "GET", 404},
		{"a change", host, "http://" + host, "/", "POST", 405},
		{"the page", host, "", "/", "GET", 200},
		{"its head", host, "", "/", "HEAD", 200},
	} {
		q := httptest.NewRequest(c.method, "http://"+host+"/", nil)
		q.URL.Path, q.Host = c.path, c.host
		if c.origin != "" {
			q.Header.Set("Origin", c.origin)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, q)
		if w.Code != c.code {
			t.Errorf("%s: %d; expected %d", c.name, w.Code, c.code)
		}
		if strings.Contains(w.Body.String(), s.token) {
			t.Errorf("%s: the answer has the key in it", c.name)
		}
	}
}

func TestASocketNeedsItsHostOriginAndKey(t *testing.T) {
	s, host := started(t, sorter(t, nil, nil))
	for name, change := range map[string]func(o *websocket.DialOptions){
		"another site": func(o *websocket.DialOptions) { o.HTTPHeader.Set("Origin", "https://evil.example") },
		"another port": func(o *websocket.DialOptions) { o.HTTPHeader.Set("Origin", "http://127.0.0.1:1") },
		"a file":       func(o *websocket.DialOptions) { o.HTTPHeader.Set("Origin", "null") },
		"no origin":    func(o *websocket.DialOptions) { o.HTTPHeader.Del("Origin") },
		"a name of another's": func(o *websocket.DialOptions) {
			o.Host = "evil.example:" + s.port
			o.HTTPHeader.Set("Origin", "http://evil.example:"+s.port)
		},
	} {
		if p, code := dial(t, host, s.token, change); p != nil || code != 403 && code != 421 {
			t.Errorf("%s: %d", name, code)
		}
	}
	for _, key := range []string{"none", s.token + "x", s.token[1:]} {
		p, _ := dial(t, host, key, nil)
		if _, _, closed := p.read(); closed != closedToken {
			t.Errorf("with the key %s it is closed with %v", key, closed)
		}
	}
	if p, _ := dial(t, host, s.token, nil); p.ask(load).Loaded == nil {
		t.Error("with the key it does not load")
	}
}

func TestTheServerListensToThisMachineAlone(t *testing.T) {
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := New(index, l, sorter(t, nil, nil)); err == nil || !strings.Contains(err.Error(), "this machine alone") {
		t.Errorf("at %s: %v", l.Addr(), err)
	}
	mine, err := Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	defer mine.Close()
	if ip := mine.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
		t.Errorf("it listens on %v", ip)
	}
	if _, err := New("<html></html>", mine, sorter(t, nil, nil)); err == nil {
		t.Error("a page without a policy is served")
	}
}

func TestASecondPageIsRefusedAndTheFirstGoesOn(t *testing.T) {
	s, host := started(t, sorter(t, nil, nil))
	first, _ := dial(t, host, s.token, nil)
	first.ask(load)
	reading := make(chan engine.Reply)
	go func() { reading <- first.reply() }() // which answers signs of life, too
	second, _ := dial(t, host, s.token, nil)
	if _, _, closed := second.read(); closed != closedTaken {
		t.Errorf("the second is closed with %v", closed)
	}
	first.write(append([]byte{kindRequest}, engine.EncodeRequest(run)...))
	if r := <-reading; r.Ran == nil || r.ID != 8 {
		t.Errorf("the first gets %+v", r)
	}
	first.conn.CloseNow()
	third, _ := dial(t, host, s.token, nil)
	if r := third.ask(run); r.Ran == nil {
		t.Errorf("the next one gets %+v", r) // of the model that the engine still has
	}
}

func TestAPageThatGivesNoSignOfLifeMakesRoom(t *testing.T) {
	s, host := started(t, sorter(t, nil, nil))
	dead, _ := dial(t, host, s.token, nil)
	dead.read() // and then no more, as a machine that was put to sleep
	fresh, _ := dial(t, host, s.token, nil)
	if r := fresh.ask(load); r.Loaded == nil {
		t.Errorf("the next one gets %+v", r)
	}
}

func TestTheModelIsToldOfBeforeAndWhileItIsRead(t *testing.T) {
	whole := make(chan struct{})
	s, host := started(t, sorter(t, whole, nil))
	p, _ := dial(t, host, s.token, nil)
	p.write(append([]byte{kindRequest}, engine.EncodeRequest(load)...))
	time.AfterFunc(3*readingEvery, func() { close(whole) })
	if r := p.reply(); r.Loaded == nil || r.ID != 7 {
		t.Fatalf("it loads as %+v", r)
	}
	hello := p.news[0].Hello
	if hello == nil || hello.Inspected.Config.Vocab != 3 || hello.Cores < 1 || hello.Kernel == "" || hello.Name == "" {
		t.Errorf("the first news are %+v", p.news[0])
	}
	if n := p.news[1].Reading; n == nil || n.Bytes != hello.Size/2 || n.Of != hello.Size {
		t.Errorf("the next ones are %+v", p.news[1])
	}
}

func TestAModelThatCanNotBeReadIsTold(t *testing.T) {
	s, host := started(t, sorter(t, nil, errors.New("the disk is gone")))
	p, _ := dial(t, host, s.token, nil)
	if r := p.ask(load); !strings.Contains(r.Error, "The disk is gone") || r.ID != 7 {
		t.Errorf("it is told as %+v", r)
	}
}

func TestTheEngineIsKeptWhenThePageIsGone(t *testing.T) {
	s, host := started(t, sorter(t, nil, nil))
	p, _ := dial(t, host, s.token, nil)
	p.ask(load)
	before := p.ask(run)
	p.conn.CloseNow() // as a cable is cut
	p, _ = dial(t, host, s.token, nil)
	p.ask(load)
	after := p.ask(run)
	if before.Ran == nil || fmt.Sprint(before.Ran.Next) != fmt.Sprint(after.Ran.Next) {
		t.Errorf("before %+v, after %+v", before.Ran, after.Ran)
	}
}

// TestAPageThatIsLoadedAgainWhileTheEngineWorksIsLetIn, and hears that it has to wait.
func TestAPageThatIsLoadedAgainWhileTheEngineWorksIsLetIn(t *testing.T) {
	s, host := started(t, sorter(t, nil, nil))
	p, _ := dial(t, host, s.token, nil)
	p.ask(load)
	s.machine.mu.Lock() // a long run
	p.write(append([]byte{kindRequest}, engine.EncodeRequest(run)...))
	p.conn.CloseNow()
	p, _ = dial(t, host, s.token, nil)
	time.AfterFunc(workingEvery*3/2, s.machine.mu.Unlock)
	if r := p.ask(run); r.Ran == nil {
		t.Errorf("it runs as %+v", r)
	}
	if n := p.news; len(n) < 2 || n[0].Hello == nil || n[1] != (engine.News{}) {
		t.Errorf("it heard %+v", n)
	}
}

func TestFilesOfThePageGoToTheEngine(t *testing.T) {
	s, host := started(t, sorter(t, nil, nil))
	p, _ := dial(t, host, s.token, nil)
	b, err := os.ReadFile("../../../model/testdata/nano-sort/weights.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	p.write(append([]byte{kindFile}, b...)) // a model that the page carries
	if r := p.ask(engine.Request{ID: 1, Load: &engine.Load{Name: "sort"}}); r.Loaded == nil || r.Loaded.Name != "sort" {
		t.Errorf("a file gives %+v", r)
	}
	half := len(b) / 2 // one of the reader's, in pieces
	p.write(piece(0, len(b), b[:half]))
	p.write(piece(half, len(b), b[half:]))
	if r := p.ask(engine.Request{ID: 2, Load: &engine.Load{Name: "mine", Files: []engine.FilePiece{{Name: "mine", Size: len(b), Bytes: len(b)}}}}); r.Loaded == nil || r.Loaded.Name != "mine" {
		t.Errorf("pieces give %+v", r)
	}
	p.write(piece(0, len(b), b[:half]))
	p.write(piece(0, 0, nil)) // dropped
	if r := p.ask(engine.Request{ID: 3, Load: &engine.Load{Name: "none"}}); !strings.Contains(r.Error, "empty file") {
		t.Errorf("a file that was dropped gives %+v", r)
	}
}

// TestWhateverStandsInAMessageIsAnswered with an error, and the model runs on.
func TestWhateverStandsInAMessageIsAnswered(t *testing.T) {
	s, host := started(t, sorter(t, nil, nil))
	p, _ := dial(t, host, s.token, nil)
	p.ask(load)
	for says, message := range map[string][]byte{
		"the message is empty":        {},
		"of the kind 9":               {9, 1, 2},
		"expected version":            {kindRequest, 77},
		"expected 16 before":          {kindPiece, 0},
		"does not lie in its file":    piece(9, 10, []byte{1, 2}),
		"expected 1073741824 at most": piece(0, 1<<62, nil),
		"expected the one at 0":       piece(4, 10, []byte{1}),
		"left over":                   append(append([]byte{kindRequest}, engine.EncodeRequest(run)...), 0),
	} {
		p.write(message)
		if r := p.reply(); !strings.Contains(r.Error, says) {
			t.Errorf("%v is answered by %q; expected %q", message, r.Error, says)
		}
	}
	if r := p.ask(run); r.Ran == nil || len(r.Ran.Tokens) != 6 {
		t.Errorf("then it runs as %+v", r)
	}
	if err := p.conn.Write(t.Context(), websocket.MessageText, []byte("hello")); err != nil {
		t.Fatal(err)
	}
	if _, _, closed := p.read(); closed != websocket.StatusUnsupportedData {
		t.Errorf("a text closes with %v", closed)
	}
	p, _ = dial(t, host, s.token, nil)
	p.read()
	go p.conn.Write(t.Context(), websocket.MessageBinary, make([]byte, mostMessage+1))
	if _, _, closed := p.read(); closed != websocket.StatusMessageTooBig {
		t.Errorf("a message that is too large closes with %v", closed)
	}
	p, _ = dial(t, host, s.token, nil)
	if r := p.ask(run); r.Ran == nil || len(r.Ran.Tokens) != 6 {
		t.Errorf("afterwards it runs as %+v", r)
	}
}
