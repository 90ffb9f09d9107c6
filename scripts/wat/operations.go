package wat

// An immediate is what an instruction has behind its code.
type immediate uint8

const (
	nothing  immediate = iota
	local              // a local or a parameter
	callee             // a function
	label              // a block around it
	int32s             // a constant
	float32s           // a constant
	words              // a constant of four times 32 bits
	lane               // a lane
	shuffled           // 16 lanes
	address            // an alignment and an offset, of some a lane too
)

// An operation is how an instruction is written.
type operation struct {
	code  []byte
	takes immediate
}

func plain(code byte, takes immediate) operation { return operation{[]byte{code}, takes} }

// simd returns an instruction on vectors: behind a byte that says so its number in LEB128.
func simd(number uint64, takes immediate) operation {
	return operation{append([]byte{0xfd}, unsigned(number)...), takes}
}

// bulk returns an instruction on so many memories, each of which it names: there is one, number 0.
func bulk(number byte, memories int) operation {
	return operation{append([]byte{0xfc, number}, make([]byte, memories)...), nothing}
}

// operations are the instructions that are known here: chapter 5.4 of the specification.
var operations = map[string]operation{
	"br":     plain(0x0c, label),
	"br_if":  plain(0x0d, label),
	"return": plain(0x0f, nothing),
	"call":   plain(0x10, callee),
	"select": plain(0x1b, nothing),

	"local.get": plain(0x20, local),
	"local.set": plain(0x21, local),
	"local.tee": plain(0x22, local),

	"i32.load":     plain(0x28, address),
	"f32.load":     plain(0x2a, address),
	"i32.load8_s":  plain(0x2c, address),
	"i32.load8_u":  plain(0x2d, address),
	"i32.load16_s": plain(0x2e, address),
	"i32.load16_u": plain(0x2f, address),
	"f32.store":    plain(0x38, address),
	"memory.copy":  bulk(10, 2),
	"memory.fill":  bulk(11, 1),

	"i32.const": plain(0x41, int32s),
	"f32.const": plain(0x43, float32s),
	"i32.eqz":   plain(0x45, nothing),
	"i32.eq":    plain(0x46, nothing),
	"i32.ne":    plain(0x47, nothing),
	"i32.lt_s":  plain(0x48, nothing),
	"i32.lt_u":  plain(0x49, nothing),
	"i32.gt_s":  plain(0x4a, nothing),
	"i32.gt_u":  plain(0x4b, nothing),
	"i32.le_s":  plain(0x4c, nothing),
	"i32.le_u":  plain(0x4d, nothing),
	"i32.ge_s":  plain(0x4e, nothing),
	"i32.ge_u":  plain(0x4f, nothing),
	"i32.add":   plain(0x6a, nothing),
	"i32.sub":   plain(0x6b, nothing),
	"i32.mul":   plain(0x6c, nothing),
	"i32.and":   plain(0x71, nothing),
	"i32.or":    plain(0x72, nothing),
	"i32.xor":   plain(0x73, nothing),
	"i32.shl":   plain(0x74, nothing),
	"i32.shr_s": plain(0x75, nothing),
	"i32.shr_u": plain(0x76, nothing),
	"f32.ge":    plain(0x60, nothing),
	"f32.neg":   plain(0x8c, nothing),
	"f32.add":   plain(0x92, nothing),
	"f32.mul":   plain(0x94, nothing),

	"f32.convert_i32_s":   plain(0xb2, nothing),
	"f32.convert_i32_u":   plain(0xb3, nothing),
	"i32.reinterpret_f32": plain(0xbc, nothing),
	"f32.reinterpret_i32": plain(0xbe, nothing),

	"v128.load":         simd(0x00, address),
	"v128.load8x8_s":    simd(0x01, address),
	"v128.load8x8_u":    simd(0x02, address),
	"v128.load16x4_u":   simd(0x04, address),
	"v128.load32_splat": simd(0x09, address),
	"v128.load64_splat": simd(0x0a, address),
	"v128.load32_zero":  simd(0x5c, address),
	"v128.load64_zero":  simd(0x5d, address),
	"v128.store":        simd(0x0b, address),
	"v128.load32_lane":  simd(0x56, address),

	"v128.const":                simd(0x0c, words),
	"i8x16.shuffle":             simd(0x0d, shuffled),
	"i8x16.swizzle":             simd(0x0e, nothing),
	"i8x16.splat":               simd(0x0f, nothing),
	"i16x8.splat":               simd(0x10, nothing),
	"i32x4.splat":               simd(0x11, nothing),
	"f32x4.splat":               simd(0x13, nothing),
	"f32x4.extract_lane":        simd(0x1f, lane),
	"i8x16.eq":                  simd(0x23, nothing),
	"i16x8.eq":                  simd(0x2d, nothing),
	"f32x4.ge":                  simd(0x46, nothing),
	"v128.and":                  simd(0x4e, nothing),
	"v128.or":                   simd(0x50, nothing),
	"v128.xor":                  simd(0x51, nothing),
	"v128.any_true":             simd(0x53, nothing),
	"i8x16.shl":                 simd(0x6b, nothing),
	"i8x16.shr_u":               simd(0x6d, nothing),
	"i8x16.add":                 simd(0x6e, nothing),
	"i8x16.sub":                 simd(0x71, nothing),
	"i16x8.extend_low_i8x16_s":  simd(0x87, nothing),
	"i16x8.extend_high_i8x16_s": simd(0x88, nothing),
	"i16x8.extend_low_i8x16_u":  simd(0x89, nothing),
	"i16x8.extend_high_i8x16_u": simd(0x8a, nothing),
	"i16x8.shl":                 simd(0x8b, nothing),
	"i16x8.shr_u":               simd(0x8d, nothing),
	"i32x4.extend_low_i16x8_s":  simd(0xa7, nothing),
	"i32x4.extend_high_i16x8_s": simd(0xa8, nothing),
	"i32x4.extend_low_i16x8_u":  simd(0xa9, nothing),
	"i32x4.extend_high_i16x8_u": simd(0xaa, nothing),
	"i32x4.shl":                 simd(0xab, nothing),
	"i32x4.shr_s":               simd(0xac, nothing),
	"i32x4.shr_u":               simd(0xad, nothing),
	"i32x4.add":                 simd(0xae, nothing),
	"f32x4.add":                 simd(0xe4, nothing),
	"f32x4.sub":                 simd(0xe5, nothing),
	"f32x4.mul":                 simd(0xe6, nothing),
	"f32x4.convert_i32x4_s":     simd(0xfa, nothing),
	"f32x4.convert_i32x4_u":     simd(0xfb, nothing),
}
