// Unpacks the files that the page carries, gzipped in base64; on the page and in its worker.
"use strict";

globalThis.glassboxUnpack = {
	stream(text) {
		const zipped = Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
		return new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip"));
	},

	async bytes(text) { return new Uint8Array(await new Response(this.stream(text)).arrayBuffer()); },

	async json(text) { return new Response(this.stream(text)).json(); },

	/** Compiles the program: its WebAssembly.Module. */
	compile(text) {
		return WebAssembly.compileStreaming(new Response(this.stream(text), { headers: { "Content-Type": "application/wasm" } }));
	},
};
