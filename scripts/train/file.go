package main

import (
	"os"
	"path/filepath"
)

// writeFile writes b to the file so that whoever opens it, even after a power cut, finds the old contents
// or the new ones, never a part: it writes a file beside it and renames that.
func writeFile(name string, b []byte) error {
	folder := filepath.Dir(name)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails, as it should, once the file has its new name
	if err := writeSync(f, b); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// writeSync writes b to f, waits until the disk has it, and closes f.
func writeSync(f *os.File, b []byte) error {
	_, err := f.Write(b)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}
