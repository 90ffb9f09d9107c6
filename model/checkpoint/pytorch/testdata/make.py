"""Writes the checkpoints that the tests read, with PyTorch itself: python make.py. The same values each time.

odd.pt      tensors of every type that is read, and as windows on storages of all kinds; values are 0, 1, 2, …
ckpt.pt     what nanoGPT's train.py saves: model, optimizer, model_args, iter_num, config; the embedding tied, its names
            prefixed by torch.compile. ckpt.json has the logits that PyTorch computes for it.
llama/      a Llama as transformers saves it without safetensors: two files, an index, a configuration
old.pt      the format before PyTorch 1.6
module.pt   a module, not its tensors: a program
"""
import json, math, os
from collections import OrderedDict
import torch
import torch.nn as nn
import torch.nn.functional as F

here = os.path.dirname(os.path.abspath(__file__))
path = lambda *names: os.path.join(here, *names)
torch.manual_seed(1)


def odd():
    count = lambda *size: torch.arange(math.prod(size), dtype=torch.float32).reshape(size)
    shared = count(4, 6)
    torch.save(OrderedDict([
        ("float32", count(2, 3)), ("float64", count(2, 3).double()), ("float16", count(2, 3).half()),
        ("bfloat16", count(2, 3).bfloat16()), ("int64", count(2, 3).long()), ("int32", count(2, 3).int()), ("int16", count(2, 3).short()),
        ("int8", count(2, 3).char()), ("uint8", count(2, 3).byte()), ("bool", torch.tensor([True, False])),
        ("turned", count(2, 3).t()), ("middle", shared[1:3, 2:5]), ("column", shared[:, 1]), ("cube", count(2, 3, 4).permute(2, 0, 1)),
        ("scalar", torch.tensor(7.0)), ("empty", torch.empty(0, 3)), ("parameter", nn.Parameter(count(2, 3))), ("uint16", torch.tensor([1, 2], dtype=torch.uint16)),
    ]), path("odd.pt"))


class Block(nn.Module):
    def __init__(self, C):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(C), nn.LayerNorm(C)
        self.attn = nn.Module()
        self.attn.c_attn, self.attn.c_proj = nn.Linear(C, 3 * C), nn.Linear(C, C)
        self.mlp = nn.Module()
        self.mlp.c_fc, self.mlp.c_proj = nn.Linear(C, 4 * C), nn.Linear(4 * C, C)

    def forward(self, x, H):
        T, C = x.shape
        q, k, v = (y.view(T, H, C // H).transpose(0, 1) for y in self.attn.c_attn(self.ln_1(x)).split(C, 1))
        s = (q @ k.transpose(1, 2)) / math.sqrt(C // H)
        s = s.masked_fill(torch.ones(T, T).tril() == 0, float("-inf"))
        x = x + self.attn.c_proj((s.softmax(-1) @ v).transpose(0, 1).reshape(T, C))
        return x + self.mlp.c_proj(F.gelu(self.mlp.c_fc(self.ln_2(x))))


class GPT(nn.Module):
    def __init__(self, V, T, C, L):
        super().__init__()
        self.transformer = nn.ModuleDict({"wte": nn.Embedding(V, C), "wpe": nn.Embedding(T, C), "h": nn.ModuleList(Block(C) for _ in range(L)), "ln_f": nn.LayerNorm(C)})
        self.lm_head = nn.Linear(C, V, bias=False)
        self.lm_head.weight = self.transformer.wte.weight

    def forward(self, ids, H):
        t = self.transformer
        x = t.wte(ids) + t.wpe(torch.arange(len(ids)))
        for b in t.h:
            x = b(x, H)
        return self.lm_head(t.ln_f(x))


def ckpt():
    args = dict(n_layer=1, n_head=2, n_embd=8, block_size=6, bias=True, vocab_size=7, dropout=0.0)
    m, ids = GPT(7, 6, 8, 1), torch.tensor([3, 1, 4, 1, 5])
    opt = torch.optim.AdamW([m.transformer.h[0].ln_1.weight], lr=1e-3)
    m(ids, 2).square().mean().backward()
    opt.step()
    state = OrderedDict(("_orig_mod." + k, v) for k, v in m.state_dict().items())
    torch.save({"model": state, "optimizer": opt.state_dict(), "model_args": args, "iter_num": 10, "best_val_loss": torch.tensor(1e9),
                "config": {"out_dir": "out", "eval_only": False, "learning_rate": 6e-4, "seed": None}}, path("ckpt.pt"))
    with torch.no_grad():
        json.dump({"ids": ids.tolist(), "logits": m(ids, 2).tolist()}, open(path("ckpt.json"), "w"))


def llama():
    os.makedirs(path("llama"), exist_ok=True)
    V, C, H, K, A, inner = 7, 8, 2, 1, 4, 12
    layer = "model.layers.0."
    shapes = {"model.embed_tokens.weight": (V, C), layer + "self_attn.q_proj.weight": (H * A, C), layer + "self_attn.k_proj.weight": (K * A, C),
              layer + "self_attn.v_proj.weight": (K * A, C), layer + "self_attn.o_proj.weight": (C, H * A), layer + "mlp.gate_proj.weight": (inner, C),
              layer + "mlp.up_proj.weight": (inner, C), layer + "mlp.down_proj.weight": (C, inner), layer + "input_layernorm.weight": (C,),
              layer + "post_attention_layernorm.weight": (C,), "model.norm.weight": (C,), "lm_head.weight": (V, C)}
    names, where = list(shapes), {}
    for i, part in enumerate([names[:6], names[6:]]):
        file = f"pytorch_model-0000{i + 1}-of-00002.bin"
        torch.save({n: torch.randn(shapes[n]).bfloat16() for n in part}, path("llama", file))
        where.update({n: file for n in part})
    json.dump({"metadata": {}, "weight_map": where}, open(path("llama", "pytorch_model.bin.index.json"), "w"), indent=1)
    json.dump({"model_type": "llama", "hidden_size": C, "intermediate_size": inner, "num_hidden_layers": 1, "num_attention_heads": H, "num_key_value_heads": K,
               "vocab_size": V, "max_position_embeddings": 32, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "hidden_act": "silu", "tie_word_embeddings": False},
              open(path("llama", "config.json"), "w"), indent=1)


odd()
ckpt()
llama()
torch.save({"wte.weight": torch.zeros(2, 2)}, path("old.pt"), _use_new_zipfile_serialization=False)
torch.save(nn.Linear(2, 2), path("module.pt"))
