// Reads a file of a model from an address, in pieces, and keeps them in the browser's storage if there is room. A break is
// waited for, and the file goes on where it was, if the host says that it is still the same; what is kept counts as a whole file
// only once the engine has read it. Who calls has asked the reader, and policy.js has let the host be asked.
//
//   const file = glassboxRemote.file(address, (bytes) => …)  // hears how many of the bytes that are read have come
//   await file.open()                                          // asks the host; file.size and file.name are known then
//   file.slice(from, to).arrayBuffer()                         // as of a File, one behind the other
//   file.loaded() or file.refused()                            // what the engine said about it
//   file.stop()
//   await glassboxRemote.kept(), await glassboxRemote.forget(address)
//
// Errors have a kind: "unreachable", "status", "sizeless", "broken", "changed", "size", "stopped", and what is known besides.
"use strict";

globalThis.glassboxRemote = (() => {
	const PIECE = 4 << 20, TRIES = 5, STORE = "glassbox-weights-1";
	const host = (address) => {
		const { origin, host } = new URL(address, location.href);
		return origin === location.origin ? undefined : host; // that of the page has no name of its own
	};
	const wrong = (kind, more) => Object.assign(new Error(kind), { kind, ...more });
	const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

	// The storage: an entry for each piece, and one that says what they are. A page without one keeps nothing.
	const key = (address, what) => "https://weights.invalid/" + encodeURIComponent(address) + "/" + what;
	const store = () => caches.open(STORE);
	async function note(address) {
		try {
			const found = await (await store()).match(key(address, "note"));
			return found ? await found.json() : null;
		} catch {
			return null;
		}
	}
	async function forget(address) {
		try {
			const s = await store();
			for (const { url } of await s.keys()) {
				if (url.startsWith(key(address, ""))) await s.delete(url);
			}
		} catch { /* there is none */ }
	}
	async function kept() {
		try {
			const s = await store(), list = [];
			for (const { url } of await s.keys()) {
				if (url.endsWith("/note")) list.push(await (await s.match(url)).json());
			}
			return list;
		} catch {
			return [];
		}
	}

	class Remote {
		constructor(address, hear) {
			this.address = address;
			this.name = decodeURIComponent(new URL(address, location.href).pathname.split("/").pop()) || new URL(address, location.href).hostname;
			this.hear = hear;
			this.size = this.stored = 0; // bytes; pieces that the storage has, from the first on
			this.mark = "";              // by which the host tells this file from a later one
			this.early = new Map();      // pieces that were read before their turn
			this.keeps = this.whole = false;
			this.plain = false;          // the host takes no question for a range
			this.abort = new AbortController();
		}

		// open finds out how large the file is: from the storage if it is there, else from the host.
		async open() {
			const before = await note(this.address);
			if (before) await this.count(before);
			if (before && before.whole && this.stored * PIECE >= before.size) {
				Object.assign(this, { size: before.size, mark: before.mark, keeps: true, whole: true });
				return;
			}
			await this.connect(this.stored * PIECE);
			if (this.stored && (!this.mark || before.mark !== this.mark || before.size !== this.size)) {
				await forget(this.address);
				this.stored = 0;
				this.size = 0;
				await this.connect(0);
			}
			this.keeps = await this.room();
		}

		// count finds out how many pieces the storage has.
		async count({ size }) {
			try {
				const s = await store(), all = new Set((await s.keys()).map(({ url }) => url));
				for (let i = 0; i * PIECE < size && all.has(key(this.address, i)); i++) this.stored = i + 1;
			} catch { /* none */ }
		}

		// room reports whether the storage has room for what is still to come.
		async room() {
			try {
				const { quota, usage } = await navigator.storage.estimate();
				await store();
				return quota - usage > 1.1 * (this.size - this.stored * PIECE) + (16 << 20);
			} catch {
				return false;
			}
		}

		// ask sends the question for the file from byte at on. A host that takes no question for a range, as one may to other
		// pages, is asked for the whole.
		async ask(at, signal) {
			const options = { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", signal };
			if (!this.plain) {
				try {
					return await fetch(this.address, { ...options, headers: { Range: `bytes=${at}-` } });
				} catch (err) {
					if (signal.aborted || this.size) throw err;
				}
			}
			const response = await fetch(this.address, options);
			this.plain = true;
			return response;
		}

		// connect begins to read at a byte of the file.
		async connect(at, signal = this.abort.signal) {
			this.reader = null;
			this.rest = new Uint8Array(0);
			let response;
			try {
				response = await this.ask(at, signal);
			} catch (err) {
				if (signal.aborted) throw wrong("stopped");
				throw this.size ? err : wrong("unreachable", { host: host(this.address) });
			}
			const { status, headers } = response;
			if (status >= 500 && this.size) throw new Error("status " + status); // it may come again
			if (status !== 200 && status !== 206) throw wrong("status", { status, host: host(this.address) });
			const etag = headers.get("ETag") || "";
			const mark = (etag.startsWith("W/") ? "" : etag) || headers.get("Last-Modified") || "";
			const size = Number((headers.get("Content-Range") || "").split("/")[1]) || (status === 206 ? at : 0) + Number(headers.get("Content-Length"));
			if (!this.size && !Number.isSafeInteger(size) || !size) throw wrong("sizeless", { host: host(this.address) });
			if (this.size && (mark !== this.mark || size !== this.size || !mark && at)) {
				response.body.cancel();
				throw wrong(mark ? "changed" : "broken", { at, size: this.size });
			}
			this.size = size;
			this.mark = mark;
			this.reader = response.body.getReader();
			this.at = at;
			this.skip = status === 200 ? at : 0; // it sends the whole
		}

		// chunk returns the next bytes; null at the end.
		async chunk() {
			if (this.rest.length) {
				const rest = this.rest;
				this.rest = new Uint8Array(0);
				return rest;
			}
			for (;;) {
				let { done, value } = await this.reader.read();
				if (done) return null;
				const over = Math.min(this.skip, value.length);
				this.skip -= over;
				if (over < value.length) return value.subarray(over);
			}
		}

		// pull reads piece i from the host, and goes on after breaks.
		async pull(i) {
			const out = new Uint8Array(Math.min(PIECE, this.size - i * PIECE)), from = i * PIECE, { signal } = this.abort;
			for (let n = 0, tries = 0; n < out.length;) {
				try {
					if (!this.reader || this.at !== from + n) await this.connect(from + n, signal);
					const bytes = await this.chunk();
					if (signal.aborted) throw wrong("stopped");
					if (!bytes) throw new Error("ended");
					const take = Math.min(bytes.length, out.length - n);
					out.set(bytes.subarray(0, take), n);
					this.rest = bytes.subarray(take);
					n += take;
					this.at += take;
					tries = 0;
					this.hear?.(from + n);
				} catch (err) {
					if (signal.aborted) throw wrong("stopped");
					if (err.kind) throw err;
					this.reader = null;
					if (++tries > TRIES) throw wrong("broken", { at: from + n, size: this.size });
					await wait(Math.min(8000, 250 * 2 ** tries));
				}
			}
			if (from + out.length === this.size && this.rest.length) throw wrong("size", { size: this.size });
			return out;
		}

		// piece returns piece i, from the storage if it is there.
		async piece(i) {
			if (this.early.has(i)) return this.early.get(i);
			let bytes = null;
			if (i < this.stored) {
				try {
					const found = await (await store()).match(key(this.address, i));
					if (found) bytes = new Uint8Array(await found.arrayBuffer());
				} catch { /* it is gone */ }
				if (bytes && bytes.length !== Math.min(PIECE, this.size - i * PIECE)) bytes = null;
				if (!bytes && this.whole) throw wrong("broken", { at: i * PIECE, size: this.size, lost: true });
			}
			if (!bytes) {
				bytes = await this.pull(i);
				await this.keep(i, bytes);
			}
			this.early.set(i, bytes);
			return bytes;
		}

		// keep puts a piece into the storage. When that is full nothing of the file is kept.
		async keep(i, bytes) {
			if (!this.keeps || i !== this.stored) return;
			try {
				const s = await store();
				if (i === 0) await this.write(false);
				await s.put(key(this.address, i), new Response(bytes));
				this.stored++;
			} catch {
				this.keeps = false;
				this.stored = 0;
				await forget(this.address);
			}
		}

		async write(whole) {
			const { address, name, size, mark } = this;
			await (await store()).put(key(address, "note"), new Response(JSON.stringify({ address, name, size, mark, whole })));
		}

		// read returns the bytes from … to − 1. Whoever takes exactly a piece takes it for good.
		async read(from, to) {
			to = Math.min(to, this.size);
			const first = Math.floor(from / PIECE);
			if (from === first * PIECE && to === Math.min(from + PIECE, this.size) && this.started) {
				const bytes = await this.piece(first);
				this.early.delete(first);
				return bytes.buffer;
			}
			const out = new Uint8Array(to - from);
			for (let i = first; i * PIECE < to; i++) {
				const bytes = await this.piece(i), a = Math.max(from - i * PIECE, 0);
				out.set(bytes.subarray(a, to - i * PIECE), i * PIECE + a - from);
			}
			return out.buffer;
		}

		slice(from, to) { return { arrayBuffer: () => this.read(from, to) }; }

		// begin says that from now on the file is read for good, from its first byte on.
		begin() { this.started = true; }

		stop() {
			this.abort.abort();
			this.abort = new AbortController();
			this.reader = null;
			this.early.clear();
			this.started = false;
		}

		async loaded() {
			this.early.clear();
			this.whole = this.keeps && this.stored * PIECE >= this.size;
			if (this.whole) await this.write(true).catch(() => {});
		}

		async refused() {
			this.whole = this.keeps = false;
			this.stored = 0;
			this.early.clear();
			await forget(this.address);
		}
	}

	return { file: (address, hear) => new Remote(address, hear), kept, forget };
})();
