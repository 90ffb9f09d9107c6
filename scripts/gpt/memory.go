package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"glassbox/model"
	"glassbox/model/fault"
)

// freeMemory returns how many bytes of memory a program may take here, as Linux tells it; 0: nobody tells.
func freeMemory() int64 { return freeAt("/") }

// freeAt is freeMemory of a system whose files stand in a folder: what is free of the machine and its swap, or less, where a control
// group allows less. What such a group has read of files can be let go again.
func freeAt(root string) int64 {
	machine := fieldsOf(filepath.Join(root, "proc/meminfo"))
	free := (machine["MemAvailable"] + machine["SwapFree"]) << 10
	for _, group := range []struct{ folder, most, used string }{
		{"sys/fs/cgroup", "memory.max", "memory.current"},
		{"sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes"}, // version 1
	} {
		folder := filepath.Join(root, group.folder)
		most, limited := number(filepath.Join(folder, group.most))
		used, _ := number(filepath.Join(folder, group.used))
		files := fieldsOf(filepath.Join(folder, "memory.stat"))
		if limited && most < math.MaxInt64/2 {
			free = min(free, max(1, most-used+files["active_file"]+files["inactive_file"]))
		}
	}
	return free
}

// checkTrace refuses a run of so many tokens if what is kept of its rows takes more than the free bytes of memory, and says how many
// tokens would fit.
func checkTrace(c model.Config, tokens int, free int64) error {
	if free == 0 || tokens > c.Context { // which is refused for itself
		return nil
	}
	need := c.Kept(tokens) + model.Budget
	if need <= free {
		return nil
	}
	fit := max(0, free-model.Budget) / max(1, c.Kept(1))
	return fmt.Errorf("a run of %d tokens takes %s of memory, for keys, values and the residual stream are kept, and %s are free on this machine; expected %d tokens at most",
		tokens, fault.Bytes(need), fault.Bytes(free), fit)
}

// number reads a file that holds one number; ok is false where it holds none, such as "max".
func number(name string) (n int64, ok bool) {
	b, err := os.ReadFile(name)
	if err != nil {
		return 0, false
	}
	n, err = strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64)
	return n, err == nil
}

// fieldsOf reads the lines of a file, each a name and a number: "MemAvailable:  1024 kB", "active_file 4096".
func fieldsOf(name string) map[string]int64 {
	b, _ := os.ReadFile(name)
	fields := map[string]int64{}
	for line := range strings.Lines(string(b)) {
		if words := strings.Fields(line); len(words) >= 2 {
			fields[strings.TrimSuffix(words[0], ":")], _ = strconv.ParseInt(words[1], 10, 64)
		}
	}
	return fields
}
