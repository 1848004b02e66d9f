/** `npm run build`: builds both programs where they are stale. */
import './setup.mjs'
