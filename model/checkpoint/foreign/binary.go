package foreign

import (
	"bytes"
	"encoding/binary"
	"strings"

	"glassbox/model/fault"
)

// archive tells apart what is a zip archive inside, by the names of the files in it.
func archive(head []byte) *fault.Fault {
	if !bytes.HasPrefix(head, []byte("PK\x03\x04")) && !bytes.HasPrefix(head, []byte("PK\x05\x06")) {
		return nil
	}
	for _, name := range zipNames(head) {
		switch {
		case strings.HasSuffix(name, "data.pkl") || strings.HasSuffix(name, "/.format_version") || strings.HasSuffix(name, "/byteorder") || strings.HasSuffix(name, "/data/0"):
			return fault.New("filePyTorch", "this is a checkpoint of PyTorch, a zip archive around a pickle, which may run programs and is not read; "+
				"load its tensors in Python with torch.load (those of nanoGPT stand under \"model\"), and write them with "+
				"safetensors.torch.save_file({k: v.clone() for k, v in tensors.items()}, \"model.safetensors\")")
		case strings.HasSuffix(name, ".npy"):
			return numPy("NPZ")
		case name == "[Content_Types].xml" || name == "mimetype":
			return document("Office")
		case strings.HasSuffix(name, ".h5") || name == "metadata.json":
			return fault.New("fileKeras", "this is a model of Keras; take its weights out in Python with model.get_weights(), and write them "+
				"with safetensors.numpy.save_file, under the names of a GPT-2's tensors")
		}
	}
	return packed("zip")
}

// zipNames returns the names of the files in a zip archive, as far as their headers stand in its first bytes.
func zipNames(head []byte) (names []string) {
	const header = 30 // bytes before the name
	for {
		at := bytes.Index(head, []byte("PK\x03\x04"))
		if at < 0 || len(head) < at+header {
			return names
		}
		head = head[at:]
		n := int(binary.LittleEndian.Uint16(head[26:]))
		end := min(header+n, len(head))
		names = append(names, string(head[header:end]))
		head = head[end:]
	}
}

// protobuf tells apart the formats that are messages of Protocol Buffers, by their first fields.
func protobuf(head []byte) *fault.Fault {
	switch {
	case len(head) < 4:
		return nil
	case head[0] == 0x08 && head[1] == 1 && head[2] == 0x12: // the version of the schema is 1, then a graph
		return tensorFlow()
	case head[0] == 0x08 && head[1] >= 2 && head[1] < 0x40 && head[2]&7 == 2 && head[2] < 0x80: // the version of ONNX, then text or a graph
		return fault.New("fileONNX", "this is a model in ONNX, a graph of operations; open the .safetensors file of the model that it was exported from")
	case head[0] == 0x0a && bytes.Contains(head[:min(len(head), 64)], []byte("<unk>")): // the first piece of SentencePiece
		return tokenizer("tokenizer.model")
	case head[0] == 0 && head[1] == 0 && head[3] == 0x08 && len(head) > 5 && (head[5] == 0x1a || head[5] == 0x12): // the first entry of an index
		return tensorFlow()
	case head[0] == 0x0a && bytes.Contains(head[:min(len(head), 256)], []byte("\x0a\x03Add")): // a graph that lists its operations
		return tensorFlow()
	}
	return nil
}

func tensorFlow() *fault.Fault {
	return fault.New("fileTensorFlow", "this is part of a checkpoint of TensorFlow; load it with transformers (from_tf=True), "+
		"and write it with model.save_pretrained(\"folder\"), which makes safetensors of it")
}

// flax recognises msgpack, as Flax writes checkpoints: a map of a few entries, the first key a short text.
func flax(head []byte) *fault.Fault {
	key := head
	switch {
	case len(head) > 2 && head[0] >= 0x81 && head[0] <= 0x8f:
		key = head[1:]
	case len(head) > 4 && head[0] == 0xde:
		key = head[3:]
	default:
		return nil
	}
	n, from := int(key[0]&0x1f), 1
	if key[0] == 0xd9 {
		n, from = int(key[1]), 2
	} else if key[0]&0xe0 != 0xa0 {
		return nil
	}
	if n == 0 || len(key) < from+n || !isText(key[from:from+n]) {
		return nil
	}
	return fault.New("fileFlax", "this is a file of Flax (msgpack); load it with transformers (from_flax=True), "+
		"and write it with model.save_pretrained(\"folder\"), which makes safetensors of it")
}
