/**
 * A Zod schema, known by what it reads alone. Functions that are told by a schema what they are given take this: comparing a
 * whole Zod type with `ZodType<T>` costs the compiler a second of its time, and there are hundreds of schemas.
 */
export interface Reads<T> {
  readonly _zod: { readonly output: T };
}
