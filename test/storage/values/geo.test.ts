import { describe, expect, it } from 'vitest';
import { compileFilter } from '../../../src/storage/embedded/values/matcher.ts';
import type { Document } from '../../../src/storage/embedded/values/types.ts';
import { finds, refusedWith } from './finding.ts';

/** Positions written as `x y, x y`. */
const spots = (text: string) => text.split(', ').map((spot) => spot.split(' ').map(Number));
const shape = (type: string, coordinates: unknown): Document => ({ type, coordinates });
const point = (...coordinates: number[]) => shape('Point', coordinates);
const line = (text: string) => shape('LineString', spots(text));
const polygon = (...rings: string[]) => shape('Polygon', rings.map(spots));
/** The ring of a square. */
const square = (from: number, to: number) =>
  `${from} ${from}, ${to} ${from}, ${to} ${to}, ${from} ${to}, ${from} ${from}`;
const within = (operand: Document): Document => ({ at: { $geoWithin: operand } });
const places = (...values: unknown[]): Document[] => values.map((at) => ({ at }));

describe('$geoWithin', () => {
  it('finds what lies wholly inside a polygon, not in its holes', () => {
    const two = shape('MultiPolygon', [[spots(square(0, 1))], [spots(square(5, 6))]]);
    const inside = [
      point(1, 1),
      [1, 1],
      { lng: 9, lat: 9 },
      point(0, 0),
      line('1 1, 1 9'),
      polygon(square(1, 3)),
      [point(50, 50), point(2, 2)],
    ];
    const outside = [point(5, 5), point(11, 5), line('1 5, 9 5'), polygon(square(3, 7)), 'here', point(200, 0)];
    finds([
      [within({ $geometry: polygon(square(0, 10), square(4, 6)) }), places(...inside), [{}, ...places(...outside)]],
      [within({ $geometry: two }), places(point(0.5, 0.5), point(5.5, 5.5)), places(point(3, 3))],
    ]);
  });

  it('follows great circles, across the date line and around the poles too', () => {
    // The northern edge bulges towards the pole between its ends.
    const wide = polygon('-60 40, 60 40, 60 50, -60 50, -60 40');
    const pole = polygon('0 80, 90 80, 180 80, -90 80, 0 80');
    const dateLine = polygon('170 -10, -170 -10, -170 10, 170 10, 170 -10');
    finds([
      [within({ $geometry: wide }), places(point(0, 60)), places(point(0, 45))],
      [within({ $geometry: pole }), places(point(45, 89), point(0, 90)), places(point(45, 70))],
      [within({ $geometry: dateLine }), places(point(179, 0), point(-179, 5)), places(point(0, 0), point(160, 0))],
    ]);
  });

  it('takes boxes, circles and plane polygons', () => {
    finds([
      [within({ $box: spots('0 0, 10 5') }), places([3, 3], [10, 5], point(1, 1)), places([3, 6], 5)],
      [within({ $center: [[0, 0], 5] }), places([3, 4]), places([4, 4])],
      [within({ $polygon: spots('0 0, 4 0, 0 4') }), places([1, 1], [2, 2], [0, 0]), places([3, 3])],
      [
        within({ $centerSphere: [[104.8, 26.6], 10 / 6378.1] }),
        places(point(104.85, 26.62), [104.8, 26.6]),
        places(point(105.2, 26.6)),
      ],
      [{ at: { $within: { $box: spots('0 0, 1 1') } } }, places([1, 1]), places([2, 2])],
    ]);
  });

  it('refuses what is no shape', () => {
    expect(refusedWith(within({ $geometry: point(1, 1) }))).toMatch(
      /^2 \$geoWithin not supported with provided geometry/,
    );
    expect(refusedWith(within({ $geometry: polygon('0 0, 1 1, 2 0') }))).toMatch(/^2 Loop is not closed/);
    expect(refusedWith(within({ $geometry: polygon(square(0, 100)) }))).toMatch(
      /^2 longitude\/latitude is out of bounds/,
    );
    expect(refusedWith(within({ $circle: 1 }))).toMatch(/^2 unknown geo specifier/);
    expect(refusedWith(within({ $center: [[0, 0], -1] }))).toMatch(/^2 radius must be a non-negative number/);
  });
});

describe('$geoIntersects', () => {
  it('finds what has a point in common', () => {
    const meets = (geometry: Document): Document => ({ at: { $geoIntersects: { $geometry: geometry } } });
    const crossing = line('-5 5, 5 5');
    const scattered = { type: 'GeometryCollection', geometries: [point(50, 50), point(1, 1)] };
    const touching = [point(5, 5), crossing, polygon(square(9, 20)), polygon(square(-5, 20)), scattered];
    const apart = [point(11, 11), polygon(square(20, 30)), line('-5 20, 20 20')];
    finds([
      [meets(polygon(square(0, 10))), places(...touching), places(...apart)],
      [
        meets(point(3, 0)),
        places(point(3, 0), line('0 0, 9 0'), shape('MultiPoint', spots('1 1, 3 0'))),
        places(point(3, 1)),
      ],
      [meets(crossing), places(shape('MultiLineString', [spots('0 0, 0 10')])), places(line('0 6, 0 10'))],
    ]);
  });
});

describe('$near', () => {
  const distances = (filter: Document, documents: readonly Document[]) => {
    const { near, test } = compileFilter(filter, { near: true });
    return documents.map((document) => {
      const one = near?.distance(document);
      expect(test(document)).toBe(one !== undefined);
      return one === undefined ? undefined : Math.round(one * 1000) / 1000;
    });
  };

  it('measures GeoJSON in metres', () => {
    const filter = { at: { $near: { $geometry: point(0, 0), $maxDistance: 200_000, $minDistance: 10 } } };
    expect(
      distances(filter, [{ at: point(1, 0) }, { at: point(0, 0) }, { at: point(2, 0) }, { at: [0, -1] }, {}]),
    ).toEqual([111_318.845, undefined, undefined, 111_318.845, undefined]);
    const toLine = { at: { $nearSphere: { $geometry: point(0, 1) } } };
    expect(distances(toLine, places(line('-9 0, 9 0'), polygon('-1 0, 1 0, 1 2, -1 2, -1 0')))).toEqual([
      111_318.845, 0,
    ]);
  });

  it('measures legacy points in their own unit, on the sphere in radians', () => {
    expect(
      distances({ at: { $near: [0, 0], $maxDistance: 5 } }, [
        { at: [3, 4] },
        { at: [4, 4] },
        {
          at: [
            [9, 9],
            [1, 0],
          ],
        },
      ]),
    ).toEqual([5, undefined, 1]);
    expect(distances({ at: { $nearSphere: [0, 0] } }, [{ at: [90, 0] }])).toEqual([1.571]);
  });

  it('goes with other conditions, once, at the top', () => {
    const filter = { $and: [{ at: { $near: [0, 0], $exists: true } }, { kind: 'shop' }] };
    expect(distances(filter, [{ at: [1, 0], kind: 'shop' }])).toEqual([1]);
    expect(compileFilter(filter, { near: true }).test({ at: [1, 0], kind: 'bar' })).toBe(false);
    expect(compileFilter({ a: 1 }).near).toBeUndefined();
    const twice = { at: { $near: [0, 0] }, to: { $near: [0, 0] } };
    expect(() => compileFilter(twice, { near: true })).toThrow(
      expect.objectContaining({ code: 2, message: 'Too many geoNear expressions' }),
    );
    expect(() => compileFilter({ $or: [{ at: { $near: [0, 0] } }] }, { near: true })).toThrow(
      expect.objectContaining({ code: 2 }),
    );
    expect(() => compileFilter({ at: { $near: 'x' } }, { near: true })).toThrow(expect.objectContaining({ code: 2 }));
    expect(refusedWith({ at: { $near: [0, 0] } })).toMatch(/^5626500 /);
  });
});
