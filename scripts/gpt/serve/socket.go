package serve

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coder/websocket"

	"glassbox/web/engine"
)

// Why a socket is closed, besides what the protocol says: served.js words it.
const (
	closedToken websocket.StatusCode = 4001 // the page does not know the key
	closedTaken websocket.StatusCode = 4002 // there is another page
)

const (
	mostMessage = 64 << 20         // bytes of a message
	mostWaiting = 16               // messages that wait for the engine; the next ones wait in the socket
	breath      = 15 * time.Second // between two signs of life
	handover    = 2 * time.Second  // in which a page that is loaded again finds its former self gone
)

// An occupancy lets one page in at a time.
type occupancy struct {
	mu   sync.Mutex
	page *websocket.Conn // nil: nobody
	gone chan struct{}   // closed when it is gone
}

// enter lets a page in. Another one that is there is asked for a sign of life: who does not give one any more is put out.
func (o *occupancy) enter(ctx context.Context, c *websocket.Conn) bool {
	o.mu.Lock()
	other, gone := o.page, o.gone
	if other == nil {
		o.page, o.gone = c, make(chan struct{})
	}
	o.mu.Unlock()
	if other == nil {
		return true
	}
	ctx, cancel := context.WithTimeout(ctx, handover)
	defer cancel()
	go func() {
		alive, cancel := context.WithTimeout(ctx, handover/2)
		defer cancel()
		if other.Ping(alive) != nil {
			_ = other.CloseNow()
		}
	}()
	select {
	case <-gone:
		return o.enter(ctx, c)
	case <-ctx.Done():
		return false
	}
}

// leave lets the next one in.
func (o *occupancy) leave() {
	o.mu.Lock()
	defer o.mu.Unlock()
	close(o.gone)
	o.page = nil
}

// open opens the socket of a page that has the key, if there is no other.
func (s *Server) open(w http.ResponseWriter, r *http.Request) {
	c, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{"glassbox"}})
	if err != nil {
		return // it is answered
	}
	defer func() { _ = c.CloseNow() }()
	if !s.knows(splitProtocols(r.Header.Values("Sec-WebSocket-Protocol"))) {
		_ = c.Close(closedToken, "the address lacks the key")
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	if !s.at.enter(ctx, c) {
		_ = c.Close(closedTaken, "another page is open")
		return
	}
	defer s.at.leave()
	c.SetReadLimit(mostMessage)
	session := &session{conn: c, machine: s.machine}
	go session.breathe(ctx, cancel)
	session.serve(ctx, cancel)
}

// splitProtocols splits what stands in the header of a handshake.
func splitProtocols(headers []string) (list []string) {
	for _, h := range headers {
		for p := range strings.SplitSeq(h, ",") {
			list = append(list, strings.TrimSpace(p))
		}
	}
	return list
}

// A session is the time of one page.
type session struct {
	conn    *websocket.Conn
	machine *machine
	pieces  collection
	file    []byte // that the next request loads
}

// breathe ends the session of a page that gives no sign of life.
func (s *session) breathe(ctx context.Context, end context.CancelFunc) {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-time.After(breath):
			ping, cancel := context.WithTimeout(ctx, breath)
			if s.conn.Ping(ping) != nil {
				end()
			}
			cancel()
		}
	}
}

// serve reads messages, which are answered one after the other, until the page is gone. The engine may be at work for it still: the next
// page is let in, and waits.
func (s *session) serve(ctx context.Context, end context.CancelFunc) {
	waiting := make(chan []byte, mostWaiting)
	go func() {
		if s.send(ctx, kindNews, engine.EncodeNews(engine.News{Hello: &s.machine.model.Hello})) != nil {
			end()
		}
		for b := range waiting {
			if s.answer(ctx, b) != nil {
				end()
			}
		}
	}()
	s.read(ctx, waiting)
	end()
	close(waiting)
}

// read hands on what the page sends, until it is gone, or sends what is none of the messages.
func (s *session) read(ctx context.Context, waiting chan<- []byte) {
	for {
		kind, b, err := s.conn.Read(ctx)
		if err != nil {
			return
		}
		if kind != websocket.MessageBinary {
			_ = s.conn.Close(websocket.StatusUnsupportedData, "expected messages of bytes")
			return
		}
		select {
		case waiting <- b:
		case <-ctx.Done():
			return
		}
	}
}

// send sends a message.
func (s *session) send(ctx context.Context, kind byte, body []byte) error {
	return s.conn.Write(ctx, websocket.MessageBinary, append([]byte{kind}, body...))
}

// answer does what a message asks for. The error is that of the socket; what is wrong with the message is told to the page.
func (s *session) answer(ctx context.Context, b []byte) error {
	if ctx.Err() != nil {
		return nil // nobody waits for it
	}
	f, err := parse(b)
	if err == nil && f.kind == kindPiece {
		if err = s.pieces.add(f); err == nil {
			return nil
		}
	}
	var q engine.Request
	switch {
	case err != nil:
	case f.kind == kindFile:
		s.file = f.body
		return nil
	default:
		q, err = engine.DecodeRequest(f.body)
	}
	if err != nil {
		return s.send(ctx, kindReply, engine.EncodeReply(engine.Reply{ID: q.ID, Error: err.Error()}))
	}
	s.attach(&q)
	reply := s.machine.handle(ctx, q, func(n engine.News) { _ = s.send(ctx, kindNews, engine.EncodeNews(n)) })
	return s.send(ctx, kindReply, engine.EncodeReply(reply))
}

// attach puts the file that came before a request to load into it.
func (s *session) attach(q *engine.Request) {
	l := q.Load
	if l == nil || l.Held {
		return
	}
	switch file := s.file; {
	case file == nil:
		l.File = s.pieces.take()
	case l.Name == "":
		l.Table = file
	default:
		l.File = file
	}
	s.file = nil
}
