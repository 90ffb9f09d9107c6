package browser

import "syscall/js"

// Promise makes a Promise whose work begins at once.
func (p Guard) Promise(work func(resolve func(any), reject func(reason string))) js.Value {
	fn := p.Function("a promise", func(args []js.Value) {
		resolve, reject := args[0], args[1]
		work(func(v any) { resolve.Invoke(v) },
			func(reason string) { reject.Invoke(js.Global().Get("Error").New(reason)) })
	})
	defer fn.Release()
	return js.Global().Get("Promise").New(fn)
}

// Then calls one of two functions when a promise is settled; nil does nothing. Both JavaScript
// functions are released, even the one that is never called.
func (p Guard) Then(promise js.Value, done, failed func()) {
	var fns [2]js.Func
	for i, f := range [2]func(){done, failed} {
		fns[i] = p.Function("a promise", func([]js.Value) {
			fns[0].Release()
			fns[1].Release()
			if f != nil {
				f()
			}
		})
	}
	promise.Call("then", fns[0], fns[1])
}
