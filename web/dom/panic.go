package dom

import (
	"fmt"
	"runtime/debug"
)

// Panic is a recovered panic of a handler, a component or a callback.
type Panic struct {
	Where string // such as "@click of <button>"
	Value any    // what the panic was called with
	Stack []byte // of the goroutine, as text
}

// Error names the place and the value, without the stack.
func (p *Panic) Error() string { return fmt.Sprintf("%s: panic: %v", p.Where, p.Value) }

// Unwrap returns the value if it is an error.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}

// catch runs f and turns its panic into an error.
func catch(where string, f func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &Panic{Where: where, Value: value, Stack: debug.Stack()}
		}
	}()
	return f()
}
