package pytorch

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"glassbox/model/checkpoint/safetensors"
)

// What a pickle makes: nil, bool, int64, float64, string, and these.
type (
	tuple []any
	list  struct{ items []any }
	dict  struct {
		keys, values []any
		at           map[string]int // where the keys that are texts stand
	}
	global struct{ module, name string } // a name of Python that is known here
)

// get returns what stands under a name; nil if nothing does.
func (d *dict) get(name string) any {
	if i, ok := d.at[name]; ok {
		return d.values[i]
	}
	return nil
}

// set puts a value under a key, in the place of one that is there.
func (d *dict) set(key, value any) {
	if name, ok := key.(string); ok {
		if i, there := d.at[name]; there {
			d.values[i] = value
			return
		}
		if d.at == nil {
			d.at = map[string]int{}
		}
		d.at[name] = len(d.keys)
	}
	d.keys, d.values = append(d.keys, key), append(d.values, value)
}

// storage returns what a class of storages holds.
func (g global) storage() (kind, bool) {
	if g.module == "torch.storage" && g.name == "UntypedStorage" {
		return untyped, true
	}
	k, known := storages[g.name]
	return k, known && g.module == "torch"
}

// known reports whether a name is one of those that tensors need.
func (g global) known() bool {
	switch g.module {
	case "collections":
		return g.name == "OrderedDict"
	case "torch._utils":
		return g.name == "_rebuild_tensor" || g.name == "_rebuild_tensor_v2" || g.name == "_rebuild_tensor_v3" || g.name == "_rebuild_parameter"
	case "torch":
		_, isType := dtypes[g.name]
		if isType || g.name == "Size" {
			return true
		}
	}
	_, known := g.storage()
	return known
}

// A machine carries out a pickle: it has a stack, marks in it, and remembers values by number.
type machine struct {
	archive *archive
	b       []byte // what is left to read
	stack   []any
	marks   []int
	memo    map[uint32]any
	objects int
	err     error // the first one; after it nothing counts
}

// load carries out the pickle of an archive, and returns the value that it leaves.
func (a *archive) load() (any, error) {
	m := &machine{archive: a, b: a.pickle, memo: map[uint32]any{}}
	for m.err == nil {
		at := len(a.pickle) - len(m.b)
		op := m.byte()
		if op == opStop && m.err == nil {
			v := m.pop()
			return v, m.err
		}
		m.step(op)
		if len(m.stack) > maxStack || len(m.memo) > maxStack || m.objects > maxObjects {
			m.fail("it makes more values than any checkpoint has")
		}
		if m.err != nil {
			m.err = fmt.Errorf("%w (at byte %d)", m.err, at)
		}
	}
	return nil, m.err
}

// The operations that are known, as pickletools.py names them.
const (
	opMark, opStop, opPop, opPopMark, opDup                                    = '(', '.', '0', '1', '2'
	opProto, opFrame                                                           = 0x80, 0x95
	opNone, opTrue, opFalse                                                    = 'N', 0x88, 0x89
	opInt4, opInt1, opInt2, opLong1, opFloat                                   = 'J', 'K', 'M', 0x8a, 'G'
	opText, opShortText, opString, opShortString                               = 'X', 0x8c, 'T', 'U'
	opEmptyTuple, opTuple, opTuple1, opTuple2, opTuple3                        = ')', 't', 0x85, 0x86, 0x87
	opEmptyList, opAppend, opAppends                                           = ']', 'a', 'e'
	opEmptyDict, opSetItem, opSetItems                                         = '}', 's', 'u'
	opPut1, opPut4, opMemoize, opGet1, opGet4                                  = 'q', 'r', 0x94, 'h', 'j'
	opGlobal, opStackGlobal, opReduce, opBuild, opPersID, opNewObj, opNewObjEx = 'c', 0x93, 'R', 'b', 'Q', 0x81, 0x92
)

// step carries out one operation.
func (m *machine) step(op byte) {
	switch op {
	case opProto:
		if v := m.byte(); v < 2 || v > 5 {
			m.fail("it is of protocol %d; expected 2 to 5", v)
		}
	case opFrame:
		m.take(8)
	case opMark:
		m.marks = append(m.marks, len(m.stack))
		if len(m.marks) > maxStack {
			m.fail("it makes more values than any checkpoint has")
		}
	case opPop:
		m.pop()
	case opPopMark:
		m.popMark()
	case opDup:
		v := m.pop()
		m.push(v)
		m.push(v)
	case opPut1, opPut4, opMemoize, opGet1, opGet4:
		m.remember(op)
	case opGlobal, opStackGlobal, opReduce, opBuild, opPersID, opNewObj, opNewObjEx:
		m.call(op)
	default:
		if !m.scalar(op) && !m.container(op) {
			m.fail("it has the operation %#02x, which tensors do not need", op)
		}
	}
}

// scalar pushes a value that stands by itself, and reports whether op does.
func (m *machine) scalar(op byte) bool {
	switch op {
	case opNone:
		m.push(nil)
	case opTrue, opFalse:
		m.push(op == opTrue)
	case opInt1:
		m.push(int64(m.byte()))
	case opInt2:
		m.push(int64(m.number(2)))
	case opInt4:
		m.push(int64(int32(m.number(4))))
	case opLong1:
		m.push(m.long())
	case opFloat:
		m.push(math.Float64frombits(binary.BigEndian.Uint64(m.take(8))))
	case opText, opString:
		m.text(int64(m.number(4)))
	case opShortText, opShortString:
		m.text(int64(m.byte()))
	default:
		return false
	}
	return true
}

// container makes a tuple, a list or a dictionary, or adds to one, and reports whether op does.
func (m *machine) container(op byte) bool {
	switch op {
	case opEmptyTuple:
		m.push(m.made(tuple{}))
	case opTuple1, opTuple2, opTuple3:
		m.push(m.made(tuple(m.last(int(op-opTuple1) + 1))))
	case opTuple:
		m.push(m.made(tuple(m.popMark())))
	case opEmptyList:
		m.push(m.made(&list{}))
	case opAppend:
		m.append(m.last(1))
	case opAppends:
		m.append(m.popMark())
	case opEmptyDict:
		m.push(m.made(&dict{}))
	case opSetItem:
		m.setItems(m.last(2))
	case opSetItems:
		m.setItems(m.popMark())
	default:
		return false
	}
	return true
}

// remember puts the topmost value into the memo, or pushes one from there.
func (m *machine) remember(op byte) {
	var n uint32
	switch op {
	case opMemoize:
		n = uint32(len(m.memo))
	case opPut1, opGet1:
		n = uint32(m.byte())
	default:
		n = uint32(m.number(4))
	}
	if op == opGet1 || op == opGet4 {
		v, known := m.memo[n]
		if !known {
			m.fail("it asks for value %d, which it has not remembered", n)
		}
		m.push(v)
		return
	}
	v := m.pop()
	m.push(v)
	m.memo[n] = v
}

// call carries out what in Python would look up a name, or call what stands there.
func (m *machine) call(op byte) {
	switch op {
	case opGlobal:
		module := m.line()
		m.global(global{module, m.line()})
	case opStackGlobal:
		v := m.last(2)
		module, isModule := v[0].(string)
		name, isName := v[1].(string)
		if !isModule || !isName {
			m.fail("it looks up what is no name")
		}
		m.global(global{module, name})
	case opPersID:
		s, err := m.archive.storageOf(m.pop())
		if err != nil {
			m.fail("%w", err)
		}
		m.push(m.made(s))
	case opBuild:
		m.pop() // what Python would set as attributes: of a dictionary of weights, notes on its modules
		if v := m.pop(); m.err == nil {
			if _, ok := v.(*dict); !ok {
				m.fail("it sets what belongs to an object; expected tensors alone")
			}
			m.push(v)
		}
	case opReduce:
		v := m.last(2)
		m.reduce(v[0], v[1])
	default:
		m.fail("it makes an object; expected tensors alone")
	}
}

// global pushes a name, and refuses those that tensors do not need.
func (m *machine) global(g global) {
	if m.err == nil && !g.known() {
		m.fail("it asks for %s of Python, which is no part of a tensor and is not run; save the tensors alone: torch.save(model.state_dict(), \"model.pt\")",
			safetensors.Legible(g.module+"."+g.name))
	}
	m.push(g)
}

// reduce pushes what a call gives.
func (m *machine) reduce(called, arguments any) {
	g, isName := called.(global)
	args, isTuple := arguments.(tuple)
	if !isName || !isTuple {
		m.fail("it calls what is no name")
		return
	}
	var v any
	err := fmt.Errorf("it calls %s with arguments that no tensor has", g.name)
	switch g.name {
	case "OrderedDict":
		v, err = ordered(args)
	case "_rebuild_tensor", "_rebuild_tensor_v2":
		v, err = rebuild(args, 2)
	case "_rebuild_tensor_v3":
		v, err = rebuild(args, 3)
	case "_rebuild_parameter":
		if len(args) > 0 {
			if t, ok := args[0].(*tensor); ok {
				v, err = t, nil
			}
		}
	case "Size":
		if len(args) == 1 {
			if t, ok := args[0].(tuple); ok {
				v, err = t, nil
			}
		}
	}
	if err != nil {
		m.fail("%w", err)
	}
	m.push(m.made(v))
}

// ordered returns a dictionary of the pairs with which OrderedDict was called, if there are any.
func ordered(args tuple) (*dict, error) {
	d := &dict{}
	if len(args) == 0 {
		return d, nil
	}
	pairs, ok := args[0].(*list)
	if !ok || len(args) > 1 {
		return nil, errors.New("it makes a dictionary of what are no pairs")
	}
	for _, item := range pairs.items {
		var key, value any
		switch pair := item.(type) {
		case tuple:
			if ok = len(pair) == 2; ok {
				key, value = pair[0], pair[1]
			}
		case *list:
			if ok = len(pair.items) == 2; ok {
				key, value = pair.items[0], pair.items[1]
			}
		default:
			ok = false
		}
		if !ok {
			return nil, errors.New("it makes a dictionary of what are no pairs")
		}
		d.set(key, value)
	}
	return d, nil
}

// made counts a value that takes memory of its own.
func (m *machine) made(v any) any {
	m.objects++
	return v
}

// append adds values to the list below them.
func (m *machine) append(values []any) {
	l, ok := m.top().(*list)
	if !ok {
		m.fail("it adds to what is no list")
		return
	}
	l.items = append(l.items, values...)
}

// setItems puts keys and values, which take turns, into the dictionary below them.
func (m *machine) setItems(pairs []any) {
	d, ok := m.top().(*dict)
	if !ok || len(pairs)%2 != 0 {
		m.fail("it sets entries of what is no dictionary")
		return
	}
	for i := 0; i < len(pairs); i += 2 {
		d.set(pairs[i], pairs[i+1])
	}
}

// fail keeps the first error.
func (m *machine) fail(format string, args ...any) {
	if m.err == nil {
		m.err = fmt.Errorf(format, args...)
	}
}

func (m *machine) push(v any) { m.stack = append(m.stack, v) }

// top returns the topmost value without taking it away; nil if there is none.
func (m *machine) top() any {
	if len(m.stack) == 0 {
		return nil
	}
	return m.stack[len(m.stack)-1]
}

func (m *machine) pop() any { return m.last(1)[0] }

// last takes the n topmost values away, and returns them in the order in which they came.
func (m *machine) last(n int) []any {
	floor := 0
	if len(m.marks) > 0 {
		floor = m.marks[len(m.marks)-1]
	}
	if len(m.stack)-n < floor {
		m.fail("it takes a value from where there is none")
		return make([]any, n)
	}
	at := len(m.stack) - n
	values := append(make([]any, 0, n), m.stack[at:]...)
	m.stack = m.stack[:at]
	return values
}

// popMark takes the values above the last mark away, and the mark.
func (m *machine) popMark() []any {
	if len(m.marks) == 0 {
		m.fail("it looks for a mark where there is none")
		return nil
	}
	n := len(m.stack) - m.marks[len(m.marks)-1]
	values := m.last(n)
	m.marks = m.marks[:len(m.marks)-1]
	return values
}

// take returns the next n bytes.
func (m *machine) take(n int64) []byte {
	if n < 0 || n > int64(len(m.b)) {
		m.fail("it ends in the middle of an operation")
		m.b = nil
		return make([]byte, min(max(n, 0), 8))
	}
	b := m.b[:n]
	m.b = m.b[n:]
	return b
}

func (m *machine) byte() byte { return m.take(1)[0] }

// number returns a number of so many bytes, the lowest first.
func (m *machine) number(size int64) uint64 {
	var b [8]byte
	copy(b[:], m.take(size))
	return binary.LittleEndian.Uint64(b[:])
}

// long returns a whole number of as many bytes as it needs, with its sign.
func (m *machine) long() int64 {
	n := m.byte()
	if n > 8 {
		m.fail("it has a number of %d bytes; expected 8 at most", n)
		return 0
	}
	if n == 0 {
		return 0
	}
	shift := 64 - 8*uint(n)
	return int64(m.number(int64(n))<<shift) >> shift
}

// text pushes a text of so many bytes.
func (m *machine) text(size int64) {
	b := m.take(size)
	if !utf8.Valid(b) {
		m.fail("it has a text that is not UTF-8")
	}
	m.push(string(b))
}

// line returns what stands before the next end of a line.
func (m *machine) line() string {
	const longest = 1 << 10
	line, _, found := strings.Cut(string(m.b[:min(len(m.b), longest)]), "\n")
	if !found {
		m.fail("it has a name without an end")
		return ""
	}
	m.b = m.b[len(line)+1:]
	return line
}
