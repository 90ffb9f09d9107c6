// A flat quad in space: a shadow, the ribbon of the spine.
VARYING vec2 at; // 0…1 along both edges
flat VARYING vec4 colour; // sRGB and alpha
flat VARYING vec2 softness; // width of the fading, as shares of both edges

#ifdef VERTEX
layout(location = 0) in vec3 corner;
layout(location = 1) in vec3 edgeU;
layout(location = 2) in vec3 edgeV;
layout(location = 3) in vec4 fill;
layout(location = 4) in float soft;

void main() {
	at = vec2(gl_VertexID & 1, gl_VertexID >> 1);
	colour = vec4(srgb(fill.rgb), fill.a);
	// Equally wide at all sides: a share of the shorter edge.
	vec2 edges = max(vec2(length(edgeU), length(edgeV)), 1e-6);
	softness = soft * min(edges.x, edges.y) / edges;
	gl_Position = matrix * vec4(corner + at.x * edgeU + at.y * edgeV, 1.0);
}
#else
out vec4 pixel;

void main() {
	vec2 inside = min(at, 1.0 - at);
	vec2 one = max(fwidth(at), 1e-6); // one pixel
	vec2 hard = clamp(inside / one + 0.5, 0.0, 1.0);
	vec2 faded = smoothstep(vec2(0.0), max(softness, 1e-6), inside);
	vec2 cover = mix(hard, faded, step(one, softness));
	float alpha = colour.a * cover.x * cover.y;
	// A wide shadow has fewer shades than pixels; half a shade of noise keeps it from showing bands
	// (Jimenez, "Next Generation Post Processing in Call of Duty", 2014: interleaved gradient noise).
	float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) - 0.5;
	if (softness.x > one.x && alpha > 0.0) alpha = max(alpha + noise / 255.0, 0.0);
	pixel = vec4(colour.rgb, 1.0) * alpha;
}
#endif
