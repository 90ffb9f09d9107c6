package gl

import "unsafe"

// jsDevice is a device in the browser: the number that glassboxGL.open returned.
type jsDevice int32

// The imports of module "gl", which static/gl.js provides. Pointers are read during the call only.

//go:wasmimport gl program
func jsProgram(stage int32, vertex unsafe.Pointer, vertexLength int32, fragment unsafe.Pointer, fragmentLength int32) int32

//go:wasmimport gl linked
func jsLinked(stage int32) int32

//go:wasmimport gl check
func jsCheck(stage, program int32, text unsafe.Pointer, capacity int32) int32

//go:wasmimport gl array
func jsArray(stage int32, sizes unsafe.Pointer, count int32) int32

//go:wasmimport gl upload
func jsUpload(stage, array int32, data unsafe.Pointer, count int32)

//go:wasmimport gl texture
func jsTexture(stage, unit, channels, width, height int32)

//go:wasmimport gl texels
func jsTexels(stage, unit, y, width, height int32, data unsafe.Pointer)

//go:wasmimport gl maxTexture
func jsMaxTexture(stage int32) int32

//go:wasmimport gl block
func jsBlock(stage int32, data unsafe.Pointer, count int32)

//go:wasmimport gl resize
func jsResize(stage, width, height int32, ratio, share float32)

//go:wasmimport gl clear
func jsClear(stage int32, red, green, blue float32)

//go:wasmimport gl draw
func jsDraw(stage, program, array, state, vertices, first, count int32)

//go:wasmimport gl fence
func jsFence(stage int32)

//go:wasmimport gl busy
func jsBusy(stage int32) int32

//go:wasmimport gl text
func jsText(stage, number int32, text unsafe.Pointer, length int32)

//go:wasmimport gl labels
func jsLabels(stage int32, data unsafe.Pointer, count int32)

//go:wasmimport gl measure
func jsMeasure(stage int32, text unsafe.Pointer, length int32, size float32, flags int32) float32

//go:wasmimport gl reset
func jsReset(stage int32)

func bytesOf(s string) (unsafe.Pointer, int32) {
	return unsafe.Pointer(unsafe.StringData(s)), int32(len(s))
}

func floatsOf(data []float32) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(data)) }

func (s jsDevice) program(vertex, fragment string) handle {
	v, vn := bytesOf(vertex)
	f, fn := bytesOf(fragment)
	return handle(jsProgram(int32(s), v, vn, f, fn))
}

func (s jsDevice) linked() bool { return jsLinked(int32(s)) != 0 }

func (s jsDevice) check(program handle) string {
	text := make([]byte, 8<<10)
	n := jsCheck(int32(s), int32(program), unsafe.Pointer(unsafe.SliceData(text)), int32(len(text)))
	return string(text[:n])
}

func (s jsDevice) array(sizes []int32) handle {
	return handle(jsArray(int32(s), unsafe.Pointer(unsafe.SliceData(sizes)), int32(len(sizes))))
}

func (s jsDevice) upload(array handle, data []float32) {
	jsUpload(int32(s), int32(array), floatsOf(data), int32(len(data)))
}

func (s jsDevice) texture(unit, channels, width, height int) {
	jsTexture(int32(s), int32(unit), int32(channels), int32(width), int32(height))
}

func (s jsDevice) texels(unit, y, width, height int, data []float32) {
	jsTexels(int32(s), int32(unit), int32(y), int32(width), int32(height), floatsOf(data))
}

func (s jsDevice) maxTexture() int { return int(jsMaxTexture(int32(s))) }

func (s jsDevice) block(data []float32) { jsBlock(int32(s), floatsOf(data), int32(len(data))) }

func (s jsDevice) resize(width, height int, ratio, share float32) {
	jsResize(int32(s), int32(width), int32(height), ratio, share)
}

func (s jsDevice) clear(paper [3]float32) { jsClear(int32(s), paper[0], paper[1], paper[2]) }

func (s jsDevice) draw(program, array handle, state state, vertices, first, count int) {
	jsDraw(int32(s), int32(program), int32(array), int32(state), int32(vertices), int32(first), int32(count))
}

func (s jsDevice) fence() { jsFence(int32(s)) }

func (s jsDevice) busy() bool { return jsBusy(int32(s)) != 0 }

func (s jsDevice) text(number int, text string) {
	t, n := bytesOf(text)
	jsText(int32(s), int32(number), t, n)
}

func (s jsDevice) labels(data []float32) {
	jsLabels(int32(s), floatsOf(data), int32((len(data)-labelHead)/labelFloats))
}

func (s jsDevice) measure(text string, size float32, flags int) float32 {
	t, n := bytesOf(text)
	return jsMeasure(int32(s), t, n, size, int32(flags))
}

func (s jsDevice) reset() { jsReset(int32(s)) }
