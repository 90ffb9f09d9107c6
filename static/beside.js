// Reads the models that lie beside the page, as "pack model" wrote them: their files in parts, each data in a page of its own.
// From a disk, where nothing can be fetched, a part is shown in a frame, which is shut off from this page and hands over what
// stands in it; from a server it is fetched. Whatever comes is data: the engine checks its sum before a model is made of it.
//
//   glassboxBeside.list                        // what "pack model" wrote into this page
//   glassboxBeside.file(folder, file)          // is read like a File of the reader's, one slice behind the other
"use strict";

globalThis.glassboxBeside = {
	get list() {
		try {
			return JSON.parse(document.getElementById("beside").textContent);
		} catch {
			return []; // there is none
		}
	},

	// signs returns how many signs of base 85 so many bytes have.
	signs(bytes) { return Math.floor(bytes / 4) * 5 + (bytes % 4 ? bytes % 4 + 1 : 0); },

	// wrong makes the error that a part is "partMissing" or "partChanged".
	wrong(kind, name) { return Object.assign(new Error(name), { kind, part: name }); },

	// shown returns a promise of the text of a part, from a frame.
	shown(address, name) {
		return new Promise((resolve, reject) => {
			const frame = document.createElement("iframe");
			const end = (settle, value) => {
				removeEventListener("message", hear);
				frame.remove();
				settle(value);
			};
			const hear = ({ source, data }) => {
				if (source === frame.contentWindow && data && typeof data.part === "string") end(resolve, data.part);
			};
			addEventListener("message", hear);
			frame.sandbox = "allow-scripts";
			frame.hidden = true;
			frame.onload = () => setTimeout(() => end(reject, this.wrong("partMissing", name)), 3000); // what it hands over may come later
			frame.src = address;
			document.body.append(frame);
		});
	},

	// fetched returns a promise of the text of a part, from a server.
	async fetched(address, name) {
		let text;
		try {
			const response = await fetch(address, { credentials: "omit", redirect: "error" });
			text = response.ok ? await response.text() : null;
		} catch { /* as if it were not there */ }
		if (typeof text !== "string") throw this.wrong("partMissing", name);
		const from = text.indexOf(">~") + 1;
		return text.slice(from, text.indexOf("<", from));
	},

	// text returns a promise of a part in base 85.
	async text(folder, { name, bytes }) {
		const address = new URL(`models/${encodeURIComponent(folder)}/${encodeURIComponent(name)}`, location.href.split(/[?#]/)[0]).href;
		const text = await (location.protocol === "file:" ? this.shown(address, name) : this.fetched(address, name));
		if (text[0] !== "~" || text.length !== 1 + this.signs(bytes)) throw this.wrong("partChanged", name);
		return text;
	},

	// file returns what is read like a File. One part at a time is here, until its last byte was read.
	file(folder, { size, parts }) {
		let at = -1, text = null;
		const read = async (from, to) => {
			const out = new Uint8Array(Math.max(0, Math.min(to, size) - from));
			let start = 0;
			for (let i = 0; i < parts.length; start += parts[i++].bytes) {
				const { name, bytes } = parts[i];
				const a = Math.max(from - start, 0), b = Math.min(to - start, bytes);
				if (a >= b) continue;
				if (at !== i) {
					text = null;
					text = await this.text(folder, parts[i]);
					at = i;
				}
				const first = Math.floor(a / 4);
				const signs = text.slice(1 + 5 * first, b === bytes ? text.length : 1 + 5 * Math.ceil(b / 4));
				try {
					out.set(glassboxUnpack.from85("~" + signs).subarray(a - 4 * first, b - 4 * first), start + a - from);
				} catch {
					throw this.wrong("partChanged", name);
				}
				if (b === bytes) {
					at = -1;
					text = null;
				}
			}
			return out.buffer;
		};
		return { size, slice: (from, to) => ({ arrayBuffer: () => read(from, to) }) };
	},
};
