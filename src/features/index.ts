import type { Feature } from '../core/feature.ts';
import { areas } from './areas/index.ts';
import { ballots } from './ballots/index.ts';
import { calendars } from './calendars/index.ts';
import { care } from './care/index.ts';
import { certificates } from './certificates/index.ts';
import { duties } from './duties/index.ts';
import { handoffs } from './handoffs/index.ts';
import { incidents } from './incidents/index.ts';
import { people } from './people/index.ts';
import { photosFor } from './photos/index.ts';
import { talks } from './talks/index.ts';
import { topics } from './topics/index.ts';
import { venues } from './venues/index.ts';
import { visits } from './visits/index.ts';
import { wishes } from './wishes/index.ts';

const doing: readonly Feature[] = [
  areas,
  people,
  calendars,
  wishes,
  incidents,
  handoffs,
  venues,
  topics,
  ballots,
  care,
  visits,
  duties,
  talks,
  certificates,
];

/** Everything people do here. Adding a feature is a folder and one line; so is taking one away. */
export const features: readonly Feature[] = [...doing, photosFor(doing.flatMap(({ photos }) => photos ?? []))];
