// Starts the page: the program in a worker (the engine), then on the main thread. glassboxBoot
// also does what Go can't do by itself: it makes workers, and hands them files.
"use strict";

globalThis.glassboxBoot = {
	module: null,      // the compiled program
	go: null,          // what wasm_exec.js keeps for it
	worker: null,      // the engine
	here: false,       // it runs
	byHand: false,     // it computes with the kernels that are written by hand
	early: [],         // requests that came before
	onreply: null,     // set by the page: called with the bytes of a reply
	ondeath: null,     // set by the page: called with the reason when the engine is gone
	dead: null,        // the reason, if the engine is gone
	onhere: null,      // called when the worker runs
	onmodule: null,    // called when the worker has compiled the program
	spoken: "en",      // the language of what stands in the page
	texts: null,       // of a language other than English: see speak
	lost: "",          // a language whose texts can't be read
	whole: new Promise((resolve) => { // the browser has read the whole file
		if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve, { once: true });
		else resolve();
	}),
	times: { started: performance.now() }, // milliseconds since the page was opened

	mark(name) { this.times[name] = performance.now(); },

	say: glassboxEarly.say,

	// translate words what stands in index.html, if it stands there in another language.
	translate() {
		const tag = document.documentElement.lang;
		if (tag === this.spoken) return;
		this.spoken = tag;
		const field = document.getElementById("prompt");
		if (field && !globalThis.glassbox) { // it can be used already, the rest of what the program draws is not shown
			field.placeholder = "";
			field.setAttribute("aria-label", this.say("field"));
			for (const bar of document.querySelectorAll(".loading")) bar.setAttribute("aria-label", this.say("loading"));
		}
		for (const element of document.querySelectorAll("*")) {
			for (const { name, value } of element.attributes) {
				if (name === "data-say") element.textContent = this.say(value);
				else if (name.startsWith("data-say-")) element.setAttribute(name.slice("data-say-".length), this.say(value));
			}
		}
	},

	// speak words the page in a language. It returns a promise of the texts for the program; of null for English, which
	// it has. Where they can't be read the page stays English, and lost says which language it was.
	async speak(tag) {
		glassboxLanguage.set(tag);
		this.translate();
		this.lost = "";
		await this.whole;
		if (tag === "en") return null;
		try {
			const texts = await glassboxUnpack.json(this.text("data-language-" + tag));
			if (Array.isArray(texts) && texts.every((t) => typeof t === "string")) return texts;
		} catch { /* as if they were none */ }
		if (document.documentElement.lang !== tag) return null; // another one was chosen meanwhile
		this.lost = tag;
		glassboxLanguage.set("en");
		this.translate();
		return null;
	},

	text(id) {
		const element = document.getElementById(id);
		return element ? element.textContent : "";
	},

	// reason returns why something failed, for the reader: what the program itself did wrong is for the console.
	reason(err) {
		const text = String(err && err.message || err);
		if (/^(TypeError|ReferenceError|SyntaxError)$/.test(err && err.name) || /^Uncaught (Type|Reference|Syntax)Error/.test(text)) {
			console.warn("the engine: ", err);
			return this.say("mistaken");
		}
		return text;
	},

	// died tells the page that the engine is gone. If the page does not listen yet, post tells it later.
	died(reason) {
		this.dead = reason;
		if (this.ondeath) this.ondeath(reason);
	},

	// newWorker makes a worker of the scripts in the page.
	newWorker() {
		const source = ["wasm_exec", "gl", "kernel", "unpack", "worker"].map((name) => this.text("script-" + name) + "\n");
		const url = URL.createObjectURL(new Blob(source, { type: "text/javascript" }));
		return { url, worker: new Worker(url) };
	},

	// startWorker replaces the engine. Its promise resolves when the new one listens, and rejects
	// when it can't start; then ondeath is called too.
	startWorker() {
		if (this.worker) this.worker.terminate();
		this.worker = this.dead = null;
		this.here = false;
		this.early = [];
		return new Promise((resolve, reject) => {
			let made;
			try {
				made = this.newWorker();
			} catch (err) {
				reject(err);
				setTimeout(() => this.died(this.reason(err)));
				return;
			}
			const { url, worker } = made;
			this.worker = worker;
			const died = (reason) => {
				reject(new Error(reason));
				if (this.worker !== worker) return;
				worker.terminate();
				this.died(reason);
			};
			worker.onerror = (event) => { event.preventDefault(); died(this.reason(event.message || this.say("workerNotStarted"))); };
			worker.onmessage = ({ data }) => {
				if (data.here && this.worker === worker) {
					worker.postMessage({ kernel: this.text("data-kernel"), ...this.module ? { module: this.module } : { program: this.text("data-wasm") } });
					for (const request of this.early.splice(0)) worker.postMessage(...request);
					this.here = true;
					if (this.onhere) this.onhere();
				}
				if (data.module) this.onmodule(data.module);
				if (data.ready) { this.byHand = data.byHand; URL.revokeObjectURL(url); resolve(); }
				if (data.reply && this.onreply && this.worker === worker) this.onreply(data.reply);
				if (data.died) died(this.reason(data.died));
				if (data.ended) died(data.reason || this.say("workerEnded"));
			};
		});
	},

	// compiled returns a promise of the compiled program. The worker compiles it while this thread waits for the GPU.
	// That begins when the worker has the program: starting it, and handing it a message, need this thread too. If
	// workers can't start it is compiled here, and the page reports the engine as missing.
	compiled() {
		const here = () => this.compile();
		const shaders = glassboxUnpack.json(this.text("data-shaders")).catch(() => []); // then the program says what is wrong
		let warmed = null;
		const warm = () => warmed ??= shaders.then((texts) => {
			glassboxGL.warm(document.getElementById("gl"), Array.isArray(texts) ? texts : []);
			this.mark("warm");
		}).catch((err) => console.warn("the GPU was not woken up early: " + err));
		return new Promise((resolve) => {
			this.onhere = () => setTimeout(warm, 20);
			this.onmodule = resolve;
			this.startWorker().then(() => this.mark("workerReady"), () => resolve(here()));
			setTimeout(() => this.module || resolve(here()), 10000); // a worker that never begins
		}).finally(warm);
	},

	// compile compiles the program on this thread. Its error is a sentence for the reader.
	async compile() {
		const text = this.text("data-wasm");
		try {
			return await glassboxUnpack.compile(text);
		} catch (err) {
			try {
				await glassboxUnpack.bytes(text);
			} catch {
				throw new Error(this.say("damaged"));
			}
			if (/Content Security Policy|\bCSP\b|unsafe-eval/.test(err.message)) return this.forbid(this.say("webAssembly"), "script-src");
			throw new Error(this.say("cannotRun", { reason: err.message }));
		}
	},

	// post hands a request to the engine, with the packed file of a data element if named.
	post(request, dataID) {
		if (this.dead !== null) setTimeout(() => this.dead !== null && this.died(this.dead)); // so that later requests fail too
		if (this.dead !== null || !this.worker) return;
		const message = [{ request, file: dataID ? this.text(dataID) : undefined }, [request.buffer]];
		if (this.here) this.worker.postMessage(...message);
		else this.early.push(message);
	},

	// forbid says that the policy of the server forbids a part of the page, without which nothing runs.
	forbid(part, rule) {
		const sentence = this.say("partForbidden", { part, rule });
		for (const p of document.querySelectorAll("#forbidden p")) p.textContent = sentence;
		document.documentElement.dataset.failed = document.documentElement.dataset.forbidden = "";
		glassboxEmbed.fail(sentence);
		return new Promise(() => {}); // for whom waits for the part
	},

	// checkPolicy finds what the server forbids. The policy of this file itself forbids none of it.
	checkPolicy() {
		document.addEventListener("securitypolicyviolation", ({ disposition, effectiveDirective, blockedURI }) => {
			if (disposition === "report") return;
			if (/eval$/.test(blockedURI)) this.forbid(this.say("webAssembly"), effectiveDirective);
			else if (/^(worker|child)-src$|^require-trusted-types-for$/.test(effectiveDirective)) this.forbid(this.say("workers"), effectiveDirective);
		});
		if (!getComputedStyle(document.documentElement).getPropertyValue("--paper")) return this.forbid(this.say("styles"), "style-src");
		document.querySelector(".page").hidden = false;
	},

	// fail shows a sentence in the place of the page, when the program itself can't start. An error that says all is whole; to others
	// advice is added.
	fail(err) {
		const note = document.getElementById("fail");
		note.hidden = false;
		document.getElementById("reload").onclick = () => location.reload();
		const reason = this.reason(err).replace(/[^.!?]$/, "$&.");
		note.querySelector("[data-reason]").textContent = err.whole ? reason : this.say("failedAdvice", { reason });
		for (const bar of document.querySelectorAll(".loading")) bar.classList.remove("on");
		document.getElementById("reload").focus();
	},

	// stumble says that the page could not draw its interface. The page goes on, so the card can be closed.
	stumble(reason) {
		this.fail(this.say("notDrawn", { reason }));
		document.querySelector("#fail h2").textContent = this.say("mistake");
		const close = document.getElementById("go-on");
		close.hidden = false;
		close.onclick = () => { document.getElementById("fail").hidden = true; };
	},

	async start() {
		await this.checkPolicy();
		const needed = { WebAssembly: self.WebAssembly, DecompressionStream: self.DecompressionStream, Worker: self.Worker };
		for (const name in needed) {
			if (!needed[name]) throw new Error(this.say("lacks", { name }));
		}
		await glassboxEmbed.wanted();
		this.module = await this.compiled();
		this.mark("compiled");
		const go = this.go = new Go();
		const memory = { current: null };
		go.importObject.gl = glassboxGL(() => memory.current.buffer);
		go.importObject.kernel = glassboxKernel(this.module).imports; // the page computes nothing large
		const instance = await WebAssembly.instantiate(this.module, go.importObject);
		memory.current = instance.exports.mem;
		this.mark("instantiated");
		this.texts = await this.speak(document.documentElement.lang); // and the data behind this script is there
		await glassboxEarly.settled();
		await go.run(instance);
		throw new Error(this.say("stopped"));
	},
};

// The keys of an input method are its own, in every field: nothing of the page hears them. Safari sends the Enter that
// ends a composition when that is over; only its code still tells what it was for.
addEventListener("keydown", (event) => { if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation(); }, true);

Object.assign(glassboxBoot, globalThis.glassboxServed); // of a page that "gpt serve" serves: that is the engine
glassboxBoot.translate();
glassboxBoot.start().catch((err) => {
	document.documentElement.dataset.failed = ""; // hides what can't work
	glassboxBoot.fail(err);
	glassboxEmbed.fail(glassboxBoot.reason(err));
});
