/**
 * Messages of the Postgres protocol, written one after another into a buffer that is used again:
 * what `take` returns is valid until the next message.
 */
export class WireWriter {
  #buffer = Buffer.allocUnsafe(16_384)
  #length = 0

  parse(name: string, text: string): void {
    this.#message('P', () => {
      this.#string(name)
      this.#string(text)
      this.#int16(0)
    })
  }

  describe(name: string): void {
    this.#message('D', () => this.#string(`S${name}`))
  }

  /** Binds the unnamed portal; values and results travel as text. */
  bind(name: string, values: readonly (string | null)[]): void {
    this.#message('B', () => {
      this.#string('')
      this.#string(name)
      this.#int16(0)
      this.#int16(values.length)
      for (const value of values) this.#value(value)
      this.#int16(0)
    })
  }

  execute(): void {
    this.#message('E', () => {
      this.#string('')
      this.#int32(0)
    })
  }

  close(name: string): void {
    this.#message('C', () => this.#string(`S${name}`))
  }

  sync(): void {
    this.#message('S', () => {})
  }

  take(): Uint8Array {
    const message = this.#buffer.subarray(0, this.#length)
    this.#length = 0
    if (this.#buffer.length > 1_048_576) this.#buffer = Buffer.allocUnsafe(16_384)
    return message
  }

  #message(type: string, writeBody: () => void): void {
    this.#reserve(5)
    this.#buffer[this.#length] = type.charCodeAt(0)
    const start = this.#length + 1
    this.#length += 5
    writeBody()
    this.#buffer.writeInt32BE(this.#length - start, start)
  }

  #value(value: string | null): void {
    if (value === null) {
      this.#int32(-1)
      return
    }
    // Three bytes are the most that UTF-8 takes for one UTF-16 unit.
    this.#reserve(4 + value.length * 3)
    const size = this.#buffer.write(value, this.#length + 4)
    this.#buffer.writeInt32BE(size, this.#length)
    this.#length += 4 + size
  }

  #string(value: string): void {
    this.#reserve(value.length * 3 + 1)
    this.#length += this.#buffer.write(value, this.#length)
    this.#buffer[this.#length] = 0
    this.#length += 1
  }

  #int16(value: number): void {
    this.#reserve(2)
    this.#length = this.#buffer.writeUInt16BE(value, this.#length)
  }

  #int32(value: number): void {
    this.#reserve(4)
    this.#length = this.#buffer.writeInt32BE(value, this.#length)
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.#length + size))
    this.#buffer.copy(larger, 0, 0, this.#length)
    this.#buffer = larger
  }
}
