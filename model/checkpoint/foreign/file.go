// Package foreign recognises what others' files hold: [File] tells by its first bytes what a file is that is no
// safetensors, [Family] by the names of its tensors which model a file holds that is no GPT-2. Both say what to do.
//
// The name of a file is never asked: what a download is called says little about what came.
package foreign

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"glassbox/model/fault"
)

// mostHead is how many bytes are looked at.
const mostHead = 1 << 16

// File returns what a file of size bytes is, and what to do with it. head holds its first bytes. It returns nil for
// what begins like safetensors, whole or not, and for a few bytes that may become one.
func File(head []byte, size int64) *fault.Fault {
	head = head[:min(len(head), mostHead)]
	if size == 0 {
		return fault.New("fileIsEmpty", "the file is empty; fetch it again")
	}
	if mayBeSafetensors(head) {
		return nil
	}
	written := isText(head[:min(len(head), 512)])
	for _, s := range signatures() {
		if s.fits(head) && (!written || s.written) {
			return s.is
		}
	}
	for _, is := range []func([]byte) *fault.Fault{archive, protobuf, flax, text} {
		if f := is(head); f != nil {
			return f
		}
	}
	return fault.New("fileUnknown", "this is no safetensors file: it begins with the bytes %s, and not with the length of a header and '{'; "+
		"expected a model in safetensors or GGUF", fmt.Sprintf("% x", head[:min(len(head), lengthBytes+1)]))
}

// A safetensors file begins with the length of its header, of at most so many bytes.
const (
	lengthBytes = 8
	mostHeader  = 100_000_000
)

// mayBeSafetensors reports whether a file begins like safetensors, as far as its bytes reach.
func mayBeSafetensors(head []byte) bool {
	var length [lengthBytes]byte
	copy(length[:], head)
	return binary.LittleEndian.Uint64(length[:]) <= mostHeader && (len(head) <= lengthBytes || head[lengthBytes] == '{')
}

// A signature is what the files of one kind have at one place.
type signature struct {
	at      int
	magic   string
	is      *fault.Fault
	written bool // the files may consist of characters; others that do only begin with the same word
}

func (s signature) fits(head []byte) bool {
	return len(head) > s.at && bytes.HasPrefix(head[s.at:], []byte(s.magic))
}

// signatures lists the formats that begin with bytes of their own. Zip, which many formats are, and those that begin
// with what stands in them are told apart by functions.
func signatures() []signature {
	return []signature{
		{magic: "\x80\x02", is: pickle()}, {magic: "\x80\x03", is: pickle()}, {magic: "\x80\x04", is: pickle()}, {magic: "\x80\x05", is: pickle()},
		{magic: "GGUF", is: llamaCPP("GGUF")}, {magic: "FUGG", is: llamaCPP("GGUF")},
		{magic: "lmgg", is: llamaCPP("GGML")}, {magic: "fmgg", is: llamaCPP("GGML")}, {magic: "tjgg", is: llamaCPP("GGML")}, {magic: "algg", is: llamaCPP("GGML")},
		{magic: "\x93NUMPY", is: numPy("NPY")},
		{magic: "\x89HDF\r\n\x1a\n", is: fault.New("fileHDF5", "this is an HDF5 file, as Keras and TensorFlow write them; load it with transformers (from_tf=True), "+
			"and write it with model.save_pretrained(\"folder\"), which makes safetensors of it")},
		{magic: littleEndian(20240326), is: fault.New("fileLLMC", "this is a checkpoint of llm.c; convert it with dev/eval/export_hf.py of llm.c, "+
			"then open the model.safetensors that it writes")},
		{magic: littleEndian(20240520), is: llmcData()}, {magic: littleEndian(20240327), is: llmcData()}, {magic: littleEndian(20240328), is: llmcData()},
		{magic: littleEndian(20240522), is: llmcData()}, {magic: littleEndian(20240527), is: llmcData()},
		{magic: littleEndian(0x616b3432), is: fault.New("fileLlama2C", "this is a model of llama2.c, a Llama; expected a model in safetensors or GGUF")},
		{at: 4, magic: "TFL3", is: onTheDevice("TensorFlow Lite")}, {at: 4, magic: "ET12", is: onTheDevice("ExecuTorch")},
		{magic: "\x1f\x8b", is: packed("gzip")}, {magic: "\x28\xb5\x2f\xfd", is: packed("zstd")}, {magic: "\xfd7zXZ\x00", is: packed("xz")}, {magic: "BZh", is: packed("bzip2")},
		{magic: "7z\xbc\xaf\x27\x1c", is: packed("7z")}, {magic: "Rar!\x1a\x07", is: packed("RAR")}, {magic: "\x04\x22\x4d\x18", is: packed("LZ4")}, {at: 257, magic: "ustar", is: packed("tar")},
		{magic: "\x89PNG\r\n", is: image("PNG")}, {magic: "\xff\xd8\xff", is: image("JPEG")}, {magic: "GIF8", is: image("GIF")}, {at: 8, magic: "WEBP", is: image("WebP")},
		{magic: "BM", is: image("BMP")}, {magic: "II*\x00", is: image("TIFF")}, {magic: "MM\x00*", is: image("TIFF")}, {magic: "8BPS", is: image("Photoshop")},
		{at: 4, magic: "ftypavif", is: image("AVIF")}, {at: 4, magic: "ftypheic", is: image("HEIC")}, {at: 4, magic: "ftypmif1", is: image("HEIC")}, {magic: "\x00\x00\x01\x00", is: image("ICO")},
		{at: 4, magic: "ftyp", is: recording("MP4")}, {magic: "\x1aE\xdf\xa3", is: recording("WebM")}, {magic: "OggS", is: recording("Ogg")}, {magic: "ID3", is: recording("MP3")},
		{at: 8, magic: "WAVE", is: recording("WAV")}, {at: 8, magic: "AVI ", is: recording("AVI")}, {magic: "fLaC", is: recording("FLAC")},
		{magic: "%PDF-", is: document("PDF"), written: true}, {magic: "%!PS", is: document("PostScript"), written: true}, {magic: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", is: document("Microsoft Office")},
		{magic: "{\\rtf", is: document("RTF"), written: true},
		{magic: "SQLite format 3\x00", is: table("SQLite")}, {magic: "PAR1", is: table("Parquet")}, {magic: "ARROW1", is: table("Arrow")}, {magic: "MATLAB 5", is: table("MATLAB")},
		{magic: "\x7fELF", is: program("ELF")}, {magic: "MZ", is: program("Windows")}, {magic: "\x00asm", is: program("WebAssembly")}, {magic: "\xcf\xfa\xed\xfe", is: program("macOS")},
		{magic: "\xca\xfe\xba\xbe", is: program("Java")},
	}
}

func littleEndian(n uint32) string { return string(binary.LittleEndian.AppendUint32(nil, n)) }

func pickle() *fault.Fault {
	return fault.New("filePickle", "this is a pickle of Python, as PyTorch wrote its checkpoints before 2020, which may run programs and is not read; "+
		"load its tensors in Python with torch.load (those of nanoGPT stand under \"model\"), and write them with "+
		"safetensors.torch.save_file({k: v.clone() for k, v in tensors.items()}, \"model.safetensors\")")
}

func llamaCPP(format string) *fault.Fault {
	return fault.New("fileLlamaCPP", "this is a %s file, the format of llama.cpp; of it the present one is read, GGUF of version 2 or 3", format)
}

func numPy(format string) *fault.Fault {
	return fault.New("fileNumPy", "this is a file of NumPy (%s); write its arrays in Python with safetensors.numpy.save_file, under the names of a GPT-2's tensors", format)
}

func llmcData() *fault.Fault {
	return fault.New("fileLLMCData", "this is a file of llm.c with tokens, a tokenizer or the state of a training, without the weights of a model; expected a model in safetensors or GGUF")
}

func onTheDevice(format string) *fault.Fault {
	return fault.New("fileOnDevice", "this is a model for devices (%s), whose weights can't be taken out as they were trained; open the .safetensors file that it was made from", format)
}

func packed(format string) *fault.Fault {
	return fault.New("filePacked", "this is an archive or a packed file (%s); unpack it, and open the .safetensors file that is inside", format)
}

func image(format string) *fault.Fault {
	return fault.New("fileImage", "this is an image (%s), and no model; expected a model in safetensors or GGUF", format)
}

func recording(format string) *fault.Fault {
	return fault.New("fileRecording", "this is a film or a recording (%s), and no model; expected a model in safetensors or GGUF", format)
}

func document(format string) *fault.Fault {
	return fault.New("fileDocument", "this is a document (%s), and no model; expected a model in safetensors or GGUF", format)
}

func table(format string) *fault.Fault {
	return fault.New("fileTable", "this is a file of data (%s), and no model; expected a model in safetensors or GGUF", format)
}

func program(format string) *fault.Fault {
	return fault.New("fileProgram", "this is a program (%s), and no model; expected a model in safetensors or GGUF", format)
}
