"""Makes the small random models of Llama's kin in this folder, with every number of a run.

    pip install "transformers>=5" torch gguf numpy safetensors
    python3 make_kin.py
    pip install "transformers<5"
    python3 make_kin.py          # adds config.4.json, as older versions write the same configuration

The models are those of transformers, and are saved by it. What they compute is computed again here, in float64 from
the published formulas, and each logit, each share of attention and each row between two blocks must agree with what
transformers computes, or nothing is written. Neither building nor testing needs this file.
"""

import json
import math
import os
import sys

import numpy as np
import transformers

OLD = int(transformers.__version__.split(".")[0]) < 5
HERE = os.path.dirname(os.path.abspath(__file__))

SIZES = dict(vocab_size=31, hidden_size=24, intermediate_size=40, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2,
             max_position_embeddings=64, tie_word_embeddings=True)

# folder, family, length of the text, settings, rotation, also as GGUF
KIN = [
    ("tiny-qwen2", "Qwen2", 14, dict(rms_norm_eps=1e-6), dict(rope_theta=1000.0), True),
    ("tiny-qwen2-window", "Qwen2", 14, dict(use_sliding_window=True, sliding_window=5, max_window_layers=1), dict(rope_theta=1000.0), False),
    ("tiny-qwen3", "Qwen3", 14, dict(head_dim=8, rms_norm_eps=1e-6, tie_word_embeddings=False), dict(rope_theta=1000.0), True),
    ("tiny-mistral", "Mistral", 14, dict(sliding_window=5, tie_word_embeddings=False), dict(rope_theta=10000.0), False),
    ("tiny-llama3", "Llama", 24, dict(rms_norm_eps=1e-5),
     dict(rope_theta=100.0, rope_type="llama3", factor=4.0, low_freq_factor=0.5, high_freq_factor=2.0, original_max_position_embeddings=16), True),
    ("tiny-llama-linear", "Llama", 14, dict(attention_bias=True, mlp_bias=True), dict(rope_theta=100.0, rope_type="linear", factor=2.5), False),
]


def configuration(family, settings, rope):
    """The configuration, in the words of the version of transformers that is here."""
    kind = getattr(transformers, family + "Config")
    if not OLD:
        return kind(**SIZES | settings, rope_parameters={"rope_type": "default"} | rope)
    scaling = {k: v for k, v in rope.items() if k != "rope_theta"}
    return kind(**SIZES | settings, rope_theta=rope["rope_theta"], rope_scaling=scaling or None)


def roughen(model, seed):
    """Gives all weights values that a mistake would show with."""
    import torch
    g = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, p in sorted(model.named_parameters()):
            p.normal_(generator=g)
            if "norm" in name:
                p.mul_(0.3).add_(1)
            else:
                p.mul_(0.3)


def frequencies(rope, A):
    """By how many radians each pair turns from one token to the next."""
    f = rope["rope_theta"] ** (-np.arange(0, A, 2) / A)
    if rope.get("rope_type") == "linear":
        return f / rope["factor"]
    if rope.get("rope_type") == "llama3":
        slow, fast = rope["original_max_position_embeddings"] / rope["low_freq_factor"], rope["original_max_position_embeddings"] / rope["high_freq_factor"]
        bands = set()
        for i, wave in enumerate(2 * math.pi / f):
            if wave > slow:
                f[i] /= rope["factor"]
                bands.add("slow")
            elif wave >= fast:
                smooth = (rope["original_max_position_embeddings"] / wave - rope["low_freq_factor"]) / (rope["high_freq_factor"] - rope["low_freq_factor"])
                f[i] *= (1 - smooth) / rope["factor"] + smooth
                bands.add("between")
            else:
                bands.add("fast")
        assert len(bands) == 3, bands
    return f


def activations(w, c, rope, windows, ids):
    """Every number of a run, by the names of the fixtures."""
    H, K, T = c.num_attention_heads, c.num_key_value_heads, len(ids)
    A = getattr(c, "head_dim", None) or c.hidden_size // H
    out, at = {}, np.arange(T)
    angle = at[:, None] * frequencies(rope, A)
    cos, sin = np.cos(angle), np.sin(angle)

    def linear(name, x):
        return x @ w[name + ".weight"].T + w.get(name + ".bias", 0.0)

    def norm(name, x):
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + c.rms_norm_eps) * w[name + ".weight"]

    def heads(x):
        return x.reshape(T, -1, A).transpose(1, 0, 2)

    def rotated(x):
        a, b = x[..., : A // 2], x[..., A // 2:]
        return np.concatenate([a * cos - b * sin, b * cos + a * sin], -1)

    def softmax(x):
        e = np.exp(x - x.max(-1, keepdims=True))
        return e / e.sum(-1, keepdims=True)

    x = out["embed"] = w["model.embed_tokens.weight"][ids]
    for l in range(c.num_hidden_layers):
        p, keep = f"model.layers.{l}.", lambda name, v: out.setdefault(f"{l}.{name}", v)
        n = keep("attn_norm", norm(p + "input_layernorm", x))
        q, k = keep("query", heads(linear(p + "self_attn.q_proj", n))), keep("key", heads(linear(p + "self_attn.k_proj", n)))
        v = keep("value", heads(linear(p + "self_attn.v_proj", n)))
        if p + "self_attn.q_norm.weight" in w:
            q, k = keep("query_normed", norm(p + "self_attn.q_norm", q)), keep("key_normed", norm(p + "self_attn.k_norm", k))
        q, k = keep("query_rotated", rotated(q)), keep("key_rotated", rotated(k))
        scores = keep("scaled_scores", q @ k.repeat(H // K, 0).transpose(0, 2, 1) / math.sqrt(A))
        unseen = at[None, :] > at[:, None]
        if windows[l]:
            unseen |= at[None, :] <= at[:, None] - windows[l]
        shares = keep("weights", softmax(np.where(unseen, -np.inf, scores)))
        mix = keep("mix", shares @ v.repeat(H // K, 0))
        y = keep("proj", linear(p + "self_attn.o_proj", mix.transpose(1, 0, 2).reshape(T, H * A)))
        x = keep("residual_1", x + y)
        n = keep("mlp_norm", norm(p + "post_attention_layernorm", x))
        gate, up = keep("gate", linear(p + "mlp.gate_proj", n)), keep("up", linear(p + "mlp.up_proj", n))
        y = keep("down", linear(p + "mlp.down_proj", keep("gated", gate / (1 + np.exp(-gate)) * up)))
        x = keep("residual_2", x + y)
    n = out["norm"] = norm("model.norm", x)
    out["logits"] = n @ w.get("lm_head.weight", w["model.embed_tokens.weight"]).T
    out["probabilities"] = softmax(out["logits"])
    return out


def check(model, ids, out):
    """Stops if transformers, which rotates and normalises in float32 in any case, computes otherwise."""
    import torch
    with torch.no_grad():
        run = model.double()(torch.tensor([ids]), output_attentions=True, output_hidden_states=True)
    far = {"logits": np.abs(run.logits[0].numpy() - out["logits"]).max()}
    for l, shares in enumerate(run.attentions):
        far[f"{l}.weights"] = np.abs(shares[0].numpy() - out[f"{l}.weights"]).max()
        assert ((shares[0].numpy() == 0) == (out[f"{l}.weights"] == 0)).all(), "another mask"
    for l, x in enumerate(run.hidden_states[1:-1]):
        far[f"{l}.residual_2"] = np.abs(x[0].numpy() - out[f"{l}.residual_2"]).max()
    far["norm"] = np.abs(run.hidden_states[-1][0].numpy() - out["norm"]).max()
    print("  furthest from transformers:", {k: f"{v:.1e}" for k, v in far.items()})
    assert max(far.values()) < 2e-5, far


def write_gguf(path, family, c, rope, w):
    """The same model as llama.cpp's converter writes it: in llama, the rows of queries and keys stand in another order."""
    import gguf
    arch = family.lower()
    g = gguf.GGUFWriter(path, arch)
    g.add_name(os.path.basename(path))
    g.add_block_count(c.num_hidden_layers)
    g.add_context_length(c.max_position_embeddings)
    g.add_embedding_length(c.hidden_size)
    g.add_feed_forward_length(c.intermediate_size)
    g.add_head_count(c.num_attention_heads)
    g.add_head_count_kv(c.num_key_value_heads)
    g.add_rope_freq_base(rope["rope_theta"])
    g.add_layer_norm_rms_eps(c.rms_norm_eps)
    g.add_file_type(gguf.LlamaFileType.ALL_F32)
    if arch == "qwen3":
        g.add_key_length(c.head_dim)
        g.add_value_length(c.head_dim)
    if arch == "llama":
        g.add_vocab_size(c.vocab_size)
        g.add_rope_dimension_count(c.hidden_size // c.num_attention_heads)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH[arch.upper()], c.num_hidden_layers)
    for name, v in w.items():
        heads = {"q_proj": c.num_attention_heads, "k_proj": c.num_key_value_heads}.get(name.split(".")[-2])
        if arch == "llama" and heads:
            A = len(v) // heads
            paired = np.arange(A).reshape(2, A // 2).T.ravel()  # i, i + A/2, one behind the other
            v = np.concatenate([v[h * A:][paired] for h in range(heads)])
        g.add_tensor(names.get_name(name, try_suffixes=(".weight", ".bias")), v.astype(np.float32))
    if rope.get("rope_type") == "llama3":
        A = c.hidden_size // c.num_attention_heads
        plain = rope["rope_theta"] ** (-np.arange(0, A, 2) / A)
        g.add_tensor("rope_freqs.weight", (plain / frequencies(rope, A)).astype(np.float32))
    g.write_header_to_file()
    g.write_kv_data_to_file()
    g.write_tensors_to_file()
    g.close()


def make(name, family, length, settings, rope, as_gguf):
    import torch
    from safetensors.numpy import save_file
    print(name)
    folder, c = os.path.join(HERE, name), configuration(family, settings, rope)
    if OLD:
        c.architectures = [family + "ForCausalLM"]
        c.to_json_file(os.path.join(folder, "config.4.json"), use_diff=True)
        return
    c._attn_implementation = "eager"
    model = getattr(transformers, family + "ForCausalLM")(c).float().eval()
    roughen(model, seed=sum(name.encode()))
    model.save_pretrained(folder)
    if os.path.exists(os.path.join(folder, "generation_config.json")):
        os.remove(os.path.join(folder, "generation_config.json"))
    w = {k: v.double().numpy() for k, v in model.state_dict().items()}
    if c.tie_word_embeddings:
        w.pop("lm_head.weight", None)
    windows = [0] * c.num_hidden_layers
    if settings.get("sliding_window"):
        windows = [settings["sliding_window"] if l >= settings.get("max_window_layers", 0) else 0 for l in range(c.num_hidden_layers)]
    ids = [(i * i * 5 + 3 * i + 1) % c.vocab_size for i in range(length)]
    out = activations(w, c, rope, windows, ids)
    check(model, ids, out)
    about = {"ids": json.dumps(ids), "source": f"random weights of transformers {transformers.__version__} ({family}ForCausalLM), "
             f"torch {torch.__version__}; activations in float64 by make_kin.py, written as float32"}
    save_file({k: np.ascontiguousarray(v.astype(np.float32)) for k, v in out.items()}, os.path.join(folder, "activations.safetensors"), about)
    if as_gguf:
        write_gguf(os.path.join(folder, "model.gguf"), family, c, rope, w)


for kin in KIN:
    if len(sys.argv) == 1 or kin[0] in sys.argv[1:]:
        make(*kin)
