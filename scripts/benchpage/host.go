package main

import (
	"log"
	"testing"
)

// A host stands where package browser expects a test: what fails ends the program, after
// what was opened is closed.
type host struct {
	testing.TB
	cleanups []func()
}

func (h *host) Helper()          {}
func (h *host) Cleanup(f func()) { h.cleanups = append(h.cleanups, f) }
func (h *host) Logf(format string, args ...any) {
	log.Printf(format, args...)
}

func (h *host) Fatal(args ...any) {
	h.close()
	log.Fatal(args...)
}

func (h *host) Fatalf(format string, args ...any) {
	h.close()
	log.Fatalf(format, args...)
}

func (h *host) Errorf(format string, args ...any) { h.Fatalf(format, args...) }

// close undoes in the reverse order.
func (h *host) close() {
	for len(h.cleanups) > 0 {
		last := len(h.cleanups) - 1
		f := h.cleanups[last]
		h.cleanups = h.cleanups[:last]
		f()
	}
}
