package pytorch

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"glassbox/model/checkpoint/safetensors"
)

// stateOf returns the dictionary of tensors in what a checkpoint holds, and the dictionary in which it stands, which may be
// itself.
func stateOf(root any) (state, top *dict, err error) {
	top, ok := root.(*dict)
	if !ok {
		return nil, nil, errors.New("it holds no dictionary of tensors; expected what model.state_dict() returns")
	}
	if top.hasTensors() && top.get("model") == nil {
		return top, top, nil
	}
	for _, name := range []string{"model", "state_dict", "model_state_dict", "module", "weights", "params"} {
		if inner, ok := top.get(name).(*dict); ok && inner.hasTensors() {
			return inner, top, nil
		}
	}
	if top.hasTensors() {
		return top, top, nil
	}
	return nil, nil, errors.New("it holds no tensors of a model, neither by themselves nor under \"model\" or \"state_dict\"; expected what model.state_dict() returns")
}

// hasTensors reports whether a dictionary holds a tensor under a name.
func (d *dict) hasTensors() bool {
	for i, key := range d.keys {
		_, named := key.(string)
		if _, ok := d.values[i].(*tensor); ok && named {
			return true
		}
	}
	return false
}

// settings writes the configuration that stands beside a model as JSON: its numbers, texts, yes and no. "" if there is none.
func settings(top *dict) string {
	for _, name := range []string{"model_args", "config", "hyper_parameters"} {
		from, ok := top.get(name).(*dict)
		if !ok || from.hasTensors() {
			continue
		}
		var fields []string
		for i, key := range from.keys {
			if name, ok := key.(string); ok {
				if value := jsonOf(from.values[i]); value != "" {
					fields = append(fields, safetensors.Quote(name)+": "+value)
				}
			}
		}
		if fields != nil {
			return "{" + strings.Join(fields, ", ") + "}"
		}
	}
	return ""
}

// jsonOf writes a value as JSON; "" for what is no single one.
func jsonOf(v any) string {
	switch v := v.(type) {
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		if !math.IsInf(v, 0) && !math.IsNaN(v) {
			return strconv.FormatFloat(v, 'g', -1, 64)
		}
	case string:
		return safetensors.Quote(v)
	}
	return ""
}
