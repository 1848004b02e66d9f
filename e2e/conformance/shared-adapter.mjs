/**
 * Lets the runner of the shared conformance cases make apps in the backend of CONFORMANCE_API_URI.
 * Plain JavaScript: the runner is a Node program of its own and imports this file.
 */
const apiURI = process.env.CONFORMANCE_API_URI

export async function createApp() {
  const app = await makeApp()
  const dash = (path, body) => post(`/dash/apps/${app.appId}${path}`, body, app.adminToken)
  const jobsOf = async (groupId) => {
    for (;;) {
      const answer = await fetch(
        `${apiURI}/dash/apps/${app.appId}/indexing-jobs/group/${groupId}`,
        {
          headers: { authorization: `Bearer ${app.adminToken}` },
        },
      )
      const { jobs } = await answer.json()
      if (jobs.every((job) => !/waiting|processing/.test(job.job_status))) return jobs
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  return {
    apiURI,
    ...app,
    otherAppId: (await makeApp()).appId,
    async pushSchema(schema) {
      const answer = await dash('/schema/push/apply', {
        schema: toDefs(schema),
        check_types: true,
        supports_background_updates: true,
      })
      const groupId = answer['indexing-jobs']?.['group-id']
      const jobs = groupId ? await jobsOf(groupId) : []
      const errored = jobs.filter((job) => job.job_status === 'errored')
      return { jobErrors: errored.map((job) => ({ attr: job.attr_name, error: job.error })) }
    },
    setRules: (code) => dash('/rules', { code }),
    async close() {},
  }
}

async function makeApp() {
  const { app } = await post('/dash/apps/ephemeral', { title: 'Conformance' })
  return { appId: app.id, adminToken: app['admin-token'] }
}

/** The neutral form of the cases as `JSON.stringify(i.schema(…))` would have it. */
function toDefs({ entities = {}, links = {} }) {
  const toAttr = ({ type, unique = false, indexed = false, optional = false }) => ({
    valueType: type,
    required: !optional,
    isIndexed: indexed,
    config: { indexed, unique },
    metadata: {},
  })
  const mapValues = (object, change) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
  return {
    entities: mapValues(entities, (attrs) => ({ attrs: mapValues(attrs, toAttr), links: {} })),
    links,
    rooms: {},
  }
}

async function post(path, body, token) {
  const answer = await fetch(apiURI + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  })
  const parsed = await answer.json()
  if (answer.ok) return parsed
  throw Object.assign(new Error(`${path} answered ${answer.status}`), { body: parsed })
}
