import type { AppKey } from '@/backend/schema/attr'
import { tagOf } from '@/backend/schema/schema-tag'
import { developerAttrs, toWireSchema } from '@/backend/schema/schema-wire'
import { toWireAttr } from '@/backend/schema/wire'
import { readApp } from '@/backend/store/read-app'
import type { JsonObject } from '@/lib/base/json'
import type { Engine } from './engine'
import { extraKey } from './extra-key'

/**
 * `GET /dash/apps/:id/schema/pull` (contract http.md 6.4): the schema as a developer writes it, all
 * attributes, Instant's own included, and the app's title. Tagged, it also tells what answers to queries
 * tell as long as the schema is the same, which is beyond the contract.
 */
export async function pullSchema(
  engine: Engine,
  app: AppKey,
  { isTagged = false }: { readonly isTagged?: boolean } = {},
): Promise<JsonObject> {
  return engine.db.transaction(async (tx) => {
    const schema = await engine.readSchema(tx, app)
    const { attrs } = schema
    const { title } = await readApp(tx, app)
    return {
      schema: toWireSchema(developerAttrs(attrs)),
      attrs: attrs.map(toWireAttr),
      'app-title': title,
      ...(isTagged && { [extraKey]: tagOf(schema) }),
    }
  }, 'read')
}

/** `GET /admin/schema` (contract http.md 2.17). */
export async function adminSchema(engine: Engine, app: AppKey): Promise<JsonObject> {
  const { attrs } = await engine.db.transaction((tx) => engine.readSchema(tx, app), 'read')
  return { schema: toWireSchema(attrs, 'dashes') }
}
