// A panel: a cuboid whose front shows one number per cell.
//
// The front is drawn as the mean, in linear light, of what lies under a pixel: cells, the gaps
// between them, the edge. From farther away, where a pixel covers more cells than can be read, it shows
// the averages that stand behind them (scene.Pyramid): the mean magnitude as strength of colour, its
// positive and negative parts as shares of both colours.
//
// With HOLLOW defined it draws panels without numbers only, about twice as fast where the processor draws:
// it goes both ways of each "if".
VARYING vec2 cell; // place on the front: cells to the right and down
flat VARYING vec3 plain; // colour of a face without cells, sRGB; x < 0: this is the front
flat VARYING vec3 ground; // paper of the panel, under and between the cells
flat VARYING vec3 edge;
flat VARYING vec3 hue; // of the kind
flat VARYING vec2 extent; // columns, rows
flat VARYING vec2 room;   // of a cell, in units: wide, high
flat VARYING vec2 look; // fade towards paper, scale from value to colour
#ifndef HOLLOW
flat VARYING vec3 trace; // of a masked cell: its dot
flat VARYING ivec4 source; // first value, step to the right, step down, flags
flat VARYING ivec3 pyramid; // where averages begin; columns and rows of the tensor; no rows: no averages
flat VARYING ivec2 offset; // of the front's first cell in the tensor, to the right and down
flat VARYING float done;   // rows of the tensor that are computed, with the share of the next one

uniform sampler2D values; // 2048 wide, one number per texel
uniform sampler2D ramp;   // 256 colours, linear light
#endif

const int EMPTY = 1, SIGNAL = 2, ACROSS = 4, COARSE = 8; // COARSE times the first level of averages that is there, with no cells
const int LEVELS = 4;      // of averages, of blocks of 4 × 4, 16 × 16, … cells
const float MOST = 5.0;    // square cells along a pixel that are read one by one, at most
const float MARGIN = 0.3;  // of paper around the cells, in units
const float INSET = 0.07;  // of a cell's shorter side, at each side

#ifdef VERTEX
layout(location = 0) in vec3 corner;
layout(location = 1) in vec3 cells; // columns, rows; depth in units
layout(location = 2) in vec4 kind;  // colour, fade
layout(location = 3) in vec4 from;  // first value, step right, step down, norm
layout(location = 4) in vec4 style; // width of the edge, flags, first value and rows of the tensor
layout(location = 5) in vec4 timing; // when rows are computed: start, rows per second, first and last row
layout(location = 6) in vec3 place; // how far before this panel another of its size stands (0: none); size of a cell in units

vec3 size; // in units

// The front grows by the width of the edge, which so covers no cell. For a corner behind the eye w is
// negative, and so is growth, which keeps the edge even along the visible part of its side.
vec2 front(vec2 side, float z) {
	float w = (matrix * vec4(corner.x + side.x * size.x, corner.y - side.y * size.y, z, 1.0)).w;
	vec2 pixel = w * vec2(unit(vec3(1.0, 0.0, 0.0)), unit(vec3(0.0, 1.0, 0.0)));
	vec2 grow = min(style.x * ratio * pixel, max(0.25 * max(size.x, size.y), 1.0));
	return side * size.xy + (2.0 * side - 1.0) * (MARGIN + grow);
}

// What can be seen of a front at z behind another: a strip across all of its width (part 0), and one beside it (part 1).
// The shadow that the panel before it throws from the eye on this plane is a rectangle, and at least as large.
vec2 uncovered(vec2 side, float z, int part) {
	vec2 at = front(side, z);
	float near = z + place.x;
	if (place.x <= 0.0 || eye.z <= near) return part == 0 ? at : vec2(0.0);
	vec2 low = front(vec2(0.0), z), high = front(vec2(1.0), z);
	vec2 edge_ = 0.4 * (high - size.xy - MARGIN); // something of it lies under the other's edge, so that no gap shows
	float far = (eye.z - z) / (eye.z - near);
	vec2 middle = vec2(eye.x - corner.x, corner.y - eye.y);
	vec2 from = clamp(middle - far * (middle + MARGIN + edge_), low, high);
	vec2 to = clamp(middle + far * (size.xy + MARGIN + edge_ - middle), low, high);
	bvec2 first = greaterThan(from - low, high - to); // it is seen left of the shadow, or above it
	if (part == 0) {
		at.y = first.y ? min(at.y, from.y) : max(at.y, to.y);
		return at;
	}
	float shared = 0.05 * (high.y - low.y); // with the strip, for they are not joined corner to corner
	at.y = first.y ? max(at.y, from.y - shared) : min(at.y, to.y + shared);
	at.x = first.x ? min(at.x, from.x) : max(at.x, to.x);
	return at;
}

void main() {
	int face = gl_VertexID / 6;
	int k = gl_VertexID % 6;
	vec2 side = vec2(k == 1 || k == 2 || k == 4, k >= 2 && k != 3);

	extent = cells.xy;
	room = place.yz;
	size = vec3(extent * room, cells.z);
	float spent = (clock - timing.x) * timing.y;
	// What has not begun stands back; what is being filled is "this one".
	float fade = timing.z > 0.0 ? kind.a : mix(max(kind.a, 0.5), kind.a, clamp(8.0 * spent / max(timing.w - timing.z, 1.0), 0.0, 1.0));
	bool forming = spent > 0.0 && spent < timing.w - timing.z;
	look = vec2(fade, 1.0 / max(from.w, 1e-30));
	hue = kind.rgb;
	vec3 kindS = srgb(kind.rgb);
	vec3 groundS = mix(zero, kindS, tint);
	ground = linear(groundS);
	int flags = int(round(style.y));
	edge = (flags & SIGNAL) != 0 || forming ? signal : kind.rgb;
	cell = vec2(0.0);
#ifndef HOLLOW
	trace = linear(mix(groundS, kindS, 0.38));
	ivec3 whole = ivec3(round(from.xyz));
	source = ivec4(whole, flags);
	bool across = (flags & ACROSS) != 0;
	ivec2 tensor = ivec2(round(style.zw));
	int columns = max(across ? whole.z : whole.y, 1);
	ivec2 first = ivec2((whole.x - tensor.x) % columns, (whole.x - tensor.x) / columns);
	offset = across ? first : first.yx;
	pyramid = ivec3(tensor.x + (flags < COARSE ? tensor.y * columns : 0), columns, tensor.y);
	done = clamp(timing.z + spent, timing.z, timing.w);
#endif

	vec3 low = vec3(corner.xy + vec2(-MARGIN, MARGIN), corner.z);
	vec3 full = size + vec3(2.0 * MARGIN, 2.0 * MARGIN, 0.0);
	vec3 at;
	if (face == 0 || face == 3) {
		float z = eye.z < corner.z - size.z ? corner.z - size.z : corner.z;
		cell = uncovered(side, z, face == 0 ? 0 : 1);
		at = vec3(corner.x + cell.x, corner.y - cell.y, z);
		cell /= room;
		plain = vec3(-1.0);
	} else if (face == 1) { // the top, or the bottom when it is seen from below
		bool top = eye.y > low.y;
		bool seen = top || eye.y < low.y - full.y;
		at = low + vec3(side.x * full.x, top ? 0.0 : -full.y, seen ? -side.y * full.z : 0.0);
		plain = top ? mix(kindS, paper, 0.25) : 0.78 * kindS;
	} else { // the side that can be seen
		bool right = eye.x > low.x + full.x;
		bool seen = right || eye.x < low.x;
		at = low + vec3(right ? full.x : 0.0, -side.y * full.y, seen ? -side.x * full.z : 0.0);
		plain = 0.78 * kindS;
	}
	gl_Position = matrix * vec4(at, 1.0);
}
#else
out vec4 pixel;

// The share of a pixel of that size that a stripe from -reach to +reach covers, at a distance.
float stripe(float away, float reach, float size) {
	return clamp((reach - abs(away)) / size + 0.5, 0.0, 1.0) * min(2.0 * reach / size, 1.0);
}

#ifndef HOLLOW
const float MASKED = 2.5e38, ODD = 1e38; // above: masked; above: NaN or infinite

float number(int i) { return texelFetch(values, ivec2(i & 2047, i >> 11), 0).r; }

float valueAt(ivec2 at) { return number(source.x + at.x * source.y + at.y * source.z); }

// Whether a cell is computed by now: rows fill one after another, each along its columns.
bool there(ivec2 at) {
	if (done > 1e6) return true;
	bool across = (source.w & ACROSS) != 0;
	float row = float(across ? at.y : at.x);
	float along = (float(across ? at.x : at.y) + 0.5) / (across ? extent.x : extent.y);
	return row + along < done;
}

// The colour of a share of the norm, −1 … 1.
vec3 shade(float t) {
	vec3 c = texelFetch(ramp, ivec2(clamp(t, -1.0, 1.0) * 127.5 + 128.0, 0), 0).rgb;
	return mix(c, ground, 0.35 * max(1.0 - abs(t) / 0.12, 0.0));
}

vec3 odd() { return mix(ground, ink, 0.45); }

vec3 colourOf(float value) {
	if (value > MASKED) return ground;
	if (value > ODD) return odd();
	return shade(value * look.y);
}

// What was added up under a pixel, all by area: values and magnitudes as shares of the norm, of how
// much, and how much holds no number.
void add(inout vec4 sum, vec2 value, float area) {
	if (value.y > MASKED) sum.z += area;
	else if (value.y > ODD) sum.w += area;
	else sum += area * vec4(clamp(value * look.y, -1e6, 1e6), 1.0, 0.0);
}

// The colour of such a sum. The positive share of the magnitude has the colour of its mean, and the
// negative one that of the opposite, so that numbers that cancel out don't look like zeros.
vec3 blend(vec4 sum, float whole) {
	float size = sum.y / max(sum.z, 1e-6);
	float share = clamp(0.5 + 0.5 * sum.x / max(sum.y, 1e-6), 0.0, 1.0);
	vec3 c = mix(shade(-size), shade(size), share) * sum.z + odd() * sum.w;
	float covered = sum.z + sum.w;
	return (c + max(whole - covered, 0.0) * ground) / max(max(whole, covered), 1e-6);
}

// The mean of the averages in a rectangle of the front, of a level whose blocks are so small that a
// pixel covers more than one of them.
vec3 averaged(vec2 low, vec2 high, vec2 size, float most) {
	int finest = max(source.w / COARSE, 1);
	int level = clamp(1 + int(floor(0.5 * log2(max(size.x, size.y) / most))), finest, LEVELS);
	int side = 1 << (2 * finest), base = pyramid.x;
	for (int l = finest; l < level; l++) {
		base += 2 * ((pyramid.y + side - 1) / side) * ((pyramid.z + side - 1) / side);
		side *= 4;
	}
	int columns = (pyramid.y + side - 1) / side;
	float wide = float(side);
	low += vec2(offset);
	high += vec2(offset);
	ivec2 first = ivec2(floor(low / wide));
	ivec2 last = min(ivec2(ceil(high / wide)) - 1, first + 6);
	vec4 sum = vec4(0.0);
	for (int j = first.y; j <= last.y; j++) {
		float tall = min(high.y, float(j + 1) * wide) - max(low.y, float(j) * wide);
		for (int i = first.x; i <= last.x; i++) {
			float area = tall * (min(high.x, float(i + 1) * wide) - max(low.x, float(i) * wide));
			ivec2 block = (source.w & ACROSS) != 0 ? ivec2(i, j) : ivec2(j, i);
			int at = base + 2 * (block.y * columns + block.x);
			add(sum, vec2(number(at), number(at + 1)), max(area, 0.0));
		}
	}
	return blend(sum, size.x * size.y);
}

// The mean of the rectangle of that size around a place. Cells count by the area that they share with
// it; at most 6 × 6 are read, of long cells more along their shorter side, for few lie along the other. The rest is ground.
vec3 mean(vec2 at, vec2 size, vec2 inset) {
	vec2 low = clamp(at - 0.5 * size, vec2(0.0), extent);
	vec2 high = clamp(at + 0.5 * size, vec2(0.0), extent);
	float widest = max(size.x, size.y);
	float slim = clamp(max(room.x / room.y, room.y / room.x), 1.0, 3.0), bound = most * slim;
	if (pyramid.z > 0 && (widest > bound || source.w >= COARSE)) return there(ivec2(clamp(at, vec2(0.0), extent - 1.0))) ? averaged(low, high, size, bound) : ground;
	ivec2 stride = ivec2(exp2(ceil(log2(max(size / (MOST * slim), 1.0))))); // only where there are no averages
	vec2 wide = vec2(stride);
	ivec2 first = ivec2(floor(low / wide));
	ivec2 last = min(ivec2(ceil(high / wide)) - 1, first + int(6.0 * slim));
	vec3 colours = vec3(0.0);
	vec4 sum = vec4(0.0);
	float covered = 0.0;
	for (int j = first.y; j <= last.y; j++) {
		float tall = min(high.y, (float(j) + 1.0) * wide.y - inset.y) - max(low.y, float(j) * wide.y + inset.y);
		if (tall <= 0.0) continue;
		for (int i = first.x; i <= last.x; i++) {
			float area = tall * (min(high.x, (float(i) + 1.0) * wide.x - inset.x) - max(low.x, float(i) * wide.x + inset.x));
			if (area <= 0.0) continue;
			ivec2 place = min(ivec2(i, j) * stride + stride / 2, ivec2(extent) - 1);
			float value = there(place) ? valueAt(place) : 3e38; // as if masked
			colours += area * colourOf(value);
			add(sum, vec2(value, abs(value)), area);
			covered += area;
		}
	}
	float whole = size.x * size.y;
	vec3 c = (colours + max(whole - covered, 0.0) * ground) / max(whole, covered);
	if (pyramid.z == 0) return c;
	return mix(c, blend(sum, whole), smoothstep(0.5 * bound, bound, widest));
}

// A dot in a masked cell, hatching in a cell without a number.
vec3 marked(vec3 under, vec2 size, float px) {
	ivec2 at = clamp(ivec2(floor(cell)), ivec2(0), ivec2(extent) - 1);
	if (!there(at)) return under;
	vec2 shape = room / min(room.x, room.y); // of a cell, whose shorter side is 1
	vec2 within = (cell - vec2(at) - 0.5) * shape;
	size *= shape;
	float value = valueAt(at);
	float one = max(size.x, size.y);
	if (value > MASKED) {
		float r = max(0.09, 0.6 * one);
		float thin = min(0.09 / r, 1.0);
		float dot_ = clamp((r - length(within)) / one + 0.5, 0.0, 1.0) * thin * thin;
		return mix(under, trace, dot_ * smoothstep(3.2, 5.0, px));
	}
	if (value > ODD && all(lessThan(abs(within), 0.5 * shape - INSET))) {
		float often = exp2(floor(log2(max(px / 4.0, 1.0)))); // stripes per cell
		float s = abs(fract((within.x + within.y) * often) - 0.5);
		float line = clamp((0.2 - s) / (often * (size.x + size.y)) + 0.5, 0.0, 1.0);
		return mix(under, mix(ground, ink, line), smoothstep(3.2, 5.0, px));
	}
	return under;
}
#endif

// A stronger line each 16 cells.
float sixteenth(float at, float end, float size, float px) {
	float k = 16.0 * round(at / 16.0);
	if (k < 0.5 || k > end - 0.5) return 0.0;
	return stripe(at - k, max(INSET, 0.5 * size), size) * smoothstep(4.0, 5.0, px);
}

void main() {
	// Derivatives come first, while all pixels of a quad take the same way.
	vec2 dx = dFdx(cell), dy = dFdy(cell);
	if (plain.x >= 0.0) {
		pixel = vec4(mix(plain, paper, look.x), 1.0);
		return;
	}
	vec2 size = max(sqrt(dx * dx + dy * dy), 1e-4); // of this pixel, in cells
	float px = 1.0 / (max(size.x, size.y) * ratio); // of a cell, in CSS pixels

	vec3 c = ground;
#ifndef HOLLOW
	if ((source.w & EMPTY) == 0) {
		c = mean(cell, size, INSET * min(room.x, room.y) / room * smoothstep(3.2, 4.0, px));
		if (px > 3.2 && source.w < COARSE) c = marked(c, size, px);
	}
#endif
	float sixteen = max(sixteenth(cell.x, extent.x, size.x, px), sixteenth(cell.y, extent.y, size.y, px));
	c = mix(c, mix(ground, hue, 0.3), sixteen);

	vec2 within = clamp((cell + MARGIN / room) / size + 0.5, 0.0, 1.0) * clamp((extent + MARGIN / room - cell) / size + 0.5, 0.0, 1.0);
	c = mix(edge, c, within.x * within.y);
	pixel = vec4(mix(srgb(c), paper, look.x), 1.0);
}
#endif
