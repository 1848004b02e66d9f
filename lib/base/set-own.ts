/** Sets a key that may have any name: assigning to `__proto__` would set the prototype instead. */
export function setOwn<T>(object: Record<string, T>, key: string, value: NoInfer<T>): void {
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true })
}
