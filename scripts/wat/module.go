// Package wat assembles WebAssembly from its text form, as much of both as wasm/twin/kernel.wat uses: one module of functions
// that work on an imported memory. Formats: the WebAssembly Core Specification 2.0, chapters 5 (binary) and 6 (text),
// https://www.w3.org/TR/wasm-core-2/.
//
// Instructions are folded, each behind its immediates with its operands in parentheses, and names stand for functions,
// parameters, locals and labels. So
//
//	(func $twice (export "twice") (param $x i32) (result i32) (i32.add (local.get $x) (local.get $x)))
//
// is a function. What the assembler does not know is an error with its line; whether operands have the right types is left
// to the machine that runs the module, which checks it anyway.
package wat

import "strings"

// A signature is the type of a function: its parameters, and its result if it has one.
type signature struct{ params, results []byte }

// encode returns the signature as the type section holds it.
func (s signature) encode() []byte {
	return append(append([]byte{0x60}, vector(s.params)...), vector(s.results)...)
}

// A module is what has been read of one.
type module struct {
	types     [][]byte // each encoded signature once
	imports   []byte
	functions []*function
	index     map[string]int // of functions, by name
}

// Assemble returns the binary form of a module.
func Assemble(text string) ([]byte, error) {
	root, err := parse(text)
	if err != nil {
		return nil, err
	}
	if root.head() != "module" {
		return nil, root.fail("expected (module …)")
	}
	m := &module{index: map[string]int{}}
	for _, field := range root.list[1:] {
		if err := m.declare(field); err != nil {
			return nil, err
		}
	}
	return m.encode()
}

// declare reads a field of the module: a function's signature, for calls may go forward, or the memory.
func (m *module) declare(field node) error {
	switch field.head() {
	case "import":
		return m.memory(field)
	case "func":
		f, err := newFunction(field)
		if err != nil {
			return err
		}
		if _, twice := m.index[f.name]; twice {
			return field.fail("the function %s is there twice", f.name)
		}
		m.index[f.name] = len(m.functions)
		m.functions = append(m.functions, f)
		return nil
	}
	return field.fail("expected (import …) or (func …)")
}

// memory reads (import "env" "memory" (memory 1)).
func (m *module) memory(field node) error {
	if len(field.list) != 4 || field.list[3].head() != "memory" || len(field.list[3].list) != 2 || m.imports != nil {
		return field.fail("expected one (import \"…\" \"…\" (memory PAGES))")
	}
	pages, err := integer(field.list[3].list[1], 32)
	if err != nil {
		return err
	}
	m.imports = []byte{1}
	for _, n := range field.list[1:3] {
		name, err := quoted(n)
		if err != nil {
			return err
		}
		m.imports = append(m.imports, vector([]byte(name))...)
	}
	m.imports = append(m.imports, 2, 0) // a memory, without a limit
	m.imports = append(m.imports, unsigned(uint64(pages))...)
	return nil
}

// quoted returns what stands between quotes.
func quoted(n node) (string, error) {
	if len(n.atom) < 2 || n.atom[0] != '"' || n.atom[len(n.atom)-1] != '"' || strings.Contains(n.atom, `\`) {
		return "", n.fail("expected a name in quotes")
	}
	return n.atom[1 : len(n.atom)-1], nil
}

// encode returns the sections of the module, behind the magic number and the version.
func (m *module) encode() ([]byte, error) {
	var functions, exports, bodies []byte
	exported := 0
	for i, f := range m.functions {
		functions = append(functions, unsigned(uint64(m.typeOf(f.signature)))...)
		if f.export != "" {
			exports = append(append(append(exports, vector([]byte(f.export))...), 0), unsigned(uint64(i))...)
			exported++
		}
		body, err := f.encode(m)
		if err != nil {
			return nil, err
		}
		bodies = append(bodies, vector(body)...)
	}
	var types []byte
	for _, t := range m.types {
		types = append(types, t...)
	}
	out := []byte("\x00asm\x01\x00\x00\x00")
	out = append(out, section(1, counted(len(m.types), types))...)
	if m.imports != nil {
		out = append(out, section(2, m.imports)...)
	}
	out = append(out, section(3, counted(len(m.functions), functions))...)
	out = append(out, section(7, counted(exported, exports))...)
	return append(out, section(10, counted(len(m.functions), bodies))...), nil
}

// typeOf returns the number of a signature, which it may add.
func (m *module) typeOf(s signature) int {
	encoded := s.encode()
	for i, t := range m.types {
		if string(t) == string(encoded) {
			return i
		}
	}
	m.types = append(m.types, encoded)
	return len(m.types) - 1
}

func section(id byte, contents []byte) []byte { return append([]byte{id}, vector(contents)...) }

// counted puts the number of things before them.
func counted(n int, things []byte) []byte { return append(unsigned(uint64(n)), things...) }

// vector puts the number of bytes before them.
func vector(b []byte) []byte { return counted(len(b), b) }

// unsigned returns v in LEB128: seven bits a byte, the lowest first.
func unsigned(v uint64) (b []byte) {
	for ; v >= 0x80; v >>= 7 {
		b = append(b, byte(v)|0x80)
	}
	return append(b, byte(v))
}

// signed returns v in LEB128, whose last byte has the sign in its bit 6.
func signed(v int64) (b []byte) {
	for ; v < -64 || v > 63; v >>= 7 {
		b = append(b, byte(v)|0x80)
	}
	return append(b, byte(v)&0x7f)
}
