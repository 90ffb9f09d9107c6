package wat

import (
	"math"
	"strconv"
	"strings"
)

// A function is one while it is read.
type function struct {
	signature
	name, export string
	locals       map[string]int // parameters too
	kinds        []byte         // types of the locals that are no parameters
	body         []node
	labels       []string // of the blocks around the instruction, the outermost first
	code         []byte
}

// kinds of values.
var kinds = map[string]byte{"i32": 0x7f, "f32": 0x7d, "v128": 0x7b}

// newFunction reads (func $name (export "name") (param $x i32)… (result f32) (local $y v128)… instructions…).
func newFunction(field node) (*function, error) {
	if len(field.list) < 2 || !strings.HasPrefix(field.list[1].atom, "$") {
		return nil, field.fail("a function has no name")
	}
	f := &function{name: field.list[1].atom, locals: map[string]int{}}
	for i, part := range field.list[2:] {
		var err error
		switch part.head() {
		case "export":
			f.export, err = quoted(part.list[len(part.list)-1])
		case "param":
			f.params, err = f.declare(part, f.params)
		case "local":
			f.kinds, err = f.declare(part, f.kinds)
		case "result":
			kind, known := kinds[part.list[len(part.list)-1].atom]
			if f.results = []byte{kind}; !known {
				err = part.fail("no type of a result")
			}
		default:
			f.body = field.list[2+i:]
			return f, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return f, nil
}

// declare reads (param $name type) or (local $name type).
func (f *function) declare(part node, to []byte) ([]byte, error) {
	if len(part.list) != 3 || !strings.HasPrefix(part.list[1].atom, "$") {
		return nil, part.fail("expected a name and a type")
	}
	kind, known := kinds[part.list[2].atom]
	if !known {
		return nil, part.fail("%s is no type", part.list[2].atom)
	}
	name := part.list[1].atom
	if _, twice := f.locals[name]; twice {
		return nil, part.fail("%s is there twice", name)
	}
	f.locals[name] = len(f.locals)
	return append(to, kind), nil
}

// encode returns the locals and the instructions.
func (f *function) encode(m *module) ([]byte, error) {
	var locals []byte
	runs := 0
	for i := 0; i < len(f.kinds); runs++ {
		n := 1
		for i+n < len(f.kinds) && f.kinds[i+n] == f.kinds[i] {
			n++
		}
		locals = append(append(locals, unsigned(uint64(n))...), f.kinds[i])
		i += n
	}
	f.code = counted(runs, locals)
	if err := f.all(m, f.body); err != nil {
		return nil, err
	}
	return append(f.code, end), nil
}

// all adds instructions one after another.
func (f *function) all(m *module, list []node) error {
	for _, n := range list {
		if err := f.instruction(m, n); err != nil {
			return err
		}
	}
	return nil
}

// Parts of control instructions.
const (
	end   = 0x0b
	other = 0x05 // else
	empty = 0x40 // the type of a block without a result
)

// instruction adds one, behind its operands.
func (f *function) instruction(m *module, n node) error {
	switch n.head() {
	case "":
		return n.fail("expected an instruction in parentheses")
	case "block":
		return f.block(m, n, 0x02)
	case "loop":
		return f.block(m, n, 0x03)
	case "if":
		return f.choice(m, n)
	}
	op, known := operations[n.head()]
	if !known {
		return n.fail("the instruction %s is not known", n.head())
	}
	first := 1 // of the operands, behind the immediates
	for first < len(n.list) && !n.list[first].isList() {
		first++
	}
	if err := f.all(m, n.list[first:]); err != nil {
		return err
	}
	f.code = append(f.code, op.code...)
	return f.immediates(m, n, op.takes, n.list[1:first])
}

// block adds (block $label …) or (loop $label …).
func (f *function) block(m *module, n node, code byte) error {
	if len(n.list) < 2 || !strings.HasPrefix(n.list[1].atom, "$") {
		return n.fail("%s has no label", n.head())
	}
	f.code = append(f.code, code, empty)
	return f.within(m, n.list[1].atom, n.list[2:])
}

// within adds instructions inside a block, and its end.
func (f *function) within(m *module, label string, list []node) error {
	f.labels = append(f.labels, label)
	err := f.all(m, list)
	f.labels = f.labels[:len(f.labels)-1]
	f.code = append(f.code, end)
	return err
}

// choice adds (if condition (then …)) or (if condition (then …) (else …)).
func (f *function) choice(m *module, n node) error {
	if len(n.list) < 3 || len(n.list) > 4 || n.list[2].head() != "then" || len(n.list) == 4 && n.list[3].head() != "else" {
		return n.fail("expected (if condition (then …)), with (else …) or without")
	}
	if err := f.instruction(m, n.list[1]); err != nil {
		return err
	}
	f.code = append(f.code, 0x04, empty)
	if len(n.list) == 3 {
		return f.within(m, "", n.list[2].list[1:])
	}
	f.labels = append(f.labels, "")
	err := f.all(m, n.list[2].list[1:])
	f.labels = f.labels[:len(f.labels)-1]
	f.code = append(f.code, other)
	if err != nil {
		return err
	}
	return f.within(m, "", n.list[3].list[1:])
}

// immediates adds what stands behind an operation: kinds are those of [operations].
func (f *function) immediates(m *module, n node, takes immediate, atoms []node) error {
	want, known := map[immediate]int{nothing: 0, local: 1, callee: 1, label: 1, int32s: 1, float32s: 1, lane: 1, shuffled: 16, words: 5}[takes]
	if known && len(atoms) != want {
		return n.fail("%s has %d immediate(s), expected %d", n.head(), len(atoms), want)
	}
	switch takes {
	case local:
		return f.number(f.locals, atoms[0])
	case callee:
		return f.number(m.index, atoms[0])
	case label:
		return f.branch(atoms[0])
	case int32s:
		v, err := integer(atoms[0], 32)
		f.code = append(f.code, signed(int64(int32(v)))...)
		return err
	case float32s:
		v, err := strconv.ParseFloat(atoms[0].atom, 32)
		if err != nil {
			return n.fail("%s is no number", atoms[0].atom)
		}
		f.code = little(f.code, math.Float32bits(float32(v)))
	case lane, shuffled:
		return f.lanes(atoms)
	case words:
		return f.words(atoms)
	case address:
		return f.address(n, atoms)
	}
	return nil
}

// number adds the number of a name.
func (f *function) number(of map[string]int, n node) error {
	i, found := of[n.atom]
	if !found {
		return n.fail("nothing is called %s here", n.atom)
	}
	f.code = append(f.code, unsigned(uint64(i))...)
	return nil
}

// branch adds how many blocks lie between the instruction and the one of the label.
func (f *function) branch(n node) error {
	for i := range f.labels {
		if f.labels[len(f.labels)-1-i] == n.atom {
			f.code = append(f.code, unsigned(uint64(i))...)
			return nil
		}
	}
	return n.fail("no block around it is called %s", n.atom)
}

func (f *function) lanes(atoms []node) error {
	for _, a := range atoms {
		v, err := integer(a, 8)
		if err != nil {
			return err
		}
		f.code = append(f.code, byte(v))
	}
	return nil
}

// words adds the 16 bytes of (v128.const i32x4 a b c d).
func (f *function) words(atoms []node) error {
	if atoms[0].atom != "i32x4" {
		return atoms[0].fail("expected i32x4")
	}
	for _, a := range atoms[1:] {
		v, err := integer(a, 32)
		if err != nil {
			return err
		}
		f.code = little(f.code, uint32(v))
	}
	return nil
}

// address adds the alignment that the instruction may not rely on, and offset=N, 0 if it is missing. One that reads a lane
// has its number behind that.
func (f *function) address(n node, atoms []node) error {
	offset := int64(0)
	if len(atoms) > 0 {
		if text, ok := strings.CutPrefix(atoms[0].atom, "offset="); ok {
			v, err := integer(node{atom: text, line: n.line}, 32)
			if err != nil {
				return err
			}
			offset, atoms = v, atoms[1:]
		}
	}
	f.code = append(append(f.code, 0), unsigned(uint64(offset))...)
	want := 0
	if strings.HasSuffix(n.head(), "_lane") {
		want = 1
	}
	if len(atoms) != want {
		return n.fail("%s has %d immediate(s) beside its offset, expected %d", n.head(), len(atoms), want)
	}
	return f.lanes(atoms)
}

func little(b []byte, v uint32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}

// integer reads a whole number of so many bits, with a sign or without: 12, -8, 0x7fff.
func integer(n node, bits int) (int64, error) {
	v, err := strconv.ParseInt(n.atom, 0, 64)
	if err != nil || v < -1<<(bits-1) || v >= 1<<bits {
		return 0, n.fail("%q is no integer of %d bits", n.atom, bits)
	}
	return v, nil
}
