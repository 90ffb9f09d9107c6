//go:build !js

package browser

import (
	"log"
	"testing"
)

// A Host is the testing.TB that a command passes to [New]: a failure ends the program, after the cleanups
// have run. Its zero value is ready.
type Host struct {
	testing.TB
	cleanups []func()
}

// Helper does nothing.
func (h *Host) Helper() {}

// Cleanup lets Close call f.
func (h *Host) Cleanup(f func()) { h.cleanups = append(h.cleanups, f) }

// Logf writes to the log.
func (h *Host) Logf(format string, args ...any) { log.Printf(format, args...) }

// Fatal closes, and ends the program with a message.
func (h *Host) Fatal(args ...any) {
	h.Close()
	log.Fatal(args...)
}

// Fatalf closes, and ends the program with a message.
func (h *Host) Fatalf(format string, args ...any) {
	h.Close()
	log.Fatalf(format, args...)
}

// Errorf is Fatalf.
func (h *Host) Errorf(format string, args ...any) { h.Fatalf(format, args...) }

// Close calls the cleanups, the last one first.
func (h *Host) Close() {
	for len(h.cleanups) > 0 {
		last := len(h.cleanups) - 1
		f := h.cleanups[last]
		h.cleanups = h.cleanups[:last]
		f()
	}
}
