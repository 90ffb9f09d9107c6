// Shared by all shaders: what one frame knows, and the two ways of writing a colour.
// Colours are linear light until the last line of a fragment shader, which writes sRGB.
precision highp float;
precision highp int;
precision highp sampler2D;

layout(std140) uniform Frame {
	mat4 matrix;    // world to clip
	vec3 eye;       // in world space
	float ratio;    // device pixels per CSS pixel
	vec2 viewport;  // of the canvas, in device pixels
	float tint;     // share of the kind in the paper of a panel
	float clock;    // seconds of the flow
	vec3 paper;     // sRGB
	float most;     // cells along a pixel, beyond which averages of a panel are read
	vec3 ink;
	vec3 signal;
	vec3 zero;      // of the value scale, sRGB
};

vec3 srgb(vec3 light) {
	vec3 c = clamp(light, 0.0, 1.0);
	return mix(12.92 * c, 1.055 * pow(max(c, 1e-6), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}

vec3 linear(vec3 colour) {
	vec3 c = clamp(colour, 0.0, 1.0);
	return mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(0.04045, c));
}

// How much of a unit along an axis one device pixel covers at a depth w of 1; it grows with w. This
// leaves out that a turned axis shortens towards its far end, a few percent within a narrow view.
float unit(vec3 axis) {
	vec2 d = (matrix * vec4(axis, 0.0)).xy;
	return 1.0 / max(0.5 * length(viewport * d), 1e-4);
}
