// Stands first in a page that "gpt serve" serves, and in no other. It takes the key out of the address before anything else reads
// that, and replaces the worker of boot.js by a socket to the program: what boot.js, or the page, gives to a worker goes to the program
// as messages of bytes, of which the first says what they are, as in frame.go.
"use strict";

globalThis.glassboxServed = (() => {
	const REQUEST = 1, FILE = 2, PIECE = 3; // to the program
	const REPLY = 1; // from it; all else is news
	const TOKEN = 4001, TAKEN = 4002; // why it closes a socket: see socket.go
	const stored = "glassbox.token";
	let token = null;

	// take takes the key out of the address, in whose place stands what stood there before, if there is no more in it. It reports
	// whether there was one. The key is kept for when the page is loaded again, in this tab alone.
	function take(before = "") {
		const found = /[#&]token=([\w-]*)/.exec(location.hash);
		if (!found) return false;
		const rest = location.hash.replace(found[0], "").replace(/^&/, "#");
		history.replaceState(history.state, "", location.pathname + location.search + (rest.length > 1 ? rest : before));
		token = found[1];
		try { sessionStorage.setItem(stored, token); } catch { /* it is kept in memory */ }
		return true;
	}
	if (!take()) {
		try { token = sessionStorage.getItem(stored); } catch { /* there is none */ }
	}
	const whole = (sentence) => Object.assign(new Error(sentence), { whole: true });
	const keyed = () => /[#&]token=/.test(location.hash);

	// The program was started again, and the reader opened its new address here: the page goes on where it is.
	addEventListener("popstate", (event) => { if (keyed()) event.stopImmediatePropagation(); }, true);
	addEventListener("hashchange", (event) => {
		if (!take(new URL(event.oldURL).hash)) return;
		event.stopImmediatePropagation();
		if (globalThis.glassboxBoot.onlost) globalThis.glassboxBoot.onlost();
	}, true);

	const frame = (kind, body, ...numbers) => {
		const bytes = new Uint8Array(1 + 8 * numbers.length + body.byteLength), view = new DataView(bytes.buffer);
		bytes[0] = kind;
		numbers.forEach((n, i) => view.setBigUint64(1 + 8 * i, BigInt(n), true));
		bytes.set(new Uint8Array(body.buffer || body, body.byteOffset || 0, body.byteLength), 1 + 8 * numbers.length);
		return bytes;
	};

	// A link is a socket to the program, with the face of a worker. It tries until there is one.
	class Link {
		constructor(boot, resolve, reject) {
			Object.assign(this, { boot, resolve, reject, tries: 0, greeted: false, ended: false, tail: Promise.resolve() });
			this.dial();
		}

		dial() {
			this.socket = new WebSocket(`ws://${location.host}/engine`, ["glassbox", token || "none"]);
			this.socket.binaryType = "arraybuffer";
			this.socket.onmessage = ({ data }) => { if (!this.ended) this.hear(new Uint8Array(data)); };
			this.socket.onclose = ({ code, reason }) => { if (!this.ended) this.closed(code, reason); };
		}

		hear(message) {
			const { boot } = this, body = message.subarray(1);
			if (message[0] === REPLY) {
				if (boot.onreply) boot.onreply(body);
				return;
			}
			if (!this.greeted) {
				this.greeted = true;
				boot.hello = body;
				boot.here = true;
				for (const [held] of boot.early.splice(0)) this.postMessage(held);
				this.resolve();
			}
			if (boot.onnews) boot.onnews(body);
		}

		// closed tells refusals, after which nothing is tried, from a way that broke.
		closed(code, reason) {
			const { boot } = this, refused = code === TOKEN ? boot.say("servedToken") : code === TAKEN ? boot.say("servedTaken") : "";
			boot.here = false;
			if (refused) {
				this.terminate();
				this.reject(whole(refused));
				if (boot.onrefused) boot.onrefused(refused);
			} else if (reason && code !== 1001) { // the program can't read what it got
				this.terminate();
				boot.died(reason);
			} else if (this.greeted) {
				this.terminate();
				if (boot.onlost) boot.onlost();
			} else if (!boot.ontry && this.tries > 4) {
				this.terminate();
				this.reject(whole(boot.say("servedGone")));
			} else {
				this.tries++;
				if (boot.ontry) boot.ontry(this.tries);
				this.timer = setTimeout(() => this.dial(), Math.min(4000, 250 * 2 ** this.tries));
			}
		}

		// postMessage sends {request, file} or {piece, at, of}, one behind the other: a file is unpacked first.
		postMessage({ request, file, piece, at, of }) {
			this.tail = this.tail.then(async () => {
				if (file !== undefined) this.send(frame(FILE, await glassboxUnpack.bytes(file)));
				this.send(piece ? frame(PIECE, piece, at, of) : frame(REQUEST, request));
			}).catch((err) => this.ended || this.boot.died(this.boot.reason(err)));
		}

		send(bytes) { if (!this.ended && this.socket.readyState === WebSocket.OPEN) this.socket.send(bytes); }

		terminate() {
			this.ended = true;
			clearTimeout(this.timer);
			this.socket.close();
		}
	}

	return {
		hello: null,     // what the program said of itself
		onnews: null,    // set by the page: called with the bytes of news
		onlost: null,    // set by the page: called when the way to the program broke
		ontry: null,     // set by the page: called with the number of a try to find it again
		onrefused: null, // set by the page: called with a sentence when the program wants no more of this page

		startWorker() {
			if (this.worker) this.worker.terminate();
			this.worker = this.dead = null;
			this.here = false;
			this.early = [];
			return new Promise((resolve, reject) => { this.worker = new Link(this, resolve, reject); });
		},

		async compiled() {
			const [module] = await Promise.all([this.compile(), this.startWorker()]);
			return module;
		},
	};
})();
