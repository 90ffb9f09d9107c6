package safetensors

import (
	"encoding/binary"
	"strings"
	"testing"
)

// corrupt lists files that must be refused: for each a header, the bytes of data behind it, and the
// tensor and the words that the error must name.
var corrupt = []struct {
	header string
	data   int
	tensor string
	reason string
}{
	// JSON that is none.
	{``, 0, "", "first byte, found the end"},
	{` {}`, 0, "", "first byte, found ' '"},
	{`[]`, 0, "", "first byte, found '['"},
	{"\xef\xbb\xbf{}", 0, "", "first byte"},
	{`{`, 0, "", "expected '\"' to begin a string, found the end"},
	{`{}}`, 0, "", "only spaces after the header's last '}', found '}'"},
	{"{}\x00", 0, "", "only spaces"},
	{`{"a"}`, 0, "", "expected ':' after a key"},
	{`{a:1}`, 0, "", "to begin a string, found 'a'"},
	{`{"a":1}`, 0, "a", "expected '{' to begin the tensor's entry, found '1'"},
	{`{"a":null}`, 0, "a", "expected '{'"},
	{`{"a":{},}`, 0, "a", "a field is missing"},
	{`{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},}`, 0, "", "to begin a string, found '}'"},
	{`{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]} "b"`, 0, "", "expected ',' or '}' in the header"},
	{`{"a":{"dtype":"U8" "shape":[0]}}`, 0, "a", "expected ',' or '}' in the tensor's entry"},

	// Strings.
	{`{"a`, 0, "", "a string does not end"},
	{`{"a\`, 0, "", "a string does not end"},
	{`{"a\u00`, 0, "", "a string does not end"},
	{`{"\x"`, 0, "", "unknown escape"},
	{`{"\u00g0"`, 0, "", "four hexadecimal digits"},
	{`{"\ud800"`, 0, "", "half of a surrogate pair"},
	{`{"\udc00\ud800"`, 0, "", "half of a surrogate pair"},
	{`{"\ud800\u12"`, 0, "", "four hexadecimal digits"},
	{`{"\ud800A"`, 0, "", "half of a surrogate pair"},
	{"{\"a\nb\"", 0, "", "control character"},
	{"{\"\xff\"", 0, "", "not UTF-8, found the byte 0xFF"},
	{"{\"\xed\xa0\x80\"", 0, "", "not UTF-8"},

	// Names and fields.
	{`{"":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}`, 0, "", "no name"},
	{`{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\u0061":{}}`, 0, "", "the header has the key a twice"},
	{`{"a":{"dtype":"U8","dtype":"U8"}}`, 0, "a", "has the key dtype twice"},
	{`{"a":{"dtype":"U8","shape":[]}}`, 0, "a", "a field is missing"},
	{`{"a":{"Dtype":"U8"}}`, 0, "a", "unknown field Dtype"},
	{`{"a":{"strides":[1]}}`, 0, "a", "unknown field strides"},
	{`{"__metadata__":{"k":1}}`, 0, "", "to begin a string, found '1'"},
	{`{"__metadata__":{"k":{}}}`, 0, "", "to begin a string, found '{'"},
	{`{"__metadata__":nul}`, 0, "", "expected '{' to begin __metadata__"},
	{`{"__metadata__":nulls}`, 0, "", "found 's'"},
	{`{"__metadata__":{"k":"1","k":"2"}}`, 0, "", "__metadata__ has the key k twice"},
	{`{"__metadata__":{},"__metadata__":{}}`, 0, "", "the key __metadata__ twice"},

	// Types.
	{`{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}`, 4, "a", "dtype F31 is unknown, expected one of BOOL"},
	{`{"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}`, 4, "a", "dtype f32 is unknown"},
	{`{"a":{"dtype":"","shape":[1],"data_offsets":[0,4]}}`, 4, "a", `dtype "" is unknown`},
	{`{"a":{"dtype":32,"shape":[1],"data_offsets":[0,4]}}`, 4, "a", "to begin a string, found '3'"},

	// Numbers.
	{`{"a":{"shape":[-1]`, 0, "a", "shape holds '-', expected a whole number that is not negative"},
	{`{"a":{"shape":[1.0]`, 0, "a", "expected ',' or ']' in shape, found '.'"},
	{`{"a":{"shape":[1e3]`, 0, "a", "expected ',' or ']' in shape, found 'e'"},
	{`{"a":{"shape":[01]`, 0, "a", "leading zero"},
	{`{"a":{"shape":["1"]`, 0, "a", "shape holds '\"'"},
	{`{"a":{"shape":[[1]]`, 0, "a", "shape holds '['"},
	{`{"a":{"shape":[1,]`, 0, "a", "shape holds ']'"},
	{`{"a":{"shape":[1`, 0, "a", "found the end"},
	{`{"a":{"shape":1`, 0, "a", "expected '[' to begin shape"},
	{`{"a":{"shape":[9223372036854775808]`, 0, "a", "a number above 2⁶³−1"},
	{`{"a":{"shape":[99999999999999999999999999999]`, 0, "a", "a number above 2⁶³−1"},
	{`{"a":{"shape":[` + strings.Repeat("1,", maxRank) + `1]`, 0, "a", "more than 64 numbers"},

	// Sizes.
	{`{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}`, 8, "a", "needs 12 bytes, but data_offsets [0, 8] give 8"},
	{`{"a":{"dtype":"F32","shape":[],"data_offsets":[0,0]}}`, 0, "a", "shape [] of F32 needs 4 bytes"},
	{`{"a":{"dtype":"F32","shape":[4,0],"data_offsets":[0,16]}}`, 16, "a", "shape [4, 0] of F32 needs 0 bytes"},
	{`{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}`, 0, "a", "too large to count"},
	{`{"a":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0]}}`, 0, "a", "too large to count"},
	{`{"a":{"dtype":"F32","shape":[2305843009213693952],"data_offsets":[0,0]}}`, 0, "a", "too large to count"},
	{`{"a":{"dtype":"U8","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}`, 0, "a", "too large to count"},

	// Places.
	{`{"a":{"dtype":"F32","shape":[1],"data_offsets":["0",4]}}`, 4, "a", "data_offsets holds '\"'"},
	{`{"a":{"data_offsets":[0]`, 0, "a", "data_offsets [0] has 1 number, expected [begin, end]"},
	{`{"a":{"data_offsets":[0,1,2]`, 0, "a", "data_offsets has more than 2 numbers"},
	{`{"a":{"data_offsets":[-4,0]`, 0, "a", "data_offsets holds '-'"},
	{`{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}`, 1, "a", "end before they begin"},
	{`{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}`, 8, "", "incomplete: of 70 B only 69 B are here (missing: 1 B)"},
	{`{"a":{"dtype":"U8","shape":[0],"data_offsets":[9,9]}}`, 8, "a", "leave a hole"},
	{`{"a":{"dtype":"U8","shape":[4],"data_offsets":[9223372036854775803,9223372036854775807]}}`, 8, "a", "leave a hole"},
	{`{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}`, 8, "a", "leave a hole, expected them to begin at 0"},
	{`{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[3],"data_offsets":[5,8]}}`, 8, "b",
		"leave a hole, expected them to begin at 4"},
	{`{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[5],"data_offsets":[3,8]}}`, 8, "b",
		"overlap those of a, which end at 4"},
	{`{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}`, 8, "b",
		"overlap those of a, which end at 8"},
	{`{"b":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}`, 8, "a",
		"overlap those of b"},
	{`{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}`, 8, "", "nothing behind the last tensor, found 4 bytes"},
	{`{}`, 1, "", "nothing behind the last tensor, found 1 byte"},
}

func TestCorruptFilesAreRefusedForTheRightReason(t *testing.T) {
	for _, c := range corrupt {
		_, err := Decode("corrupt", assemble(c.header, c.data))
		if err == nil {
			t.Errorf("%s with %d bytes of data is accepted, expected: %s", c.header, c.data, c.reason)
			continue
		}
		if e := judge(t, err, "corrupt"); e.Tensor != c.tensor || !strings.Contains(e.Reason.Error(), c.reason) {
			t.Errorf("%s is refused with\n  %v\nexpected tensor %q and\n  %s", c.header, err, c.tensor, c.reason)
		}
	}
}

func TestLengthsOfAHeaderThatCannotBeAreRefused(t *testing.T) {
	for length, reason := range map[uint64]string{
		3:             "ends inside of its header (missing of it: 1 B of 3 B)",
		maxHeader:     "ends inside of its header (missing of it: 95.4 MB of 95.4 MB)",
		maxHeader + 1: "expected at most 100000000",
		1<<64 - 1:     "expected at most 100000000",
		1 << 63:       "expected at most 100000000",
	} {
		b := append(binary.LittleEndian.AppendUint64(nil, length), "{}"...)
		_, err := Decode("corrupt", b)
		if e := judge(t, err, "corrupt"); !strings.Contains(e.Reason.Error(), reason) || e.Offset > 0 {
			t.Errorf("a header of %d bytes is refused with %v, expected %s, at byte 0 or none", length, err, reason)
		}
	}
}
