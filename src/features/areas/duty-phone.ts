import type { House } from '../../core/house.ts';
import { settingsOf } from './settings.ts';

/** The number somebody answers day and night in a place: the nearest area's that has one, from the grid upwards. */
export const dutyPhoneFor = async (house: House, areas: readonly string[]): Promise<string | undefined> =>
  (await settingsOf(house, areas, 'dutyPhone')).at(-1);
