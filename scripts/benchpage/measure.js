// Measures the page in which it is evaluated and the calibration scene, in turn, so that other
// load on the machine affects both.
"use strict";

globalThis.measuring = (instances) => {
	const ours = document.getElementById("gl");
	const rect = ours.getBoundingClientRect();
	const canvas = document.createElement("canvas");
	for (const [name, value] of Object.entries({ position: "fixed", left: rect.left + "px", top: rect.top + "px", width: rect.width + "px", height: rect.height + "px", zIndex: "99" })) {
		canvas.style[name] = value;
	}
	document.body.append(canvas);
	const scene = calibration(canvas, instances);
	const gl = ours.getContext("webgl2"), pixel = new Uint8Array(4);
	const finish = () => gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
	const next = () => new Promise(requestAnimationFrame);
	const show = (on) => { canvas.style.display = on ? "block" : "none"; };
	let turn = 0;

	const atRest = async () => {
		do await new Promise((r) => setTimeout(r, 150)); while (glassbox.stats().moving);
	};

	/** Milliseconds from the beginning of a frame that orbits until its pixels are ready. */
	const turned = () => new Promise((resolve) => {
		glassbox.orbit(Math.sin(turn += 0.1) * 8, Math.cos(turn) * 2); // asks for the frame, before this does
		requestAnimationFrame((begun) => { finish(); resolve(performance.now() - begun); });
	});
	const drawn = () => new Promise((resolve) => {
		requestAnimationFrame((begun) => {
			scene.draw(turn += 0.1);
			scene.finish();
			resolve(performance.now() - begun);
		});
	});

	/** The same of the last frame of a drag: from the first ones the page learns how fast this machine is. */
	const dragged = async (frame) => {
		let last;
		for (let k = 0; k < 4; k++) last = await frame();
		return last;
	};
	let cost;

	return {
		/** stats() of the last frame that was measured. */
		cost: () => cost,

		/** [ours, calibration], each the last frame of a drag. */
		async frames() {
			await atRest();
			await next();
			const a = await dragged(turned);
			cost = glassbox.stats();
			await atRest();
			show(true);
			await next();
			const b = await dragged(drawn);
			show(false);
			if (scene.complaint()) throw new Error("the calibration scene has a WebGL error");
			return [a, b];
		},

		/** [ours, calibration]: milliseconds between frames while all of the page is drawn. */
		async intervals(rounds, frames) {
			await atRest();
			const spell = async (draw) => {
				draw();
				let last = await next();
				const all = [];
				for (let k = 0; k < frames; k++) {
					draw();
					const now = await next();
					all.push(now - last);
					last = now;
				}
				return all.sort((a, b) => a - b)[frames >> 1];
			};
			const pairs = [];
			for (let k = 0; k < rounds; k++) {
				show(false);
				const a = await spell(() => glassbox.orbit(Math.sin(turn += 0.1) * 8, 0));
				show(true);
				pairs.push([a, await spell(() => scene.draw(turn += 0.1))]);
			}
			show(false);
			return pairs;
		},

		/** Milliseconds of so many runs of these texts in the engine, all of whose rows are new. */
		async runs(texts, rows, count) {
			const all = [];
			for (let k = 0; k < count; k++) {
				await glassbox.setPrompt(texts[k % texts.length]);
				all.push(glassbox.stats().forward);
				if (glassbox.stats().computedRows !== rows) throw new Error("not all rows were computed");
			}
			return all.slice(count >> 2); // the first ones run while the code is cold
		},

		/** Milliseconds of so many tokens after them, each of which computes one row. */
		async further(texts, count) {
			const all = [];
			for (let k = 0; k < count; k++) {
				if (k % 5 === 0) {
					await glassbox.reset();
					await glassbox.setPrompt(texts[(k / 5) % texts.length]);
				}
				await glassbox.step();
				all.push(glassbox.stats().forward);
				if (glassbox.stats().computedRows !== 1) throw new Error("more than one row was computed");
			}
			return all.slice(count >> 2);
		},

		/** Milliseconds from a changed text until its tokens and the next ones are there, and the browser goes on to the next frame. */
		async tokens(text) {
			await atRest();
			const field = document.getElementById("prompt"), list = document.getElementById("chips"), before = list.textContent;
			field.value = text;
			const begun = performance.now();
			field.dispatchEvent(new InputEvent("input", { bubbles: true }));
			while ((list.textContent === before || glassbox.state().busy) && performance.now() - begun < 10000) await next();
			await next();
			return performance.now() - begun;
		},

		/** Milliseconds from a changed text until the pixels of its numbers are ready. */
		async pixels(text) {
			await atRest();
			const field = document.getElementById("prompt"), before = glassbox.stats().keystroke;
			field.value = text;
			const begun = performance.now();
			field.dispatchEvent(new InputEvent("input", { bubbles: true }));
			while (glassbox.stats().keystroke === before && performance.now() - begun < 10000) await next();
			finish();
			return performance.now() - begun;
		},
	};
};
