package wat

import (
	"encoding/hex"
	"strings"
	"testing"
)

// assemble assembles functions beside a memory.
func assemble(functions string) (string, error) {
	b, err := Assemble("(module\n(import \"env\" \"memory\" (memory 1))\n" + functions + ")")
	return hex.EncodeToString(b), err
}

func TestAModuleIsItsSections(t *testing.T) {
	got, err := Assemble(`;; a module
(module
  (import "env" "memory" (memory 300))
  (func $twice (export "twice") (param $x i32) (result i32)
    (i32.add (local.get $x) (local.get $x)))
  (func $none))`)
	want := strings.Join([]string{
		"0061736d01000000", // the magic number, version 1
		"010960017f017f600000"[:4] + "02" + "60017f017f" + "600000", // two types
		"021001" + "03656e76" + "066d656d6f7279" + "0200ac02",       // the memory
		"03030200" + "01", // the functions' types
		"07090105" + hex.EncodeToString([]byte("twice")) + "0000", // what is exported
		"0a0c02" + "0700200020006a0b" + "02000b",                  // the code
	}, "")
	if err != nil || hex.EncodeToString(got) != want {
		t.Errorf("the module is\n%x, %v; expected\n%s", got, err, want)
	}
}

func TestInstructionsStandBehindTheirOperands(t *testing.T) {
	for text, want := range map[string]string{
		"(local.set $a (i32.const -1))":                                 "417f2100",
		"(local.set $a (i32.const 0x80000000))":                         "418080808078" + "2100",
		"(local.set $a (i32.const 128))":                                "4180012100",
		"(local.set $f (f32.const 0x1p112))":                            "4300008077" + "2101",
		"(f32.store offset=300 (local.get $a) (local.get $f))":          "200020013800ac02",
		"(local.set $v (v128.load offset=16 (local.get $a)))":           "2000fd000010" + "2102",
		"(local.set $v (f32x4.add (local.get $v) (local.get $v)))":      "20022002fde401" + "2102",
		"(local.set $v (v128.const i32x4 1 -1 0 0x7fffffff))":           "fd0c01000000ffffffff00000000ffffff7f" + "2102",
		"(local.set $f (f32x4.extract_lane 3 (local.get $v)))":          "2002fd1f03" + "2101",
		"(memory.copy (local.get $a) (local.get $a) (local.get $a))":    "200020002000fc0a0000",
		"(memory.fill (local.get $a) (local.get $a) (local.get $a))":    "200020002000fc0b00",
		"(block $b (loop $l (br_if $b (local.get $a)) (br $l)))":        "02400340" + "20000d01" + "0c00" + "0b0b",
		"(if (local.get $a) (then (return)))":                           "2000" + "0440" + "0f" + "0b",
		"(block $b (if (local.get $a) (then (br $b)) (else (return))))": "0240" + "2000" + "0440" + "0c01" + "05" + "0f" + "0b0b",
		"(call $f)": "1000",
	} {
		got, err := assemble("(func $f (local $a i32) (local $f f32) (local $v v128) " + text + ")")
		if code := "017f" + "017d" + "017b" + want + "0b"; err != nil || !strings.HasSuffix(got, code) {
			t.Errorf("of %s comes %s, %v; expected …%s", text, got, err, code)
		}
	}
}

func TestWhatIsWrongIsNamedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"(func $f\n(i32.nothing))":                "line 4: the instruction i32.nothing is not known",
		"(func $f\n(local.get $a))":               "line 4: nothing is called $a here",
		"(func $f\n(call $g))":                    "line 4: nothing is called $g here",
		"(func $f\n(loop $a) (br $a))":            "line 4: no block around it is called $a",
		"(func $f (loop (return)))":               "line 3: loop has no label",
		"(func $f (i32.const 4294967296))":        `line 3: "4294967296" is no integer of 32 bits`,
		"(func $f (f32.const one))":               "line 3: one is no number",
		"(func $f (v128.load offset=16 3))":       "line 3: v128.load has 1 immediate(s) beside its offset, expected 0",
		"(func $f (i32.add 1))":                   "line 3: i32.add has 1 immediate(s), expected 0",
		"(func $f (v128.const f32x4 1 2 3 4))":    "line 3: expected i32x4",
		"(func $f (local $a i32) (local $a i32))": "line 3: $a is there twice",
		"(func $f (param $a i64))":                "line 3: i64 is no type",
		"(func $f) (func $f)":                     "line 3: the function $f is there twice",
		"(func (return))":                         "line 3: a function has no name",
		"(func $f (if (i32.const 1) (return)))":   "line 3: expected (if condition (then …)), with (else …) or without",
		"(func $f ())":                            "line 3: an empty list",
		"(func $f return)":                        "line 3: expected an instruction in parentheses",
		"(func $f (export f))":                    "line 3: expected a name in quotes",
		"(table 1)":                               "line 3: expected (import …) or (func …)",
		"(import \"env\" \"memory\" (memory 1))":  "line 3: expected one (import \"…\" \"…\" (memory PAGES))",
		"(func $f) ) (":                           "line 3: text behind the module",
		"(func $f (return)":                       "line 1: a ( is not closed",
	} {
		if got, err := assemble(text); err == nil || err.Error() != want {
			t.Errorf("of %s comes %s, %v; expected %s", text, got, err, want)
		}
	}
	for text, want := range map[string]string{"": "line 1: the text ends too early", "(func)": "line 1: expected (module …)", ")": "line 1: a ) closes nothing"} {
		if _, err := Assemble(text); err == nil || err.Error() != want {
			t.Errorf("of %q comes %v; expected %s", text, err, want)
		}
	}
}
