/** What happened, the latest first. */
Component({
  properties: {
    /** Of `logic/story`. */
    steps: { type: Array, value: [] as { key: string; words: string; when: string; why: string }[] },
  },
});
