/** How places of two sizes live. */

export type Size = 'demo' | 'city';

/** How a place of a size lives. */
export interface Scale {
  /** People in care. */
  wards: number;
  /** Shares of those in red, and in yellow; the others are green. */
  red: number;
  yellow: number;
  /** Every so many-th of the staff has a chat, and the secretaries of every so many-th community: the others have their inbox. */
  chats: number;
  secretaryChats: number;
  /** So many of the flags come up for review together with others, and all within so many days. */
  reviewedAtOnce: number;
  reviewedWithin: number;
  /** One in so many is hardly ever seen, so that the ladder has something to climb for. */
  neglected: number;
  /** How likely somebody who serves goes to see people on a day. */
  goes: number;
  /** Every so many-th Monday what only keeps house is done. */
  keepsHouse: number;
}

export const SCALES: Record<Size, Scale> = {
  demo: {
    wards: 120,
    red: 0.05,
    yellow: 0.2,
    chats: 7,
    secretaryChats: 1,
    reviewedAtOnce: 0.8,
    reviewedWithin: 360,
    neglected: 40,
    goes: 0.7,
    keepsHouse: 2,
  },
  // Most are seen in time, as everywhere where the house has been in use for a while; consent is asked for every three years.
  city: {
    wards: 400_000,
    red: 0.01,
    yellow: 0.04,
    chats: 40,
    secretaryChats: 10,
    reviewedAtOnce: 0.1,
    reviewedWithin: 1_080,
    neglected: 400,
    goes: 0.7,
    keepsHouse: 8,
  },
};
