/** Of several questions under way, knows which was asked last: what an earlier one is answered comes too late. */
export interface Latest {
  /** Begins another question. @returns whether it still is the last one, whenever that is asked */
  begin(): () => boolean;
}

export function latest(): Latest {
  let round = 0;
  return {
    begin() {
      round += 1;
      const mine = round;
      return () => mine === round;
    },
  };
}
