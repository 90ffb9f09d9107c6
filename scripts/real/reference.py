"""Writes the logits that transformers computes of ten prompts with the model in a GGUF file, in float64.

    pip install torch "transformers>=5" accelerate gguf safetensors
    python3 reference.py MODEL.gguf REFERENCE.safetensors

transformers makes the weights of the file, whatever blocks they are held in, float32, and tokenizes the prompts by the
vocabulary in it. The result holds a tensor (T, V) for each prompt, and in its metadata the text and the ids of each.
"""

import json
import os
import sys

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, AutoTokenizer, __version__

PROMPTS = [
    "The capital of France is",
    "Once upon a time, there was a little",
    "2 + 2 =",
    "def fibonacci(n):\n    if n <= 1:\n        return",
    "Water boils at a temperature of 100",
    "The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the",
    "Q: Who wrote Hamlet?\nA:",
    "Die Hauptstadt von Deutschland ist",
    "<|im_start|>user\nWhat is gravity?<|im_end|>\n<|im_start|>assistant\n",
    "Attention lets every token of a text look at the tokens before it, and",
]


def main(path, out):
    folder, name = os.path.split(os.path.abspath(path))
    words = AutoTokenizer.from_pretrained(folder, gguf_file=name)
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32, attn_implementation="eager").double().eval()
    tensors, prompts = {}, []
    for i, text in enumerate(PROMPTS):
        ids = words(text, add_special_tokens=False)["input_ids"]
        with torch.no_grad():
            logits = model(torch.tensor([ids])).logits[0]
        tensors[str(i)] = logits.float().contiguous()
        prompts.append({"text": text, "ids": ids})
        print(repr(text), "→", repr(words.decode([int(logits[-1].argmax())])))
    save_file(tensors, out, {"prompts": json.dumps(prompts), "source": f"{name}, by transformers {__version__} and torch {torch.__version__} in float64"})


main(*sys.argv[1:])
