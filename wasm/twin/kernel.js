// Gives the program the kernels that are written by hand (kernel.wat), on the page and in its worker.
//
//   const kernel = glassboxKernel(module);                          // of the compiled program
//   go.importObject.kernel = kernel.imports;
//   const instance = await WebAssembly.instantiate(module, go.importObject);
//   await kernel.attach(bytes, instance.exports.mem);               // or a promise of the bytes; or not at all
"use strict";

globalThis.glassboxKernel = (program) => {
	// The kernels work on the program's memory, which is there only when the program is instantiated, and then its imports
	// must be there already: so they are steps on the way to what is attached later.
	let there = 0;
	const imports = { ready: () => there }, steps = new Map();
	for (const { module, name } of WebAssembly.Module.imports(program)) {
		if (module !== "kernel" || name === "ready") continue;
		let kernel = null;
		imports[name] = (a, b, c, d, e, f, g, h, i) => kernel(a, b, c, d, e, f, g, h, i);
		steps.set(name, (found) => { kernel = found; });
	}

	// attach makes the kernels work on the memory, and returns whether they do: if not the program computes by itself.
	async function attach(bytes, memory) {
		try {
			const { instance } = await WebAssembly.instantiate(await bytes, { env: { memory } });
			for (const [name, set] of steps) set(instance.exports[name]);
			there = 1;
			return true;
		} catch (err) {
			console.warn("the kernels written by hand can't be used: " + err);
			return false;
		}
	}

	return { imports, attach };
};
