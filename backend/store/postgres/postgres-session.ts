import type { PoolClient, QueryResult } from 'pg'
import type { SqlQuery } from '@/backend/sql/sql'
import { columnParser } from '../column-values'
import { encodeParameter } from '../parameters'
import type { SqlError } from '../sql-error'
import { isConnectionLoss } from '../sql-error'
import { Turns } from '../turns'
import { isStalePlan, type Plans } from './plans'
import { toSqlError } from './to-sql-error'

const types = { getTypeParser: columnParser }
const mostStatements = 500
const preparedNames = new WeakMap<PoolClient, Set<string>>()

/** A connection while one query or transaction has it. Statements run one after another. */
export class PostgresSession {
  readonly #client: PoolClient
  readonly #plans: Plans
  readonly #turns = new Turns()
  #isLost = false

  constructor(client: PoolClient, plans: Plans) {
    this.#client = client
    this.#plans = plans
  }

  query({ text, values }: SqlQuery): Promise<QueryResult> {
    const bound = values.map(encodeParameter)
    return this.#turns.run(async () => {
      const name = this.#plans.name(text)
      this.#prepared().add(name)
      try {
        const result = await this.#client.query({ name, text, values: bound, types })
        if (/^(CREATE|ALTER|DROP|DO)$/.test(result.command)) this.#plans.forgetAll()
        return result
      } catch (error) {
        throw this.#note(toSqlError(error))
      }
    })
  }

  /** Runs a command such as `commit`, which has no rows and no plan; its tag is the answer. */
  command(text: string): Promise<string> {
    return this.#turns.run(async () => {
      try {
        return (await this.#client.query(text)).command
      } catch (error) {
        throw this.#note(toSqlError(error))
      }
    })
  }

  /** Ends a transaction that failed; one whose connection is lost has ended with it. */
  async rollback(): Promise<void> {
    if (!this.#isLost) await this.command('rollback')
  }

  /** Gives the connection back, or ends it when it is lost or has prepared too much. */
  release(): void {
    this.#client.release(this.#isLost || this.#prepared().size > mostStatements)
  }

  #note(error: SqlError): SqlError {
    if (isConnectionLoss(error)) this.#isLost = true
    if (isStalePlan(error)) this.#plans.forgetAll()
    return error
  }

  #prepared(): Set<string> {
    const known = preparedNames.get(this.#client)
    if (known) return known
    const names = new Set<string>()
    preparedNames.set(this.#client, names)
    return names
  }
}
