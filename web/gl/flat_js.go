package gl

import (
	"errors"
	"syscall/js"
	"unsafe"
)

//go:wasmimport gl paint
func jsPaint(stage int32, pix unsafe.Pointer, width, height int32)

func (s jsDevice) paint(pix []byte, width, height int) {
	jsPaint(int32(s), unsafe.Pointer(unsafe.SliceData(pix)), int32(width), int32(height))
}

// NewFlat makes a drawer that needs no WebGL: it draws into the 2D context of a canvas, and
// labels on an overlay. It needs static/gl.js in the page. A canvas that had another
// context can't be used. The error is a sentence for readers.
func NewFlat(canvas, overlay js.Value) (*Flat, error) {
	half := js.Global().Get("glassboxGL")
	if !half.Truthy() {
		return nil, errors.New("gl.js is missing from the page, so there is no picture")
	}
	opened := half.Call("openFlat", canvas, overlay)
	if opened.Type() != js.TypeNumber {
		return nil, errors.New(opened.String())
	}
	d := newFlat(jsDevice(opened.Int()))
	d.close = func() { half.Call("close", opened) }
	return d, nil
}
