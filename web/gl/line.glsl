// A line between two points in space, of constant width on the screen, with round ends.
VARYING vec2 at; // device pixels from the first end: along the line, across it
flat VARYING vec4 colour; // sRGB and alpha
flat VARYING vec3 shape; // length, half width, length of a dash, in device pixels

#ifdef VERTEX
layout(location = 0) in vec3 from;
layout(location = 1) in vec3 to;
layout(location = 2) in float width;
layout(location = 3) in vec4 stroke;
layout(location = 4) in float dash;

void main() {
	vec4 a = matrix * vec4(from, 1.0);
	vec4 b = matrix * vec4(to, 1.0);
	// What lies behind the eye must be cut off before the division by w.
	float nearA = a.z + a.w, nearB = b.z + b.w;
	if (max(nearA, nearB) <= 0.0) {
		gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
		return;
	}
	if (nearA < 0.0) a = mix(a, b, nearA / (nearA - nearB));
	if (nearB < 0.0) b = mix(b, a, nearB / (nearB - nearA));
	vec3 p = a.xyz / max(a.w, 1e-6), q = b.xyz / max(b.w, 1e-6);

	vec2 span = 0.5 * viewport * (q.xy - p.xy);
	float far = length(span);
	vec2 along = far > 1e-3 ? span / far : vec2(1.0, 0.0);
	float half_ = 0.5 * max(width * ratio, 1.0);
	float reach = half_ + 1.0;
	bool second = (gl_VertexID & 1) == 1;
	at.x = second ? far + reach : -reach;
	at.y = (gl_VertexID >> 1) == 1 ? reach : -reach;
	vec2 place = at.x * along + at.y * vec2(-along.y, along.x);

	// A line thinner than a pixel is a pale line of one pixel.
	colour = vec4(srgb(stroke.rgb), stroke.a * min(width * ratio, 1.0));
	shape = vec3(far, half_, dash * ratio);
	gl_Position = vec4(p.xy + 2.0 * place / viewport, second ? q.z : p.z, 1.0);
}
#else
out vec4 pixel;

void main() {
	float x = at.x, low = 0.0, high = shape.x;
	if (shape.z > 0.0) {
		float start = 2.0 * shape.z * floor(clamp(x, 0.0, shape.x) / (2.0 * shape.z));
		x -= start;
		high = min(shape.z, shape.x - start);
		float cap = min(shape.y, 0.5 * high); // the round ends are part of a dash's length
		low = cap;
		high -= cap;
	}
	float away = length(vec2(x - clamp(x, low, high), at.y));
	float cover = clamp(shape.y + 0.5 - away, 0.0, 1.0);
	pixel = vec4(colour.rgb, 1.0) * (colour.a * cover);
}
#endif
