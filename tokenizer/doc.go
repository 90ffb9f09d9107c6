// Package tokenizer turns text into the numbers that a model reads, and back.
//
// Three tokenizers share one interface. [Letters] has one token per character of a small alphabet;
// [GPT2] is the byte-pair encoding that GPT-2 was trained with (r50k_base, V = 50257), and [BPE] any that is
// published: of bytes (SmolLM2, Llama 3, Qwen, …), or SentencePiece (Llama 2). All keep the byte span of every token.
//
// # How GPT-2 reads a text
//
// The text is cut into words by a fixed pattern (a word takes the space before it along; see
// [GPT2.Merges]). Each word starts as single bytes. Then the neighbouring pair that stands first in
// the table of merges is joined, everywhere from left to right, until no pair of the word is in
// the table. The pairs are in the order in which they were learned, so a token's id is also its rank.
//
// # How other models read a text
//
// Byte-level encodings differ in the pattern that cuts words ([Split]), and in that their merges are a list: an id says
// nothing about rank. SentencePiece takes the whole text as one word of characters, in which the pair is joined whose token
// has the highest score; a character that is no token becomes the tokens of its bytes. Before all that, added
// tokens are found in the text, characters may be composed, and a space may be put before it: see [Spec]. What the
// files of models say about all this is read by glassbox/tokenizer/published, and how they hold a conversation by
// glassbox/tokenizer/chat.
//
// # Who does the work for GPT-2
//
// [GPT2.Encode] goes through github.com/pkoukk/tiktoken-go, built with NewCoreBPE and NewTiktoken on
// a table of our own: its other constructors fetch tables over net/http. It tells neither spans
// nor merges, so three things are ours:
//
//   - spans, which follow from the lengths of the pieces and are checked against the text;
//   - merges, computed over the same ranks with a heap, in O(n log n) for a word of n bytes;
//   - texts with a word longer than 256 bytes, and the search for special tokens. Tiktoken-go looks
//     through the whole word again for each merge and copies the rest of the text for each special
//     token, so a hostile 100 kB takes it seconds, 1 MB minutes. There, Encode uses the code that
//     lists the merges;
//   - the page. Importing tiktoken-go links the start-up code of net/http and crypto, a megabyte more
//     to load before the first picture, so under GOOS=js Encode always uses that code.
//
// Tests hold the two encoders equal on the fixtures, on random texts, and on every Unicode character.
//
// Which characters are letters, numbers or spaces is what package unicode says: Unicode 17 with Go
// 1.27. A character that is younger than the tables of another implementation may be cut differently there.
package tokenizer
