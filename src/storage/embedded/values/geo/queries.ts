import { badValue } from '../errors.ts';
import { asNumber } from '../numbers.ts';
import { show } from '../show.ts';
import { type Document, isDocument } from '../types.ts';
import {
  angleTo,
  cornersOf,
  intersect,
  type Position,
  positionOf,
  type Shape,
  shapeOf,
  storedShape,
  within,
} from './shapes.ts';
import { angle, EARTH_RADIUS, vectorOf } from './sphere.ts';

/** A condition on one stored value. */
type Test = (value: unknown) => boolean;

/** The distance of one stored value from where a query looks; undefined when it has no place. */
export type Distance = (value: unknown) => number | undefined;

/** `$geoWithin` (and its old name `$within`). */
export function geoWithin(operand: unknown): Test {
  if (!isDocument(operand)) throw badValue('$geoWithin needs an object');
  const [form] = Object.keys(operand).filter((name) => name !== '$uniqueDocs');
  const given = form === undefined ? undefined : operand[form];
  switch (form) {
    case '$geometry':
      return withinGeometry(given);
    case '$centerSphere': {
      const { centre, radius } = circle(given);
      const middle = vectorOf(centre[0], centre[1]);
      return onShape((shape) => cornersOf(shape).every((point) => angle(point, middle) <= radius));
    }
    case '$center': {
      const { centre, radius } = circle(given);
      return onPosition(([x, y]) => Math.hypot(x - centre[0], y - centre[1]) <= radius);
    }
    case '$box':
      return withinBox(given);
    case '$polygon': {
      const corners = positions(given);
      if (corners.length < 3) throw badValue('Polygon must have at least 3 points');
      return onPosition((point) => inPlanePolygon(point, corners));
    }
    default:
      throw badValue(`unknown geo specifier: ${show(operand)}`);
  }
}

function withinGeometry(given: unknown): Test {
  const outer = shapeOf(isDocument(given) ? given : {});
  if (outer.points.length > 0 || outer.lines.length > 0) {
    throw badValue(`$geoWithin not supported with provided geometry: ${show({ $geometry: given })}`);
  }
  return onShape((shape) => within(shape, outer));
}

function withinBox(given: unknown): Test {
  const [first, second] = positions(given);
  if (first === undefined || second === undefined) throw badValue('Point must be an array or object');
  const [left, right] = [Math.min(first[0], second[0]), Math.max(first[0], second[0])];
  const [low, high] = [Math.min(first[1], second[1]), Math.max(first[1], second[1])];
  return onPosition(([x, y]) => x >= left && x <= right && y >= low && y <= high);
}

function onShape(test: (shape: Shape) => boolean): Test {
  return (value) => {
    const shape = storedShape(value);
    return shape !== undefined && test(shape);
  };
}

function onPosition(test: (position: Position) => boolean): Test {
  return (value) => {
    const position = positionOf(value);
    return position !== undefined && test(position);
  };
}

function circle(given: unknown): { centre: Position; radius: number } {
  const [at, size] = Array.isArray(given) ? given : [];
  const centre = positionOf(at);
  const radius = asNumber(size);
  if (centre === undefined) throw badValue('Point must be an array or object');
  if (radius === undefined || !(radius >= 0)) throw badValue('radius must be a non-negative number');
  return { centre, radius };
}

function positions(given: unknown): Position[] {
  const parts = Array.isArray(given) ? given : isDocument(given) ? Object.values(given) : [];
  return parts.map((part) => {
    const position = positionOf(part);
    if (position === undefined) throw badValue('Point must be an array or object');
    return position;
  });
}

/** The even-odd rule in the plane; a point on the border is inside. */
function inPlanePolygon([x, y]: Position, corners: readonly Position[]): boolean {
  let inside = false;
  for (let i = 0; i < corners.length; i++) {
    const [ax, ay] = corners[i] as Position;
    const [bx, by] = corners[(i + 1) % corners.length] as Position;
    const aside = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    if (aside === 0 && x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by))
      return true;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** `$geoIntersects`. */
export function geoIntersects(operand: unknown): Test {
  if (!isDocument(operand) || !isDocument(operand.$geometry)) throw badValue('$geoIntersects needs a $geometry');
  const other = shapeOf(operand.$geometry);
  return onShape((shape) => intersect(shape, other));
}

/** `$near` and `$nearSphere` with the limits that stand beside or within them: the distance in the query's own unit. */
export function nearDistance(name: string, operand: unknown, siblings: Document): Distance {
  const geometry = isDocument(operand) ? operand.$geometry : undefined;
  const limits = geometry === undefined ? siblings : (operand as Document);
  const centre = positionOf(geometry ?? (isDocument(operand) ? Object.values(operand) : operand));
  if (centre === undefined || (geometry !== undefined && !Array.isArray((geometry as Document).coordinates))) {
    throw badValue(`invalid point in geo near query: ${show(operand)}`);
  }
  const measure =
    geometry === undefined && name === '$near' ? planeDistance(centre) : sphereDistance(centre, geometry !== undefined);
  const most = limit('$maxDistance', limits) ?? Number.POSITIVE_INFINITY;
  const least = limit('$minDistance', limits) ?? 0;
  return (value) => {
    const distance = measure(value);
    return distance === undefined || distance > most || distance < least ? undefined : distance;
  };
}

function limit(name: string, limits: Document): number | undefined {
  if (limits[name] === undefined) return undefined;
  const value = asNumber(limits[name]);
  if (value === undefined || !(value >= 0)) throw badValue(`${name.slice(1)} must be a non-negative number`);
  return value;
}

function planeDistance([x, y]: Position): Distance {
  return (value) => {
    const position = positionOf(value);
    return position === undefined ? undefined : Math.hypot(position[0] - x, position[1] - y);
  };
}

/** On the sphere GeoJSON queries measure in metres, legacy ones in radians. */
function sphereDistance([longitude, latitude]: Position, metres: boolean): Distance {
  const from = vectorOf(longitude, latitude);
  const unit = metres ? EARTH_RADIUS : 1;
  return (value) => {
    const shape = storedShape(value);
    return shape === undefined ? undefined : angleTo(from, shape) * unit;
  };
}
