package published

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"glassbox/model/checkpoint/safetensors"
	"glassbox/model/fault"
)

// A kind is what a setting may hold. null is the same as no setting.
type kind uint8

const (
	sized    kind = iota // a whole number above 0
	counted              // a whole number, 0 too
	numbered             // a number, of which something else says whether it can be
	said                 // true or false
	written              // a text
	several              // an object
	listed               // a list
)

// kinds are the settings that are read here, of all families, and what each may hold. Of a size that the shapes tell too any
// number will do, for it is held against them.
var kinds = map[string]kind{
	"vocab_size": numbered, "hidden_size": numbered, "intermediate_size": numbered, "num_hidden_layers": numbered, "head_dim": numbered, "num_key_value_heads": numbered,
	"num_attention_heads": sized, "max_position_embeddings": sized, "sliding_window": counted, "max_window_layers": counted,
	"rms_norm_eps": numbered, "rope_theta": numbered, "tie_word_embeddings": said, "attention_bias": said, "mlp_bias": said, "use_sliding_window": said,
	"model_type": written, "hidden_act": written, "hidden_activation": written, "rope_parameters": several, "rope_scaling": several, "layer_types": listed, "architectures": listed,

	"n_positions": numbered, "n_ctx": numbered, "block_size": numbered, "n_embd": numbered, "n_layer": numbered, "n_inner": numbered,
	"n_head": numbered, "n_heads": numbered, "num_heads": numbered, "layer_norm_epsilon": numbered, "activation_function": written,
	"scale_attn_weights": said, "scale_attn_by_inverse_layer_idx": said, "tied": said, "alphabet": written,
}

// kindsOfRotation are the same of what stands within rope_parameters and rope_scaling.
var kindsOfRotation = map[string]kind{
	"rope_type": written, "type": written, "rope_theta": numbered, "factor": numbered, "low_freq_factor": numbered, "high_freq_factor": numbered,
	"original_max_position_embeddings": numbered, "partial_rotary_factor": numbered,
}

// Settings reads the text of a configuration. A number may also be written as a text, and a yes or no as 1 or 0. What is read
// here and can't be read so is listed in wrong, by name.
func Settings(text string) (fields Fields, wrong fault.List, err error) {
	if fields, err = safetensors.ParseObject(text); err != nil {
		return nil, nil, err
	}
	wrong = typed(fields, kinds, "")
	for _, name := range []string{"rope_parameters", "rope_scaling"} {
		inside, is := fields[name].(safetensors.Nested)
		if !is || inside[0] != '{' {
			continue
		}
		object, err := safetensors.ParseObject(string(inside))
		if err != nil {
			return nil, nil, err
		}
		wrong = append(wrong, typed(object, kindsOfRotation, name+".")...)
		fields[name] = object
	}
	return fields, wrong, nil
}

// typed makes of each field that is known what it is to be, and lists those of which nothing can be made.
func typed(fields Fields, kinds map[string]kind, before string) (wrong fault.List) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		kind, known := kinds[name]
		if fields[name] == nil || !known {
			continue
		}
		v, ok := kind.of(fields[name])
		if !ok {
			wrong = append(wrong, before+name+" = "+shown(fields[name]))
		}
		fields[name] = v
	}
	return wrong
}

// of returns a value as one of the kind, and whether it can be.
func (k kind) of(v any) (any, bool) {
	nested, isNested := v.(safetensors.Nested)
	switch k {
	case written:
		_, ok := v.(string)
		return v, ok
	case several:
		return v, isNested && nested[0] == '{'
	case listed:
		return v, isNested && nested[0] == '['
	case said:
		if n, isNumber := v.(float64); isNumber && (n == 0 || n == 1) {
			return n == 1, true
		}
		_, ok := v.(bool)
		return v, ok
	}
	if text, isText := v.(string); isText {
		if n, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil && n-n == 0 {
			v = n
		}
	}
	n, ok := v.(float64)
	whole := n == float64(int(n)) && n >= 0 && n < 1<<31
	return v, ok && (k == numbered || whole && (k == counted || n > 0))
}

// Shown names a setting with its value.
func Shown(fields Fields, name string) fault.List {
	return fault.List{name + " = " + shown(fields[name])}
}

// shown returns a value as a configuration has it.
func shown(v any) string {
	switch v := v.(type) {
	case string:
		return safetensors.Legible(v)
	case float64:
		return strconv.FormatFloat(v, 'g', 6, 64)
	case bool:
		return strconv.FormatBool(v)
	case nil:
		return "null"
	}
	return "…"
}

// passed are settings that change no logits of a run: of the training, of the writing of a text, of the program that wrote them.
var passed = strings.Fields(`_name_or_path architectures attention_dropout attn_implementation auto_map bad_words_ids begin_suppress_tokens bos_token_id
	chunk_size_feed_forward cross_attention_hidden_size decoder_start_token_id diversity_penalty do_sample dtype early_stopping embd_pdrop attn_pdrop resid_pdrop
	encoder_no_repeat_ngram_size eos_token_id exponential_decay_length_penalty finetuning_task forced_bos_token_id forced_eos_token_id hidden_dropout id2label
	initializer_range is_decoder is_llama_config label2id language length_penalty license max_length min_length model_max_length name no_repeat_ngram_size num_beam_groups
	num_beams num_return_sequences output_attentions output_hidden_states output_scores pad_token_id prefix pretraining_tp problem_type remove_invalid_values
	repetition_penalty return_dict return_dict_in_generate sep_token_id suppress_tokens task_specific_params temperature tf_legacy_loss tie_encoder_decoder
	tokenizer_class top_k top_p torch_dtype torchscript transformers_version transformers.js_config typical_p unk_token_id unsloth_fixed unsloth_version use_bfloat16 use_cache`)

// Unknown lists the settings of a model of Llama's kin that are not known here at all.
func Unknown(fields Fields) (names []string) {
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		_, read := kinds[name]
		_, judged := neutral[name]
		if fields[name] != nil && !read && !judged && !slices.Contains(passed, name) {
			names = append(names, name)
		}
	}
	return names
}
