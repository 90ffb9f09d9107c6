// Starts the page: the program in a worker (the engine), then here. What Go can't do by
// itself stands in glassboxBoot: making workers, and handing them files.
"use strict";

globalThis.glassboxBoot = {
	module: null,      // the compiled program
	go: null,          // what wasm_exec.js keeps for it
	worker: null,      // the engine
	onreply: null,     // set by the page: called with the bytes of a reply
	ondeath: null,     // set by the page: called with the reason when the engine is gone
	onmodule: null,    // called when the worker has compiled the program
	times: { started: performance.now() }, // milliseconds since the page was opened

	mark(name) { this.times[name] = performance.now(); },

	text(id) {
		const element = document.getElementById(id);
		return element ? element.textContent : "";
	},

	// startWorker replaces the engine, and returns when the new one listens.
	startWorker() {
		if (this.worker) this.worker.terminate();
		const source = ["wasm_exec", "gl", "unpack", "worker"].map((name) => this.text("script-" + name) + "\n");
		const url = URL.createObjectURL(new Blob(source, { type: "text/javascript" }));
		const worker = this.worker = new Worker(url);
		return new Promise((resolve, reject) => {
			const died = (reason) => {
				reject(new Error(reason));
				if (this.worker === worker && this.ondeath) this.ondeath(reason);
			};
			worker.onerror = (event) => { event.preventDefault(); died(event.message || "the worker could not start"); };
			worker.onmessage = ({ data }) => {
				if (data.module) this.onmodule(data.module);
				if (data.ready) { URL.revokeObjectURL(url); resolve(); }
				if (data.reply && this.onreply && this.worker === worker) this.onreply(data.reply);
				if (data.died) died(data.died);
			};
			worker.postMessage(this.module ? { module: this.module } : { program: this.text("data-wasm") });
		});
	},

	// compiled returns the program. The worker compiles it while this thread waits for the
	// GPU; where workers can't start, it is compiled here, and the page says what is missing.
	compiled() {
		const here = () => glassboxUnpack.compile(this.text("data-wasm"));
		return new Promise((resolve) => {
			this.onmodule = resolve;
			try {
				this.startWorker().then(() => this.mark("workerReady"), () => resolve(here()));
			} catch {
				resolve(here());
			}
			glassboxGL.warm(document.getElementById("gl"), JSON.parse(this.text("script-shaders") || "[]"));
			this.mark("warm");
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
		await glassboxEmbed.wanted();
		this.module = await this.compiled();
		this.mark("compiled");
		const go = this.go = new Go();
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
