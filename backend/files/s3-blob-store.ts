import { Readable } from 'node:stream'
import type { S3ClientConfig } from '@aws-sdk/client-s3'
import { type BlobStore, blobName } from './blob-store'

/** A bucket of S3, or of what speaks its protocol. */
export interface S3Settings {
  readonly bucket: string
  readonly region: string
  /** Null for AWS itself. */
  readonly endpoint: string | null
  /** Null to find them as every AWS program does (environment, profile, role). */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null
}

/**
 * Bytes in a bucket. Large uploads go in parts; one that fails is aborted, so that its parts are
 * not kept. The SDK is loaded here and nowhere else: a backend without a bucket never pays for it.
 */
export async function openS3BlobStore({ bucket, ...settings }: S3Settings): Promise<BlobStore> {
  const { DeleteObjectCommand, GetObjectCommand, S3Client } = await import('@aws-sdk/client-s3')
  const { Upload } = await import('@aws-sdk/lib-storage')
  const client = new S3Client(toConfig(settings))

  return {
    async put(key, source) {
      const upload = new Upload({
        client,
        params: { Bucket: bucket, Key: blobName(key), Body: Readable.from(source) },
      })
      await upload.done()
    },
    async get(key, range) {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: blobName(key),
        ...(range && { Range: `bytes=${range.start}-${range.end}` }),
      })
      const found = await client.send(command).catch((error: { name?: string }) => {
        if (error.name === 'NoSuchKey') return null
        throw error
      })
      return found?.Body?.transformToWebStream() ?? null
    },
    async delete(key) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: blobName(key) }))
    },
  }
}

function toConfig({ region, endpoint, credentials }: Omit<S3Settings, 'bucket'>): S3ClientConfig {
  return {
    region,
    // MinIO, R2 and others know neither the checksums nor buckets as host names.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
  }
}
