// The scene that frame times are compared with: 219 draws of single cubes, each with a
// matrix and a colour of its own, and one instanced draw of 7,976 cubes. That is about
// what the best-known visualizer of this kind draws per frame.
"use strict";

globalThis.calibration = (canvas, INSTANCED = 7976) => {
	const SINGLE = 219, high = 3 * Math.min(1, 7976 / INSTANCED);
	const gl = canvas.getContext("webgl2", { alpha: false, antialias: true, depth: true });
	canvas.width = canvas.clientWidth * devicePixelRatio;
	canvas.height = canvas.clientHeight * devicePixelRatio;

	// A cell grid on lit faces, in the fragment shader.
	const vertex = (place) => `#version 300 es
	layout(location = 0) in vec3 corner; layout(location = 1) in vec3 normal; ${place.inputs}
	uniform mat4 view; ${place.uniforms}
	out vec3 at; out vec3 side; flat out vec4 tint;
	void main() {
		${place.code}
		side = normal; gl_Position = view * vec4(world, 1.0);
	}`;
	const fragment = `#version 300 es
	precision highp float;
	in vec3 at; in vec3 side; flat in vec4 tint; out vec4 pixel;
	void main() {
		vec3 cell = abs(fract(at) - 0.5), wide = fwidth(at);
		vec3 line = smoothstep(0.5 - wide, vec3(0.5), cell) * (1.0 - abs(side));
		float light = 0.55 + 0.45 * max(dot(side, normalize(vec3(0.4, 0.8, 0.5))), 0.0);
		pixel = vec4(mix(tint.rgb * light, vec3(0.15), 0.6 * max(line.x, max(line.y, line.z))), 1.0);
	}`;
	const program = (place) => {
		const made = gl.createProgram();
		for (const [type, source] of [[gl.VERTEX_SHADER, vertex(place)], [gl.FRAGMENT_SHADER, fragment]]) {
			const shader = gl.createShader(type);
			gl.shaderSource(shader, source);
			gl.compileShader(shader);
			gl.attachShader(made, shader);
		}
		gl.linkProgram(made);
		if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
		return made;
	};
	const one = program({ inputs: "", uniforms: "uniform vec3 place, size; uniform vec4 colour;",
		code: "vec3 world = place + corner * size; at = corner * size; tint = colour;" });
	const many = program({ inputs: "layout(location = 2) in vec4 place; layout(location = 3) in vec4 colour;", uniforms: "",
		code: "vec3 world = place.xyz + corner * place.w; at = corner * 4.0; tint = colour;" });
	const of = (p, name) => gl.getUniformLocation(p, name);
	const uniforms = { view: of(one, "view"), place: of(one, "place"), size: of(one, "size"), colour: of(one, "colour"), all: of(many, "view") };

	const cube = []; // 36 corners with their normals
	for (const axis of [0, 1, 2]) for (const sign of [-1, 1]) {
		for (const [u, v] of [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]]) {
			const p = [0, 0, 0], n = [0, 0, 0];
			p[axis] = n[axis] = sign;
			p[(axis + 1) % 3] = u;
			p[(axis + 2) % 3] = v;
			cube.push(...p.map((x) => x / 2), ...n);
		}
	}
	const corners = gl.createBuffer(), places = gl.createBuffer();
	gl.bindBuffer(gl.ARRAY_BUFFER, corners);
	gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(cube), gl.STATIC_DRAW);
	const shape = () => {
		const vao = gl.createVertexArray();
		gl.bindVertexArray(vao);
		gl.bindBuffer(gl.ARRAY_BUFFER, corners);
		for (const k of [0, 1]) {
			gl.enableVertexAttribArray(k);
			gl.vertexAttribPointer(k, 3, gl.FLOAT, false, 24, 12 * k);
		}
		return vao;
	};
	const single = shape(), instanced = shape();
	const data = [];
	for (let k = 0; k < INSTANCED; k++) { // two towers behind the model
		const side = k % 2 ? 1 : -1, row = Math.floor(k / 2);
		data.push(side * (60 + row % 12), 60 - Math.floor(row / 96) * high, -30 - Math.floor(row / 12) % 8, 0.9, 0.3 + 0.5 * (k % 3 === 0), 0.5, 0.3 + 0.5 * (k % 3 === 1), 1);
	}
	gl.bindBuffer(gl.ARRAY_BUFFER, places);
	gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(data), gl.STATIC_DRAW);
	for (const k of [0, 1]) {
		gl.enableVertexAttribArray(2 + k);
		gl.vertexAttribPointer(2 + k, 4, gl.FLOAT, false, 32, 16 * k);
		gl.vertexAttribDivisor(2 + k, 1);
	}

	// Rotation about y, then perspective; column by column.
	function view(turn) {
		const c = Math.cos(turn), s = Math.sin(turn), f = 1.8, aspect = canvas.width / canvas.height, near = 1, far = 1000, back = 190;
		const a = (far + near) / (near - far), b = 2 * far * near / (near - far);
		return [f / aspect * c, 0, -a * s, s, 0, f, 0, 0, f / aspect * s, 0, a * c, -c, 0, 0, -a * back + b, back];
	}

	const pixel = new Uint8Array(4);
	return {
		calls: SINGLE + 1,
		draw(turn) {
			const matrix = view(Math.sin(turn) * 0.6);
			gl.viewport(0, 0, canvas.width, canvas.height);
			gl.clearColor(1, 1, 1, 1);
			gl.enable(gl.DEPTH_TEST);
			gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
			gl.useProgram(one);
			gl.uniformMatrix4fv(uniforms.view, false, matrix);
			gl.bindVertexArray(single);
			for (let k = 0; k < SINGLE; k++) {
				gl.uniform3f(uniforms.place, (k % 7 - 3) * 14, 70 - Math.floor(k / 7) * 4.6, (k % 3) * -5);
				gl.uniform3f(uniforms.size, k % 5 === 0 ? 12 : 6, 4, k % 4 === 0 ? 4 : 1);
				gl.uniform4f(uniforms.colour, 0.4 + 0.4 * (k % 2), 0.6, 0.9 - 0.4 * (k % 3 === 0), 1);
				gl.drawArrays(gl.TRIANGLES, 0, 36);
			}
			gl.useProgram(many);
			gl.uniformMatrix4fv(uniforms.all, false, matrix);
			gl.bindVertexArray(instanced);
			gl.drawArraysInstanced(gl.TRIANGLES, 0, 36, INSTANCED);
		},
		// Returns when the pixels are there.
		finish() {
			gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
		},
		complaint() { return gl.getError(); },
	};
};
