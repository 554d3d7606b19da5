import { badValue } from '../errors.ts';
import { asNumber, isNumeric } from '../numbers.ts';
import { show } from '../show.ts';
import { type Document, isDocument } from '../types.ts';
import { angle, angleToArc, arcsCross, farFrom, onArc, type Vector, vectorOf } from './sphere.ts';

/** A shape on the sphere, as the parts it is made of. */
export interface Shape {
  readonly points: readonly Vector[];
  /** Open lines; polygons' rings are not among them. */
  readonly lines: readonly (readonly Vector[])[];
  readonly polygons: readonly Polygon[];
}

interface Polygon {
  /** The outer ring first, then the holes; each without its repeated last corner. */
  readonly rings: readonly (readonly Vector[])[];
}

/** Two coordinates as legacy points and GeoJSON positions have them. */
export type Position = readonly [number, number];

/** A legacy point (`[x, y]` or `{ lng, lat }`) or the position of a GeoJSON point; undefined for anything else. */
export function positionOf(value: unknown): Position | undefined {
  if (isDocument(value) && Array.isArray(value.coordinates))
    return value.type === 'Point' ? positionOf(value.coordinates) : undefined;
  const parts = Array.isArray(value) ? value : isDocument(value) ? Object.values(value) : [];
  const [x, y] = parts;
  if (!isNumeric(x) || !isNumeric(y)) return undefined;
  return [asNumber(x) as number, asNumber(y) as number];
}

/** Reads a stored value as a shape: GeoJSON or a legacy point. Undefined when it is neither. */
export function storedShape(value: unknown): Shape | undefined {
  if (isDocument(value) && typeof value.type === 'string') {
    try {
      return shapeOf(value);
    } catch {
      return undefined;
    }
  }
  const position = positionOf(value);
  if (position === undefined || !onEarth(position)) return undefined;
  return { points: [vectorOf(position[0], position[1])], lines: [], polygons: [] };
}

function onEarth([longitude, latitude]: Position): boolean {
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
}

/** Reads GeoJSON; refused with code 2 when it is malformed. */
export function shapeOf(geometry: Document): Shape {
  const { type, coordinates } = geometry;
  switch (type) {
    case 'Point':
      return { points: [corner(coordinates)], lines: [], polygons: [] };
    case 'MultiPoint':
      return { points: list(coordinates).map(corner), lines: [], polygons: [] };
    case 'LineString':
      return { points: [], lines: [line(coordinates)], polygons: [] };
    case 'MultiLineString':
      return { points: [], lines: list(coordinates).map(line), polygons: [] };
    case 'Polygon':
      return { points: [], lines: [], polygons: [polygon(coordinates)] };
    case 'MultiPolygon':
      return { points: [], lines: [], polygons: list(coordinates).map(polygon) };
    case 'GeometryCollection':
      return joined(list(geometry.geometries).map((part) => shapeOf(isDocument(part) ? part : {})));
    default:
      throw badValue(`unknown GeoJSON type: ${show(geometry)}`);
  }
}

function joined(shapes: readonly Shape[]): Shape {
  return {
    points: shapes.flatMap(({ points }) => points),
    lines: shapes.flatMap(({ lines }) => lines),
    polygons: shapes.flatMap(({ polygons }) => polygons),
  };
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0)
    throw badValue('GeoJSON coordinates must be an array of coordinates');
  return value;
}

function corner(value: unknown): Vector {
  const position = Array.isArray(value) ? positionOf(value) : undefined;
  if (position === undefined) throw badValue('Point must only contain numeric elements');
  if (!onEarth(position))
    throw badValue(`longitude/latitude is out of bounds, lng: ${position[0]} lat: ${position[1]}`);
  return vectorOf(position[0], position[1]);
}

function line(value: unknown): readonly Vector[] {
  const corners = list(value).map(corner);
  if (corners.length < 2) throw badValue('GeoJSON LineString must have at least 2 vertices');
  return corners;
}

function polygon(value: unknown): Polygon {
  return { rings: list(value).map(ring) };
}

function ring(value: unknown): readonly Vector[] {
  const corners = list(value).map(corner);
  const [first] = corners;
  const last = corners.at(-1);
  if (corners.length < 4 || first === undefined || last === undefined || angle(first, last) > 1e-12) {
    throw badValue(`Loop is not closed: ${show(value)}`);
  }
  return corners.slice(0, -1);
}

/** A polygon given by positions alone, as `$polygon` and `$box` are. */
export function plainPolygon(corners: readonly Position[]): Shape {
  return { points: [], lines: [], polygons: [{ rings: [corners.map(([x, y]) => vectorOf(x, y))] }] };
}

type Arc = readonly [Vector, Vector];

function arcsOfRing(corners: readonly Vector[]): Arc[] {
  return corners.map((from, i) => [from, corners[(i + 1) % corners.length] as Vector]);
}

function arcsOfLine(corners: readonly Vector[]): Arc[] {
  return corners.slice(1).map((to, i) => [corners[i] as Vector, to]);
}

function arcsOf({ lines, polygons }: Shape): Arc[] {
  return [...lines.flatMap(arcsOfLine), ...polygons.flatMap(({ rings }) => rings.flatMap(arcsOfRing))];
}

/** Every corner and point of a shape. */
export function cornersOf({ points, lines, polygons }: Shape): Vector[] {
  return [...points, ...lines.flat(), ...polygons.flatMap(({ rings }) => rings.flat())];
}

function inRing(point: Vector, corners: readonly Vector[]): boolean {
  const arcs = arcsOfRing(corners);
  if (arcs.some(([a, b]) => onArc(point, a, b))) return true;
  const outside = farFrom(corners);
  return arcs.filter(([a, b]) => arcsCross(point, outside, a, b)).length % 2 === 1;
}

function inPolygon(point: Vector, { rings }: Polygon): boolean {
  const [outer, ...holes] = rings;
  if (outer === undefined || !inRing(point, outer)) return false;
  return holes.every((hole) => !inRing(point, hole) || arcsOfRing(hole).some(([a, b]) => onArc(point, a, b)));
}

/** Whether a point lies in or on any polygon of the shape. */
export function covers({ polygons }: Shape, point: Vector): boolean {
  return polygons.some((one) => inPolygon(point, one));
}

/** Whether all of `inner` lies within the polygons of `outer`. */
export function within(inner: Shape, outer: Shape): boolean {
  if (!cornersOf(inner).every((point) => covers(outer, point))) return false;
  const own = arcsOf(inner);
  if (own.some(([a, b]) => arcsOf(outer).some(([c, d]) => arcsCross(a, b, c, d)))) return false;
  // A hole that lies inside is no part of the outer shape.
  const holes = outer.polygons.flatMap(({ rings }) => rings.slice(1).flat());
  return !holes.some((point) => covers(inner, point) && !own.some(([a, b]) => onArc(point, a, b)));
}

/** Whether two shapes have a point in common. */
export function intersect(a: Shape, b: Shape): boolean {
  const arcsA = arcsOf(a);
  const arcsB = arcsOf(b);
  const touches = (points: readonly Vector[], arcs: readonly Arc[], shape: Shape) =>
    points.some((point) => covers(shape, point) || arcs.some(([c, d]) => onArc(point, c, d)));
  if (touches(cornersOf(a), arcsB, b) || touches(cornersOf(b), arcsA, a)) return true;
  if (a.points.some((point) => b.points.some((other) => angle(point, other) < 1e-12))) return true;
  return arcsA.some(([p, q]) => arcsB.some(([r, s]) => arcsCross(p, q, r, s)));
}

/** The angle from a point to the nearest point of a shape. */
export function angleTo(point: Vector, shape: Shape): number {
  if (covers(shape, point)) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (const other of shape.points) least = Math.min(least, angle(point, other));
  for (const [a, b] of arcsOf(shape)) least = Math.min(least, angleToArc(point, a, b));
  return least;
}
