package foreign

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"strings"
	"testing"
)

// zipped returns a zip archive of one file.
func zipped(t testing.TB, name, content string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create(name)
	if err == nil {
		_, err = f.Write([]byte(content))
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(t testing.TB, content string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(content)); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return b.String()
}

// samples returns the beginnings of files of each kind, and words by which a reader knows it and goes on.
func samples(t testing.TB) []struct{ head, is, next string } {
	return []struct{ head, is, next string }{
		{zipped(t, "archive/data.pkl", "x"), "a checkpoint of PyTorch", "safetensors.torch.save_file"},
		{zipped(t, "archive/.format_version", "1"), "a checkpoint of PyTorch", "safetensors.torch.save_file"},
		{"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M", "a pickle of Python", "safetensors.torch.save_file"},
		{"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}", "a pickle of Python", "torch.load"},
		{"GGUF\x03\x00\x00\x00\x94\x00\x00\x00\x00\x00\x00\x00", "a GGUF file, the format of llama.cpp", "the present one is read"},
		{"lmgg\x50\xc4\x00\x00\x00\x04\x00\x00", "a GGML file", "the present one is read"},
		{zipped(t, "wte.npy", "\x93NUMPY\x01\x00"), "a file of NumPy (NPZ)", "safetensors.numpy.save_file"},
		{"\x93NUMPY\x01\x00v\x00{'descr'", "a file of NumPy (NPY)", "safetensors.numpy.save_file"},
		{"\x89HDF\r\n\x1a\n\x00\x00", "an HDF5 file", "save_pretrained"},
		{zipped(t, "metadata.json", "{}"), "a model of Keras", "get_weights"},
		{"\x08\x08\x12\x07pytorch\x1a\x052.1.0:", "a model in ONNX", "open the .safetensors file"},
		{"\x08\x07:\xc2\x9e\x85\x01", "a model in ONNX", "exported from"},
		{"\x81\xabtransformer\x84\xa1h\x8c\xa10", "a file of Flax (msgpack)", "from_flax=True"},
		{"\xde\x00\x10\xa6params\x81", "a file of Flax (msgpack)", "save_pretrained"},
		{gzipped(t, "weights"), "a packed file (gzip)", "unpack it"},
		{zipped(t, "model.safetensors", "x"), "a packed file (zip)", "unpack it"},
		{zipped(t, "[Content_Types].xml", "x"), "a document (Office)", "expected a model"},
		{"gpt2/model.safetensors" + strings.Repeat("\x00", 235) + "ustar\x0000", "a packed file (tar)", "unpack it"},
		{"version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 548105171\n", "a pointer of Git LFS to a file of 522.7 MB", "git lfs pull"},
		{"version https://git-lfs.github.com/spec/v1\noid sha256:0123\n", "a pointer of Git LFS to a file", "git lfs pull"},
		{"/annex/objects/SHA256E-s548105171--abc.safetensors\n", "a pointer of git-annex", "git annex get"},
		{"<!DOCTYPE html>\n<title>Log in</title>\n", "a web page", "download button"},
		{"\n  <html lang=\"en\">", "a web page", "download button"},
		{"<!-- saved -->\n<HTML>", "a web page", "download button"},
		{"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "XML", "fetch the file again"},
		{"{\n  \"architectures\": [\"GPT2LMHeadModel\"],\n \"n_embd\": 768}", "config.json", "open the model.safetensors"},
		{"{\n  \"n_embd\": 64\n}\n", "the configuration of a model", "open the model.safetensors"},
		{`{"version": "1.0", "truncation": null, "added_tokens": [{"id": 50256}], "model": {"vocab`, "a tokenizer", "open the model.safetensors"},
		{`{"!": 0, "\"": 1, "#": 2}`, "a tokenizer", "open the model.safetensors"},
		{"#version: 0.2\n\u0120 t\n", "a tokenizer or a part of one (merges.txt)", "open the model.safetensors"},
		{"\n\x0e\n\x05<unk>\x15\x00\x00\x00\x00\x18\x02", "a tokenizer or a part of one (tokenizer.model)", "open the model.safetensors"},
		{`{"metadata": {"total_size": 1}, "weight_map": {"wte.weight": "model-00001-of-00002.safetensors"}}`, "the index of a model in several files", "that it names"},
		{`{"peft_type": "LORA", "r": 8}`, "the configuration of an adapter", "merge_and_unload"},
		{`{"error":"Repository not found"}`, "the message of a server", "fetch the file again"},
		{`{"cells": [], "nbformat": 4}`, "a notebook of Jupyter", "expected a model"},
		{`[{"a": 1}]`, "a JSON file", "expected a model"},
		{"---\nlicense: mit\n---\n# GPT-2\nA model.\n", "plain text", "expected a model"},
		{"BMW, PAR1 and GGUF are words in a README.", "plain text", "expected a model"},
		{"\xff\xfeh\x00i\x00 \x00t\x00h\x00", "plain text", "expected a model"},
		{littleEndian(20240326) + "\x03\x00\x00\x00\x00\x04\x00\x00", "a checkpoint of llm.c", "export_hf.py"},
		{littleEndian(20240520) + "\x01\x00\x00\x00\x00\x04\x00\x00", "a file of llm.c with tokens", "expected a model"},
		{"24ka\x01\x00\x00\x00\x00\x01\x00\x00", "a model of llama2.c", "expected a model"},
		{"model_checkpoint_path: \"model.ckpt\"\n", "a checkpoint of TensorFlow", "from_tf=True"},
		{"\x00\x00\x06\x08\x01\x1a\x02\x08\x01\x00\x10model/h0", "a checkpoint of TensorFlow", "from_tf=True"},
		{"\x08\x01\x12\xff\x0a\x0a\x83\x01", "a checkpoint of TensorFlow", "from_tf=True"},
		{"\x1c\x00\x00\x00TFL3\x14\x00 \x00", "a model for devices (TensorFlow Lite)", "that it was made from"},
		{"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "an image (PNG)", "expected a model"},
		{"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "an image (JPEG)", "expected a model"},
		{"RIFF\x24\x00\x00\x00WEBPVP8 ", "an image (WebP)", "expected a model"},
		{"<svg xmlns=\"http://www.w3.org/2000/svg\">", "an image (SVG)", "expected a model"},
		{"\x00\x00\x00\x20ftypisom\x00\x00", "a recording (MP4)", "expected a model"},
		{"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a document (PDF)", "expected a model"},
		{"PAR1\x15\x04\x15\x10\x00\x00", "a file of data (Parquet)", "expected a model"},
		{"\x7fELF\x02\x01\x01\x00\x00\x00", "a program (ELF)", "expected a model"},
		{"\xb6\x17\xf8\x01\xde\xad\xbe\xef\x99\x98", "begins with the bytes b6 17 f8 01 de ad be ef 99", "expected a model in safetensors or GGUF"},
		{"", "the file is empty", "fetch it again"},
	}
}

func TestFilesAreKnownByTheirFirstBytes(t *testing.T) {
	for _, s := range samples(t) {
		f := File([]byte(s.head), int64(len(s.head)))
		if f == nil || !strings.Contains(f.Error(), s.is) || !strings.Contains(f.Error(), s.next) {
			t.Errorf("%.40q is said to be\n  %v\nexpected %q and %q", s.head, f, s.is, s.next)
		}
	}
}

// length returns the first bytes of a safetensors file with a header of n bytes.
func length(n uint64) string { return string(binary.LittleEndian.AppendUint64(nil, n)) }

func TestWhatMayBeSafetensorsIsLeftToItsReader(t *testing.T) {
	for _, head := range []string{
		length(2) + "{}", length(mostHeader) + "{", length(0x4d42) + "{\"w", length(0x8b1f) + "{", // as BMP and gzip begin
		length(19848), length(19848)[:3], length(19848)[:1], length(0x8b1f)[:4], "{}",
	} {
		if f := File([]byte(head), int64(len(head))); f != nil {
			t.Errorf("%q is said to be: %v", head, f)
		}
	}
}

func FuzzFile(f *testing.F) {
	for _, s := range samples(f) {
		f.Add([]byte(s.head))
	}
	f.Fuzz(func(t *testing.T, head []byte) {
		is := File(head, int64(len(head)))
		if is == nil && !mayBeSafetensors(head) {
			t.Fatalf("%q is nothing", head)
		}
		if is != nil && strings.Contains(is.Error(), "%!") {
			t.Fatalf("%q is said to be %v", head, is)
		}
		File(head, int64(len(head))+1)
	})
}
