/**
 * Blocks of rows take turns in a fixed number of places, which are elements of the document: what comes into
 * view is drawn where something was that left it. So scrolling changes texts rather than making and removing
 * elements. Of blocks that follow one another, at most as many as there are places, no two share one.
 */
export function placeOf(index: number, places: number): number {
  return index % places
}

interface Places {
  readonly places: number
  /** The block in the first place of the document. */
  readonly first: number
}

/** The blocks in the order of their places. */
export function inPlaces(blocks: readonly number[], { places, first }: Places): readonly number[] {
  const at = (block: number) => placeOf(block - placeOf(first, places) + places, places)
  return blocks.toSorted((a, b) => at(a) - at(b))
}
