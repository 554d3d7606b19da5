import { features } from '../../../src/features/index.ts';

/** What says yes to the read-backs of the product's own intents. */
export const verbsOf = (name: string): readonly string[] | undefined =>
  features.flatMap(({ intents }) => intents).find((intent) => intent.name === name)?.verbs;
