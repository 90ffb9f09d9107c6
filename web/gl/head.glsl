// A filled arrow head: a triangle in the plane of the screen that points along a direction in space.
VARYING vec2 at; // device pixels back from the tip, and to the side
flat VARYING vec4 colour; // sRGB and alpha
flat VARYING float size; // device pixels

const float SLIM = 0.45; // half of the base, as a share of the length

#ifdef VERTEX
layout(location = 0) in vec3 tip;
layout(location = 1) in vec3 direction;
layout(location = 2) in float length_;
layout(location = 3) in vec4 fill;

void main() {
	vec4 p = matrix * vec4(tip, 1.0);
	vec4 d = matrix * vec4(direction, 0.0);
	if (p.z + p.w <= 0.0) {
		gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
		return;
	}
	vec2 slope = viewport * (d.xy * p.w - p.xy * d.w);
	float steep = length(slope);
	vec2 along = steep > 1e-6 ? slope / steep : vec2(0.0, -1.0);
	size = max(length_ * ratio, 1.0);
	at.x = (gl_VertexID & 1) == 1 ? size + 1.0 : -2.0;
	at.y = ((gl_VertexID >> 1) == 1 ? 1.0 : -1.0) * (SLIM * size + 1.0);
	vec2 place = -at.x * along + at.y * vec2(-along.y, along.x);
	colour = vec4(srgb(fill.rgb), fill.a);
	vec3 ndc = p.xyz / max(p.w, 1e-6);
	gl_Position = vec4(ndc.xy + 2.0 * place / viewport, ndc.z, 1.0);
}
#else
out vec4 pixel;

void main() {
	float flank = (SLIM * at.x - abs(at.y)) * inversesqrt(1.0 + SLIM * SLIM);
	float cover = clamp(min(flank, size - at.x) + 0.5, 0.0, 1.0);
	pixel = vec4(colour.rgb, 1.0) * (colour.a * cover);
}
#endif
