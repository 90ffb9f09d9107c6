// The worker's half of the page. Behind it stand wasm_exec.js and gl.js, before it nothing:
// the page makes the worker from their texts, so it also works on file://.
"use strict";

// unpack turns gzipped base64 text into bytes.
async function unpack(text) {
	const zipped = Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
	const stream = new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip"));
	return new Uint8Array(await new Response(stream).arrayBuffer());
}

// start runs the program, which finds no window and becomes the engine: it sets
// glassboxEngine, a function of a request's bytes, and of the file that belongs to it.
async function start(module) {
	const go = new Go();
	go.importObject.gl = glassboxGL.stubs();
	const instance = await WebAssembly.instantiate(module, go.importObject);
	go.run(instance).then(
		() => self.postMessage({ died: "the engine ended" }),
		(err) => self.postMessage({ died: String(err) }),
	);
	self.postMessage({ ready: true });
}

self.onmessage = async (event) => {
	const { module, request, file } = event.data;
	try {
		if (module) {
			await start(module);
			return;
		}
		const reply = self.glassboxEngine(request, file === undefined ? undefined : await unpack(file));
		self.postMessage({ reply }, [reply.buffer]);
	} catch (err) {
		self.postMessage({ died: String(err) });
	}
};
