"use strict";
// Starts the demo from the base64 text that wasm.js sets, as the single file does, and gives the test
// a few helpers. Flags come from the hash: #debug, #plain,
// #taken (no WebGL2), #warm, #again (frames are asked for, not drawn at once), #stop (no samples can be merged into
// the canvas).
globalThis.demo = {
	canvas: document.getElementById("canvas"),
	overlay: document.getElementById("overlay"),
	debug: location.hash.includes("debug"),
	plain: location.hash.includes("plain"),
	again: location.hash.includes("again"),
	state: "loading",
	ready() { demo.state = "ready"; },

	/** The colour that was drawn at a CSS pixel of the canvas or the overlay: [r, g, b, a]. */
	at(x, y) {
		const gl = demo.canvas.getContext("webgl2"), out = new Uint8Array(4);
		gl.readPixels(x, gl.drawingBufferHeight - 1 - y, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, out);
		return Array.from(out);
	},
	all() {
		const gl = demo.canvas.getContext("webgl2");
		const out = new Uint8Array(4 * gl.drawingBufferWidth * gl.drawingBufferHeight);
		gl.readPixels(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, gl.RGBA, gl.UNSIGNED_BYTE, out);
		return out;
	},
	/** The mean of a rectangle's pixels, in sRGB. */
	mean(x, y, width, height) {
		const sum = [0, 0, 0, 0], all = demo.all(), across = demo.canvas.width, down = demo.canvas.height;
		for (let j = down - y - height; j < down - y; j++) {
			for (let i = x; i < x + width; i++) sum.forEach((_, k) => { sum[k] += all[4 * (j * across + i) + k]; });
		}
		return sum.map((v) => v / (width * height));
	},
	over(x, y) {
		return Array.from(demo.overlay.getContext("2d").getImageData(x, y, 1, 1).data);
	},

	/** Loses the context and waits until it is back; the pixels must then be the same. */
	async lose(draw) {
		draw();
		const before = demo.all();
		const ext = demo.canvas.getContext("webgl2").getExtension("WEBGL_lose_context");
		const heard = (name) => new Promise((done) => demo.canvas.addEventListener(name, done, { once: true }));
		const lost = heard("webglcontextlost");
		ext.loseContext();
		await lost;
		if (!demo.stats().lost) return "the renderer does not know that the context is lost";
		draw(); // must be harmless
		const back = heard("webglcontextrestored");
		await new Promise((done) => setTimeout(done));
		ext.restoreContext();
		await back;
		if (demo.stats().lost) return "the renderer does not know that the context is back";
		const after = demo.all();
		if (before.every((v) => v === 0)) return "nothing was drawn";
		const differ = before.reduce((n, v, k) => n + (v !== after[k]), 0);
		return differ ? differ + " bytes differ" : "";
	},

	/** Median time of a frame in ms in which only the camera moves, waited for by readPixels. */
	time(frames, zoom) {
		const gl = demo.canvas.getContext("webgl2"), out = new Uint8Array(4), times = [], labels = [];
		for (let k = 0; k < frames; k++) {
			const start = performance.now();
			demo.turn(zoom, 0.05 * k);
			labels.push(performance.now() - start);
			gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, out);
			times.push(performance.now() - start);
		}
		const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
		return { frame: median(times), best: times[0], submit: median(labels) };
	},
};

if (location.hash.includes("stop")) {
	const { prototype } = WebGL2RenderingContext, blit = prototype.blitFramebuffer;
	let tries = 0;
	prototype.blitFramebuffer = function (...to) {
		if (tries++ < 2) [to[8], to[9]] = [this.DEPTH_BUFFER_BIT, this.LINEAR]; // an error
		blit.apply(this, to);
	};
}
if (location.hash.includes("warm")) glassboxGL.warm(demo.canvas);
if (location.hash.includes("taken")) demo.canvas.getContext("2d"); // then WebGL2 is refused

(async () => {
	const bytes = Uint8Array.from(atob(globalThis.wasmBase64), (c) => c.charCodeAt(0));
	const go = new Go();
	let instance;
	const gl = glassboxGL(() => instance.exports.mem.buffer);
	({ instance } = await WebAssembly.instantiate(bytes, { ...go.importObject, gl }));
	await go.run(instance);
	demo.state = "ended";
})();
