// Starts the page: unpacks the program, starts it in a worker (the engine), then here.
// What Go can't do by itself stands in glassboxBoot: making workers, and handing them files.
"use strict";

globalThis.glassboxBoot = {
	module: null,      // the compiled program
	worker: null,      // the engine
	onreply: null,     // set by the page: called with the bytes of a reply
	ondeath: null,     // set by the page: called with the reason when the engine is gone
	times: { started: performance.now() }, // milliseconds since the page was opened

	mark(name) { this.times[name] = performance.now(); },

	text(id) {
		const element = document.getElementById(id);
		return element ? element.textContent : "";
	},

	// unpack returns a stream of the bytes of a data element: gzipped, base64.
	unpack(id) {
		const text = this.text(id);
		const zipped = Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
		return new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip"));
	},

	compile() {
		const response = new Response(this.unpack("data-wasm"), { headers: { "Content-Type": "application/wasm" } });
		return WebAssembly.compileStreaming(response);
	},

	// startWorker replaces the engine, and returns when the new one listens.
	startWorker() {
		if (this.worker) this.worker.terminate();
		const source = [this.text("script-wasm_exec"), this.text("script-gl"), this.text("script-worker")];
		const url = URL.createObjectURL(new Blob(source.map((s) => s + "\n"), { type: "text/javascript" }));
		const worker = this.worker = new Worker(url);
		return new Promise((resolve, reject) => {
			const died = (reason) => {
				reject(new Error(reason));
				if (this.worker === worker && this.ondeath) this.ondeath(reason);
			};
			worker.onerror = (event) => { event.preventDefault(); died(event.message || "the worker could not start"); };
			worker.onmessage = ({ data }) => {
				if (data.ready) { URL.revokeObjectURL(url); resolve(); }
				if (data.reply && this.onreply && this.worker === worker) this.onreply(data.reply);
				if (data.died) died(data.died);
			};
			worker.postMessage({ module: this.module });
		});
	},

	// post hands a request to the engine, with the packed file of a data element if named.
	post(request, dataID) {
		this.worker.postMessage({ request, file: dataID ? this.text(dataID) : undefined }, [request.buffer]);
	},

	// fail shows a sentence in the place of the page, when the program itself can't start.
	fail(err) {
		const note = document.getElementById("fail");
		note.hidden = false;
		note.querySelector("[data-reason]").textContent = String(err && err.message || err);
	},

	async start() {
		const needed = { WebAssembly: self.WebAssembly, DecompressionStream: self.DecompressionStream, Worker: self.Worker };
		for (const name in needed) {
			if (!needed[name]) throw new Error("this browser has no " + name + "; a version of 2023 or later has");
		}
		glassboxGL.warm(document.getElementById("gl")); // the GPU wakes up while the program is compiled
		this.module = await this.compile();
		this.mark("compiled");
		await this.startWorker().catch(() => {}); // the page says so, and offers to try again
		this.mark("workerReady");
		const go = new Go();
		const memory = { current: null };
		go.importObject.gl = glassboxGL(() => memory.current.buffer);
		const instance = await WebAssembly.instantiate(this.module, go.importObject);
		memory.current = instance.exports.mem;
		this.mark("instantiated");
		await go.run(instance);
		throw new Error("the program ended");
	},
};

glassboxBoot.start().catch((err) => glassboxBoot.fail(err));
