package gguf

import (
	"strconv"
	"strings"

	"glassbox/model/fault"
	"glassbox/model/quant"
)

// FromFloat32 returns a tensor that holds the values v, in row-major order, as a type that [quant.Encode] writes, and a
// copy of shape, outermost first. Whether there are as many values as shape asks for is checked by [Encode]. The error
// is a [*FormatError].
func FromFloat32(name string, shape []int, typ quant.Type, v []float32) (Tensor, error) {
	t := Tensor{Name: name, Type: typ, Shape: append([]int{}, shape...)}
	size, err := typ.RowBytes(len(v))
	if err == nil {
		t.Data = make([]byte, size)
		err = quant.Encode(t.Data, typ, v)
	}
	if err != nil {
		return Tensor{}, t.refuse(fault.Of(err))
	}
	return t, nil
}

// Float32 returns the values in row-major order, in memory of their own, as [quant.Decode] computes them. NaN and
// infinities pass: see [Tensor.CheckFinite]. Of a tensor whose type, shape and data do not agree, which one made by
// hand may be, it returns a [*FormatError].
func (t Tensor) Float32() ([]float32, error) {
	if err := t.checkSize(); err != nil {
		return nil, err
	}
	v := make([]float32, t.Len())
	quant.Decode(v, t.Type, t.Data)
	return v, nil
}

// CheckFinite returns a [*FormatError] that names the first value which is NaN or infinite, or too large for float32, by
// its index, (row, column) in a matrix; nil if there is none.
func (t Tensor) CheckFinite() error {
	if err := t.checkSize(); err != nil {
		return err
	}
	const most = 1024 // values at a time: whole blocks of any type
	var values [most]float32
	for from := 0; from < t.Len(); from += most {
		some := values[:min(most, t.Len()-from)]
		size := t.Type.BlockBytes()
		quant.Decode(some, t.Type, t.Data[from/t.Type.BlockLen()*size:][:len(some)/t.Type.BlockLen()*size])
		for i, v := range some {
			if v-v != 0 {
				return t.refuse(fault.New("valueNotFinite", "the value at %s is %v, expected a finite number", t.index(from+i), float64(v)))
			}
		}
	}
	return nil
}

// checkSize returns an error unless type, shape and data agree.
func (t Tensor) checkSize() error {
	if reason := t.checkShape(); reason != nil {
		return t.refuse(reason)
	}
	if n := t.bytes(); n != len(t.Data) {
		return t.refuse(fault.New("shapeSize", "shape %s of %s needs %d byte(s), but has %d", fault.Numbers(t.Shape), t.Type, n, len(t.Data)))
	}
	return nil
}

// index returns the place of the i-th value in the form "(row, column)".
func (t Tensor) index(i int) string {
	at := make([]string, len(t.Shape))
	for d := len(at) - 1; d >= 0; d-- {
		at[d] = strconv.Itoa(i % t.Shape[d])
		i /= t.Shape[d]
	}
	return "(" + strings.Join(at, ", ") + ")"
}
