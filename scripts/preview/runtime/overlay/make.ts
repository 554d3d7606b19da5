/** Makes an element of the phone's own surface: properties are set, children put in. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  children: (Node | string)[] = [],
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  Object.assign(element, properties);
  element.append(...children);
  return element;
}

export function button(text: string, press: () => void, className = ''): HTMLButtonElement {
  const made = make('button', { type: 'button', className }, [text]);
  made.addEventListener('click', press);
  return made;
}

let made = 0;

/** An id nothing else in the document has. (`crypto.randomUUID` is not there where the address is not secure.) */
export function freshId(kind: string): string {
  made += 1;
  return `phone-${kind}-${made}`;
}
