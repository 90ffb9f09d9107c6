// The JavaScript half of package glassbox/web/gl: what Go asks of WebGL2 and of a 2D canvas.
//
//   glassboxGL.warm(canvas);                                  // early, if you like: the GPU wakes up
//   const gl = glassboxGL(() => instance.exports.mem.buffer); // on the page
//   const gl = glassboxGL.stubs();                            // in the worker, which draws nothing
//   instance = await WebAssembly.instantiate(module, { ...go.importObject, gl });
//
// Go calls the imports with integers, and with a pointer and a length into its memory. A view of that
// memory is made at each use, since growing detaches the old ones. glassboxGL.open makes a stage out of
// two canvases that lie over each other; its number is the first argument of every import.
"use strict";

globalThis.glassboxGL = (() => {
	const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, Inter, "Noto Sans", sans-serif';
	const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';
	const SAMPLERS = ["values", "ramp"]; // their places here are their texture units
	const DEPTH_TEST = 1, DEPTH_WRITE = 2, BLEND = 4;
	const BOLD = 1, MONOSPACED = 2, DASHED = 4, TURNED = 8;
	const LABEL = 27; // float32 of a label, after a head of HEAD
	const HEAD = 6;

	const ATTRIBUTES = { alpha: false, antialias: false, // see beginFrame
		depth: true, stencil: false, preserveDrawingBuffer: false };

	const stages = [null];

	/** Whether a context is drawn by the CPU, judged by the renderer's name. */
	function isSoftware(gl) {
		let name = gl.getParameter(gl.RENDERER) ?? ""; // null while the context is lost
		if (name === "WebKit WebGL") { // some browsers give this name to every renderer
			const info = gl.getExtension("WEBGL_debug_renderer_info");
			if (info) name = gl.getParameter(info.UNMASKED_RENDERER_WEBGL);
		}
		return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(name);
	}

	/** A WebGL2 context whose every call is followed by getError. Slow: for finding mistakes. */
	function checked(gl) {
		return new Proxy(gl, {
			get(target, name) {
				if (name === "unchecked") return target;
				const value = target[name];
				if (typeof value !== "function") return value;
				return (...args) => {
					const result = value.apply(target, args);
					const error = target.getError();
					if (error && error !== target.CONTEXT_LOST_WEBGL) {
						throw new Error(`gl.${String(name)} gives error 0x${error.toString(16)}`);
					}
					return result;
				};
			},
		});
	}

	/** What belongs to one pair of canvases. The arrays are tables of handles; 0 is none. */
	class Stage {
		constructor(gl, overlay, brush = null) {
			this.gl = gl;       // null: pixels come by paint
			this.overlay = overlay; // the canvas of the labels
			this.smooth = true; // multisampling; see beginFrame
			this.brush = brush; // what paint draws with
			this.off = gl?.getExtension("WEBGL_lose_context"); // a lost context does not hand it out
			this.texts = new Map(); // number → { text, widths: font → CSS pixels }
			this.ratio = 1;
			this.share = 1;
			this.reset();
		}

		/** Whether the CPU draws. Asked once programs are linked: then the GPU process answers at once. */
		get soft() { return this.isSoft ??= !!this.gl && isSoftware(this.gl); }

		/** What draws the labels. Where the CPU draws, their canvas stays in main memory, where it draws text faster. */
		get pen() { return this.labelPen ??= this.overlay.getContext("2d", { willReadFrequently: this.soft }); }

		/** Forgets all objects of the context: at the start, and after it was lost. */
		reset() {
			this.programs = [null];
			this.arrays = [null];
			this.textures = []; // by unit
			this.block = null;
			this.samples = null; // see newSamples
			this.coarse = null;  // see newCoarse
			this.drawn = null;   // those of this frame; null: it is drawn on the canvas itself
			this.sync = null;   // the end of the last frame
			this.state = DEPTH_WRITE; // as WebGL begins
		}
	}

	/**
	 * Makes a stage of two canvases and returns its number, or a sentence that says why there is none.
	 * options: debug (check each call), antialias (default true).
	 */
	function open(canvas, overlay, options = {}) {
		const gl = canvas.getContext("webgl2", ATTRIBUTES);
		if (!gl) return "This browser offers no WebGL2, so there is no 3D picture.";
		if (!ruler()) return "This browser offers no 2D canvas for the labels.";
		const stage = new Stage(options.debug ? checked(gl) : gl, overlay);
		stage.smooth = options.antialias !== false;
		stages.push(stage);
		return stages.length - 1;
	}

	/** Makes a stage that is painted pixel by pixel, where there is no WebGL2; returns as open does. */
	function openFlat(canvas, overlay) {
		const brush = canvas.getContext("2d", { alpha: false });
		if (!brush || !ruler()) return "This browser offers no 2D canvas.";
		stages.push(new Stage(null, overlay, brush));
		return stages.length - 1;
	}

	let measuring = null;

	/** A 2D context that only measures texts: it has no pixels that anyone sees. */
	function ruler() { return measuring ??= document.createElement("canvas").getContext("2d"); }

	const warmed = new Map(); // both texts of a program → what link returned for them in warm

	/**
	 * Makes the context and its programs ahead of open, while the program in WebAssembly is still
	 * being compiled: shaders are pairs of texts, as package gl gives them.
	 */
	function warm(canvas, shaders = []) {
		const ratio = Math.min(devicePixelRatio, 3);
		canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio)); // before there is a context that would make its buffers anew
		canvas.height = Math.max(1, Math.round(canvas.clientHeight * ratio));
		const gl = canvas.getContext("webgl2", ATTRIBUTES);
		if (!gl) return;
		canvas.addEventListener("webglcontextlost", (event) => {
			event.preventDefault(); // without it the context never comes back; Go may not listen yet
			warmed.clear();
		});
		const paper = getComputedStyle(canvas.parentElement).backgroundColor.match(/\d+/g) ?? [0, 0, 0];
		gl.clearColor(paper[0] / 255, paper[1] / 255, paper[2] / 255, 1);
		gl.clear(gl.COLOR_BUFFER_BIT); // an opaque canvas that nobody has drawn is black
		gl.getExtension("KHR_parallel_shader_compile");
		for (const [vertex, fragment] of shaders) warmed.set(vertex + fragment, link(gl, vertex, fragment));
	}

	/** Returns what warm has linked, the first time; after that, as in a restored context, it links anew. */
	function linkOnce(gl, vertex, fragment) {
		const made = warmed.get(vertex + fragment);
		warmed.delete(vertex + fragment);
		return made ?? link(gl, vertex, fragment);
	}

	function close(id) {
		const stage = stages[id];
		stages[id] = null;
		stage?.gl?.getExtension("WEBGL_lose_context")?.loseContext();
	}

	/** Gives the context back, and reports whether that could be done. The browser reports it as a loss. */
	function release(id) {
		const { off } = stages[id];
		off?.loseContext();
		return !!off;
	}

	/** Asks for the context again, once the browser has dispatched the event of the loss. */
	function reclaim(id) { setTimeout(() => stages[id]?.off.restoreContext(), 0); }

	function compile(gl, type, source) {
		const shader = gl.createShader(type);
		gl.shaderSource(shader, source);
		gl.compileShader(shader);
		return shader;
	}

	/** Starts to compile and link. Nothing is asked of the result yet, so that programs compile side by side. */
	function link(gl, vertex, fragment) {
		if (gl.isContextLost()) return { program: null, shaders: [] };
		const program = gl.createProgram();
		const shaders = [compile(gl, gl.VERTEX_SHADER, vertex), compile(gl, gl.FRAGMENT_SHADER, fragment)];
		for (const shader of shaders) gl.attachShader(program, shader);
		gl.linkProgram(program);
		return { program, shaders };
	}

	/** Says what is wrong with a program, after a first line that names the part; "" if nothing is. */
	function complaint(gl, { program, shaders }) {
		if (gl.isContextLost() || gl.getProgramParameter(program, gl.LINK_STATUS)) return "";
		for (const [k, part] of ["vertex", "fragment"].entries()) {
			if (!gl.getShaderParameter(shaders[k], gl.COMPILE_STATUS)) return part + "\n" + gl.getShaderInfoLog(shaders[k]);
		}
		return "link\n" + gl.getProgramInfoLog(program);
	}

	function ready(gl, { program, shaders }) {
		for (const shader of shaders) gl.deleteShader(shader);
		gl.useProgram(program); // its samplers and its one uniform block have binding 0 as it is linked
		for (const [unit, name] of SAMPLERS.entries()) {
			if (unit) gl.uniform1i(gl.getUniformLocation(program, name), unit);
		}
	}

	/** A buffer of instances: each has float32 attributes of these sizes, at locations 0, 1, … */
	function instances(gl, sizes) {
		const made = { vao: gl.createVertexArray(), buffer: gl.createBuffer(), sizes, first: 0 };
		gl.bindVertexArray(made.vao);
		for (const location of sizes.keys()) {
			gl.enableVertexAttribArray(location);
			gl.vertexAttribDivisor(location, 1);
		}
		setFirst(gl, made, 0);
		return made;
	}

	/** Sets the instance that is drawn first. */
	function setFirst(gl, array, first) {
		const stride = 4 * array.sizes.reduce((sum, size) => sum + size, 0);
		let offset = first * stride;
		gl.bindBuffer(gl.ARRAY_BUFFER, array.buffer);
		for (const [location, size] of array.sizes.entries()) {
			gl.vertexAttribPointer(location, size, gl.FLOAT, false, stride, offset);
			offset += 4 * size;
		}
		array.first = first;
	}

	/** A float texture of 1 or 4 channels on a unit, read texel by texel. */
	function texture(gl, unit, channels, width, height) {
		const made = gl.createTexture();
		gl.activeTexture(gl.TEXTURE0 + unit);
		gl.bindTexture(gl.TEXTURE_2D, made);
		for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
		for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
		gl.texStorage2D(gl.TEXTURE_2D, 1, channels === 1 ? gl.R32F : gl.RGBA32F, width, height);
		return { made, format: channels === 1 ? gl.RED : gl.RGBA, channels };
	}

	const SAMPLES = 4; // for a pixel; WebGL2 promises as many

	/** A framebuffer of that size: a renderbuffer for colours and one for depth, of so many samples. */
	function framebuffer(gl, width, height, count, format) {
		const frame = gl.createFramebuffer(), parts = [];
		gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
		for (const [attachment, is] of [[gl.COLOR_ATTACHMENT0, format], [gl.DEPTH_ATTACHMENT, gl.DEPTH_COMPONENT24]]) {
			const part = gl.createRenderbuffer();
			gl.bindRenderbuffer(gl.RENDERBUFFER, part);
			gl.renderbufferStorageMultisample(gl.RENDERBUFFER, count, is, width, height);
			gl.framebufferRenderbuffer(gl.FRAMEBUFFER, attachment, gl.RENDERBUFFER, part);
			parts.push(part);
		}
		return { frame, parts };
	}

	function drop(gl, { frame, parts }) {
		for (const part of parts) gl.deleteRenderbuffer(part);
		gl.deleteFramebuffer(frame);
	}

	/** Copies all pixels of a framebuffer to another, stretched to a size; null is the canvas. */
	function copy(gl, from, to, { width, height }, wide = width, high = height) {
		gl.bindFramebuffer(gl.READ_FRAMEBUFFER, from);
		gl.bindFramebuffer(gl.DRAW_FRAMEBUFFER, to);
		gl.blitFramebuffer(0, 0, width, height, 0, 0, wide, high, gl.COLOR_BUFFER_BIT, wide === width && high === height ? gl.NEAREST : gl.LINEAR);
		gl.bindFramebuffer(gl.FRAMEBUFFER, null);
	}

	/**
	 * Makes the framebuffers for a frame of that size: a multisampled one, and the path of its pixels to the canvas.
	 * Samples can be resolved only into the same format. That of the canvas is not known, so both are tried; if neither
	 * fits, another framebuffer stands between.
	 */
	function newSamples(gl, width, height) {
		const size = { width, height };
		for (const format of [gl.RGB8, gl.RGBA8]) {
			const made = framebuffer(gl, width, height, SAMPLES, format);
			while (gl.getError()); // earlier errors
			copy(gl, made.frame, null, size);
			if (!gl.getError()) return { ...size, all: [made], path: [made.frame, null] };
			drop(gl, made);
		}
		const all = [framebuffer(gl, width, height, SAMPLES, gl.RGBA8), framebuffer(gl, width, height, 0, gl.RGBA8)];
		return { ...size, all, path: [all[0].frame, all[1].frame, null] };
	}

	/** Makes the framebuffers for a coarse frame of that size; its pixels are stretched over the canvas. */
	function newCoarse(gl, width, height, smooth) {
		const all = [framebuffer(gl, width, height, 0, gl.RGBA8)];
		if (smooth) all.unshift(framebuffer(gl, width, height, SAMPLES, gl.RGBA8));
		return { width, height, all, path: [...all.map((one) => one.frame), null] };
	}

	/** Returns framebuffers of that size: those that were made last, if they fit, or new ones. */
	function fitting(gl, made, width, height, make) {
		if (made?.width === width && made.height === height) return made;
		for (const one of made?.all ?? []) drop(gl, one);
		return make(width, height);
	}

	/**
	 * Begins a frame, multisampled so that edges are smooth. The canvas could be multisampled itself, but then in all
	 * frames: where the CPU draws, that costs a sixth of the time of a frame in motion, which is drawn without. A coarse
	 * frame has framebuffers of its own too, since a canvas of another size waits a tenth of a second for the GPU process.
	 */
	function beginFrame(stage) {
		const { gl, share } = stage, width = gl.drawingBufferWidth, height = gl.drawingBufferHeight;
		stage.drawn = null;
		if (gl.isContextLost()) return;
		if (share < 1) {
			stage.coarse = fitting(gl, stage.coarse, Math.max(1, Math.round(width * share)), Math.max(1, Math.round(height * share)),
				(w, h) => newCoarse(gl, w, h, stage.smooth && !stage.soft));
			stage.drawn = stage.coarse;
		} else if (stage.smooth) {
			stage.samples = fitting(gl, stage.samples, width, height, (w, h) => newSamples(gl.unchecked ?? gl, w, h));
			stage.drawn = stage.samples;
		}
		if (stage.drawn) gl.bindFramebuffer(gl.FRAMEBUFFER, stage.drawn.path[0]);
	}

	/** Ends a frame: copies its pixels to the canvas. */
	function endFrame({ gl, drawn }) {
		for (let k = 1; k < drawn?.path.length; k++) {
			const size = drawn.path[k] ? [drawn.width, drawn.height] : [gl.drawingBufferWidth, gl.drawingBufferHeight];
			copy(gl, drawn.path[k - 1], drawn.path[k], drawn, ...size);
		}
	}

	function setState(stage, wanted) {
		const { gl, state } = stage, changed = state ^ wanted;
		const toggle = (bit, name) => {
			if (changed & bit) (wanted & bit ? gl.enable : gl.disable).call(gl, name);
		};
		toggle(DEPTH_TEST, gl.DEPTH_TEST);
		toggle(BLEND, gl.BLEND);
		if (changed & DEPTH_WRITE) gl.depthMask(!!(wanted & DEPTH_WRITE));
		if (changed & BLEND) gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
		stage.state = wanted;
	}

	function colour(f, at, alpha = 1) {
		const c = (k) => (255 * f[at + k]).toFixed(1);
		return `rgba(${c(0)},${c(1)},${c(2)},${(f[at + 3] * alpha).toFixed(3)})`;
	}

	function fontOf(size, flags) {
		return `${flags & BOLD ? 600 : 400} ${size}px ${flags & MONOSPACED ? MONO : SANS}`;
	}

	function measured(text, font) {
		ruler().font = font;
		return ruler().measureText(text).width;
	}

	/** A text of a label: how wide it is in which font, and which way it runs, on a page that runs from right to left. */
	function entryOf(text) {
		return { text, widths: new Map(), direction: document.documentElement.dir === "rtl" && /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text) ? "rtl" : "ltr" };
	}

	function width(entry, font) {
		let wide = entry.widths.get(font);
		if (wide === undefined) {
			wide = measured(entry.text, font);
			entry.widths.set(font, wide);
		}
		return wide;
	}

	/** Draws the rounded box of a tag around the text; y is the baseline. */
	function tag(pen, f, at, left, wide, y, size, dashed) {
		const pad = f[at + 19], high = f[at + 20] || 16, radius = f[at + 21] || 4;
		const top = y - 0.36 * size - high / 2; // the middle of the capitals is the middle of the tag
		pen.beginPath();
		pen.roundRect(left - pad, top, wide + 2 * pad, high, radius);
		if (f[at + 14] > 0) {
			pen.fillStyle = colour(f, at + 11);
			pen.fill();
		}
		if (f[at + 18] > 0) {
			pen.lineWidth = 1.5;
			pen.setLineDash(dashed ? [3, 3] : []);
			pen.strokeStyle = colour(f, at + 15);
			pen.stroke();
			pen.setLineDash([]);
		}
	}

	/** Draws the label whose numbers begin at f[at], in the order that labelFloats in label.go gives. */
	function label(stage, f, at) {
		const { pen } = stage;
		const text = stage.texts.get(f[at]), shape = stage.texts.get(f[at + 1]);
		const align = f[at + 4], size = f[at + 5], flags = f[at + 6];
		let x = f[at + 2], y = f[at + 3];
		if (flags & TURNED) {
			pen.save();
			pen.translate(x, y);
			pen.rotate(-Math.PI / 4);
			x = y = 0;
		}
		const font = fontOf(size, flags), shapeFont = fontOf(size - 1, MONOSPACED);
		const square = f[at + 26] > 0 ? Math.round(size / 2) : 0;
		const before = square ? square + 5 : 0;

		const wide = text ? width(text, font) : 0;
		const after = shape ? 6 + width(shape, shapeFont) : 0;
		const filled = f[at + 14] > 0, tagged = filled || f[at + 18] > 0;
		const content = before + wide + after;
		const whole = tagged ? Math.max(content, f[at + 22] - 2 * f[at + 19]) : content;
		const start = x - (whole * (1 + align)) / 2;
		if (tagged) tag(pen, f, at, start, whole, y, size, flags & DASHED);
		const left = start + (whole - content) / 2;

		const write = (entry, font, x, ink) => {
			pen.font = font;
			pen.direction = entry.direction;
			if (!filled) pen.strokeText(entry.text, x, y);
			pen.fillStyle = ink;
			pen.fillText(entry.text, x, y);
		};
		const inkAlpha = f[at + 10];
		pen.strokeStyle = colour([f[0], f[1], f[2], 0.92 * inkAlpha], 0); // the halo: paper
		pen.lineWidth = 4;
		if (square) {
			const top = y - 0.36 * size - square / 2;
			if (!filled) pen.strokeRect(left, top, square, square);
			pen.fillStyle = colour(f, at + 23, inkAlpha);
			pen.fillRect(left, top, square, square);
		}
		if (shape) write(shape, shapeFont, left + before + wide + 6, colour([f[3], f[4], f[5], inkAlpha], 0));
		if (text) write(text, font, left + before, colour(f, at + 7));
		if (flags & TURNED) pen.restore();
	}

	/** The imports of module "gl". memory returns the buffer of Go's memory, as it is now. */
	function imports(memory) {
		const floats = (ptr, length) => new Float32Array(memory(), ptr, length);
		// Some browsers refuse to decode from memory that can grow or is shared; a copy always works.
		const string = (ptr, length) => new TextDecoder().decode(new Uint8Array(memory(), ptr, length).slice());

		return {
			program(id, vertex, vertexLength, fragment, fragmentLength) {
				const { gl, programs } = stages[id];
				return programs.push(linkOnce(gl, string(vertex, vertexLength), string(fragment, fragmentLength))) - 1;
			},

			linked(id) {
				const { gl, programs } = stages[id];
				const ext = gl.getExtension("KHR_parallel_shader_compile");
				if (!ext || gl.isContextLost()) return 1;
				return Number(programs.every((p) => !p || gl.getProgramParameter(p.program, ext.COMPLETION_STATUS_KHR)));
			},

			// Returns the length of the complaint in bytes, 0 if the program is fine; writes at most capacity.
			check(id, program, ptr, capacity) {
				const { gl, programs } = stages[id];
				const bytes = new TextEncoder().encode(complaint(gl, programs[program])).subarray(0, capacity);
				new Uint8Array(memory(), ptr, capacity).set(bytes);
				if (!bytes.length && !gl.isContextLost()) ready(gl, programs[program]);
				return bytes.length;
			},

			array(id, ptr, length) {
				const { gl, arrays } = stages[id];
				const sizes = Array.from(new Int32Array(memory(), ptr, length));
				return arrays.push(instances(gl, sizes)) - 1;
			},

			upload(id, array, ptr, length) {
				const { gl, arrays } = stages[id];
				gl.bindBuffer(gl.ARRAY_BUFFER, arrays[array].buffer);
				gl.bufferData(gl.ARRAY_BUFFER, floats(ptr, length), gl.DYNAMIC_DRAW);
			},

			// Makes, or makes anew, the texture of a unit.
			texture(id, unit, channels, width, height) {
				const { gl, textures } = stages[id];
				gl.deleteTexture(textures[unit]?.made ?? null);
				textures[unit] = texture(gl, unit, channels, width, height);
			},

			texels(id, unit, y, width, height, ptr) {
				const { gl, textures } = stages[id];
				const { format, channels } = textures[unit];
				gl.activeTexture(gl.TEXTURE0 + unit);
				gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, y, width, height, format, gl.FLOAT, floats(ptr, width * height * channels));
			},

			maxTexture(id) {
				const { gl } = stages[id];
				return gl.getParameter(gl.MAX_TEXTURE_SIZE) || 0; // null while the context is lost
			},

			block(id, ptr, length) {
				const stage = stages[id], { gl } = stage;
				if (!stage.block) {
					stage.block = gl.createBuffer();
					gl.bindBufferBase(gl.UNIFORM_BUFFER, 0, stage.block);
				}
				gl.bufferData(gl.UNIFORM_BUFFER, floats(ptr, length), gl.DYNAMIC_DRAW);
			},

			// share is the part of the screen's resolution that the scene has; labels have all of it.
			resize(id, width, height, ratio, share) {
				const stage = stages[id];
				stage.ratio = ratio;
				stage.share = share;
				for (const canvas of [stage.gl?.canvas, stage.overlay]) {
					const w = Math.max(1, Math.round(width * ratio)), h = Math.max(1, Math.round(height * ratio));
					if (!canvas || canvas.width === w && canvas.height === h) continue; // setting even the same size empties it
					canvas.width = w;
					canvas.height = h;
				}
			},

			clear(id, red, green, blue) {
				const stage = stages[id], { gl } = stage;
				beginFrame(stage);
				setState(stage, DEPTH_WRITE);
				gl.viewport(0, 0, stage.drawn?.width ?? gl.drawingBufferWidth, stage.drawn?.height ?? gl.drawingBufferHeight);
				gl.clearColor(red, green, blue, 1);
				gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
			},

			// vertices < 0: a strip of that many; otherwise triangles.
			draw(id, program, array, state, vertices, first, count) {
				const stage = stages[id], { gl, programs, arrays } = stage;
				setState(stage, state);
				gl.useProgram(programs[program].program);
				gl.bindVertexArray(arrays[array].vao);
				if (arrays[array].first !== first) setFirst(gl, arrays[array], first);
				gl.drawArraysInstanced(vertices < 0 ? gl.TRIANGLE_STRIP : gl.TRIANGLES, 0, Math.abs(vertices), count);
			},

			// Ends a frame. busy is 1 while the GPU has not finished it.
			fence(id) {
				const stage = stages[id], { gl } = stage;
				endFrame(stage);
				gl.deleteSync(stage.sync);
				stage.sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
			},

			busy(id) {
				const { gl, sync } = stages[id];
				return Number(!!sync && !gl.isContextLost() && gl.getSyncParameter(sync, gl.SYNC_STATUS) === gl.UNSIGNALED);
			},

			// Shows pixels, r g b a, on a stage of openFlat.
			paint(id, ptr, width, height) {
				const { canvas } = stages[id].brush;
				if (canvas.width !== width || canvas.height !== height) {
					canvas.width = width;
					canvas.height = height;
				}
				const pixels = new Uint8ClampedArray(memory(), ptr, 4 * width * height);
				stages[id].brush.putImageData(new ImageData(pixels, width, height), 0, 0);
			},

			// Gives a text a number; number 0 forgets all texts.
			text(id, number, ptr, length) {
				const { texts } = stages[id];
				if (number === 0) texts.clear();
				else texts.set(number, entryOf(string(ptr, length)));
			},

			labels(id, ptr, count) {
				const stage = stages[id], { pen, ratio } = stage;
				const f = floats(ptr, HEAD + LABEL * count);
				pen.setTransform(1, 0, 0, 1, 0, 0);
				pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
				pen.setTransform(ratio, 0, 0, ratio, 0, 0);
				pen.textBaseline = "alphabetic";
				pen.textAlign = "left";
				pen.lineJoin = "round";
				for (let k = 0; k < count; k++) label(stage, f, HEAD + LABEL * k);
			},

			measure(id, ptr, length, size, flags) {
				return measured(string(ptr, length), fontOf(size, flags));
			},

			reset(id) {
				stages[id].reset();
			},
		};
	}

	/** Imports that do nothing, for an instance that draws nothing. */
	function stubs() {
		return Object.fromEntries(Object.keys(imports()).map((name) => [name, () => 0]));
	}

	return Object.assign(imports, { warm, open, openFlat, close, release, reclaim, stubs });
})();
