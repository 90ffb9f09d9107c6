"""Makes variants.json: small tokenizers in all the forms that tokenizer.json has, and their ids by huggingface/tokenizers.

    python3 -m venv v && v/bin/pip install tokenizers==0.23.3
    v/bin/python variants.py

Two vocabularies are trained on the texts of cases.json, one of bytes and one of characters with "▁" for the space. Each
variant replaces parts of one of them. What tokenizers itself refuses has no ids, but a reason.
"""

import copy
import json
import os

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

here = os.path.dirname(os.path.abspath(__file__))
cases = [c["text"] for c in json.load(open(os.path.join(here, "cases.json")))]

texts = [
    "", " ", "  ", "a", "hello", " hello", "  hello  world ", "Hello World! It's 12345 o'clock, isn't IT? WE'LL see.",
    "the the the\r\n\r\n\tthe\n \n  the  ", "tab\tand\ttab", "1234567890123456789012345678901234567890", "12 345,678.90 ٣٤٥ ²³ Ⅻ", "a1b22c333",
    "é e\u0301 ñ n\u0303 Å \u212b ﬁ ½ \u0344 q\u0307\u0323", "\u1100\u1161\u11a8 각", "שלום עולם، مرحبا بالعالم", "👩\u200d👩\u200d👧\u200d👦 👍🏽 🇩🇪 ✊🏿",
    "你好，世界。こんにちは", "▁under▁score ▁ x", "Ġhello Ċ <0x41>", "x\u00a0y\u2003z\u200b\u3000w\ufeff", "\x00\x01\x7f\x85",
    "<s>hello</s> <s> hello </s>", "a<x>b <x> c  <x>  d<x>", "<xx><x><xx>", "_<w>_ <w> a<w> <w>b", "é<n>e\u0301<n> CAFÉ<é>cafe\u0301<é><e\u0301>",
    "hello<l> hello <l>\n<l>", "hello<r> hello<r>\n<r> x", "HELLO hello", "camelCase PascalCase HTMLParser iPhone McDonald's O'NEILL'S \u01c5abc \u01c5", "\u6587A \u6587Ab A\u6587 a\u6587B \u0301a \u0301A \u0301 x\u0301Y\u0301z \u02b0A\u02b0",
    "http://a/b/c//\n /x ../\r\n/", "\u0915\u094d\u0937\u093f \u0e20\u0e32\u0e29\u0e32", "don't DON'T don\u2019t 'S 's", "!!! ??? ...\n...\r\n--- a--b", "x" * 60, "ab" * 30, " " * 21 + "x",
]

llama3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
qwen2 = llama3.replace(r"\p{N}{1,3}", r"\p{N}")
cased = [r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+", r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"]
rest = r"| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
ending = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
tekken = cased[0] + "|" + cased[1] + r"|\p{N}" + rest
gpt4o = cased[0] + ending + "|" + cased[1] + ending + r"|\p{N}{1,3}" + rest
gpt2 = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


def trained(pre, normalizer, size, alphabet, special):
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre
    if normalizer:
        t.normalizer = normalizer
    t.train_from_iterator(cases + texts * 3, trainers.BpeTrainer(vocab_size=size, initial_alphabet=alphabet, special_tokens=special, show_progress=False))
    full = json.loads(t.to_str())
    full["truncation"] = full["padding"] = None
    return full


def bytes_base():
    full = trained(pre_tokenizers.ByteLevel(add_prefix_space=False), None, 700, pre_tokenizers.ByteLevel.alphabet(), ["<s>", "</s>"])
    full["decoder"] = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}
    return full


def spaced_base():
    full = trained(pre_tokenizers.Metaspace(), None, 600, [], ["<unk>", "<s>", "</s>"] + [f"<0x{i:02X}>" for i in range(256)])
    full["added_tokens"] = full["added_tokens"][:3]
    full["model"].update(unk_token="<unk>", fuse_unk=True, byte_fallback=True)
    full["normalizer"] = seq("normalizers", {"type": "Prepend", "prepend": "▁"}, replace(" ", "▁"))
    full["pre_tokenizer"] = None
    full["decoder"] = seq("decoders", replace("▁", " "), {"type": "ByteFallback"}, {"type": "Fuse"}, {"type": "Strip", "content": " ", "start": 1, "stop": 0})
    return full


def seq(key, *steps):
    return {"type": "Sequence", key: list(steps)}


def replace(pattern, content, kind="String"):
    return {"type": "Replace", "pattern": {kind: pattern}, "content": content}


def split(pattern, behavior="Isolated", invert=False, kind="Regex"):
    return {"type": "Split", "pattern": {kind: pattern}, "behavior": behavior, "invert": invert}


def level(prefix=False, regex=True):
    return {"type": "ByteLevel", "add_prefix_space": prefix, "trim_offsets": True, "use_regex": regex}


def digits(individual=True):
    return {"type": "Digits", "individual_digits": individual}


def meta(scheme="always", cut=True, replacement="▁"):
    return {"type": "Metaspace", "replacement": replacement, "prepend_scheme": scheme, "split": cut}


def template(before, after):
    special = lambda t: {"SpecialToken": {"id": t, "type_id": 0}}
    single = [special(t) for t in before] + [{"Sequence": {"id": "A", "type_id": 0}}] + [special(t) for t in after]
    ids = {"<s>": "@S", "</s>": "@E"}
    return {"type": "TemplateProcessing", "single": single, "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {t: {"id": t, "ids": [ids[t]], "tokens": [t]} for t in set(before + after)}}


def added(*tokens):
    return [dict({"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": False}, **t) for t in tokens]


def variants():
    """Name, base, parts that are replaced: those of the model under "model", added tokens behind those of the base."""
    pre = lambda v: {"pre_tokenizer": v}
    norm = lambda v, **more: {"normalizer": v, **more}
    model = lambda **v: {"model": v}
    for prefix in (False, True):
        for regex in (False, True):
            yield f"level prefix={prefix} regex={regex}", "bytes", pre(level(prefix, regex))
            for one in (False, True):
                yield f"digits={one} level prefix={prefix} regex={regex}", "bytes", pre(seq("pretokenizers", digits(one), level(prefix, regex)))
            for name, pattern in (("gpt2", gpt2), ("llama3", llama3), ("qwen2", qwen2)):
                yield f"split {name} level prefix={prefix} regex={regex}", "bytes", pre(seq("pretokenizers", split(pattern), level(prefix, regex)))
    for name, pattern in (("tekken", tekken), ("gpt4o", gpt4o)):
        yield f"split {name}", "bytes", pre(seq("pretokenizers", split(pattern), level(False, False)))
        yield f"split {name} removed inverted", "bytes", pre(seq("pretokenizers", split(pattern, "Removed", True), level(False, False)))
    yield "one level in a sequence", "bytes", pre(seq("pretokenizers", level()))
    yield "an empty sequence", "bytes", pre(seq("pretokenizers"))
    yield "sequences in one another", "bytes", pre(seq("pretokenizers", seq("pretokenizers", digits()), seq("pretokenizers", level())))
    for behavior in ("Removed", "MergedWithPrevious", "MergedWithNext", "Contiguous"):
        yield f"split {behavior}", "bytes", pre(seq("pretokenizers", split(llama3, behavior), level(False, False)))
    for behavior in ("Isolated", "Removed", "MergedWithPrevious"):
        yield f"split {behavior} inverted", "bytes", pre(seq("pretokenizers", split(llama3, behavior, True), level(False, False)))
    yield "split at a string", "bytes", pre(seq("pretokenizers", split(" ", kind="String"), level(False, False)))
    yield "split, digits, level", "bytes", pre(seq("pretokenizers", split(llama3), digits(), level(False, False)))
    yield "digits, split, level", "bytes", pre(seq("pretokenizers", digits(), split(llama3), level(False, False)))
    yield "split by another pattern", "bytes", pre(seq("pretokenizers", split(r"\w+|\W"), level(False, False)))
    yield "split without level", "bytes", pre(split(llama3))
    yield "level, then digits", "bytes", pre(seq("pretokenizers", level(), digits()))
    for kind in ("Whitespace", "WhitespaceSplit", "BertPreTokenizer", "UnicodeScripts"):
        yield f"{kind}", "bytes", pre({"type": kind})
        yield f"{kind}, level", "bytes", pre(seq("pretokenizers", {"type": kind}, level()))
    yield "punctuation, level", "bytes", pre(seq("pretokenizers", {"type": "Punctuation", "behavior": "Isolated"}, level()))
    yield "no pre-tokenizer", "bytes", pre(None)

    for kind in ("NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt"):
        yield f"normalizer {kind}", "bytes", norm({"type": kind})
        yield f"normalizer {kind} in a sequence", "bytes", norm(seq("normalizers", {"type": kind}))
    yield "normalizer, empty sequence", "bytes", norm(seq("normalizers"))
    yield "normalizer NFC, Lowercase", "bytes", norm(seq("normalizers", {"type": "NFC"}, {"type": "Lowercase"}))
    yield "normalizer NFC twice", "bytes", norm(seq("normalizers", {"type": "NFC"}, {"type": "NFC"}))
    yield "normalizer Strip", "bytes", norm({"type": "Strip", "strip_left": True, "strip_right": True})
    yield "normalizer Prepend", "bytes", norm({"type": "Prepend", "prepend": " "})
    yield "normalizer Replace", "bytes", norm(replace("e", "a"))
    yield "normalizer ByteLevel", "bytes", norm({"type": "ByteLevel"}, pre_tokenizer=None)
    yield "normalizer NFC, prefix", "bytes", norm({"type": "NFC"}, pre_tokenizer=level(True))
    yield "normalizer NFC, split", "bytes", norm({"type": "NFC"}, pre_tokenizer=seq("pretokenizers", split(qwen2), level(False, False)))

    yield "merges as strings", "bytes", {"strings": True}
    yield "ignore merges", "bytes", model(ignore_merges=True)
    yield "ignore merges, split", "bytes", {"model": {"ignore_merges": True}, **pre(seq("pretokenizers", split(llama3), level(False, False)))}
    yield "byte fallback of bytes", "bytes", model(byte_fallback=True)
    yield "fuse unknown of bytes", "bytes", model(fuse_unk=True)
    yield "unknown of bytes", "bytes", model(unk_token="<s>")
    yield "dropout 0", "bytes", model(dropout=0.0)
    yield "continuing prefix", "bytes", model(continuing_subword_prefix="##")
    yield "empty continuing prefix", "bytes", model(continuing_subword_prefix="")
    yield "end of word", "bytes", model(end_of_word_suffix="</w>")
    yield "bytes missing", "bytes", {"without": ["Ã", "ð", "x"]}
    yield "bytes missing, unknown", "bytes", {"without": ["Ã", "ð", "x"], "model": {"unk_token": "</s>"}}
    yield "bytes missing, unknown fused", "bytes", {"without": ["Ã", "ð", "x"], "model": {"unk_token": "</s>", "fuse_unk": True}}
    yield "a merge twice, the second counts", "bytes", {"again": 3}
    yield "many merges twice", "bytes", {"again": 40}
    yield "a merge of no token", "bytes", {"more": [["zq", "h"]]}
    yield "a merge that makes no token", "bytes", {"more": [["q", "z"]]}

    for before, after in ((["<s>"], []), (["<s>"], ["</s>"]), ([], ["</s>"]), ([], []), (["<s>", "<s>"], [])):
        yield f"template {before} {after}", "bytes", {"post_processor": template(before, after)}
    yield "template behind level", "bytes", {"post_processor": seq("processors", level(), template(["<s>"], []))}
    yield "Roberta", "bytes", {"post_processor": {"type": "RobertaProcessing", "sep": ["</s>", "@E"], "cls": ["<s>", "@S"], "trim_offsets": True, "add_prefix_space": True}}
    yield "Bert", "bytes", {"post_processor": {"type": "BertProcessing", "sep": ["</s>", "@E"], "cls": ["<s>", "@S"]}}
    yield "two templates", "bytes", {"post_processor": seq("processors", template(["<s>"], []), template(["</s>"], []))}

    marks = [("<x>", {}), ("<xx>", {}), ("<w>", {"single_word": True}), ("<l>", {"lstrip": True}), ("<r>", {"rstrip": True}), ("<n>", {"normalized": True})]
    for special in (False, True):
        yield f"added, special={special}", "bytes", {"added": [{"content": c, "special": special, **more} for c, more in marks]}
        yield f"added, special={special}, normalized", "bytes", {"added": [{"content": c, "special": special, **more, "normalized": True} for c, more in marks]}
        yield f"added, special={special}, NFC", "bytes", norm({"type": "NFC"}, added=[{"content": c, "special": special, **more} for c, more in marks[:5]])
        yield f"added, special={special}, NFC, normalized", "bytes", norm({"type": "NFC"}, added=[{"content": "<é>", "special": special, "normalized": True}, {"content": "<x>", "special": special, "normalized": True}])
        yield f"added, special={special}, NFC, decomposed", "bytes", norm({"type": "NFC"}, added=[{"content": "<e\u0301>", "special": special, "normalized": True}])
        yield f"added, special={special}, NFC, not normalized", "bytes", norm({"type": "NFC"}, added=[{"content": "<é>", "special": special}, {"content": "<e\u0301>", "special": special}])
        yield f"added, special={special}, prefix", "bytes", {**pre(level(True)), "added": [{"content": c, "special": special, **more} for c, more in marks]}
        yield f"added, special={special}, spaced", "spaced", {"added": [{"content": c, "special": special, **more} for c, more in marks[:5]]}
        yield f"added, special={special}, spaced, normalized", "spaced", {"added": [{"content": c, "special": special, "normalized": True} for c, _ in marks[:2]]}
        yield f"added, special={special}, Metaspace first", "spaced", {**norm(None), **pre(meta("first", False)), "added": [{"content": c, "special": special, **more} for c, more in marks]}
        yield f"added, special={special}, Metaspace always", "spaced", {**norm(None), **pre(meta("always", True)), "added": [{"content": c, "special": special, **more} for c, more in marks]}
    yield "added, those not normalized first", "bytes", {"added": [{"content": "<x", "normalized": True}, {"content": "x>"}, {"content": "hell", "normalized": True}, {"content": "ell"}]}
    yield "added, normalized, NFC, a mark behind", "bytes", norm({"type": "NFC"}, added=[{"content": "e", "normalized": True}, {"content": "q"}])
    yield "added, normalized, Metaspace", "spaced", {**norm(None), **pre(meta("always", True)), "added": [{"content": "<x>", "normalized": True}, {"content": "<l>", "normalized": True, "lstrip": True}, {"content": "<r>", "normalized": True, "rstrip": True}, {"content": "<w>", "single_word": True, "normalized": True}]}
    yield "added, normalized, Metaspace first", "spaced", {**norm(None), **pre(meta("first", False)), "added": [{"content": "<x>", "normalized": True}, {"content": "<l>", "normalized": True, "lstrip": True}, {"content": "<r>", "normalized": True, "rstrip": True}]}
    yield "added, normalized, Llama 2, strips", "spaced", {"added": [{"content": "<x>", "normalized": True}, {"content": "<l>", "normalized": True, "lstrip": True}, {"content": "<r>", "normalized": True, "rstrip": True}, {"content": "<w>", "normalized": True, "single_word": True}]}
    yield "added, normalized, Gemma", "spaced", norm(replace(" ", "▁"), pre_tokenizer=split(" ", "MergedWithPrevious", kind="String"), added=[{"content": "<x>", "normalized": True}, {"content": "<l>", "normalized": True, "lstrip": True}, {"content": "<r>", "normalized": True, "rstrip": True}])
    yield "an added token of the vocabulary", "bytes", {"added": [{"content": "he", "special": False}]}
    yield "an added token with a space", "bytes", {"added": [{"content": "  ", "special": False}, {"content": "\n", "special": False}]}

    yield "Llama 2", "spaced", {}
    for scheme in ("always", "first", "never"):
        for cut in (False, True):
            yield f"Metaspace {scheme} split={cut}", "spaced", norm(None, pre_tokenizer=meta(scheme, cut))
    yield "Metaspace, legacy", "spaced", norm(None, pre_tokenizer={"type": "Metaspace", "replacement": "▁", "add_prefix_space": True})
    yield "Metaspace of another sign", "spaced", norm(None, pre_tokenizer=meta(replacement="_"))
    yield "spaces alone", "spaced", norm(replace(" ", "▁"))
    yield "spaces alone in a sequence", "spaced", norm(seq("normalizers", replace(" ", "▁")))
    yield "Replace, then Prepend", "spaced", norm(seq("normalizers", replace(" ", "▁"), {"type": "Prepend", "prepend": "▁"}))
    yield "Prepend alone", "spaced", norm({"type": "Prepend", "prepend": "▁"})
    yield "Gemma", "spaced", norm(replace(" ", "▁"), pre_tokenizer=split(" ", "MergedWithPrevious", kind="String"))
    yield "Llama 2, NFC", "spaced", norm(seq("normalizers", {"type": "NFC"}, {"type": "Prepend", "prepend": "▁"}, replace(" ", "▁")))
    yield "Replace by a pattern", "spaced", norm(seq("normalizers", {"type": "Prepend", "prepend": "▁"}, replace(" ", "▁", "Regex")))
    yield "Replace many spaces", "spaced", norm(seq("normalizers", {"type": "Prepend", "prepend": "▁"}, replace(" {2,}", " ", "Regex"), replace(" ", "▁")))
    yield "no byte fallback", "spaced", model(byte_fallback=False)
    yield "no byte fallback, not fused", "spaced", model(byte_fallback=False, fuse_unk=False)
    yield "no byte fallback, no unknown", "spaced", model(byte_fallback=False, unk_token=None)
    yield "byte fallback, not fused", "spaced", model(fuse_unk=False)
    yield "no unknown", "spaced", model(unk_token=None)
    yield "Llama 2, ignore merges", "spaced", model(ignore_merges=True)
    yield "Metaspace, ignore merges", "spaced", {"model": {"ignore_merges": True}, **norm(None, pre_tokenizer=meta())}
    yield "bytes missing of characters", "spaced", {"without": ["<0xF0>"]}
    yield "Llama 2, framed", "spaced", {"post_processor": template(["<s>"], [])}
    yield "digits of characters", "spaced", norm(None, pre_tokenizer=seq("pretokenizers", meta(), digits()))
    yield "WordPiece", "bytes", {"model": {"type": "WordPiece", "unk_token": "<s>", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100}, "only": ["type", "vocab", "unk_token", "continuing_subword_prefix", "max_input_chars_per_word"]}
    yield "WordLevel", "bytes", {"model": {"type": "WordLevel", "unk_token": "<s>"}, "only": ["type", "vocab", "unk_token"]}


def applied(base, parts):
    """The file of a variant, as the test of package published puts it together too."""
    full = copy.deepcopy(base)
    model = full["model"]
    for key, v in parts.items():
        if key == "model":
            model.update(v)
        elif key == "without":  # the pieces, and every merge of which one is a part
            holds = lambda piece: any(w in piece for w in v)
            model["merges"] = [m for m in model["merges"] if not holds("".join(m))]
            model["vocab"] = {t: i for t, i in model["vocab"].items() if not holds(t) or t in ("<s>", "</s>")}
        elif key == "again":
            model["merges"] += model["merges"][:v]
        elif key == "more":
            model["merges"] += v
        elif key == "strings":
            model["merges"] = [" ".join(m) for m in model["merges"]]
        elif key == "added":
            full["added_tokens"] += v
        elif key == "only":
            full["model"] = {k: m for k, m in model.items() if k in v}
        else:
            full[key] = v
    return json.dumps(full, ensure_ascii=False)


def numbered(base, parts):
    """Gives added tokens the ids behind the vocabulary, where they are no pieces of it, and processors those of their tokens."""
    vocab = base["model"]["vocab"]
    if "added" in parts:
        tokens = added(*parts["added"])
        new = iter(range(max(vocab.values()) + 1, 1 << 20))
        for t in tokens:
            t["id"] = vocab[t["content"]] if t["content"] in vocab else next(new)
        parts["added"] = tokens
    text = json.dumps(parts, ensure_ascii=False)
    return json.loads(text.replace('"@S"', str(vocab["<s>"])).replace('"@E"', str(vocab["</s>"])))


def rows(t, special):
    t.encode_special_tokens = not special
    return [t.encode(text, add_special_tokens=True).ids for text in texts]


def main():
    bases = {"bytes": bytes_base(), "spaced": spaced_base()}
    for b in bases.values():
        b["post_processor"] = None
    first, out = {}, []  # rows that are those of the base's own are left out
    for base, full in bases.items():
        t = Tokenizer.from_str(json.dumps(full))
        first[base] = [rows(t, special) for special in (False, True)]
    for name, base, parts in variants():
        parts = numbered(bases[base], parts)
        v = {"name": name, "base": base, "parts": parts}
        try:
            t = Tokenizer.from_str(applied(bases[base], parts))
        except BaseException:  # a panic of Rust is no Exception
            v["refused"] = True
        else:
            for key, special in (("plain", False), ("special", True)):
                changed = {i: ids for i, (ids, was) in enumerate(zip(rows(t, special), first[base][special])) if ids != was}
                v[key] = {str(i): ids for i, ids in changed.items()}
        out.append(v)
    with open(os.path.join(here, "variants.json"), "w") as f:
        f.write('{"texts":%s,\n"bases":%s,\n"ids":%s,\n"variants":[\n' % tuple(json.dumps(v, ensure_ascii=False, separators=(",", ":")) for v in (texts, bases, first)))
        f.write(",\n".join(json.dumps(v, ensure_ascii=False, separators=(",", ":")) for v in out) + "]}\n")
    print(len(out), "variants; refused:", [v["name"] for v in out if "refused" in v])


if __name__ == "__main__":
    main()
