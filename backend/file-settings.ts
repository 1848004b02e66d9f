import { defaultSizeLimitBytes, type FileSettings } from './files/file-storage'
import type { S3Settings } from './files/s3-blob-store'
import { SettingsError } from './settings'

type Environment = Readonly<Record<string, string | undefined>>

/** How files are kept. Throws a SettingsError for what cannot work. */
export function readFileSettings(env: Environment): FileSettings {
  return { sizeLimitBytes: readSize(env.FILE_SIZE_LIMIT), s3: readS3(env) }
}

const unitBytes: Readonly<Record<string, number>> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9 }

function readSize(text: string | undefined): number {
  if (!text) return defaultSizeLimitBytes
  const [, count, unit] = /^(\d+)\s*([kmg]?b)?$/i.exec(text.trim()) ?? []
  const size = Number(count) * (unitBytes[unit?.toLowerCase() ?? 'b'] ?? 1)
  if (Number.isSafeInteger(size) && size > 0) return size
  throw new SettingsError(
    `FILE_SIZE_LIMIT=${text} is not a size. Write a number of bytes, or one with kB, MB or GB, such as 200MB.`,
  )
}

function readS3(env: Environment): S3Settings | null {
  const { S3_BUCKET: bucket, S3_ENDPOINT: endpoint, S3_REGION: region } = env
  if (!bucket) return null
  if (endpoint && !/^https?:\/\/./.test(endpoint)) {
    throw new SettingsError(
      `S3_ENDPOINT=${endpoint} is not an address. Write it with http:// or https://, or leave it out for AWS.`,
    )
  }
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env
  // Not repeated: one of them is a secret.
  if (Boolean(accessKeyId) !== Boolean(secretAccessKey)) {
    throw new SettingsError(
      'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set both, or neither to use what the AWS SDK finds.',
    )
  }
  return {
    bucket,
    region: region || 'us-east-1',
    endpoint: endpoint || null,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : null,
  }
}
