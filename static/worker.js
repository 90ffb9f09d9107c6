// The script of the worker. boot.js joins it to wasm_exec.js, gl.js, kernel.js and unpack.js and makes the
// worker from their texts, so it also works on file://.
"use strict";

// listen listens to what the program prints, and returns a function of why it ended: Go's runtime says that nowhere else.
function listen() {
	const { log } = console;
	let why = "";
	console.log = (...lines) => {
		why ||= (/^(?:fatal error|panic): (.*)$/m.exec(lines.join(" ")) || ["", ""])[1];
		log.apply(console, lines);
	};
	return () => why;
}

// start runs the program, which finds no window and becomes the engine: it sets
// glassboxEngine, a function of a request's bytes, and of the file that belongs to it. kernel is the packed module of the
// kernels that are written by hand.
async function start(module, kernel) {
	const go = new Go();
	const reason = listen();
	go.importObject.gl = glassboxGL.stubs();
	const kernels = glassboxKernel(module);
	go.importObject.kernel = kernels.imports;
	const instance = await WebAssembly.instantiate(module, go.importObject);
	const byHand = await kernels.attach(glassboxUnpack.bytes(kernel), instance.exports.mem);
	go.run(instance).then(
		() => self.postMessage({ ended: true, reason: reason() }),
		(err) => self.postMessage({ died: err }),
	);
	self.postMessage({ ready: true, byHand });
}

// A message is one of {program, kernel}, the packed program, which is compiled here while the page starts the GPU, and the
// packed kernels; {module, kernel}, the compiled program and these; {piece, at, of}, bytes of the file that the next request
// loads; {request, file}, a request and the packed file that belongs to it. The worker says {here} once it runs, {module} and
// {ready} as it starts, with byHand if it computes with the kernels, then {reply}, {died} or {ended}, with the reason if the
// program gave one.
self.onmessage = async ({ data }) => {
	try {
		if (data.program) {
			data.module = await glassboxUnpack.compile(data.program);
			self.postMessage({ module: data.module });
		}
		if (data.module) {
			await start(data.module, data.kernel);
			return;
		}
		if (data.piece) {
			self.glassboxPiece(data.piece, data.at, data.of);
			return;
		}
		let file, damage;
		try {
			if (data.file !== undefined) file = await glassboxUnpack.bytes(data.file);
		} catch (err) {
			damage = String(err && err.message || err);
		}
		const reply = self.glassboxEngine(data.request, file, damage);
		if (reply) self.postMessage({ reply }, [reply.buffer]); // none comes of a program that has ended
	} catch (err) {
		self.postMessage({ died: err });
	}
};
self.postMessage({ here: true });
