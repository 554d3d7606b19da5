/** Points on the unit sphere, lines along great circles: what 2dsphere queries are about. */

/** A point as a vector from the centre of the earth. */
export type Vector = readonly [x: number, y: number, z: number];

/** The radius MongoDB takes the earth to have, in metres. */
export const EARTH_RADIUS = 6_378_100;

const RADIANS = Math.PI / 180;

/** The vector of a longitude and latitude in degrees. */
export function vectorOf(longitude: number, latitude: number): Vector {
  const cos = Math.cos(latitude * RADIANS);
  return [cos * Math.cos(longitude * RADIANS), cos * Math.sin(longitude * RADIANS), Math.sin(latitude * RADIANS)];
}

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function length(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

/** The angle between two points, in radians. */
export function angle(a: Vector, b: Vector): number {
  return Math.atan2(length(cross(a, b)), dot(a, b));
}

/** Closer than this (about 6 micrometres) is the same place. */
const SAME = 1e-12;

/** Whether a point lies on the arc from `a` to `b`. */
export function onArc(point: Vector, a: Vector, b: Vector): boolean {
  return angle(point, a) + angle(point, b) <= angle(a, b) + SAME;
}

/** Whether the arcs `a b` and `c d` cross in their inner parts. */
export function arcsCross(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  const ab = cross(a, b);
  const acb = -dot(ab, c);
  const bda = dot(ab, d);
  if (acb * bda <= 0) return false;
  const cd = cross(c, d);
  const cbd = -dot(cd, b);
  const dac = dot(cd, a);
  return acb * cbd > 0 && acb * dac > 0;
}

/** The angle from a point to the nearest point of an arc. */
export function angleToArc(point: Vector, a: Vector, b: Vector): number {
  const normal = cross(a, b);
  const size = length(normal);
  const ends = Math.min(angle(point, a), angle(point, b));
  if (size < SAME) return ends;
  // The foot of the perpendicular counts only when it lies between the ends.
  const inside = dot(cross(normal, a), point) > 0 && dot(cross(b, normal), point) > 0;
  return inside ? Math.abs(Math.asin(Math.max(-1, Math.min(1, dot(point, normal) / size)))) : ends;
}

/** The point opposite to the middle of a ring, which is outside of any ring smaller than half the earth. */
export function farFrom(ring: readonly Vector[]): Vector {
  const sum: [number, number, number] = [0, 0, 0];
  for (const [x, y, z] of ring) {
    sum[0] -= x;
    sum[1] -= y;
    sum[2] -= z;
  }
  const size = length(sum) || 1;
  // A little aside, so that the line to it passes no corner of a symmetrical ring.
  return [sum[0] / size + 1e-4, sum[1] / size + 2e-4, sum[2] / size + 3e-4];
}
