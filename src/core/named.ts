/** A person as a document remembers them. */
export interface Named {
  id: string;
  name: string;
}
