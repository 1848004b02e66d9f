import { definePicture } from '@/lib/data/define-read'
import { readPicture } from '@/lib/data/files'
import { fileRequest } from '@/lib/model/requests/file'

export const GET = definePicture(fileRequest, readPicture)
